"""Conversations -> token ids and labels, through the one chat renderer; long ones become windows.

What the model words bears loss, and the stop token with it; nothing else does. The tokens of a reply begin
where the served prompt ends, so that training and serving read the same. Does not: pad, pack or batch.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from mulakat.lab.data.rows import Row, Turn
from mulakat.llm.chat_format import ChatFormat, defuse

IGNORED = -100
"""The label that bears no loss, as PyTorch's cross-entropy has it."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sequence: `labels` is as long as `input_ids`; `replies` counts the turns that bear loss."""

    input_ids: list[int]
    labels: list[int]
    place: str
    replies: int

    @property
    def targets(self) -> int:
        """Tokens that bear loss; the first token of a sequence is never predicted."""
        return sum(label != IGNORED for label in self.labels[1:])


@dataclass(frozen=True, slots=True)
class TooLong:
    """An exchange that does not fit: where it stands and how many tokens it takes."""

    place: str
    tokens: int


@dataclass
class Encodings:
    """All sequences of a split and what did not fit."""

    rows: list[Encoded]
    too_long: list[TooLong]
    windowed: int = 0


class Encoder:
    """Encodes conversations for one tokenizer and chat format."""

    def __init__(self, tokenizer: Any, chat: ChatFormat, max_length: int, loss: str = "assistant") -> None:
        self._tokenizer, self._chat = tokenizer, chat
        self.max_length, self.loss = max_length, loss
        self.tail = chat.end[len(chat.stop) :]

    def all(self, rows: Iterable[Row]) -> Encodings:
        """Every conversation, each as one or more sequences."""
        found = Encodings([], [])
        for row in rows:
            made, long = self.windows(row)
            found.rows += made
            found.too_long += long
            found.windowed += len(made) > 1
        return found

    def windows(self, row: Row) -> tuple[list[Encoded], list[TooLong]]:
        """A conversation as sequences that fit, cut between exchanges; each begins with the system turn."""
        head, talk = _parted(row.turns)
        begin = self._plain(self._chat.begin + "".join(self._turn(t) for t in head))
        exchanges = [self._exchange(talk[n : n + 2], n > 0) for n in range(0, len(talk), 2)]
        made: list[Encoded] = []
        long: list[TooLong] = []
        now: list[tuple[list[int], list[int]]] = []
        for ids, labels in exchanges:
            if len(begin) + len(ids) > self.max_length:
                long.append(TooLong(row.place, len(begin) + len(ids)))
                made += self._joined(begin, now, row.place)
                now = []
                continue
            if len(begin) + sum(len(i) for i, _ in now) + len(ids) > self.max_length:
                made += self._joined(begin, now, row.place)
                now = []
            now.append((ids, labels))
        return made + self._joined(begin, now, row.place), long

    def _joined(
        self, begin: list[int], now: list[tuple[list[int], list[int]]], place: str
    ) -> list[Encoded]:
        if not now:
            return []
        ids = begin + [i for part, _ in now for i in part]
        labels = [IGNORED] * len(begin) + [i for _, part in now for i in part]
        replies = sum(any(label != IGNORED for label in part) for _, part in now)
        if self.loss == "all":
            return [Encoded(ids, list(ids), place, replies)]
        return [Encoded(ids, labels, place, replies)] if replies else []

    def _turn(self, turn: Turn) -> str:
        return self._chat.head.format(role=turn.role) + defuse(turn.content) + self._chat.end

    def _plain(self, text: str) -> list[int]:
        return list(self._tokenizer(text, add_special_tokens=False).input_ids) if text else []

    def _exchange(self, pair: Sequence[Turn], later: bool) -> tuple[list[int], list[int]]:
        """User turn, the assistant's head, the reply and the stop token."""
        user, reply = pair
        # What closes the turn before (a line break behind the stop token) opens this one.
        prompt = self._plain(
            (self.tail if later else "") + self._turn(user) + self._chat.head.format(role=reply.role)
        )
        body = defuse(reply.content)
        cut = len(body) - len(defuse(reply.given)) if reply.given else len(body) + len(self._chat.stop)
        coded = self._tokenizer(
            body + self._chat.stop, add_special_tokens=False, return_offsets_mapping=True
        )
        # A token that begins with the space before what is given belongs to it.
        first = cut - 1 if reply.given and cut and body[cut - 1] == " " else cut
        ids = list(coded.input_ids)
        labels = [
            i if start < first else IGNORED for i, (start, _) in zip(ids, coded.offset_mapping, strict=True)
        ]
        return prompt + ids, [IGNORED] * len(prompt) + labels


def _parted(turns: Sequence[Turn]) -> tuple[Sequence[Turn], Sequence[Turn]]:
    head = 1 if turns and turns[0].role == "system" else 0
    return turns[:head], turns[head:]
