/** How finely the face is drawn, from the measured time between frames. Pure; keeps no clock of its own. */

import { QUALITIES, type Quality } from "./types";

export interface Drawing {
  /** Device pixels per CSS pixel, at most. */
  pixels: number;
  shadows: boolean;
  /** Light from all around (an environment map), or from lamps alone. */
  surroundings: boolean;
  antialias: boolean;
}

export const DRAWING: Readonly<Record<Quality, Drawing>> = {
  high: { pixels: 2, shadows: true, surroundings: true, antialias: true },
  medium: { pixels: 1.5, shadows: false, surroundings: true, antialias: true },
  low: { pixels: 0.75, shadows: false, surroundings: false, antialias: true },
};

export interface Judge {
  /** Null when even `low` is too slow: a still portrait serves better. */
  quality: Quality | null;
  frames: number;
  /** Running mean of the time between frames, in ms. */
  mean: number;
  /** How long the mean has been too slow, or fast enough for more, in ms. */
  slowMs: number;
  fastMs: number;
  /** Steps down so far; after two, nothing is stepped up again, so that the picture does not swing. */
  falls: number;
}

export const judge = (quality: Quality): Judge => ({
  quality,
  frames: 0,
  mean: 16,
  slowMs: 0,
  fastMs: 0,
  falls: 0,
});

/** The first frames carry uploads and compilation and say nothing. */
const WARM_UP_FRAMES = 8;
/** A longer gap is a hidden tab or a stalled machine, not slow drawing. */
const LONGEST_MS = 1000;
const SLOW_MS = 36;
const HOPELESS_MS = 170;
const FAST_MS = 19;
const DOWN_AFTER_MS = 2000;
const STILL_AFTER_MS = 5000;
const UP_AFTER_MS = 15_000;

/** Take one frame into account; `quality` of `state` changes when it is time. */
export function weigh(state: Judge, frameMs: number): void {
  if (state.quality === null || frameMs <= 0 || frameMs > LONGEST_MS) return;
  state.frames += 1;
  if (state.frames <= WARM_UP_FRAMES) return;
  state.mean += (frameMs - state.mean) * Math.min(0.25, frameMs / 400);
  const lowest = state.quality === "low";
  const slow = state.mean > (lowest ? HOPELESS_MS : SLOW_MS);
  state.slowMs = slow ? state.slowMs + frameMs : 0;
  state.fastMs = state.mean < FAST_MS ? state.fastMs + frameMs : 0;
  if (state.slowMs > (lowest ? STILL_AFTER_MS : DOWN_AFTER_MS)) move(state, 1);
  else if (state.fastMs > UP_AFTER_MS && state.falls < 2 && state.quality !== "high") move(state, -1);
}

function move(state: Judge, by: 1 | -1): void {
  const at = state.quality === null ? QUALITIES.length : QUALITIES.indexOf(state.quality);
  state.quality = QUALITIES[at + by] ?? null;
  if (by === 1) state.falls += 1;
  state.frames = 0;
  state.mean = 16;
  state.slowMs = 0;
  state.fastMs = 0;
}
