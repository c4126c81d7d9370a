/**
 * Timeline to weights. Neighbouring shapes melt into each other by how strongly each claims jaw and lips;
 * P, B, M and F, V stand above that: their contact is shown in full, whatever the frame rate. Pure;
 * allocates nothing.
 */

import { MANNERS_IN, type Score } from "./score";
import { ease, swell } from "./syllables";
import { FF, PP, SIL, VISEMES } from "./visemes";

/**
 * How much of each shape (in the order of VISEMES) jaw and lips show. The lips' shares add up to 1, so do
 * the jaw's but for vowels that open it more or less than their shape's usual one.
 */
export interface Mouth {
  readonly jaw: Float32Array;
  readonly lips: Float32Array;
}

export function restingMouth(): Mouth {
  const mouth = { jaw: new Float32Array(VISEMES.length), lips: new Float32Array(VISEMES.length) };
  mouth.jaw[SIL] = 1;
  mouth.lips[SIL] = 1;
  return mouth;
}

/** Lips take so long to come together, and to part, in ms. */
const CLOSE_MS = 44;
const OPEN_MS = 36;
/** They are together this long after the sound's begin, and begin to part this long before its end. */
const INTO_MS = 4;
const PART_MS = 12;
/** A contact is held at least this long, however short its sound is. */
const HOLD_MS = 24;
/** No shape reaches further than this beyond its own time; ends the search. */
const REACH_MS = 160;
/** After a stall (a hidden tab) only what was just missed is made up for. */
const LOOK_BACK_MS = 150;
/** A frame that stays longer than this shows the mean of its time, or short sounds would be left to chance. */
const LONG_MS = 24;
const MOST_MEAN_MS = 80;

/**
 * The mouth into `out` for a frame that answers for the time after `since` up to `until` (ms of the audio). A
 * contact whose middle lies in that time is shown in full; frames that follow each other without gaps so
 * show every contact.
 */
export function mouthAt(score: Score, since: number, until: number, out: Mouth): void {
  const contact = contactIn(score, Math.max(since, until - LOOK_BACK_MS), until);
  out.jaw.fill(0);
  out.lips.fill(0);
  if (contact !== SIL) {
    out.jaw[contact] = 1;
    out.lips[contact] = 1;
    return;
  }
  const span = Math.min(until - since, MOST_MEAN_MS);
  const samples = span > LONG_MS ? 3 : 1;
  for (let k = 0; k < samples; k++) {
    addMoment(score, until - (span * (k + 0.5)) / samples, 1 / samples, out);
  }
}

/** The contact whose middle lies after `from` up to `until`; SIL when there is none. */
function contactIn(score: Score, from: number, until: number): number {
  for (let i = lastBegun(score, until); i >= 0; i--) {
    const start = score.start[i] ?? 0;
    const end = score.end[i] ?? 0;
    const shape = score.shape[i] ?? SIL;
    if (end < from - HOLD_MS) break;
    const middle = (start + Math.max(end, start + HOLD_MS)) / 2;
    if ((shape === PP || shape === FF) && middle > from && middle <= until) return shape;
  }
  return SIL;
}

/** Scratch of `addMoment`, so that no frame makes anything. */
const moment = restingMouth();
const opened = new Float32Array(VISEMES.length);

/** Adds `weight` of what jaw and lips show at `ms`. */
function addMoment(score: Score, ms: number, weight: number, out: Mouth): void {
  const manners = MANNERS_IN[score.language];
  const { jaw, lips } = moment;
  jaw.fill(0);
  opened.fill(0);
  lips.fill(0);
  let contact = SIL;
  let level = 0;
  let jawFree = 1;
  let lipsFree = 1;
  for (let i = lastBegun(score, ms + REACH_MS); i >= 0; i--) {
    const start = score.start[i] ?? 0;
    const end = score.end[i] ?? 0;
    const shape = score.shape[i] ?? SIL;
    if (end < ms - REACH_MS) break;
    const jawHere = presence(start, end, manners.jawMs[shape] ?? 0, ms);
    const lipsHere = presence(start, end, manners.lipsMs[shape] ?? 0, ms);
    jawFree -= jawHere;
    lipsFree -= lipsHere;
    const opening = jawHere * (manners.jaw[shape] ?? 0);
    add(jaw, shape, opening);
    const course = swell(start, score.peak[i] ?? 0, score.fall[i] ?? 0, ms);
    add(opened, shape, opening * course * (score.gain[i] ?? 1));
    add(lips, shape, lipsHere * (manners.lips[shape] ?? 0));
    const here = shape === PP || shape === FF ? contactLevel(start, end, ms) : 0;
    if (here > level) {
      level = here;
      contact = shape;
    }
  }
  const rest = Math.max(0, jawFree) * (manners.jaw[SIL] ?? 0);
  add(jaw, SIL, rest);
  add(opened, SIL, rest);
  add(lips, SIL, Math.max(0, lipsFree) * (manners.lips[SIL] ?? 0));
  pour(opened, total(jaw), contact, level, weight, out.jaw);
  pour(lips, total(lips), contact, level, weight, out.lips);
}

function add(shares: Float32Array, shape: number, by: number): void {
  shares[shape] = (shares[shape] ?? 0) + by;
}

/** How far the lips are in a contact at `ms`, 0 to 1. */
function contactLevel(start: number, end: number, ms: number): number {
  const done = Math.max(end, start + HOLD_MS);
  const whole = start + INTO_MS;
  const parting = Math.max(whole, done - PART_MS);
  if (ms < whole) return ease(1 - (whole - ms) / CLOSE_MS);
  return ms <= parting ? 1 : ease(1 - (ms - parting) / OPEN_MS);
}

/** 1 within, 0 outside, one half at the borders, over twice `half` ms. */
function presence(start: number, end: number, half: number, ms: number): number {
  return ease((ms - start + half) / (2 * half)) * ease((end - ms + half) / (2 * half));
}

function total(shares: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) sum += shares[i] ?? 0;
  return sum;
}

/** Adds `weight` of the claims, as shares of `sum` and with the contact above them, to `out`. */
function pour(
  claims: Float32Array,
  sum: number,
  contact: number,
  level: number,
  weight: number,
  out: Float32Array,
): void {
  const scale = sum > 0 ? ((1 - level) * weight) / sum : 0;
  for (let i = 0; i < claims.length; i++) add(out, i, (claims[i] ?? 0) * scale);
  if (level > 0) add(out, contact, level * weight);
}

/** Index of the last shape that has begun at `ms`, -1 before the first. */
function lastBegun(score: Score, ms: number): number {
  let low = 0;
  let high = score.count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((score.start[middle] ?? 0) <= ms) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Lets the mouth go back to rest; `seconds` since the last frame. For the ends of sentences and for breaks. */
export function relax(mouth: Mouth, seconds: number): void {
  const keep = Math.exp(-seconds / 0.07);
  relaxShares(mouth.jaw, keep);
  relaxShares(mouth.lips, keep);
}

function relaxShares(shares: Float32Array, keep: number): void {
  let sum = 0;
  for (let i = 0; i < shares.length; i++) {
    const share = (shares[i] ?? 0) * keep;
    shares[i] = share;
    sum += share;
  }
  shares[SIL] = (shares[SIL] ?? 0) + 1 - sum;
}
