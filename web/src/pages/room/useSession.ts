/** A live session for as long as the room is open, and what the page needs to follow it. */

import { useEffect, useState, useSyncExternalStore } from "react";
import type { SpeechTrack, Viseme } from "../../avatar/types";
import { presence } from "../../live/presence";
import { Session } from "../../live/session";
import { sound } from "../../live/sound";
import { EMPTY, type RoomState } from "../../live/state";

declare global {
  interface Window {
    /** For tests that listen: how loud it is now, how many sentences sounded, and what is going on. */
    __mulakat?: { rms(): number; readonly played: number; readonly phase: string };
  }
}

const NOTHING = () => () => {};

export function useSession(id: string): Session | null {
  const [session, setSession] = useState<Session | null>(null);
  useEffect(() => {
    const next = new Session(id);
    sound.unlock();
    next.start();
    setSession(next);
    const hurry = () => {
      if (document.visibilityState === "visible") next.retryNow();
    };
    const gesture = () => sound.unlock();
    window.addEventListener("online", hurry);
    document.addEventListener("visibilitychange", hurry);
    window.addEventListener("pointerdown", gesture);
    window.addEventListener("keydown", gesture);
    window.__mulakat = {
      rms: () => sound.rms(),
      get played() {
        return next.player.played;
      },
      get phase() {
        return presence(next.state, next.player.busy);
      },
    };
    return () => {
      window.removeEventListener("online", hurry);
      document.removeEventListener("visibilitychange", hurry);
      window.removeEventListener("pointerdown", gesture);
      window.removeEventListener("keydown", gesture);
      delete window.__mulakat;
      next.close();
    };
  }, [id]);
  return session;
}

export function useRoomState(session: Session | null): RoomState {
  return useSyncExternalStore(session?.subscribe ?? NOTHING, session?.snapshot ?? (() => EMPTY));
}

/** The number of the sentence in the ear, or null; renders only when it changes. */
export function useSentence(session: Session): number | null {
  return useSyncExternalStore(
    (listener) => session.player.subscribe(listener),
    () => session.player.sentence,
  );
}

export function useBusy(session: Session): boolean {
  return useSyncExternalStore(
    (listener) => {
      const leave = [session.player.subscribe(listener), session.subscribe(listener)];
      return () => {
        for (const end of leave) end();
      };
    },
    () => session.player.busy,
  );
}

export function useSounding(): { running: boolean; muted: boolean } {
  const listen = (listener: () => void) => sound.onChange(listener);
  const running = useSyncExternalStore(listen, () => sound.running);
  const muted = useSyncExternalStore(listen, () => sound.muted);
  return { running, muted };
}

const NO_VISEMES: readonly Viseme[] = [];

/** The session's voice as the figure wants it. */
export function trackOf(session: Session): SpeechTrack {
  return {
    now() {
      const at = session.player.position();
      return at && at.ms >= 0 ? { ms: at.ms, visemes: at.speech?.visemes ?? NO_VISEMES } : null;
    },
    energy: () => session.player.energy(),
  };
}
