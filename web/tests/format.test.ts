import { expect, test } from "vitest";
import { firstLanguage } from "../src/i18n";
import { en } from "../src/i18n/en";
import { clock, duration, fold, moment, number } from "../src/i18n/format";
import { tr } from "../src/i18n/tr";

test("clock", () => {
  expect(clock(0)).toBe("0:00");
  expect(clock(247.9)).toBe("4:07");
  expect(clock(3847)).toBe("1:04:07");
  expect(clock(-3)).toBe("0:00");
});

test("durations and figures in the page's language", () => {
  expect(duration(760, "en")).toMatch(/12 mins? 40 secs?/);
  expect(duration(760, "tr")).toMatch(/12 dk\.? 40 sn\.?/);
  expect(duration(120, "en")).toMatch(/^2 mins?$/);
  expect(number(1.05, "tr", 2)).toBe("1,05");
  expect(number(20_000, "en")).toBe("20,000");
});

test("a moment names its zone and survives nonsense", () => {
  expect(moment("2026-03-09T07:05:00Z", "en")).toMatch(/9 March 2026.*(UTC|GMT|[A-Z]{2,4})/);
  expect(moment("2026-03-09T07:05:00Z", "tr")).toMatch(/9 Mart 2026/);
  expect(moment("soon", "en")).toBe("soon");
});

test("Turkish has two i's", () => {
  expect(fold("İNSAN IŞIK", "tr")).toBe("insan ışık");
  expect(fold(" HR ", "en")).toBe("hr");
});

test("the page speaks what was chosen, else what the browser prefers", () => {
  expect(firstLanguage("tr", ["en-GB"])).toBe("tr");
  expect(firstLanguage(null, ["de-DE", "tr-TR", "en"])).toBe("tr");
  expect(firstLanguage("xx", ["de"])).toBe("en");
});

test("both languages have the same keys, and nothing is left empty or untranslated by accident", () => {
  const flat = (value: object, path = ""): [string, unknown][] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === "object" ? flat(inner as object, `${path}${key}.`) : [[`${path}${key}`, inner]],
    );
  const english = new Map(flat(en));
  const turkish = new Map(flat(tr));
  expect([...turkish.keys()].sort()).toEqual([...english.keys()].sort());
  for (const [key, words] of turkish) if (typeof words === "string") expect(words, key).not.toBe("");
  const same = [...english].filter(([key, words]) => typeof words === "string" && turkish.get(key) === words);
  expect(same.map(([key]) => key).sort()).toEqual(["brand", "end.json", "end.pdf"]);
});
