/** Figures of lip sync: what was drawn against what was said. Pure. `benchmarks/avatar.py` measures the same. */

import { mouthAt, restingMouth } from "../../avatar/mouth";
import { scoreOf } from "../../avatar/score";
import type { Sentence, Sound } from "../../avatar/types";
import { UNITS, unit } from "../../avatar/units";
import { FF, PP, shapesIn, type Weights } from "../../avatar/visemes";

/** One row a frame: when, and all weights in the order of UNITS. */
export interface Recording {
  frames: number;
  ms: Float32Array;
  weights: Float32Array;
}

export const MOST_FRAMES = 4096;

export const recording = (): Recording => ({
  frames: 0,
  ms: new Float32Array(MOST_FRAMES),
  weights: new Float32Array(MOST_FRAMES * UNITS.length),
});

export function record(into: Recording, weights: Float32Array, ms: number): void {
  if (into.frames >= MOST_FRAMES) return;
  into.ms[into.frames] = ms;
  into.weights.set(weights, into.frames * UNITS.length);
  into.frames += 1;
}

/** One unit's course. */
export function course(of: Recording, name: string): Float32Array {
  const index = unit(name);
  return Float32Array.from({ length: of.frames }, (_, i) => of.weights[i * UNITS.length + index] ?? 0);
}

const GRID_MS = 10;

/** Root mean square of 25 ms around every 10 ms. */
export function envelope(samples: Float32Array, rate: number): Float32Array {
  const half = Math.round(rate * 0.0125);
  const count = Math.max(0, Math.floor((samples.length / rate) * (1000 / GRID_MS)));
  return Float32Array.from({ length: count }, (_, i) => {
    const middle = Math.round((i * GRID_MS * rate) / 1000);
    let sum = 0;
    let n = 0;
    for (let s = Math.max(0, middle - half); s < Math.min(samples.length, middle + half); s++) {
      sum += (samples[s] ?? 0) ** 2;
      n += 1;
    }
    return n > 0 ? Math.sqrt(sum / n) : 0;
  });
}

/** How open a vowel is by its row of the IPA chart, 1 for the lowest. */
const OPENNESS: Readonly<Record<string, number>> = Object.fromEntries(
  (
    [
      ["aɑɒɐæʌɶ", 1],
      ["ɛɔœɜɞɝ", 0.75],
      ["əeoøɘɵɤɚ", 0.6],
      ["ɪʊᵻᵿʏ", 0.4],
      ["iuyɯɨʉ", 0.3],
    ] as const
  ).flatMap(([letters, open]) => Array.from(letters, (letter) => [letter, open])),
);

/** Openness of a symbol's vowels in turn; empty for consonants. */
const vowelsOf = (symbol: string): number[] =>
  Array.from(symbol, (letter) => OPENNESS[letter] ?? 0).filter((open) => open > 0);

/** Loudness times openness where a vowel sounds, nothing elsewhere, smoothed over 50 ms. */
export function vowelEnvelope(loudness: Float32Array, phonemes: readonly Sound[]): Float32Array {
  const vowels = new Float32Array(loudness.length);
  for (const [start, end, symbol] of phonemes) {
    const open = vowelsOf(symbol);
    if (open.length === 0) continue;
    for (let i = Math.ceil(start / GRID_MS); i < Math.min(vowels.length, end / GRID_MS); i++) {
      const part = Math.floor(((i * GRID_MS - start) / (end - start)) * open.length);
      vowels[i] = (loudness[i] ?? 0) * (open[Math.min(part, open.length - 1)] ?? 0);
    }
  }
  return Float32Array.from(vowels, (_, i) => {
    let sum = 0;
    for (let k = -2; k <= 2; k++) sum += vowels[i + k] ?? 0;
    return sum / 5;
  });
}

/** The mean of an envelope over the time that each frame was on the screen. */
export function byFrame(of: Recording, values: Float32Array): Float32Array {
  return Float32Array.from({ length: of.frames }, (_, f) => {
    const from = Math.max(0, Math.round((of.ms[f] ?? 0) / GRID_MS));
    const end = f + 1 < of.frames ? (of.ms[f + 1] ?? 0) : (of.ms[f] ?? 0) + GRID_MS;
    const until = Math.max(from + 1, Math.round(end / GRID_MS));
    let sum = 0;
    for (let i = from; i < until; i++) sum += values[i] ?? 0;
    return sum / (until - from);
  });
}

/** Pearson's correlation; NaN where one of the two does not vary. */
export function correlation(a: Float32Array, b: Float32Array): number {
  const n = Math.min(a.length, b.length);
  const mean = (of: Float32Array) => of.subarray(0, n).reduce((sum, x) => sum + x, 0) / n;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const x = (a[i] ?? 0) - ma;
    const y = (b[i] ?? 0) - mb;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return ab / Math.sqrt(aa * bb);
}

/** Contacts (P, B, M and F, V) of a sentence, and how many of them a recording shows. */
export function contacts(of: Recording, sentence: Sentence, table: Readonly<Record<string, Weights>>) {
  const score = scoreOf(sentence);
  const shapes = shapesIn(sentence.language, table);
  let all = 0;
  let shown = 0;
  for (let i = 0; i < score.count; i++) {
    const shape = score.shape[i] ?? 0;
    if (shape !== PP && shape !== FF) continue;
    all += 1;
    const [start, end] = [score.start[i] ?? 0, score.end[i] ?? 0];
    if (framesWithin(of, start - SLACK_MS, end).some((f) => inContact(of, f, shapes[shape] ?? {})))
      shown += 1;
  }
  return { all, shown };
}

/** A frame shows the middle of its time, so a contact may stand in one that begins this much earlier. */
const SLACK_MS = 40;
const NEARLY = 0.9;
const JAW_SLACK = 0.03;

/** Frames that are on the screen at some time between `from` and `to`. */
function framesWithin(of: Recording, from: number, to: number): number[] {
  const found: number[] = [];
  for (let f = 0; f < of.frames; f++) {
    const until = f + 1 < of.frames ? (of.ms[f + 1] ?? 0) : (of.ms[f] ?? 0) + 1;
    if (until > from && (of.ms[f] ?? 0) <= to) found.push(f);
  }
  return found;
}

function inContact(of: Recording, frame: number, shape: Weights): boolean {
  const at = (name: string) => of.weights[frame * UNITS.length + unit(name)] ?? 0;
  const jaw = (shape.jawOpen ?? 0) + JAW_SLACK;
  return at("jawOpen") <= jaw && Object.entries(shape).every(([name, full]) => at(name) >= full * NEARLY);
}

/** What the timeline asks of one unit, every 10 ms, without frames or screens. */
export function target(
  sentence: Sentence,
  table: Readonly<Record<string, Weights>>,
  name: string,
): Float32Array {
  const score = scoreOf(sentence);
  const mouth = restingMouth();
  const shapes = shapesIn(sentence.language, table);
  return Float32Array.from({ length: Math.floor(sentence.durationMs / GRID_MS) }, (_, i) => {
    mouthAt(score, (i - 0.5) * GRID_MS, (i + 0.5) * GRID_MS, mouth);
    return shapes.reduce((sum, shape, v) => sum + (shape[name] ?? 0) * (mouth.jaw[v] ?? 0), 0);
  });
}
