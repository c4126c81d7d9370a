/** Fetches what a face needs before it is asked for, once somebody begins to set an interview up. */

import { manifest } from "./manifest";
import { hasWebGL } from "./webgl";

let begun = false;

export function warm(): void {
  if (begun || !hasWebGL()) return;
  begun = true;
  void import("./Stage").catch(() => {});
  void manifest().catch(() => {});
}
