import type { Session } from "../../live/session";
import { useSentence, useSounding } from "./useSession";

/**
 * Reads captions to a screen reader, but only while the voice itself cannot be heard: two voices at once
 * would help nobody. The captions stay in the page for braille and for reading again.
 */
export function Announcer({ session, lang }: { session: Session; lang: string }) {
  const sentence = useSentence(session);
  const { running, muted } = useSounding();
  const heard = running && !muted && session.player.position()?.speech != null;
  return (
    <p aria-live="polite" lang={lang} className="sr-only">
      {sentence !== null && !heard ? session.player.text : ""}
    </p>
  );
}
