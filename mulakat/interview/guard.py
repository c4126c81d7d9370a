"""Checks every sentence before it is spoken. Deterministic; names what is wrong, mends nothing.

Does not: decide what to say instead (`room.words` asks once more, then takes the pack's wording).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz

from mulakat.interview.forbidden import (
    APPOSED,
    CANDIDATE,
    DETERMINED,
    GIVEAWAY,
    GOODBYE,
    GREETING,
    LEAK,
    MARKS,
    NOT_BEFORE_A_NOUN,
    PRIVATE,
    VERDICT_ASKED,
    VERDICT_SAID,
)
from mulakat.messages import Language, Move, MoveName
from mulakat.text.fold import lower, lower_words, words
from mulakat.text.language import is_other_language
from mulakat.text.lexicon import function_words, lexicon, protected_matters
from mulakat.text.stems import content_stems

_SHORTEST: dict[Language, int] = {"en": 3, "tr": 2}
LONGEST = 40
"""Words of one spoken sentence that can still be followed by ear."""


class Fault(StrEnum):
    FORM = "form"  # not one statement or one question
    JOINT = "joint"  # the span stands where no noun can ("so let us four hundred milliseconds")
    PLACE = "place"  # a greeting or a goodbye in the middle of the interview
    LANGUAGE = "language"
    REPETITION = "repetition"
    PROTECTED = "protected"  # age, family, faith, health, origin, union, politics, sexuality
    CANDIDATE = "candidate"  # speaks in the candidate's place
    LEAK = "leak"  # speaks of its instructions
    GIVEAWAY = "giveaway"  # says what a good answer holds
    INVENTED = "invented"  # a name or figure that nobody named
    VERDICT = "verdict"  # praise or blame, which is not an interviewer's to give in passing
    MANNERS = "manners"  # swearwords


@dataclass(frozen=True, slots=True)
class Context:
    """What a sentence is held against.

    said   the interviewer's sentences so far
    known  texts whose names and figures may be spoken: span, seed, role
    points what a good answer to the present question holds
    """

    language: Language
    move: Move
    said: Sequence[str] = ()
    known: Sequence[str] = ()
    points: Sequence[str] = field(default=())


_DOUBLED = re.compile(r"\b(\w+) \1\b")
_DOUBLES = {
    "en": re.compile(r"(?!had|that)"),
    # Turkish doubles words to say how: "adım adım", "tek tek". These it does not.
    "tr": re.compile(r"(?:ve|bu|şu|o|bir|için|ile|da|de|ki|m[ıiuü]|siz\w*|ben\w*|bunu|çok|daha) "),
}
_TONGUES = ("english", "turkish", "türkçe", "ingilizce")
"""Languages of interviews: their names may be said at any time."""


def check(sentence: str, context: Context, *, question: bool) -> list[Fault]:
    """Every fault of one sentence, in the order of `Fault`; empty when it may be spoken."""
    language = context.language
    low, empty = lower(sentence, language), function_words(language)
    # A role such as "you" must not blind the guard: only what holds a word of content is known.
    known = [lower(k, language) for k in context.known if set(lower_words(k, language)) - empty]
    bare = _without(low, known)
    found = {
        Fault.FORM: _bad_form(sentence, bare, language, question),
        Fault.JOINT: _badly_joined(low, context),
        Fault.PLACE: _out_of_place(bare, context),
        Fault.LANGUAGE: is_other_language(bare, language),
        Fault.REPETITION: _repeats(low, context, question),
        Fault.PROTECTED: bool(PRIVATE[language].search(bare) or protected_matters(bare, language)),
        Fault.CANDIDATE: bool(CANDIDATE[language].search(bare)),
        Fault.LEAK: bool(LEAK[language].search(bare) or MARKS.search(bare)),
        Fault.GIVEAWAY: _gives_away(low, context)
        or (not question and bool(GIVEAWAY[language].search(bare))),
        Fault.INVENTED: _invents(sentence, context),
        Fault.VERDICT: bool((VERDICT_ASKED if question else VERDICT_SAID)[language].search(bare)),
        Fault.MANNERS: bool(lexicon(language).hostile.search(low)),
    }
    return [fault for fault, is_so in found.items() if is_so]


def _without(text: str, known: Sequence[str]) -> str:
    """The text without the literal spans: their words are the candidate's, checked when they were cut."""
    for piece in sorted((k for k in known if k), key=len, reverse=True):
        # Whole words only: a role of one letter must not blind the guard.
        text = re.sub(rf"(?<!\w){re.escape(piece)}(?!\w)", " … ", text)
    return text


