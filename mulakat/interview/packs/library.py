"""Reads question packs, shipped and one's own, and finds the one that fits what a candidate typed.

Does not: judge their style (`lint`), or choose questions (`interview.agenda`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

import yaml
from pydantic import ValidationError

from mulakat.errors import PackError
from mulakat.interview.packs.near import likeness
from mulakat.interview.packs.schema import Competency, Pack, Question
from mulakat.messages import Language

GENERAL = "general"
MAX_BYTES = 2_000_000

_ALSO = {
    "customer_service": ("call center", "help desk", "yardım masası"),
    "data_ai": ("machine learning", "artificial intelligence", "statistician", "istatistikçi"),
    "education": ("school", "okul", "teacher", "öğretmen", "lecturer", "tutor", "akademisyen"),
    "engineering": ("engineer", "mühendis"),
    "finance": ("bank", "banka", "bankacı", "muhasebeci", "mali müşavir", "auditor", "denetçi"),
    GENERAL: ("project manager", "proje yöneticisi", "product manager", "technician", "teknisyen"),
    "health": ("nurse", "doctor", "doktor", "surgeon", "cerrah", "dentist", "diş hekimi", "hastane"),
    "hr": ("HR", "İK", "recruitment"),
    "law": ("attorney", "solicitor", "hukukçu"),
    "sales": ("salesperson", "satıcı", "pazarlamacı"),
    "software": ("IT", "programmer", "developer", "backend", "yazılımcı", "programcı", "bilişim"),
}
"""What people type for a shipped pack that is no role of its own."""


@dataclass(frozen=True, slots=True)
class Library:
    """All packs by id. `general` is always among them."""

    packs: dict[str, Pack]

    def match(self, field: str, role: str = "") -> Pack:
        """The pack whose id, name or roles are nearest to what was typed; `general` if none is near."""
        for wanted in (field, role):
            if pack := self._nearest(wanted):
                return pack
        return self.packs[GENERAL]

    def _nearest(self, wanted: str) -> Pack | None:
        fits = [(_fit(wanted, pack), pack) for pack in self.packs.values()]
        best = max(fits, key=lambda f: (f[0], f[1].id != GENERAL, f[1].id), default=None)
        return best[1] if best and best[0][0] > 0 else None

    def question(self, question_id: str) -> Question | None:
        for _, question in self.questions():
            if question.id == question_id:
                return question
        return None

    def questions(self) -> Iterable[tuple[Competency, Question]]:
        for pack in self.packs.values():
            for competency in pack.competencies:
                for question in competency.questions:
                    yield competency, question

    def sentences(self, language: Language) -> Iterable[str]:
        """Every sentence of every pack in one language."""
        for pack in self.packs.values():
            yield from pack.vocabulary.in_(language)
            yield from pack.roles.in_(language)
        for competency, question in self.questions():
            yield competency.names.in_(language)
            yield competency.looks_for.in_(language)
            yield question.text.in_(language)
            yield from question.good_answer.in_(language)
            yield from (f.text.in_(language) for f in question.follow_ups)


def _fit(wanted: str, pack: Pack) -> tuple[float, int]:
    """How near a pack's nearest name is, and how many of its names are near at all."""
    names = (pack.id, pack.names.en, pack.names.tr, *pack.roles.en, *pack.roles.tr)
    near = [likeness(wanted, name) for name in (*names, *_ALSO.get(pack.id, ()))]
    return max(near), sum(n > 0 for n in near)


def parse(text: str, origin: str) -> Pack:
    """One pack from YAML. Raises PackError naming the file and every fault in it."""
    try:
        return Pack.model_validate(yaml.safe_load(text))
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f", line {where.line + 1}" if where else ""
        raise PackError(f"The pack {origin}{line} is no valid YAML.", "Correct that line.") from None
    except ValidationError as error:
        faults = "; ".join(
            f"{'.'.join(str(p) for p in e['loc']) or 'file'}: {e['msg']}" for e in error.errors()[:8]
        )
        raise PackError(
            f"The pack {origin} does not fit the schema: {faults}.",
            "Correct these places; `mulakat packs lint FILE` shows them all.",
        ) from None
    except RecursionError:
        raise PackError(f"The pack {origin} is nested too deeply.", "Write it without anchors.") from None


def parse_file(path: Path) -> Pack:
    """One pack from a file. Raises PackError."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise PackError(f"The pack {path.name} is larger than 2 MB.", "Split it.")
        return parse(path.read_text("utf-8"), path.name)
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"The pack {path} cannot be read: {error}.", "Check the file.") from None


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Pack]:
    folder = files("mulakat.interview.packs").joinpath("data")
    texts = sorted((f.name, f.read_text("utf-8")) for f in folder.iterdir() if f.name.endswith(".yaml"))
    return {p.id: p for p in (parse(text, name) for name, text in texts)}


def load(own: Path | None = None) -> Library:
    """The shipped packs and those in the folder `own`; one's own wins where ids are the same.

    Raises PackError.
    """
    packs = dict(_shipped())
    if own is not None:
        if not own.is_dir():
            raise PackError(f"The folder of packs {own} does not exist.", "Correct or unset MULAKAT_PACKS.")
        for path in sorted(own.glob("*.y*ml")):
            pack = parse_file(path)
            packs[pack.id] = pack
    return Library(packs)
