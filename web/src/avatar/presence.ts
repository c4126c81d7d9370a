/**
 * What a living listener does without speaking: blinks, looks, breathes, nods, thinks. State in, time in,
 * state changed in place; allocates nothing. Angles are radians: x lowers, y turns to the person's left,
 * z tilts to the person's right shoulder.
 */

import type { Bearing, Gesture } from "./types";

export interface Pose {
  headX: number;
  headY: number;
  headZ: number;
  eyeX: number;
  eyeY: number;
  /** Lids shut, 0 to 1. */
  blink: number;
  /** Chest raised, -1 to 1. */
  breath: number;
  /** Brows raised beyond the mood, 0 to 1: stress, attention, thought. */
  brows: number;
  /** A smile beyond the mood, 0 to 1: greeting, goodbye, "mm-hm". */
  smile: number;
}

export interface Living extends Pose {
  random: () => number;
  at: number;
  blinkIn: number;
  /** Since the lids began to move, in seconds; negative: open. */
  blinkAge: number;
  again: boolean;
  lookIn: number;
  away: boolean;
  gazeX: number;
  gazeY: number;
  gazeJitterX: number;
  gazeJitterY: number;
  jitterIn: number;
  nodIn: number;
  nodAge: number;
  nods: number;
  nodDepth: number;
  stress: number;
  tilt: number;
  /** Place and speed of the head about each axis. */
  springs: Float64Array;
}

export interface Circumstances {
  bearing: Bearing;
  /** The candidate writes or speaks just now. */
  attending: boolean;
  /** A stressed syllable began since the last frame. */
  stressed: boolean;
}

const BLINK_SHUT_S = 0.07;
const BLINK_OPEN_S = 0.16;
const NOD_S = 0.62;
const DEGREE = Math.PI / 180;

export function living(seed = 7): Living {
  const random = randomFrom(seed);
  return {
    headX: 0,
    headY: 0,
    headZ: 0,
    eyeX: 0,
    eyeY: 0,
    blink: 0,
    breath: 0,
    brows: 0,
    smile: 0,
    random,
    at: random() * 20,
    blinkIn: 1 + random() * 2,
    blinkAge: -1,
    again: false,
    lookIn: 2,
    away: false,
    gazeX: 0,
    gazeY: 0,
    gazeJitterX: 0,
    gazeJitterY: 0,
    jitterIn: 0.5,
    nodIn: 4,
    nodAge: -1,
    nods: 0,
    nodDepth: 0,
    stress: 0,
    tilt: 0,
    springs: new Float64Array(6),
  };
}

/** Mulberry32: small, even, and the same for the same seed, so that a test sees the same face twice. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function live(self: Living, around: Circumstances, seconds: number): void {
  self.at += seconds;
  look(self, around, seconds);
  blink(self, around, seconds);
  nod(self, around, seconds);
  move(self, around, seconds);
  self.breath = Math.sin((self.at * Math.PI * 2) / (around.bearing === "speaking" ? 3.4 : 4.6));
}

/** Greeting and goodbye: a deeper nod with a smile. */
export function gesture(self: Living, which: Gesture): void {
  if (which === null) return;
  self.nodAge = 0;
  self.nods = 1;
  self.nodDepth = which === "goodbye" ? 9 * DEGREE : 6.5 * DEGREE;
  self.smile = which === "goodbye" ? 0.75 : 0.9;
  self.away = false;
  self.lookIn = 3;
}

/** Everything back to where a photograph would have it. */
export function rest(self: Living): void {
  self.headX = self.headY = self.headZ = self.eyeX = self.eyeY = 0;
  self.blink = self.breath = self.brows = self.smile = self.stress = self.tilt = 0;
  self.springs.fill(0);
  self.blinkAge = self.nodAge = -1;
}

/** Eyes stay longer on whoever speaks than on whoever listens (Argyle and Cook, 1976), and wander in thought. */
function look(self: Living, { bearing }: Circumstances, seconds: number): void {
  self.lookIn -= seconds;
  if (bearing === "thinking" && !self.away && self.lookIn > 0.8) self.lookIn = 0.35;
  if (self.lookIn <= 0) turn(self, bearing);
  self.jitterIn -= seconds;
  if (self.jitterIn <= 0) {
    self.jitterIn = 0.35 + self.random() * 0.9;
    self.gazeJitterX = (self.random() - 0.5) * 1.6 * DEGREE;
    self.gazeJitterY = (self.random() - 0.5) * 2.4 * DEGREE;
  }
  const pace = 1 - Math.exp(-seconds / 0.028);
  self.eyeX += (self.gazeX + self.gazeJitterX - self.headX * 0.6 - self.eyeX) * pace;
  self.eyeY += (self.gazeY + self.gazeJitterY - self.headY * 0.6 - self.eyeY) * pace;
}

