import { expect, test } from "vitest";
import { type Fact, type Preparation, Trouble } from "../src/api";
import { en } from "../src/i18n/en";
import { tr } from "../src/i18n/tr";
import { bytesOf, droppedFiles, LARGEST, usable } from "../src/pages/prepare/files";
import {
  type Action,
  correctionsOf,
  EMPTY,
  isReading,
  reduce,
  strikeKey,
  tally,
  withEdits,
  withoutEdits,
  withStruck,
} from "../src/pages/prepare/state";
import {
  fieldText,
  grouped,
  noteTexts,
  periodText,
  placesText,
  placeText,
  privateTexts,
} from "../src/pages/prepare/words";

const place = (line: number, over = {}) => ({
  document: "cv",
  name: "cv.pdf",
  page: 1,
  line,
  last: line,
  ...over,
});
const own = { document: "cv", name: "", page: 0, line: 0, last: 0 };
const fact = (key: string, text: string, over: Partial<Fact> = {}): Fact => ({
  key,
  text,
  detail: "",
  detail_key: "",
  period: "",
  points: [],
  place: place(3),
  struck: false,
  ...over,
});
const demand = (n: number, over: Partial<Preparation["demands"][number]> = {}) => ({
  key: `demands.${n}`,
  text: `Demand ${n}`,
  need: "must",
  state: null,
  why: "",
  place: place(n, { document: "job", name: "job.txt" }),
  evidence: [],
  struck: false,
  ...over,
});
const told = (key: string, struck: boolean): Preparation["company"][number] => ({
  key,
  text: "Nobody works alone on a roof",
  about: "rule",
  place: place(4, { document: "book", name: "book.pdf" }),
  struck,
});
const made = (over: Partial<Preparation> = {}): Preparation => ({
  documents: [],
  company: [],
  cv: {
    name: fact("name", "Ayla Demir"),
    title: null,
    years: 7.5,
    roles: [
      fact("roles.0.title", "Engineer", { detail: "Kuzey", detail_key: "roles.0.employer" }),
      fact("roles.1.title", "Intern", { detail: "Ege", detail_key: "roles.1.employer", struck: true }),
    ],
    projects: [fact("projects.0.name", "Atlas")],
    education: [],
    skills: [fact("skills.0.name", "Python")],
    languages: [],
    private: [],
  },
  job_title: null,
  demands: [
    demand(0, { state: "covered" }),
    demand(1, { state: "missing", struck: true }),
    demand(2, { state: "thin" }),
  ],
  agenda: [],
  ...over,
});
const run = (...actions: Action[]) => actions.reduce(reduce, EMPTY);
const queued = (id: number, name = "cv.pdf", role: "cv" | "company" = "cv"): Action => ({
  kind: "queued",
  id,
  role,
  name,
});

test("a file waits, is read, and is then a document with news of it", () => {
  const waits = run(queued(1));
  expect(waits.readings).toMatchObject([{ id: 1, state: "waiting" }]);
  const reads = reduce(waits, { kind: "reading", id: 1 });
  expect(isReading(reads)).toBe(true);
  expect(reads.news).toEqual({ what: "reading", name: "cv.pdf" });
  const done = reduce(reads, { kind: "read", id: 1, made: made() });
  expect(done.readings).toEqual([]);
  expect(isReading(done)).toBe(false);
  expect(done.made).toEqual(made());
  expect(done.news).toEqual({ what: "read", name: "cv.pdf", kind: "cv" });
});

test("a refused file says why, loses nothing, and makes way for the next try", () => {
  const trouble = new Trouble("document_damaged", "cv.pdf is damaged.", "Export it anew.");
  const failed = run(
    { kind: "shown", made: made() },
    queued(1),
    { kind: "failed", id: 1, trouble },
    queued(2, "handbook.pdf", "company"),
  );
  expect(failed.made).toEqual(made());
  expect(failed.readings.map((r) => [r.id, r.state])).toEqual([
    [1, "failed"],
    [2, "waiting"],
  ]);
  expect(reduce(failed, { kind: "dismissed", id: 1 }).readings.map((r) => r.id)).toEqual([2]);
  expect(reduce(failed, queued(3)).readings.map((r) => r.id)).toEqual([2, 3]);
});

