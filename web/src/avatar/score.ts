/**
 * A sentence's timeline made ready to be read every frame: numbers in arrays, fitted to its audio, with the
 * times of stressed syllables. Made once a sentence. Pure; does not move anything.
 */

import { emphasised } from "./loudness";
import { openingOf } from "./syllables";
import type { Sentence, Sound, Tongue, Viseme } from "./types";
import { mannerOf, VISEMES, visemeIndex } from "./visemes";

export interface Score {
  readonly count: number;
  /** Milliseconds of the audio, in order. */
  readonly start: Float32Array;
  readonly end: Float32Array;
  /** Index into VISEMES. */
  readonly shape: Uint8Array;
  /** How far each opens the jaw, and when: see `Opening`. */
  readonly gain: Float32Array;
  readonly peak: Float32Array;
  readonly fall: Float32Array;
  /** Begins of stressed syllables, in ms. */
  readonly stress: Float32Array;
  readonly durationMs: number;
  readonly language: Tongue;
}

/** A timeline that is off by no more than this share is stretched; one that is off by more is cut. */
const STRETCH = 0.25;
/** Less than this, in ms, is no difference. */
const SAME_MS = 30;

export function scoreOf(sentence: Sentence): Score {
  const scale = stretchOf(lastEnd(sentence.visemes), sentence.durationMs);
  const kept = inOrder(sentence.visemes, scale, sentence.durationMs);
  const plain = kept.map((viseme) => openingOf(viseme, sentence.phonemes, scale));
  const openings = sentence.loudness ? emphasised(plain, kept, sentence.loudness) : plain;
  return {
    count: kept.length,
    start: Float32Array.from(kept, (viseme) => viseme[0]),
    end: Float32Array.from(kept, (viseme) => viseme[1]),
    shape: Uint8Array.from(kept, (viseme) => visemeIndex(viseme[2])),
    gain: Float32Array.from(openings, (opening) => opening.gain),
    peak: Float32Array.from(openings, (opening) => opening.peak),
    fall: Float32Array.from(openings, (opening) => opening.end),
    stress: stresses(sentence.phonemes, scale),
    durationMs: sentence.durationMs,
    language: sentence.language,
  };
}

function lastEnd(visemes: readonly Viseme[]): number {
  return visemes.reduce((end, viseme) => Math.max(end, viseme[1] || 0), 0);
}

/** By how much the timeline has to be stretched to end with its audio. A silent end is no fault. */
export function stretchOf(timelineMs: number, audioMs: number): number {
  if (timelineMs <= 0 || audioMs <= 0 || Math.abs(timelineMs - audioMs) <= SAME_MS) return 1;
  const scale = audioMs / timelineMs;
  return Math.abs(scale - 1) <= STRETCH ? scale : 1;
}

/** Scaled, in order, without overlap and without what lies beyond the audio. */
function inOrder(visemes: readonly Viseme[], scale: number, audioMs: number): Viseme[] {
  const most = audioMs > 0 ? audioMs : Number.POSITIVE_INFINITY;
  const sorted = visemes
    .filter(([start, end]) => Number.isFinite(start) && Number.isFinite(end))
    .map(([start, end, name]): Viseme => [Math.max(0, start * scale), Math.min(most, end * scale), name])
    .sort((a, b) => a[0] - b[0]);
  const kept: Viseme[] = [];
  for (const viseme of sorted) {
    if (viseme[1] <= viseme[0]) continue;
    const before = kept.at(-1);
    if (before && before[1] > viseme[0]) before[1] = viseme[0];
    kept.push(viseme);
  }
  return kept.filter((viseme) => viseme[1] > viseme[0]);
}

function stresses(phonemes: readonly Sound[], scale: number): Float32Array {
  return Float32Array.from(
    phonemes.filter((sound) => sound[2].includes("ˈ")),
    (sound) => sound[0] * scale,
  );
}

/** Per shape, in the order of VISEMES: how strongly and how slowly it claims jaw and lips. */
export interface Manners {
  readonly jaw: Float32Array;
  readonly lips: Float32Array;
  readonly jawMs: Float32Array;
  readonly lipsMs: Float32Array;
}

const column = (language: Tongue, key: keyof Manners) =>
  Float32Array.from(VISEMES, (name) => mannerOf(name, language)[key]);

const mannersIn = (language: Tongue): Manners => ({
  jaw: column(language, "jaw"),
  lips: column(language, "lips"),
  jawMs: column(language, "jawMs"),
  lipsMs: column(language, "lipsMs"),
});

export const MANNERS_IN: Readonly<Record<Tongue, Manners>> = { en: mannersIn("en"), tr: mannersIn("tr") };
