import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { BadModel, inspect, MOST_BYTES } from "../src/avatar/glb";
import { namingOf, UNITS, unitOf, visemeOf } from "../src/avatar/units";

function glb(document: unknown, more: { magic?: number; claimed?: number } = {}): ArrayBuffer {
  const text = new TextEncoder().encode(typeof document === "string" ? document : JSON.stringify(document));
  const bytes = new ArrayBuffer(20 + text.length);
  const view = new DataView(bytes);
  view.setUint32(0, more.magic ?? 0x46546c67, true);
  view.setUint32(4, 2, true);
  view.setUint32(8, more.claimed ?? bytes.byteLength, true);
  view.setUint32(12, text.length, true);
  view.setUint32(16, 0x4e4f534a, true);
  new Uint8Array(bytes, 20).set(text);
  return bytes;
}
const withMorphs = (names: unknown) =>
  glb({
    accessors: [{ count: 30 }],
    meshes: [{ extras: { targetNames: names }, primitives: [{ indices: 0 }] }],
  });
const faultOf = (bytes: ArrayBuffer) => {
  try {
    inspect(bytes);
  } catch (error) {
    if (error instanceof BadModel) return error.fault;
  }
  return null;
};
const OCULUS = ["sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "ih", "oh", "ou"];

test("our own models are faces within their budget", () => {
  for (const who of ["leyla", "deniz", "suzan", "adem"]) {
    const file = readFileSync(new URL(`../public/avatars/${who}.glb`, import.meta.url));
    const bytes = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength) as ArrayBuffer;
    const facts = inspect(bytes);
    expect(facts.naming).toBe("arkit");
    expect(UNITS.filter((name) => !facts.morphs.includes(name))).toEqual([]);
    expect(facts.triangles).toBeLessThanOrEqual(50_000);
    expect(bytes.byteLength).toBeLessThanOrEqual(2 * 1024 * 1024);
  }
});

test("ARKit names in other spellings, and Oculus names, are understood", () => {
  expect(UNITS[unitOf("blendShape1.eyeBlink_L")]).toBe("eyeBlinkLeft");
  expect(UNITS[unitOf("mouth_smile_right")]).toBe("mouthSmileRight");
  expect(UNITS[unitOf("JawOpen")]).toBe("jawOpen");
  expect(UNITS[unitOf("mouthLeft")]).toBe("mouthLeft");
  expect(unitOf("Smile!")).toBe(-1);
  expect(OCULUS.map((name) => visemeOf(`viseme_${name}`))).toEqual(OCULUS.map((_, index) => index));
  expect(visemeOf("vrc.v_oh")).toBe(13);
  expect(visemeOf("jawOpen")).toBe(-1);
});

test("which of the two a model speaks; ARKit when it has both", () => {
  expect(namingOf(UNITS)).toBe("arkit");
  expect(namingOf(OCULUS.map((name) => `viseme_${name}`))).toBe("oculus");
  expect(namingOf([...UNITS, ...OCULUS.map((name) => `viseme_${name}`)])).toBe("arkit");
  expect(namingOf(["mouthOpen", "mouthSmile"])).toBeNull();
  expect(namingOf([])).toBeNull();
});

test("what cannot be a face is refused with its own reason", () => {
  expect(faultOf(new ArrayBuffer(MOST_BYTES + 1))).toBe("too_large");
  expect(faultOf(new ArrayBuffer(4))).toBe("corrupt");
  expect(faultOf(glb({}, { magic: 0x12345678 }))).toBe("corrupt");
  expect(faultOf(glb("{", {}))).toBe("corrupt");
  expect(faultOf(glb({}, { claimed: 9999 }))).toBe("corrupt");
  expect(faultOf(glb("null"))).toBe("corrupt");
  expect(faultOf(glb({ meshes: [{}] }))).toBe("no_morphs");
  expect(faultOf(withMorphs(["Basis", "Key 1"]))).toBe("no_morphs");
  expect(faultOf(withMorphs("jawOpen"))).toBe("no_morphs");
  expect(faultOf(withMorphs([3, null]))).toBe("no_morphs");
});

test("a model with the names is taken, and its triangles counted", () => {
  expect(inspect(withMorphs(["jawOpen", "mouthFunnel"]))).toMatchObject({ naming: "arkit", triangles: 10 });
  expect(inspect(withMorphs(OCULUS.map((name) => `viseme_${name}`)))).toMatchObject({ naming: "oculus" });
});
