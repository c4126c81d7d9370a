"""Cuts streamed text into sentences as soon as each is complete, in English and Turkish.

How the text is cut does not depend on how it arrives. Nothing but white space between sentences
is lost. Does not: judge or change the text.
"""

from __future__ import annotations

import re

from mulakat.messages import Language

_END = re.compile(r"[.!?…]+[\"'”’»)\]*_]*|\n")
_ASCII_QUOTES = "\"'”’»)"
_WORD_BEFORE = re.compile(r"[^\s\"'“‘«(\[]+$")


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# Never the end of a sentence: something always follows.
_LEADING: dict[Language, frozenset[str]] = {
    "en": _set("dr mr mrs ms prof st sr jr no fig vs e.g i.e cf approx dept est"),
    "tr": _set("dr prof doç av sn uzm no bkz örn müh öğr gör yrd ltd cad sok mah tel bşk alb"),
}
# May end a sentence: only when a capital follows.
_ENDING: dict[Language, frozenset[str]] = {
    "en": _set("etc inc ltd co corp a.m p.m al"),
    "tr": _set("vb vs vd şti a.ş yy dk sa ort maks min"),
}


class SentenceSplitter:
    """Feed it text as it comes; it returns the sentences that are complete.

    A full stop is decided once the next letter is seen, a question or exclamation mark with the
    white space after it; `flush` gives what is left.
    """

    def __init__(self, language: Language = "en") -> None:
        self._language = language
        self._text = ""
        self._scan = 0

    def feed(self, chunk: str) -> list[str]:
        """The sentences that `chunk` completes, stripped; often none."""
        self._text += chunk
        found: list[str] = []
        while (cut := self._next_cut()) is not None:
            sentence, self._text, self._scan = self._text[:cut].strip(), self._text[cut:], 0
            if sentence:
                found.append(sentence)
        return found

    def flush(self) -> list[str]:
        """What has not been returned yet, as a last sentence, if there is any."""
        rest, self._text, self._scan = self._text.strip(), "", 0
        return [rest] if rest else []

    def _next_cut(self) -> int | None:
        """Where the first sentence ends, or None while that cannot be said."""
        while match := _END.search(self._text, self._scan):
            verdict = self._is_end(match)
            if verdict is None:
                self._scan = match.start()
                return None
            if verdict:
                return match.end()
            self._scan = match.end()
        self._scan = len(self._text)
        return None

    def _is_end(self, match: re.Match[str]) -> bool | None:
        """Whether the sentence ends with `match`; None when more text is needed to tell."""
        mark = match.group()
        if mark == "\n":
            return True
        if match.end() == len(self._text):
            return None
        if not self._text[match.end()].isspace():
            return False
        if mark[-1] in "!?":
            return True
        after = self._text[match.end() :].lstrip(" \t\r\u00a0")
        if not after:
            return None
        return self._ends_before(match.start(), mark, after[0])

    def _ends_before(self, start: int, mark: str, following: str) -> bool:
        """Whether `mark` at `start` ends a sentence when the letter `following` comes next."""
        if following == "\n":
            return True
        if following.islower():
            return False
        if mark[0] != "." or len(mark.rstrip(_ASCII_QUOTES)) > 1:
            return True
        word = _WORD_BEFORE.search(self._text, 0, start)
        return not word or self._may_end(word.group(), alone=not self._text[: word.start()].strip())

    def _may_end(self, word: str, *, alone: bool) -> bool:
        """Whether "`word`." can end a sentence; `alone` when it is all of it."""
        lowered = word.replace("İ", "i").lower()
        if lowered in _LEADING[self._language]:
            return False
        if lowered in _ENDING[self._language]:
            return True
        if alone and word.isdigit():  # "1. Tell me ..."
            return False
        initial = len(word) == 1 and word.isupper()
        return not initial and "." not in word
