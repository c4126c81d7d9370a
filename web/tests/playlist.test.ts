import { expect, test } from "vitest";
import type { Speech } from "../src/live/messages";
import { Playlist, readingTime } from "../src/live/playlist";

const speech = (sentence: number, samples: number, rate = 1000): Speech => ({
  type: "speech",
  sentence,
  samples,
  rate,
  phonemes: [],
  visemes: [],
  words: [],
});
const part = (sentence: number, offset: number, count: number) => ({
  sentence,
  offset,
  samples: new Float32Array(count).fill(0.5),
});

test("a sentence is ready when all its samples are there, in whatever order", () => {
  const list = new Playlist();
  list.expect(4, "Hello.");
  list.begin(speech(4, 10));
  list.fill(part(4, 6, 4));
  expect(list.head?.state).toBe("loading");
  list.fill(part(4, 0, 6));
  expect(list.head).toMatchObject({ state: "ready", durationMs: 10, text: "Hello." });
});

test("frames beyond the end are clipped and strangers ignored", () => {
  const list = new Playlist();
  list.begin(speech(1, 4));
  list.fill(part(1, 2, 50));
  list.fill(part(1, 90, 2));
  list.fill(part(9, 0, 2));
  expect(list.head?.received).toBe(2);
  expect(list.length).toBe(1);
});

test("order is by number: a late sentence keeps its place", () => {
  const list = new Playlist();
  list.expect(5, "First.");
  list.expect(6, "Second.");
  list.begin(speech(6, 1));
  list.fill(part(6, 0, 1));
  expect(list.head).toMatchObject({ seq: 5, state: "expected" });
  list.silent(5, 700);
  expect(list.head).toMatchObject({ seq: 5, state: "ready", durationMs: 700 });
  list.finish(5);
  expect(list.head).toMatchObject({ seq: 6, state: "ready" });
});

test("what was cut or heard never comes back", () => {
  const list = new Playlist();
  list.expect(2, "a");
  list.cut(3);
  list.begin(speech(2, 5));
  list.begin(speech(3, 5));
  list.silent(1);
  expect(list.length).toBe(0);
  expect(list.has(3)).toBe(true);
  list.expect(4, "b");
  expect(list.head?.seq).toBe(4);
});

test("cleared is not heard: it may be asked for again", () => {
  const list = new Playlist();
  list.expect(2, "a");
  list.clear();
  expect(list.has(2)).toBe(false);
  list.expect(2, "a");
  expect(list.length).toBe(1);
});

test("a second timeline restarts an unfinished sentence and leaves a whole one alone", () => {
  const list = new Playlist();
  list.begin(speech(1, 4));
  list.fill(part(1, 0, 2));
  list.begin(speech(1, 4));
  expect(list.head?.received).toBe(0);
  list.fill(part(1, 0, 4));
  list.begin(speech(1, 8));
  expect(list.head).toMatchObject({ state: "ready", durationMs: 4 });
});

test("without audio a sentence stays for its reading time", () => {
  const list = new Playlist();
  list.expect(1, "x".repeat(100));
  list.silent(1);
  expect(list.head?.durationMs).toBe(5800);
  expect(readingTime("Yes.")).toBe(1400);
});
