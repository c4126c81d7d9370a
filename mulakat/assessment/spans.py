"""The names, figures and noun phrases of an answer that a question may name, literally.

Rules on letters and position, no model. What touches a protected matter is left out, and so is
whatever could not be spoken back in good manners (swearwords, the first person).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mulakat.messages import LANGUAGES, Language, Span, SpanKind
from mulakat.text.fold import lower, lower_words
from mulakat.text.lexicon import function_words, lexicon, protected_matters
from mulakat.text.stems import stem

_CAP = r"[A-ZÇĞİÖŞÜ]"
_LOW = r"[a-zçğıöşüâîû]"
_NAME = re.compile(
    rf"(?:{_CAP}[\w+#]*(?:[.\-&/][A-Za-z0-9]\w*)*(?:\s(?:of|for|and|&|ve)?\s?(?={_CAP}))?){{1,4}}"
)
_MIXED = re.compile(rf"\b(?:{_LOW}+{_CAP}\w*|{_LOW}+\d+\w*|\w+\+\+|\w+#)")
_QUOTED = re.compile(r"[\"“„«']([^\"“”„«»'\n]{2,40})[\"”»']")
_UNITS = {code: "|".join(lexicon(code).units) for code in LANGUAGES}
_FIGURE = {
    "en": re.compile(
        rf"(?:[$€£]\s?\d[\d.,]*(?:\s?(?:million|billion|thousand|k|m)\b)?|"
        rf"\d[\d.,]*\s?%|\b\d[\d.,]*(?:\s(?:{_UNITS['en']}))\b)"
    ),
    "tr": re.compile(
        rf"(?:[%₺]\s?\d[\d.,]*|\byüzde\s\d[\d.,]*|\b\d[\d.,]*\s?(?:bin |milyon |milyar )?(?:{_UNITS['tr']})\b)",
    ),
}
_OBJECT = re.compile(
    r"\b(?:a|an|the|our|my|this|that|new|some)\s((?:[a-z]+(?:-[a-z]+)*\s){0,3}[a-z]+(?:-[a-z]+)*)"
)
_TURKISH_PHRASE = re.compile(rf"\b(?:bir|yeni|şu|bu)\s((?:{_LOW}+\s){{1,2}}{_LOW}+)")
_SUFFIX = re.compile(r"['’].*$")
# Nouns that name nothing when they stand alone.


def find_spans(answer: str, language: Language, seen: Iterable[str] = ()) -> tuple[Span, ...]:
    """What may be named, best first: names, then figures, then phrases; at most eight.

    `seen` are texts already named in this interview; they are not offered again.
    """
    taken = {lower(s, language) for s in seen}
    found: list[Span] = []
    for span in (*_names(answer, language), *_figures(answer, language), *_phrases(answer, language)):
        key = lower(span.text, language)
        if key in taken or not _decent(answer, span, language):
            continue
        if any(span.start < f.end and f.start < span.end for f in found):
            continue
        taken.add(key)
        found.append(span)
    return tuple(found[:8])


def _names(answer: str, language: Language) -> Iterator[Span]:
    for match in _QUOTED.finditer(answer):
        if len(match[1].split()) <= 5:
            yield Span(match[1], SpanKind.NAME, match.start(1), match.end(1))
    starts = _sentence_starts(answer)
    for match in _NAME.finditer(answer):
        text, start = match[0].rstrip(" .-/&"), match.start()
        first = _SUFFIX.sub("", text.split()[0])
        skip = lower(first, language) in lexicon(language).no_names or lower(
            first, language
        ) in function_words(language)
        if skip or (start in starts and not _is_special(text)):
            rest = text.split(maxsplit=1)
            if len(rest) < 2 or not rest[1][0].isupper():
                continue
            start += text.index(rest[1], len(rest[0]))
            text = rest[1]
        if len(text) > 1 and lower(text, language) not in lexicon(language).selves:
            yield Span(text, SpanKind.NAME, start, start + len(text))
    for match in _MIXED.finditer(answer):
        yield Span(match[0], SpanKind.NAME, match.start(), match.end())


def _is_special(text: str) -> bool:
    """Acronyms and inner capitals are names even at a sentence's start: "SQL", "LangChain"."""
    first = text.split()[0]
    return len(first) > 1 and (any(c.isupper() for c in first[1:]) or any(c.isdigit() for c in first))


def _sentence_starts(answer: str) -> set[int]:
    return {m.end() for m in re.finditer(r"(?:^|[.!?:…]|\n)[\s\"“'(]*", answer)}


def _figures(answer: str, language: Language) -> Iterator[Span]:
    for match in _FIGURE[language].finditer(answer):
        yield Span(match[0].strip(), SpanKind.FIGURE, match.start(), match.end())


def _phrases(answer: str, language: Language) -> Iterator[Span]:
    pattern = _OBJECT if language == "en" else _TURKISH_PHRASE
    for match in pattern.finditer(answer):
        text, start = _trim(match[1], match.start(1), language)
        if text:
            yield Span(text, SpanKind.PHRASE, start, start + len(text))


_EN_BREAK = re.compile(r"(?:ed|ing|ly)$")


def _trim(text: str, start: int, language: Language) -> tuple[str, int]:
    """Cut a raw phrase at the first word that does not belong to a noun phrase."""
    kept: list[str] = []
    for word in text.split():
        if word in function_words(language) or (language == "en" and kept and _EN_BREAK.search(word)):
            break
        kept.append(word)
    if language == "tr" and kept and not _bare_turkish_noun(kept[-1]):
        return "", start
    empty = lexicon(language).empty_nouns
    if len(kept) < 2 or all(w in empty for w in kept) or kept[-1] in empty:
        return "", start
    return " ".join(kept), start


def _bare_turkish_noun(word: str) -> bool:
    """Whether a Turkish word looks like a noun without case or person, so that it can stand alone."""
    if re.search(r"(?:[ıiuü]|[dt][ae]n?|[ae]|m|k|[ıi]n|[uü]n|yor|mış|miş|ken|ınca|ince)$", word):
        return word.endswith(
            ("ası", "esi", "ımı", "imi", "umu", "ümü", "lığı", "liği", "leri", "ları", "sı", "si")
        )
    return True


def _decent(answer: str, span: Span, language: Language) -> bool:
    """Not protected, not rude, not about the speaker, and not beside a protected matter."""
    around = lower(answer[max(0, span.start - 40) : span.end + 40], language)
    text = lower(span.text, language)
    words = lower_words(span.text, language)
    return not (
        protected_matters(around, language)
        or lexicon(language).hostile.search(around)
        or lexicon(language).injection.search(around)
        or any(w in lexicon(language).selves for w in words)
        or len(text) > 60
        or not any(c.isalnum() for c in text)
    )


def stems_of(spans: Iterable[Span], language: Language) -> set[str]:
    """Stems of all words in the spans."""
    return {stem(w, language) for s in spans for w in lower_words(s.text, language)}
