/** What is typed for a question that is answered again, kept until it is sent. */

export class Draft {
  private readonly key: string;
  private readonly box: Pick<Storage, "getItem" | "setItem" | "removeItem"> | null;

  constructor(interview: string, question: string, box = local()) {
    this.key = `mulakat.again.${interview}.${question}`;
    this.box = box;
  }

  get text(): string {
    return this.box?.getItem(this.key) ?? "";
  }

  set text(text: string) {
    try {
      if (text === "") this.box?.removeItem(this.key);
      else this.box?.setItem(this.key, text);
    } catch {
      // The box is full or closed; the text is still in its field.
    }
  }
}

/** Forget all that was typed about an interview that is deleted. */
export function forgetDrafts(interview: string, box: Storage | null = local()): void {
  if (!box) return;
  const mine = Array.from({ length: box.length }, (_, i) => box.key(i) ?? "");
  for (const key of mine) if (key.startsWith(`mulakat.again.${interview}.`)) box.removeItem(key);
}

function local(): Storage | null {
  try {
    return localStorage;
  } catch {
    return null;
  }
}
