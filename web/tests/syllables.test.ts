import { expect, test } from "vitest";
import { openingOf, swell } from "../src/avatar/syllables";
import type { Sound } from "../src/avatar/types";

test("a vowel's height and stress decide how far the jaw opens", () => {
  const said: Sound[] = [
    [0, 100, "ˈɑː"],
    [200, 300, "ɑ"],
    [400, 500, "ˌɑ"],
    [600, 700, "ˈɛ"],
  ];
  const gain = (start: number, name: string) => openingOf([start, start + 100, name], said, 1).gain;
  expect(gain(0, "aa")).toBeCloseTo(1);
  expect(gain(200, "aa")).toBeCloseTo(0.7);
  expect(gain(400, "aa")).toBeCloseTo(0.86);
  expect(gain(600, "E")).toBeCloseTo(1.25);
});

test("without any mark of stress every vowel opens in full", () => {
  expect(openingOf([0, 100, "aa"], [[0, 100, "a"]], 1).gain).toBeCloseTo(1);
});

test("a breath before a vowel takes nothing from it: height, stress and peak are the vowel's", () => {
  const said: Sound[] = [
    [0, 90, "h"],
    [90, 170, "ˈaʊ"],
  ];
  const opening = openingOf([0, 130, "aa"], said, 1);
  expect(opening.gain).toBeCloseTo(1);
  expect(opening.peak).toBeCloseTo(122);
  expect(opening.end).toBe(170);
});

test("glides are narrower than the vowels whose mouth they have, and are held evenly", () => {
  const opening = openingOf([0, 80, "U"], [[0, 80, "w"]], 1);
  expect(opening.gain).toBeCloseTo(0.5);
  expect(swell(0, opening.peak, opening.end, 70)).toBe(1);
});

test("both halves of a diphthong are one course, by their own heights", () => {
  const said: Sound[] = [[100, 300, "ˈaɪ"]];
  const [first, second] = [openingOf([100, 220, "aa"], said, 1), openingOf([220, 300, "I"], said, 1)];
  expect(second.peak).toBe(first.peak);
  expect(second.end).toBe(300);
  expect(first.gain).toBeCloseTo(1);
  expect(second.gain).toBeCloseTo(1.25);
});

test("a stretched timeline stretches the course with it", () => {
  const opening = openingOf([110, 220, "aa"], [[100, 200, "ˈɑ"]], 1.1);
  expect(opening.peak).toBeCloseTo(154);
  expect(opening.end).toBeCloseTo(220);
});

test("a consonant, and a vowel without sounds, have courses of their own", () => {
  expect(openingOf([0, 60, "SS"], [[0, 60, "s"]], 1)).toEqual({ gain: 1, peak: 0, end: 0 });
  expect(openingOf([0, 100, "aa"], [], 1)).toEqual({ gain: 1, peak: 40, end: 100 });
});

test("the jaw is widest early in the vowel, and on its way up before the vowel ends", () => {
  const course = (ms: number) => swell(100, 180, 400, ms);
  expect(course(100)).toBeGreaterThan(0.7);
  expect(course(100)).toBeLessThan(course(140));
  expect(course(180)).toBe(1);
  expect(course(300)).toBeLessThan(0.9);
  expect(course(400)).toBeCloseTo(0.6);
  for (let ms = 0; ms < 500; ms += 5) expect(course(ms)).toBeLessThanOrEqual(1);
});
