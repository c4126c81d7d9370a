/**
 * The playback clock. Plays sentences one after the other and says, at any moment, where the listener's
 * ear is (audio time minus output latency). Without permission to sound it keeps the same pace on the
 * wall clock, so that captions go on. Does not know of sockets or of React.
 */

import type { Frame } from "./frames";
import type { Speech } from "./messages";
import { type Item, Playlist } from "./playlist";
import type { Sound } from "./sound";

const GAP_MS = 140;
const LEAD_S = 0.03;
/** A sentence whose audio does not come within this time is shown instead. */
const PATIENCE_MS = 8000;

export interface Position {
  sentence: number;
  ms: number;
  speech: Speech | null;
}

export class Player {
  private readonly list = new Playlist();
  private readonly listeners = new Set<() => void>();
  private current: Item | null = null;
  private source: AudioBufferSourceNode | null = null;
  /** The current sentence's zero on the clock that is in use, in seconds. */
  private zero = 0;
  private onAudioClock = false;
  private held: number | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private resting = false;
  private readonly release: () => void;
  private readonly sound: Sound;
  /** Sentences that were sounded to their end. */
  played = 0;
  onHeard: (seq: number) => void = () => {};

  constructor(sound: Sound) {
    this.sound = sound;
    this.release = sound.onChange(() => this.rebase());
  }

  expect(seq: number, text: string): void {
    this.list.expect(seq, text);
    this.advance();
  }

  begin(speech: Speech): void {
    this.list.begin(speech);
    this.advance();
  }

  fill(frame: Frame): void {
    this.list.fill(frame);
    this.advance();
  }

  silent(seq: number, ms?: number): void {
    this.list.silent(seq, ms);
    this.advance();
  }

  /** Nothing more is needed for this sentence: all of it is here, or it is over. */
  whole(seq: number): boolean {
    return this.list.whole(seq);
  }

  /** The sentence that is being heard, or null in silence. */
  get sentence(): number | null {
    return this.current?.seq ?? null;
  }

  /** Its words, as far as they are known. */
  get text(): string {
    return this.current?.text ?? "";
  }

  get busy(): boolean {
    return this.list.length > 0;
  }

  /** Stop speaking and forget everything up to `seq`. */
  cut(seq: number): void {
    this.list.cut(seq);
    if (this.current && this.current.seq <= seq) this.stopCurrent();
    this.advance();
    this.changed();
  }

  /** Fall silent and forget what was to come, as if it had never been heard. */
  clear(): void {
    this.list.clear();
    this.stopCurrent();
    this.changed();
  }

  /** Hold the voice where it is. */
  hold(): void {
    if (this.held !== null) return;
    this.held = this.current ? this.elapsed() : 0;
    this.stopSource();
    this.resting = false;
    clearTimeout(this.timer);
  }

  /** Go on where it was held. */
  go(): void {
    if (this.held === null) return;
    const from = this.held;
    this.held = null;
    if (this.current) this.play(this.current, from);
    else this.advance();
  }

  /** Where the ear is; allocates nothing that outlives the call. */
  position(): Position | null {
    if (!this.current) return null;
    const ms = this.held ?? this.elapsed();
    return { sentence: this.current.seq, ms, speech: this.current.speech };
  }

  /** The timeline of the sentence in the ear; the same object for as long as it is the same sentence. */
  get speech(): Speech | null {
    return this.current?.speech ?? null;
  }

  /** Its sound, whole before it is heard; null where nobody speaks it. */
  get samples(): Float32Array | null {
    return this.current?.samples ?? null;
  }

  /** How much of it the ear has heard, in milliseconds; makes no objects. */
  ms(): number {
    return this.current ? (this.held ?? this.elapsed()) : -1;
  }

  spectrum(bins: Float32Array<ArrayBuffer>): number {
    return this.sound.spectrum(bins);
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  close(): void {
    clearTimeout(this.timer);
    this.stopSource();
    this.release();
    this.listeners.clear();
  }

  private now(): number {
    return this.onAudioClock ? this.sound.heardTime() : performance.now() / 1000;
  }

  private elapsed(): number {
    return (this.now() - this.zero) * 1000;
  }

  private advance(): void {
    if (this.current || this.held !== null || this.resting) return;
    const head = this.list.head;
    if (!head) return;
    clearTimeout(this.timer);
    if (head.state === "ready") {
      this.current = head;
      this.play(head, 0);
      this.changed();
    } else {
      this.timer = setTimeout(() => {
        this.list.silent(head.seq);
        this.advance();
      }, PATIENCE_MS);
    }
  }

  private play(item: Item, fromMs: number): void {
    this.onAudioClock = this.sound.running && item.samples !== null;
    const from = Math.max(0, fromMs) / 1000;
    if (this.onAudioClock && item.samples && item.speech) {
      const start = this.sound.time() + LEAD_S;
      this.source = this.sound.start(item.samples, item.speech.rate, start, from);
      this.zero = start - from;
    } else {
      this.zero = performance.now() / 1000 - from;
    }
    this.watch(item);
  }

  private watch(item: Item): void {
    clearTimeout(this.timer);
    const left = item.durationMs - this.elapsed();
    if (left > 0) {
      this.timer = setTimeout(() => this.watch(item), Math.max(4, left));
      return;
    }
    if (item.samples && this.onAudioClock) this.played += 1;
    this.list.finish(item.seq);
    this.stopCurrent();
    this.onHeard(item.seq);
    this.rest();
    this.changed();
  }

  /** A breath between sentences. */
  private rest(): void {
    this.resting = true;
    this.timer = setTimeout(() => {
      this.resting = false;
      this.advance();
    }, GAP_MS);
  }

  /** The permission to sound came or went: go on from the same place on the other clock. */
  private rebase(): void {
    if (!this.current || this.held !== null) return;
    const audible = this.sound.running && this.current.samples !== null;
    if (audible === this.onAudioClock) return;
    const at = this.elapsed();
    this.stopSource();
    this.play(this.current, at);
    this.changed();
  }

  private stopSource(): void {
    this.source?.stop();
    this.source?.disconnect();
    this.source = null;
  }

  private stopCurrent(): void {
    clearTimeout(this.timer);
    this.stopSource();
    this.current = null;
    if (this.held !== null) this.held = 0;
    this.resting = false;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}
