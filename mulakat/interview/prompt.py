"""A move and the talk so far -> the messages a wording model reads. Used in training and in serving.

The directive stands behind the candidate's words, in square brackets, so that the prompt only ever
grows at its end and the words can be read ahead while they are typed. Square brackets in the words
themselves are made round: a candidate cannot write a directive.
"""

from __future__ import annotations

import re
from dataclasses import replace

from mulakat.llm.chat_format import Message
from mulakat.messages import Language, Move
from mulakat.text.grammar import grammar

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


_MANY = "|".join(sorted({"few", "couple"} | grammar("en")["multipliers"]))
_ARTICLE = re.compile(rf"^(?:the|a|an(?= [aeiouAEIOU8])) (?=\S)(?!(?:{_MANY})\b)")


def without_article(move: Move) -> Move:
    """The move as a model is told it: it brings an article of its own along ("to the a call centre")."""
    cut = _ARTICLE.match(move.span.text) if move.span else None
    if move.span is None or cut is None:
        return move
    span = replace(move.span, text=move.span.text[cut.end() :], start=move.span.start + cut.end())
    return replace(move, span=span)


def directive(move: Move) -> str:
    """What the director wants worded, e.g. "[probe; about: Atlas; ask: What was hard?]".

    The question of a fixed move is not the model's to word, so it is not told.
    """
    span = without_article(move).span
    about = f"; about: {plain(span.text)}" if span else ""
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
