/**
 * One interview as the page lives it: socket, state, voice and memory wired together. The page calls
 * `answer`, `command`, `draft`; it reads `state` and asks `player` where the voice is.
 */

import { RoomMemory } from "./memory";
import type { CommandName, Outgoing, ServerMessage } from "./messages";
import { Player } from "./player";
import { LiveSocket } from "./socket";
import { type Sound, sound } from "./sound";
import { type Action, EMPTY, type RoomState, reduce } from "./state";

const DRAFT_EVERY_MS = 400;
const AGAIN_AFTER_MS = 1500;

/** What the candidate does that ends the interviewer's speech at once. */
const SILENCING = new Set<Outgoing["type"]>(["answer", "skip", "repeat", "finish"]);

export class Session {
  readonly memory: RoomMemory;
  readonly player: Player;
  state: RoomState = EMPTY;
  private readonly socket: LiveSocket;
  private readonly listeners = new Set<() => void>();
  private caughtUp = false;
  private draftTimer: ReturnType<typeof setTimeout> | undefined;
  private againTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(id: string, output: Sound = sound, memory: RoomMemory = new RoomMemory(id)) {
    this.memory = memory;
    this.player = new Player(output);
    this.player.onHeard = (seq) => this.heard(seq);
    this.state = { ...EMPTY, pending: memory.pending };
    this.socket = new LiveSocket(liveUrl(id), {
      onOpen: () => this.hello(),
      onMessage: (message) => this.receive(message),
      onFrame: (frame) => this.player.fill(frame),
      onLost: () => {
        this.caughtUp = false;
        this.update({ kind: "connection", connection: "lost", now: performance.now() });
      },
    });
  }

  start(): void {
    this.socket.connect();
  }

  close(): void {
    clearTimeout(this.draftTimer);
    clearTimeout(this.againTimer);
    this.socket.close();
    this.player.close();
    this.listeners.clear();
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): RoomState => this.state;

  answer(text: string): void {
    this.post({ type: "answer", id: newId(), text });
  }

  command(type: CommandName): void {
    this.post({ type, id: newId() });
    if (type === "pause") this.player.hold();
    if (type === "resume") this.player.go();
  }

  /** What is typed so far; kept for a reload and read ahead by the model. */
  draft(text: string): void {
    this.memory.draft = text;
    this.draftTimer ??= setTimeout(() => {
      this.draftTimer = undefined;
      this.socket.send({ type: "draft", text: this.memory.draft });
    }, DRAFT_EVERY_MS);
  }

  /** Take the voice back from another tab. */
  here(): void {
    this.caughtUp = false;
    this.hello();
  }

  retryNow(): void {
    this.socket.hurry();
  }

  returnedTaken(): void {
    this.update({ kind: "taken" });
  }

  dismiss(): void {
    this.update({ kind: "dismissed" });
  }

  private hello(): void {
    this.socket.send({ type: "hello", after: this.state.seq, audio: true, token: "" });
  }

  private post(outgoing: Outgoing): void {
    clearTimeout(this.draftTimer);
    this.draftTimer = undefined;
    this.update({ kind: "sent", outgoing });
    if (SILENCING.has(outgoing.type)) this.hush();
    this.socket.send(outgoing);
  }

  /** The turn so far is over for the ear. Sentences already on their way are dropped when they come. */
  private hush(): void {
    const last = this.state.captions.at(-1)?.seq ?? 0;
    this.heard(last);
    this.player.cut(last);
  }

  private resend(): void {
    for (const sent of this.state.pending) this.socket.send(sent);
  }

  private get hushed(): boolean {
    return this.state.pending.some((sent) => SILENCING.has(sent.type));
  }

  private receive(message: ServerMessage): void {
    this.update({ kind: "message", message, now: performance.now() });
    switch (message.type) {
      case "welcome":
        this.socket.settled();
        this.resend();
        break;
      case "error":
        // The server dropped messages without saying which; the same id twice is done once.
        if (message.code === "too_fast") this.againTimer = setTimeout(() => this.resend(), AGAIN_AFTER_MS);
        break;
      case "sentence":
        if (this.caughtUp) this.due(message.seq, message.text);
        break;
      case "speech":
        this.player.begin(message);
        break;
      case "silent":
        this.player.silent(message.sentence, message.ms);
        break;
      case "answer":
      case "skipped":
      case "asked_repeat":
        this.player.cut(message.seq);
        break;
      case "paused":
        this.player.hold();
        break;
      case "resumed":
        this.player.go();
        break;
      case "elsewhere":
        this.player.clear();
        break;
    }
    this.catchUp();
  }

  /** Once the past has been told: say again what was not heard of the turn under way. */
  private catchUp(): void {
    const { welcome, seq, connection } = this.state;
    if (this.caughtUp || !welcome || connection !== "open" || seq < welcome.seq) return;
    this.caughtUp = true;
    if (this.state.phase === "paused") this.player.hold();
    else this.player.go();
    if (this.state.over || this.hushed) return;
    for (const { seq: sentence, text } of this.state.captions) {
      if (sentence <= this.memory.heard || this.player.whole(sentence)) continue;
      this.player.expect(sentence, text);
      this.socket.send({ type: "speak", sentence });
    }
  }

  private due(seq: number, text: string): void {
    if (this.hushed) this.player.cut(seq);
    else this.player.expect(seq, text);
  }

  private heard(seq: number): void {
    if (seq > this.memory.heard) this.memory.heard = seq;
  }

  private update(action: Action): void {
    const before = this.state;
    this.state = reduce(before, action);
    if (this.state === before) return;
    if (this.state.pending !== before.pending) this.memory.pending = this.state.pending;
    for (const listener of this.listeners) listener();
  }
}

/** Not `randomUUID`: that one is missing on plain HTTP outside the own machine. */
export function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

function liveUrl(id: string): string {
  const { protocol, host } = window.location;
  return `${protocol === "https:" ? "wss" : "ws"}://${host}/api/interviews/${encodeURIComponent(id)}/live`;
}
