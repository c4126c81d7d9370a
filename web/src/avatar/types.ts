/** What the interviewer's face may know. It never hears of sockets, sessions or pages. */

/** One mouth position: start and end in milliseconds of the sentence, and its name ("PP", "aa", ...). */
export type Viseme = [start: number, end: number, name: string];
/** One sound: start and end in milliseconds, and its IPA symbol; a stress mark may stand before it. */
export type Sound = [start: number, end: number, symbol: string];

export type Tongue = "en" | "tr";

/** What is known of the sentence in the ear. The same object for as long as it is the same sentence. */
export interface Sentence {
  /** Empty for voices without timings: the mouth then follows the sound alone. */
  visemes: readonly Viseme[];
  phonemes: readonly Sound[];
  /** Length of the audio; 0 where it is not known. */
  durationMs: number;
  language: Tongue;
  /** Of its sound (`loudnessOf`), where that is known before it is heard. */
  loudness?: Float32Array | undefined;
}

/** Read once a frame. Implementations make no objects, and reading never causes a render. */
export interface SpeechTrack {
  /** The sentence in the ear, or null in silence. */
  sentence(): Sentence | null;
  /** How much of it the ear has heard, in milliseconds; negative before its first sample. */
  ms(): number;
  /** Fills `bins` with the sound's spectrum in decibels and returns the Hz that one bin spans; 0: no sound. */
  spectrum(bins: Float32Array<ArrayBuffer>): number;
}

export const SILENCE: SpeechTrack = { sentence: () => null, ms: () => 0, spectrum: () => 0 };

export const MOODS = ["neutral", "warm", "serious", "encouraging", "calming"] as const;
export type Mood = (typeof MOODS)[number];

/** What the interviewer is doing while silent or not. */
export type Bearing = "speaking" | "thinking" | "listening" | "resting";

/** A gesture that is made once. */
export type Gesture = "greeting" | "goodbye" | null;

export const QUALITIES = ["high", "medium", "low"] as const;
export type Quality = (typeof QUALITIES)[number];
/** `auto` follows the measured frame time. */
export type QualityChoice = Quality | "auto";

/** What moves the mouth: the voice's own timeline where there is one, or always the sound's energy. */
export type LipSource = "timeline" | "energy";

export interface InterviewerProps {
  /** Whose face: a name of the manifest, or "own"; "" for whoever fits the voice. */
  person: string;
  voice?: string;
  track: SpeechTrack;
  mood: Mood;
  bearing: Bearing;
  gesture?: Gesture;
  /** The candidate is writing or speaking just now; asked once a frame. */
  attends?: () => boolean;
  /** Says in words what is drawn. */
  label: string;
  lips?: LipSource;
  /** Told the drawn weights (in the order of UNITS; the same array each time) and where the ear is. */
  onFrame?: (weights: Float32Array, ms: number) => void;
}
