/** What the interviewer's figure may know. It never hears of sockets, sessions or pages. */

/** One mouth position: start and end in milliseconds of the sentence, and its name ("PP", "aa", ...). */
export type Viseme = [start: number, end: number, name: string];

/** Read once a frame; never causes a render. */
export interface SpeechTrack {
  /** Where the listener's ear is, or null in silence. `visemes` is empty for voices without timings. */
  now(): { ms: number; visemes: readonly Viseme[] } | null;
  /** Loudness now, 0 to 1; moves the mouth where there are no timings. */
  energy(): number;
}

export type Mood = "neutral" | "warm" | "serious" | "encouraging" | "calming";

/** What the interviewer is doing while silent or not. */
export type Bearing = "speaking" | "thinking" | "listening" | "resting";

export interface InterviewerProps {
  track: SpeechTrack;
  mood: Mood;
  bearing: Bearing;
  /** Says in words what is drawn. */
  label: string;
}
