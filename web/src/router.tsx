/** A handful of addresses needs no router library: the history API, a link and a hook. */

import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from "react";

export type Route =
  | { page: "setup" }
  | { page: "prepare"; id: string }
  | { page: "room"; id: string }
  | { page: "end"; id: string }
  | { page: "past" }
  | { page: "progress" }
  | { page: "lab" }
  | { page: "missing" };

export function routeOf(path: string): Route {
  const [first = "", second, ...rest] = path.replace(/^\/+|\/+$/g, "").split("/");
  if (rest.length > 0) return { page: "missing" };
  if (first === "" && !second) return { page: "setup" };
  if (first === "past" && !second) return { page: "past" };
  if (first === "progress" && !second) return { page: "progress" };
  if (first === "lab" && second === "lipsync") return { page: "lab" };
  if (first === "prepare" && second) return { page: "prepare", id: plain(second) };
  if (first === "room" && second) return { page: "room", id: plain(second) };
  if (first === "interview" && second) return { page: "end", id: plain(second) };
  return { page: "missing" };
}

function plain(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

const listeners = new Set<() => void>();

function tell(): void {
  for (const listener of listeners) listener();
}

export function go(path: string, how: "push" | "replace" = "push"): void {
  if (how === "push") history.pushState(null, "", path);
  else history.replaceState(null, "", path);
  window.scrollTo(0, 0);
  tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener("popstate", listener);
  };
}

export function usePath(): string {
  return useSyncExternalStore(subscribe, () => location.pathname);
}

export function Link({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement> & { href: string }) {
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    onClick?.(event);
    const special = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey || event.button !== 0;
    if (event.defaultPrevented || special) return;
    event.preventDefault();
    go(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}
