"""The order of work for one person: shape, skin, mouth, eyes, fringe, hair, clothes, then textures and GLB.

Does not: compress (`compress`) nor write the manifest (`manifest`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from tools.avatar import (
    bake,
    eyes,
    fringe,
    glb,
    hair,
    hairpaint,
    hairsheet,
    hairstyles,
    mouth,
    skin,
    trinkets,
    weave,
    webp,
)
from tools.avatar import head as heads
from tools.avatar.basemesh import Base, Floats, Targets, bone_weights, load
from tools.avatar.clothes import Wardrobe
from tools.avatar.neck import Neck
from tools.avatar.part import Part
from tools.avatar.person import Person, Shape, shape
from tools.avatar.scalp import Scalp
from tools.avatar.source import Assets


@dataclass(frozen=True)
class Workshop:
    """What all persons share."""

    assets: Assets
    base: Base
    targets: Targets
    bones: dict[str, Floats]

    @classmethod
    def open(cls, assets: Assets) -> Workshop:
        """Reads the base mesh and the bone weights."""
        base = load(assets)
        count = len(base.points)
        return cls(assets, base, Targets(assets, count), bone_weights(assets, count))


def person_glb(workshop: Workshop, person: Person) -> bytes:
    """The uncompressed GLB of one person."""
    body = shape(person, workshop.base, workshop.targets, workshop.bones)
    head = heads.build(body)
    masks = skin.Masks(workshop.assets)
    scalp = Scalp(head, masks.sample("ears", head.hm08, 4), person.hair["style"])
    sheets = hairstyles.sheets(person.hair["style"], scalp)
    locks = hair.build(person, sheets, (head.points, head.tris))
    wardrobe = Wardrobe(person, body, Neck(body, head))
    cloth = wardrobe.dress((head.points, head.tris))
    parts = [
        Part(
            "Skin",
            "skin",
            head.points,
            head.normals,
            head.tris,
            head.atlas,
            None,
            dict(head.morphs),
            head.weights,
        ),
        mouth.build(person, body, head),
        *eyes.build(body),
        locks,
        cloth,
    ]
    extra = trinkets.build(person, head, wardrobe)
    parts += [extra] if extra else []
    parts.append(fringe.build(person, body, head))
    images = _images(person, body, head, [locks, cloth], masks) | _hair_images(person, sheets)
    about = {"id": person.id, "name": person.name, "source": glb.SOURCE}
    return glb.write(parts, _materials(person, [p.material for p in parts]), images, _joints(body), about)


def _images(
    person: Person, body: Shape, head: heads.Head, covers: list[Part], masks: skin.Masks
) -> dict[str, bytes]:
    rng = np.random.default_rng(person.seed)
    blockers = [bake.scatter(head.points, head.tris, 190_000, rng)]
    blockers += [bake.scatter(p.points, p.tris, 130_000, rng) for p in covers]
    sky = bake.openness(head.points, head.normals, np.concatenate(blockers), 128)
    raster = bake.rasterise(head.atlas, head.tris, skin.SIZE)
    painted = skin.Painter(person, body, head, raster, sky, masks).paint()
    cloth, cloth_normal = weave.paint()
    return {
        "skin": webp.encode(painted.albedo, 90),
        "skin-normal": webp.encode(painted.normal, 86),
        "skin-surface": webp.encode(painted.surface, 75, 512),
        "eye": webp.encode(eyes.paint(person), 88),
        "fringe": webp.encode(fringe.paint(person), 70),
        "tile-weave": webp.encode(cloth, 95),
        "tile-weave-normal": webp.encode(cloth_normal, 92),
    }


def _hair_images(person: Person, sheets: list[hairsheet.HairSheet]) -> dict[str, bytes]:
    strands = person.hair.get("contrast", 0.55), person.hair.get("clumps", 0.35)
    images = hairpaint.paint(sheets, person.seed, *(float(s) for s in strands))
    return {
        "hair": webp.encode(images.strands, 60, alpha=50),
        "hair-normal": webp.encode(images.normal, 70),
    }


def _joints(body: Shape) -> dict[str, Floats]:
    spine, neck, head = (body.centre(f"joint-{n}") for n in ("spine-1", "neck", "head"))
    return {"Hips": spine - [0, 0.12, 0], "Spine": spine, "Neck": neck, "Head": head}


def _materials(person: Person, used: list[str]) -> dict[str, dict[str, Any]]:
    """glTF materials by name; only those that a part uses."""

    def plain(rough: float, **more: Any) -> dict[str, Any]:
        return {"pbrMetallicRoughness": {"roughnessFactor": rough, "metallicFactor": 0.0, **more}}

    skin_maps = {
        "baseColorTexture": {"index": "skin"},
        "metallicRoughnessTexture": {"index": "skin-surface"},
    }
    shine = [1.0, 0.86, 0.74] if float(person.hair.get("grey", 0)) < 0.3 else [1.0, 1.0, 1.0]
    hair_shine = {"KHR_materials_specular": {"specularFactor": 0.14, "specularColorFactor": shine}}
    table: dict[str, dict[str, Any]] = {
        "skin": plain(1.0, **skin_maps)
        | {"normalTexture": {"index": "skin-normal"}, "occlusionTexture": {"index": "skin-surface"}},
        "mouth": plain(0.40)
        | {"doubleSided": True, "extensions": {"KHR_materials_specular": {"specularFactor": 0.45}}},
        "eye": plain(0.06, baseColorTexture={"index": "eye"}),
        "hair": plain(0.62, baseColorTexture={"index": "hair"})
        | {
            "alphaMode": "MASK",
            "alphaCutoff": hairsheet.CUTOFF,
            "doubleSided": True,
            "extensions": hair_shine,
        }
        | {"normalTexture": {"index": "hair-normal"}},
        "cloth": plain(0.9, baseColorTexture={"index": "tile-weave"})
        | {"normalTexture": {"index": "tile-weave-normal", "scale": 0.6}, "doubleSided": True},
        "polish": plain(0.24) | {"doubleSided": True},
        "fringe": plain(1.0, baseColorTexture={"index": "fringe"})
        | {
            "alphaMode": "BLEND",
            "doubleSided": True,
            "extensions": {"KHR_materials_specular": {"specularFactor": 0.1}},
        },
    }
    return {name: material for name, material in table.items() if name in used}
