/** A socket that comes back: connects, says hello, notices silence, and tries again with growing patience. */

import { retryDelay } from "./backoff";
import { type Frame, readFrame } from "./frames";
import type { ClientMessage, ServerMessage } from "./messages";

const PING_EVERY_MS = 15_000;
/** Nothing at all heard for this long: the line is dead even if the browser has not noticed. */
const DEAD_AFTER_MS = 35_000;

export interface SocketEvents {
  onOpen(): void;
  onMessage(message: ServerMessage): void;
  onFrame(frame: Frame): void;
  /** `attempt` tries have failed in a row. */
  onLost(attempt: number): void;
}

export class LiveSocket {
  private readonly url: string;
  private readonly events: SocketEvents;
  private socket: WebSocket | null = null;
  private attempt = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private heart: ReturnType<typeof setInterval> | undefined;
  private lastHeard = 0;
  private closed = false;

  constructor(url: string, events: SocketEvents) {
    this.url = url;
    this.events = events;
  }

  connect(): void {
    if (this.closed || this.socket) return;
    clearTimeout(this.timer);
    const socket = new WebSocket(this.url);
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    socket.onopen = () => {
      this.lastHeard = Date.now();
      this.heart = setInterval(() => this.beat(), PING_EVERY_MS);
      this.events.onOpen();
    };
    socket.onmessage = (event: MessageEvent<string | ArrayBuffer>) => this.receive(event.data);
    socket.onclose = () => this.drop(socket);
  }

  /** True when the message was handed to an open line. */
  send(message: ClientMessage): boolean {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(message));
    return true;
  }

  /** The server has answered: the next loss starts with short patience again. */
  settled(): void {
    this.attempt = 0;
  }

  /** Do not wait for the next try. */
  hurry(): void {
    if (this.socket || this.closed) return;
    this.attempt = 0;
    this.connect();
  }

  close(): void {
    this.closed = true;
    clearTimeout(this.timer);
    clearInterval(this.heart);
    const socket = this.socket;
    this.socket = null;
    if (socket) {
      socket.onclose = null;
      socket.close();
    }
  }

  private receive(data: string | ArrayBuffer): void {
    this.lastHeard = Date.now();
    if (typeof data === "string") {
      this.events.onMessage(JSON.parse(data) as ServerMessage);
      return;
    }
    const frame = readFrame(data);
    if (frame) this.events.onFrame(frame);
  }

  private beat(): void {
    const socket = this.socket;
    if (!socket) return;
    if (Date.now() - this.lastHeard > DEAD_AFTER_MS) {
      socket.onclose = null;
      socket.close();
      this.drop(socket);
    } else {
      this.send({ type: "ping", t: Date.now() });
    }
  }

  private drop(socket: WebSocket): void {
    if (this.socket !== socket || this.closed) return;
    clearInterval(this.heart);
    this.socket = null;
    const wait = retryDelay(this.attempt, Math.random());
    this.attempt += 1;
    this.timer = setTimeout(() => this.connect(), wait);
    this.events.onLost(this.attempt);
  }
}
