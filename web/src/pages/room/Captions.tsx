/**
 * The interviewer's words where eyes already are. While a sentence is spoken, its unheard part is paler;
 * afterwards the whole turn stays, with the question in front. Keeps its height, so nothing below moves.
 */

import { useEffect, useRef } from "react";
import type { Language } from "../../api";
import type { Session } from "../../live/session";
import type { RoomState } from "../../live/state";
import { heardLength } from "../../live/words";
import { useSentence } from "./useSession";

interface Props {
  session: Session;
  state: RoomState;
  language: Language;
}

export function Captions({ session, state, language }: Props) {
  const sentence = useSentence(session);
  const spoken = sentence === null ? "" : session.player.text || textOf(state, sentence);
  const waiting = state.over || (session.player.busy && sentence === null);
  return (
    <div
      lang={language}
      data-captions
      className="h-36 w-full overflow-y-auto compact:h-24 sm:h-40"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a long question must be scrollable by keyboard
      tabIndex={0}
    >
      <div className="mx-auto flex min-h-full max-w-2xl flex-col justify-center text-center font-serif text-pretty">
        {sentence !== null ? (
          <Spoken key={sentence} session={session} text={spoken} />
        ) : (
          !waiting && <Turn state={state} />
        )}
      </div>
    </div>
  );
}

function textOf(state: RoomState, seq: number): string {
  return state.captions.find((caption) => caption.seq === seq)?.text ?? "";
}

/** Long sentences are set smaller, so that they fit the place that captions have. */
function sizeOf(text: string): string {
  if (text.length > 260) return "text-base sm:text-lg compact:text-sm";
  if (text.length > 110) return "text-lg sm:text-xl compact:text-base";
  return "text-xl sm:text-2xl compact:text-lg";
}

function Spoken({ session, text }: { session: Session; text: string }) {
  const heard = useRef<HTMLSpanElement>(null);
  const rest = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    let frame = 0;
    let shown = -1;
    const follow = () => {
      const at = session.player.position();
      const words = at?.speech?.words;
      const length = at && words && words.length > 0 ? heardLength(words, at.ms) : text.length;
      if (length !== shown && heard.current && rest.current) {
        shown = length;
        heard.current.textContent = text.slice(0, length);
        rest.current.textContent = text.slice(length);
      }
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [session, text]);
  return (
    <p className={sizeOf(text)}>
      <span ref={heard} />
      <span ref={rest} className="text-soft" />
    </p>
  );
}

function Turn({ state }: { state: RoomState }) {
  const whole = state.captions.map((caption) => caption.text).join(" ");
  const size = sizeOf(whole);
  return (
    <p className={size}>
      {state.captions.map((caption) => (
        <span key={caption.seq} className={caption.question ? "" : "text-soft"}>
          {caption.text}{" "}
        </span>
      ))}
    </p>
  );
}
