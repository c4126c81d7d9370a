/** Alt with a letter: keeps the answer box free for typing. Letters by place, so that Option on a Mac works too. */

import { useEffect } from "react";

export const KEYS = {
  repeat: "R",
  moment: "M",
  skip: "S",
  pause: "P",
  mute: "U",
  finish: "X",
  transcript: "T",
} as const;

export type Shortcut = keyof typeof KEYS;

const BY_CODE = new Map(Object.entries(KEYS).map(([name, key]) => [`Key${key}`, name as Shortcut]));

type Pressed = Pick<
  KeyboardEvent,
  "code" | "altKey" | "ctrlKey" | "metaKey" | "shiftKey" | "getModifierState"
>;

/** Which shortcut a key press means, if any. AltGr writes letters on Turkish keyboards and is left alone. */
export function shortcutOf(event: Pressed): Shortcut | null {
  const plain = event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
  if (!plain || event.getModifierState("AltGraph")) return null;
  return BY_CODE.get(event.code) ?? null;
}

export function useShortcuts(run: (shortcut: Shortcut) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const shortcut = event.repeat ? null : shortcutOf(event);
      if (!shortcut) return;
      event.preventDefault();
      run(shortcut);
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [run]);
}
