/** How the figure moves from one frame to the next. Pure: state in, time in, state changed in place. */

import { type Mouth, mouthAt, mouthOfEnergy, REST } from "./mouth";
import type { Bearing, Mood, SpeechTrack } from "./types";

export interface Motion {
  mouth: Mouth;
  /** Petals follow the voice with a delay, the outer ring later than the inner. */
  inner: number;
  outer: number;
  bloom: number;
  /** How much of the thinking light is shown, and where on the ring it is, in turns. */
  light: number;
  turn: number;
  lastMs: number;
}

export function still(): Motion {
  return { mouth: { ...REST }, inner: 0, outer: 0, bloom: 1, light: 0, turn: 0, lastMs: 0 };
}

const BLOOM: Record<Mood, number> = {
  neutral: 1,
  warm: 1.035,
  encouraging: 1.05,
  calming: 1.02,
  serious: 0.965,
};

const ease = (from: number, to: number, seconds: number, time: number) =>
  from + (to - from) * (1 - Math.exp(-seconds / time));

/** Advance by `seconds`; `at` is the time of day that slow breathing follows, in seconds. */
export function step(
  motion: Motion,
  track: SpeechTrack,
  mood: Mood,
  bearing: Bearing,
  seconds: number,
  at: number,
) {
  const now = track.now();
  if (now) {
    const shape =
      now.visemes.length > 0 ? mouthAt(now.visemes, motion.lastMs, now.ms) : mouthOfEnergy(track.energy());
    const closing = shape.open < 0.06;
    motion.mouth.open = closing ? shape.open : ease(motion.mouth.open, shape.open, seconds, 0.03);
    motion.mouth.wide = ease(motion.mouth.wide, shape.wide, seconds, 0.045);
    motion.lastMs = now.ms;
  } else {
    motion.mouth.open = ease(motion.mouth.open, REST.open, seconds, 0.06);
    motion.mouth.wide = ease(motion.mouth.wide, REST.wide, seconds, 0.12);
    motion.lastMs = 0;
  }
  motion.inner = ease(motion.inner, motion.mouth.open, seconds, 0.12);
  motion.outer = ease(motion.outer, motion.inner, seconds, 0.22);
  const breath = bearing === "listening" ? Math.sin((at / (mood === "calming" ? 9 : 7)) * Math.PI * 2) : 0;
  motion.bloom = ease(motion.bloom, BLOOM[mood] + breath * 0.014, seconds, 0.7);
  motion.light = ease(motion.light, bearing === "thinking" ? 1 : 0, seconds, 0.4);
  motion.turn = (at / 4.8) % 1;
}
