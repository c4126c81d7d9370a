import { useCallback, useEffect, useState } from "react";
import { Trouble } from "../api";

interface Loaded<T> {
  data: T | null;
  trouble: Trouble | null;
  reload: () => void;
}

export function asTrouble(error: unknown): Trouble {
  return error instanceof Trouble ? error : new Trouble("error", "", "");
}

/** Fetch something for a page; what came before stays in sight while the next comes. */
export function useLoad<T>(load: () => Promise<T>, key: string): Loaded<T> {
  const [data, setData] = useState<T | null>(null);
  const [trouble, setTrouble] = useState<Trouble | null>(null);
  const [round, setRound] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` names what `load` loads
  useEffect(() => {
    let gone = false;
    load().then(
      (value) => {
        if (gone) return;
        setData(value);
        setTrouble(null);
      },
      (error: unknown) => {
        if (!gone) setTrouble(asTrouble(error));
      },
    );
    return () => {
      gone = true;
    };
  }, [key, round]);
  const reload = useCallback(() => setRound((n) => n + 1), []);
  return { data, trouble, reload };
}
