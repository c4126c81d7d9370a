/** Who there is to choose from, and the tables of face units that all share: `/avatars/manifest.json`. */

import type { Tables } from "./face";
import type { Tongue } from "./types";

export interface Person {
  id: string;
  name: string;
  gender: "female" | "male";
  /** Addresses on our own server; `portrait` is empty where there is none. */
  file: string;
  portrait: string;
  about: Record<Tongue, string>;
  /** The voice that fits, by language; may not be installed. */
  voices: Partial<Record<Tongue, string>>;
}

export interface Manifest extends Tables {
  people: Person[];
}

const FOLDER = "/avatars/";
let loading: Promise<Manifest> | null = null;

/** Fetched once a page; tried again after a failure. */
export function manifest(): Promise<Manifest> {
  loading ??= fetch(`${FOLDER}manifest.json`)
    .then((response) => (response.ok ? response.json() : Promise.reject(new Error(`${response.status}`))))
    .then(readManifest)
    .catch((error: unknown) => {
      loading = null;
      throw error;
    });
  return loading;
}

type Raw = Partial<Omit<Person, "about">> & { about?: Partial<Record<Tongue, string>> };

export function readManifest(raw: { persons?: Raw[]; visemes?: unknown; moods?: unknown }): Manifest {
  const people = (raw.persons ?? []).filter((person) => person.id && person.file).map(person);
  if (people.length === 0) throw new Error("The manifest names nobody.");
  return {
    people,
    visemes: (raw.visemes ?? {}) as Manifest["visemes"],
    moods: (raw.moods ?? {}) as Manifest["moods"],
  };
}

function person(raw: Raw): Person {
  return {
    id: raw.id ?? "",
    name: raw.name ?? raw.id ?? "",
    gender: raw.gender === "male" ? "male" : "female",
    file: FOLDER + raw.file,
    portrait: raw.portrait ? FOLDER + raw.portrait : "",
    about: { en: raw.about?.en ?? "", tr: raw.about?.tr ?? "" },
    voices: raw.voices ?? {},
  };
}

/** The person of that name; else the one whom the voice fits; else the first. */
export function personOf(people: readonly Person[], id: string, voice = ""): Person | undefined {
  return people.find((one) => one.id === id) ?? personByVoice(people, voice) ?? people[0];
}

export function personByVoice(people: readonly Person[], voice: string): Person | undefined {
  return voice ? people.find((one) => Object.values(one.voices).includes(voice)) : undefined;
}