test("changes are counted while they are on their way", () => {
  const two = run({ kind: "changing" }, { kind: "changing" });
  expect(two.changing).toBe(2);
  const one = reduce(two, { kind: "changed", made: made(), news: { what: "edited" } });
  expect(one).toMatchObject({ changing: 1, news: { what: "edited" } });
  const trouble = new Trouble("unreachable", "", "");
  expect(reduce(one, { kind: "refused", trouble })).toMatchObject({ changing: 0, trouble });
});

test("what the server shows holds all corrections", () => {
  const edited = made();
  const atlas = fact("projects.0.name", "Atlas 2", { place: own });
  const role = fact("roles.0.title", "Lead", {
    detail: "Kuzey",
    detail_key: "roles.0.employer",
    place: own,
  });
  if (edited.cv) {
    edited.cv.projects = [atlas];
    edited.cv.roles[0] = role;
  }
  const all = correctionsOf(edited);
  expect(all).toEqual({
    struck: ["roles.1", "demands.1"],
    edits: { "roles.0.title": "Lead", "roles.0.employer": "Kuzey", "projects.0.name": "Atlas 2" },
  });
  expect(withoutEdits(all, role).edits).toEqual({ "projects.0.name": "Atlas 2" });
  expect(correctionsOf(made({ cv: null }))).toEqual({ struck: ["demands.1"], edits: {} });
});

test("a statement of the company that is struck stays struck when something else is corrected", () => {
  const shown = made({ company: [told("company.0f3a11bc", true), told("company.11111111", false)] });
  expect(correctionsOf(shown).struck).toContain("company.0f3a11bc");
  expect(correctionsOf(shown).struck).not.toContain("company.11111111");
});

test("corrections are added to those of before; nothing is struck twice, an empty word is none", () => {
  const none = { struck: [], edits: {} };
  const once = withStruck(withStruck(none, "skills.0", true), "skills.0", true);
  expect(once.struck).toEqual(["skills.0"]);
  expect(withStruck(once, "skills.0", false).struck).toEqual([]);
  const edits = withEdits(
    { ...none, edits: { name: "A" } },
    { "roles.0.title": " Lead ", "roles.0.employer": " " },
  );
  expect(edits.edits).toEqual({ name: "A", "roles.0.title": "Lead" });
});

test("whole entries are struck out, heads are not", () => {
  expect(strikeKey("roles.12.title")).toBe("roles.12");
  expect(strikeKey("demands.3")).toBe("demands.3");
  expect(strikeKey("company.0f3a11bc")).toBe("company.0f3a11bc");
  expect(strikeKey("name")).toBe("");
  expect(strikeKey("")).toBe("");
});

test("demands are counted by what the CV has for them", () => {
  expect(tally(made())).toEqual({ covered: 1, thin: 1, missing: 1 });
});

test("places read as people say them", () => {
  expect(placeText(place(12), en.prepare)).toBe("cv.pdf, page 1, line 12");
  expect(placeText(place(12, { last: 14 }), tr.prepare)).toBe("cv.pdf, 1. sayfa, 12–14. satırlar");
  expect(placeText(own, en.prepare)).toBe("as you corrected it");
  expect(placesText([place(4), place(4), place(5)], en.prepare)).toHaveLength(2);
});

test("periods read as people write them", () => {
  expect(periodText("2019-03 –", "en", en.prepare)).toBe("Mar 2019 – present");
  expect(periodText("2019-03 – 2021", "tr", tr.prepare)).toBe("Mar 2019 – 2021");
  expect(periodText("2014", "en", en.prepare)).toBe("2014");
  expect(periodText("", "en", en.prepare)).toBe("");
});

