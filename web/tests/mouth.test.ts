import { expect, test, vi } from "vitest";
import { mouthAt, relax, restingMouth } from "../src/avatar/mouth";
import { scoreOf, stretchOf } from "../src/avatar/score";
import type { Sentence, Viseme } from "../src/avatar/types";
import { FF, PP, SIL, shapesIn, VISEMES, visemeIndex } from "../src/avatar/visemes";

const AA = VISEMES.indexOf("aa");
const I = VISEMES.indexOf("I");
const U = VISEMES.indexOf("U");

const sentence = (visemes: Viseme[], more: Partial<Sentence> = {}): Sentence => ({
  visemes,
  phonemes: [],
  durationMs: 0,
  language: "en",
  ...more,
});
const TRACK: Viseme[] = [
  [0, 100, "sil"],
  [100, 220, "aa"],
  [220, 232, "PP"],
  [232, 400, "I"],
];
const score = scoreOf(sentence(TRACK));

/** The mouth of a frame of one millisecond at `ms`, or of one that stays from `since` until `ms`. */
function at(ms: number, since = ms - 0.5, from = score) {
  const mouth = restingMouth();
  mouthAt(from, since, since === ms - 0.5 ? ms + 0.5 : ms, mouth);
  return mouth;
}
const share = (shares: Float32Array, shape: number) => shares[shape] ?? 0;

test("rests before, after and without a timeline", () => {
  for (const mouth of [at(10), at(700), at(50, 49, scoreOf(sentence([])))]) {
    expect(share(mouth.jaw, SIL)).toBeCloseTo(1);
    expect(share(mouth.lips, SIL)).toBeCloseTo(1);
  }
});

test.each([0, 60, 101, 150, 219, 226, 240, 390, 430])("the lips' shares add up to one at %i ms", (ms) => {
  const mouth = at(ms);
  expect(mouth.lips.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1);
  for (const shares of [mouth.jaw, mouth.lips]) expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
});

test.each([0, 60, 226, 700])("where no vowel sounds the jaw's shares add up to one, too (%i ms)", (ms) => {
  expect(at(ms).jaw.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1);
});

test("a vowel opens the jaw with its sound: half at the border, whole inside", () => {
  expect(share(at(40).jaw, AA)).toBeLessThan(0.05);
  expect(share(at(100).jaw, AA)).toBeCloseTo(0.45, 1);
  expect(share(at(150).jaw, AA)).toBeGreaterThan(0.95);
});

test("lips round early for a U behind a sound of the tongue, which keeps its own jaw", () => {
  const word = scoreOf(
    sentence([
      [0, 80, "DD"],
      [80, 240, "U"],
    ]),
  );
  const mouth = at(60, 59, word);
  expect(share(mouth.lips, U)).toBeGreaterThan(0.5);
  expect(share(mouth.jaw, U)).toBeLessThan(0.35);
});

test("the lips are on their way before a contact and whole in it", () => {
  const before = share(at(203).lips, PP);
  expect(before).toBeGreaterThan(0.1);
  expect(before).toBeLessThan(0.9);
  expect(share(at(226).lips, PP)).toBe(1);
  expect(share(at(226).jaw, PP)).toBe(1);
  expect(share(at(226).jaw, AA)).toBe(0);
});

test("a contact is whole in the frame that stands over its middle, and gone soon after", () => {
  expect(share(at(260, 215).lips, PP)).toBe(1);
  expect(share(at(226, 180).lips, PP)).toBeLessThan(1);
  expect(share(at(345, 279).lips, PP)).toBe(0);
  expect(share(at(345, 310).lips, I)).toBeGreaterThan(0.9);
});

test("a long frame shows the mean of its time", () => {
  const mean = share(at(140, 60).jaw, AA);
  expect(mean).toBeGreaterThan(share(at(70).jaw, AA));
  expect(mean).toBeLessThan(share(at(135).jaw, AA));
});

