/** From a GLB's bytes to a scene. Everything that it needs is served by us or lies in the file. */

import { MeshoptDecoder } from "meshopt-plain";
import { type Group, Loader, type LoadingManager } from "three";
import { type GLTF, GLTFLoader, type GLTFParser } from "three/addons/loaders/GLTFLoader.js";
import { BadModel, inspect } from "./glb";
import type { Naming } from "./units";

export interface Model {
  scene: Group;
  naming: Naming;
}

/**
 * Decodes images with an <img>: three's own way fetches a blob address, which the content security policy
 * does not allow.
 */
class Pictures extends Loader<ImageBitmap> {
  readonly isImageBitmapLoader = true;

  override load(
    url: string,
    onLoad: (image: ImageBitmap) => void,
    _onProgress?: (event: ProgressEvent) => void,
    onError?: (error: unknown) => void,
  ): void {
    const image = new Image();
    image.src = url;
    image
      .decode()
      .then(() => createImageBitmap(image, { premultiplyAlpha: "none", colorSpaceConversion: "none" }))
      .then(onLoad, onError);
  }
}

type Replaceable = { textureLoader: unknown; options: { manager: LoadingManager } };

function ownPictures(parser: GLTFParser): { name: string } {
  const replaceable = parser as unknown as Replaceable;
  replaceable.textureLoader = new Pictures(replaceable.options.manager);
  return { name: "own_pictures" };
}

// The plain decoder: a WebAssembly one would need a wider content security policy, and saves 50 ms once.
const loader = new GLTFLoader().setMeshoptDecoder(MeshoptDecoder).register(ownPictures);

/** Raises BadModel: what is wrong with the file, in one of five kinds. */
export async function loadModel(bytes: ArrayBuffer): Promise<Model> {
  const { naming } = inspect(bytes);
  let parsed: GLTF;
  try {
    parsed = await loader.parseAsync(bytes, "");
  } catch (error) {
    throw new BadModel("unusable", error instanceof Error ? error.message : String(error));
  }
  return { scene: parsed.scene, naming };
}
