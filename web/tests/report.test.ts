import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, test } from "vitest";
import type { ReportedCompetency, ReportedQuestion, Track } from "../src/api";
import { reportEn } from "../src/i18n/report.en";
import { reportTr } from "../src/i18n/report.tr";
import { Draft, forgetDrafts } from "../src/pages/report/draft";
import { Profile } from "../src/pages/report/Profile";
import { along, cut, percent, placeOf, questionOf, quoteHash } from "../src/pages/report/place";
import { TrackChart } from "../src/pages/report/TrackChart";
import { Weighed } from "../src/pages/report/Weighed";
import { routeOf } from "../src/router";

test("places behind the #", () => {
  expect(placeOf("")).toEqual({ tab: "report", question: null });
  expect(placeOf("#report")).toEqual({ tab: "report", question: null });
  expect(placeOf("#question-12")).toEqual({ tab: "report", question: 12 });
  expect(placeOf("#transcript")).toEqual({ tab: "transcript", turn: null, start: 0, end: 0 });
  expect(placeOf("#turn-3")).toEqual({ tab: "transcript", turn: 3, start: 0, end: 0 });
  const quote = { turn: 7, start: 10, end: 42 };
  expect(placeOf(quoteHash(quote))).toEqual({ tab: "transcript", ...quote });
  for (const odd of ["#turn-", "#turn-x", "#turn-3-4", "#turn--1", "#question-", "#<script>"])
    expect(placeOf(odd)).toEqual({ tab: "report", question: null });
});

test("progress has an address", () => {
  expect(routeOf("/progress/")).toEqual({ page: "progress" });
  expect(routeOf("/progress/x").page).toBe("missing");
});

test("a quote is cut where the server counts, also past letters that are two units long", () => {
  const text = "Ş𝒜 👍🏽 done, ığdır";
  const letters = [...text];
  const start = letters.indexOf("d");
  expect(cut(text, start, start + 4)).toEqual(["Ş𝒜 👍🏽 ", "done", ", ığdır"]);
  expect(cut(text, 0, 0)).toEqual(["", "", text]);
  expect(cut(text, 4, 999).join("")).toBe(text);
  expect(cut(text, 9, 2).join("")).toBe(text);
});

test("scores and steps have their places on the lines", () => {
  expect([1, 3, 5, 0, 9].map(percent)).toEqual([0, 50, 100, 0, 100]);
  expect(along(0, 1)).toBe(50);
  expect([0, 1, 2].map((i) => along(i, 3))).toEqual([0, 50, 100]);
});

test("a turn knows its question", () => {
  const questions = [
    { number: 1, turns: [1, 3] },
    { number: 2, turns: [5] },
  ];
  expect(questionOf(3, questions)).toBe(1);
  expect(questionOf(5, questions)).toBe(2);
  expect(questionOf(4, questions)).toBeNull();
});

test("both languages have the same words", () => {
  const keys = (value: object): string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === "object" ? keys(inner).map((k) => `${key}.${k}`) : [key],
    );
  expect(keys(reportTr)).toEqual(keys(reportEn));
  expect(reportTr.onQuestions([2])).toBe("2. soru");
  expect(reportEn.onQuestions([1, 3])).toBe("Questions 1, 3");
});

class Box {
  private readonly held = new Map<string, string>();
  get length() {
    return this.held.size;
  }
  key = (i: number) => [...this.held.keys()][i] ?? null;
  getItem = (key: string) => this.held.get(key) ?? null;
  setItem = (key: string, value: string) => void this.held.set(key, value);
  removeItem = (key: string) => void this.held.delete(key);
  clear = () => this.held.clear();
}

test("what is typed for another try outlives a reload and is forgotten with its interview", () => {
  const box = new Box();
  new Draft("a", "q/1", box).text = "half";
  new Draft("ab", "q/1", box).text = "other";
  expect(new Draft("a", "q/1", box).text).toBe("half");
  expect(new Draft("a", "q/2", box).text).toBe("");
  forgetDrafts("a", box);
  expect(new Draft("a", "q/1", box).text).toBe("");
  expect(new Draft("ab", "q/1", box).text).toBe("other");
  new Draft("ab", "q/1", box).text = "";
  expect(box.length).toBe(0);
  expect(new Draft("x", "y", null).text).toBe("");
});

const SCORE = { value: 3.5, low: 2.5, high: 4.5, text: "3.5 (2.5 to 4.5)" };
const CITED = { turn: 1, start: 0, end: 3, text: "I did", at: 65, stamp: "01:05" };

test("the profile is a table that says in text what it draws", () => {
  const competencies: ReportedCompetency[] = [
    { id: "a", name: "Testing", score: SCORE, insufficient: "", questions: [1, 2], scored: 2 },
    { id: "b", name: "Teamwork", score: null, insufficient: "Too little.", questions: [3], scored: 0 },
  ];
  const html = renderToStaticMarkup(createElement(Profile, { competencies }));
  expect(html).toContain("<table");
  expect(html.match(/<th scope="row"/g)).toHaveLength(2);
  expect(html).toContain("(2.5 to 4.5)");
  expect(html).toContain("Too little.");
  expect(html.match(/class="fill-accent"/g)).toHaveLength(1);
  expect(renderToStaticMarkup(createElement(Profile, { competencies: [] }))).toBe("");
});

const QUESTION: ReportedQuestion = {
  id: "p/q",
  number: 1,
  text: "What did you do?",
  competency: "Testing",
  sources: [],
  turns: [1],
  score: SCORE,
  insufficient: "",
  good: [{ text: "You gave figures.", quote: CITED }],
  missing: [{ text: "The end is missing.", quote: null }],
  outline: [{ text: 'Begin: "I did"', quote: CITED }],
  evidence: [{ kinds: ["figure"], labels: ["a figure"], quote: CITED }],
  parts: [{ id: "result", label: "Result", share: 0.2, found: false }],
  judged: null,
};

test("a weighed answer shows score, evidence and gaps; quotes lead to their place", () => {
  const html = renderToStaticMarkup(createElement(Weighed, { question: QUESTION, lang: "en" }));
  for (const said of ["3.5 (2.5 to 4.5)", "You gave figures.", "The end is missing.", "a figure"])
    expect(html).toContain(said);
  expect(html.match(/href="#turn-1-0-3"/g)).toHaveLength(3);
  expect(html).toContain("missing</span>");
});

test("an answer given again leads nowhere, and without a score there is a reason and no star", () => {
  const again = renderToStaticMarkup(createElement(Weighed, { question: QUESTION, lang: "en", again: true }));
  expect(again).not.toContain("#turn");
  const none = { ...QUESTION, score: null, insufficient: "Too little.", parts: [] };
  const html = renderToStaticMarkup(createElement(Weighed, { question: none, lang: "en" }));
  expect(html).toContain("Too little.");
  expect(html).not.toContain("fill-accent");
});

test("progress is drawn with an interval for every step", () => {
  const step = (interview: string) => ({ interview, when: "", role: "x", score: SCORE, scored: 1 });
  const track: Track = {
    id: "a",
    name: "Testing",
    spoken: "en",
    steps: [step("a"), step("b"), step("c")],
    verdict: "unclear",
  };
  const html = renderToStaticMarkup(createElement(TrackChart, { track }));
  expect(html.match(/fill-tile-pale/g)).toHaveLength(3);
  expect(html.match(/stroke-dasharray/g)).toHaveLength(2);
  expect(html).toContain('aria-label="Testing, score over time"');
});
