"""The GLB writer: what goes in is what a reader finds, at the places that the file names."""

from __future__ import annotations

import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.avatar import glb_file
from tools.avatar import glb
from tools.avatar.part import BONES, Part, join, rigid

JOINTS = {bone: np.array([0.0, 0.1 * k, 0.0]) for k, bone in enumerate(BONES)}
MATERIAL = {"skin": {"pbrMetallicRoughness": {"baseColorTexture": {"index": "tile-cloth"}}}}


def triangle(name: str, morphs: dict[str, Any] | None = None, pivot: Any = None) -> Part:
    points = np.array([[0.0, 0, 0], [1, 0, 0], [0, 1, 0]])
    normals = np.tile([0.0, 0, 1], (3, 1))
    tris = np.array([[0, 1, 2]])
    return Part(
        name, "skin", points, normals, tris, points[:, :2], None, morphs or {}, rigid(3, "Head"), pivot
    )


@pytest.fixture
def document(tmp_path: Path) -> tuple[dict[str, Any], bytes]:
    moved = {"jawOpen": (np.tile([0.0, -1, 0], (3, 1)), None)}
    parts = [triangle("Skin", moved), triangle("LeftEye", pivot=np.array([0.03, 0.5, 0.0]))]
    path = tmp_path / "face.glb"
    path.write_bytes(
        glb.write(parts, MATERIAL, {"skin": b"RIFF1", "tile-cloth": b"RIFF23"}, JOINTS, {"id": "x"})
    )
    return glb_file.document(path), path.read_bytes()


def test_the_skeleton_is_a_chain_and_the_eye_hangs_from_the_head(document: Any) -> None:
    doc, _ = document
    above = glb_file.parents(doc)
    assert [above[bone] for bone in BONES[1:]] == list(BONES[:-1])
    assert above["LeftEye"] == "Head"
    eye = next(n for n in doc["nodes"] if n.get("name") == "LeftEye")
    assert np.allclose(eye["translation"], [0.03, 0.5 - JOINTS["Head"][1], 0])


def test_morphs_are_named_and_stored(document: Any) -> None:
    doc, data = document
    mesh = next(m for m in doc["meshes"] if m["name"] == "Skin")
    assert mesh["extras"]["targetNames"] == ["jawOpen"]
    accessor = doc["accessors"][mesh["primitives"][0]["targets"][0]["POSITION"]]
    start = 20 + struct.unpack_from("<I", data, 12)[0] + 8
    view = doc["bufferViews"][accessor["bufferView"]]
    found = np.frombuffer(data, "<f4", 9, start + view["byteOffset"]).reshape(3, 3)
    assert np.array_equal(found, np.tile([0, -1, 0], (3, 1)))


def test_textures_are_found_by_name_and_tiles_repeat(document: Any) -> None:
    doc, _ = document
    index = doc["materials"][0]["pbrMetallicRoughness"]["baseColorTexture"]["index"]
    texture = doc["textures"][index]
    assert doc["images"][texture["extensions"]["EXT_texture_webp"]["source"]]["name"] == "tile-cloth"
    assert doc["samplers"][texture["sampler"]]["wrapS"] == 10497


def test_joining_keeps_each_part_s_own_morphs() -> None:
    moved = {"jawOpen": (np.ones((3, 3)), None)}
    whole = join("Both", "skin", [triangle("a", moved), triangle("b")])
    assert whole.tris.tolist() == [[0, 1, 2], [3, 4, 5]]
    assert whole.morphs["jawOpen"][0][:3].min() == 1
    assert np.abs(whole.morphs["jawOpen"][0][3:]).max() == 0
