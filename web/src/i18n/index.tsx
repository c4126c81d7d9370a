/** The page's language: chosen once, remembered, told to the document. */

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import { en, type Text } from "./en";
import type { PageLanguage } from "./format";
import { tr } from "./tr";

export type { Text } from "./en";
export * from "./format";

const TEXTS: Record<PageLanguage, Text> = { en, tr };
const KEY = "mulakat.language";

interface Speaking {
  language: PageLanguage;
  text: Text;
  speak: (language: PageLanguage) => void;
}

const Context = createContext<Speaking>({ language: "en", text: en, speak: () => {} });

/** What the candidate chose before, else what the browser prefers. */
export function firstLanguage(kept: string | null, preferred: readonly string[]): PageLanguage {
  if (kept === "en" || kept === "tr") return kept;
  const known = preferred
    .map((tag) => tag.slice(0, 2).toLowerCase())
    .find((tag) => tag === "tr" || tag === "en");
  return known === "tr" ? "tr" : "en";
}

function kept(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export function LanguageProvider({ children }: { children: ReactNode }) {
  const [language, setLanguage] = useState(() => firstLanguage(kept(), navigator.languages));
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo<Speaking>(
    () => ({
      language,
      text: TEXTS[language],
      speak: (next) => {
        try {
          localStorage.setItem(KEY, next);
        } catch {
          // The choice then lasts as long as the page.
        }
        setLanguage(next);
      },
    }),
    [language],
  );
  return <Context value={value}>{children}</Context>;
}

export const useLanguage = () => useContext(Context);
export const useText = () => useContext(Context).text;
