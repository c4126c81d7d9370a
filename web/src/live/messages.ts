/** The live channel's messages, named once for the page. The shapes are the server's. */

import type { components } from "../client/schema";

type Schemas = components["schemas"];

export type ServerMessage = Schemas["Live"]["server"];
export type ClientMessage = Schemas["Live"]["client"];
export type Speech = Schemas["SpeechOut"];
export type Welcome = Schemas["Welcome"];
export type Fault = Schemas["Fault"];
export type Phase = Schemas["Status"]["phase"];
export type Place = Schemas["PlaceOut"];
export type Mood = Schemas["MoveOut"]["mood"];
export type CommandName = Schemas["Command"]["type"];

/** What the candidate sent and the server has to confirm; sent again after a lost connection. */
export type Outgoing = Schemas["Answer"] | Schemas["Command"];

/** Longest answer that the server takes, in characters. */
export const MAX_ANSWER = 20_000;
