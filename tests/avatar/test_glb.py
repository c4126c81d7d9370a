"""The committed interviewers keep their promises: names, nodes, budgets, nothing fetched from elsewhere."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.avatar import glb_file

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "web" / "public" / "avatars"
MANIFEST: dict[str, Any] = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
PEOPLE = [person["id"] for person in MANIFEST["persons"]]
VISEMES = {"sil", "PP", "FF", "TH", "DD", "kk", "CH", "SS", "nn", "RR", "aa", "E", "I", "O", "U"}
MOODS = {"neutral", "warm", "serious", "encouraging", "calming"}
PAIRED = [
    "browDown",
    "browOuterUp",
    "cheekSquint",
    "eyeBlink",
    "eyeLookDown",
    "eyeLookIn",
    "eyeLookOut",
    "eyeLookUp",
    "eyeSquint",
    "eyeWide",
    "mouthDimple",
    "mouthFrown",
    "mouthLowerDown",
    "mouthPress",
    "mouthSmile",
    "mouthStretch",
    "mouthUpperUp",
    "noseSneer",
]
SINGLE = [
    "browInnerUp",
    "cheekPuff",
    "jawForward",
    "jawLeft",
    "jawOpen",
    "jawRight",
    "mouthClose",
    "mouthFunnel",
    "mouthLeft",
    "mouthPucker",
    "mouthRight",
    "mouthRollLower",
    "mouthRollUpper",
    "mouthShrugLower",
    "mouthShrugUpper",
    "tongueOut",
]
ARKIT = {*SINGLE, *(name + side for name in PAIRED for side in ("Left", "Right"))}


@pytest.fixture(scope="module", params=PEOPLE)
def face(request: pytest.FixtureRequest) -> dict[str, Any]:
    return glb_file.document(FOLDER / f"{request.param}.glb")


def names(doc: dict[str, Any]) -> list[set[str]]:
    return [set(m["extras"]["targetNames"]) for m in doc["meshes"] if "targetNames" in m.get("extras", {})]


def test_there_are_two_women_and_two_men() -> None:
    assert len(ARKIT) == 52
    assert sorted(p["gender"] for p in MANIFEST["persons"]) == ["female", "female", "male", "male"]
    assert {f.stem for f in FOLDER.glob("*.glb")} == set(PEOPLE)


def test_the_face_has_every_arkit_morph(face: dict[str, Any]) -> None:
    found = names(face)
    assert max(found, key=len) == ARKIT
    assert all(some <= ARKIT for some in found)


def test_names_match_the_targets(face: dict[str, Any]) -> None:
    for mesh in face["meshes"]:
        listed = mesh.get("extras", {}).get("targetNames", [])
        assert all(len(p.get("targets", [])) == len(listed) for p in mesh["primitives"])


def test_teeth_and_lashes_follow(face: dict[str, Any]) -> None:
    others = sorted(names(face), key=len)[:-1]
    assert any("jawOpen" in some and "eyeBlinkLeft" not in some for some in others)
    assert any("eyeBlinkLeft" in some and "browInnerUp" in some for some in others)


def test_head_neck_and_eyes_can_be_turned(face: dict[str, Any]) -> None:
    above = glb_file.parents(face)
    assert above["LeftEye"] == above["RightEye"] == "Head"
    assert (above["Head"], above["Neck"], above["Spine"]) == ("Neck", "Spine", "Hips")


def test_budgets(face: dict[str, Any]) -> None:
    assert glb_file.triangles(face) <= 50_000
    assert glb_file.morphed_vertices(face) <= 12_000
    assert len(glb_file.primitives(face)) <= 12


@pytest.mark.parametrize("person", PEOPLE)
def test_files_are_small(person: str) -> None:
    assert (FOLDER / f"{person}.glb").stat().st_size <= 2_000_000
    assert (FOLDER / f"{person}.webp").stat().st_size <= 60_000


@pytest.mark.parametrize("person", MANIFEST["persons"], ids=PEOPLE)
def test_files_named_in_the_manifest_exist(person: dict[str, Any]) -> None:
    assert (FOLDER / person["file"]).is_file()
    portrait = (FOLDER / person["portrait"]).read_bytes()
    assert portrait[:4] == b"RIFF"
    assert portrait[8:12] == b"WEBP"


def test_nothing_is_fetched_from_elsewhere(face: dict[str, Any]) -> None:
    images = face["images"]
    assert images
    assert all("uri" not in image and image["mimeType"] == "image/webp" for image in images)
    # meshopt's fallback buffer has no bytes and no address; every other buffer is the file itself
    assert all("uri" not in buffer for buffer in face["buffers"])
    assert "EXT_meshopt_compression" in face["extensionsRequired"]
    assert "CC0" in face["scenes"][0]["extras"]["source"]


def test_tables_name_only_arkit_morphs() -> None:
    assert set(MANIFEST["visemes"]) == VISEMES
    assert set(MANIFEST["moods"]) == MOODS
    for table in (*MANIFEST["visemes"].values(), *MANIFEST["moods"].values()):
        assert set(table) <= ARKIT
        assert all(0 < weight <= 1 for weight in table.values())


def test_closures_close_and_vowels_open() -> None:
    jaw = {name: weights.get("jawOpen", 0.0) for name, weights in MANIFEST["visemes"].items()}
    assert jaw["PP"] < 0.05 < jaw["FF"] < jaw["E"] < jaw["aa"]
    assert MANIFEST["visemes"]["sil"] == {}


def test_each_person_speaks_both_languages() -> None:
    pattern = {"en": re.compile(r"espeak:en(-us)?\+[fm]\d"), "tr": re.compile(r"espeak:tr\+[fm]\d")}
    for person in MANIFEST["persons"]:
        assert set(person["about"]) == {"en", "tr"}
        for language, voice in person["voices"].items():
            assert pattern[language].fullmatch(voice)
            assert voice[voice.index("+") + 1] == person["gender"][0]


def test_the_manifest_was_built_from_these_tables() -> None:
    people = tomllib.loads((ROOT / "tools" / "avatar" / "people.toml").read_text(encoding="utf-8"))[
        "person"
    ]
    assert [p["id"] for p in people] == PEOPLE
    assert [p["voices"] for p in people] == [p["voices"] for p in MANIFEST["persons"]]
