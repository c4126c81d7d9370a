"""Reads answers against the question they belong to. Holds what can be learned once per language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from mulakat.assessment import embedded
from mulakat.assessment.plausible import Plausibility
from mulakat.assessment.reading import Subject, read
from mulakat.interview.agenda import Item
from mulakat.interview.packs.library import Library
from mulakat.llm.embedding import Embedder
from mulakat.messages import LANGUAGES, Language, Reading
from mulakat.text.stems import content_stems


class Reader:
    """One for all interviews: the letter models and the questions' stems are shared."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[Language, Plausibility] = {}
        self._stems = lru_cache(maxsize=2048)(self._stems_of)
        self._marker: dict[Language, embedded.Reader] = {}
        self._embedder: Callable[[], Embedder | None] = lambda: None

    def warm(self) -> None:
        """Learn both languages now rather than at the first answer."""
        for language in LANGUAGES:
            self.known(language)

    def known(self, language: Language) -> Plausibility:
        if language not in self._known:
            self._known[language] = Plausibility(self._library.sentences(language), language)
        return self._known[language]

    def lean_on(self, embedder: Callable[[], Embedder | None]) -> None:
        """Where the embedding model comes from that helps to mark sentences; asked once a language."""
        self._embedder = embedder
        self._marker.clear()

    def marker(self, language: Language) -> embedded.Reader:
        """What marks the sentences of an answer when it is weighed. Loads the embedding model."""
        if language not in self._marker:
            model = self._embedder()
            name, embed = (model.name, model.embed) if model else ("", None)
            self._marker[language] = embedded.reader_for(language, name, embed)
        return self._marker[language]

    def read(
        self, answer: str, item: Item, language: Language, earlier: Sequence[str], named: Sequence[str]
    ) -> Reading:
        """What is known of an answer to a question of `item`."""
        subject = Subject(language, self._stems(item, language), self.known(language))
        return read(answer, subject, earlier, named)

    def _stems_of(self, item: Item, language: Language) -> frozenset[str]:
        question = item.question
        pack = self._library.packs[item.pack]
        texts = (
            question.text.in_(language),
            *question.good_answer.in_(language),
            *(f.text.in_(language) for f in question.follow_ups),
            *pack.vocabulary.in_(language),
        )
        return frozenset(content_stems(" ".join(texts), language))
