/** Ten minutes of talk in a second: the face's own code on one sentence, again and again. For benchmarks. */

import { Face, type Wish } from "../../avatar/face";
import { manifest } from "../../avatar/manifest";
import { MOODS, type SpeechTrack } from "../../avatar/types";
import type { Heard } from "./samples";

const FRAME_MS = 1000 / 60;
const PAUSE_MS = 700;

export async function simulate(heard: Heard | null, minutes: number): Promise<number> {
  if (!heard) return 0;
  const face = new Face(await manifest());
  const { sentence } = heard;
  const whole = sentence.durationMs + PAUSE_MS;
  let at = 0;
  const track: SpeechTrack = {
    sentence: () => (at < sentence.durationMs ? sentence : null),
    ms: () => at,
    spectrum: () => 0,
  };
  const wish: Wish = {
    mood: "neutral",
    bearing: "speaking",
    attending: false,
    lips: "timeline",
    calm: false,
  };
  const frames = Math.round((minutes * 60_000) / FRAME_MS);
  for (let frame = 0; frame < frames; frame++) {
    const ms = frame * FRAME_MS;
    at = ms % whole;
    const round = Math.floor(ms / whole);
    wish.mood = MOODS[round % MOODS.length] ?? "neutral";
    wish.bearing = at < sentence.durationMs ? "speaking" : "listening";
    face.step(track, wish, FRAME_MS / 1000);
  }
  return frames;
}
