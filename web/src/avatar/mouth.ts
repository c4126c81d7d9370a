/** Visemes to a mouth shape. Pure. Lips close on P, B, M, F and V whatever the frame rate. */

import type { Viseme } from "./types";

export interface Mouth {
  /** How far the lips are apart, 0 to 1. */
  open: number;
  /** How far the corners are apart: 0 rounded, 1 spread. */
  wide: number;
}

export const REST: Mouth = { open: 0, wide: 0.5 };

const SHAPES: Record<string, Mouth> = {
  sil: REST,
  PP: { open: 0, wide: 0.42 },
  FF: { open: 0.04, wide: 0.6 },
  TH: { open: 0.26, wide: 0.6 },
  DD: { open: 0.28, wide: 0.62 },
  kk: { open: 0.34, wide: 0.58 },
  CH: { open: 0.24, wide: 0.22 },
  SS: { open: 0.14, wide: 0.78 },
  nn: { open: 0.22, wide: 0.58 },
  RR: { open: 0.28, wide: 0.3 },
  aa: { open: 1, wide: 0.6 },
  E: { open: 0.6, wide: 0.78 },
  I: { open: 0.36, wide: 0.95 },
  O: { open: 0.68, wide: 0.14 },
  U: { open: 0.36, wide: 0 },
};

const CLOSURES = new Set(["PP", "FF"]);
/** Neighbouring shapes melt into each other over this time. */
const BLEND_MS = 56;

/** The mouth at `ms`; `since` is the last frame's time, so that a closure between two frames still shows. */
export function mouthAt(visemes: readonly Viseme[], since: number, ms: number): Mouth {
  const index = lastBegun(visemes, ms);
  const closure = closureBetween(visemes, index, Math.min(since, ms), ms);
  if (closure) return SHAPES[closure] ?? REST;
  const current = visemes[index];
  if (!current) return REST;
  const shape = ms < current[1] ? shapeOf(current) : REST;
  const next = visemes[index + 1];
  const toNext = next ? next[0] - ms : Number.POSITIVE_INFINITY;
  if (!next || toNext >= BLEND_MS) return shape;
  return mix(shape, shapeOf(next), 1 - toNext / BLEND_MS);
}

/** For voices without timings: louder is wider open. */
export function mouthOfEnergy(energy: number): Mouth {
  return { open: Math.min(1, Math.max(0, energy - 0.01) * 5.5), wide: 0.5 };
}

function shapeOf(viseme: Viseme): Mouth {
  return SHAPES[viseme[2]] ?? REST;
}

/** Index of the last viseme that has begun at `ms`, -1 before the first. */
function lastBegun(visemes: readonly Viseme[], ms: number): number {
  let low = 0;
  let high = visemes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const viseme = visemes[middle];
    if (viseme && viseme[0] <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function closureBetween(visemes: readonly Viseme[], index: number, since: number, ms: number): string | null {
  for (let i = index; i >= 0; i--) {
    const viseme = visemes[i];
    if (!viseme || viseme[1] <= since) return null;
    if (viseme[0] <= ms && CLOSURES.has(viseme[2])) return viseme[2];
  }
  return null;
}

function mix(a: Mouth, b: Mouth, share: number): Mouth {
  const eased = share * share * (3 - 2 * share);
  return { open: a.open + (b.open - a.open) * eased, wide: a.wide + (b.wide - a.wide) * eased };
}
