/**
 * How far, and along which course, each shape of a sentence opens the jaw: by the vowel's height, by its
 * stress, and by where in the syllable it stands. Made once a sentence; `swell` is asked every frame. Pure.
 */

import type { Sound, Viseme } from "./types";

/** What one shape does to the jaw. Times in ms of the audio. */
export interface Opening {
  /** By how much it opens the jaw more or less than its shape by itself. */
  gain: number;
  /** When it is widest, and when its sound ends; both 0 for a shape that is held evenly. */
  peak: number;
  end: number;
}

const UNSTRESSED = 0.7;
const HALF_STRESSED = 0.86;
/** j and w have the mouth of i and u, but narrower: that is what makes them consonants. */
const GLIDE = 0.5;
const MOST_GAIN = 1.45;

/** How far a vowel opens the jaw by its row of the IPA chart, the lowest being 1. */
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
/** How far the shape that stands for a vowel opens it by itself. */
const USUAL: Readonly<Record<string, number>> = { aa: 1, E: 0.6, O: 0.68, I: 0.32, U: 0.27 };

/** The jaw of a vowel is widest at this share of its sound, but no later than this after its begin. */
const PEAK_SHARE = 0.4;
const PEAK_MS = 80;
/** How much of the opening is still to come when the vowel begins, and has gone again when it ends. */
const TO_COME = 0.2;
const GONE = 0.4;

const EVEN: Opening = { gain: 1, peak: 0, end: 0 };

/** `scale` is what the timeline was stretched by; `viseme` is stretched already, `phonemes` are not. */
export function openingOf(viseme: Viseme, phonemes: readonly Sound[], scale: number): Opening {
  const usual = USUAL[viseme[2]];
  if (!usual) return EVEN;
  const [start, end] = [viseme[0] / scale, viseme[1] / scale];
  const sound = soundOf(start, end, phonemes);
  if (!sound) return { gain: 1, peak: peakOf(viseme[0], viseme[1]), end: viseme[1] };
  const vowels = vowelsOf(sound[2]);
  if (vowels.length === 0) return { ...EVEN, gain: GLIDE };
  const middle = (Math.max(start, sound[0]) + Math.min(end, sound[1])) / 2;
  const part = Math.floor(((middle - sound[0]) / (sound[1] - sound[0] || 1)) * vowels.length);
  const height = (vowels[Math.min(part, vowels.length - 1)] ?? usual) / usual;
  return {
    gain: Math.min(MOST_GAIN, height * stressOf(sound[2], phonemes)),
    peak: peakOf(sound[0], sound[1]) * scale,
    end: sound[1] * scale,
  };
}

const peakOf = (start: number, end: number): number => start + Math.min(PEAK_MS, (end - start) * PEAK_SHARE);

const known = new Map<string, readonly number[]>();

/** Openness of a symbol's vowels in turn; empty for consonants. */
function vowelsOf(symbol: string): readonly number[] {
  let vowels = known.get(symbol);
  if (!vowels) {
    vowels = Array.from(symbol, (letter) => OPENNESS[letter] ?? 0).filter((open) => open > 0);
    known.set(symbol, vowels);
  }
  return vowels;
}

/** The vowel that has most of the time from `start` to `end`; where there is none, the sound that has. */
function soundOf(start: number, end: number, phonemes: readonly Sound[]): Sound | undefined {
  let found: Sound | undefined;
  let most = 0;
  for (const sound of phonemes) {
    const shared = Math.min(end, sound[1]) - Math.max(start, sound[0]);
    if (shared <= 0) continue;
    const weight = vowelsOf(sound[2]).length > 0 ? shared + WHOLE_MS : shared;
    if (weight <= most) continue;
    most = weight;
    found = sound;
  }
  return found;
}

/** More than any sound lasts: a vowel comes before every consonant. */
const WHOLE_MS = 1e6;

/** Where the voice marks no stress at all, every vowel counts as stressed. */
function stressOf(symbol: string, phonemes: readonly Sound[]): number {
  if (symbol.includes("ˈ") || !phonemes.some((sound) => sound[2].includes("ˈ"))) return 1;
  return symbol.includes("ˌ") ? HALF_STRESSED : UNSTRESSED;
}

/**
 * The course of one opening, at most 1: the jaw comes down with the vowel, is lowest before its middle, and
 * is on its way up again for what follows while the vowel still sounds. Two halves of a diphthong are one
 * such course.
 */
export function swell(start: number, peak: number, end: number, ms: number): number {
  if (end <= 0) return 1;
  if (ms <= peak) return 1 - TO_COME * (1 - ease((ms - start) / Math.max(1, peak - start)));
  return 1 - GONE * ease((ms - peak) / Math.max(1, end - peak));
}

/** 0 to 1 without a corner at either end. */
export function ease(share: number): number {
  if (share <= 0) return 0;
  return share >= 1 ? 1 : share * share * (3 - 2 * share);
}
