/** The lab's state: which sentence, which way, what was drawn. Tests drive it through `window.__lab`. */

import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { probing } from "../../avatar/probe";
import type { Bearing, LipSource, Mood, Tongue } from "../../avatar/types";
import { Desk } from "./desk";
import { type Recording, record, recording } from "./measure";
import { samples as fetchSamples, type Heard, hear, ownSample, type Sample } from "./samples";
import { simulate } from "./simulate";

declare global {
  interface Window {
    /** For benchmarks, in browsers driven by a program. */
    __lab?: {
      desk: Desk;
      samples: Sample[];
      choose(id: string): Promise<void>;
      play(lips: LipSource): Promise<Recording>;
      /** The face's code for so many minutes of talk at 60 frames a second, at once; how many frames. */
      simulate(minutes: number): Promise<number>;
      /** One mouth shape, held. */
      hold(shape: string): void;
      direct(scene: Scene): void;
    };
  }
}

export interface Scene {
  mood: Mood;
  bearing: Bearing;
}

type Drawn = Record<LipSource, Recording | null>;
const NOTHING: Drawn = { timeline: null, energy: null };

/** Opens with a sentence in `language`. */
export function useLab(language: Tongue) {
  const [desk] = useState(() => new Desk());
  const [samples, setSamples] = useState<Sample[]>([]);
  const [heard, setHeard] = useState<Heard | null>(null);
  const [lips, setLips] = useState<LipSource>("timeline");
  const [playing, setPlaying] = useState(false);
  const [drawn, setDrawn] = useState(NOTHING);
  const [trouble, setTrouble] = useState<"noSamples" | "badSound" | null>(null);
  const [scene, setScene] = useState<Scene>({ mood: "neutral", bearing: "resting" });
  const opening = useRef(language);
  const tape = useRef<Recording | null>(null);

  useEffect(() => () => desk.close(), [desk]);
  const load = useCallback(
    async (sample: Sample, bytes?: ArrayBuffer) => {
      desk.stop();
      try {
        setHeard(await hear(sample, desk.context, bytes));
        setTrouble(null);
      } catch {
        setTrouble("badSound");
      }
      setDrawn(NOTHING);
    },
    [desk],
  );
  useEffect(() => {
    fetchSamples().then(
      (list) => {
        setSamples(list);
        const first = list.find((sample) => sample.language === opening.current) ?? list[0];
        if (first) void load(first);
      },
      () => setTrouble("noSamples"),
    );
  }, [load]);

  const onFrame = useCallback(
    (weights: Float32Array, ms: number) => {
      if (tape.current && desk.sentence()) record(tape.current, weights, Math.max(ms, desk.ms()));
    },
    [desk],
  );
  const play = useCallback(
    async (how: LipSource = lips): Promise<Recording> => {
      const made = recording();
      if (!heard) return made;
      setLips(how);
      setPlaying(true);
      tape.current = made;
      await desk.play(heard);
      tape.current = null;
      setPlaying(false);
      setDrawn((before) => ({ ...before, [how]: made }));
      return made;
    },
    [desk, heard, lips],
  );
  const actions = useMemo(
    () => ({
      choose: async (id: string) => {
        const sample = samples.find((one) => one.id === id);
        if (sample) await load(sample);
      },
      take: async (file: File | undefined) => {
        if (file) await load(ownSample(file.name), await file.arrayBuffer());
      },
      stop: () => desk.stop(),
    }),
    [desk, samples, load],
  );

  useEffect(() => {
    if (!probing()) return;
    window.__lab = {
      desk,
      samples,
      choose: actions.choose,
      play,
      simulate: (minutes) => simulate(heard, minutes),
      hold: (shape) => desk.hold(shape),
      direct: setScene,
    };
    return () => {
      delete window.__lab;
    };
  }, [desk, samples, actions, play, heard]);

  return { ...actions, scene, desk, samples, heard, lips, setLips, playing, drawn, trouble, onFrame, play };
}
