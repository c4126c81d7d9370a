/** The set-up form as a value: defaults, what is remembered, and what goes to the server. Pure but for storage. */

import type { Kind, Language, Level, Mode, Options, SetupIn, VoiceOption } from "../../api";

export interface Form {
  language: Language;
  field: string;
  role: string;
  level: Level;
  kind: Kind;
  lengthBy: "turns" | "minutes";
  turns: number;
  minutes: number;
  /** The voice chosen for each interview language. */
  voices: Partial<Record<Language, string>>;
  speed: number;
  mode: Mode;
  /** Whose face; "" until somebody was chosen. */
  interviewer: string;
}

export const LIMITS = { turns: { min: 2, max: 40, step: 1 }, minutes: { min: 3, max: 90, step: 5 } } as const;
export const FREE_TEXT = 120;
const KEY = "mulakat.setup";

export function blank(language: Language): Form {
  return {
    language,
    field: "",
    role: "",
    level: "mid",
    kind: "mixed",
    lengthBy: "turns",
    turns: 8,
    minutes: 20,
    voices: {},
    speed: 1,
    mode: "practice",
    interviewer: "",
  };
}

const among = <T>(value: unknown, allowed: readonly T[], otherwise: T): T =>
  allowed.includes(value as T) ? (value as T) : otherwise;
const within = (value: unknown, min: number, max: number, otherwise: number): number =>
  typeof value === "number" && value >= min && value <= max ? value : otherwise;
const words = (value: unknown): string => (typeof value === "string" ? value.slice(0, FREE_TEXT) : "");

/** A kept form, as far as it can still be read. */
export function restore(kept: string | null, language: Language): Form {
  const first = blank(language);
  let raw: Record<string, unknown>;
  try {
    raw = JSON.parse(kept ?? "{}") ?? {};
  } catch {
    return first;
  }
  const { turns, minutes } = LIMITS;
  return {
    language: among(raw.language, ["en", "tr"] as const, first.language),
    field: words(raw.field),
    role: words(raw.role),
    level: among(raw.level, ["junior", "mid", "senior"] as const, first.level),
    kind: among(raw.kind, ["behavioural", "technical", "mixed"] as const, first.kind),
    lengthBy: among(raw.lengthBy, ["turns", "minutes"] as const, first.lengthBy),
    turns: within(raw.turns, turns.min, turns.max, first.turns),
    minutes: within(raw.minutes, minutes.min, minutes.max, first.minutes),
    voices: typeof raw.voices === "object" && raw.voices ? (raw.voices as Form["voices"]) : {},
    speed: within(raw.speed, 0.7, 1.4, first.speed),
    mode: among(raw.mode, ["practice", "exam"] as const, first.mode),
    interviewer: words(raw.interviewer),
  };
}

export function load(language: Language): Form {
  try {
    return restore(localStorage.getItem(KEY), language);
  } catch {
    return blank(language);
  }
}

export function save(form: Form): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(form));
  } catch {
    // The choices then last as long as the page.
  }
}

export function voicesFor(options: Options, language: Language): VoiceOption[] {
  return options.voices.filter((voice) => voice.language === language);
}

/** The chosen voice if it is still there, else the server's own choice. */
export function voiceOf(form: Form, options: Options): string {
  const here = voicesFor(options, form.language);
  const chosen = form.voices[form.language];
  if (here.some((voice) => voice.id === chosen)) return chosen ?? "";
  return options.default_voice[form.language] ?? here[0]?.id ?? "";
}

/** Somebody was chosen: their voices too, in every language for which they are installed. */
export function withInterviewer(form: Form, options: Options, id: string, voices: Form["voices"]): Form {
  const fitting = { ...form.voices };
  for (const language of ["en", "tr"] as const) {
    const voice = voices[language];
    if (voicesFor(options, language).some((here) => here.id === voice)) fitting[language] = voice;
  }
  return { ...form, interviewer: id, voices: fitting };
}

export function toSetup(form: Form, options: Options, page: Language): SetupIn {
  const field = options.fields.find((option) => option.name === form.field.trim());
  return {
    language: form.language,
    page_language: page,
    field: field?.id ?? form.field.trim(),
    role: form.role.trim(),
    level: form.level,
    kind: form.kind,
    turns: form.lengthBy === "turns" ? form.turns : null,
    minutes: form.lengthBy === "minutes" ? form.minutes : null,
    voice: voiceOf(form, options),
    speed: form.speed,
    mode: form.mode,
    seed: null,
  };
}

/** The same choice in the other language's list; free text stays as it was written. */
export function translate(form: Form, from: Options, to: Options): Form {
  const old = from.fields.find((option) => option.name === form.field);
  const next = old && to.fields.find((option) => option.id === old.id);
  if (!old || !next) return form;
  const at = old.roles.indexOf(form.role);
  const role = at < 0 ? form.role : old.roles.length === next.roles.length ? (next.roles[at] ?? "") : "";
  return { ...form, field: next.name, role };
}
