import { expect, test } from "vitest";
import { step, still } from "../src/avatar/motion";
import { mouthAt, mouthOfEnergy, REST } from "../src/avatar/mouth";
import { heart, tipRadius } from "../src/avatar/tile";
import type { SpeechTrack, Viseme } from "../src/avatar/types";

const track: Viseme[] = [
  [100, 220, "aa"],
  [220, 232, "PP"],
  [232, 400, "I"],
];

test("rests before, after and in silence", () => {
  expect(mouthAt([], 0, 50)).toBe(REST);
  expect(mouthAt(track, 0, 20)).toEqual(REST);
  expect(mouthAt(track, 480, 500)).toEqual(REST);
});

test("opens on a vowel and melts towards the next sound", () => {
  expect(mouthAt(track, 120, 140).open).toBe(1);
  const melting = mouthAt(track, 190, 200).open;
  expect(melting).toBeGreaterThan(0);
  expect(melting).toBeLessThan(1);
});

test("a closure shorter than a frame still closes the lips", () => {
  expect(mouthAt(track, 217, 233).open).toBe(0);
  expect(mouthAt(track, 233, 249).open).toBeGreaterThan(0.2);
});

test.each([16, 33, 50, 100])("every P closes at %i ms a frame, smoothing included", (frame) => {
  let ms = 0;
  const speech: SpeechTrack = { now: () => ({ ms, visemes: track }), energy: () => 0 };
  for (let phase = 0; phase < frame; phase += 3) {
    const motion = still();
    let least = 1;
    for (ms = phase; ms < 420; ms += frame) {
      step(motion, speech, "neutral", "speaking", frame / 1000, ms / 1000);
      if (ms >= 220 && ms < 232 + frame) least = Math.min(least, motion.mouth.open);
    }
    expect(least).toBe(0);
  }
});

test("without timings loudness opens the mouth, and silence does not", () => {
  expect(mouthOfEnergy(0).open).toBe(0);
  expect(mouthOfEnergy(0.1).open).toBeCloseTo(0.495);
  expect(mouthOfEnergy(1).open).toBe(1);
});

test("the bud: shut it shows no heart, spread it is wider than high, rounded higher than wide", () => {
  expect(heart(REST)).toEqual({ rx: 0, ry: 0 });
  const spread = { open: 0.8, wide: 1 };
  const round = { open: 0.8, wide: 0 };
  expect(tipRadius(spread, 90)).toBeGreaterThan(tipRadius(spread, 0));
  expect(tipRadius(round, 0)).toBeGreaterThan(tipRadius(round, 90));
});
