/**
 * What the preparation page knows, as a pure function of what was handed in and what the server answered.
 * The server's answer is always the whole preparation; corrections are read off it and sent back whole.
 */

import type { Corrections, DocumentRole, Fact, Preparation, Trouble } from "../../api";

/** A file on its way: waiting, being read, or refused. Once read it is a document. */
export interface Reading {
  id: number;
  kind: DocumentRole;
  name: string;
  state: "waiting" | "reading" | "failed";
  trouble: Trouble | null;
}

/** The last thing that came about, for those who do not see the page. */
export type News =
  | { what: "reading" | "removed"; name: string }
  | { what: "read"; name: string; kind: DocumentRole }
  | { what: "struck" | "unstruck"; name: string }
  | { what: "edited" | "restored" };

export interface PrepareState {
  made: Preparation | null;
  readings: Reading[];
  /** Corrections or removals on their way. */
  changing: number;
  trouble: Trouble | null;
  news: News | null;
}

export type Action =
  | { kind: "shown"; made: Preparation }
  | { kind: "queued"; id: number; role: DocumentRole; name: string }
  | { kind: "reading"; id: number }
  | { kind: "read"; id: number; made: Preparation }
  | { kind: "failed"; id: number; trouble: Trouble }
  | { kind: "dismissed"; id: number }
  | { kind: "changing" }
  | { kind: "changed"; made: Preparation; news: News }
  | { kind: "refused"; trouble: Trouble };

export const EMPTY: PrepareState = { made: null, readings: [], changing: 0, trouble: null, news: null };

export function reduce(state: PrepareState, action: Action): PrepareState {
  switch (action.kind) {
    case "shown":
      return { ...state, made: action.made, trouble: null };
    case "queued": {
      // A second try takes the place of the one that failed.
      const kept = state.readings.filter((r) => r.state !== "failed" || r.kind !== action.role);
      const { id, role, name } = action;
      return { ...state, readings: [...kept, { id, kind: role, name, state: "waiting", trouble: null }] };
    }
    case "reading":
      return {
        ...withReading(state, action.id, { state: "reading" }),
        news: { what: "reading", name: nameOf(state, action.id) },
      };
    case "read":
      return read(state, action.id, action.made);
    case "failed":
      return withReading(state, action.id, { state: "failed", trouble: action.trouble });
    case "dismissed":
      return { ...state, readings: state.readings.filter((r) => r.id !== action.id) };
    case "changing":
      return { ...state, changing: state.changing + 1, trouble: null };
    case "changed":
      return { ...state, changing: state.changing - 1, made: action.made, news: action.news };
    case "refused":
      return { ...state, changing: Math.max(0, state.changing - 1), trouble: action.trouble };
  }
}

function read(state: PrepareState, id: number, made: Preparation): PrepareState {
  const done = state.readings.find((r) => r.id === id);
  return {
    ...state,
    made,
    readings: state.readings.filter((r) => r.id !== id),
    news: done ? { what: "read", name: done.name, kind: done.kind } : state.news,
  };
}

function withReading(state: PrepareState, id: number, change: Partial<Reading>): PrepareState {
  return { ...state, readings: state.readings.map((r) => (r.id === id ? { ...r, ...change } : r)) };
}

const nameOf = (state: PrepareState, id: number): string =>
  state.readings.find((r) => r.id === id)?.name ?? "";

export const isReading = (state: PrepareState): boolean =>
  state.readings.some((reading) => reading.state !== "failed");

/** All facts that can be struck out or put right. */
function facts(made: Preparation): Fact[] {
  const { cv } = made;
  if (!cv) return [];
  const heads = [cv.name, cv.title].filter((fact) => fact !== null);
  return [...heads, ...cv.roles, ...cv.projects, ...cv.education, ...cv.skills];
}

/** What the candidate put right; such a fact has no page of its own any more. */
export const isOwn = (fact: Fact): boolean => fact.place?.page === 0;

/** "roles.0" of "roles.0.title": what is struck out as a whole. "" for what cannot be. */
export function strikeKey(key: string): string {
  return /^(?:company\.[\da-f]{8}|[a-z]+\.\d+)/.exec(key)?.[0] ?? "";
}

/** The corrections that the server holds, read off what it shows. */
export function correctionsOf(made: Preparation): Corrections {
  const struck = facts(made).filter((fact) => fact.struck && strikeKey(fact.key));
  const edits: Record<string, string> = {};
  for (const fact of facts(made).filter(isOwn)) {
    edits[fact.key] = fact.text;
    if (fact.detail_key && fact.detail) edits[fact.detail_key] = fact.detail;
  }
  return {
    struck: [
      ...struck.map((fact) => strikeKey(fact.key)),
      ...[...made.demands, ...made.company].filter((thing) => thing.struck).map((thing) => thing.key),
    ],
    edits,
  };
}

/** The same corrections with one thing struck out, or not any more. */
export function withStruck(corrections: Corrections, key: string, struck: boolean): Corrections {
  const others = corrections.struck.filter((other) => other !== key);
  return { ...corrections, struck: struck ? [...others, key] : others };
}

/** The same corrections with new values; empty ones are no values. */
export function withEdits(corrections: Corrections, values: Record<string, string>): Corrections {
  const given = Object.entries(values).map(([key, text]) => [key, text.trim()] as const);
  return {
    ...corrections,
    edits: { ...corrections.edits, ...Object.fromEntries(given.filter(([, text]) => text)) },
  };
}

/** The same corrections without those of one fact. */
export function withoutEdits(corrections: Corrections, fact: Fact): Corrections {
  const kept = Object.entries(corrections.edits).filter(
    ([key]) => key !== fact.key && key !== fact.detail_key,
  );
  return { ...corrections, edits: Object.fromEntries(kept) };
}

/** How many demands are covered, thin and missing. */
export function tally(made: Preparation): { covered: number; thin: number; missing: number } {
  const count = (state: string) => made.demands.filter((demand) => demand.state === state).length;
  return { covered: count("covered"), thin: count("thin"), missing: count("missing") };
}
