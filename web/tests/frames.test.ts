import { expect, test } from "vitest";
import { readFrame } from "../src/live/frames";

function frame(sentence: number, offset: number, samples: number[]): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(8 + samples.length * 2));
  view.setUint32(0, sentence, true);
  view.setUint32(4, offset, true);
  samples.forEach((sample, i) => {
    view.setInt16(8 + i * 2, sample, true);
  });
  return view.buffer;
}

test("reads number, offset and little-endian samples", () => {
  const read = readFrame(frame(70_000, 16_384, [0, 16_384, -32_768, 32_767]));
  expect(read?.sentence).toBe(70_000);
  expect(read?.offset).toBe(16_384);
  expect([...(read?.samples ?? [])]).toEqual([0, 0.5, -1, Math.fround(32_767 / 32_768)]);
});

test("a frame without samples is a frame; torn bytes are not", () => {
  expect(readFrame(frame(1, 0, []))?.samples.length).toBe(0);
  expect(readFrame(new ArrayBuffer(7))).toBeNull();
  expect(readFrame(new ArrayBuffer(11))).toBeNull();
});
