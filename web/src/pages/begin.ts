/** Starting an interview from a click: the click is what allows the room to sound. */

import type { Created } from "../api";
import { sound } from "../live/sound";
import { go } from "../router";

export async function beginWith(create: () => Promise<Created>): Promise<void> {
  sound.unlock();
  const { id } = await create();
  go(`/room/${id}`);
}
