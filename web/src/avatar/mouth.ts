/**
 * Timeline to weights. Neighbouring shapes melt into each other by how strongly each claims jaw and lips;
 * P, B, M and F, V stand above that: their contact is shown in full, whatever the frame rate. Pure;
 * allocates nothing.
 */

import { MANNERS_IN, type Manners, type Score } from "./score";
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
/** Numbers that one function leaves to the next: handed over as such, they would be boxed. */
const tally = new Float64Array(4);
const AT = 0;
const JAW_FREE = 1;
const LIPS_FREE = 2;
const LEVEL = 3;

/** Adds `weight` of what jaw and lips show at `ms`. */
function addMoment(score: Score, ms: number, weight: number, out: Mouth): void {
  moment.jaw.fill(0);
  moment.lips.fill(0);
  opened.fill(0);
  tally[AT] = ms;
  tally[JAW_FREE] = tally[LIPS_FREE] = 1;
  tally[LEVEL] = 0;
  let contact = SIL;
  for (let i = lastBegun(score, ms + REACH_MS); i >= 0; i--) {
    if ((score.end[i] ?? 0) < ms - REACH_MS) break;
    claim(score, i);
    if (touches(score, i)) contact = score.shape[i] ?? SIL;
  }
  rest(MANNERS_IN[score.language]);
  pour(moment.jaw, opened, contact, weight, out.jaw);
  pour(moment.lips, moment.lips, contact, weight, out.lips);
}

/** What one shape claims of jaw and lips now. */
function claim(score: Score, i: number): void {
  const manners = MANNERS_IN[score.language];
  const ms = tally[AT] ?? 0;
  const start = score.start[i] ?? 0;
  const end = score.end[i] ?? 0;
  const shape = score.shape[i] ?? SIL;
  const jaw = presence(start, end, manners.jawMs[shape] ?? 0, ms);
  const lips = presence(start, end, manners.lipsMs[shape] ?? 0, ms);
  const opening = jaw * (manners.jaw[shape] ?? 0);
  const course = swell(start, score.peak[i] ?? 0, score.fall[i] ?? 0, ms);
  tally[JAW_FREE] = (tally[JAW_FREE] ?? 0) - jaw;
  tally[LIPS_FREE] = (tally[LIPS_FREE] ?? 0) - lips;
  add(moment.jaw, shape, opening);
  add(opened, shape, opening * course * (score.gain[i] ?? 1));
  add(moment.lips, shape, lips * (manners.lips[shape] ?? 0));
}

/** Whether this is the contact that is nearest to being whole so far. */
function touches(score: Score, i: number): boolean {
  const shape = score.shape[i] ?? SIL;
  if (shape !== PP && shape !== FF) return false;
  const level = contactLevel(score.start[i] ?? 0, score.end[i] ?? 0, tally[AT] ?? 0);
  if (level <= (tally[LEVEL] ?? 0)) return false;
  tally[LEVEL] = level;
  return true;
}

/** Time that no shape claims is the resting mouth's. */
function rest(manners: Manners): void {
  const jaw = Math.max(0, tally[JAW_FREE] ?? 0) * (manners.jaw[SIL] ?? 0);
  add(moment.jaw, SIL, jaw);
  add(opened, SIL, jaw);
  add(moment.lips, SIL, Math.max(0, tally[LIPS_FREE] ?? 0) * (manners.lips[SIL] ?? 0));
}

function add(shares: Float32Array, index: number, by: number): void {
  shares[index] = (shares[index] ?? 0) + by;
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

/** Adds `weight` of `shown`, as shares of all `claims` and with the contact above them, to `out`. */
function pour(
  claims: Float32Array,
  shown: Float32Array,
  contact: number,
  weight: number,
  out: Float32Array,
): void {
  const level = tally[LEVEL] ?? 0;
  let sum = 0;
  for (let i = 0; i < claims.length; i++) sum += claims[i] ?? 0;
  const scale = sum > 0 ? ((1 - level) * weight) / sum : 0;
  for (let i = 0; i < shown.length; i++) add(out, i, (shown[i] ?? 0) * scale);
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
