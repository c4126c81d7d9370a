/**
 * The door of this room: pages know the interviewer by this component alone. Today it is a painted tile
 * that speaks; a face in three dimensions takes its place behind the same props.
 */

import { Rosette } from "./Rosette";
import type { InterviewerProps } from "./types";

export function Interviewer(props: InterviewerProps) {
  return <Rosette {...props} />;
}
