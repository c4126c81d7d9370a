import type { Language, Turn } from "../api";
import { clock, useText } from "../i18n";
import { cut } from "./report/place";
import { useArrival } from "./report/usePlace";

export interface Marked {
  turn: number;
  start: number;
  end: number;
  /** The way back to where the quote was read. */
  back: { href: string; text: string } | null;
}

interface Props {
  turns: readonly Turn[];
  language: Language;
  marked?: Marked | null;
}

/** A conversation set like a printed play: time in the margin, speaker, words. */
export function Conversation({ turns, language, marked = null }: Props) {
  const { room } = useText();
  return (
    <ol className="grid gap-6">
      {turns.map((turn, i) => {
        const asks = turn.speaker === "interviewer";
        const mine = marked?.turn === i ? marked : null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: turns are only ever added at the end
          <li key={i} className="grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-4">
            <time dateTime={turn.when} className="pt-1 text-sm text-soft tabular-nums">
              {clock(turn.at)}
            </time>
            <div className={asks ? "" : `border-l-2 pl-4 ${mine ? "border-accent" : "border-line"}`}>
              <p className="text-sm font-semibold text-soft">{asks ? room.interviewer : room.you}</p>
              <p
                lang={language}
                className={`mt-0.5 max-w-prose whitespace-pre-wrap wrap-anywhere ${asks ? "font-serif text-lg" : ""}`}
              >
                {mine ? <Words text={turn.text} marked={mine} /> : turn.text}
              </p>
              {mine?.back && (
                <a
                  href={mine.back.href}
                  className="inline-flex min-h-9 items-center text-sm font-medium text-accent underline-offset-4 hover:underline"
                >
                  {mine.back.text}
                </a>
              )}
            </div>
          </li>
        );
      })}
    </ol>
  );
}

/** A turn's words with the quote marked, brought into sight. */
function Words({ text, marked }: { text: string; marked: Marked }) {
  const [before, quote, after] = cut(text, marked.start, marked.end);
  const target = useArrival<HTMLElement>(`${marked.turn}-${marked.start}-${marked.end}`);
  return (
    <>
      {before}
      <mark
        ref={target}
        tabIndex={-1}
        className="rounded-sm bg-accent-wash text-ink underline decoration-accent decoration-2 underline-offset-4 outline-none"
      >
        {quote}
      </mark>
      {after}
    </>
  );
}
