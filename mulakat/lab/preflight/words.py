"""Checks of the text a model reads: its stop token, its template, the labels of its replies.

Does not: read data from disk.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mulakat.lab.data.rows import Row
from mulakat.lab.preflight.report import Finding
from mulakat.lab.train.encode import Encoded
from mulakat.llm.chat_format import FORMATS, ChatFormat, Message, render

TALK = (
    Message("system", "You hold an interview."),
    Message("user", "I am ready."),
    Message("assistant", "Good. What did you build?"),
    Message("user", "A queue, in Go."),
    Message("assistant", "Why a queue?"),
)

JINJA = {
    "chatml": (
        "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + "
        "'<|im_end|>\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% "
        "endif %}"
    ),
    "llama3": (
        "{{ '<|begin_of_text|>' }}{% for message in messages %}{{ '<|start_header_id|>' + message['role'] "
        "+ "
        "'<|end_header_id|>\\n\\n' + message['content'] + '<|eot_id|>' }}{% endfor %}"
        "{% if add_generation_prompt %}{{ '<|start_header_id|>assistant<|end_header_id|>\\n\\n' }}{% "
        "endif %}"
    ),
}
"""Our renderer in the language of chat templates, for servers that render by themselves."""


def stop_token(tokenizer: Any, chat: ChatFormat) -> Finding:
    """The stop mark must be one token of its own, or the model can never learn to stop."""
    ids = tokenizer(chat.stop, add_special_tokens=False).input_ids
    if len(ids) != 1 or ids[0] == tokenizer.unk_token_id != tokenizer.convert_tokens_to_ids(chat.stop):
        near = [
            name
            for name, f in FORMATS.items()
            if len(tokenizer(f.stop, add_special_tokens=False).input_ids) == 1
        ]
        fix = f"This tokenizer knows the marks of: {', '.join(near)}." if near else "Use an instruct model."
        return Finding(
            "refuse", "stop token", f"'{chat.stop}' is not one token of this model but {len(ids)}: it "
            f"would never stop.",
            f"Set model.chat. {fix}",
        )  # fmt: skip
    return Finding("ok", "stop token", f"'{chat.stop}' is token {ids[0]}.")


def stop_trained(
    tokenizer: Any, chat: ChatFormat, encoded: Sequence[Encoded], rows: Sequence[Row], name: str
) -> Finding:
    """Every reply that bears loss up to its end must bear it on its stop token too.

    Replies whose end is given (spoken as it stands) are ended by the grammar, so they are not counted.
    """
    stop = tokenizer.convert_tokens_to_ids(chat.stop)
    masked = sum(_masked_stops(e, stop) for e in encoded)
    learnt = sum(label == stop for e in encoded for label in e.labels)
    open_ended = sum(t.role == "assistant" and not t.given for r in rows for t in r.turns)
    if masked or (open_ended and not learnt):
        return Finding(
            "refuse", "stop token", f"{name}: the stop token is masked from the loss in "
            f"{masked or open_ended} replies.",
            "Do not use the stop token as padding, and keep it in the labels.",
        )  # fmt: skip
    return Finding("ok", "stop token", f"{name}: {learnt} replies are trained to stop.")


def _masked_stops(encoded: Encoded, stop: int) -> int:
    """Stop tokens without loss right behind a token with loss."""
    pairs = zip(encoded.labels, encoded.labels[1:], encoded.input_ids[1:], strict=False)
    return sum(before != -100 and label == -100 and token == stop for before, label, token in pairs)


def template(tokenizer: Any, chat: ChatFormat, what: str, served: str) -> Finding:
    """The text that is trained on must be the text that is served."""
    if served and served != chat.name:
        return Finding(
            "refuse", "template", f"The catalogue serves this model with {served}, the run would train "
            f"{chat.name}.",
            f"Set model.chat to {served}.",
        )  # fmt: skip
    own = getattr(tokenizer, "chat_template", None)
    if what == "replace" or not own:
        return Finding("ok", "template", f"{chat.name}, ours; it goes with the adapter.")
    messages = [{"role": m.role, "content": m.content} for m in TALK]
    try:
        told = tokenizer.apply_chat_template(messages, tokenize=False)
    except Exception as error:  # a template is a program of somebody else's
        return Finding(
            "refuse",
            "template",
            f"The model's own template fails: {error}.",
            "Set model.template to replace.",
        )
    ours = render(TALK, chat, reply=False)
    if told.rstrip("\n") == ours.rstrip("\n"):
        return Finding("ok", "template", f"{chat.name}, as the model's own.")
    at = next(
        (n for n, (a, b) in enumerate(zip(told, ours, strict=False)) if a != b), min(len(told), len(ours))
    )
    return Finding(
        "refuse", "template",
        f"The model's own template reads otherwise from character {at}: "
        f"{told[max(0, at - 12) : at + 20]!r}, "
        f"served would be {ours[max(0, at - 12) : at + 20]!r}.",
        "Set model.chat to the model's format, or model.template to replace.",
    )  # fmt: skip
