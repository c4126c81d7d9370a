/** The lab's sentences: sound with its timeline, made by `tools/lipsync_samples.py`, or a file of one's own. */

import { loudnessOf } from "../../avatar/loudness";
import type { Sentence, Sound, Tongue, Viseme } from "../../avatar/types";

export interface Sample {
  id: string;
  text: string;
  language: Tongue;
  /** Address of the sound; empty for a file of one's own. */
  file: string;
  phonemes: Sound[];
  visemes: Viseme[];
}

/** A sample that can be heard. */
export interface Heard {
  sample: Sample;
  sentence: Sentence;
  buffer: AudioBuffer;
}

const LIST = "/lab/samples.json";

export async function samples(): Promise<Sample[]> {
  const response = await fetch(LIST);
  if (!response.ok) throw new Error(`${LIST}: ${response.status}`);
  return ((await response.json()) as { samples: Sample[] }).samples;
}

/** Fetches and decodes. Throws when there is no sound in it. */
export async function hear(sample: Sample, context: BaseAudioContext, bytes?: ArrayBuffer): Promise<Heard> {
  const raw = bytes ?? (await (await fetch(sample.file)).arrayBuffer());
  const buffer = await context.decodeAudioData(raw);
  const { phonemes, visemes, language } = sample;
  const durationMs = buffer.duration * 1000;
  const loudness = loudnessOf(buffer.getChannelData(0), buffer.sampleRate);
  return { sample, buffer, sentence: { phonemes, visemes, language, durationMs, loudness } };
}

/** A file of the visitor's own: sound without a timeline. */
export const ownSample = (name: string): Sample => ({
  id: "own",
  text: name,
  language: "en",
  file: "",
  phonemes: [],
  visemes: [],
});
