"""Sentences in a document that talk to a machine instead of a reader: seen, told, and data all the same.

Does not: remove anything; nothing that a document says is ever an instruction here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mulakat.knowledge.documents.model import Line, Note
from mulakat.knowledge.documents.parsed import QUOTED
from mulakat.messages import LANGUAGES
from mulakat.text.fold import lower
from mulakat.text.lexicon import lexicon

MOST = 20

_MACHINES = re.compile(
    r"\b(?:ai|llm|chatgpt|gpt|language model|yapay zek[aâ]|dil modeli|ats|recruiting (?:bot|"
    r"software))\b.{0,60}"
    r"\b(?:must|should|rate|rank|score|select|hire|recommend|puanla|öner|seç|değerlendirmeli)\w*"
)


def orders_in(lines: Sequence[Line]) -> list[Note]:
    """A note for each place that gives orders, in the document's order; at most MOST."""
    notes: list[Note] = []
    for n, line in enumerate(lines):
        # An order may go on over the end of a line.
        follows = lines[n + 1].text if n + 1 < len(lines) and lines[n + 1].page == line.page else ""
        if gives_orders(line.text) or (
            follows and gives_orders(f"{line.text} {follows}") and not gives_orders(follows)
        ):
            notes.append(Note("instructions", line.page, line.text[:QUOTED]))
    return notes[:MOST]


def gives_orders(text: str) -> bool:
    """Whether a text holds an order to whoever processes it, in either language."""
    return any(
        lexicon(language).injection.search(lowered) or _MACHINES.search(lowered)
        for language in LANGUAGES
        for lowered in [lower(text, language)]
    )
