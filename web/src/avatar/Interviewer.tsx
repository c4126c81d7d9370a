/**
 * The door of this room: pages know the interviewer by this component alone. It shows the face where the
 * browser can draw one, else a still portrait with one sentence that says why; the interview goes on either
 * way. The 3D library is loaded from here, when it is needed.
 */

import { Component, lazy, type ReactNode, Suspense, useEffect, useRef, useState } from "react";
import { useText } from "../i18n";
import { Icon } from "../ui/icons";
import type { Direction } from "./Actor";
import { Backdrop } from "./Backdrop";
import { FaceControls } from "./FaceControls";
import { Portrait } from "./Portrait";
import type { InterviewerProps } from "./types";
import { usePerformance } from "./usePerformance";

const Stage = lazy(() => import("./Stage"));

export function Interviewer(props: InterviewerProps) {
  const { label, mood, bearing } = props;
  const words = useText().avatar;
  const show = usePerformance(props.person, props.voice ?? "");
  const direction = useDirection(props);
  const { trouble, cast } = show;
  return (
    <div className="office relative size-full overflow-hidden" data-bearing={bearing} data-mood={mood}>
      <Backdrop />
      <div role="img" aria-label={label} className="absolute inset-0" data-face={show.state}>
        <div className={`face absolute inset-0 ${show.state === "shown" ? "opacity-0" : ""}`}>
          {cast && (
            <Portrait src={cast.person.portrait} className="portrait-soft mx-auto h-full max-w-full" />
          )}
        </div>
        {cast?.bytes && show.state !== "portrait" && (
          <div className={`face absolute inset-0 ${show.state === "shown" ? "" : "opacity-0"}`}>
            <Guard key={show.take} onError={show.onBroken}>
              <Suspense fallback={null}>
                <Stage
                  bytes={cast.bytes}
                  tables={cast.tables}
                  direction={direction}
                  quality={show.quality}
                  measure={show.measured}
                  still={show.still}
                  onQuality={show.onQuality}
                  onReady={show.onReady}
                  onFault={show.onFault}
                  onLost={show.onLost}
                />
              </Suspense>
            </Guard>
          </div>
        )}
      </div>
      {trouble && (
        <p
          role="status"
          className="absolute inset-x-0 top-2 mx-auto flex w-fit max-w-[min(34rem,70%)] gap-2 rounded-lg bg-paper/90 py-1.5 pr-1.5 pl-3 text-sm shadow-sheet"
        >
          <span>{words.troubles[trouble]}</span>
          <button
            type="button"
            aria-label={words.close}
            onClick={show.dismiss}
            className="self-start p-0.5 text-soft hover:text-accent"
          >
            <Icon name="close" className="size-4.5" />
          </button>
        </p>
      )}
      <FaceControls
        still={show.still}
        onStill={show.onStill}
        quality={show.choice}
        shown={show.quality}
        onQuality={show.onChoice}
      />
    </div>
  );
}

/** The props as the face reads them each frame, without a render. */
function useDirection(props: InterviewerProps) {
  const calm = useCalm();
  const direction = useRef<Direction>(null as unknown as Direction);
  direction.current = {
    track: props.track,
    mood: props.mood,
    bearing: props.bearing,
    lips: props.lips ?? "timeline",
    gesture: props.gesture ?? null,
    attends: props.attends ?? NEVER,
    onFrame: props.onFrame ?? IGNORE,
    attending: false,
    calm,
  };
  return direction;
}

const NEVER = () => false;
const IGNORE = () => {};

function useCalm(): boolean {
  const [calm, setCalm] = useState(() => window.matchMedia(REDUCED).matches);
  useEffect(() => {
    const query = window.matchMedia(REDUCED);
    const update = () => setCalm(query.matches);
    query.addEventListener("change", update);
    return () => query.removeEventListener("change", update);
  }, []);
  return calm;
}

const REDUCED = "(prefers-reduced-motion: reduce)";

/** Whatever breaks on the stage stays on the stage. */
class Guard extends Component<{ children: ReactNode; onError: (error: unknown) => void }> {
  override state = { broken: false };

  static getDerivedStateFromError() {
    return { broken: true };
  }

  override componentDidCatch(error: unknown) {
    this.props.onError(error);
  }

  override render() {
    return this.state.broken ? null : this.props.children;
  }
}
