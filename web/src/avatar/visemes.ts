/**
 * The fifteen mouth shapes of a timeline, and how strongly each insists on its own jaw and lips. Pure.
 * Which face units make a shape is the manifest's business, but for what a language wants otherwise.
 */

import type { Tongue } from "./types";

export const VISEMES = [
  "sil",
  "PP",
  "FF",
  "TH",
  "DD",
  "kk",
  "CH",
  "SS",
  "nn",
  "RR",
  "aa",
  "E",
  "I",
  "O",
  "U",
] as const;
export type VisemeName = (typeof VISEMES)[number];
export const SIL = 0;
export const PP = 1;
export const FF = 2;

/** Weights of face units by name. */
export type Weights = Readonly<Record<string, number>>;

interface Manner {
  /** Share of the jaw and of the lips that this shape claims against its neighbours (0 to 1). */
  jaw: number;
  lips: number;
  /** Half the time, in ms, over which jaw and lips melt into the neighbouring shape. */
  jawMs: number;
  lipsMs: number;
}

const vowel = (lips: number, lipsMs = 55): Manner => ({ jaw: 1, lips, jawMs: 28, lipsMs });

/**
 * Sounds made by the tongue alone leave the lips to the vowels around them; rounding begins early. The
 * ranks follow the dominance model of co-articulation (Cohen and Massaro, 1993).
 */
export const MANNERS: Readonly<Record<VisemeName, Manner>> = {
  sil: { jaw: 0.8, lips: 0.5, jawMs: 45, lipsMs: 70 },
  PP: { jaw: 1, lips: 1, jawMs: 30, lipsMs: 30 },
  FF: { jaw: 1, lips: 1, jawMs: 30, lipsMs: 30 },
  TH: { jaw: 0.9, lips: 0.4, jawMs: 30, lipsMs: 35 },
  DD: { jaw: 1, lips: 0.15, jawMs: 28, lipsMs: 35 },
  kk: { jaw: 1, lips: 0.12, jawMs: 30, lipsMs: 35 },
  CH: { jaw: 1, lips: 0.9, jawMs: 30, lipsMs: 60 },
  SS: { jaw: 1, lips: 0.5, jawMs: 28, lipsMs: 40 },
  nn: { jaw: 1, lips: 0.15, jawMs: 28, lipsMs: 35 },
  RR: { jaw: 1, lips: 0.55, jawMs: 30, lipsMs: 50 },
  aa: vowel(0.8),
  E: vowel(0.85),
  I: vowel(0.95),
  O: vowel(1, 75),
  U: vowel(1, 75),
};

/** Where a language shapes or weighs a sound otherwise than the common table. */
const OWN: Readonly<Record<Tongue, Partial<Record<VisemeName, { like: VisemeName; share: number }>>>> = {
  // The English r is rounded, as the common table has it.
  en: {},
  // The Turkish r is a tap of the tongue with the lips at ease; ş, ç and c are rounded less than English sh.
  tr: { RR: { like: "nn", share: 0.8 }, CH: { like: "SS", share: 0.25 } },
};

/** How strongly a shape insists in a language. */
export function mannerOf(name: VisemeName, language: Tongue): Manner {
  const own = OWN[language][name];
  if (!own) return MANNERS[name];
  const [a, b] = [MANNERS[name], MANNERS[own.like]];
  const mix = (x: number, y: number) => x + (y - x) * own.share;
  return {
    jaw: mix(a.jaw, b.jaw),
    lips: mix(a.lips, b.lips),
    jawMs: mix(a.jawMs, b.jawMs),
    lipsMs: mix(a.lipsMs, b.lipsMs),
  };
}

/** The face units of every shape in a language, in the order of VISEMES. */
export function shapesIn(language: Tongue, table: Readonly<Record<string, Weights>>): Weights[] {
  return VISEMES.map((name) => {
    const plain = speaking(name, table[name] ?? {});
    const own = OWN[language][name];
    return own ? blend(plain, speaking(own.like, table[own.like] ?? {}), own.share) : plain;
  });
}

const VOWELS: ReadonlySet<VisemeName> = new Set(["aa", "E", "I", "O", "U"]);
/** In running speech the jaw goes with the syllables: consonants open it less than when they are held. */
const CONSONANT_JAW = 0.3;

function speaking(name: VisemeName, shape: Weights): Weights {
  if (VOWELS.has(name) || shape.jawOpen === undefined) return shape;
  return { ...shape, jawOpen: shape.jawOpen * CONSONANT_JAW };
}

function blend(a: Weights, b: Weights, share: number): Weights {
  const mixed: Record<string, number> = {};
  for (const name of new Set([...Object.keys(a), ...Object.keys(b)])) {
    mixed[name] = (a[name] ?? 0) * (1 - share) + (b[name] ?? 0) * share;
  }
  return mixed;
}

const BY_NAME = new Map<string, number>(VISEMES.map((name, index) => [name, index]));
const told = new Set<string>();

/** The shape's number; one that no table knows rests the mouth and is told once. */
export function visemeIndex(name: string): number {
  const known = BY_NAME.get(name);
  if (known !== undefined) return known;
  if (!told.has(name)) {
    told.add(name);
    console.warn(`The mouth has no shape for "${name}" and rests in its place.`);
  }
  return SIL;
}
