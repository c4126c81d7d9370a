/** What must outlive a reload: the draft, answers not yet confirmed, and how far the candidate has heard. */

import type { Outgoing } from "./messages";

export interface Memory {
  draft: string;
  pending: Outgoing[];
  heard: number;
}

type Box = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** One interview's memory. `lasting` outlives the tab, `passing` a reload only. */
export class RoomMemory {
  private readonly id: string;
  private readonly lasting: Box | null;
  private readonly passing: Box | null;

  constructor(id: string, lasting: Box | null = store("local"), passing: Box | null = store("session")) {
    this.id = id;
    this.lasting = lasting;
    this.passing = passing;
  }

  get draft(): string {
    return this.get(this.lasting, "draft") ?? "";
  }

  set draft(text: string) {
    this.put(this.lasting, "draft", text);
  }

  get pending(): Outgoing[] {
    try {
      const kept: unknown = JSON.parse(this.get(this.lasting, "pending") ?? "[]");
      return Array.isArray(kept) ? (kept as Outgoing[]) : [];
    } catch {
      return [];
    }
  }

  set pending(sent: Outgoing[]) {
    this.put(this.lasting, "pending", sent.length > 0 ? JSON.stringify(sent) : "");
  }

  get heard(): number {
    return Number(this.get(this.passing, "heard") ?? 0) || 0;
  }

  set heard(seq: number) {
    this.put(this.passing, "heard", seq > 0 ? String(seq) : "");
  }

  forget(): void {
    this.draft = "";
    this.pending = [];
    this.heard = 0;
  }

  private get(box: Box | null, name: string): string | null {
    try {
      return box?.getItem(`mulakat.${name}.${this.id}`) ?? null;
    } catch {
      return null;
    }
  }

  private put(box: Box | null, name: string, value: string): void {
    const key = `mulakat.${name}.${this.id}`;
    try {
      if (value) box?.setItem(key, value);
      else box?.removeItem(key);
    } catch {
      // A full or forbidden storage costs the memory, never the interview.
    }
  }
}

function store(kind: "local" | "session"): Storage | null {
  try {
    return kind === "local" ? localStorage : sessionStorage;
  } catch {
    return null;
  }
}
