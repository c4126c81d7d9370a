/** The strings by which a model is moved: its morph targets and its bones, found by name. Allocates nothing per frame. */

import {
  Box3,
  CustomBlending,
  Euler,
  type Material,
  Mesh,
  type Object3D,
  OneFactor,
  OneMinusSrcAlphaFactor,
  Quaternion,
  SrcAlphaFactor,
  Vector3,
} from "three";
import type { Face } from "./face";
import { type Naming, unit, unitOf, visemeOf } from "./units";
import { SIL } from "./visemes";

interface Strand {
  influences: number[];
  target: number;
  source: number;
}

interface Joint {
  node: Object3D;
  rest: Quaternion;
}

type Part = "head" | "neck" | "spine" | "leftEye" | "rightEye";
const BONES: readonly [Part, RegExp][] = [
  ["head", /^(?:mixamorig:?)?head$/i],
  ["neck", /^(?:mixamorig:?)?neck$/i],
  ["spine", /^(?:mixamorig:?)?spine2?$/i],
  ["leftEye", /^(?:mixamorig:?)?(?:left_?eye|eye_?l(?:eft)?)$/i],
  ["rightEye", /^(?:mixamorig:?)?(?:right_?eye|eye_?r(?:ight)?)$/i],
];
const NECK_SHARE = 0.4;
/** Radians that the chest rises by, and metres. */
const BREATH = 0.007;

export class Rig {
  readonly model: Object3D;
  /** Between the eyes, where a camera should look from. */
  readonly focus = new Vector3();
  /** Height of a head's worth of model, for framing: 1 for a life-sized one in metres. */
  scale = 1;
  private readonly units: Strand[] = [];
  private readonly visemes: Strand[] = [];
  private readonly joints: Partial<Record<Part, Joint>> = {};
  private readonly angles = new Euler();
  private readonly turn = new Quaternion();

  constructor(model: Object3D, naming: Naming) {
    this.model = model;
    model.traverse((node) => this.take(node, naming));
    model.updateMatrixWorld(true);
    this.frame();
  }

  /** Whether anything on it can move with speech. */
  get speaks(): boolean {
    return this.units.length + this.visemes.length > 0;
  }

  /** Hands a face's weights and pose to the model. */
  apply(face: Face): void {
    const { units, visemes } = this;
    for (let i = 0; i < units.length; i++) {
      const strand = units[i];
      if (strand) strand.influences[strand.target] = face.weights[strand.source] ?? 0;
    }
    for (let i = 0; i < visemes.length; i++) {
      const strand = visemes[i];
      if (!strand) continue;
      const shown = ((face.mouth.jaw[strand.source] ?? 0) + (face.mouth.lips[strand.source] ?? 0)) / 2;
      strand.influences[strand.target] = shown + (strand.source === WIDEST ? face.energyJaw : 0);
    }
    const { pose } = face;
    this.rotate("head", pose.headX * (1 - NECK_SHARE), pose.headY * (1 - NECK_SHARE), pose.headZ * 0.7);
    this.rotate("neck", pose.headX * NECK_SHARE, pose.headY * NECK_SHARE, pose.headZ * 0.3);
    this.rotate("spine", -pose.breath * BREATH, 0, 0);
    this.rotate("leftEye", pose.eyeX, pose.eyeY, 0);
    this.rotate("rightEye", pose.eyeX, pose.eyeY, 0);
  }

  /** Meshes and materials are not collected with the page; give their memory back. */
  dispose(): void {
    this.model.traverse((node) => {
      if (!(node instanceof Mesh)) return;
      node.geometry.dispose();
      for (const material of [node.material].flat() as Material[]) {
        for (const value of Object.values(material)) if (value?.isTexture) value.dispose();
        material.dispose();
      }
    });
  }

  private take(node: Object3D, naming: Naming): void {
    for (const [part, pattern] of BONES) {
      if (pattern.test(node.name) && !this.joints[part]) {
        this.joints[part] = { node, rest: node.quaternion.clone() };
      }
    }
    if (!(node instanceof Mesh)) return;
    // The bounding box is that of the resting pose.
    node.frustumCulled = false;
    for (const material of [node.material].flat()) {
      // Lashes need no second pass for their backs.
      material.forceSinglePass = true;
      if (material.alphaTest > 0) soften(node, material);
    }
    const influences = node.morphTargetInfluences;
    for (const [name, target] of Object.entries(node.morphTargetDictionary ?? {})) {
      if (!influences) continue;
      const source = unitOf(name);
      const viseme = visemeOf(name);
      if (source >= 0 && !(naming === "oculus" && source === JAW)) {
        this.units.push({ influences, target, source });
      } else if (naming === "oculus" && viseme > SIL) {
        this.visemes.push({ influences, target, source: viseme });
      }
    }
  }

  private rotate(part: Part, x: number, y: number, z: number): void {
    const joint = this.joints[part];
    if (!joint) return;
    this.angles.set(x, y, z, "YXZ");
    joint.node.quaternion.copy(joint.rest).multiply(this.turn.setFromEuler(this.angles));
  }

  /** Where the face is: between the eyes, else by the head's bone, else in the upper part of what is there. */
  private frame(): void {
    const { leftEye, rightEye, head } = this.joints;
    const box = new Box3().setFromObject(this.model);
    const height = box.max.y - box.min.y;
    // A model of centimetres would stand far away.
    this.scale = height > 20 ? 100 : 1;
    if (leftEye && rightEye) {
      leftEye.node.getWorldPosition(this.focus);
      this.focus.add(rightEye.node.getWorldPosition(new Vector3())).multiplyScalar(0.5);
    } else if (head) {
      head.node.getWorldPosition(this.focus).y += 0.085 * this.scale;
    } else {
      box.getCenter(this.focus).y = box.max.y - 0.13 * this.scale;
    }
  }
}

/**
 * Cut-out hair would end in stairs; with multisampling its edges can be partly covered. Such an edge leaves
 * its own alpha in the picture, through which the page would shine into the hair, so it is blended, and drawn
 * after the skin that it is blended with.
 */
function soften(node: Mesh, material: Material): void {
  material.alphaToCoverage = true;
  material.blending = CustomBlending;
  material.blendSrc = SrcAlphaFactor;
  material.blendDst = OneMinusSrcAlphaFactor;
  material.blendSrcAlpha = OneFactor;
  material.blendDstAlpha = OneMinusSrcAlphaFactor;
  node.renderOrder = 1;
}

const JAW = unit("jawOpen");
/** "aa": what the energy baseline opens on models without a jaw of their own. */
const WIDEST = 10;
