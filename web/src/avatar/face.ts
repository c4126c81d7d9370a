/**
 * One face from frame to frame: mouth, mood and presence become the weights of face units and a pose. Pure
 * but for reading its track; allocates only when a sentence begins. Knows no 3D library.
 */

import { type Baseline, bandLevel, follow, quiet } from "./baseline";
import { type Feeling, feel, feeling, vector } from "./moods";
import { type Mouth, mouthAt, relax, restingMouth } from "./mouth";
import { type Circumstances, type Living, live, living, rest } from "./presence";
import { type Score, scoreOf } from "./score";
import type { Bearing, LipSource, Mood, Sentence, SpeechTrack, Tongue } from "./types";
import { followsJaw, UNITS, unit } from "./units";
import { SIL, shapesIn, VISEMES, type Weights } from "./visemes";

export interface Tables {
  visemes: Readonly<Record<string, Weights>>;
  moods: Readonly<Record<string, Weights>>;
}

export interface Wish {
  mood: Mood;
  bearing: Bearing;
  attending: boolean;
  lips: LipSource;
  /** Only the lips move. */
  calm: boolean;
}

const JAW_UNIT = UNITS.map(followsJaw);
const BLINKS = [unit("eyeBlinkLeft"), unit("eyeBlinkRight")] as const;
const BROWS = [unit("browInnerUp"), unit("browOuterUpLeft"), unit("browOuterUpRight")] as const;
const SMILES = [unit("mouthSmileLeft"), unit("mouthSmileRight")] as const;
const CHEEKS = [unit("cheekSquintLeft"), unit("cheekSquintRight")] as const;
const LOOKS = {
  up: [unit("eyeLookUpLeft"), unit("eyeLookUpRight")],
  down: [unit("eyeLookDownLeft"), unit("eyeLookDownRight")],
  left: [unit("eyeLookOutLeft"), unit("eyeLookInRight")],
  right: [unit("eyeLookInLeft"), unit("eyeLookOutRight")],
} as const;
/** How far the eyes turn at a weight of 1. */
const FULL_LOOK = 0.52;
/** What of a mood's mouth is left while it speaks: a smile must not keep the lips from meeting. */
const MOOD_IN_SPEECH = 0.5;
/** The jaw of the energy baseline at full, about that of a wide "aa". */
const WIDE = 0.38;
/** A clock that stands still for so long has stopped: the mouth rests. */
const STALLED_S = 0.18;
/** How far ahead a frame may look: it is on the screen until the next one. */
const LONGEST_FRAME_S = 0.08;

export class Face {
  /** Weights of UNITS as they are to be drawn. */
  readonly weights = new Float32Array(UNITS.length);
  readonly mouth: Mouth = restingMouth();
  readonly pose: Living;
  /** Where the ear was when the weights were made, in ms of the sentence; negative in silence. */
  heardMs = -1;
  private readonly feeling: Feeling;
  private readonly shapes: Record<Tongue, Float32Array[]>;
  private readonly baseline: Baseline = quiet();
  private readonly bins = new Float32Array(1024);
  private readonly around: Circumstances = { bearing: "resting", attending: false, stressed: false };
  private sentence: Sentence | null = null;
  private score: Score | null = null;
  private language: Tongue = "en";
  /** Up to where the frames so far answer for the sentence, in ms; negative before the first. */
  private coveredMs = -1;
  private lastMs = -1;
  private stalled = 0;
  private speaking = 0;
  /** Of the energy baseline: how far the jaw is open, 0 to 1. */
  energyJaw = 0;

  constructor(tables: Tables, seed = 7) {
    this.pose = living(seed);
    this.feeling = feeling(tables.moods);
    const vectors = (language: Tongue) => shapesIn(language, tables.visemes).map(vector);
    this.shapes = { en: vectors("en"), tr: vectors("tr") };
  }

  /** One frame of `seconds`. */
  step(track: SpeechTrack, wish: Wish, seconds: number): void {
    this.around.stressed = false;
    this.speak(track, wish, seconds);
    feel(this.feeling, wish.mood, wish.calm ? 1 : seconds);
    if (wish.calm) {
      rest(this.pose);
    } else {
      this.around.bearing = wish.bearing;
      this.around.attending = wish.attending;
      live(this.pose, this.around, seconds);
    }
    this.compose();
  }

