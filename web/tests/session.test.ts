import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { RoomMemory } from "../src/live/memory";
import type { ServerMessage } from "../src/live/messages";
import { Session } from "../src/live/session";
import type { Sound } from "../src/live/sound";

class FakeSocket {
  static readonly OPEN = 1;
  static made: FakeSocket[] = [];
  readyState = 0;
  binaryType = "";
  sent: Record<string, unknown>[] = [];
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: string | ArrayBuffer }) => void) | null = null;
  readonly url: string;
  constructor(url: string) {
    this.url = url;
    FakeSocket.made.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
    this.onclose?.();
  }
  open() {
    this.readyState = 1;
    this.onopen?.();
  }
  tell(...messages: ServerMessage[]) {
    for (const message of messages) this.onmessage?.({ data: JSON.stringify(message) });
  }
  of(type: string) {
    return this.sent.filter((message) => message.type === type);
  }
}

class Box {
  private kept = new Map<string, string>();
  getItem = (key: string) => this.kept.get(key) ?? null;
  setItem = (key: string, value: string) => void this.kept.set(key, value);
  removeItem = (key: string) => void this.kept.delete(key);
}

/** A device that never sounds: the player keeps time on the wall clock. */
const silentDevice = {
  running: false,
  onChange: () => () => {},
  rms: () => 0,
} as unknown as Sound;

const when = "2026-01-01T10:00:00+03:00";
const welcome = (seq: number, phase: "listening" | "paused" | "speaking" = "listening"): ServerMessage => ({
  type: "welcome",
  seq,
  phase,
  language: "en",
  mode: "practice",
  role: "r",
  elapsed_s: 0,
  limit_s: null,
  asked: 1,
  total: 8,
  speaks: true,
});
const move = (seq: number): ServerMessage => ({
  type: "move",
  seq,
  when,
  turn: 1,
  move: "probe",
  mood: "neutral",
  asked: 1,
  total: 8,
  places: [],
});
const sentence = (seq: number, text = "Why is that?"): ServerMessage => ({
  type: "sentence",
  seq,
  when,
  turn: 1,
  index: 0,
  text,
  question: true,
});
const silent = (seq: number, ms: number): ServerMessage => ({ type: "silent", sentence: seq, ms });
const answered = (seq: number, id: string): ServerMessage => ({
  type: "answer",
  seq,
  when,
  id,
  text: "x",
  at: 1,
});

let lasting: Box;
let passing: Box;
const open = () => {
  const session = new Session("iv", silentDevice, new RoomMemory("iv", lasting, passing));
  session.start();
  const socket = last();
  socket.open();
  return { session, socket };
};
const last = () => FakeSocket.made.at(-1) as FakeSocket;

