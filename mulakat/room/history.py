"""The talk so far as messages for the wording model, bounded so that any length of interview fits.

The prompt grows only at its end; when it is too long, the older part is left out at once, so that
the engine's cache is lost once and not at every turn. Bounds are in characters, by how many the
embedded model's tokenizer puts into a token, so that no tokenizer is needed here.
"""

from __future__ import annotations

from collections.abc import Sequence

from mulakat.interview.director import Exchange
from mulakat.interview.prompt import open_message, system_message, user_message
from mulakat.llm.chat_format import Message
from mulakat.messages import Language, Move

CHARS_PER_TOKEN: dict[Language, float] = {"en": 4.0, "tr": 2.0}
"""Of SmolLM2's tokenizer, rounded down; larger multilingual models need fewer tokens."""

ANSWER_TOKENS = 400
"""How much of one answer the model reads."""
LIMIT_TOKENS = 1_300
"""How much of the talk before it; with the answer, the directive and a reply under 2,048."""
KEEP_TOKENS = 450
"""How much is kept when the limit is passed."""


def messages_for(exchanges: Sequence[Exchange], move: Move, role: str, language: Language) -> list[Message]:
    """What the model reads to word `move`, the reply to the last exchange's answer."""
    answer = exchanges[-1].answer if exchanges else ""
    return [*_before(exchanges, role, language), user_message(_heard(answer, language), move)]


def messages_ahead(
    exchanges: Sequence[Exchange], draft: str, role: str, language: Language
) -> list[Message]:
    """What can be read before the answer is whole; a prefix of `messages_for` for such answers."""
    draft = _heard(draft, language)
    whole = draft.rsplit(" ", 1)[0] if " " in draft else ""
    return [*_before(exchanges, role, language), open_message(whole)]


def _heard(answer: str, language: Language) -> str:
    return answer[: int(ANSWER_TOKENS * CHARS_PER_TOKEN[language])]


def _before(exchanges: Sequence[Exchange], role: str, language: Language) -> list[Message]:
    messages = [system_message(role, language)]
    for n in range(_first(exchanges, language), len(exchanges)):
        answer = _heard(exchanges[n - 1].answer, language) if n else ""
        messages.append(user_message(answer, exchanges[n].move))
        messages.append(Message("assistant", exchanges[n].text))
    return messages


def _first(exchanges: Sequence[Exchange], language: Language) -> int:
    """The first exchange that is still told; a function of the past alone, so it moves rarely."""
    limit, keep = (int(t * CHARS_PER_TOKEN[language]) for t in (LIMIT_TOKENS, KEEP_TOKENS))
    first, total = 0, 0
    sizes: list[int] = []
    for n, exchange in enumerate(exchanges):
        before = _heard(exchanges[n - 1].answer, language) if n else ""
        sizes.append(len(before) + len(exchange.text) + len(exchange.move.seed) + 60)
        total += sizes[-1]
        if total > limit:
            while first < n and total > keep:
                total -= sizes[first]
                first += 1
    return first
