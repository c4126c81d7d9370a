import { useEffect, useState } from "react";
import { clock, useText } from "../../i18n";
import { elapsedSeconds, type RoomState } from "../../live/state";

/** Which question this is, and the clock: time so far, or what is left of the minutes. */
export function Progress({ state }: { state: RoomState }) {
  const { room } = useText();
  const now = useNow();
  const elapsed = elapsedSeconds(state, now);
  const limit = state.welcome?.limit_s ?? null;
  const seconds = limit === null ? elapsed : Math.max(0, limit - elapsed);
  const share = limit !== null ? elapsed / limit : state.total ? state.asked / state.total : 0;
  const asked =
    state.asked === 0 ? "" : state.total ? room.progress(state.asked, state.total) : room.asked(state.asked);
  return (
    <div className="flex items-center gap-3 text-sm whitespace-nowrap sm:gap-4">
      <span data-progress>{asked}</span>
      {share > 0 && (
        <svg viewBox="0 0 64 4" aria-hidden="true" className="hidden h-1 w-16 md:block">
          <rect width="64" height="4" rx="2" fill="var(--line)" />
          <rect width={Math.min(64, 64 * share)} height="4" rx="2" fill="var(--accent)" />
        </svg>
      )}
      <span role="timer" aria-label={limit === null ? room.elapsed : room.left} className="tabular-nums">
        {clock(seconds)}
      </span>
    </div>
  );
}

function useNow(): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 500);
    return () => clearInterval(timer);
  }, []);
  return now;
}
