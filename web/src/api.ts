/** The HTTP side of the server: one function a call. Faults become `Trouble`, which always names a fix. */

import type { components, paths } from "./client/schema";

type Schemas = components["schemas"];
export type Options = Schemas["Options"];
export type VoiceOption = Schemas["VoiceOption"];
export type Interview = Schemas["InterviewOut"];
export type InterviewLine = Schemas["InterviewLine"];
export type Turn = Schemas["TurnOut"];
export type Created = Schemas["Created"];
export type SetupIn = paths["/api/interviews"]["post"]["requestBody"]["content"]["application/json"];
export type Language = SetupIn["language"];
export type Level = Schemas["InterviewLine"]["level"];
export type Kind = Interview["setup"]["kind"];
export type Mode = Schemas["InterviewLine"]["mode"];

/** What went wrong and how to mend it. `code` is "unreachable" when no server answered. */
export class Trouble extends Error {
  readonly code: string;
  readonly fix: string;
  readonly status: number;

  constructor(code: string, message: string, fix: string, status = 0) {
    super(message);
    this.code = code;
    this.fix = fix;
    this.status = status;
  }
}

async function toTrouble(response: Response): Promise<Trouble> {
  try {
    const body = (await response.json()) as Partial<Schemas["ErrorOut"]>;
    if (typeof body.message === "string") {
      return new Trouble(body.code ?? "error", body.message, body.fix ?? "", response.status);
    }
  } catch {
    // Not our server's words; the status has to do.
  }
  const code = response.status === 404 ? "not_found" : response.status >= 500 ? "unreachable" : "error";
  return new Trouble(code, "", "", response.status);
}

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      headers: body === undefined ? {} : { "content-type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
  } catch {
    throw new Trouble("unreachable", "", "");
  }
  if (!response.ok) throw await toTrouble(response);
  return (await response.json()) as T;
}

const one = (id: string) => `/api/interviews/${encodeURIComponent(id)}`;

export const api = {
  options: (language: Language) => call<Options>("GET", `/api/options?language=${language}`),
  create: (setup: SetupIn) => call<Created>("POST", "/api/interviews", setup),
  sample: (language: Language, page: Language) =>
    call<Created>("POST", "/api/interviews/sample", { language, page_language: page }),
  list: () => call<InterviewLine[]>("GET", "/api/interviews"),
  get: (id: string) => call<Interview>("GET", one(id)),
  remove: (id: string) => call<Schemas["Deleted"]>("DELETE", one(id)),
  removeAll: () => call<Schemas["Deleted"]>("DELETE", "/api/interviews"),
  transcript: (id: string, kind: "pdf" | "json" | "txt") => `${one(id)}/transcript.${kind}`,
};
