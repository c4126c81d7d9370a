import { useEffect, useRef, useSyncExternalStore } from "react";
import { type Place, placeOf } from "./place";

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  window.addEventListener("popstate", listener);
  return () => {
    window.removeEventListener("hashchange", listener);
    window.removeEventListener("popstate", listener);
  };
}

/** What the address says behind its #. */
export function usePlace(): Place {
  return placeOf(useSyncExternalStore(subscribe, () => location.hash));
}

/** Bring an element into sight and give it the focus, whenever `key` becomes another; null does nothing. */
export function useArrival<T extends HTMLElement>(key: string | null) {
  const target = useRef<T>(null);
  useEffect(() => {
    if (key === null || !target.current) return;
    const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
    target.current.focus({ preventScroll: true });
    target.current.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
  }, [key]);
  return target;
}
