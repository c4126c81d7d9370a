/** The drawing's geometry: petals, leaves and the bud that speaks. Units are the viewBox's. */

import type { Mouth } from "./mouth";

/** A tulip petal as İznik painters drew it, pointing up, from radius `from` to `to`, `half` wide. */
export function petal(from: number, to: number, half: number): string {
  const y = (share: number) => (-(from + (to - from) * share)).toFixed(1);
  const x = (share: number) => (half * share).toFixed(1);
  const side = (sign: 1 | -1) => (share: number) => (sign === 1 ? "" : "-") + x(share);
  const r = side(1);
  const l = side(-1);
  return [
    `M0 ${y(0)}`,
    `C${r(0.75)} ${y(0.04)} ${r(1.3)} ${y(0.5)} ${r(0.5)} ${y(0.78)}`,
    `C${r(0.24)} ${y(0.86)} ${r(0.08)} ${y(0.93)} 0 ${y(1)}`,
    `C${l(0.08)} ${y(0.93)} ${l(0.24)} ${y(0.86)} ${l(0.5)} ${y(0.78)}`,
    `C${l(1.3)} ${y(0.5)} ${l(0.75)} ${y(0.04)} 0 ${y(0)}Z`,
  ].join("");
}

/** A slender saz leaf pointing up. */
export function leaf(from: number, to: number, half: number): string {
  const middle = -(from + to) / 2;
  return `M0 ${-from}Q${half} ${middle} 0 ${-to}Q${-half} ${middle} 0 ${-from}Z`;
}

/** How far from the centre the bud's tips stand at `angle` (degrees from the top) for a mouth shape. */
export function tipRadius({ open, wide }: Mouth, angle: number): number {
  const across = SHUT + open * (26 + wide * 26);
  const up = SHUT + open * (46 - wide * 18);
  const turn = (angle * Math.PI) / 180;
  const x = Math.sin(turn) / across;
  const y = Math.cos(turn) / up;
  return 1 / Math.sqrt(x * x + y * y);
}

/** Radius at which closed tips meet; a point would look pinched. */
const SHUT = 3;
const BASE = 90;

const n = (value: number) => value.toFixed(1);

/** A petal of the bud: rooted at the rim, its tip `tip` from the centre, `half` wide at the shoulder. */
export function budPetal(tip: number, half: number): string {
  const reach = BASE - tip;
  const shoulder = -(BASE - reach * 0.3);
  const neck = -(tip + reach * 0.3);
  return (
    `M0 ${-BASE}C${n(half * 0.8)} ${n(-BASE + 1)} ${n(half)} ${n(shoulder - 6)} ${n(half * 0.92)} ${n(shoulder + 4)}` +
    `C${n(half * 0.78)} ${n(neck - 8)} ${n(half * 0.16)} ${n(neck)} 0 ${n(-tip)}` +
    `C${n(-half * 0.16)} ${n(neck)} ${n(-half * 0.78)} ${n(neck - 8)} ${n(-half * 0.92)} ${n(shoulder + 4)}` +
    `C${n(-half)} ${n(shoulder - 6)} ${n(-half * 0.8)} ${n(-BASE + 1)} 0 ${-BASE}Z`
  );
}

/** The heart that shows between the tips: its half axes. Nothing while the bud is shut. */
export function heart({ open, wide }: Mouth): { rx: number; ry: number } {
  if (open <= 0.01) return { rx: 0, ry: 0 };
  return { rx: 8 + open * (24 + wide * 26), ry: 8 + open * (44 - wide * 18) };
}
