import { useEffect, useState } from "react";
import { useText } from "../../i18n";
import { sound } from "../../live/sound";
import { Button } from "../../ui/Button";

const GRACE_MS = 700;

/** After a reload browsers keep a page silent until it is touched. Says so, and offers the touch. */
export function SoundGate({ needed }: { needed: boolean }) {
  const { room } = useText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    if (!needed) {
      setLate(false);
      return;
    }
    const timer = setTimeout(() => setLate(true), GRACE_MS);
    return () => clearTimeout(timer);
  }, [needed]);
  if (!needed || !late) return null;
  return (
    <div className="absolute inset-x-0 bottom-2 flex flex-col items-center gap-1.5">
      <Button tone="primary" icon="sound" onClick={() => sound.unlock()} className="shadow-sheet">
        {room.withSound}
      </Button>
      <p className="rounded-md bg-paper/85 px-2 text-center text-sm text-soft compact:hidden">
        {room.withSoundHint}
      </p>
    </div>
  );
}
