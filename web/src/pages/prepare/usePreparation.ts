/**
 * The preparation of one interview: what is there, and the calls that change it. One call at a time, since
 * each answers with the whole, and the last answer has to be the last change.
 */

import { useCallback, useEffect, useMemo, useReducer, useRef } from "react";
import { api, type Corrections, type DocumentRole, type Fact, type Preparation } from "../../api";
import { asTrouble } from "../useLoad";
import { bytesOf } from "./files";
import {
  correctionsOf,
  EMPTY,
  type News,
  type PrepareState,
  reduce,
  strikeKey,
  withEdits,
  withoutEdits,
  withStruck,
} from "./state";

export interface Desk {
  state: PrepareState;
  handIn: (kind: DocumentRole, files: readonly File[]) => void;
  dismiss: (id: number) => void;
  remove: (document: string, name: string) => void;
  strike: (key: string, name: string, struck: boolean) => void;
  edit: (values: Record<string, string>) => void;
  restore: (fact: Fact) => void;
  reload: () => void;
}

export function usePreparation(id: string): Desk {
  const [state, dispatch] = useReducer(reduce, EMPTY);
  const latest = useRef<Preparation | null>(null);
  const line = useRef<Promise<void>>(Promise.resolve());
  const next = useRef(1);

  const keep = useCallback((made: Preparation) => {
    latest.current = made;
    return made;
  }, []);
  const after = useCallback((work: () => Promise<void>) => {
    line.current = line.current.then(work);
  }, []);

  const reload = useCallback(
    () =>
      after(async () => {
        try {
          dispatch({ kind: "shown", made: keep(await api.preparation(id)) });
        } catch (error) {
          dispatch({ kind: "refused", trouble: asTrouble(error) });
        }
      }),
    [id, after, keep],
  );
  useEffect(reload, [reload]);

  return useMemo(() => {
    const take = async (number: number, kind: DocumentRole, file: File) => {
      dispatch({ kind: "reading", id: number });
      try {
        const made = keep(await api.handIn(id, kind, file.name, await bytesOf(file)));
        dispatch({ kind: "read", id: number, made });
      } catch (error) {
        dispatch({ kind: "failed", id: number, trouble: asTrouble(error) });
      }
    };
    const change = (news: News, call: () => Promise<Preparation>) => {
      dispatch({ kind: "changing" });
      after(async () => {
        try {
          dispatch({ kind: "changed", made: keep(await call()), news });
        } catch (error) {
          dispatch({ kind: "refused", trouble: asTrouble(error) });
        }
      });
    };
    // Read off what is there when its turn has come, so that quick clicks add up.
    const correct = (news: News, by: (now: Corrections) => Corrections) =>
      change(news, () =>
        api.correct(id, by(latest.current ? correctionsOf(latest.current) : { struck: [], edits: {} })),
      );
    return {
      state,
      handIn: (kind, files) => {
        for (const file of files) {
          const number = next.current++;
          dispatch({ kind: "queued", id: number, role: kind, name: file.name });
          after(() => take(number, kind, file));
        }
      },
      dismiss: (number) => dispatch({ kind: "dismissed", id: number }),
      remove: (document, name) => change({ what: "removed", name }, () => api.takeBack(id, document)),
      strike: (key, name, struck) =>
        correct({ what: struck ? "struck" : "unstruck", name }, (now) =>
          withStruck(now, strikeKey(key), struck),
        ),
      edit: (values) => correct({ what: "edited" }, (now) => withEdits(now, values)),
      restore: (fact) => correct({ what: "restored" }, (now) => withoutEdits(now, fact)),
      reload,
    };
  }, [state, id, after, keep, reload]);
}
