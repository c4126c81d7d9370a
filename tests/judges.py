"""A scripted judge that has earned its place: for tests of second opinions."""

from __future__ import annotations

import json

from mulakat.llm.fake import Line
from mulakat.llm.protocol import Request
from mulakat.messages import LANGUAGES
from mulakat.room.judging import known

LEVEL_OF = {answer.say: answer.level for language in LANGUAGES for answer in known(language)}


def honest(request: Request) -> Line:
    """A judge that knows the levels, quotes the answer's first words, and has no taste of its own."""
    told = json.loads(request.messages[-1].content)
    if "retell" in told:
        return f"In other words: {told['retell']}"
    if "answer" in told:
        quote = " ".join(told["answer"].split()[:4])
        good = {"kind": "good", "text": "It names a real case.", "quote": quote}
        invented = {"kind": "missing", "text": "No outcome.", "quote": "words that nobody said"}
        return json.dumps({"score": LEVEL_OF.get(told["answer"], 4), "comments": [good, invented]})
    first, second = (LEVEL_OF.get(told[name].removeprefix("In other words: "), 0) for name in "AB")
    if first == second:
        return "A"
    return "A" if first > second else "B"
