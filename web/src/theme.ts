/** Light, dark, or as the system has it. `public/early.js` applies the kept choice before the first paint. */

import { useState } from "react";

export type Theme = "system" | "light" | "dark";
const KEY = "mulakat.theme";

function current(): Theme {
  const set = document.documentElement.dataset.theme;
  return set === "light" || set === "dark" ? set : "system";
}

export function useTheme(): [Theme, (theme: Theme) => void] {
  const [theme, setTheme] = useState<Theme>(current);
  const choose = (next: Theme) => {
    const root = document.documentElement;
    if (next === "system") delete root.dataset.theme;
    else root.dataset.theme = next;
    try {
      if (next === "system") localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, next);
    } catch {
      // The choice then lasts as long as the page.
    }
    setTheme(next);
  };
  return [theme, choose];
}
