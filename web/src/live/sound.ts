/** The page's one audio output: a context, a volume, and an ear on what leaves it. */

const MUTED = "mulakat.muted";

export class Sound {
  private context: AudioContext | null = null;
  private volume: GainNode | null = null;
  private ear: AnalyserNode | null = null;
  private window = new Float32Array(2048);
  private readonly listeners = new Set<() => void>();
  muted = read(MUTED) === "1";

  /** Sound if the browser allows it. Most allow it only from inside a click or key press; harmless otherwise. */
  unlock(): void {
    if (typeof AudioContext === "undefined") return;
    const context = this.context ?? this.build();
    if (context.state !== "running") void context.resume().catch(() => {});
  }

  get running(): boolean {
    return this.context?.state === "running";
  }

  /** The context's clock, in seconds. */
  time(): number {
    return this.context?.currentTime ?? 0;
  }

  /** The moment of the audio that reaches the ear now, in seconds. */
  heardTime(): number {
    return this.time() - (this.context?.outputLatency || this.context?.baseLatency || 0);
  }

  start(
    samples: Float32Array<ArrayBuffer>,
    rate: number,
    when: number,
    offset: number,
  ): AudioBufferSourceNode | null {
    if (!this.context || !this.volume) return null;
    const buffer = this.context.createBuffer(1, samples.length, rate);
    buffer.copyToChannel(samples, 0);
    const source = this.context.createBufferSource();
    source.buffer = buffer;
    source.connect(this.volume);
    source.start(when, offset);
    return source;
  }

  mute(muted: boolean): void {
    this.muted = muted;
    write(MUTED, muted ? "1" : "0");
    if (this.volume && this.context) {
      this.volume.gain.setTargetAtTime(muted ? 0 : 1, this.context.currentTime, 0.015);
    }
    this.changed();
  }

  /** Loudness of what is leaving the page now: root mean square, 0 to 1. */
  rms(): number {
    if (!this.ear) return 0;
    this.ear.getFloatTimeDomainData(this.window);
    let sum = 0;
    for (const sample of this.window) sum += sample * sample;
    return Math.sqrt(sum / this.window.length);
  }

  /** The spectrum of what is leaving the page, in decibels, into `bins`; returns the Hz of one bin, 0 without sound. */
  spectrum(bins: Float32Array<ArrayBuffer>): number {
    if (!this.ear || !this.context) return 0;
    this.ear.getFloatFrequencyData(bins);
    return this.context.sampleRate / this.ear.fftSize;
  }

  onChange(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private build(): AudioContext {
    const context = new AudioContext({ latencyHint: "interactive" });
    this.volume = context.createGain();
    this.volume.gain.value = this.muted ? 0 : 1;
    this.ear = context.createAnalyser();
    this.ear.fftSize = this.window.length;
    // Whoever listens smooths for themselves: the analyser's own smoothing comes too late for lips.
    this.ear.smoothingTimeConstant = 0;
    this.volume.connect(this.ear).connect(context.destination);
    context.addEventListener("statechange", () => this.changed());
    this.context = context;
    return context;
  }

  private changed(): void {
    for (const listener of this.listeners) listener();
  }
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Storage may be full or forbidden; the choice then lasts as long as the page.
  }
}

export const sound = new Sound();
