/** Fetches what a face needs before it is asked for: while somebody sets an interview up, or opens a room. */

import { interviewerOf, OWN } from "./choice";
import { modelBytes } from "./fetch";
import { manifest, personOf } from "./manifest";
import { hasWebGL } from "./webgl";

/** The 3D library, the list of interviewers, and the model of `person` if that is known. Never fails. */
export function warm(person = ""): void {
  if (!hasWebGL()) return;
  void import("./Stage").catch(() => {});
  void fetchModel(person).catch(() => {});
}

/** The same for whoever holds an interview. */
export const warmRoom = (interview: string): void => warm(interviewerOf(interview));

async function fetchModel(id: string): Promise<void> {
  const { people } = await manifest();
  const person = id && id !== OWN ? personOf(people, id) : undefined;
  if (person) await modelBytes(person.id, person.file);
}

/** Calls `then` when the page has nothing else to do; the returned function calls that off. */
export function whenIdle(then: () => void): () => void {
  if (typeof requestIdleCallback === "undefined") {
    const timer = setTimeout(then, 800);
    return () => clearTimeout(timer);
  }
  const asked = requestIdleCallback(then, { timeout: 3000 });
  return () => cancelIdleCallback(asked);
}
