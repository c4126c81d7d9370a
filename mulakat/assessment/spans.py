"""The names, figures and noun phrases of an answer that a question may name, literally.

Rules on letters, words and position, no model. What touches a protected matter is left out, and so
is whatever could not be spoken back in good manners (swearwords, the first person).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from mulakat.assessment import phrases_en, phrases_tr
from mulakat.assessment.figures import figures
from mulakat.assessment.names import is_common, names
from mulakat.assessment.tokens import Found, tokens_of
from mulakat.messages import Language, Span
from mulakat.text.fold import lower, lower_words
from mulakat.text.lexicon import delicate_places, lexicon

MOST = 8
"""Spans that are kept; a conversation needs two or three."""

CAPITAL = 9.0
"""What a sentence's first words are worth less."""

NEAR = 40
"""Characters on both sides of a span in which a protected matter or a rude word disqualifies it."""

_ARTICLE = re.compile(r"^(?:the|an?)\s+")


def find_spans(answer: str, language: Language, seen: Iterable[str] = ()) -> tuple[Span, ...]:
    """What may be named, best first; at most MOST. Things come before figures, people last.

    `seen` are texts already named in this interview; they are not offered again.
    """
    taken = {_key(s, language) for s in seen}
    kept: list[Span] = []
    bad = delicate_places(lower(answer, language), language)
    for _, span in sorted(_all(answer, language), key=lambda f: (-f.score, f.span.start)):
        key = _key(span.text, language)
        if key in taken or any(span.start < k.end and k.start < span.end for k in kept):
            continue
        if not _decent(span, bad, language):
            continue
        taken.add(key)
        kept.append(span)
        if len(kept) == MOST:
            break
    return tuple(kept)


def _all(answer: str, language: Language) -> list[Found]:
    tokens = tokens_of(answer, language)
    cut = phrases_en.phrases if language == "en" else phrases_tr.phrases
    begins = {t.start for t in tokens if t.first}
    rest = [*figures(answer, tokens, language), *cut(answer, tokens)]
    # What begins a sentence brings its capital along, which looks odd inside another one.
    lowered = [Found(f.score - (CAPITAL if f.span.start in begins else 0), f.span) for f in rest]
    return [*names(answer, tokens, language), *lowered]


def _key(text: str, language: Language) -> str:
    return _ARTICLE.sub("", lower(text, language).strip())


def _decent(span: Span, bad: list[tuple[int, int]], language: Language) -> bool:
    """Not rude, not about the speaker, and not beside a protected matter."""
    lex = lexicon(language)
    return not (
        len(span.text) > 60
        or not any(c.isalnum() for c in span.text)
        or any(w in lex.selves for w in lower_words(span.text, language))
        or is_common(span.text, language)
        or any(start - NEAR < span.end and span.start < end + NEAR for start, end in bad)
    )
