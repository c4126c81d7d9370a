/**
 * The mouth of voices without timings, and the baseline to compare with: the sound's spectrum (Web Audio
 * FFT, the analyser's own smoothing off), its energy above a noise floor, and from that `jawOpen` with a
 * smoothing of its own. Knows no sounds: lips neither close nor round. Pure.
 */

export interface Baseline {
  /** The quietest that was heard lately, in dB; rises slowly, falls at once. */
  floor: number;
  /** How far the jaw is open, 0 to 1. */
  jaw: number;
}

/** In dB of the mean power of a bin. */
const QUIETEST = -84;
const LOUDEST_FLOOR = -62;
/** Energy has to stand this far above the floor before the jaw moves, and this far for it to be wide open. */
const THRESHOLD_DB = 14;
const RANGE_DB = 26;
/** Where speech has its energy, in Hz. */
const LOW_HZ = 120;
const HIGH_HZ = 4000;
const ATTACK_S = 0.03;
const RELEASE_S = 0.075;
const FLOOR_RISE_DB_S = 1.5;

export const quiet = (): Baseline => ({ floor: QUIETEST, jaw: 0 });

/** Mean power of the speech band in dB. `bins` are the analyser's, in dB; `binHz` is one bin's width. */
export function bandLevel(bins: Float32Array, binHz: number): number {
  const first = Math.max(1, Math.floor(LOW_HZ / binHz));
  const last = Math.min(bins.length - 1, Math.ceil(HIGH_HZ / binHz));
  let power = 0;
  for (let i = first; i <= last; i++) {
    const db = bins[i] ?? Number.NEGATIVE_INFINITY;
    if (db > -200) power += 10 ** (db / 10);
  }
  return power > 0 ? 10 * Math.log10(power / (last - first + 1)) : Number.NEGATIVE_INFINITY;
}

/** One frame of `seconds`; `level` is the band's, in dB. Returns how far the jaw is open, 0 to 1. */
export function follow(state: Baseline, level: number, seconds: number): number {
  const heard = Math.max(QUIETEST, level);
  state.floor = Math.min(heard, state.floor + FLOOR_RISE_DB_S * seconds, LOUDEST_FLOOR);
  const over = (heard - state.floor - THRESHOLD_DB) / RANGE_DB;
  const wanted = over <= 0 ? 0 : Math.min(1, over);
  const pace = wanted > state.jaw ? ATTACK_S : RELEASE_S;
  state.jaw += (wanted - state.jaw) * (1 - Math.exp(-seconds / pace));
  return state.jaw;
}
