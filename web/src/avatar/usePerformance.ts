/**
 * Whether there is a face, whose, and how finely it is drawn: loading, falling back and coming back. Draws
 * nothing itself.
 */

import { type Dispatch, type SetStateAction, useCallback, useEffect, useRef, useState } from "react";
import { useCast } from "./cast";
import { chooseQuality, isStill, keepStill, OWN, qualityChoice } from "./choice";
import { BadModel, type ModelFault } from "./glb";
import { flags } from "./probe";
import type { Quality, QualityChoice } from "./types";
import { hasWebGL, noWebGL } from "./webgl";

export type FaceTrouble = "no_webgl" | "slow" | "lost" | ModelFault;
export type FaceState = "loading" | "shown" | "portrait";
type Set<T> = Dispatch<SetStateAction<T>>;

const BACK_AFTER_MS = 1500;
/** A context that keeps being lost is not asked for again. */
const MOST_LOSSES = 3;

export function usePerformance(wanted: string, voice: string) {
  const [state, setState] = useState<FaceState>(() => (hasWebGL() ? "loading" : "portrait"));
  const [trouble, setTrouble] = useState<FaceTrouble | null>(() => (hasWebGL() ? null : "no_webgl"));
  const { cast, onFault } = useFallback(wanted, voice, setState, setTrouble);
  const { losses, onLost } = useLosses(setState, setTrouble);
  const quality = useQuality(setState, setTrouble);
  const still = useStill();
  const onReady = useCallback(() => {
    setState("shown");
    setTrouble((before) => (before === "lost" || before === "slow" ? null : before));
  }, []);
  const onBroken = useCallback((error: unknown) => {
    console.warn("The interviewer's face stopped.", error);
    if (String(error).includes("WebGL")) noWebGL();
    setState("portrait");
    setTrouble("no_webgl");
  }, []);
  const dismiss = useCallback(() => setTrouble(null), []);
  /** Each take is a new canvas. */
  const take = `${losses}:${cast?.person.id ?? ""}`;
  return { cast, state, trouble, take, onFault, onLost, onReady, onBroken, dismiss, ...quality, ...still };
}

/** A model of the candidate's own that fails gives way to the first interviewer; one of ours to its portrait. */
function useFallback(wanted: string, voice: string, setState: Set<FaceState>, tell: Set<FaceTrouble | null>) {
  const [who, setWho] = useState(wanted);
  const now = useRef(who);
  now.current = who;
  useEffect(() => setWho(wanted), [wanted]);
  // The same function all the time: a new one would make the stage try the same model again.
  const onFault = useCallback(
    (fault: ModelFault, detail: unknown) => {
      console.warn("The interviewer's face cannot be used.", detail);
      tell(fault);
      if (now.current === OWN) setWho("");
      else setState("portrait");
    },
    [setState, tell],
  );
  const fail = useCallback(
    (error: unknown) => onFault(error instanceof BadModel ? error.fault : "unreachable", error),
    [onFault],
  );
  return { cast: useCast(who, voice, fail), onFault };
}

/** A lost context is tried again on a new canvas: the browser may have one where it took the last. */
function useLosses(setState: Set<FaceState>, tell: Set<FaceTrouble | null>) {
  const [losses, setLosses] = useState(0);
  const onLost = useCallback(() => {
    setState("portrait");
    tell("lost");
    setLosses((before) => before + 1);
  }, [setState, tell]);
  useEffect(() => {
    if (losses === 0 || losses > MOST_LOSSES) return;
    const timer = setTimeout(() => setState("loading"), BACK_AFTER_MS * losses);
    return () => clearTimeout(timer);
  }, [losses, setState]);
  return { losses, onLost };
}

function useQuality(setState: Set<FaceState>, tell: Set<FaceTrouble | null>) {
  const [choice, setChoice] = useState<QualityChoice>(() => flags().quality ?? qualityChoice());
  const [found, setFound] = useState<Quality>("medium");
  const onQuality = useCallback(
    (quality: Quality | null) => {
      if (quality) return setFound(quality);
      if (flags().patient) return;
      setState("portrait");
      tell("slow");
    },
    [setState, tell],
  );
  const onChoice = useCallback(
    (next: QualityChoice) => {
      chooseQuality(next);
      setChoice(next);
      setFound("medium");
      if (hasWebGL()) setState((before) => (before === "portrait" ? "loading" : before));
    },
    [setState],
  );
  return {
    choice,
    measured: choice === "auto",
    quality: choice === "auto" ? found : choice,
    onQuality,
    onChoice,
  };
}

function useStill() {
  const [still, setStill] = useState(isStill);
  const onStill = useCallback((next: boolean) => {
    keepStill(next);
    setStill(next);
  }, []);
  return { still, onStill };
}