beforeEach(() => {
  vi.useFakeTimers();
  FakeSocket.made = [];
  lasting = new Box();
  passing = new Box();
  vi.stubGlobal("WebSocket", FakeSocket);
  vi.stubGlobal("window", { location: { protocol: "http:", host: "127.0.0.1:8000" } });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("says hello with the last event it saw, and comes back after a loss", () => {
  const { session, socket } = open();
  expect(socket.url).toBe("ws://127.0.0.1:8000/api/interviews/iv/live");
  expect(socket.sent).toEqual([{ type: "hello", after: 0, audio: true, token: "" }]);
  socket.tell(welcome(0), move(1), sentence(2));
  socket.close();
  expect(session.state.connection).toBe("lost");
  vi.advanceTimersByTime(500);
  expect(FakeSocket.made).toHaveLength(2);
  last().open();
  expect(last().of("hello")).toEqual([{ type: "hello", after: 2, audio: true, token: "" }]);
  session.close();
});

test("live sentences are played in order and remembered as heard", () => {
  const { session, socket } = open();
  socket.tell(welcome(0), move(1), sentence(2), silent(2, 1000), sentence(3), silent(3, 1000));
  expect(session.player.sentence).toBe(2);
  vi.advanceTimersByTime(1100);
  expect(session.memory.heard).toBe(2);
  vi.advanceTimersByTime(200);
  expect(session.player.sentence).toBe(3);
  vi.advanceTimersByTime(1200);
  expect(session.player.busy).toBe(false);
  expect(socket.of("speak")).toEqual([]);
  session.close();
});

test("after a reload only the unheard sentences of the turn under way are asked for", () => {
  new RoomMemory("iv", lasting, passing).heard = 6;
  const { session, socket } = open();
  socket.tell(welcome(7), move(1), sentence(2), answered(3, "a"), move(5), sentence(6));
  expect(socket.of("speak")).toEqual([]);
  socket.tell(sentence(7));
  expect(socket.of("speak")).toEqual([{ type: "speak", sentence: 7 }]);
  session.close();
});

test("a turn that was answered is not spoken again", () => {
  const { session, socket } = open();
  socket.tell(welcome(3), move(1), sentence(2), answered(3, "a"));
  expect(socket.of("speak")).toEqual([]);
  session.close();
});

test("an answer ends the speech, and what was on its way is dropped", () => {
  const { session, socket } = open();
  socket.tell(welcome(0), move(1), sentence(2), silent(2, 60_000));
  session.answer("Because.");
  expect(session.player.busy).toBe(false);
  socket.tell(sentence(3), silent(3, 1000));
  expect(session.player.busy).toBe(false);
  const id = String(socket.of("answer")[0]?.id);
  socket.tell(answered(4, id), move(5), sentence(6), silent(6, 1000));
  expect(session.player.sentence).toBe(6);
  session.close();
});

test("an unconfirmed answer is sent again with the same id, even after a reload", () => {
  const first = open();
  first.socket.tell(welcome(0));
  first.socket.readyState = 3;
  first.session.answer("Kept.");
  expect(first.socket.of("answer")).toEqual([]);
  first.session.close();
  const second = open();
  second.socket.tell(welcome(0));
  const [again] = second.socket.of("answer");
  expect(again).toMatchObject({ text: "Kept." });
  second.socket.tell(answered(1, String(again?.id)));
  expect(second.session.memory.pending).toEqual([]);
  second.session.close();
});

test("drafts are kept at once and sent a few times a second while typing", () => {
  const { session, socket } = open();
  session.draft("a");
  session.draft("ab");
  expect(session.memory.draft).toBe("ab");
  expect(socket.of("draft")).toEqual([]);
  vi.advanceTimersByTime(400);
  expect(socket.of("draft")).toEqual([{ type: "draft", text: "ab" }]);
  session.draft("abc");
  session.answer("abc");
  vi.advanceTimersByTime(1000);
  expect(socket.of("draft")).toHaveLength(1);
  session.close();
});

test("pausing holds the voice where it is", () => {
  const { session, socket } = open();
  socket.tell(welcome(0), move(1), sentence(2), silent(2, 1000));
  vi.advanceTimersByTime(400);
  session.command("pause");
  vi.advanceTimersByTime(10_000);
  expect(session.player.sentence).toBe(2);
  expect(session.player.position()?.ms).toBeCloseTo(400, -1);
  session.command("resume");
  vi.advanceTimersByTime(700);
  expect(session.player.sentence).toBeNull();
  session.close();
});

test("another tab takes the voice; coming back asks for what was not heard", () => {
  const { session, socket } = open();
  socket.tell(welcome(0), move(1), sentence(2), silent(2, 5000), { type: "elsewhere" });
  expect(session.state.connection).toBe("elsewhere");
  expect(session.player.busy).toBe(false);
  session.here();
  socket.tell(welcome(2));
  expect(socket.of("speak")).toEqual([{ type: "speak", sentence: 2 }]);
  session.close();
});

test("a sentence whose audio never comes is shown for its reading time", () => {
  const { session, socket } = open();
  socket.tell(welcome(0), move(1), sentence(2, "Why?"));
  expect(session.player.sentence).toBeNull();
  vi.advanceTimersByTime(8000);
  expect(session.player.sentence).toBe(2);
  vi.advanceTimersByTime(1500);
  expect(session.player.busy).toBe(false);
  session.close();
});

test("a dead line is noticed though the browser says nothing", () => {
  const { session } = open();
  last().tell(welcome(0));
  vi.advanceTimersByTime(15_000);
  expect(last().of("ping")).toHaveLength(1);
  vi.advanceTimersByTime(31_000);
  expect(FakeSocket.made.length).toBeGreaterThan(1);
  session.close();
});

test("audio torn by a lost line is asked for again", () => {
  const { session, socket } = open();
  const speech: ServerMessage = {
    type: "speech",
    sentence: 2,
    rate: 1000,
    samples: 500,
    phonemes: [],
    visemes: [],
    words: [],
  };
  socket.tell(welcome(0), move(1), sentence(2), speech);
  socket.close();
  vi.advanceTimersByTime(500);
  last().open();
  last().tell(welcome(2));
  expect(last().of("speak")).toEqual([{ type: "speak", sentence: 2 }]);
  session.close();
});
