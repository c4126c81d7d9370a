/**
 * Whether this browser can draw in three dimensions, as far as is known. Asking for a context just to see
 * would take a second where drawing is done in software, so the stage's own failure is the answer.
 */

let missing = typeof WebGL2RenderingContext === "undefined";

export const hasWebGL = (): boolean => !missing;

/** No context was to be had. */
export function noWebGL(): void {
  missing = true;
}
