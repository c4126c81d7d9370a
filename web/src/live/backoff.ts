/** How long to wait before trying to connect again: exponential with jitter, so that tabs do not march in step. */

const FIRST_MS = 400;
const MOST_MS = 12_000;

/** Milliseconds before attempt `attempt` (0 is the first retry). `random` is in [0, 1). */
export function retryDelay(attempt: number, random: number): number {
  const ceiling = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.round(ceiling / 2 + (ceiling / 2) * random);
}
