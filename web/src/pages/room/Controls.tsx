import { useText } from "../../i18n";
import { Icon, type IconName } from "../../ui/icons";
import { KEYS, type Shortcut } from "./shortcuts";

interface Props {
  paused: boolean;
  muted: boolean;
  /** Repeat, moment and skip make sense only while there is a question. */
  asking: boolean;
  run: (shortcut: Shortcut) => void;
}

/** What one may say in an interview besides an answer. */
export function Controls({ paused, muted, asking, run }: Props) {
  const { room } = useText();
  const items: { name: Shortcut; icon: IconName; label: string; long: string; off?: boolean }[] = [
    { name: "repeat", icon: "repeat", label: room.repeat, long: room.repeatLong, off: !asking },
    { name: "moment", icon: "moment", label: room.moment, long: room.momentLong, off: !asking },
    { name: "skip", icon: "skip", label: room.skip, long: room.skipLong, off: !asking },
    paused
      ? { name: "pause", icon: "resume", label: room.resume, long: room.resume }
      : { name: "pause", icon: "pause", label: room.pause, long: room.pause },
    muted
      ? { name: "mute", icon: "muted", label: room.sound, long: room.unmute }
      : { name: "mute", icon: "sound", label: room.sound, long: room.mute },
    { name: "finish", icon: "finish", label: room.finish, long: room.finishLong },
  ];
  return (
    <div
      role="toolbar"
      aria-label={room.controls}
      className="grid grid-cols-6 gap-0.5 compact:hidden sm:flex sm:flex-wrap sm:justify-center sm:gap-1"
    >
      {items.map(({ name, icon, label, long, off }) => (
        <button
          key={name}
          type="button"
          aria-label={long}
          title={`${long} (Alt + ${KEYS[name]})`}
          aria-keyshortcuts={`Alt+${KEYS[name]}`}
          aria-disabled={off || undefined}
          onClick={() => run(name)}
          className="flex min-h-12 min-w-0 flex-col items-center justify-center gap-0.5 whitespace-nowrap rounded-lg text-[0.6875rem] leading-tight hover:bg-accent-wash hover:text-accent aria-disabled:text-soft aria-disabled:hover:bg-transparent sm:min-h-10 sm:flex-row sm:gap-1.5 sm:px-2.5 sm:text-sm"
        >
          <Icon name={icon} className="size-4.5" />
          <span className="text-center">{label}</span>
          <kbd className="hidden rounded border border-line px-1 font-sans text-xs text-soft lg:inline">
            Alt {KEYS[name]}
          </kbd>
        </button>
      ))}
    </div>
  );
}
