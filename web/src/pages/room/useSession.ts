/** A live session for as long as the room is open, and what the page needs to follow it. */

import { useEffect, useState, useSyncExternalStore } from "react";
import type { Language } from "../../api";
import { loudnessOf } from "../../avatar/loudness";
import type { Sentence, SpeechTrack } from "../../avatar/types";
import type { Speech } from "../../live/messages";
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

/** The session's voice as the face wants it. */
export function trackOf(session: Session, language: Language): SpeechTrack {
  const made = new WeakMap<Speech, Sentence>();
  return {
    sentence() {
      const speech = session.player.speech;
      if (!speech) return null;
      let sentence = made.get(speech);
      if (!sentence) {
        sentence = sentenceOf(speech, language, session.player.samples);
        made.set(speech, sentence);
      }
      return sentence;
    },
    ms: () => session.player.ms(),
    spectrum: (bins) => session.player.spectrum(bins),
  };
}

function sentenceOf(speech: Speech, language: Language, samples: Float32Array | null): Sentence {
  const durationMs = speech.rate > 0 ? (speech.samples / speech.rate) * 1000 : 0;
  const loudness = samples && speech.rate > 0 ? loudnessOf(samples, speech.rate) : undefined;
  return { visemes: speech.visemes, phonemes: speech.phonemes, durationMs, language, loudness };
}
