/** Starting an interview from a click: the click is what allows the room to sound. */

import type { Created } from "../api";
import { chooseInterviewer } from "../avatar/choice";
import { sound } from "../live/sound";
import { go } from "../router";

/** `interviewer` is who was chosen; "" for whoever fits the voice. `to` is where it goes on. */
export async function beginWith(
  create: () => Promise<Created>,
  interviewer = "",
  to: "room" | "prepare" = "room",
): Promise<void> {
  sound.unlock();
  const { id } = await create();
  chooseInterviewer(id, interviewer);
  go(`/${to}/${id}`);
}
