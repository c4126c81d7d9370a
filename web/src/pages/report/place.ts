/** Where one is on the end page, as the address says it behind its #; and where things lie on a scale. Pure. */

export type Place =
  | { tab: "report"; question: number | null }
  | { tab: "transcript"; turn: number | null; start: number; end: number };

/** What "#turn-3-10-42", "#question-2", "#transcript" or anything else means. */
export function placeOf(hash: string): Place {
  const turn = /^#turn-(\d{1,6})(?:-(\d{1,7})-(\d{1,7}))?$/.exec(hash);
  if (turn) {
    const [, number, start = "0", end = "0"] = turn;
    return { tab: "transcript", turn: Number(number), start: Number(start), end: Number(end) };
  }
  if (hash === "#transcript") return { tab: "transcript", turn: null, start: 0, end: 0 };
  const question = /^#question-(\d{1,4})$/.exec(hash);
  return { tab: "report", question: question ? Number(question[1]) : null };
}

interface Quote {
  turn: number;
  start: number;
  end: number;
}

export const quoteHash = (quote: Quote) => `#turn-${quote.turn}-${quote.start}-${quote.end}`;

/** A text before, in and after a quote. The server counts code points; JavaScript's strings do not. */
export function cut(text: string, start: number, end: number): [string, string, string] {
  const letters = [...text];
  const from = Math.min(Math.max(start, 0), letters.length);
  const to = Math.min(Math.max(end, from), letters.length);
  return [letters.slice(0, from).join(""), letters.slice(from, to).join(""), letters.slice(to).join("")];
}

/** Where a score from 1 to 5 lies on its line, in percent. */
export const percent = (score: number) => Math.min(100, Math.max(0, ((score - 1) / 4) * 100));

/** Where the steps of a track lie from left to right, in percent; a single one in the middle. */
export const along = (index: number, count: number) => (count < 2 ? 50 : (index / (count - 1)) * 100);

interface Asked {
  number: number;
  turns: readonly number[];
}

/** The question that a turn of the candidate answers; null when it answers none. */
export const questionOf = (turn: number, questions: readonly Asked[]) =>
  questions.find((question) => question.turns.includes(turn))?.number ?? null;
