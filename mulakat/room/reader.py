"""Reads answers against the question they belong to. Holds what can be learned once per language."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

from mulakat.assessment import embedded
from mulakat.assessment.plausible import Plausibility
from mulakat.assessment.reading import Subject, read
from mulakat.assessment.weigh import hear
from mulakat.errors import MulakatError
from mulakat.interview.agenda import Item
from mulakat.interview.packs.library import Library
from mulakat.llm.embedding import Embedder
from mulakat.messages import LANGUAGES, Language, Reading, Turn
from mulakat.text.stems import content_stems

log = logging.getLogger(__name__)


class Reader:
    """One for all interviews: the letter models and the questions' stems are shared."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._known: dict[Language, Plausibility] = {}
        self._stems = lru_cache(maxsize=2048)(self._stems_of)
        self._marker: dict[Language, embedded.Reader] = {}
        self._embedder: Callable[[], Embedder | None] = lambda: None
        self._background = ThreadPoolExecutor(1, thread_name_prefix="mark")

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

    def look_ahead(self, answers: Sequence[str], language: Language) -> None:
        """Marks the sentences of answers in the background, where an embedding model helps with it: it is
        slow on a busy machine, and the report is wanted at once when the interview is over."""
        self._background.submit(self._mark, tuple(answers), language)

    def _mark(self, answers: Sequence[str], language: Language) -> None:
        try:
            marker = self.marker(language)
            if isinstance(marker, embedded.EmbeddedHead):
                turns = [Turn("candidate", text, 0.0, "") for text in answers]
                hear(turns, range(len(turns)), language, marker)
        except MulakatError as error:  # the weighing will meet it again and say so
            log.info("No answer was marked ahead: %s", error)

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
