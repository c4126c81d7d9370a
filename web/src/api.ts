/** The HTTP side of the server: one function a call. Faults become `Trouble`, which always names a fix. */

import type { components, paths } from "./client/schema";

type Schemas = components["schemas"];
export type Options = Schemas["Options"];
export type VoiceOption = Schemas["VoiceOption"];
export type Interview = Schemas["InterviewOut"];
export type InterviewLine = Schemas["InterviewLine"];
export type Preparation = Schemas["PreparationOut"];
export type DocumentRole = Schemas["DocumentOut"]["kind"];
export type Corrections = Schemas["CorrectionsIn"];
export type Fact = Schemas["FactOut"];
export type Demand = Schemas["DemandOut"];
export type Place = Schemas["PlaceOut"];
export type Turn = Schemas["TurnOut"];
export type Created = Schemas["Created"];
export type AssessmentOut = Schemas["AssessmentOut"];
export type ReportedQuestion = Schemas["ReportedQuestion"];
export type ReportedCompetency = Schemas["ReportedCompetency"];
export type ReportSentence = Schemas["ReportSentence"];
export type Cited = Schemas["Cited"];
export type Marked = Schemas["Marked"];
export type Change = Schemas["Change"];
export type Track = Schemas["Track"];
export type Opinion = Schemas["OpinionOut"];
export type Practised = Schemas["PractisedOut"];
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
  const isFile = body instanceof Blob;
  try {
    response = await fetch(path, {
      method,
      headers:
        body === undefined
          ? {}
          : { "content-type": isFile ? "application/octet-stream" : "application/json" },
      body: body === undefined ? null : isFile ? body : JSON.stringify(body),
    });
  } catch {
    throw new Trouble("unreachable", "", "");
  }
  if (!response.ok) throw await toTrouble(response);
  return (await response.json()) as T;
}

const one = (id: string) => `/api/interviews/${encodeURIComponent(id)}`;

const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";

export const api = {
  options: (language: Language) => call<Options>("GET", `/api/options?language=${language}`),
  create: (setup: SetupIn) => call<Created>("POST", "/api/interviews", setup),
  sample: (language: Language, page: Language) =>
    call<Created>("POST", "/api/interviews/sample", { language, page_language: page }),
  list: () => call<InterviewLine[]>("GET", "/api/interviews"),
  get: (id: string) => call<Interview>("GET", one(id)),
  remove: (id: string) => call<Schemas["Deleted"]>("DELETE", one(id)),
  removeAll: () => call<Schemas["Deleted"]>("DELETE", "/api/interviews"),
  preparation: (id: string) => call<Preparation>("GET", `${one(id)}/preparation`),
  handIn: (id: string, kind: DocumentRole, name: string, file: Blob) =>
    call<Preparation>(
      "PUT",
      `${one(id)}/documents/${kind}?name=${encodeURIComponent(name.slice(-200))}`,
      file,
    ),
  takeBack: (id: string, document: string) =>
    call<Preparation>("DELETE", `${one(id)}/documents/${encodeURIComponent(document)}`),
  correct: (id: string, corrections: Corrections) =>
    call<Preparation>("PUT", `${one(id)}/preparation/corrections`, corrections),
  assessment: (id: string, language: Language) =>
    call<AssessmentOut>("GET", `${one(id)}/assessment?language=${language}`),
  practise: (id: string, answer: Schemas["PractiseIn"], language: Language) =>
    call<Schemas["PractiseOut"]>("POST", `${one(id)}/practice?language=${language}`, answer),
  opinion: (id: string) => call<Opinion>("GET", `${one(id)}/opinion`),
  askOpinion: (id: string) => call<Opinion>("POST", `${one(id)}/opinion`),
  progress: (language: Language) => call<Schemas["ProgressOut"]>("GET", `/api/progress?language=${language}`),
  report: (id: string, kind: "pdf" | "json" | "zip", language: Language) =>
    `${one(id)}/report.${kind}?language=${language}&zone=${encodeURIComponent(zone())}`,
  transcript: (id: string, kind: "pdf" | "json" | "txt") => `${one(id)}/transcript.${kind}`,
};
