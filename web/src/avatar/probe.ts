/**
 * What tests may see and ask for. Only where `probing` says so: in development, and in a browser that says
 * it is driven by a program. A visitor's page has neither `window.__avatar` nor ears for the flags.
 */

import type { LipSource, Quality } from "./types";
import { UNITS } from "./units";

/** Wishes of a test, set before the page's own code runs. */
export interface Flags {
  /** False: everything is computed and nothing drawn; software rendering has no frame rate to speak of. */
  draw: boolean;
  /** Frames a second at most. */
  fps: number;
  quality: Quality | null;
  /** Never give up a slow face for its portrait. */
  patient: boolean;
  lips: LipSource | null;
}

export interface Probe {
  readonly units: readonly string[];
  /** As drawn, in the order of `units`; the same array all the time. */
  readonly weights: Float32Array;
  /** Where the ear is in the sentence, in ms; negative in silence. */
  readonly ms: number;
  readonly frames: number;
  /** Milliseconds of JavaScript in the last frame: our own step, and handing the drawing to WebGL. */
  readonly stepMs: number;
  readonly drawMs: number;
  readonly calls: number;
  readonly triangles: number;
  readonly quality: Quality | null;
  /** Called after every frame with its time (of `performance.now`). */
  onFrame: ((time: number) => void) | null;
}

declare global {
  interface Window {
    __avatar?: Probe;
    __avatarFlags?: Partial<Flags>;
  }
}

const USUAL: Flags = { draw: true, fps: 0, quality: null, patient: false, lips: null };

export const probing = (): boolean => import.meta.env.DEV || navigator.webdriver === true;

export const flags = (): Flags => (probing() ? { ...USUAL, ...window.__avatarFlags } : USUAL);

/** What a probe reads, written by the face once a frame. */
export interface Gauges {
  ms: number;
  frames: number;
  stepMs: number;
  drawMs: number;
  calls: number;
  triangles: number;
  quality: Quality | null;
}

/** Shows `gauges` and `weights` to tests until the returned function is called. */
export function expose(gauges: Gauges, weights: Float32Array): () => void {
  if (!probing()) return () => {};
  const probe: Probe = Object.create(gauges, {
    units: { value: UNITS },
    weights: { value: weights },
    onFrame: { value: null, writable: true },
  });
  window.__avatar = probe;
  return () => {
    if (window.__avatar === probe) delete window.__avatar;
  };
}
