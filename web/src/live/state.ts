/**
 * What the room knows, as a pure function of what came over the live channel. Stored events are applied
 * once, by their number. Keeps no clock: `now` comes with each action, in milliseconds.
 */

import type { Fault, Mood, Outgoing, Phase, Place, ServerMessage, Welcome } from "./messages";

export type Connection = "connecting" | "open" | "lost" | "elsewhere" | "closed";

export interface Line {
  seq: number;
  speaker: "interviewer" | "candidate" | "note";
  /** For a note: which of the marks it is. */
  text: string;
  at: number;
}

export interface Caption {
  seq: number;
  text: string;
  question: boolean;
}

export interface RoomState {
  connection: Connection;
  welcome: Welcome | null;
  /** The last stored event that was applied. */
  seq: number;
  lines: Line[];
  /** The interviewer's sentences of the turn under way, or of the last one. */
  captions: Caption[];
  /** The candidate has answered, skipped or otherwise closed the turn of `captions`. */
  over: boolean;
  /** Where what the question names stands in the candidate's documents. */
  places: Place[];
  /** Some question of this interview came from a document. */
  sourced: boolean;
  phase: Phase;
  queue: number;
  elapsed: { seconds: number; since: number };
  asked: number;
  total: number | null;
  mood: Mood;
  pending: Outgoing[];
  fault: Fault | null;
  /** An answer that the server refused; goes back into the box. */
  returned: string | null;
  ended: "complete" | "finished" | null;
}

export type Action =
  | { kind: "message"; message: ServerMessage; now: number }
  | { kind: "connection"; connection: Connection; now: number }
  | { kind: "sent"; outgoing: Outgoing }
  | { kind: "taken" }
  | { kind: "dismissed" };

export const EMPTY: RoomState = {
  connection: "connecting",
  welcome: null,
  seq: 0,
  lines: [],
  captions: [],
  over: false,
  places: [],
  sourced: false,
  phase: "waiting",
  queue: 0,
  elapsed: { seconds: 0, since: 0 },
  asked: 0,
  total: null,
  mood: "neutral",
  pending: [],
  fault: null,
  returned: null,
  ended: null,
};

export function reduce(state: RoomState, action: Action): RoomState {
  switch (action.kind) {
    case "message":
      return receive(state, action.message, action.now);
    case "connection":
      return { ...halt(state, action.now), connection: action.connection };
    case "sent":
      return { ...state, pending: [...state.pending, action.outgoing], fault: null };
    case "taken":
      return { ...state, returned: null };
    case "dismissed":
      return { ...state, fault: null };
  }
}

function receive(state: RoomState, message: ServerMessage, now: number): RoomState {
  if ("seq" in message && message.type !== "welcome") {
    if (message.seq <= state.seq) return state;
    return apply({ ...state, seq: message.seq }, message);
  }
  switch (message.type) {
    case "welcome":
      return greet(state, message, now);
    case "status":
      return {
        ...state,
        phase: message.phase,
        queue: message.queue,
        elapsed: { seconds: message.elapsed_s, since: now },
      };
    case "error":
      return refuse(state, message);
    case "elsewhere":
      return { ...halt(state, now), connection: "elsewhere" };
    default:
      return state;
  }
}

function greet(state: RoomState, welcome: Welcome, now: number): RoomState {
  return {
    ...state,
    connection: "open",
    welcome,
    phase: welcome.phase,
    queue: 0,
    elapsed: { seconds: welcome.elapsed_s, since: now },
    asked: welcome.asked,
    total: welcome.total,
  };
}

function refuse(state: RoomState, fault: Fault): RoomState {
  const refused = state.pending.find((sent) => sent.id === fault.id);
  return {
    ...state,
    fault,
    pending: state.pending.filter((sent) => sent !== refused),
    returned: refused?.type === "answer" ? refused.text : state.returned,
  };
}

type StoredMessage = Exclude<Extract<ServerMessage, { seq: number }>, Welcome>;

/** Events after which the interviewer owes a reply. */
const OWING = new Set<StoredMessage["type"]>(["answer", "skipped", "asked_repeat"]);

function apply(state: RoomState, event: StoredMessage): RoomState {
  const after = follow(state, event);
  // The server's word for it comes only when it has weighed the answer. What is told of the past after
  // a welcome changes nothing: the welcome knew of it.
  const live = state.welcome !== null && event.seq > state.welcome.seq;
  return live && OWING.has(event.type) ? { ...after, phase: "thinking" } : after;
}

function follow(state: RoomState, event: StoredMessage): RoomState {
  switch (event.type) {
    case "started":
      return state;
    case "move":
      return {
        ...state,
        captions: [],
        over: false,
        places: event.places,
        sourced: state.sourced || event.places.length > 0,
        mood: event.mood,
        asked: event.asked,
        total: event.total,
      };
    case "sentence": {
      const { seq, text, question } = event;
      return { ...state, captions: [...state.captions, { seq, text, question }] };
    }
    case "reply":
      return say(state, { seq: event.seq, speaker: "interviewer", text: event.text, at: event.at });
    case "answer":
      return confirm(
        say(
          { ...state, over: true },
          { seq: event.seq, speaker: "candidate", text: event.text, at: event.at },
        ),
        event.id,
      );
    case "ended":
      return { ...state, ended: event.reason, phase: "ended" };
    default: {
      const closes = event.type === "skipped" || event.type === "asked_repeat";
      const noted = say(state, { seq: event.seq, speaker: "note", text: event.type, at: event.at });
      return confirm({ ...noted, over: state.over || closes }, event.id);
    }
  }
}

function say(state: RoomState, line: Line): RoomState {
  return { ...state, lines: [...state.lines, line] };
}

function confirm(state: RoomState, id: string): RoomState {
  return { ...state, pending: state.pending.filter((sent) => sent.id !== id) };
}

/** Stop the clock where it is: without the server nobody knows how it runs. */
function halt(state: RoomState, now: number): RoomState {
  return { ...state, elapsed: { seconds: elapsedSeconds(state, now), since: now } };
}

/** Seconds of interview so far; stands still while paused or ended. */
export function elapsedSeconds(state: RoomState, now: number): number {
  const still = state.phase === "paused" || state.phase === "ended" || state.connection !== "open";
  const since = still ? 0 : Math.max(0, now - state.elapsed.since) / 1000;
  return state.elapsed.seconds + since;
}
