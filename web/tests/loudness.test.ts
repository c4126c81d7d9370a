import { expect, test } from "vitest";
import { emphasised, LOUDNESS_MS, loudnessOf } from "../src/avatar/loudness";
import { scoreOf } from "../src/avatar/score";
import type { Viseme } from "../src/avatar/types";

const RATE = 1000;

/** A square wave that changes its height: its root mean square is its height. */
function sound(...heights: number[]): Float32Array {
  const each = 100;
  return Float32Array.from({ length: heights.length * each }, (_, i) => {
    const height = heights[Math.floor(i / each)] ?? 0;
    return i % 2 ? height : -height;
  });
}

test("loudness is the root mean square of every ten milliseconds, the last piece shorter", () => {
  const found = loudnessOf(sound(0.5, 0.25), RATE);
  expect(found.length).toBe(200 / LOUDNESS_MS);
  expect(found[0]).toBeCloseTo(0.5);
  expect(found[19]).toBeCloseTo(0.25);
  expect(loudnessOf(new Float32Array(15).fill(0.5), RATE)[1]).toBeCloseTo(0.5);
  expect(loudnessOf(new Float32Array(0), RATE).length).toBe(0);
});

const said: Viseme[] = [
  [0, 100, "aa"],
  [100, 200, "kk"],
  [200, 300, "aa"],
];
const vowel = (end: number) => ({ gain: 1, peak: end - 60, end });
const openings = [vowel(100), { gain: 1, peak: 0, end: 0 }, vowel(300)];

test("a loud vowel opens the jaw wider and a faint one less; consonants stay", () => {
  const [loud, between, faint] = emphasised(openings, said, loudnessOf(sound(0.5, 0.9, 0.4), RATE));
  expect(loud?.gain).toBeCloseTo(Math.sqrt(0.5 / 0.45));
  expect(faint?.gain).toBeCloseTo(Math.sqrt(0.4 / 0.45));
  expect(between?.gain).toBe(1);
  expect(loud?.end).toBe(100);
});

test("however loud or faint, the jaw stays within its borders", () => {
  const [loud, , faint] = emphasised(openings, said, loudnessOf(sound(0.9, 0, 0.01), RATE));
  expect(loud?.gain).toBe(1.2);
  expect(faint?.gain).toBe(0.75);
});

test("silence, a sound that is too short and a sentence without sound change nothing", () => {
  expect(emphasised(openings, said, loudnessOf(sound(0, 0, 0), RATE))).toEqual(openings);
  expect(emphasised(openings, said, new Float32Array(0))).toEqual(openings);
  const sentence = { visemes: said, phonemes: [], durationMs: 300, language: "en" } as const;
  const even = scoreOf({ ...sentence, loudness: loudnessOf(sound(0.5, 0.5, 0.5), RATE) });
  expect(Array.from(even.gain)).toEqual(Array.from(scoreOf(sentence).gain));
  const louder = scoreOf({ ...sentence, loudness: loudnessOf(sound(0.5, 0, 0.3), RATE) });
  expect(louder.gain[0]).toBeGreaterThan(louder.gain[2] ?? 0);
});
