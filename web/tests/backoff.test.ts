import { expect, test } from "vitest";
import { retryDelay } from "../src/live/backoff";

test("patience doubles, is capped, and is spread by chance", () => {
  expect(retryDelay(0, 0)).toBe(200);
  expect(retryDelay(0, 0.999)).toBe(400);
  expect(retryDelay(1, 0)).toBe(400);
  expect(retryDelay(3, 0.5)).toBe(2400);
  for (const attempt of [8, 40, 4000]) {
    expect(retryDelay(attempt, 0)).toBe(6000);
    expect(retryDelay(attempt, 1)).toBe(12_000);
  }
});
