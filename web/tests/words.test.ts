import { expect, test } from "vitest";
import { heardLength } from "../src/live/words";

const words: [number, number, number][] = [
  [0, 0, 5],
  [300, 6, 3],
  [520, 10, 6],
];

test("counts the code units of the words that have begun", () => {
  expect(heardLength(words, -40)).toBe(0);
  expect(heardLength(words, 0)).toBe(5);
  expect(heardLength(words, 299)).toBe(5);
  expect(heardLength(words, 300)).toBe(9);
  expect(heardLength(words, 9000)).toBe(16);
  expect(heardLength([], 100)).toBe(0);
});
