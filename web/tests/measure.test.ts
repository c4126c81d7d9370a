import { expect, test } from "vitest";
import type { Sentence } from "../src/avatar/types";
import { UNITS, unit } from "../src/avatar/units";
import {
  byFrame,
  contacts,
  correlation,
  course,
  envelope,
  record,
  recording,
  vowelEnvelope,
} from "../src/pages/lab/measure";

const TABLE = { PP: { mouthPressLeft: 0.4 }, FF: { mouthRollLower: 0.5 }, aa: { jawOpen: 0.4 } };
const SENTENCE: Sentence = {
  visemes: [
    [0, 100, "aa"],
    [100, 160, "PP"],
    [160, 300, "aa"],
    [300, 360, "FF"],
  ],
  phonemes: [],
  durationMs: 360,
  language: "en",
};

/** Frames every 20 ms; `shown` says what stands in each. */
function tape(shown: (ms: number) => Partial<Record<string, number>>) {
  const made = recording();
  for (let ms = 0; ms < 360; ms += 20) {
    const weights = new Float32Array(UNITS.length);
    for (const [name, weight] of Object.entries(shown(ms))) weights[unit(name)] = weight ?? 0;
    record(made, weights, ms);
  }
  return made;
}

test("a contact counts only when it is whole, with the jaw up, in its own time", () => {
  const good = tape((ms) => (ms >= 100 && ms < 160 ? { mouthPressLeft: 0.4 } : { jawOpen: 0.3 }));
  expect(contacts(good, SENTENCE, TABLE)).toEqual({ all: 2, shown: 1 });
  const open = tape(() => ({ mouthPressLeft: 0.4, mouthRollLower: 0.5, jawOpen: 0.3 }));
  expect(contacts(open, SENTENCE, TABLE).shown).toBe(0);
  const half = tape(() => ({ mouthPressLeft: 0.2, mouthRollLower: 0.25 }));
  expect(contacts(half, SENTENCE, TABLE).shown).toBe(0);
  const late = tape((ms) => (ms >= 220 && ms < 240 ? { mouthPressLeft: 0.4 } : { jawOpen: 0.3 }));
  expect(contacts(late, SENTENCE, TABLE).shown).toBe(0);
});

test("correlation knows the same, the opposite and nothing", () => {
  const up = Float32Array.from([1, 2, 3, 4]);
  expect(correlation(up, Float32Array.from([2, 4, 6, 8]))).toBeCloseTo(1);
  expect(correlation(up, Float32Array.from([8, 6, 4, 2]))).toBeCloseTo(-1);
  expect(correlation(up, new Float32Array(4))).toBeNaN();
});

test("the vowel envelope is loud vowels only, open ones most", () => {
  const rate = 16_000;
  const tone = Float32Array.from({ length: rate * 0.6 }, (_, i) => Math.sin(i / 5));
  const loud = envelope(tone, rate);
  expect(loud[20]).toBeCloseTo(Math.SQRT1_2, 1);
  const vowels = vowelEnvelope(loud, [
    [0, 200, "ɑː"],
    [200, 400, "s"],
    [400, 600, "i"],
  ]);
  expect(vowels[10]).toBeGreaterThan(0.6);
  expect(vowels[30]).toBe(0);
  expect(vowels[50]).toBeGreaterThan(0.15);
  expect(vowels[50]).toBeLessThan(0.3);
});

test("what was drawn is compared over the time that each frame stood", () => {
  const drawn = tape((ms) => ({ jawOpen: ms / 1000 }));
  const rising = Float32Array.from({ length: 36 }, (_, i) => i);
  expect(byFrame(drawn, rising)[3]).toBeCloseTo(6.5);
  expect(correlation(course(drawn, "jawOpen"), byFrame(drawn, rising))).toBeGreaterThan(0.99);
});
