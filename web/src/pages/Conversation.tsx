import type { Language, Turn } from "../api";
import { clock, useText } from "../i18n";

/** A conversation set like a printed play: time in the margin, speaker, words. */
export function Conversation({ turns, language }: { turns: readonly Turn[]; language: Language }) {
  const { room } = useText();
  return (
    <ol className="grid gap-6">
      {turns.map((turn, i) => {
        const asks = turn.speaker === "interviewer";
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: turns are only ever added at the end
          <li key={i} className="grid grid-cols-[3.25rem_minmax(0,1fr)] gap-x-4">
            <time dateTime={turn.when} className="pt-1 text-sm text-soft tabular-nums">
              {clock(turn.at)}
            </time>
            <div className={asks ? "" : "border-l-2 border-line pl-4"}>
              <p className="text-sm font-semibold text-soft">{asks ? room.interviewer : room.you}</p>
              <p
                lang={language}
                className={`mt-0.5 max-w-prose whitespace-pre-wrap wrap-anywhere ${asks ? "font-serif text-lg" : ""}`}
              >
                {turn.text}
              </p>
            </div>
          </li>
        );
      })}
    </ol>
  );
}
