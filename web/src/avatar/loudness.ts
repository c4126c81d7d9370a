/**
 * How loud a sentence is over its time, and what that does to its vowels: who raises the voice opens the
 * mouth wider. Made once a sentence. Pure.
 */

import type { Opening } from "./syllables";
import type { Viseme } from "./types";

/** One value of `loudnessOf` stands for so many ms. */
export const LOUDNESS_MS = 10;
/** Twice as loud a vowel opens the jaw by the root of two wider, within these borders. */
const POWER = 0.5;
const LEAST = 0.75;
const MOST = 1.2;

/** Root mean square of `samples` (-1 to 1, `rate` a second) every LOUDNESS_MS. */
export function loudnessOf(samples: Float32Array, rate: number): Float32Array {
  const step = Math.max(1, Math.round((rate * LOUDNESS_MS) / 1000));
  const found = new Float32Array(Math.ceil(samples.length / step));
  for (let k = 0; k < found.length; k++) {
    const end = Math.min(samples.length, (k + 1) * step);
    let sum = 0;
    for (let i = k * step; i < end; i++) sum += (samples[i] ?? 0) ** 2;
    found[k] = Math.sqrt(sum / (end - k * step));
  }
  return found;
}

/** The openings of `visemes`, wider in loud vowels and narrower in faint ones than in the sentence's mean. */
export function emphasised(
  openings: readonly Opening[],
  visemes: readonly Viseme[],
  loudness: Float32Array,
): Opening[] {
  const levels = openings.map(({ end }, i) => (end > 0 ? levelOf(visemes[i], loudness) : 0));
  const heard = levels.filter((level) => level > 0);
  const usual = heard.reduce((sum, level) => sum + level, 0) / heard.length;
  return openings.map((opening, i) => {
    const level = levels[i] ?? 0;
    if (level <= 0) return opening;
    const wider = Math.min(MOST, Math.max(LEAST, (level / usual) ** POWER));
    return { ...opening, gain: opening.gain * wider };
  });
}

function levelOf(viseme: Viseme | undefined, loudness: Float32Array): number {
  if (!viseme) return 0;
  const first = Math.floor(viseme[0] / LOUDNESS_MS);
  const last = Math.min(loudness.length, Math.max(first + 1, Math.ceil(viseme[1] / LOUDNESS_MS)));
  let sum = 0;
  for (let k = first; k < last; k++) sum += loudness[k] ?? 0;
  return last > first ? sum / (last - first) : 0;
}
