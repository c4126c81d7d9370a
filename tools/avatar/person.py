"""One interviewer's parameters (people.toml) and the shape that they give the base mesh.

Does not: make meshes or textures. `Shape` is in metres; its origin lies midway between the eyes, x to the
person's left, y up, z forward.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from tools.avatar.basemesh import Base, Floats, Targets

_METRES = 0.1  # the base mesh is in decimetres
_YOUNG, _OLD = 25.0, 90.0  # what MakeHuman's "young" and "old" stand for
_ARM = ("upperarm", "lowerarm", "wrist", "metacarpal", "finger")
_DROP = np.radians(33.0)  # from MakeHuman's A-pose to arms at rest


@dataclass(frozen=True)
class Person:
    """A row of people.toml; see that file for what each table holds."""

    id: str
    name: str
    gender: str
    age: float
    seed: int
    about: dict[str, str]
    voices: dict[str, str]
    origin: dict[str, float]
    build: dict[str, float]
    targets: dict[str, float]
    skin: dict[str, Any]
    eyes: dict[str, Any]
    brows: dict[str, Any]
    hair: dict[str, Any]
    clothes: dict[str, Any]
    beard: dict[str, Any] = field(default_factory=dict)
    rest: dict[str, float] = field(default_factory=dict)


def load_people(path: Path) -> list[Person]:
    """Every [[person]] of the file, in its order. Raises TypeError when a key is missing or unknown."""
    return [Person(**row) for row in tomllib.loads(path.read_text())["person"]]


@dataclass(frozen=True)
class Shape:
    """The shaped base mesh: points (n,3) and morphs name -> offsets (n,3), in metres."""

    base: Base
    points: Floats
    morphs: dict[str, Floats]
    bones: dict[str, Floats]

    def centre(self, group: str) -> Floats:
        """The middle of a group's bounding box (joint cubes, eyeballs)."""
        points = self.points[self.base.vertices(group)]
        return np.asarray((points.min(0) + points.max(0)) / 2)


def _macro(person: Person) -> list[tuple[str, float]]:
    old = float(np.clip((person.age - _YOUNG) / (_OLD - _YOUNG), 0, 1))
    weights = []
    for age, share in (("young", 1 - old), ("old", old)):
        for origin, part in person.origin.items():
            weights.append((f"macrodetails/{origin}-{person.gender}-{age}", share * part))
        for muscle, m in _levels(person.build.get("muscle", 0.5), "muscle"):
            for weight, w in _levels(person.build.get("weight", 0.5), "weight"):
                name = f"{person.gender}-{age}-{muscle}-{weight}"
                weights.append((f"macrodetails/universal-{name}", share * m * w))
                ideal = f"macrodetails/proportions/{name}-idealproportions"
                weights.append((ideal, share * m * w * person.build.get("ideal", 0.5)))
    return [(name, weight) for name, weight in weights if weight > 0]


def _levels(value: float, kind: str) -> list[tuple[str, float]]:
    """A 0-1 value as shares of MakeHuman's min, average and max."""
    low, high = max(0.0, 1 - 2 * value), max(0.0, 2 * value - 1)
    return [(f"min{kind}", low), (f"average{kind}", 1 - low - high), (f"max{kind}", high)]


def shape(person: Person, base: Base, targets: Targets, bones: dict[str, Floats]) -> Shape:
    """The person's own mesh, arms lowered, in metres, with the face units."""
    points = base.points.copy()
    for name, weight in _macro(person) + _sides(person.targets):
        points += weight * targets.shape(name)
    points = _lower_arms(points, base, bones)
    eyes = [points[base.vertices(f"helper-{s}-eye")] for s in "lr"]
    origin = np.mean([(e.min(0) + e.max(0)) / 2 for e in eyes], axis=0)
    morphs = {}
    for name, offset in targets.face_units().items():
        rest = person.rest.get(name.removesuffix("Left").removesuffix("Right"), 0.0)
        points = points + rest * offset
        morphs[name] = (1 - rest) * offset * _METRES
    return Shape(base, (points - origin) * _METRES, morphs, bones)


def _sides(targets: dict[str, float]) -> list[tuple[str, float]]:
    """A "*" in a target's name stands for both sides ("eyes/*-eye-bag-incr")."""
    both = [(n.replace("*", side), w) for n, w in targets.items() if "*" in n for side in "lr"]
    return [(n, w) for n, w in targets.items() if "*" not in n] + both


def _lower_arms(points: Floats, base: Base, bones: dict[str, Floats]) -> Floats:
    out = points.copy()
    for side, sign in (("L", 1.0), ("R", -1.0)):
        cube = points[base.vertices(f"joint-{side.lower()}-shoulder")]
        pivot = cube.mean(0)
        weight = sum(
            (w for b, w in bones.items() if b.startswith(_ARM) and b.endswith(side)), start=0 * points[:, 0]
        )
        angle = -sign * _DROP
        turn = np.array(
            [[np.cos(angle), -np.sin(angle), 0], [np.sin(angle), np.cos(angle), 0], [0.0, 0.0, 1.0]]
        )
        out += np.clip(weight, 0, 1)[:, None] * ((points - pivot) @ turn.T + pivot - points)
    return out
