"""Hair as layers: each sheet of a style becomes a closed surface and thinner ones above it that show only
the higher strands, so that the outline is soft and no card stands off.

Does not: decide how a style falls (`hairstyles`) nor paint strands (`hairpaint`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.avatar import bake, surface
from tools.avatar.basemesh import Floats
from tools.avatar.colour import linear, noise, step
from tools.avatar.hairsheet import HairSheet, graded, unit
from tools.avatar.part import Part, join, rigid
from tools.avatar.person import Person
from tools.avatar.surface import Mesh

# Light from the front and above, seen from the front: where the sheen of the strands lies.
_SHEEN = np.array([-0.20, 0.68, 0.705])
_FUR = ((0.30, 0.62), (0.62, 0.38), (1.0, 0.16))  # place within the fluff; share of strands that reach it


def build(person: Person, sheets: list[HairSheet], skin: tuple[Floats, NDArray[np.int64]]) -> Part:
    """The part named Hair, material "hair"."""
    rng = np.random.default_rng(person.seed)
    blockers = [bake.scatter(*skin, 120_000, rng)]
    for sheet in sheets:
        mesh = sheet.mesh(sheet.at())
        blockers.append(bake.scatter(mesh.points, mesh.tris, 160_000 // len(sheets), rng))
    covered = np.concatenate(blockers)
    pieces = [piece for sheet in sheets for piece in _layers(person, sheet, covered)]
    return join("Hair", "hair", pieces)


def _layers(person: Person, sheet: HairSheet, blockers: Floats) -> list[Part]:
    colour = _colour(person, sheet, blockers)
    fade = sheet.fade
    pieces = []
    if sheet.lining:
        inner = sheet.extra["lining"]
        pieces.append(_layer(sheet, inner, colour * 0.55, fade, sheet.inside))
    pieces.append(_layer(sheet, sheet.at(), colour * 0.92, fade, sheet.inside))
    for place, share in _FUR:
        thinned = fade / graded(np.ones(1)) * graded(np.array(share))
        shade = colour * (0.96 + 0.10 * place)
        pieces.append(_layer(sheet, sheet.at(place), shade, thinned, sheet.inside))
    return pieces


def _layer(sheet: HairSheet, points: Floats, colour: Floats, alpha: Floats, inside: Floats) -> Part:
    """One cut layer; its normals are smooth over seams."""
    mesh = sheet.mesh(points)
    normals = surface.normals(mesh.points, mesh.tris)
    normals = _seamless(normals.reshape(points.shape), sheet).reshape(-1, 3)
    rgba = np.concatenate([colour.reshape(-1, 3), np.clip(alpha, 0, 1).reshape(-1, 1)], 1)
    columns = np.concatenate([mesh.points, normals, rgba], 1)
    cut = surface.clip(Mesh(columns, mesh.tris, mesh.uvs, mesh.weld), inside.ravel())
    out = cut.points[:, 3:6] / np.linalg.norm(cut.points[:, 3:6], axis=1, keepdims=True)
    weights = rigid(len(cut.points), "Head")
    return Part("", "hair", cut.points[:, :3], out, cut.tris, cut.uvs, cut.points[:, 6:], weights=weights)


def _seamless(normals: Floats, sheet: HairSheet) -> Floats:
    if np.allclose(sheet.skin[:, 0], sheet.skin[:, -1]):
        both = normals[:, 0] + normals[:, -1]
        both /= np.maximum(np.linalg.norm(both, axis=1, keepdims=True), 1e-9)
        normals[:, 0], normals[:, -1] = both, both
        normals[0] = sheet.normals[0].mean(0)
    return normals


def _colour(person: Person, sheet: HairSheet, blockers: Floats) -> Floats:
    """Linear colour (rows, columns, 3): tone, occlusion, and a baked sheen."""
    root, tip = linear(person.hair["colour"]), linear(person.hair["tip"])
    points = sheet.at()
    patch = np.clip(0.5 + 0.5 * noise(points, 0.018, person.seed), 0, 1)[..., None]
    colour = (root + patch * (tip - root)) * sheet.tone
    flat, out = points.reshape(-1, 3), sheet.normals.reshape(-1, 3)
    sky = bake.openness(flat, out, blockers, 64, cell=0.0030, gap=0.0040).reshape(sheet.lift.shape)
    floor = float(person.hair.get("occlusion_floor", 0.30))
    shade = np.clip(floor + (1.1 - floor) * sky, 0, 1)[..., None]
    bright = _sheen(person, sheet)[..., None]
    thin = (0.30 * step(0.010, -0.004, sheet.inside))[..., None]  # the scalp between the last hairs
    colour = (colour + thin * (0.55 * linear(person.skin["tone"]) - colour)) * shade
    return np.asarray(colour + bright * np.minimum(1.3 * colour + 0.006, 0.08))


def _sheen(person: Person, sheet: HairSheet) -> Floats:
    """How strongly each point catches the light: Kajiya and Kay's highlight, baked."""
    wave = noise(sheet.skin, [0.006, 0.03, 0.006], person.seed + 7)[..., None]
    along = unit(sheet.flow + 0.12 * wave * sheet.normals)
    across = np.sqrt(np.clip(1 - (along @ _SHEEN) ** 2, 0, 1))
    facing = np.clip((sheet.normals @ _SHEEN) * 1.5 + 0.1, 0, 1)
    return np.asarray((0.6 * across**18 + 0.4 * across**5) * facing)
