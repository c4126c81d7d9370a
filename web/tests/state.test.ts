import { expect, test } from "vitest";
import type { ServerMessage } from "../src/live/messages";
import { presence } from "../src/live/presence";
import { type Action, EMPTY, elapsedSeconds, type RoomState, reduce } from "../src/live/state";

const when = "2026-01-01T10:00:00+03:00";
const hear = (message: ServerMessage, now = 0): Action => ({ kind: "message", message, now });
const run = (state: RoomState, ...actions: Action[]) => actions.reduce(reduce, state);

const welcome = (over: Partial<Extract<ServerMessage, { type: "welcome" }>> = {}): ServerMessage => ({
  type: "welcome",
  seq: 0,
  phase: "listening",
  language: "tr",
  mode: "practice",
  role: "Veri analisti",
  elapsed_s: 12,
  limit_s: null,
  asked: 1,
  total: 8,
  speaks: true,
  ...over,
});
const move = (seq: number): ServerMessage => ({
  type: "move",
  seq,
  when,
  turn: 1,
  move: "probe",
  mood: "warm",
  asked: 2,
  total: 8,
  places: [],
});
const sentence = (seq: number, text: string, question = false): ServerMessage => ({
  type: "sentence",
  seq,
  when,
  turn: 1,
  index: 0,
  text,
  question,
});
const answer = (seq: number, id: string, text: string): ServerMessage => ({
  type: "answer",
  seq,
  when,
  id,
  text,
  at: 20,
});

test("a stored event is applied once, whatever is sent again", () => {
  const state = run(
    EMPTY,
    hear(move(1)),
    hear(sentence(2, "Neden?", true)),
    hear(sentence(2, "Neden?", true)),
  );
  expect(state.seq).toBe(2);
  expect(state.captions).toHaveLength(1);
  expect(state).toMatchObject({ mood: "warm", asked: 2, total: 8, over: false });
  expect(reduce(state, hear(move(1)))).toBe(state);
});

test("welcome carries a seq and is no stored event", () => {
  const state = run(EMPTY, hear(welcome({ seq: 9 }), 1000));
  expect(state).toMatchObject({ connection: "open", seq: 0, phase: "listening" });
});

test("an answer closes the turn, joins the transcript, and is confirmed by its id", () => {
  const outgoing = { type: "answer", id: "a1", text: "Çünkü." } as const;
  const sent = run(EMPTY, hear(move(1)), { kind: "sent", outgoing });
  expect(sent.pending).toEqual([outgoing]);
  const done = reduce(sent, hear(answer(2, "a1", "Çünkü.")));
  expect(done).toMatchObject({ pending: [], over: true });
  expect(done.lines).toEqual([{ seq: 2, speaker: "candidate", text: "Çünkü.", at: 20 }]);
});

test("with the answer taken the interviewer thinks, before the server has weighed it", () => {
  const outgoing = { type: "answer", id: "a1", text: "Çünkü." } as const;
  const sent = run(EMPTY, hear(welcome({ seq: 1 })), hear(move(1)), { kind: "sent", outgoing });
  const taken = reduce(sent, hear(answer(2, "a1", "Çünkü.")));
  expect(presence(taken, false)).toBe("thinking");
  const past = run(EMPTY, hear(welcome({ seq: 5 })), hear(move(1)), hear(answer(2, "a1", "Çünkü.")));
  expect(presence(past, false)).toBe("listening");
});

test("a refused answer comes back, with the reason", () => {
  const outgoing = { type: "answer", id: "a1", text: "long" } as const;
  const fault = { type: "error", code: "too_long", message: "m", fix: "f", id: "a1" } as const;
  const state = run(EMPTY, { kind: "sent", outgoing }, hear(fault));
  expect(state).toMatchObject({ pending: [], returned: "long", fault });
  expect(run(state, { kind: "taken" }, { kind: "dismissed" })).toMatchObject({ returned: null, fault: null });
});

test("marks become notes; a skip closes the turn, a moment does not", () => {
  const mark = (seq: number, type: "moment" | "skipped"): ServerMessage => ({
    type,
    seq,
    when,
    id: "x",
    at: 3,
  });
  const asked = run(EMPTY, hear(move(1)), hear(mark(2, "moment")));
  expect(asked.over).toBe(false);
  const skipped = reduce(asked, hear(mark(3, "skipped")));
  expect(skipped.over).toBe(true);
  expect(skipped.lines.map((line) => line.text)).toEqual(["moment", "skipped"]);
});

test("the clock runs between messages and stands still while paused or cut off", () => {
  const open = run(EMPTY, hear(welcome(), 1000));
  expect(elapsedSeconds(open, 4500)).toBe(15.5);
  const status: ServerMessage = { type: "status", phase: "paused", elapsed_s: 16, queue: 0 };
  const paused = run(open, hear(status, 5000));
  expect(elapsedSeconds(paused, 90_000)).toBe(16);
  const lost = run(open, { kind: "connection", connection: "lost", now: 3000 });
  expect(elapsedSeconds(lost, 90_000)).toBe(14);
});

test("presence puts line, ear and phase into one word", () => {
  const open = run(EMPTY, hear(welcome()));
  const say = (phase: RoomState["phase"], queue = 0) => ({ ...open, phase, queue });
  expect(presence(EMPTY, false)).toBe("connecting");
  expect(presence(open, false)).toBe("listening");
  expect(presence(open, true)).toBe("speaking");
  expect(presence(say("thinking"), false)).toBe("thinking");
  expect(presence(say("thinking", 2), false)).toBe("queued");
  expect(presence(say("paused"), true)).toBe("paused");
  expect(presence(say("ended"), true)).toBe("speaking");
  expect(presence(say("ended"), false)).toBe("ended");
  expect(presence({ ...open, connection: "lost" }, true)).toBe("lost");
  expect(presence({ ...open, pending: [{ type: "skip", id: "s" }] }, false)).toBe("thinking");
});

test("where a question comes from goes with its question", () => {
  const from = { document: "cv", name: "cv.pdf", page: 1, line: 9, last: 9 };
  const asked = run(EMPTY, hear({ ...move(1), places: [from] } as ServerMessage));
  expect(asked).toMatchObject({ places: [from], sourced: true });
  const next = reduce(asked, hear(move(2)));
  expect(next).toMatchObject({ places: [], sourced: true });
  expect(run(EMPTY, hear(move(1))).sourced).toBe(false);
});
