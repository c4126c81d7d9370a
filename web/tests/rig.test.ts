import {
  BoxGeometry,
  CustomBlending,
  Group,
  Mesh,
  MeshBasicMaterial,
  NormalBlending,
  Object3D,
  Quaternion,
} from "three";
import { expect, test } from "vitest";
import { Face } from "../src/avatar/face";
import { Rig } from "../src/avatar/rig";
import type { Sentence, SpeechTrack } from "../src/avatar/types";

const TABLES = {
  visemes: { aa: { jawOpen: 0.4 }, PP: { mouthPressLeft: 0.3 } },
  moods: { warm: { mouthSmileLeft: 0.3 } },
};

function model(morphs: string[], bones: string[] = []) {
  const mesh = new Mesh(new BoxGeometry(0.2, 0.4, 0.2), new MeshBasicMaterial());
  mesh.morphTargetDictionary = Object.fromEntries(morphs.map((name, index) => [name, index]));
  mesh.morphTargetInfluences = morphs.map(() => 0);
  const group = new Group().add(mesh);
  for (const [index, name] of bones.entries()) {
    const bone = new Object3D();
    bone.name = name;
    bone.position.set(index * 0.06, 1.6, 0.1);
    group.add(bone);
  }
  return { group, mesh };
}

function face(visemes: Sentence["visemes"], ms: number): Face {
  const sentence: Sentence = { visemes, phonemes: [], durationMs: 0, language: "en" };
  const track: SpeechTrack = { sentence: () => sentence, ms: () => ms, spectrum: () => 0 };
  const made = new Face(TABLES);
  made.step(
    track,
    { mood: "neutral", bearing: "speaking", attending: false, lips: "timeline", calm: false },
    0.016,
  );
  return made;
}

test("ARKit morphs get their weights by name, unknown ones stay", () => {
  const { group, mesh } = model(["Basis", "jaw_open", "mouthFunnel"]);
  const rig = new Rig(group, "arkit");
  rig.apply(face([[0, 400, "aa"]], 200));
  expect(mesh.morphTargetInfluences?.[0]).toBe(0);
  expect(mesh.morphTargetInfluences?.[1]).toBeCloseTo(0.4, 1);
  expect(rig.speaks).toBe(true);
});

test("Oculus morphs get the share of their shape", () => {
  const { group, mesh } = model(["viseme_aa", "viseme_PP", "jawOpen"]);
  const rig = new Rig(group, "oculus");
  rig.apply(face([[0, 400, "aa"]], 200));
  expect(mesh.morphTargetInfluences).toEqual([expect.closeTo(1, 1), expect.closeTo(0, 1), 0]);
  rig.apply(face([[0, 400, "PP"]], 200));
  expect(mesh.morphTargetInfluences?.[1]).toBe(1);
});

test("bones turn from where they rest; the camera is told where the eyes are", () => {
  const { group } = model(["jawOpen", "mouthFunnel"], ["LeftEye", "RightEye", "mixamorigHead"]);
  const rig = new Rig(group, "arkit");
  expect(rig.focus.y).toBeCloseTo(1.6);
  expect(rig.focus.x).toBeCloseTo(0.03);
  const still = face([], 0);
  still.pose.headY = 0.2;
  rig.apply(still);
  expect(group.getObjectByName("mixamorigHead")?.quaternion.equals(new Quaternion())).toBe(false);
});

test("a model without a mouth to move says so; one of centimetres is measured as such", () => {
  expect(new Rig(model(["Basis"]).group, "arkit").speaks).toBe(false);
  const { group } = model(["jawOpen", "mouthFunnel"]);
  group.scale.setScalar(100);
  expect(new Rig(group, "arkit").scale).toBe(100);
});

test("cut-out hair is blended over what lies behind it, and drawn after it; the skin is not", () => {
  const hair = new Mesh(new BoxGeometry(), new MeshBasicMaterial({ alphaTest: 0.4 }));
  const skin = new Mesh(new BoxGeometry(), new MeshBasicMaterial());
  new Rig(new Group().add(hair, skin), "arkit");
  expect(hair.material.alphaToCoverage).toBe(true);
  expect(hair.material.blending).toBe(CustomBlending);
  expect(hair.renderOrder).toBeGreaterThan(skin.renderOrder);
  expect(skin.material.alphaToCoverage).toBe(false);
  expect(skin.material.blending).toBe(NormalBlending);
});
