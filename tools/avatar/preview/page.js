// One face under a soft three-point light; `shoot.mjs` drives it. Knows nothing of the product's page.
import * as THREE from "three";
import { RoomEnvironment } from "three/examples/jsm/environments/RoomEnvironment.js";
import { MeshoptDecoder } from "three/examples/jsm/libs/meshopt_decoder.module.js";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";

const TURNING = ["Head", "Neck", "LeftEye", "RightEye"];
const renderer = new THREE.WebGLRenderer({ antialias: true, preserveDrawingBuffer: true });
document.body.appendChild(renderer.domElement);
renderer.toneMapping = THREE.NeutralToneMapping;
renderer.shadowMap.enabled = true;
renderer.shadowMap.type = THREE.PCFShadowMap;

const scene = new THREE.Scene();
scene.background = new THREE.Color(0xb9b3a8);
scene.environment = new THREE.PMREMGenerator(renderer).fromScene(new RoomEnvironment(), 0.04).texture;
scene.environmentIntensity = 0.38;
const key = light(0xfff1e2, 2.1, -0.7, 0.75, 1.1);
key.castShadow = true;
key.shadow.mapSize.set(1024, 1024);
key.shadow.radius = 5;
key.shadow.bias = -0.0004;
key.shadow.normalBias = 0.003;
Object.assign(key.shadow.camera, { left: -0.32, right: 0.32, top: 0.3, bottom: -0.4, near: 0.3, far: 3 });
light(0xdfe8ff, 0.7, 1.2, 0.2, 0.9);
light(0xffffff, 1.6, 0.6, 0.9, -1.2);

const camera = new THREE.PerspectiveCamera(22, 1, 0.05, 10);
const loader = new GLTFLoader().setMeshoptDecoder(MeshoptDecoder);
let model = null;
let meshes = [];
let turned = {};

function light(colour, strength, x, y, z) {
  const made = new THREE.DirectionalLight(colour, strength);
  made.position.set(x, y, z);
  scene.add(made);
  return made;
}

window.load = async (url) => {
  if (model) scene.remove(model);
  model = (await loader.loadAsync(url)).scene;
  scene.add(model);
  meshes = [];
  turned = {};
  model.traverse((node) => {
    if (TURNING.includes(node.name)) turned[node.name] = { node, rest: node.quaternion.clone() };
    if (!node.isMesh) return;
    meshes.push(node);
    node.frustumCulled = false;
    node.castShadow = !node.material.transparent;
    node.material.alphaToCoverage = node.material.alphaTest > 0; // soft edges of hair; needs antialiasing
    node.receiveShadow = true;
  });
};

/** shot: { size or width and height, weights, rot: {Head: [x,y,z]}, yaw, pitch (degrees), dist, target } -> PNG data URL */
window.shoot = (shot) => {
  const [wide, tall] = [shot.size ?? shot.width, shot.size ?? shot.height];
  renderer.setSize(wide, tall);
  camera.aspect = wide / tall;
  camera.updateProjectionMatrix();
  for (const mesh of meshes) {
    mesh.morphTargetInfluences?.fill(0);
    for (const [name, weight] of Object.entries(shot.weights ?? {})) {
      const index = mesh.morphTargetDictionary?.[name];
      if (index !== undefined) mesh.morphTargetInfluences[index] = weight;
    }
  }
  for (const [name, { node, rest }] of Object.entries(turned)) {
    const angles = new THREE.Euler(...(shot.rot?.[name] ?? [0, 0, 0]));
    node.quaternion.copy(rest).multiply(new THREE.Quaternion().setFromEuler(angles));
  }
  const [yaw, pitch] = [shot.yaw ?? 0, shot.pitch ?? 0].map(THREE.MathUtils.degToRad);
  const target = new THREE.Vector3(...(shot.target ?? [0, -0.06, -0.04]));
  const away = new THREE.Vector3(Math.sin(yaw) * Math.cos(pitch), Math.sin(pitch), Math.cos(yaw) * Math.cos(pitch));
  camera.position.copy(target).addScaledVector(away, shot.dist ?? 1.0);
  camera.lookAt(target);
  renderer.render(scene, camera);
  return renderer.domElement.toDataURL("image/png");
};
window.ready = true;
