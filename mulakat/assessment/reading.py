"""One answer -> a Reading: what a careful listener notices before weighing anything.

Deterministic and cheap (well under a millisecond a hundred words). Does not: score; the scoring
of answers builds on measures of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mulakat.assessment.digression import is_digression
from mulakat.assessment.neutral import standard_words
from mulakat.assessment.plausible import Plausibility, is_babble, is_chant, is_noise
from mulakat.assessment.repetition import is_repeated
from mulakat.assessment.spans import find_spans
from mulakat.messages import Language, Reading
from mulakat.text.fold import lower, lower_words
from mulakat.text.language import is_other_language
from mulakat.text.lexicon import delicate, lexicon

SHORT = 12
"""Words under which an answer is asked to be fuller. A spoken sentence has 12 to 20."""


HEAD, TAIL = 8_000, 3_000
"""Characters of a very long answer that are judged: its beginning and its end."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What an answer should be about.

    stems   stems of the question, of what a good answer holds, and of the field's vocabulary
    known   the letter model of the language
    """

    language: Language
    stems: frozenset[str]
    known: Plausibility


def read(answer: str, subject: Subject, earlier: Sequence[str] = (), named: Sequence[str] = ()) -> Reading:
    """What is known of `answer`, given the candidate's earlier answers and what was already named."""
    language = subject.language
    count = len(lower_words(answer, language))
    if len(answer) > HEAD + TAIL:
        answer = f"{answer[:HEAD]}\n{answer[-TAIL:]}"
    text = lower(answer, language)
    tokens = lower_words(answer, language)
    lex = lexicon(language)
    if not text.strip(" .…-\n\t"):
        return Reading(words=0, silent=True, short=True)
    injection = "injection" in delicate(text, language) or bool(
        lexicon("en").injection.search(lower(answer, "en"))
    )
    hostile = _is_hostile(text, language)
    chant = not injection and is_chant(answer, language)
    foreign = not chant and is_other_language(answer, language)
    known = subject.known
    odd = not (injection or foreign) and (is_noise(answer, known) or is_babble(answer, known))
    gibberish = chant or odd
    repeated = is_repeated(answer, earlier, language)
    asks_answer = len(tokens) < 40 and bool(lex.asks_answer.search(text))
    short = len(tokens) < SHORT
    clear = not (gibberish or foreign or injection or hostile or repeated or asks_answer)
    return Reading(
        words=count,
        short=short,
        gibberish=gibberish,
        off_topic=clear and is_digression(text, tokens, subject.stems, language),
        repeated=repeated,
        hostile=hostile,
        injection=injection,
        asks_answer=asks_answer,
        asks_repeat=len(tokens) < 15 and bool(lex.asks_repeat.search(text)),
        protected=any(name in lex.protected for name in delicate(text, language)),
        wrong_language=foreign,
        spans=() if gibberish or injection else find_spans(answer, language, named),
        aspects=_aspects(text, language),
    )


_TURKISH = str.maketrans("çğıöşü", "cgiosu")


def _aspects(text: str, language: Language) -> tuple[str, ...]:
    """The parts of a good account, whether it is told formally ("because") or not ("cuz"), with Turkish
    letters or without them."""
    patterns = lexicon(language).aspects
    forms = {text, standard_words(text, language)}
    if language == "tr" and text.isascii():
        folded = ((name, re.compile(p.pattern.translate(_TURKISH))) for name, p in patterns.items())
        return tuple(name for name, pattern in folded if any(pattern.search(form) for form in forms))
    return tuple(name for name, p in patterns.items() if any(p.search(form) for form in forms))


_SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def _is_hostile(text: str, language: Language) -> bool:
    """Whether a sentence insults the interviewer; one that reports what somebody else said does not."""
    lex = lexicon(language)
    if "hostile" not in delicate(text, language):
        return False
    return any(
        lex.hostile.search(sentence) and not lex.reported.search(sentence)
        for sentence in _SENTENCE.findall(text)
    )
