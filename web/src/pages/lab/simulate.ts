/** Minutes of talk in a second: the face's own code on one sentence, round and round. For benchmarks. */

import { Face, type Wish } from "../../avatar/face";
import { manifest } from "../../avatar/manifest";
import { MOODS, type SpeechTrack } from "../../avatar/types";
import type { Heard } from "./samples";

const FRAME_MS = 1000 / 60;
const PAUSE_MS = 700;

/**
 * Returns how many frames that took. It stays one sentence whose clock goes back to its begin, so that
 * reading a new timeline is not counted with the frames.
 */
export async function simulate(heard: Heard | null, minutes: number): Promise<number> {
  if (!heard) return 0;
  const face = new Face(await manifest());
  const { sentence } = heard;
  // In an array: a variable that functions share is boxed at every change.
  const clock = new Float64Array(1);
  const track: SpeechTrack = { sentence: () => sentence, ms: () => clock[0] ?? 0, spectrum: () => 0 };
  const frames = Math.round((minutes * 60_000) / FRAME_MS);
  run(face, track, clock, frames, sentence.durationMs + PAUSE_MS);
  return frames;
}

function run(face: Face, track: SpeechTrack, clock: Float64Array, frames: number, whole: number): void {
  const wish: Wish = {
    mood: "neutral",
    bearing: "speaking",
    attending: false,
    lips: "timeline",
    calm: false,
  };
  for (let frame = 0; frame < frames; frame++) {
    const ms = frame * FRAME_MS;
    clock[0] = ms % whole;
    wish.mood = MOODS[Math.floor(ms / whole) % MOODS.length] ?? "neutral";
    face.step(track, wish, FRAME_MS / 1000);
  }
}
