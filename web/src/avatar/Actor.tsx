/**
 * The model on the stage: every frame asks the face for its weights, hands them to the rig and draws. The
 * only place where time enters. Allocates nothing per frame.
 */

import { useFrame, useThree } from "@react-three/fiber";
import { type RefObject, useEffect, useMemo, useRef } from "react";
import { Face, type Tables, type Wish } from "./face";
import { gesture } from "./presence";
import { expose, flags, type Gauges } from "./probe";
import { judge, weigh } from "./quality";
import type { Rig } from "./rig";
import { type Gesture, type Quality, SILENCE, type SpeechTrack } from "./types";

export interface Direction extends Wish {
  track: SpeechTrack;
  gesture: Gesture;
  attends: () => boolean;
  onFrame: (weights: Float32Array, ms: number) => void;
}

interface Props {
  rig: Rig;
  tables: Tables;
  direction: RefObject<Direction>;
  quality: Quality;
  /** Follow the measured frame time. */
  measure: boolean;
  still: boolean;
  onQuality: (quality: Quality | null) => void;
  onFirstFrame: () => void;
}

/** A stall must not throw the head about. */
const LONGEST_S = 0.25;
const AT_ONCE_S = 30;

export function Actor({ rig, tables, direction, quality, measure, still, onQuality, onFirstFrame }: Props) {
  const face = useMemo(() => new Face(tables), [tables]);
  const invalidate = useThree((three) => three.invalidate);
  const gauges = useGauges(face, quality);
  const judging = useRef(judge(quality));
  const told = useRef<Gesture>(null);
  const wanted = useMemo(flags, []);
  const clock = useMemo(() => ({ carry: 0, last: 0 }), []);

  useEffect(() => {
    judging.current = judge(quality);
  }, [quality]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a face that is held has to be drawn once as it is held
  useEffect(() => invalidate(), [still, rig, invalidate]);

  useFrame(({ gl, scene, camera }, delta) => {
    clock.carry += delta;
    if (wanted.fps > 0 && clock.carry < 1 / wanted.fps - 0.002) return;
    const seconds = Math.min(LONGEST_S, clock.carry);
    clock.carry = 0;
    const wish = direction.current;
    const began = performance.now();
    if (still) hold(face, wish);
    else act(face, wish, told, seconds);
    rig.apply(face);
    gauges.stepMs = performance.now() - began;
    // By itself three forgets the shadows' share of what it counts.
    gl.info.autoReset = false;
    gl.info.reset();
    if (wanted.draw) gl.render(scene, camera);
    read(gauges, face, gl.info.render, performance.now() - began);
    wish.onFrame(face.weights, face.heardMs);
    window.__avatar?.onFrame?.(performance.now());
    if (gauges.frames === 1) onFirstFrame();
    if (measure && !still && wanted.draw) weighFrame(judging.current, began - clock.last, onQuality);
    clock.last = began;
  }, 1);

  return <primitive object={rig.model} />;
}

/** One frame of a face that lives. */
function act(face: Face, wish: Direction, told: RefObject<Gesture>, seconds: number): void {
  if (wish.gesture !== told.current) {
    told.current = wish.gesture;
    if (!wish.calm) gesture(face.pose, wish.gesture);
  }
  wish.attending = wish.attends();
  face.step(wish.track, wish, seconds);
}

function read(
  gauges: Gauges,
  face: Face,
  drawn: { calls: number; triangles: number },
  spentMs: number,
): void {
  gauges.ms = face.heardMs;
  gauges.frames += 1;
  gauges.drawMs = spentMs - gauges.stepMs;
  gauges.calls = drawn.calls;
  gauges.triangles = drawn.triangles;
}

function weighFrame(
  state: ReturnType<typeof judge>,
  frameMs: number,
  onQuality: (quality: Quality | null) => void,
): void {
  const before = state.quality;
  weigh(state, frameMs);
  if (state.quality !== before) onQuality(state.quality);
}

const HELD: Wish = { mood: "neutral", bearing: "resting", attending: false, lips: "timeline", calm: true };

/** The face at rest, at once. */
function hold(face: Face, { mood }: Wish): void {
  HELD.mood = mood;
  face.step(SILENCE, HELD, AT_ONCE_S);
}

function useGauges(face: Face, quality: Quality): Gauges {
  const gauges = useMemo<Gauges>(
    () => ({ ms: -1, frames: 0, stepMs: 0, drawMs: 0, calls: 0, triangles: 0, quality: null }),
    [],
  );
  gauges.quality = quality;
  useEffect(() => expose(gauges, face.weights), [gauges, face]);
  return gauges;
}
