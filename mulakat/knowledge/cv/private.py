"""Protected facts in a CV: known by their kind and place, so that they are neither used nor asked.

Does not: keep what they say.
"""

from __future__ import annotations

from mulakat.knowledge.cv.lexicon import fold, words
from mulakat.knowledge.cv.model import Private
from mulakat.knowledge.documents.model import Document, Line
from mulakat.messages import LANGUAGES
from mulakat.text.fold import lower
from mulakat.text.lexicon import protected_matters


def private_of(document: Document) -> list[Private]:
    """One entry a kind and line; a photograph stands on line 0 of its page."""
    found = [
        Private("photo", document.source(document.lines[0])) for n in document.notes if n.kind == "pictures"
    ][:1]
    for line in document.lines:
        found += [Private(kind, document.source(line)) for kind in kinds_in(line)]
    return found


def kinds_in(line: Line) -> list[str]:
    """The protected matters a line of a CV touches."""
    folded = fold(line.text)
    kinds = {kind for kind, pattern in words().private.items() if pattern.search(folded)}
    for language in LANGUAGES:
        kinds.update(protected_matters(lower(line.text, language), language))
    return sorted(kinds)
