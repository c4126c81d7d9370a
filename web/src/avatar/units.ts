/**
 * Names of face units. Ours are the 52 that ARKit names; models by others write them in several manners, or
 * have the fifteen Oculus visemes instead. Pure.
 */

import { VISEMES, type VisemeName } from "./visemes";

const SIDED = [
  "browDown",
  "browOuterUp",
  "cheekSquint",
  "eyeBlink",
  "eyeLookDown",
  "eyeLookIn",
  "eyeLookOut",
  "eyeLookUp",
  "eyeSquint",
  "eyeWide",
  "mouthDimple",
  "mouthFrown",
  "mouthLowerDown",
  "mouthPress",
  "mouthSmile",
  "mouthStretch",
  "mouthUpperUp",
  "noseSneer",
];
const SINGLE = [
  "browInnerUp",
  "cheekPuff",
  "jawForward",
  "jawLeft",
  "jawOpen",
  "jawRight",
  "mouthClose",
  "mouthFunnel",
  "mouthLeft",
  "mouthPucker",
  "mouthRight",
  "mouthRollLower",
  "mouthRollUpper",
  "mouthShrugLower",
  "mouthShrugUpper",
  "tongueOut",
];

/** The 52 units, in the order in which a face keeps their weights. */
export const UNITS: readonly string[] = [
  ...SIDED.flatMap((name) => [`${name}Left`, `${name}Right`]),
  ...SINGLE,
];
const INDEX = new Map(UNITS.map((name, index) => [name, index]));

/** The unit's place among UNITS. Throws on a name that is none: such a name is a mistake in our own tables. */
export function unit(name: string): number {
  const index = INDEX.get(name);
  if (index === undefined) throw new Error(`${name} is no face unit`);
  return index;
}

/** Whether the jaw's height decides what this unit does; the others follow the lips' rounding and contact. */
export function followsJaw(name: string): boolean {
  return /^(jaw|mouthLowerDown|mouthUpperUp|tongueOut)/.test(name);
}

const plain = (name: string) =>
  name
    .replace(/^.*[.:|]/, "")
    .replace(/[\s_-]/g, "")
    .toLowerCase();

const UNIT_BY_SPELLING = new Map<string, number>();
for (const [index, name] of UNITS.entries()) {
  UNIT_BY_SPELLING.set(plain(name), index);
  const side = /^(.*)(Left|Right)$/.exec(name);
  if (side?.[1] && side[2] && SIDED.includes(side[1])) {
    UNIT_BY_SPELLING.set(plain(`${side[1]}${side[2].charAt(0)}`), index);
    UNIT_BY_SPELLING.set(plain(`${side[1]}_${side[2]}`), index);
  }
}

/** Oculus says "E", "ih", "oh", "ou"; some models write "I", "O", "U". */
const OCULUS: Readonly<Record<string, VisemeName>> = { ih: "I", oh: "O", ou: "U", i: "I", o: "O", u: "U" };
const VISEME_BY_SPELLING = new Map<string, number>();
for (const [index, name] of VISEMES.entries()) VISEME_BY_SPELLING.set(name.toLowerCase(), index);
for (const [spelling, name] of Object.entries(OCULUS)) {
  VISEME_BY_SPELLING.set(spelling, VISEMES.indexOf(name));
}

/** Which of UNITS a morph target is, whatever the spelling ("eyeBlink_L", "head.jawOpen"); -1: none. */
export function unitOf(morph: string): number {
  return UNIT_BY_SPELLING.get(plain(morph)) ?? -1;
}

/** Which of VISEMES a morph target is ("viseme_PP", "vrc.v_pp"); -1: none. */
export function visemeOf(morph: string): number {
  const match = /(?:viseme|(?:^|\.)v)_(\w+)$/i.exec(morph);
  return match?.[1] ? (VISEME_BY_SPELLING.get(match[1].toLowerCase()) ?? -1) : -1;
}

export type Naming = "arkit" | "oculus";

/** How a model names what its mouth can do; null when it has neither enough units nor the visemes. */
export function namingOf(morphs: readonly string[]): Naming | null {
  const units = new Set(morphs.map(unitOf));
  if (units.has(unit("jawOpen")) && units.has(unit("mouthFunnel"))) return "arkit";
  const visemes = new Set(morphs.map(visemeOf));
  visemes.delete(-1);
  return visemes.size >= 8 ? "oculus" : null;
}
