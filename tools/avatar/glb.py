"""Writes parts, materials and images as one plain GLB 2.0.

Does not: compress (`compress`). Node tree: Hips > Spine > Neck > Head > LeftEye, RightEye; skinned parts
are roots beside it, as glTF asks.
"""

from __future__ import annotations

import json
import struct
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.avatar.basemesh import Floats
from tools.avatar.part import BONES, Part

_TYPES = {np.dtype("f4"): 5126, np.dtype("u1"): 5121, np.dtype("u2"): 5123, np.dtype("u4"): 5125}
_SHAPES = {1: "SCALAR", 2: "VEC2", 3: "VEC3", 4: "VEC4", 16: "MAT4"}
SOURCE = "CC0 1.0: MakeHuman hm08 base mesh and targets; Face Units by Mika Suominen"


class _Buffer:
    """The binary chunk with its views and accessors."""

    def __init__(self) -> None:
        self.data = bytearray()
        self.views: list[dict[str, Any]] = []
        self.accessors: list[dict[str, Any]] = []

    def view(self, data: bytes, **more: int) -> int:
        self.data.extend(b"\0" * (-len(self.data) % 4))
        self.views.append({"buffer": 0, "byteOffset": len(self.data), "byteLength": len(data), **more})
        self.data.extend(data)
        return len(self.views) - 1

    def add(self, array: NDArray[Any], bounds: bool = False, normalised: bool = False, **more: int) -> int:
        array = np.ascontiguousarray(array)
        width = 1 if array.ndim == 1 else array.shape[1]
        accessor: dict[str, Any] = {
            "bufferView": self.view(array.tobytes(), **more),
            "componentType": _TYPES[array.dtype],
            "count": len(array),
            "type": _SHAPES[width],
        }
        if normalised:
            accessor["normalized"] = True
        if bounds:
            accessor |= {"min": array.min(0).tolist(), "max": array.max(0).tolist()}
        self.accessors.append(accessor)
        return len(self.accessors) - 1


def write(
    parts: list[Part],
    materials: dict[str, dict[str, Any]],
    images: dict[str, bytes],
    joints: dict[str, Floats],
    extras: dict[str, Any],
) -> bytes:
    """The GLB's bytes. Materials name textures by image: {"index": "skin"}; joints gives BONES' places."""
    buffer = _Buffer()
    nodes = _skeleton(joints)
    meshes: list[dict[str, Any]] = []
    roots = [0]
    names = list(materials)
    for part in parts:
        node: dict[str, Any] = {"name": part.name, "mesh": len(meshes)}
        meshes.append(_mesh(buffer, part, names.index(part.material)))
        if part.pivot is None:
            node["skin"] = 0
            roots.append(len(nodes))
        else:
            node["translation"] = (part.pivot - joints["Head"]).tolist()
            nodes[BONES.index("Head")].setdefault("children", []).append(len(nodes))
        nodes.append(node)
    inverse = [np.eye(4) for _ in BONES]
    for matrix, bone in zip(inverse, BONES, strict=True):
        matrix[3, :3] = -joints[bone]
    skin = {
        "joints": list(range(len(BONES))),
        "inverseBindMatrices": buffer.add(_f4(np.reshape(inverse, (-1, 16)))),
    }
    document = {
        "asset": {"version": "2.0", "generator": "tools.avatar", "copyright": SOURCE},
        "scene": 0,
        "scenes": [{"nodes": roots, "extras": extras}],
        "nodes": nodes,
        "meshes": meshes,
        "skins": [skin],
        "materials": [_material(name, materials[name], list(images)) for name in names],
        **_textures(buffer, images),
    }
    used = {e for m in materials.values() for e in m.get("extensions", {})} | {"EXT_texture_webp"}
    document |= {"extensionsUsed": sorted(used), "extensionsRequired": ["EXT_texture_webp"]}
    return _pack(document, buffer)


def _f4(array: Any) -> NDArray[np.float32]:
    return np.asarray(array, np.float32)


