"""The skin's textures: albedo, normals and roughness, painted texel by texel in three dimensions.

Does not: make geometry. All is a function of the point on the face, so the atlas shows no seams.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageFilter

from tools.avatar import beard
from tools.avatar.bake import Raster
from tools.avatar.basemesh import Floats
from tools.avatar.brows import Brow
from tools.avatar.colour import encoded, layered, linear, noise, step
from tools.avatar.hairline import HAIRLINES
from tools.avatar.head import Head
from tools.avatar.person import Person, Shape
from tools.avatar.source import Assets

SIZE = 1024
_WARM = np.array([1.03, 0.80, 0.76])  # what blood under the skin does to its colour
_SHADE = np.array([0.76, 0.66, 0.62])


@dataclass(frozen=True)
class Landmarks:
    """Points of one face (metres)."""

    mouth: Floats
    nose: Floats
    chin: Floats
    eye: Floats  # the left one
    eye_radius: float

    @classmethod
    def of(cls, shape: Shape) -> Landmarks:
        """Read from the unsubdivided mesh."""
        body = shape.points[shape.base.vertices("body")]
        line = body[(np.abs(body[:, 0]) < 0.003) & (body[:, 2] > -0.03)]
        nose = line[line[:, 2].argmax()]
        below = line[(line[:, 1] < nose[1] - 0.012) & (line[:, 1] > nose[1] - 0.05)]
        teeth = shape.points[shape.base.vertices("helper-upper-teeth")]
        mouth = np.array([0.0, teeth[:, 1].min() + 0.002, below[:, 2].max()])
        chin = line[(line[:, 1] < mouth[1] - 0.015) & (line[:, 1] > mouth[1] - 0.045)]
        ball = shape.points[shape.base.vertices("helper-l-eye")]
        return cls(
            mouth,
            nose,
            chin[chin[:, 2].argmax()],
            shape.centre("helper-l-eye"),
            float(np.ptp(ball[:, 1])) / 2,
        )


class Masks:
    """The CC0 greyscale masks of MPFB, sampled at hm08 texture coordinates."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets

    def sample(self, name: str, uv: Floats, blur: float = 2.0) -> Floats:
        """Mask values 0-1 at uv (...,2), v up."""
        data = io.BytesIO(self._assets.read(f"mpfb2/textures/mpfb_{name}.jpg"))
        image = Image.open(data).convert("L").filter(ImageFilter.GaussianBlur(blur))
        grid = np.asarray(image, float) / 255
        x = np.clip(uv[..., 0] * grid.shape[1] - 0.5, 0, grid.shape[1] - 1.001)
        y = np.clip((1 - uv[..., 1]) * grid.shape[0] - 0.5, 0, grid.shape[0] - 1.001)
        c, r = x.astype(int), y.astype(int)
        fx, fy = x - c, y - r
        top = grid[r, c] * (1 - fx) + grid[r, c + 1] * fx
        return np.asarray(top * (1 - fy) + (grid[r + 1, c] * (1 - fx) + grid[r + 1, c + 1] * fx) * fy)


@dataclass(frozen=True)
class Textures:
    """uint8 images (s,s,3): albedo in sRGB; normal; surface = occlusion, roughness, metal."""

    albedo: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
    normal: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
    surface: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


