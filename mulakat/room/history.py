"""The talk so far as messages for the wording model, bounded so that any length of interview fits.

The prompt grows only at its end; when it is too long, the oldest half is left out at once, so that
the engine's cache is lost once and not at every turn.
"""

from __future__ import annotations

from collections.abc import Sequence

from mulakat.interview.director import Exchange
from mulakat.interview.prompt import open_message, system_message, user_message
from mulakat.llm.chat_format import Message
from mulakat.messages import Language, Move

ANSWER_CHARS = 1_600
"""How much of one answer the model reads; about 400 English tokens."""
LIMIT_CHARS = 6_000
KEEP_CHARS = 2_000


def messages_for(exchanges: Sequence[Exchange], move: Move, role: str, language: Language) -> list[Message]:
    """What the model reads to word `move`, the reply to the last exchange's answer."""
    answer = exchanges[-1].answer if exchanges else ""
    return [*_before(exchanges, role, language), user_message(answer[:ANSWER_CHARS], move)]


def messages_ahead(
    exchanges: Sequence[Exchange], draft: str, role: str, language: Language
) -> list[Message]:
    """What can be read before the answer is whole; a prefix of `messages_for` for such answers."""
    draft = draft[:ANSWER_CHARS]
    whole = draft.rsplit(" ", 1)[0] if " " in draft else ""
    return [*_before(exchanges, role, language), open_message(whole)]


def _before(exchanges: Sequence[Exchange], role: str, language: Language) -> list[Message]:
    messages = [system_message(role, language)]
    for n in range(_first(exchanges), len(exchanges)):
        answer = exchanges[n - 1].answer[:ANSWER_CHARS] if n else ""
        messages.append(user_message(answer, exchanges[n].move))
        messages.append(Message("assistant", exchanges[n].text))
    return messages


def _first(exchanges: Sequence[Exchange]) -> int:
    """The first exchange that is still told; a function of the past alone, so it moves rarely."""
    sizes = [len(e.text) + min(len(e.answer), ANSWER_CHARS) + len(e.move.seed) + 60 for e in exchanges]
    first, total = 0, 0
    for n, size in enumerate(sizes):
        total += size
        while total > LIMIT_CHARS and first < n:
            first, total = _cut(sizes, n)
    return first


def _cut(sizes: Sequence[int], last: int) -> tuple[int, int]:
    total, first = 0, last + 1
    while first > 0 and total + sizes[first - 1] <= KEEP_CHARS:
        first -= 1
        total += sizes[first]
    first = min(first, last)
    return first, sum(sizes[first : last + 1])
