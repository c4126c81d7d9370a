"""Whether a pack's sentences can be spoken: one question each, no slots, nothing protected.

The schema says what a pack must hold; this says what it must not sound like.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mulakat.interview.forbidden import PRIVATE
from mulakat.interview.packs.schema import Pack, Text
from mulakat.messages import LANGUAGES, Language
from mulakat.text.fold import lower, lower_words
from mulakat.text.lexicon import protected_matters

_UNSPEAKABLE = re.compile(r"[{}\[\]()<>/|*_#\n]|https?:")
_TURKISH_ONLY = re.compile(r"[ğışĞŞİ]")
_STOCK = {
    "en": ("greatest weakness", "five years", "sell me this pen", "tell me about yourself"),
    "tr": ("en zayıf yönünüz", "beş yıl sonra", "kendinizden bahs"),
}
LEVELS = ("junior", "mid", "senior")


@dataclass(frozen=True, slots=True)
class Fault:
    """Where and what, in words."""

    pack: str
    place: str
    text: str

    def __str__(self) -> str:
        return f"{self.pack}: {self.place}: {self.text}"


def lint(pack: Pack) -> list[Fault]:
    """Every fault of a pack; empty when it may be spoken."""
    faults = [*_shape(pack), *_repeats(pack)]
    for place, text, longest in _questions(pack):
        for language in LANGUAGES:
            faults += (
                Fault(pack.id, f"{place} ({language})", what)
                for what in _spoken(text.in_(language), language, longest, pack.id)
            )
    return faults


def _questions(pack: Pack) -> Iterator[tuple[str, Text, int]]:
    for competency in pack.competencies:
        for question in competency.questions:
            yield question.id, question.text, 48
            for n, follow_up in enumerate(question.follow_ups, 1):
                yield f"{question.id} follow-up {n}", follow_up.text, 30


def _spoken(text: str, language: Language, longest: int, pack_id: str) -> Iterator[str]:
    if text.count("?") != 1 or not text.endswith("?"):
        yield "must hold exactly one question mark, at its end"
    if found := _UNSPEAKABLE.search(text):
        yield f"{found[0]!r} cannot be spoken"
    count = len(lower_words(text, language))
    if not 3 <= count <= longest:
        yield f"{count} words; 3 to {longest} can be followed by ear"
    if language == "en" and _TURKISH_ONLY.search(text):
        yield "holds Turkish letters"
    low = lower(text, language)
    if found := PRIVATE[language].search(low):
        yield f"asks about private life: {found[0]!r}"
    for matter in protected_matters(low, language):
        # The work of some fields is with patients and with leave; the question is about the work.
        if not (
            pack_id in ("health", "hr", "law", "education")
            and matter in ("health", "family", "union", "age")
        ):
            yield f"touches a protected matter: {matter}"
    for stock in _STOCK[language]:
        if stock in low:
            yield f"is a stock question: {stock!r}"


def _shape(pack: Pack) -> Iterator[Fault]:
    for competency in pack.competencies:
        for level in LEVELS:
            if not any(q.level == level for q in competency.questions):
                yield Fault(pack.id, competency.id, f"has no question for the level {level}")
        for question in competency.questions:
            aspects = [f.aspect for f in question.follow_ups]
            if len(set(aspects)) != len(aspects):
                yield Fault(pack.id, question.id, "has two follow-ups that ask for the same aspect")


def _repeats(pack: Pack) -> Iterator[Fault]:
    for language in LANGUAGES:
        seen = Counter(lower(t.in_(language), language) for _, t, _ in _questions(pack))
        for text, count in seen.items():
            if count > 1:
                yield Fault(pack.id, language, f"said {count} times: {text!r}")
