import { useEffect, useRef } from "react";
import { useText } from "../../i18n";
import type { RoomState } from "../../live/state";
import { placesText } from "../prepare/words";

/**
 * Where the question under way comes from, on request. In an interview with documents its line is always
 * kept free, so that nothing moves from one question to the next; it opens over the caption.
 */
export function QuestionSource({ state }: { state: RoomState }) {
  const words = useText().prepare;
  const element = useRef<HTMLDetailsElement>(null);
  const { places } = state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another question starts with its source folded
  useEffect(() => {
    if (element.current) element.current.open = false;
  }, [places]);
  if (!state.sourced) return null;
  const shown = places.length > 0 && !state.over && state.captions.length > 0;
  return (
    <div className="relative flex h-9 w-full justify-center compact:hidden">
      {shown && (
        <details
          ref={element}
          data-source
          onKeyDown={(event) => {
            if (event.key === "Escape" && element.current) element.current.open = false;
          }}
          className="group max-w-full text-center text-sm"
        >
          <summary className="inline-flex min-h-8 items-center rounded-md px-2 text-soft underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent">
            {words.whereFrom}
          </summary>
          <ul className="absolute bottom-full left-1/2 z-20 w-max max-w-full -translate-x-1/2 rounded-lg border border-line bg-sheet px-4 py-2.5 text-left shadow-sheet">
            {placesText(places, words).map((place) => (
              <li key={place} className="wrap-anywhere">
                {place}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
