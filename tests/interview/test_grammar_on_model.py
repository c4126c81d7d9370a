"""The grammars on the real engine: whatever the model would like to say, the form is ours."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from mulakat.interview.phrasing import Turn, choice_grammar, chosen, sentence_end, turn_grammar
from mulakat.interview.prompt import system_message, user_message
from mulakat.llm.local import LocalEngine, LocalOptions, open_local
from mulakat.llm.protocol import Request
from mulakat.messages import Language, Move, MoveName, Span
from mulakat.text.fold import capital

from .talks import span

pytestmark = pytest.mark.models


@pytest.fixture(scope="module")
def engine(real_models: Path) -> Iterator[LocalEngine]:
    model = next((real_models / "smollm2-135m-instruct").glob("*.gguf"))
    adapter = Path(str(files("mulakat.interview").joinpath("adapters/interviewer-135m.gguf")))
    opened = open_local(
        model, {"interviewer": adapter}, LocalOptions(context=1024, slots=2, batch=128, threads=1)
    )
    yield opened
    asyncio.run(opened.close())


async def decode(
    engine: LocalEngine, grammar: str, move: Move, language: Language = "en", **more: object
) -> str:
    messages = [
        system_message("Nurse", language),
        user_message("I wrote a list for the night shift and it helped us a lot.", move),
    ]
    request = Request(messages, session=language, grammar=grammar, adapter="interviewer", **more)  # type: ignore[arg-type]
    return "".join([p async for p in engine.stream(request)])


def probe(
    named: Span | None = None, fixed: bool = False, seed: str = "What was the hardest part of it?"
) -> Move:
    name = MoveName.MOVE_ON if fixed else MoveName.PROBE
    return Move(name, "a/b", seed, "heard", fixed, named)


def parts(text: str, named: Span | None) -> Turn:
    """Acknowledgement and question, taken apart as the room does."""
    cut = sentence_end(text, named)
    assert cut is not None, text
    return Turn(text[:cut], text[cut:].lstrip())


SPANS = [
    "Kubernetes",
    "40 percent",
    "yüzde 40",
    "Hülya Hanım",
    "i̇stanbul",
    "Dr. Aksoy",
    "the end. And more",
    'the "red" folder',
    r"C:\temp",
    "C++ [core] {x}",
    "two\nlines",
    "🙂 team",
    "👩\u200d💻",
    "naïve Ångström",
]


@pytest.mark.parametrize(
    ("text", "language"), [*((s, "en") for s in SPANS), *((s, "tr") for s in SPANS[2:6])]
)
async def test_turn_with_a_span(engine: LocalEngine, text: str, language: Language) -> None:
    named = span(text)
    move = probe(named)
    # With room for the worst that the grammar allows: the form does not hang on a limit of tokens.
    reply = await decode(engine, turn_grammar(move, language), move, language, max_tokens=700)
    turn = parts(reply, named)
    assert turn.acknowledgement.endswith(".")
    assert turn.question.endswith("?")
    assert text in reply or capital(text, language) in reply
    for form in (text, capital(text, language)):
        reply = reply.replace(form, "")
    assert (reply.count("?"), reply.count(".")) == (1, 1)
    assert not re.search(r"\d", reply)


@pytest.mark.parametrize("seed", range(4))
async def test_turn_without_a_span(engine: LocalEngine, seed: int) -> None:
    reply = await decode(engine, turn_grammar(probe(), "en"), probe(), temperature=1.0, seed=seed)
    turn = parts(reply, None)
    assert re.fullmatch(r"[A-Z][a-z'’\-, ]*\.", turn.acknowledgement)
    assert re.fullmatch(r"[A-Z][a-z'’\-, ]*\?", turn.question)


@pytest.mark.parametrize("named", [None, span("Dr. Aksoy")])
async def test_fixed_move_is_acknowledged_only(engine: LocalEngine, named: Span | None) -> None:
    move = probe(named, fixed=True)
    reply = await decode(engine, turn_grammar(move, "en"), move)
    assert reply.endswith(".")
    assert "?" not in reply
    assert named is None or named.text in reply


async def test_question_alone_after_what_was_begun(engine: LocalEngine) -> None:
    move = probe(span("Atlas"))
    said = "Thank you."
    reply = await decode(engine, turn_grammar(move, "en", begun=said), move, begun=f"{said} ")
    assert "Atlas" in reply
    assert reply.endswith("?")
    assert "." not in reply
    said = "You mentioned Atlas."
    reply = await decode(engine, turn_grammar(move, "en", begun=said), move, begun=f"{said} ")
    assert "Atlas" not in reply
    assert reply.endswith("?")


async def test_names_of_the_question_can_be_said(engine: LocalEngine) -> None:
    move = probe(seed="How did you test SQL and 3 indexes?")
    grammar = turn_grammar(move, "en")
    only = "root ::= word\n" + "\n".join(
        x for x in grammar.splitlines() if x.startswith(("some ", "word "))
    )
    reply = await decode(engine, only, move, begun="How did you test ")
    assert re.fullmatch(r"[a-z'’-]+|SQL|3", reply)


TURNS = [
    Turn("Teşekkür ederim, “İşte” 'bu'.", 'Neden "böyle" yaptınız?'),
    Turn("Teşekkür ederim.", "Neden böyle yaptınız?"),
    Turn(r"Ters \ eğik.", "Neden böyle yaptınız?"),
    Turn("", "🙂 Neden?"),
]


async def test_choice_is_one_of_the_wordings(engine: LocalEngine) -> None:
    for n, _ in enumerate(TURNS):
        turns = TURNS[n:]
        reply = await decode(engine, choice_grammar(turns), probe(), "tr")
        assert chosen(reply, turns, ended=True) in turns
