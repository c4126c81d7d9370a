/** Moods as weights of face units, blended over half a second. Pure; allocates nothing after it is made. */

import { MOODS, type Mood } from "./types";
import { UNITS, unit } from "./units";
import type { Weights } from "./visemes";

export const BLEND_S = 0.5;

export interface Feeling {
  readonly table: Readonly<Record<Mood, Float32Array>>;
  /** What is shown now. */
  readonly now: Float32Array;
  readonly from: Float32Array;
  mood: Mood;
  share: number;
}

export function feeling(moods: Readonly<Record<string, Weights>>): Feeling {
  const table = Object.fromEntries(MOODS.map((mood) => [mood, vector(moods[mood] ?? {})])) as Record<
    Mood,
    Float32Array
  >;
  return { table, now: table.neutral.slice(), from: table.neutral.slice(), mood: "neutral", share: 1 };
}

export function vector(weights: Weights): Float32Array {
  const full = new Float32Array(UNITS.length);
  for (const [name, weight] of Object.entries(weights)) full[unit(name)] = weight;
  return full;
}

/** One frame of `seconds` toward `mood`; a change on the way begins from what is shown. */
export function feel(self: Feeling, mood: Mood, seconds: number): void {
  if (mood !== self.mood) {
    self.mood = mood;
    self.from.set(self.now);
    self.share = 0;
  }
  if (self.share >= 1) return;
  self.share = Math.min(1, self.share + seconds / BLEND_S);
  const eased = self.share * self.share * (3 - 2 * self.share);
  const to = self.table[mood];
  for (let i = 0; i < to.length; i++) {
    const from = self.from[i] ?? 0;
    self.now[i] = from + ((to[i] ?? 0) - from) * eased;
  }
}
