/** A model's bytes from our own server or from this browser; begun before the 3D library is there. */

import { OWN } from "./choice";
import { BadModel, MOST_BYTES } from "./glb";
import { ownModel } from "./own";

export async function modelBytes(person: string, file: string): Promise<ArrayBuffer> {
  if (person === OWN) {
    const own = await ownModel();
    if (!own) throw new BadModel("unreachable", "no model is kept in this browser");
    return own.bytes;
  }
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
  return response.arrayBuffer();
}
