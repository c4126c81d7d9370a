"""A move and the talk so far -> the messages a wording model reads. Used in training and in serving.

The directive stands behind the candidate's words, in square brackets, so that the prompt only ever
grows at its end and the words can be read ahead while they are typed. Square brackets in the words
themselves are made round: a candidate cannot write a directive.
"""

from __future__ import annotations

from mulakat.llm.chat_format import Message
from mulakat.messages import Language, Move

_SYSTEM = {
    "en": (
        "You are a professional, neutral and encouraging interviewer. Word the next turn in English: "
        "one short acknowledgement, then exactly one question. Name only what the candidate named. "
        "Position: {role}."
    ),
    "tr": (
        "Profesyonel, tarafsız ve cesaret verici bir mülakatçısınız. Sıradaki sözü Türkçe söyleyin: "
        "kısa bir karşılık, ardından tek bir soru. Yalnızca adayın andığı adları anın. "
        "Pozisyon: {role}."
    ),
}


def system_message(role: str, language: Language) -> Message:
    """The first message of every interview; it never changes within one."""
    return Message("system", _SYSTEM[language].format(role=plain(role) or "-"))


def plain(text: str) -> str:
    """The candidate's words on one line, without square brackets."""
    return " ".join(text.replace("[", "(").replace("]", ")").split())


def directive(move: Move) -> str:
    """What the director wants worded, e.g. "[probe; about: Atlas; ask: What was hard?]".

    The question of a fixed move is not the model's to word, so it is not told.
    """
    about = f"; about: {plain(move.span.text)}" if move.span else ""
    if move.fixed:
        return f"[{move.name.value}{about}]"
    return f"[{move.name.value}{about}; ask: {plain(move.seed)}]"


def user_message(answer: str, move: Move) -> Message:
    """The candidate's words and the directive for the reply to them."""
    words = plain(answer)
    return Message("user", f"{words}\n{directive(move)}" if words else directive(move))


def open_message(answer: str) -> Message:
    """The candidate's words so far, a prefix of every `user_message` that begins with them."""
    return Message("user", plain(answer))
