"""Text in an answer that is meant for the assessment rather than for the interviewer, and is set aside.

"Ignore previous instructions", fake system messages, markup, requests for a score. Such sentences are
cut out before anything is measured, so an attempt can neither raise nor lower a score; that it was made is
reported. Does not: judge the candidate for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from mulakat.assessment.sentences import Sentence, sentences
from mulakat.messages import LANGUAGES, Language
from mulakat.text.fold import lower, plain
from mulakat.text.lexicon import lexicon


@dataclass(frozen=True, slots=True)
class Sifted:
    """An answer's sentences: those that count, and those that were set aside as attempts."""

    kept: tuple[Sentence, ...]
    intruding: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class _Patterns:
    marks: re.Pattern[str]
    strong: re.Pattern[str]
    weak: re.Pattern[str]


@lru_cache(maxsize=1)
def _patterns() -> _Patterns:
    raw = yaml.safe_load(files("mulakat.assessment").joinpath("data/intruders.yaml").read_text("utf-8"))
    return _Patterns(
        **{
            name: re.compile("|".join(f"(?:{p})" for p in raw[name]))
            for name in ("marks", "strong", "weak")
        }
    )


@lru_cache(maxsize=512)
def sift(answer: str, language: Language) -> Sifted:
    """The answer's sentences, parted. Blocks of chat markup are set aside whole.

    An attempt that is glued into a sentence of the account takes that sentence with it: it can cost the
    candidate something, and never gain.
    """
    cut: list[Sentence] = []
    flags: list[bool] = []
    position = 0
    for start, end in [*_fenced(answer), (len(answer), len(answer))]:
        for s in sentences(answer[position:start], language):
            cut.append(Sentence(s.text, s.start + position, s.end + position))
            flags.append(_is_intruding(s.text, language))
        if answer[start:end].strip():
            cut.append(Sentence(answer[start:end], start, end))
            flags.append(True)
        position = end
    _spread(flags, cut)
    parted: tuple[list[Sentence], list[Sentence]] = ([], [])
    for flag, sentence in zip(flags, cut, strict=True):
        parted[flag].append(sentence)
    return Sifted(tuple(parted[0]), tuple(parted[1]))


def _is_intruding(sentence: str, language: Language) -> bool:
    folded = plain(sentence, "en")
    patterns = _patterns()
    return bool(
        patterns.marks.search(folded)
        or patterns.strong.search(folded)
        or any(lexicon(code).injection.search(lower(sentence, code)) for code in LANGUAGES)
    )


_OPENING = re.compile(
    r"<\|?(?!/)[a-z_]+\|?>|\[(?:inst|sys\w*|admin|hidden|gizli|sistem)\b[^\]]*\]|<<sys>>|```|<!--|\{"
)
_CLOSING = {
    "<": re.compile(r"</[a-z_]+>|<\|im_end\|>|<\|end\w*\|>|<</sys>>|-->"),
    "[": re.compile(r"\[/\w+\]"),
    "`": re.compile(r"```"),
    "{": re.compile(r"\}+"),
}
_LINE = re.compile(r"\n|$")


def _fenced(answer: str) -> list[tuple[int, int]]:
    """Blocks of chat markup: from an opening mark to its closing one, or to the line's end without one."""
    text = answer.lower()
    blocks: list[tuple[int, int]] = []
    position = 0
    while opening := _OPENING.search(text, position):
        closing = _CLOSING[opening[0][0]].search(text, opening.end()) or _LINE.search(text, opening.end())
        end = closing.end() if closing else len(text)
        position = opening.end()
        if _patterns().marks.search(plain(answer[opening.start() : end], "en")):
            blocks.append((opening.start(), end))
            position = end
    return blocks


def _spread(flags: list[bool], cut: list[Sentence]) -> None:
    """A sentence beside an attempt that speaks of scores or instructions belongs to it."""
    weak = _patterns().weak
    order = [*range(1, len(cut)), *range(len(cut) - 2, -1, -1)]
    for n in order:
        beside = (n > 0 and flags[n - 1]) or (n + 1 < len(cut) and flags[n + 1])
        if beside and not flags[n] and weak.search(plain(cut[n].text, "en")):
            flags[n] = True
