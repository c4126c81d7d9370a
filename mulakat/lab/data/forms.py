"""A raw row of any common form -> one conversation, or the reason why it is none.

Knows lists of messages, question-answer pairs, and texts with marked speakers ("### Human:", "[INST]").
A marked text is cut at every mark, so that no next speaker stands in a target. Does not: filter.
"""

from __future__ import annotations

import re
from typing import Any

from mulakat.lab.config import SourcePlan
from mulakat.lab.data.rows import Removal, Row, Turn
from mulakat.llm.chat_format import Role

ROLES: dict[str, Role] = {
    "system": "system", "user": "user", "human": "user", "prompter": "user", "candidate": "user",
    "assistant": "assistant", "gpt": "assistant", "bot": "assistant", "model": "assistant",
    "interviewer": "assistant",
}  # fmt: skip
PAIRS = (
    ("prompt", "response"), ("prompt", "completion"), ("instruction", "output"),
    ("instruction", "response"), ("input", "output"), ("question", "answer"), ("input", "solution"),
)  # fmt: skip
LISTS = ("messages", "conversations", "conversation", "dialogue")
_HASHES = re.compile(
    r"(?<!#)### ?(Human|Assistant) ?:[ \t]*"  # openassistant-guanaco has no line break before them
    r"|^[ \t]*###? ?(User|System|Interviewer|Candidate) ?:[ \t]*",
    re.I | re.M,
)
_INST = re.compile(r"\[INST\](.*?)\[/INST\](.*?)(?=\[INST\]|\Z)", re.S)
_SYS = re.compile(r"<<SYS>>(.*?)<</SYS>>", re.S)


