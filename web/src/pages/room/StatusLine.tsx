import { useText } from "../../i18n";
import type { Presence } from "../../live/presence";

interface Props {
  presence: Presence;
  queue: number;
  /** Said instead of "your turn" for a while, after the candidate asked for a moment. */
  aside: string | null;
}

const DOTS: Partial<Record<Presence, string>> = {
  speaking: "bg-coral",
  lost: "bg-coral",
  listening: "bg-accent",
};

/** What is going on, in one line that screen readers hear. */
export function StatusLine({ presence, queue, aside }: Props) {
  const { room } = useText();
  const words =
    presence === "queued"
      ? room.queued(queue)
      : presence === "listening" && aside
        ? aside
        : room.state[presence];
  return (
    <p
      role="status"
      data-presence={presence}
      className="flex min-h-7 items-center justify-center gap-2.5 text-sm text-soft"
    >
      <span aria-hidden="true" className={`size-2 rounded-full ${DOTS[presence] ?? "border border-edge"}`} />
      {words}
    </p>
  );
}
