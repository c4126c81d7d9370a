/** Who plays: the person, the tables that all share, and the model's bytes when they are here. */

import { useEffect, useState } from "react";
import { OWN } from "./choice";
import type { Tables } from "./face";
import { modelBytes } from "./fetch";
import { type Manifest, manifest, type Person, personOf } from "./manifest";
import { hasWebGL } from "./webgl";

export interface Cast {
  person: Person;
  tables: Tables;
  /** Null until they are here, and where nothing can be drawn. */
  bytes: ArrayBuffer | null;
}

/** `fail` is told what went wrong; it must stay the same function. */
export function useCast(who: string, voice: string, fail: (error: unknown) => void): Cast | null {
  const [cast, setCast] = useState<Cast | null>(null);
  useEffect(() => {
    let gone = false;
    if (hasWebGL()) void import("./Stage").catch(() => {});
    manifest()
      .then((all) => load(all, who, voice, (next) => !gone && setCast(next)))
      .catch((error: unknown) => !gone && fail(error));
    return () => {
      gone = true;
    };
  }, [who, voice, fail]);
  return cast;
}

/** The portrait as soon as it is known whose, the model when it is here. */
async function load(all: Manifest, who: string, voice: string, tell: (cast: Cast) => void): Promise<void> {
  const drawn = hasWebGL();
  const person = who === OWN && drawn ? OWN_PERSON : personOf(all.people, who, voice);
  if (!person) return;
  const tables = { visemes: all.visemes, moods: all.moods };
  tell({ person, bytes: null, tables });
  if (drawn) tell({ person, bytes: await modelBytes(person.id, person.file), tables });
}

const OWN_PERSON: Person = {
  id: OWN,
  name: "",
  gender: "female",
  file: "",
  portrait: "",
  about: { en: "", tr: "" },
  voices: {},
};
