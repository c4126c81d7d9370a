"""What every language model engine offers, whatever runs behind it.

Does not: know of interviews, moves or guards; it turns messages into text, piece by piece.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from mulakat.llm.chat_format import Message
from mulakat.messages import Language

OnQueue = Callable[[int], None]
"""Told how many turns wait before this one, each time that number changes; 0 when it starts."""


@dataclass(frozen=True, slots=True)
class Request:
    """One generation.

    messages     the whole talk; the last one is what is answered
    session      whose talk it is, so that its cache is found again
    grammar      GBNF that the text must follow, where the engine can hold one
    max_tokens   upper bound of the reply's length
    temperature  0 is greedy
    adapter      LoRA by name; None for the base model
    begun        the reply's beginning, said already; what is streamed goes on from there
    """

    messages: Sequence[Message]
    session: str = ""
    grammar: str | None = None
    max_tokens: int = 96
    temperature: float = 0.0
    seed: int = 0
    adapter: str | None = None
    begun: str = ""


class Engine(Protocol):
    """A model that words sentences. All methods may be called from any task of one event loop."""

    name: str
    """Model and adapter in a few words, for people and for the transcript's last page."""

    free_languages: frozenset[Language]
    """Languages in which it may word sentences of its own; in others it only chooses."""

    words_questions: bool
    """Whether it is strong enough to word whole questions; else it words acknowledgements, and the
    question stays the pack's."""

    holds_grammar: bool
    """Whether `Request.grammar` and `Request.begun` bind it."""

    @property
    def spare(self) -> bool:
        """Whether it may work ahead of need just now: it is on this machine and nothing else runs."""
        ...

    def stream(self, request: Request, on_queue: OnQueue | None = None) -> AsyncGenerator[str]:
        """Pieces of the reply as they come. Closing the iterator cancels the generation.

        Raises EngineBusy, EngineTimeout or EngineDead.
        """
        ...

    async def read_ahead(self, request: Request) -> None:
        """Read the messages, the last one left open, into the cache. Never raises; may do nothing."""
        ...

    def forget(self, session: str) -> None:
        """The session is over; its cache may go."""
        ...

    async def close(self) -> None:
        """End all work and free the model."""
        ...
