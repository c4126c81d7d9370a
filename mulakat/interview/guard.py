"""Checks every sentence before it is spoken. Deterministic; names what is wrong, mends nothing.

Does not: decide what to say instead (`room.words` asks once more, then takes the pack's wording).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from rapidfuzz import fuzz

from mulakat.messages import Language, Move, MoveName
from mulakat.text.fold import lower, lower_words, words
from mulakat.text.language import is_other_language
from mulakat.text.lexicon import lexicon, protected_matters
from mulakat.text.stems import content_stems

LONGEST = 40
"""Words of one spoken sentence that can still be followed by ear."""


class Fault(StrEnum):
    FORM = "form"  # not one statement or one question
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


_LEAK = {
    "en": re.compile(
        r"\b(instructions?|system prompt|language model|\bai\b|assistant|directive|"
        r"acknowledg\w+|then say|about:|ask:)"
    ),
    "tr": re.compile(
        r"\b(talimat\w*|sistem istemi|dil modeli\w*|yapay zek[âa] modeli\w*|asistan\w*|"
        r"about:|ask:|then say)"
    ),
}
_MARKS = re.compile(r"[\[\]{}<>|#*_\\]|```|:\s*$")
_CANDIDATE = {
    "en": re.compile(
        r"^(candidate|interviewer|user|assistant|answer)\s*:|"
        r"\b(my|our|mine|ours)\b(?! (part|question|prepared))|"
        r"\b(i|we) (was|were|had|built|led|worked|decided|designed|wrote|managed|learned|did|"
        r"have been|used)\b"
    ),
    "tr": re.compile(
        r"^(aday|görüşmeci|mülakatçı|kullanıcı)\s*:|\b\w+(dım|dim|dum|düm|tım|tim|tum|tüm)\b.*\?$"
    ),
}
_VERDICT = {
    "en": re.compile(
        r"\b(great|excellent|amazing|impressive|fantastic|wonderful|brilliant|perfect|outstanding|awesome|"
        r"terrible|awful|disappoint\w*|wrong answer|correct answer|well done|"
        r"poor answer|\d+ ?/ ?10|full marks)\b"
    ),
    "tr": re.compile(
        r"\b(harika|mükemmel|muhteşem|şahane|inanılmaz|kusursuz|aferin|bravo|berbat|rezalet|"
        r"yanlış cevap|doğru cevap|tam puan)\w*"
    ),
}
_DOUBLED = re.compile(r"\b(\w+) \1\b")
_FUNNY_OK = frozenset({"had had", "that that"})


def check(sentence: str, context: Context, *, question: bool) -> list[Fault]:
    """Every fault of one sentence, in the order of `Fault`; empty when it may be spoken."""
    language = context.language
    low = lower(sentence, language)
    bare = _without(low, [lower(k, language) for k in context.known])
    found = {
        Fault.FORM: _bad_form(sentence, bare, question),
        Fault.LANGUAGE: is_other_language(bare, language),
        Fault.REPETITION: _repeats(low, context, question),
        Fault.PROTECTED: bool(protected_matters(bare, language)),
        Fault.CANDIDATE: bool(_CANDIDATE[language].search(bare)),
        Fault.LEAK: bool(_LEAK[language].search(bare) or _MARKS.search(bare)),
        Fault.GIVEAWAY: _gives_away(low, context),
        Fault.INVENTED: _invents(sentence, context),
        Fault.VERDICT: bool(_VERDICT[language].search(bare)),
        Fault.MANNERS: bool(lexicon(language).hostile.search(low)),
    }
    return [fault for fault, is_so in found.items() if is_so]


def _without(text: str, known: Sequence[str]) -> str:
    """The text without the literal spans: their words are the candidate's, checked when they were cut."""
    for piece in sorted(known, key=len, reverse=True):
        if piece:
            text = text.replace(piece, " … ")
    return text


def _bad_form(sentence: str, bare: str, question: bool) -> bool:
    marks = sentence.count("?")
    end = "?" if question else (".", "!", "…")
    length = len(words(sentence))
    doubled = _DOUBLED.search(bare)
    return (
        marks != int(question)
        or not sentence.endswith(end)
        or not (3 if question else 1) <= length <= LONGEST
        or bool(doubled and doubled[0] not in _FUNNY_OK)
        or not (sentence[:1].isupper() or not sentence[:1].isalpha() or _starts_with(sentence, bare))
    )


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
        if name and lower(word, context.language) not in allowed and word not in known:
            return True
    return False
