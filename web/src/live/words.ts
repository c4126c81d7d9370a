/** Where in a sentence the voice is. */

import type { Speech } from "./messages";

/** Code units of the text that have been begun at `ms`: the caption's heard part. */
export function heardLength(words: Speech["words"], ms: number): number {
  let low = 0;
  let high = words.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const word = words[middle];
    if (word && word[0] <= ms) low = middle + 1;
    else high = middle;
  }
  const last = words[low - 1];
  return last ? last[1] + last[2] : 0;
}
