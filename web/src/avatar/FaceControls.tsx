/** Small and out of the way: hold the face still, and how finely it is drawn. */

import { useId, useState } from "react";
import { useText } from "../i18n";
import { Icon } from "../ui/icons";
import { QUALITIES, type Quality, type QualityChoice } from "./types";

interface Props {
  still: boolean;
  onStill: (still: boolean) => void;
  quality: QualityChoice;
  /** What `auto` came to. */
  shown: Quality;
  onQuality: (quality: QualityChoice) => void;
}

const BUTTON =
  "grid size-9 place-items-center rounded-lg bg-paper/60 text-soft hover:bg-paper hover:text-accent aria-pressed:text-accent aria-expanded:text-accent";

export function FaceControls({ still, onStill, quality, shown, onQuality }: Props) {
  const words = useText().avatar;
  const [open, setOpen] = useState(false);
  const id = useId();
  const label = still ? words.move : words.hold;
  return (
    <div className="absolute top-2 right-2 z-10 flex flex-col items-end gap-1.5 compact:hidden">
      <div className="flex gap-1.5">
        <button
          type="button"
          aria-label={label}
          title={label}
          className={BUTTON}
          onClick={() => onStill(!still)}
        >
          <Icon name={still ? "resume" : "pause"} className="size-4.5" />
        </button>
        <button
          type="button"
          aria-label={words.quality}
          title={words.quality}
          aria-expanded={open}
          aria-controls={id}
          className={BUTTON}
          onClick={() => setOpen(!open)}
        >
          <Icon name="picture" className="size-4.5" />
        </button>
      </div>
      <div id={id} hidden={!open} className="rounded-lg border border-line bg-sheet p-3 shadow-sheet">
        <label className="block text-sm font-semibold" htmlFor={`${id}-quality`}>
          {words.quality}
        </label>
        <select
          id={`${id}-quality`}
          value={quality}
          onChange={(event) => onQuality(event.target.value as QualityChoice)}
          className="mt-1.5 min-h-9 rounded-md border border-edge bg-sheet px-2 text-sm"
        >
          <option value="auto">{words.auto(words.qualities[shown])}</option>
          {QUALITIES.map((one) => (
            <option key={one} value={one}>
              {words.qualities[one]}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
