"""The skin mesh: head, neck and the chest that an open collar shows, refined where the face is seen.

Does not: paint it (`skin`). Morph targets and bone weights are subdivided with the positions.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tools.avatar import lips, surface
from tools.avatar.basemesh import Floats, Ints
from tools.avatar.part import BONES
from tools.avatar.person import Shape

_CHEST = -0.265  # lowest skin that any garment here leaves open
_LONG_EDGE = 0.0052  # quads with longer sides are split where the camera looks


@dataclass(frozen=True)
class Head:
    """points, normals (n,3); tris (t,3); hm08 (n,2) and atlas (n,2) texture coordinates; weld ids (n,)."""

    points: Floats
    normals: Floats
    tris: Ints
    hm08: Floats
    atlas: Floats
    weld: Ints
    morphs: dict[str, tuple[Floats, Floats]]
    weights: Floats
    contact: Floats  # 0-1 (n,), 1 on the line where the closed lips meet


def build(shape: Shape) -> Head:
    """The refined skin with its 52 shapes."""
    base = shape.base
    body = base.of("body")
    middle = shape.points[base.quads[body]].mean(1)
    keep = (middle[:, 1] > _CHEST) & (np.abs(middle[:, 0]) < 0.105)
    keep &= (
        base.uvs[base.quad_uvs[body]].mean(1)[:, 0] > 0.175
    )  # the islands left of it line the eye sockets
    faces = body[keep]
    used, quads = np.unique(base.quads[faces], return_inverse=True)
    quads = quads.reshape(-1, 4)
    columns = [shape.points[used], *(m[used] for m in shape.morphs.values()), _weights(shape)[used]]
    values, tris, origin = surface.adaptive(np.concatenate(columns, 1), quads, _split(columns[0], quads))
    jaw = 3 + 3 * list(shape.morphs).index("jawOpen")
    values[:, :3] += lips.seal(values[:, :3], values[:, jaw : jaw + 3])
    contact = lips.contact(values[:, :3], values[:, jaw : jaw + 3])
    corner_uvs = _corner_uvs(base.uvs[base.quad_uvs[faces]], origin)
    return _assemble(shape, values, tris, corner_uvs, contact)


def _weights(shape: Shape) -> Floats:
    """MakeHuman's 163 bones gathered into ours (n,4)."""
    bones = shape.bones
    neck = sum((bones[f"neck0{k}"] for k in (1, 2, 3)), start=np.zeros(len(shape.points)))
    trunk = [
        w for b, w in bones.items() if b.startswith(("spine", "clavicle", "shoulder", "upperarm", "breast"))
    ]
    spine = np.sum(trunk, axis=0)
    weights = np.stack([0 * spine, spine, neck, np.clip(1 - spine - neck, 0, 1)], 1)
    return np.asarray(weights / weights.sum(1, keepdims=True))


def _split(points: Floats, quads: Ints) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    corners = points[quads]
    longest = np.linalg.norm(corners - np.roll(corners, -1, axis=1), axis=2).max(1)
    c = corners.mean(1)
    face = (c[:, 1] > -0.125) & (c[:, 1] < 0.075) & (c[:, 2] > -0.075)
    mouth_bag = (np.abs(c[:, 0]) < 0.03) & (c[:, 2] < 0.008) & (c[:, 1] < -0.04) & (c[:, 1] > -0.085)
    ear = (np.abs(c[:, 0]) > 0.066) & (c[:, 1] > -0.06) & (c[:, 1] < 0.03) & (c[:, 2] > -0.125)
    jaw = (c[:, 1] > -0.15) & (c[:, 1] <= -0.1) & (c[:, 2] > -0.06)
    return np.asarray(((face & (longest > _LONG_EDGE)) | (ear & (longest > 0.004)) | jaw) & ~mouth_bag)


def _corner_uvs(quad_uvs: Floats, origin: Ints) -> Floats:
    """Texture coordinates (t,3,2) of triangle corners from their place in the source quads."""
    corners = quad_uvs[origin[..., 0]]
    after = np.roll(quad_uvs, -1, axis=1)[origin[..., 0]]
    code = origin[..., 1]
    k = np.minimum(code, 7) % 4
    here = np.take_along_axis(corners, k[..., None, None], axis=2)[..., 0, :]
    there = np.take_along_axis(after, k[..., None, None], axis=2)[..., 0, :]
    edge = (code >= 4)[..., None]
    uv = np.where(edge, (here + there) / 2, here)
    return np.where((code == 8)[..., None], corners.mean(2), uv)


def _assemble(shape: Shape, values: Floats, tris: Ints, corner_uvs: Floats, contact: Floats) -> Head:
    key = np.concatenate(
        [tris.reshape(-1, 1), np.round(corner_uvs.reshape(-1, 2) * 1e6).astype(np.int64)], 1
    )
    unique, first, index = np.unique(key, axis=0, return_index=True, return_inverse=True)
    at, uvs = unique[:, 0], corner_uvs.reshape(-1, 2)[first]
    points = values[:, :3]
    flat = surface.normals(points, tris)
    morphs = {}
    for k, name in enumerate(shape.morphs):
        offset = values[:, 3 + 3 * k : 6 + 3 * k]
        turned = surface.normals(points + offset, tris) - flat
        morphs[name] = (offset[at], turned[at])
    weights = np.clip(values[:, -len(BONES) :], 0, 1)[at]
    return Head(
        points[at],
        flat[at],
        index.reshape(-1, 3),
        uvs,
        atlas(uvs),
        at,
        morphs,
        weights / weights.sum(1, keepdims=True),
        contact[at],
    )


def atlas(uv: Floats) -> Floats:
    """hm08 texture coordinates to ours (v down): the face gets most texels, the skull few.

    Left 72 %: the head island, warped. Right 28 %: chest and mouth cavity.
    """
    u, v = uv[:, 0], uv[:, 1]
    head_x = np.interp(u, [0.62, 0.76, 0.80, 0.94, 1.0], [0.0, 0.13, 0.25, 0.88, 1.0]) * 0.715
    head_y = np.interp(v, [0.13, 0.33, 0.42, 0.55, 0.64, 0.84], [0.0, 0.10, 0.30, 0.70, 0.90, 1.0])
    out = np.stack([head_x, head_y], 1)
    boxes = [
        ((0.20, 0.60, 0.68, 1.0), (0.73, 0.01, 0.99, 0.46)),
        ((0.74, 0.94, 0.0, 0.148), (0.73, 0.50, 0.99, 0.80)),
    ]
    for (u0, u1, v0, v1), (x0, y0, x1, y1) in boxes:
        inside = (u >= u0) & (u < u1) & (v >= v0) & (v < v1)
        out[inside, 0] = x0 + (u[inside] - u0) / (u1 - u0) * (x1 - x0)
        out[inside, 1] = y0 + (v[inside] - v0) / (v1 - v0) * (y1 - y0)
    return out
