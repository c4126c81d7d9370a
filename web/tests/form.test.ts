import { expect, test } from "vitest";
import type { Options } from "../src/api";
import { blank, restore, toSetup, translate, voiceOf, withInterviewer } from "../src/pages/setup/form";

const options = (language: "en" | "tr"): Options => ({
  version: "0",
  engine: "",
  default_voice: { en: "en-1", tr: "tr-1" },
  voices: [
    { id: "en-1", label: "One", language: "en", cloud: false, timings: true },
    { id: "en-2", label: "Two", language: "en", cloud: false, timings: true },
    { id: "tr-1", label: "Bir", language: "tr", cloud: false, timings: true },
  ],
  fields: [
    language === "en"
      ? { id: "data", name: "Data", roles: ["Data analyst", "Data scientist"] }
      : { id: "data", name: "Veri", roles: ["Veri analisti", "Veri bilimci"] },
  ],
});

test("what was kept comes back; nonsense falls back piece by piece", () => {
  const form = { ...blank("tr"), role: "Veri analisti", turns: 5 };
  expect(restore(JSON.stringify(form), "en")).toEqual(form);
  const odd = JSON.stringify({ language: "fr", turns: 999, speed: "fast", role: 3, mode: "exam" });
  expect(restore(odd, "en")).toEqual({ ...blank("en"), mode: "exam" });
  expect(restore("{", "en")).toEqual(blank("en"));
  expect(restore("null", "tr")).toEqual(blank("tr"));
});

test("known fields go by id, free text as written, and only one length is sent", () => {
  const form = { ...blank("en"), field: "Data", role: " Data analyst " };
  expect(toSetup(form, options("en"), "tr")).toMatchObject({
    field: "data",
    role: "Data analyst",
    turns: 8,
    minutes: null,
    page_language: "tr",
  });
  const own = { ...form, field: "Beekeeping", lengthBy: "minutes" as const };
  expect(toSetup(own, options("en"), "en")).toMatchObject({ field: "Beekeeping", turns: null, minutes: 20 });
});

test("a voice that is gone gives way to the default", () => {
  const form = { ...blank("en"), voices: { en: "en-2", tr: "lost" } };
  expect(voiceOf(form, options("en"))).toBe("en-2");
  expect(voiceOf({ ...form, language: "tr" }, options("tr"))).toBe("tr-1");
});

test("choosing an interviewer brings the voices that fit, where they are installed", () => {
  const form = { ...blank("en"), voices: { tr: "tr-1" } };
  const chosen = withInterviewer(form, options("en"), "adem", { en: "en-2", tr: "tr-9" });
  expect(chosen.interviewer).toBe("adem");
  expect(chosen.voices).toEqual({ en: "en-2", tr: "tr-1" });
});

test("choices follow the interview's language, free text does not", () => {
  const form = { ...blank("tr"), field: "Data", role: "Data scientist" };
  expect(translate(form, options("en"), options("tr"))).toMatchObject({
    field: "Veri",
    role: "Veri bilimci",
  });
  const own = { ...form, role: "Pilot" };
  expect(translate(own, options("en"), options("tr")).role).toBe("Pilot");
  const free = { ...form, field: "Arıcılık" };
  expect(translate(free, options("en"), options("tr"))).toBe(free);
});