test("unstressed vowels open less, and all open in full where no stress is marked", () => {
  const plain = share(at(160).jaw, AA);
  const marked = (symbol: string) =>
    share(
      at(
        160,
        159.5,
        scoreOf(
          sentence(TRACK, {
            phonemes: [
              [100, 220, symbol],
              [232, 400, "ˈi"],
            ],
          }),
        ),
      ).jaw,
      AA,
    );
  expect(marked("ˈɑ")).toBeCloseTo(plain);
  expect(marked("ɑ")).toBeLessThan(plain - 0.1);
});

test.each([8, 16, 33, 50, 66])("every P and F is shown in full at %i ms a frame, at any phase", (step) => {
  const words = scoreOf(
    sentence([
      [0, 90, "aa"],
      [90, 100, "PP"],
      [100, 180, "aa"],
      [180, 195, "FF"],
      [195, 300, "O"],
    ]),
  );
  for (let phase = 0; phase < step; phase += 3) {
    const best: Record<number, number> = { [PP]: 0, [FF]: 0 };
    const mouth = restingMouth();
    for (let ms = phase; ms < 300 + step; ms += step) {
      mouthAt(words, ms - step, ms, mouth);
      for (const shape of [PP, FF]) best[shape] = Math.max(best[shape] ?? 0, share(mouth.lips, shape));
    }
    expect(best).toEqual({ [PP]: 1, [FF]: 1 });
  }
});

test("after a stall only what was just missed is made up for", () => {
  const words = scoreOf(
    sentence([
      [0, 60, "PP"],
      [60, 900, "aa"],
    ]),
  );
  expect(share(at(800, 0, words).lips, PP)).toBe(0);
});

test("relaxing leads to rest and keeps the sum", () => {
  const mouth = at(150);
  for (let i = 0; i < 40; i++) relax(mouth, 0.016);
  expect(share(mouth.jaw, SIL)).toBeGreaterThan(0.99);
  expect(mouth.lips.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1);
});

test("a timeline is stretched to audio that is a little longer or shorter, and cut when it is far longer", () => {
  expect(stretchOf(1000, 1010)).toBe(1);
  expect(stretchOf(1000, 1100)).toBeCloseTo(1.1);
  expect(stretchOf(1000, 0)).toBe(1);
  const stretched = scoreOf(sentence(TRACK, { durationMs: 440 }));
  expect(stretched.start[1]).toBeCloseTo(110);
  expect(stretched.end[3]).toBeCloseTo(440);
  const cut = scoreOf(sentence(TRACK, { durationMs: 200 }));
  expect(cut.count).toBe(2);
  expect(cut.end[1]).toBe(200);
  const short = scoreOf(sentence(TRACK, { durationMs: 2000 }));
  expect(short.end[3]).toBe(400);
});

test("overlaps, disorder and empty pieces do no harm", () => {
  const odd = scoreOf(
    sentence([
      [100, 200, "aa"],
      [0, 120, "I"],
      [150, 150, "PP"],
      [Number.NaN, 5, "E"],
    ]),
  );
  for (let i = 1; i < odd.count; i++) expect(odd.start[i]).toBeGreaterThanOrEqual(odd.end[i - 1] ?? 0);
  expect(share(at(170, 169, odd).jaw, AA)).toBeGreaterThan(0.75);
});

test("a shape that no table knows rests the mouth and is told once", () => {
  const told = vi.spyOn(console, "warn").mockImplementation(() => {});
  expect(visemeIndex("click")).toBe(SIL);
  expect(visemeIndex("click")).toBe(SIL);
  expect(told).toHaveBeenCalledTimes(1);
  told.mockRestore();
});

test("the Turkish r is a tap: less rounded than the English one", () => {
  const table = { RR: { mouthFunnel: 0.4, jawOpen: 0.1 }, nn: { jawOpen: 0.1 }, SS: {}, CH: {} };
  const RR = VISEMES.indexOf("RR");
  expect(shapesIn("en", table)[RR]?.mouthFunnel).toBeCloseTo(0.4);
  expect(shapesIn("tr", table)[RR]?.mouthFunnel).toBeCloseTo(0.08);
});

test("stressed syllables are known by their mark", () => {
  const marked = sentence(TRACK, {
    phonemes: [
      [0, 100, "ə"],
      [100, 220, "ˈɑː"],
    ],
  });
  expect([...scoreOf(marked).stress]).toEqual([100]);
});
