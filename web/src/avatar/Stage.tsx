/**
 * Light, camera and canvas around the model. Loaded only when a face is wanted and WebGL is there: with it
 * comes the 3D library.
 */

import { Canvas, useThree } from "@react-three/fiber";
import { type RefObject, useEffect, useState } from "react";
import { Color, NeutralToneMapping, type PerspectiveCamera, PMREMGenerator } from "three";
import { RoomEnvironment } from "three/addons/environments/RoomEnvironment.js";
import { Actor, type Direction } from "./Actor";
import type { Tables } from "./face";
import { BadModel, type ModelFault } from "./glb";
import { loadModel } from "./load";
import { DRAWING } from "./quality";
import { Rig } from "./rig";
import type { Quality } from "./types";

export interface StageProps {
  bytes: ArrayBuffer;
  tables: Tables;
  direction: RefObject<Direction>;
  quality: Quality;
  measure: boolean;
  still: boolean;
  onQuality: (quality: Quality | null) => void;
  onReady: () => void;
  onFault: (fault: ModelFault, detail: string) => void;
  onLost: () => void;
}

export default function Stage({ bytes, tables, onFault, onLost, onReady, ...rest }: StageProps) {
  const rig = useRig(bytes, onFault);
  const { direction, quality, measure, still, onQuality } = rest;
  const drawing = DRAWING[quality];
  return (
    <Canvas
      className="pointer-events-none"
      dpr={Math.min(window.devicePixelRatio, drawing.pixels)}
      shadows={drawing.shadows ? "percentage" : false}
      frameloop={still ? "demand" : "always"}
      camera={{ fov: FIELD, near: 0.05, far: 20 }}
      gl={{
        alpha: true,
        antialias: true,
        powerPreference: "high-performance",
        toneMapping: NeutralToneMapping,
      }}
      resize={{ scroll: false }}
    >
      {rig && (
        <>
          <Actor
            rig={rig}
            tables={tables}
            direction={direction}
            quality={quality}
            measure={measure}
            still={still}
            onQuality={onQuality}
            onFirstFrame={onReady}
          />
          <Framing rig={rig} />
          <Light rig={rig} shadows={drawing.shadows} />
          {drawing.surroundings ? <Surroundings /> : <hemisphereLight args={[SKY, GROUND, 1.15]} />}
        </>
      )}
      <Loss onLost={onLost} />
    </Canvas>
  );
}

const FIELD = 22;
const SKY = new Color(0xfff6ea);
const GROUND = new Color(0x6d5f52);

function useRig(bytes: ArrayBuffer, onFault: StageProps["onFault"]): Rig | null {
  const [rig, setRig] = useState<Rig | null>(null);
  useEffect(() => {
    let made: Rig | null = null;
    let gone = false;
    loadModel(bytes)
      .then(({ scene, naming }) => {
        if (gone) return;
        made = new Rig(scene, naming);
        if (!made.speaks) throw new BadModel("no_morphs", "none of its meshes has the morph targets");
        setRig(made);
      })
      .catch((error: unknown) => {
        if (gone) return;
        const fault = error instanceof BadModel ? error.fault : "unusable";
        onFault(fault, String(error));
      });
    return () => {
      gone = true;
      setRig(null);
      made?.dispose();
    };
  }, [bytes, onFault]);
  return rig;
}

/** Metres that have to be in the picture around the face, and where its middle is below the eyes. */
const FRAME = { height: 0.375, width: 0.33, below: 0.05 };
/** Little room (a keyboard is open): the face alone. */
const CLOSE = { height: 0.29, width: 0.25, below: 0.022 };
const CLOSE_BELOW_PX = 220;

/** Looks the interviewer in the eyes, from as far as the room allows. */
function Framing({ rig }: { rig: Rig }) {
  const camera = useThree((three) => three.camera as PerspectiveCamera);
  const { width, height } = useThree((three) => three.size);
  const invalidate = useThree((three) => three.invalidate);
  useEffect(() => {
    const aspect = width / Math.max(1, height);
    const frame = height < CLOSE_BELOW_PX ? CLOSE : FRAME;
    const tall = Math.max(frame.height, frame.width / aspect) * rig.scale;
    const away = tall / (2 * Math.tan((FIELD * Math.PI) / 360));
    const { x, y, z } = rig.focus;
    camera.position.set(x, y - 0.02 * rig.scale, z + away);
    camera.lookAt(x, y - frame.below * rig.scale, z);
    camera.far = 20 * rig.scale;
    camera.updateProjectionMatrix();
    invalidate();
  }, [camera, rig, width, height, invalidate]);
  return null;
}

/** Key, fill and rim: soft, from where an office's window would be. */
function Light({ rig, shadows }: { rig: Rig; shadows: boolean }) {
  const { focus, scale } = rig;
  useEffect(() => {
    rig.model.traverse((node) => {
      // Lashes and brows would only speckle; every caster costs a draw call.
      node.castShadow = shadows && /skin|hair|cloth/i.test(node.name + materialName(node));
      node.receiveShadow = shadows;
    });
  }, [rig, shadows]);
  const at = (x: number, y: number, z: number): [number, number, number] => [
    focus.x + x * scale,
    focus.y + y * scale,
    focus.z + z * scale,
  ];
  return (
    <>
      <directionalLight
        position={at(-0.75, 0.8, 1.15)}
        color={0xfff1e2}
        intensity={2.1}
        castShadow={shadows}
        shadow-mapSize={[1024, 1024]}
        shadow-radius={5}
        shadow-bias={-0.0004}
        shadow-normalBias={0.003 * scale}
        shadow-camera-left={-0.34 * scale}
        shadow-camera-right={0.34 * scale}
        shadow-camera-top={0.32 * scale}
        shadow-camera-bottom={-0.42 * scale}
        shadow-camera-near={0.3 * scale}
        shadow-camera-far={3 * scale}
      />
      <directionalLight position={at(1.2, 0.2, 0.9)} color={0xdfe8ff} intensity={0.7} />
      <directionalLight position={at(0.6, 0.9, -1.2)} color={0xffffff} intensity={1.6} />
    </>
  );
}

function materialName(node: object): string {
  return "material" in node && node.material instanceof Object && "name" in node.material
    ? String(node.material.name)
    : "";
}

/** Light from all around, made once from a small model of a room. */
function Surroundings() {
  const gl = useThree((three) => three.gl);
  const scene = useThree((three) => three.scene);
  useEffect(() => {
    const maker = new PMREMGenerator(gl);
    const room = new RoomEnvironment();
    const target = maker.fromScene(room, 0.04);
    scene.environment = target.texture;
    scene.environmentIntensity = 0.38;
    return () => {
      scene.environment = null;
      target.dispose();
      room.dispose();
      maker.dispose();
    };
  }, [gl, scene]);
  return null;
}

/** The graphics card may take the picture away at any time. */
function Loss({ onLost }: { onLost: () => void }) {
  const canvas = useThree((three) => three.gl.domElement);
  useEffect(() => {
    canvas.addEventListener("webglcontextlost", onLost);
    return () => canvas.removeEventListener("webglcontextlost", onLost);
  }, [canvas, onLost]);
  return null;
}
