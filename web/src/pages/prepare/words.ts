/** Places, periods and remarks of documents in words. Pure; the words themselves are in `i18n`. */

import type { Fact, Place, Preparation } from "../../api";
import type { PageLanguage, Text } from "../../i18n";

type Words = Text["prepare"];
type Note = Preparation["documents"][number]["notes"][number];
type Private = NonNullable<Preparation["cv"]>["private"][number];

const LOCALES: Record<PageLanguage, string> = { en: "en-GB", tr: "tr-TR" };

/** "cv.pdf, page 1, line 12"; page 0 is the candidate's own correction. */
export function placeText(place: Place, words: Words): string {
  return place.page === 0 ? words.own : words.place(place.name, place.page, place.line, place.last);
}

/** Every place once, in order, as words. */
export function placesText(places: readonly Place[], words: Words): string[] {
  return [...new Set(places.map((place) => placeText(place, words)))];
}

/** "2019-03 – 2021" as people write it; an open end goes on until now. */
export function periodText(period: string, language: PageLanguage, words: Words): string {
  if (!period) return "";
  const [from = "", to] = period.split(/\s*–\s*/);
  if (to === undefined) return month(from, language);
  return `${month(from, language)} – ${to ? month(to, language) : words.now}`;
}

function month(text: string, language: PageLanguage): string {
  const match = /^(\d{4})-(\d{2})$/.exec(text);
  if (!match) return text;
  const date = new Date(Date.UTC(Number(match[1]), Number(match[2]) - 1, 1));
  return new Intl.DateTimeFormat(LOCALES[language], {
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  }).format(date);
}

/** What was strange about a document, each remark once. */
export function noteTexts(notes: readonly Note[], words: Words): string[] {
  return [...new Set(notes.map((note) => noteText(note, words.notes)))];
}

function noteText(note: Note, words: Words["notes"]): string {
  switch (note.kind) {
    case "hidden_text":
    case "instructions":
      return words[note.kind](note.page, note.text);
    case "ocr":
    case "cut":
      return words[note.kind](note.page);
    case "javascript":
    case "macros":
    case "attachments":
    case "pictures":
      return words[note.kind];
    default:
      return words.other(note.text);
  }
}

/** The kinds of protected facts, each with its places; a photograph has no line. */
export function privateTexts(seen: readonly Private[], words: Words): string[] {
  return grouped(seen, (fact) => fact.kind).map(([kind, facts]) => {
    const name = words.privateKinds[kind] ?? words.privateOther;
    if (kind === "photo") return name;
    return `${name} (${placesText(
      facts.map((fact) => fact.place),
      words,
    ).join("; ")})`;
  });
}

/** Things with the same name together, in the order in which names first come. */
export function grouped<T>(things: readonly T[], nameOf: (thing: T) => string): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const thing of things) {
    const group = groups.get(nameOf(thing));
    if (group) group.push(thing);
    else groups.set(nameOf(thing), [thing]);
  }
  return [...groups];
}

/** The name under which something is corrected: "roles.0.title" is a position. */
export function fieldText(key: string, words: Words): string {
  return words.fields[key.replace(/\.\d+/, "")] ?? "";
}

/** A fact on one line, as a name for its controls. */
export const named = (fact: Pick<Fact, "text" | "detail">): string =>
  [fact.text, fact.detail].filter(Boolean).join(", ");
