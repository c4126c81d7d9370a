/** Plays one sample and is its track: the same clock as the room's (audio time less output latency). */

import type { Sentence, SpeechTrack } from "../../avatar/types";
import type { Heard } from "./samples";

const LEAD_S = 0.06;
const HELD_MS = 600_000;

export class Desk implements SpeechTrack {
  readonly context = new AudioContext({ latencyHint: "interactive" });
  private readonly ear = this.context.createAnalyser();
  private source: AudioBufferSourceNode | null = null;
  private playing: Sentence | null = null;
  private zero = 0;
  /** Since when one shape is held without sound, of `performance.now`; null while sound is played. */
  private heldSince: number | null = null;

  constructor() {
    this.ear.fftSize = 2048;
    this.ear.smoothingTimeConstant = 0;
    this.ear.connect(this.context.destination);
  }

  /** Resolves when the sample was heard to its end, or was stopped. */
  async play({ buffer, sentence }: Heard): Promise<void> {
    this.stop();
    await this.context.resume();
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.ear);
    const ended = new Promise<void>((resolve) => {
      source.onended = () => resolve();
    });
    this.zero = this.context.currentTime + LEAD_S;
    this.source = source;
    this.playing = sentence;
    source.start(this.zero);
    await ended;
    if (this.source === source) this.stop();
  }

  /** One mouth shape without sound, for pictures. */
  hold(shape: string): void {
    this.stop();
    this.playing = { visemes: [[0, HELD_MS, shape]], phonemes: [], durationMs: 0, language: "en" };
    this.heldSince = performance.now();
  }

  stop(): void {
    this.heldSince = null;
    this.source?.stop();
    this.source?.disconnect();
    this.source = null;
    this.playing = null;
  }

  close(): void {
    this.stop();
    void this.context.close();
  }

  sentence(): Sentence | null {
    return this.playing;
  }

  ms(): number {
    if (this.heldSince !== null) return performance.now() - this.heldSince;
    const latency = this.context.outputLatency || this.context.baseLatency || 0;
    return (this.context.currentTime - latency - this.zero) * 1000;
  }

  spectrum(bins: Float32Array<ArrayBuffer>): number {
    this.ear.getFloatFrequencyData(bins);
    return this.context.sampleRate / this.ear.fftSize;
  }

  /** Milliseconds of the sample at a time of `performance.now`, by the sound card's own account. */
  cardMs(time: number): number {
    const { contextTime = 0, performanceTime = 0 } = this.context.getOutputTimestamp();
    return (contextTime + (time - performanceTime) / 1000 - this.zero) * 1000;
  }
}
