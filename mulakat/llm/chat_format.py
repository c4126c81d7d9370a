"""Messages -> the exact text a model reads. The one renderer, for training and for serving alike.

Does not: tokenize, talk to an engine, or decide what is said. Control marks that stand in the
messages themselves are defused, so that no answer can forge a turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Role = Literal["system", "user", "assistant"]


@dataclass(frozen=True, slots=True)
class Message:
    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class ChatFormat:
    """How one family of models marks turns.

    head   opens a turn; holds "{role}"
    end    closes a turn; its first mark is the stop token
    begin  stands once, at the very beginning
    """

    name: str
    head: str
    end: str
    stop: str
    begin: str = ""


CHATML = ChatFormat("chatml", "<|im_start|>{role}\n", "<|im_end|>\n", "<|im_end|>")
LLAMA3 = ChatFormat(
    "llama3",
    "<|start_header_id|>{role}<|end_header_id|>\n\n",
    "<|eot_id|>",
    "<|eot_id|>",
    "<|begin_of_text|>",
)
FORMATS = {f.name: f for f in (CHATML, LLAMA3)}


def defuse(text: str) -> str:
    """The text with no control mark left: all of them begin with "<|", which is taken apart.

    It changes nothing before that place, so that a text's beginning stays the beginning.
    """
    return text.replace("<|", "< |")


def render_turn(message: Message, chat: ChatFormat = CHATML) -> str:
    """One whole turn, closed."""
    return chat.head.format(role=message.role) + defuse(message.content) + chat.end


def render(messages: Sequence[Message], chat: ChatFormat = CHATML, *, reply: bool = True) -> str:
    """All turns, and with `reply` the opened head of the assistant's next turn."""
    text = chat.begin + "".join(render_turn(m, chat) for m in messages)
    return text + chat.head.format(role="assistant") if reply else text


def render_open(messages: Sequence[Message], chat: ChatFormat = CHATML) -> str:
    """All turns with the last one left open: what can be read ahead while it is still being typed.

    A prefix of `render(messages)` for every continuation of the last message.
    """
    *done, last = messages
    return render(done, chat, reply=False) + chat.head.format(role=last.role) + defuse(last.content)
