/** What a GLB says of itself, read without a 3D library: whether it is whole, and what its morphs are called. Pure. */

import { type Naming, namingOf } from "./units";

export const MOST_BYTES = 30 * 1024 * 1024;

/** Why a model cannot be a face; the page has a sentence for each. */
export type ModelFault = "unreachable" | "too_large" | "corrupt" | "no_morphs" | "unusable";

export class BadModel extends Error {
  readonly fault: ModelFault;

  constructor(fault: ModelFault, detail = "") {
    super(detail || fault);
    this.fault = fault;
  }
}

export interface ModelFacts {
  naming: Naming;
  morphs: string[];
  triangles: number;
}

interface Document {
  accessors?: { count?: number }[];
  meshes?: {
    extras?: { targetNames?: unknown };
    primitives?: { indices?: number; attributes?: Record<string, number>; targets?: unknown[] }[];
  }[];
}

const MAGIC = 0x46546c67;
const JSON_CHUNK = 0x4e4f534a;

/** Raises BadModel for what is too large, no whole GLB 2.0, or without the morphs that a mouth needs. */
export function inspect(bytes: ArrayBuffer): ModelFacts {
  if (bytes.byteLength > MOST_BYTES) throw new BadModel("too_large");
  const document = documentOf(bytes);
  const meshes = Array.isArray(document.meshes) ? document.meshes : [];
  const morphs = [...new Set(meshes.flatMap((mesh) => names(mesh?.extras?.targetNames)))];
  const naming = namingOf(morphs);
  if (!naming) throw new BadModel("no_morphs", `its morph targets are: ${morphs.join(", ") || "none"}`);
  return { naming, morphs, triangles: trianglesOf(document) };
}

function documentOf(bytes: ArrayBuffer): Document {
  if (bytes.byteLength < 20) throw new BadModel("corrupt", "shorter than a header");
  const view = new DataView(bytes);
  const length = view.getUint32(12, true);
  const header = view.getUint32(0, true) === MAGIC && view.getUint32(4, true) === 2;
  if (!header || view.getUint32(16, true) !== JSON_CHUNK) throw new BadModel("corrupt", "no GLB 2.0");
  if (view.getUint32(8, true) > bytes.byteLength || 20 + length > bytes.byteLength) {
    throw new BadModel("corrupt", "cut short");
  }
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 20, length)));
    if (typeof parsed === "object" && parsed !== null) return parsed as Document;
  } catch {
    // Told below.
  }
  throw new BadModel("corrupt", "its description is no JSON");
}

const names = (list: unknown): string[] =>
  Array.isArray(list) ? list.filter((name) => typeof name === "string") : [];

function trianglesOf(document: Document): number {
  let triangles = 0;
  for (const mesh of document.meshes ?? []) {
    for (const primitive of mesh?.primitives ?? []) {
      const accessor = primitive.indices ?? primitive.attributes?.POSITION;
      triangles += Math.floor((document.accessors?.[accessor ?? -1]?.count ?? 0) / 3);
    }
  }
  return triangles;
}
