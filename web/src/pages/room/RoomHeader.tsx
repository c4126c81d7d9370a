import type { SetupIn } from "../../api";
import { useText } from "../../i18n";
import type { RoomState } from "../../live/state";
import { Link } from "../../router";
import { Icon } from "../../ui/icons";
import { Mark } from "../Mark";
import { Progress } from "./Progress";
import { KEYS } from "./shortcuts";

interface Props {
  state: RoomState;
  setup: SetupIn;
  transcript: boolean;
  onTranscript: () => void;
}

export function RoomHeader({ state, setup, transcript, onTranscript }: Props) {
  const text = useText();
  const label = transcript ? text.room.hideTranscript : text.room.showTranscript;
  return (
    <header className="flex min-h-12 items-center gap-3 border-b border-line px-3 compact:min-h-10 sm:min-h-14 sm:gap-5 sm:px-6">
      <Link href="/past" aria-label={text.nav.past} title={text.nav.past} className="rounded-full p-1">
        <Mark className="size-7" />
      </Link>
      <h1 data-page-heading tabIndex={-1} className="min-w-0 flex-1 truncate text-lg outline-none">
        <span className="sr-only">{text.room.title("")} </span>
        <span lang={setup.language}>{setup.role}</span>
        <span className="ml-3 hidden font-sans text-sm font-normal text-soft md:inline">
          {text.setup.levels[setup.level ?? "mid"]} · {text.setup.kinds[setup.kind ?? "mixed"]} ·{" "}
          {text.setup.modes[setup.mode ?? "practice"]}
        </span>
      </h1>
      <Progress state={state} />
      {setup.mode === "exam" ? (
        <span role="img" aria-label={text.room.exam} title={text.room.exam} className="text-soft">
          <Icon name="hidden" />
        </span>
      ) : (
        <button
          type="button"
          aria-label={label}
          aria-expanded={transcript}
          aria-keyshortcuts={`Alt+${KEYS.transcript}`}
          title={`${label} (Alt + ${KEYS.transcript})`}
          onClick={onTranscript}
          className="inline-flex min-h-9 items-center gap-2 rounded-lg px-2 text-sm font-medium hover:bg-accent-wash hover:text-accent aria-expanded:text-accent"
        >
          <Icon name="transcript" />
          <span className="hidden sm:inline">{text.room.transcript}</span>
        </button>
      )}
    </header>
  );
}