  private speak(track: SpeechTrack, wish: Wish, seconds: number): void {
    const sentence = track.sentence();
    if (sentence !== this.sentence) this.begin(sentence);
    const ms = sentence ? track.ms() : -1;
    this.stalled = ms === this.lastMs ? this.stalled + seconds : 0;
    this.lastMs = ms;
    // The frame before the first sample already shows what comes in its time.
    const sounds = sentence !== null && ms >= -LONGEST_FRAME_S * 1000 && this.stalled < STALLED_S;
    this.heardMs = sounds && ms >= 0 ? ms : -1;
    this.speaking += ((sounds ? 1 : 0) - this.speaking) * (1 - Math.exp(-seconds / 0.12));
    this.energyJaw = 0;
    if (!sounds || !this.score) {
      relax(this.mouth, seconds);
      if (ms >= 0) this.coveredMs = -1;
      follow(this.baseline, Number.NEGATIVE_INFINITY, seconds);
    } else if (wish.lips === "energy" || this.score.count === 0) {
      this.hum(track, seconds);
    } else {
      this.shape(this.score, ms, seconds);
    }
  }

  private begin(sentence: Sentence | null): void {
    this.sentence = sentence;
    this.score = sentence ? scoreOf(sentence) : null;
    if (sentence) this.language = sentence.language;
    this.coveredMs = 0;
  }

  /** A frame stays until the next one, so it answers for the time from now till then. */
  private shape(score: Score, ms: number, seconds: number): void {
    const until = ms + Math.min(LONGEST_FRAME_S, seconds) * 1000;
    const since = this.coveredMs < 0 || this.coveredMs > until ? ms - 1 : this.coveredMs;
    mouthAt(score, since, until, this.mouth);
    this.around.stressed = stressBetween(score.stress, since, until);
    this.coveredMs = until;
  }

  /** Energy alone: the jaw, and nothing of the lips. */
  private hum(track: SpeechTrack, seconds: number): void {
    relax(this.mouth, seconds);
    const binHz = track.spectrum(this.bins);
    const level = binHz > 0 ? bandLevel(this.bins, binHz) : Number.NEGATIVE_INFINITY;
    const before = this.baseline.jaw;
    this.energyJaw = follow(this.baseline, level, seconds);
    this.around.stressed = this.energyJaw > 0.55 && before <= 0.55;
    this.coveredMs = -1;
  }

  private compose(): void {
    const { weights, feeling: mood, pose } = this;
    const shapes = this.shapes[this.language];
    const damp = 1 - this.speaking * (1 - MOOD_IN_SPEECH);
    for (let u = 0; u < weights.length; u++) {
      weights[u] = (mood.now[u] ?? 0) * (MOUTH_UNIT[u] ? damp : 1);
    }
    for (let v = 0; v < VISEMES.length; v++) {
      if (v !== SIL) this.add(shapes[v], this.mouth.jaw[v] ?? 0, this.mouth.lips[v] ?? 0);
    }
    weights[JAW] = (weights[JAW] ?? 0) + this.energyJaw * WIDE;
    this.raise(BROWS[0], pose.brows * 0.8);
    this.raise(BROWS[1], pose.brows);
    this.raise(BROWS[2], pose.brows);
    this.pair(SMILES, pose.smile * 0.32 * damp);
    this.pair(CHEEKS, pose.smile * 0.22);
    this.pair(LOOKS.up, Math.max(0, -pose.eyeX) / FULL_LOOK);
    this.pair(LOOKS.down, Math.max(0, pose.eyeX) / FULL_LOOK);
    this.pair(LOOKS.left, Math.max(0, pose.eyeY) / FULL_LOOK);
    this.pair(LOOKS.right, Math.max(0, -pose.eyeY) / FULL_LOOK);
    for (let i = 0; i < 2; i++) {
      const lid = BLINKS[i] ?? 0;
      const open = weights[lid] ?? 0;
      weights[lid] = open + (1 - open) * pose.blink;
    }
    for (let u = 0; u < weights.length; u++) {
      const weight = weights[u] ?? 0;
      weights[u] = Math.min(1, Math.max(0, weight));
    }
  }

  private add(shape: Float32Array | undefined, jaw: number, lips: number): void {
    if (!shape || (jaw === 0 && lips === 0)) return;
    for (let u = 0; u < shape.length; u++) {
      const full = shape[u] ?? 0;
      if (full !== 0) this.weights[u] = (this.weights[u] ?? 0) + full * (JAW_UNIT[u] ? jaw : lips);
    }
  }

  private raise(index: number, by: number): void {
    this.weights[index] = (this.weights[index] ?? 0) + by;
  }

  private pair(indices: readonly [number, number], by: number): void {
    this.raise(indices[0], by);
    this.raise(indices[1], by);
  }
}

const JAW = unit("jawOpen");
const MOUTH_UNIT = UNITS.map((name) => name.startsWith("mouth"));

function stressBetween(stress: Float32Array, since: number, until: number): boolean {
  for (let i = 0; i < stress.length; i++) {
    const at = stress[i] ?? 0;
    if (at > since && at <= until) return true;
  }
  return false;
}
