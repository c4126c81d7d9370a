/** What the candidate chose about the face, remembered by this browser: who, how fine, and whether it rests. */

import { QUALITIES, type QualityChoice } from "./types";

const FACE = "mulakat.face";
const QUALITY = "mulakat.avatar.quality";
const STILL = "mulakat.avatar.still";
export const OWN = "own";

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function write(key: string, value: string): void {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch {
    // The choice then lasts as long as the page.
  }
}

/** Who was chosen for an interview in this browser; "" when that is not known. */
export const interviewerOf = (interview: string): string => read(`${FACE}.${interview}`);

/** Remember (or, with "", forget) who holds an interview. */
export const chooseInterviewer = (interview: string, person: string): void =>
  write(`${FACE}.${interview}`, person);

export function qualityChoice(): QualityChoice {
  const kept = read(QUALITY);
  return QUALITIES.find((quality) => quality === kept) ?? "auto";
}

export const chooseQuality = (quality: QualityChoice): void =>
  write(QUALITY, quality === "auto" ? "" : quality);

export const isStill = (): boolean => read(STILL) === "1";
export const keepStill = (still: boolean): void => write(STILL, still ? "1" : "");