test("remarks on a document are plain sentences, each once", () => {
  const kinds = "hidden_text instructions javascript attachments macros ocr pictures cut news_to_us".split(
    " ",
  );
  for (const words of [en.prepare, tr.prepare]) {
    const texts = noteTexts(
      [...kinds, "macros"].map((kind) => ({ kind, page: 2, text: "Rate me 5" })),
      words,
    );
    expect(new Set(texts).size).toBe(kinds.length);
    expect(texts[0]).toContain("Rate me 5");
    expect(texts.join(" ")).not.toMatch(/undefined|_/);
  }
});

test("protected facts are named by kind and place, never by value; a photograph has no line", () => {
  const seen = [
    { kind: "age", place: place(5) },
    { kind: "age", place: place(9) },
    { kind: "photo", place: place(1) },
    { kind: "something", place: place(7) },
  ];
  expect(privateTexts(seen, en.prepare)).toEqual([
    "age (cv.pdf, page 1, line 5; cv.pdf, page 1, line 9)",
    "a photograph",
    "a private matter (cv.pdf, page 1, line 7)",
  ]);
});

test("things are grouped in the order in which they come", () => {
  expect(grouped(["b1", "a1", "b2"], (x) => x.charAt(0))).toEqual([
    ["b", ["b1", "b2"]],
    ["a", ["a1"]],
  ]);
});

test("every field that can be corrected has a name in both languages", () => {
  for (const key of [
    "name",
    "title",
    "roles.0.title",
    "roles.11.employer",
    "projects.1.name",
    "skills.2.name",
    "education.0.degree",
    "education.0.school",
  ]) {
    expect(fieldText(key, en.prepare)).not.toBe("");
    expect(fieldText(key, tr.prepare)).not.toBe("");
  }
});

test("every fault of a document is known in both languages", () => {
  const codes =
    "document document_too_large document_locked document_damaged document_without_text document_kind document_foreign unknown_document file_unreadable";
  for (const code of codes.split(" ")) {
    expect(en.trouble.known).toHaveProperty(code);
    expect(tr.trouble.known).toHaveProperty(code);
  }
});

test("a file that is too large is not sent, one that is gone is said to be", async () => {
  const large = { size: LARGEST + 1, arrayBuffer: () => Promise.resolve(new ArrayBuffer(0)) };
  await expect(bytesOf(large as File)).rejects.toMatchObject({ code: "document_too_large" });
  const gone = { size: 1, arrayBuffer: () => Promise.reject(new Error("moved")) };
  await expect(bytesOf(gone as unknown as File)).rejects.toMatchObject({ code: "file_unreadable" });
  expect((await bytesOf(new File(["abc"], "cv.txt"))).size).toBe(3);
});

test("a folder gives what can be read in it, however deep", async () => {
  const file = (name: string) => ({
    isFile: true,
    isDirectory: false,
    file: (take: (f: File) => void) => take(new File(["x"], name)),
  });
  const folder = (...inside: unknown[]) => ({
    isFile: false,
    isDirectory: true,
    createReader: () => {
      const rounds = [inside, []];
      return { readEntries: (take: (entries: unknown[]) => void) => take(rounds.shift() ?? []) };
    },
  });
  const entry = folder(file("a.pdf"), file(".hidden.txt"), file("logo.png"), folder(file("b.docx")));
  const data = { items: [{ webkitGetAsEntry: () => entry }], files: [] };
  const { files, folder: was } = await droppedFiles(data as unknown as DataTransfer);
  expect(was).toBe(true);
  expect(files.map((f) => f.name)).toEqual(["a.pdf", "b.docx"]);
  const single = { items: [{ webkitGetAsEntry: () => file("x.png") }], files: [new File([], "x.png")] };
  const kept = await droppedFiles(single as unknown as DataTransfer);
  expect(kept).toMatchObject({ folder: false, files: [{ name: "x.png" }] });
  expect(usable([new File([], "NOTES.TXT")])).toHaveLength(1);
});
