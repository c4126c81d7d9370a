import { createContext, useContext, useId, useState } from "react";
import type { Place } from "../../api";
import { useText } from "../../i18n";
import { placesText } from "./words";

/** Whether all sources of the page are in sight. */
export const AllSources = createContext(false);

export const ACTION =
  "inline-flex min-h-8 items-center rounded-md text-sm text-soft underline decoration-line underline-offset-4 hover:text-accent hover:decoration-accent";

/** Where something stands, on request. `of` names it for a screen reader. */
export function Source({ places, of }: { places: readonly Place[]; of: string }) {
  const words = useText().prepare;
  const all = useContext(AllSources);
  const [asked, setAsked] = useState(false);
  const id = useId();
  const shown = all || asked;
  if (places.length === 0) return null;
  return (
    <>
      {!all && (
        <button
          type="button"
          aria-expanded={asked}
          aria-controls={id}
          className={ACTION}
          onClick={() => setAsked(!asked)}
        >
          {words.source}
          <span className="sr-only">: {of}</span>
        </button>
      )}
      <span id={id} hidden={!shown} className="self-center text-sm text-accent wrap-anywhere">
        {placesText(places, words).join(" · ")}
      </span>
    </>
  );
}
