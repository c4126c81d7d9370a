/** What is going on in the room, in one word: the server's phase seen together with the ear and the line. */

import type { RoomState } from "./state";

export type Presence =
  | "connecting"
  | "lost"
  | "elsewhere"
  | "queued"
  | "thinking"
  | "speaking"
  | "listening"
  | "paused"
  | "ended";

/** `speaking` is true while the candidate still hears, or is about to hear, the interviewer. */
export function presence(state: RoomState, speaking: boolean): Presence {
  if (state.connection === "elsewhere") return "elsewhere";
  if (state.connection === "lost") return "lost";
  if (state.connection !== "open") return "connecting";
  if (state.phase === "paused") return "paused";
  if (speaking) return "speaking";
  if (state.phase === "ended") return "ended";
  if (state.queue > 0) return "queued";
  const answered = state.pending.some((sent) => sent.type !== "pause" && sent.type !== "resume");
  if (answered || state.phase === "thinking" || state.phase === "waiting") return "thinking";
  return state.phase === "speaking" ? "speaking" : "listening";
}
