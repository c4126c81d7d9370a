/** A model's bytes from our own server or from this browser; begun before the 3D library is there. */

import { OWN } from "./choice";
import { BadModel, MOST_BYTES } from "./glb";
import { ownModel } from "./own";

/** The last model of ours that was asked for: whoever warms up and whoever draws share one download. */
let last: { file: string; bytes: Promise<ArrayBuffer> } | null = null;

/** Raises BadModel for what is not there or is too large. */
export async function modelBytes(person: string, file: string): Promise<ArrayBuffer> {
  if (person === OWN) {
    const own = await ownModel();
    if (!own) throw new BadModel("unreachable", "no model is kept in this browser");
    return own.bytes;
  }
  if (last?.file !== file) last = { file, bytes: download(file) };
  const asked = last;
  try {
    return await asked.bytes;
  } catch (error) {
    // The next one who asks tries again.
    if (last === asked) last = null;
    throw error;
  }
}

async function download(file: string): Promise<ArrayBuffer> {
  let response: Response;
  try {
    response = await fetch(file);
  } catch (error) {
    throw new BadModel("unreachable", String(error));
  }
  // An address without a file is answered with the page itself.
  const page = response.headers.get("content-type")?.startsWith("text/html") ?? false;
  if (!response.ok || page) throw new BadModel("unreachable", `${file}: ${response.status}`);
  if (Number(response.headers.get("content-length") ?? 0) > MOST_BYTES) throw new BadModel("too_large");
  try {
    return await response.arrayBuffer();
  } catch (error) {
    throw new BadModel("unreachable", String(error));
  }
}