function turn(self: Living, bearing: Bearing): void {
  const thinking = bearing === "thinking";
  self.away = !self.away && (thinking || self.random() < AWAY[bearing]);
  const before = self.gazeY;
  if (!self.away) {
    self.gazeX = self.gazeY = 0;
    self.lookIn = thinking ? 0.5 + self.random() * 0.9 : 2.2 + self.random() * 3.5;
  } else {
    const side = self.random() < 0.5 ? -1 : 1;
    self.gazeY = side * (7 + self.random() * 8) * DEGREE;
    self.gazeX = (thinking ? -4 - self.random() * 8 : 3 + self.random() * 6) * DEGREE;
    self.lookIn = thinking ? 1.4 + self.random() * 1.6 : 0.5 + self.random() * 0.7;
  }
  // A large turn of the eyes often carries a blink.
  if (Math.abs(self.gazeY - before) > 9 * DEGREE && self.random() < 0.25) self.blinkIn = 0;
}

const AWAY: Readonly<Record<Bearing, number>> = {
  speaking: 0.45,
  thinking: 1,
  listening: 0.22,
  resting: 0.35,
};

/** Blinks come irregularly, every three to six seconds, less often while someone listens closely. */
function blink(self: Living, { bearing }: Circumstances, seconds: number): void {
  self.blinkIn -= seconds;
  if (self.blinkAge < 0 && self.blinkIn <= 0) {
    self.blinkAge = 0;
    self.again = self.random() < 0.12;
  }
  if (self.blinkAge < 0) {
    self.blink = 0;
    return;
  }
  self.blinkAge += seconds;
  const open = (self.blinkAge - BLINK_SHUT_S) / BLINK_OPEN_S;
  self.blink = open < 0 ? ease(self.blinkAge / BLINK_SHUT_S) : 1 - ease(open);
  if (open < 1) return;
  self.blinkAge = -1;
  const mean = bearing === "listening" ? 4.4 : bearing === "thinking" ? 3.8 : 3.4;
  self.blinkIn = self.again ? 0.09 : mean * (0.45 + 1.1 * self.random() ** 1.6);
}

/** "Mm-hm": a small nod or two while the candidate tells. */
function nod(self: Living, { bearing, attending }: Circumstances, seconds: number): void {
  if (bearing === "listening" && attending) self.nodIn -= seconds;
  if (self.nodIn <= 0 && self.nodAge < 0) {
    self.nodAge = 0;
    self.nods = self.random() < 0.4 ? 2 : 1;
    self.nodDepth = (2.2 + self.random() * 1.8) * DEGREE;
    self.nodIn = 3.5 + self.random() * 5;
    self.smile = Math.max(self.smile, 0.22);
  }
  if (self.nodAge >= 0) {
    self.nodAge += seconds;
    if (self.nodAge > NOD_S * self.nods) self.nodAge = -1;
  }
  self.smile *= Math.exp(-seconds / 1.1);
}

function move(self: Living, { bearing, attending, stressed }: Circumstances, seconds: number): void {
  if (stressed) self.stress = Math.min(1, self.stress + 0.55 + self.random() * 0.35);
  self.stress *= Math.exp(-seconds / 0.16);
  const thinking = bearing === "thinking";
  const tilt = thinking ? 3.2 : bearing === "listening" && attending ? -2.4 : 0;
  self.tilt += (tilt * DEGREE - self.tilt) * (1 - Math.exp(-seconds / 0.6));
  const lively = bearing === "speaking" ? 1 : 0.45;
  const nodding = self.nodAge < 0 ? 0 : Math.sin((self.nodAge / NOD_S) * Math.PI) ** 2 * self.nodDepth;
  const x = drift(self.at, 0.31, 0.83) * 0.9 * DEGREE * lively + self.stress * 2.1 * DEGREE + nodding;
  const y = drift(self.at + 40, 0.23, 0.61) * 1.9 * DEGREE * lively + self.gazeY * 0.35;
  const z = drift(self.at + 90, 0.19, 0.47) * 1.1 * DEGREE * lively + self.tilt;
  self.headX = spring(self.springs, 0, x + self.gazeX * 0.3, seconds);
  self.headY = spring(self.springs, 2, y, seconds);
  self.headZ = spring(self.springs, 4, z, seconds);
  const raised = thinking ? 0.28 : attending ? 0.12 : 0;
  const pace = 1 - Math.exp(-seconds / 0.18);
  self.brows += (Math.max(raised, self.stress * 0.42) - self.brows) * pace;
}

/** Two waves that never meet: slow movement without a pattern, -1 to 1. */
function drift(at: number, slow: number, fast: number): number {
  return 0.65 * Math.sin(at * slow * Math.PI * 2) + 0.35 * Math.sin(at * fast * Math.PI * 2 + 1.3);
}

const OMEGA = Math.sqrt(90);

/**
 * A critically damped spring, solved exactly, so that it is as stable at 5 frames a second as at 120. Its
 * place and speed stand in an array: fields that are reached by a name held in a variable would be boxed.
 */
function spring(springs: Float64Array, axis: number, target: number, seconds: number): number {
  const away = (springs[axis] ?? 0) - target;
  const speed = springs[axis + 1] ?? 0;
  const pull = speed + OMEGA * away;
  const fade = Math.exp(-OMEGA * seconds);
  const place = target + (away + pull * seconds) * fade;
  springs[axis] = place;
  springs[axis + 1] = (speed - OMEGA * pull * seconds) * fade;
  return place;
}

function ease(share: number): number {
  if (share <= 0) return 0;
  return share >= 1 ? 1 : share * share * (3 - 2 * share);
}