class NoConversation(Exception):
    """Why a raw row holds none: a short reason and what exactly."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def to_row(plan: SourcePlan, line: int, raw: dict[str, Any]) -> Row | Removal:
    """One raw row as a conversation."""
    try:
        turns = settled(_turns(plan, raw), plan.system)
    except NoConversation as error:
        return Removal(plan.label, line, error.reason, error.detail, str(raw)[:200])
    return Row(
        turns,
        plan.label,
        line,
        conversation=_told(plan, raw, "conversation"),
        topic=plan.topic or _told(plan, raw, "topic"),
        language=plan.language or _told(plan, raw, "language"),
        licence=plan.licence,
        scope=plan.scope,
        split=raw["split"] if raw.get("split") in ("train", "valid", "test") else "",
    )


def _told(plan: SourcePlan, raw: dict[str, Any], what: str) -> str:
    value = raw.get(plan.columns.get(what, what), "")
    return value if isinstance(value, str) else "" if value is None else str(value)


def _turns(plan: SourcePlan, raw: dict[str, Any]) -> list[Turn]:
    form = plan.form if plan.form != "auto" else _form(plan, raw)
    if form == "messages":
        return _messages(_list(plan, raw))
    if form == "pairs":
        return _pair(plan, raw)
    text = raw.get(plan.columns.get("text", "text"))
    if not isinstance(text, str):
        raise NoConversation("missing field", f"no column 'text' among {', '.join(map(str, raw))}")
    return marked(text)


def _form(plan: SourcePlan, raw: dict[str, Any]) -> str:
    if "messages" in plan.columns or any(isinstance(raw.get(name), list) for name in LISTS):
        return "messages"
    if "prompt" in plan.columns or _pair_names(plan, raw):
        return "pairs"
    return "guanaco"


def _list(plan: SourcePlan, raw: dict[str, Any]) -> Any:
    name = plan.columns.get("messages") or next((n for n in LISTS if n in raw), "")
    if name not in raw:
        raise NoConversation("missing field", f"no list of messages among {', '.join(map(str, raw))}")
    return raw[name]


def _messages(found: Any) -> list[Turn]:
    if not isinstance(found, list):
        raise NoConversation("missing field", "the messages are no list")
    turns = []
    for n, one in enumerate(found, 1):
        if not isinstance(one, dict):
            raise NoConversation("missing field", f"message {n} is no object")
        said = one.get("role", one.get("from"))
        content = one.get("content", one.get("value"))
        if not isinstance(said, str) or not isinstance(content, str):
            raise NoConversation("missing field", f"message {n} lacks role or content")
        role = ROLES.get(said.strip().lower())
        if role is None:
            raise NoConversation("wrong role", f"message {n} is by '{said[:40]}'")
        given = one.get("given", "")
        if given and not content.endswith(str(given)):
            raise NoConversation("wrong given", f"message {n} does not end with what is given")
        turns.append(Turn(role, content, str(given)))
    return turns


def _pair_names(plan: SourcePlan, raw: dict[str, Any]) -> tuple[str, str] | None:
    if "prompt" in plan.columns or "response" in plan.columns:
        return plan.columns.get("prompt", "prompt"), plan.columns.get("response", "response")
    return next((pair for pair in PAIRS if set(pair) <= set(raw)), None)


def _pair(plan: SourcePlan, raw: dict[str, Any]) -> list[Turn]:
    names = _pair_names(plan, raw)
    if names is None or any(not isinstance(raw.get(n), str) for n in names):
        wanted = " and ".join(names or ("prompt", "response"))
        raise NoConversation("missing field", f"wants {wanted}; there are {', '.join(map(str, raw))}")
    prompt, response = (str(raw[n]) for n in names)
    if names[0] == "instruction" and isinstance(raw.get("input"), str) and raw["input"].strip():
        prompt = f"{prompt}\n\n{raw['input']}"
    system = raw.get(plan.columns.get("system", "system"))
    begin = [Turn("system", system)] if isinstance(system, str) and system.strip() else []
    return [*begin, Turn("user", prompt), Turn("assistant", response)]


def marked(text: str) -> list[Turn]:
    """A text with marked speakers, cut at every mark.

    Raises NoConversation when it has no marks.
    """
    if "[INST]" in text:
        return _inst(text)
    marks = list(_HASHES.finditer(text))
    if not marks:
        raise NoConversation("no speakers", "neither '### Human:' nor '[INST]' marks a turn")
    ends = [m.start() for m in marks[1:]] + [len(text)]
    return [
        Turn(ROLES[(m.group(1) or m.group(2)).lower()], text[m.end() : end].strip())
        for m, end in zip(marks, ends, strict=True)
    ]


def _inst(text: str) -> list[Turn]:
    turns = []
    for n, match in enumerate(_INST.finditer(text)):
        user, answer = match.group(1), match.group(2).replace("</s>", "").replace("<s>", "")
        if n == 0 and (system := _SYS.search(user)):
            turns.append(Turn("system", system.group(1).strip()))
            user = _SYS.sub("", user)
        turns += [Turn("user", user.strip()), Turn("assistant", answer.strip())]
    if not turns:
        raise NoConversation("no speakers", "an [INST] without its end")
    return turns


def settled(turns: list[Turn], system: str = "") -> tuple[Turn, ...]:
    """The turns in order: at most one system turn, then user and assistant by turns, ending with an answer.

    A last question without an answer is left off: nothing can be learnt from it.
    Raises NoConversation for any other order and for empty turns of the assistant.
    """
    head = [t for t in turns[:1] if t.role == "system"]
    talk = turns[len(head) :]
    while talk and talk[-1].role == "user":
        talk = talk[:-1]
    if not talk:
        raise NoConversation("no answer", "the assistant says nothing")
    for n, turn in enumerate(talk):
        wanted = "assistant" if n % 2 else "user"
        if turn.role != wanted:
            raise NoConversation("wrong role", f"turn {n + 1} is by {turn.role}, not by {wanted}")
        if not turn.content.strip():
            raise NoConversation("empty turn", f"turn {n + 1}, by {turn.role}")
    if system and not head:
        head = [Turn("system", system)]
    return (*head, *talk)
