import { useEffect, useRef } from "react";
import { clock, useText } from "../../i18n";
import type { RoomState } from "../../live/state";
import { Icon } from "../../ui/icons";

interface Props {
  state: RoomState;
  lang: string;
  onClose: () => void;
}

/** On narrow screens the transcript lies over the room, which then must not be reached by Tab. */
export const overlaid = () => window.matchMedia("(width < 64rem)").matches;

/** What was said so far, beside the room on wide screens and over it on narrow ones. */
export function Transcript({ state, lang, onClose }: Props) {
  const { room } = useText();
  const end = useRef<HTMLDivElement>(null);
  const count = state.lines.length;
  const close = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (overlaid()) close.current?.focus();
  }, []);
  useEffect(() => {
    if (count > 0) end.current?.scrollIntoView({ block: "end" });
  }, [count]);

  return (
    <aside
      aria-label={room.transcript}
      onKeyDown={(event) => {
        if (event.key === "Escape") onClose();
      }}
      className="flex min-h-0 flex-col border-line bg-sheet max-lg:absolute max-lg:inset-0 max-lg:z-30 lg:w-96 lg:border-l"
    >
      <div className="flex items-center justify-between border-b border-line py-2 pr-2 pl-5">
        <h2 className="text-lg">{room.transcript}</h2>
        <button
          ref={close}
          type="button"
          aria-label={room.hideTranscript}
          onClick={onClose}
          className="grid size-10 place-items-center rounded-lg text-soft hover:bg-accent-wash hover:text-accent"
        >
          <Icon name="close" />
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled list must be reachable by keyboard */}
      <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto px-5 py-4">
        {count === 0 && <p className="text-sm text-soft">{room.transcriptEmpty}</p>}
        <ol className="grid gap-4 text-sm">
          {state.lines.map((line) => (
            <li key={line.seq}>
              {line.speaker === "note" ? (
                <p className="text-soft">
                  <span className="mr-2 tabular-nums">{clock(line.at)}</span>
                  {room.notes[line.text as keyof typeof room.notes] ?? ""}
                </p>
              ) : (
                <>
                  <p className="text-soft">
                    <span className="mr-2 tabular-nums">{clock(line.at)}</span>
                    {line.speaker === "interviewer" ? room.interviewer : room.you}
                  </p>
                  <p
                    lang={lang}
                    className={`whitespace-pre-wrap wrap-anywhere ${line.speaker === "interviewer" ? "font-serif text-base" : "text-base"}`}
                  >
                    {line.text}
                  </p>
                </>
              )}
            </li>
          ))}
        </ol>
        <div ref={end} />
      </div>
    </aside>
  );
}