class Painter:
    """Paints one person. Fields are (s,s) or (s,s,3) images over the atlas."""

    def __init__(
        self, person: Person, shape: Shape, head: Head, raster: Raster, sky: Floats, masks: Masks
    ) -> None:
        self.person = person
        self.marks = Landmarks.of(shape)
        self.raster = raster
        self.p = raster.sample(head.points)
        self.n = raster.sample(head.normals)
        self.uv = raster.sample(head.hm08)
        self.sky = raster.sample(sky[:, None])[..., 0]
        self.mirror = self.p * [0, 1, 1] + np.abs(self.p[..., :1]) * [1, 0, 0]
        # thin lids are lit from within; full occlusion there reads as a bruise
        socket = self._blob(self.marks.eye + np.array([0.0, 0.006, 0.008]), [0.024, 0.014, 0.03])
        self.sky = self.sky + 0.72 * socket * (1 - self.sky)
        self.hair = step(-0.007, 0.010, HAIRLINES[person.hair["style"]].field(self.p, 0.0018))
        self.lips = np.clip(masks.sample("lips", self.uv) * 1.25, 0, 1)
        self.inside = np.clip(masks.sample("inside-mouth", self.uv) * 1.4, 0, 1)
        self.ears = masks.sample("ears", self.uv, 4)
        self.lids = masks.sample("eyelids", self.uv, 4)
        self.contact = raster.sample(head.contact[:, None])[..., 0]
        self.beard = beard.density(person, self.p, self.marks.mouth, self.marks.nose, self.lips)
        self.colour = np.zeros_like(self.p)
        self.height = np.zeros(self.p.shape[:2])

    def paint(self) -> Textures:
        """The three images."""
        self.colour = np.broadcast_to(linear(self.person.skin["tone"]), self.p.shape).copy()
        self._flesh()
        self._features()
        self._wrinkles()
        self._lips_and_mouth()
        self._hair()
        shade = np.clip(0.42 + 0.68 * self.sky, 0, 1)
        self.colour *= shade[..., None] ** np.array([0.80, 1.0, 1.05])
        return Textures(encoded(self.colour), self._normals(), self._surface())

    def _blob(self, centre: Floats | list[float], radius: list[float]) -> Floats:
        return np.asarray(np.exp(-(((self.mirror - centre) / radius) ** 2).sum(-1)))

    def _tint(self, weight: Floats, colour: Floats) -> None:
        self.colour *= 1 - weight[..., None] * (1 - colour)

    def _mix(self, weight: Floats, colour: Floats) -> None:
        self.colour += np.clip(weight, 0, 1)[..., None] * (colour - self.colour)

    def _flesh(self) -> None:
        """Blood and pigment: broad patches, then mottling, then pores."""
        red, m = float(self.person.skin["red"]), self.marks
        seed = self.person.seed
        self._tint(red * 0.34 * self._blob([0.040, -0.036, 0.006], [0.026, 0.020, 0.05]), _WARM)
        self._tint(red * 0.34 * self._blob(m.nose, [0.014, 0.013, 0.02]), _WARM)
        self._tint(
            red * 0.20 * self._blob(m.nose + np.array([0.014, -0.004, -0.01]), [0.008, 0.009, 0.012]), _WARM
        )
        self._tint(red * 0.20 * self._blob(m.chin, [0.018, 0.013, 0.02]), _WARM)
        self._tint(red * 0.40 * np.clip(self.ears, 0, 1), _WARM)
        neck = step(m.chin[1] - 0.005, m.chin[1] - 0.06, self.p[..., 1])
        self._tint(0.10 * neck, np.array([0.95, 0.93, 0.90]))
        self.colour *= 1 + 0.06 * self._blob([0, 0.045, 0.02], [0.05, 0.025, 0.05])[..., None]
        patches = layered(self.p, 0.022, 3, seed)
        self._tint(red * 0.20 * np.clip(patches, 0, 1), _WARM)
        self._tint(0.09 * np.clip(-patches, 0, 1), np.array([0.86, 0.86, 0.88]))
        mottle = layered(self.p, 0.004, 3, seed + 9)
        self.colour *= 1 + mottle[..., None] * np.array([0.05, 0.085, 0.09])
        self.colour *= 1 + 0.045 * noise(self.p, 0.0007, seed + 12)[..., None]
        freckles = step(0.60, 0.80, noise(self.p, 0.0028, seed + 3)) * step(
            -0.2, 0.5, noise(self.p, 0.02, seed + 4)
        )
        where = self._blob([0.026, -0.026, 0.02], [0.045, 0.026, 0.06])
        self._tint(
            float(self.person.skin["freckles"]) * freckles * (0.25 + where), np.array([0.78, 0.64, 0.55])
        )

    def _features(self) -> None:
        """Eye sockets, lid edges, make-up, the ground tone below the brows."""
        eye, r = self.marks.eye, self.marks.eye_radius
        make = float(self.person.skin["makeup"])
        self._tint(
            (0.04 + 0.14 * make) * self._blob(eye + np.array([0, 0.010, 0.008]), [0.020, 0.008, 0.02]),
            _SHADE,
        )
        self._tint(
            0.16 * self._blob(eye + np.array([-0.016, -0.002, 0.008]), [0.007, 0.010, 0.012]), _SHADE
        )
        self._tint(
            (0.10 + 0.16 * self.person.skin["wrinkles"])
            * self._blob(eye + np.array([-0.004, -0.017, 0.010]), [0.016, 0.006, 0.02]),
            _SHADE,
        )
        self._tint((0.04 + 0.18 * make) * np.clip(self.lids, 0, 1), _SHADE)
        away = np.linalg.norm(self.mirror - eye, axis=-1) - r
        front = step(-0.002, 0.004, self.p[..., 2] - eye[2])
        upper = step(-0.002, 0.002, self.p[..., 1])
        rim = front * step(0.0030, 0.0008, away)
        self._mix(
            0.45 * rim,
            linear([176, 104, 92])
            * (0.35 + 0.65 * linear(self.person.skin["tone"]) / linear([222, 178, 154])),
        )
        liner = front * step(0.0046, 0.0022, away) * upper
        self._mix((0.40 + 0.45 * make) * liner, linear([40, 26, 22]))
        brow = Brow.of(self.person).shadow(self.mirror, self.marks.eye)
        self._mix(0.46 * brow * step(0.0, 0.01, self.p[..., 2] + 0.02), linear(self.person.brows["colour"]))

    def _wrinkles(self) -> None:
        """Lines that come with age: forehead, outer eye corner, below the eye. Height in metres."""
        age, p = float(self.person.skin["wrinkles"]), self.p
        wave = p[..., 1] + 0.0025 * noise(p, 0.03, 41) + 0.03 * np.abs(p[..., 0]) ** 1.6
        forehead = np.exp(-(((np.mod(wave, 0.0105) - 0.005) / 0.0009) ** 2)) * self._blob(
            [0, 0.046, 0.02], [0.036, 0.013, 0.05]
        )
        forehead = forehead * step(-0.7, 0.3, noise(p, [0.02, 0.008, 0.02], 43))
        corner = self.mirror - (self.marks.eye + np.array([0.020, -0.001, 0.0]))
        angle, far = (
            np.arctan2(corner[..., 1], np.maximum(corner[..., 0], 1e-6)),
            np.hypot(corner[..., 0], corner[..., 1]),
        )
        rays = np.exp(-(((np.mod(angle + 0.25 * noise(p, 0.01, 44), 0.42) - 0.21) / 0.07) ** 2))
        crow = (
            rays
            * step(0.002, 0.005, far)
            * step(0.018, 0.008, far)
            * step(0.0, 0.004, corner[..., 0])
            * (np.abs(angle) < 1.0)
        )
        lines = age * (0.8 * forehead + 0.8 * crow)
        self.height -= 0.00035 * lines
        self._tint(0.20 * np.clip(lines, 0, 1), _SHADE)
        self.height += 0.00010 * layered(p, 0.0017, 2, 50) * (1 - self.lips)
        self.height += 0.00006 * (0.3 + age) * layered(p * [1, 2.2, 1], 0.006, 3, 54)
        pores = step(0.35, 0.8, noise(p, 0.0008, 51)) * (
            0.4 + self._blob([0.022, -0.03, 0.03], [0.03, 0.02, 0.04])
        )
        self.height -= 0.00006 * pores
        self.colour *= 1 - 0.06 * pores[..., None]

    def _lips_and_mouth(self) -> None:
        colour = linear(self.person.skin["lips"])
        line = np.abs(noise(self.p, [0.0013, 0.02, 0.02], 61))
        self._mix(self.lips * 0.82, colour * (0.86 + 0.20 * line[..., None]))
        self._tint(0.85 * self.contact, np.array([0.30, 0.20, 0.20]))
        self.height += 0.00020 * self.lips * (line - 0.5)
        deep = step(self.marks.mouth[2] - 0.006, self.marks.mouth[2] - 0.024, self.p[..., 2])
        flesh = linear([84, 26, 25])[None, None] * (1 - 0.93 * deep[..., None])
        self._mix(self.inside, flesh)

    def _hair(self) -> None:
        """Beard shadow and the scalp under the hair."""
        beard.paint(self.person, self.p, self.beard, self.colour)
        colour = linear(self.person.hair["colour"]) * float(self.person.hair.get("scalp_shade", 0.5))
        streak = 0.8 + 0.3 * noise(self.p, [0.0016, 0.012, 0.0016], 71)
        cover = float(self.person.hair.get("scalp", 0.93))
        self._mix(cover * self.hair, colour[None, None] * streak[..., None])
        self.height += 0.00015 * self.hair * noise(self.p, [0.0012, 0.01, 0.0012], 72)

    def _normals(self) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        dv, du = np.gradient(self.height)
        per_u = np.linalg.norm(np.gradient(self.p, axis=1), axis=-1)
        per_v = np.linalg.norm(np.gradient(self.p, axis=0), axis=-1)
        sane = (per_u < 0.002) & (per_v < 0.002) & (self.raster.tri >= 0)
        x = np.where(sane, -du / np.maximum(per_u, 1e-5), 0)
        y = np.where(sane, dv / np.maximum(per_v, 1e-5), 0)
        n = np.stack([np.clip(x, -0.7, 0.7), np.clip(y, -0.7, 0.7), np.ones_like(x)], -1)
        n /= np.linalg.norm(n, axis=-1, keepdims=True)
        return np.round(n * 127.5 + 127.5).astype(np.uint8)

    def _surface(self) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        rough = 0.60 + 0.05 * layered(self.p, 0.008, 2, 81)
        rough -= 0.10 * self._blob([0, 0.04, 0.03], [0.03, 0.025, 0.04]) + 0.12 * self._blob(
            self.marks.nose, [0.012, 0.02, 0.03]
        )
        rough -= 0.08 * self._blob([0.034, -0.02, 0.015], [0.014, 0.012, 0.03])
        # So would the pores on the side of the nose, which stands steep to the light.
        beside = (self.marks.eye + self.marks.nose) / 2
        rough += 0.35 * self._blob(beside, [0.009, 0.016, 0.03])
        # Rounded lips push the skin above them forward; smooth skin would flash there.
        rough += 0.25 * self._blob(self.marks.mouth + np.array([0.0, 0.012, 0.0]), [0.030, 0.011, 0.03])
        gloss = 0.46 - 0.16 * float(self.person.skin["lip_gloss"])
        rough += self.lips * (gloss - rough)
        rough += np.maximum(self.hair, 0.4 * self.beard) * (1.0 - rough)
        # A wet seam would flash beside closed lips.
        rough += np.clip(self.inside * 1.5 + self.contact, 0, 1) * (0.95 - rough)
        occlusion = np.clip(0.15 + 0.95 * self.sky, 0, 1) * (1 - 0.8 * self.inside)
        image = np.stack([occlusion, np.clip(rough, 0.2, 1), np.zeros_like(rough)], -1)
        return np.round(image * 255).astype(np.uint8)
