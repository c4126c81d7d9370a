/**
 * Which sentence is due: an ordered list of expected, loading and ready sentences. Pure; keeps no time of
 * its own and makes no sound (`player` does both).
 */

import type { Frame } from "./frames";
import type { Speech } from "./messages";

export interface Item {
  seq: number;
  text: string;
  /** What is known of it: nothing yet, its timeline but not all samples, or all that there will be. */
  state: "expected" | "loading" | "ready";
  durationMs: number;
  speech: Speech | null;
  samples: Float32Array<ArrayBuffer> | null;
  received: number;
}

const MS_PER_LETTER = 58;
const LEAST_READING_MS = 1400;

/** How long a sentence stays when nobody speaks it. */
export function readingTime(text: string): number {
  return Math.max(LEAST_READING_MS, text.length * MS_PER_LETTER);
}

export class Playlist {
  private items: Item[] = [];
  /** Nothing up to this number is played any more: it was heard, or the candidate cut it short. */
  private done = 0;

  get head(): Item | null {
    return this.items[0] ?? null;
  }

  get length(): number {
    return this.items.length;
  }

  has(seq: number): boolean {
    return seq <= this.done || this.items.some((item) => item.seq === seq);
  }

  /** Over, or with all that it needs to be played. */
  whole(seq: number): boolean {
    return seq <= this.done || this.find(seq)?.state === "ready";
  }

  /** A sentence exists; its audio is under way. Keeps its place even if later ones arrive first. */
  expect(seq: number, text: string): void {
    if (this.has(seq)) return;
    const item: Item = {
      seq,
      text,
      state: "expected",
      durationMs: 0,
      speech: null,
      samples: null,
      received: 0,
    };
    this.items.push(item);
    this.items.sort((a, b) => a.seq - b.seq);
  }

  /** The timeline of a sentence. A second one for a sentence that is whole is ignored. */
  begin(speech: Speech): void {
    if (speech.sentence <= this.done) return;
    this.expect(speech.sentence, "");
    const item = this.find(speech.sentence);
    if (!item || item.state === "ready") return;
    item.speech = speech;
    item.samples = new Float32Array(speech.samples);
    item.received = 0;
    item.durationMs = speech.rate > 0 ? (speech.samples / speech.rate) * 1000 : 0;
    item.state = speech.samples > 0 ? "loading" : "ready";
  }

  fill(frame: Frame): void {
    const item = this.find(frame.sentence);
    if (item?.state !== "loading" || !item.samples) return;
    const room = item.samples.length - frame.offset;
    if (room <= 0) return;
    const part = frame.samples.length > room ? frame.samples.subarray(0, room) : frame.samples;
    item.samples.set(part, frame.offset);
    item.received += part.length;
    if (item.received >= item.samples.length) item.state = "ready";
  }

  /** A sentence without audio: shown for `ms`, or for its reading time. */
  silent(seq: number, ms?: number): void {
    if (seq <= this.done) return;
    this.expect(seq, "");
    const item = this.find(seq);
    if (!item || item.state === "ready") return;
    item.samples = null;
    item.speech = null;
    item.durationMs = ms ?? readingTime(item.text);
    item.state = "ready";
  }

  /** The head was heard to its end. */
  finish(seq: number): void {
    this.cut(seq);
  }

  /** Drop everything up to and including `seq`. */
  cut(seq: number): void {
    this.done = Math.max(this.done, seq);
    this.items = this.items.filter((item) => item.seq > this.done);
  }

  /** Drop what waits, without calling it heard. */
  clear(): void {
    this.items = [];
  }

  private find(seq: number): Item | undefined {
    return this.items.find((item) => item.seq === seq);
  }
}