def _bad_form(sentence: str, bare: str, language: Language, question: bool) -> bool:
    marks = sentence.count("?")
    end = "?" if question else (".", "!", "…")
    length = len(words(sentence))
    doubled = _DOUBLED.search(bare)
    return (
        marks != int(question)
        or not sentence.endswith(end)
        or not (_SHORTEST[language] if question else 1) <= length <= LONGEST
        or bool(doubled and _DOUBLES[language].match(doubled[0]))
        or not (sentence[:1].isupper() or not sentence[:1].isalpha() or _starts_with(sentence, bare))
    )


def _badly_joined(low: str, context: Context) -> bool:
    """Whether the word before the span cannot stand before a noun: the grammar lets the model put
    the span anywhere, and a small one puts it after "let us" at times."""
    span, before = context.move.span, NOT_BEFORE_A_NOUN[context.language]
    apposed = APPOSED[context.language]
    if span is None or before is None or apposed is None:
        return False
    name = re.escape(lower(span.text, context.language))
    if re.search(rf"\b(?:{before.pattern}) {name}(?!\w)", low):
        return True
    behind = re.search(rf"(\w+), {name}[.!…]$", low)
    return bool(behind and not apposed.fullmatch(behind[1])) or _twice_determined(low, name, context)


def _twice_determined(low: str, name: str, context: Context) -> bool:
    """Whether an article stands before a span that brings its own ("the a call centre")."""
    determined, span = DETERMINED[context.language], context.move.span
    if determined is None or span is None:
        return False
    first, *_ = lower(span.text, context.language).split() or [""]
    return bool(determined.fullmatch(first) and re.search(rf"\b(?:{determined.pattern}) {name}(?!\w)", low))


def _out_of_place(bare: str, context: Context) -> bool:
    """Whether something is said that belongs to the beginning, or to the end."""
    name, language = context.move.name, context.language
    begins, ends = GREETING[language].search(bare), GOODBYE[language].search(bare)
    at_end = name in (MoveName.CLOSE, MoveName.FAREWELL)
    return bool(begins and not (name is MoveName.OPENING or at_end)) or bool(ends and not at_end)


def _starts_with(sentence: str, bare: str) -> bool:
    """Whether a sentence begins with a known span, whose small letter stays as it is."""
    return bare.lstrip().startswith("…") and not sentence.startswith("…")


def _repeats(low: str, context: Context, question: bool) -> bool:
    if context.move.name is MoveName.REPEAT:
        return False
    closest = 94 if question else 98
    return any(
        lower(old, context.language) == low
        or (len(low.split()) > 4 and fuzz.ratio(low, lower(old, context.language)) >= closest)
        for old in context.said
    )


def _gives_away(low: str, context: Context) -> bool:
    """Whether most of a point of the good answer is said, beyond what the question itself says."""
    asked = set(content_stems(" ".join(context.known), context.language))
    spoken = set(content_stems(low, context.language))
    for point in context.points:
        new = set(content_stems(point, context.language)) - asked
        if len(new) >= 3 and len(new & spoken) / len(new) >= 0.7:
            return True
    return False


def _invents(sentence: str, context: Context) -> bool:
    """Whether a capital inside the sentence or a figure stands in nothing that is known."""
    known = " ".join(context.known)
    allowed = set(lower_words(known, context.language))
    for n, word in enumerate(words(sentence)):
        name = word[0].isdigit() or (
            n > 0 and word[0].isupper() and word not in ("I", "I'm", "I'd", "I'll")
        )
        low = lower(word, context.language)
        if name and low not in allowed and word not in known and not low.startswith(_TONGUES):
            return True
    return False