def _skeleton(joints: dict[str, Floats]) -> list[dict[str, Any]]:
    nodes: list[dict[str, Any]] = []
    for k, bone in enumerate(BONES):
        above = joints[BONES[k - 1]] if k else np.zeros(3)
        nodes.append({"name": bone, "translation": (joints[bone] - above).tolist()})
        if k:
            nodes[k - 1]["children"] = [k]
    return nodes


def _mesh(buffer: _Buffer, part: Part, material: int) -> dict[str, Any]:
    attributes = {
        "POSITION": buffer.add(_f4(part.points), bounds=True, target=34962),
        "NORMAL": buffer.add(_f4(part.normals), target=34962),
        "TEXCOORD_0": buffer.add(_f4(part.uvs), target=34962),
    }
    if part.colours is not None:
        bytes_ = np.round(np.clip(part.colours, 0, 1) * 65535).astype(np.uint16)
        attributes["COLOR_0"] = buffer.add(bytes_, normalised=True, target=34962)
    if part.weights is not None and part.pivot is None:
        order = np.tile(np.arange(4, dtype=np.uint8), (len(part.points), 1))
        attributes["JOINTS_0"] = buffer.add(order, target=34962)
        attributes["WEIGHTS_0"] = buffer.add(_f4(part.weights), target=34962)
    index = part.tris.ravel().astype(np.uint16 if len(part.points) < 65535 else np.uint32)
    primitive: dict[str, Any] = {
        "attributes": attributes,
        "indices": buffer.add(index, target=34963),
        "material": material,
    }
    mesh: dict[str, Any] = {"name": part.name, "primitives": [primitive]}
    if part.morphs:
        primitive["targets"] = [_target(buffer, *m) for m in part.morphs.values()]
        mesh |= {"weights": [0.0] * len(part.morphs), "extras": {"targetNames": list(part.morphs)}}
    return mesh


def _target(buffer: _Buffer, offset: Floats, turned: Floats | None) -> dict[str, int]:
    target = {"POSITION": buffer.add(_f4(offset), bounds=True)}
    if turned is not None:
        target["NORMAL"] = buffer.add(_f4(turned))
    return target


def _material(name: str, material: dict[str, Any], images: list[str]) -> dict[str, Any]:
    """The material with image names turned into texture indices."""

    def resolve(value: Any) -> Any:
        if isinstance(value, dict):
            return {k: images.index(v) if k == "index" else resolve(v) for k, v in value.items()}
        return value

    resolved: dict[str, Any] = resolve(material)
    return {"name": name, **resolved}


def _textures(buffer: _Buffer, images: dict[str, bytes]) -> dict[str, Any]:
    """Images as WebP; those whose name begins with "tile" repeat, the others are clamped."""
    views = [
        {"bufferView": buffer.view(data), "mimeType": "image/webp", "name": n} for n, data in images.items()
    ]
    samplers = [
        {"magFilter": 9729, "minFilter": 9987, "wrapS": wrap, "wrapT": wrap} for wrap in (33071, 10497)
    ]
    textures = [
        {"sampler": int(name.startswith("tile")), "extensions": {"EXT_texture_webp": {"source": k}}}
        for k, name in enumerate(images)
    ]
    return {"images": views, "samplers": samplers, "textures": textures}


def _pack(document: dict[str, Any], buffer: _Buffer) -> bytes:
    buffer.data.extend(b"\0" * (-len(buffer.data) % 4))
    document |= {
        "accessors": buffer.accessors,
        "bufferViews": buffer.views,
        "buffers": [{"byteLength": len(buffer.data)}],
    }
    text = json.dumps(document, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 4)
    head = struct.pack("<4sII", b"glTF", 2, 12 + 8 + len(text) + 8 + len(buffer.data))
    chunks = (
        struct.pack("<I4s", len(text), b"JSON") + text + struct.pack("<I4s", len(buffer.data), b"BIN\0")
    )
    return head + chunks + bytes(buffer.data)
