import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bandLevel, follow, quiet } from "../src/avatar/baseline";
import { Face, type Wish } from "../src/avatar/face";
import { personOf, readManifest } from "../src/avatar/manifest";
import { feel, feeling } from "../src/avatar/moods";
import type { Bearing, Sentence, SpeechTrack } from "../src/avatar/types";
import { SILENCE } from "../src/avatar/types";
import { unit } from "../src/avatar/units";
import { VISEMES } from "../src/avatar/visemes";

const built = readManifest(
  JSON.parse(readFileSync(new URL("../public/avatars/manifest.json", import.meta.url), "utf8")),
);
const JAW = unit("jawOpen");

const wish = (more: Partial<Wish> = {}): Wish => ({
  mood: "neutral",
  bearing: "speaking",
  attending: false,
  lips: "timeline",
  calm: false,
  ...more,
});

function voice(sentence: Sentence | null, spectrum?: (bins: Float32Array) => number) {
  const track = { at: 0, sentence: () => sentence, ms: () => track.at, spectrum: spectrum ?? (() => 0) };
  return track as SpeechTrack & { at: number };
}

const SAID: Sentence = {
  visemes: [
    [0, 120, "sil"],
    [120, 300, "aa"],
    [300, 380, "PP"],
    [380, 700, "aa"],
  ],
  phonemes: [[120, 300, "ˈɑː"]],
  durationMs: 700,
  language: "en",
};

function play(face: Face, track: SpeechTrack & { at: number }, until: number, frame = 16, how = wish()) {
  const jaws: [number, number][] = [];
  for (; track.at < until; track.at += frame) {
    face.step(track, how, frame / 1000);
    jaws.push([track.at, face.weights[JAW] ?? 0]);
  }
  return jaws;
}

test("the built manifest has every shape and mood, of face units only", () => {
  expect(Object.keys(built.visemes).sort()).toEqual([...VISEMES].sort());
  expect(() => new Face(built)).not.toThrow();
  expect(built.people.length).toBeGreaterThanOrEqual(4);
  for (const person of built.people) expect(person.voices).toHaveProperty("tr");
});

test("a face goes by name, else by voice, else it is the first", () => {
  const [first, second] = built.people;
  expect(personOf(built.people, second?.id ?? "")).toBe(second);
  expect(personOf(built.people, "", second?.voices.tr)).toBe(second);
  expect(personOf(built.people, "nobody", "no voice")).toBe(first);
});

test.each([16, 66])("speaks: open on vowels, shut on P, at rest afterwards (%i ms a frame)", (frame) => {
  const face = new Face(built);
  const track = voice(SAID);
  const jaws = play(face, track, 700, frame);
  const among = (from: number, to: number) =>
    jaws.filter(([ms]) => ms >= from && ms < to).map(([, jaw]) => jaw);
  expect(Math.max(...among(150, 300))).toBeGreaterThan(0.3);
  expect(Math.min(...among(300 - frame, 380))).toBeLessThan(0.02);
  expect(Math.max(...among(480, 640))).toBeGreaterThan(0.25);
  for (let i = 0; i < 60; i++) face.step(SILENCE, wish({ bearing: "listening" }), 0.016);
  expect(face.weights[JAW]).toBeLessThan(0.01);
  expect(face.heardMs).toBe(-1);
});

test("audio that stops half-way lets the mouth rest", () => {
  const face = new Face(built);
  const track = voice(SAID);
  play(face, track, 250);
  for (let i = 0; i < 60; i++) face.step(track, wish(), 0.016);
  expect(face.weights[JAW]).toBeLessThan(0.01);
});

test("under reduced motion only the lips move", () => {
  const face = new Face(built);
  const track = voice(SAID);
  const jaws = play(face, track, 700, 16, wish({ calm: true }));
  expect(Math.max(...jaws.map(([, jaw]) => jaw))).toBeGreaterThan(0.3);
  const { headX, headY, headZ, eyeX, eyeY, blink, breath } = face.pose;
  expect([headX, headY, headZ, eyeX, eyeY, blink, breath].every((value) => value === 0)).toBe(true);
});

test("weights stay between 0 and 1 in every mood and bearing", () => {
  const face = new Face(built);
  const track = voice(SAID);
  const bearings: Bearing[] = ["speaking", "thinking", "listening", "resting"];
  for (const mood of ["warm", "serious", "encouraging", "calming", "neutral"] as const) {
    for (const bearing of bearings) {
      track.at = 0;
      for (; track.at < 900; track.at += 33) {
        face.step(track, wish({ mood, bearing, attending: true }), 0.033);
        expect(Math.min(...face.weights)).toBeGreaterThanOrEqual(0);
        expect(Math.max(...face.weights)).toBeLessThanOrEqual(1);
      }
    }
  }
});

test("without timings loudness opens the jaw, and silence shuts it", () => {
  const mute: Sentence = { ...SAID, visemes: [], phonemes: [] };
  let loud = -35;
  const track = voice(mute, (bins) => {
    bins.fill(loud);
    return 23.4;
  });
  const face = new Face(built);
  loud = -100;
  play(face, track, 300);
  loud = -35;
  play(face, track, 500);
  expect(face.weights[JAW]).toBeGreaterThan(0.25);
  loud = -100;
  play(face, track, 900);
  expect(face.weights[JAW]).toBeLessThan(0.02);
});

test("the baseline ignores what lies outside the band of speech, and a steady hiss", () => {
  const bins = new Float32Array(1024).fill(-120);
  bins[1000] = -10;
  expect(bandLevel(bins, 23.4)).toBeLessThan(-100);
  bins[40] = -20;
  expect(bandLevel(bins, 23.4)).toBeGreaterThan(-50);
  const hiss = quiet();
  let jaw = 1;
  for (let i = 0; i < 2000; i++) jaw = follow(hiss, -72, 0.016);
  expect(jaw).toBeLessThan(1e-6);
});

test("a mood is blended over half a second, also when it changes on the way", () => {
  const heart = feeling({ neutral: {}, warm: { mouthSmileLeft: 0.4 }, serious: { browDownLeft: 0.3 } });
  const smile = unit("mouthSmileLeft");
  feel(heart, "warm", 0.25);
  expect(heart.now[smile]).toBeCloseTo(0.2);
  feel(heart, "serious", 0.001);
  expect(heart.now[smile]).toBeCloseTo(0.2, 1);
  for (let i = 0; i < 50; i++) feel(heart, "serious", 0.011);
  expect(heart.now[smile]).toBeCloseTo(0);
  expect(heart.now[unit("browDownLeft")]).toBeCloseTo(0.3);
});
