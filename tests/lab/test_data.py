"""Building data: forms, bad rows, filters, near duplicates, splits, cards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from mulakat.lab.config import DataPlan, SourcePlan
from mulakat.lab.data import Removal, Row, build, load_built
from mulakat.lab.data.build import conversations
from mulakat.lab.data.filters import is_tckn, judge, luhn, personal
from mulakat.lab.data.forms import NoConversation, marked, settled, to_row
from mulakat.lab.data.near import jaccard, near_pairs, shingles
from mulakat.lab.data.rows import Turn
from mulakat.lab.faults import DataError
from mulakat.llm.chat_format import CHATML, render

from .conftest import DIALOGUES, talk

GUANACO = (
    "### Human: What is a monad?### Assistant: A pattern:\n\n## System\n### Uses\nMany.### Human: And in "
    "Go?"
    "### Assistant: There is none.### Human: Thanks."
)


def pairs(prompt: str, answer: str) -> dict[str, str]:
    return {"prompt": prompt, "response": answer}


def lines(path: Path, rows: list[Any]) -> Path:
    path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), "utf-8")
    return path


def plan_of(path: Path, **more: Any) -> DataPlan:
    source = {"kind": "jsonl", "path": str(path), "licence": "Apache-2.0", "language": "en"} | more.pop(
        "source", {}
    )
    return DataPlan.model_validate({"sources": [source], "split": {"valid": 0.2, "test": 0.1}} | more)


def row(text: str, answer: str = "I see. What came of it?", **more: Any) -> Row:
    return Row(
        (Turn("user", text), Turn("assistant", answer)), "s", 1, language=more.pop("language", "en"), **more
    )


# ---------------------------------------------------------------- forms


def test_marked_text_is_cut_at_every_speaker() -> None:
    turns = marked(
        "### Human: What is a monad?\n### Assistant: A pattern.\n### Human: And in Go?\n### Assistant: "
        "None."
    )
    assert [(t.role, t.content) for t in turns] == [
        ("user", "What is a monad?"),
        ("assistant", "A pattern."),
        ("user", "And in Go?"),
        ("assistant", "None."),
    ]


def test_no_next_speaker_stands_in_a_target() -> None:
    made = to_row(SourcePlan(kind="hub", name="a/b", form="guanaco"), 1, {"text": GUANACO})
    assert isinstance(made, Row)
    assert made.targets == ["A pattern:\n\n## System\n### Uses\nMany.", "There is none."]
    assert [t.content for t in made.turns if t.role == "user"] == ["What is a monad?", "And in Go?"]
    assert (
        made.turns[-1].role == "assistant"
    )  # the last question has no answer, so nothing is learnt from it


def test_llama_marks_are_read() -> None:
    turns = marked(
        "<s>[INST] <<SYS>>Be brief.<</SYS>> Hello [/INST] Hi. </s><s>[INST] Why? [/INST] Because. </s>"
    )
    assert [t.role for t in turns] == ["system", "user", "assistant", "user", "assistant"]
    assert turns[2].content == "Hi."


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({"messages": [{"role": "user", "content": "x"}]}, "no answer"),
        ({"messages": [{"role": "assistant", "content": "x"}]}, "wrong role"),
        ({"messages": [{"role": "user", "content": "x"}, {"role": "robot", "content": "y"}]}, "wrong role"),
        ({"messages": [{"role": "user", "content": "x"}, {"role": "assistant"}]}, "missing field"),
        (
            {"messages": [{"role": "user", "content": "x"}, {"role": "assistant", "content": "  "}]},
            "empty turn",
        ),
        ({"messages": "hello"}, "missing field"),
        ({"text": "a plain story"}, "no speakers"),
        ({"prompt": "x", "response": None}, "missing field"),
        ({"other": 1}, "missing field"),
    ],
)
def test_rows_that_are_no_conversation_say_why(raw: dict[str, Any], reason: str) -> None:
    made = to_row(SourcePlan(kind="hub", name="a/b"), 7, raw)
    assert isinstance(made, Removal)
    assert (made.reason, made.line) == (reason, 7)


def test_speakers_must_take_turns() -> None:
    with pytest.raises(NoConversation) as caught:
        settled([Turn("user", "a"), Turn("user", "b"), Turn("assistant", "c")])
    assert caught.value.detail == "turn 2 is by user, not by assistant"


# ---------------------------------------------------------------- the project's own


def test_dialogues_are_rendered_as_they_are_served() -> None:
    made = list(conversations(SourcePlan(kind="dialogues", path=DIALOGUES, licence="Apache-2.0")))
    rows = [r for r in made if isinstance(r, Row)]
    assert len(rows) == len(made) == 306
    first = next(r for r in rows if r.conversation == "en-software-1")
    text = render([t.message for t in first.turns], CHATML, reply=False)
    # the candidate's span without its article: the model is told the noun, it words the article itself
    assert "[probe; about: payment webhook; ask: How did you make up for it towards the customer?]" in text
    opening = first.turns[2]
    assert opening.content.endswith(opening.given)
    assert opening.given == "Which production incident taught you the most?"


def test_packs_open_in_both_languages() -> None:
    rows = [r for r in conversations(SourcePlan(kind="packs", licence="Apache-2.0")) if isinstance(r, Row)]
    assert {r.language for r in rows} == {"en", "tr"}
    assert all(r.turns[-1].content.endswith(r.turns[-1].given) for r in rows)


def test_the_generator_marks_its_held_out_half() -> None:
    found = list(conversations(SourcePlan(kind="wording", rows=30, licence="Apache-2.0")))
    rows = [r for r in found if isinstance(r, Row)]
    assert len([r for r in rows if r.split == "train"]) == 30
    assert len([r for r in rows if r.split == "valid"]) == 20


# ---------------------------------------------------------------- filters


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("Are you married?", "discriminatory"),
        ("We prefer men for this post.", "discriminatory"),
        ("You are a useless idiot.", "offensive"),
        ("I see. What did the client say?", ""),
    ],
)
def test_targets_are_filtered_with_a_reason(answer: str, reason: str) -> None:
    found = judge(row("I sold tiles.", answer), plan_of(Path("x")))
    assert (found.reason if found else "") == reason


def test_candidates_may_swear_where_only_targets_are_looked_at() -> None:
    said = row("This is bullshit, you stupid machine.", scope="targets")
    assert judge(said, plan_of(Path("x"))) is None
    assert judge(row("This is bullshit, you stupid machine."), plan_of(Path("x"))).reason == "offensive"  # type: ignore[union-attr]


def test_a_turkish_row_is_read_in_turkish() -> None:
    found = judge(row("Hazırım.", "Evli misiniz?", language="tr"), plan_of(Path("x")))
    assert found is not None
    assert found.reason == "discriminatory"


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Write to ayse.k@firma.com.tr", "e-mail"),
        ("call +90 532 111 22 33 today", "phone"),
        ("My number is 10000000146.", "identity number"),
        ("card 4111 1111 1111 1111", "card number"),
        ("TR33 0006 1005 1978 6457 8413 26", "IBAN"),
    ],
)
def test_personal_data_are_found_and_not_repeated(text: str, what: str) -> None:
    found = personal(text)
    assert found.startswith(what)
    assert "firma" not in found
    assert "1111" not in found


@pytest.mark.parametrize(
    "text", ["We sold 10000000000 units", "in 2021-2024, 99.5 per cent", "a@example.com", "version 1.2.3.4"]
)
def test_figures_are_no_personal_data(text: str) -> None:
    assert personal(text) == ""


def test_check_digits() -> None:
    assert is_tckn("10000000146")
    assert not is_tckn("10000000147")
    assert luhn("4111111111111111")
    assert not luhn("4111111111111112")


def test_a_hundred_thousand_characters_are_too_long() -> None:
    found = judge(row("x" * 100_000), plan_of(Path("x")))
    assert found is not None
    assert found.reason == "too long"


# ---------------------------------------------------------------- near duplicates and splits


def test_likeness_is_that_of_word_triples() -> None:
    one, other = shingles("a b c d e"), shingles("a b c d f")
    assert jaccard(one, other) == pytest.approx(2 / 4)
    assert jaccard(shingles(""), shingles("")) == 0.0


def test_every_near_pair_is_found() -> None:
    """MinHash against all pairs by hand."""
    texts = [talk(n)["messages"][1]["content"] + " " + talk(n)["messages"][3]["content"] for n in range(80)]
    texts += [t.replace("I built", "I have built") for t in texts[::7]]
    sets = [shingles(t) for t in texts]
    wanted = {(a, b) for b in range(len(sets)) for a in range(b) if jaccard(sets[a], sets[b]) >= 0.7}
    assert len(wanted) >= 12
    found = {(a, b) for a, b, _ in near_pairs(texts, 0.7)}
    assert found <= wanted
    assert len(found) >= 0.95 * len(wanted)


def test_nothing_near_training_is_held_out(tmp_path: Path) -> None:
    rows = [talk(n) for n in range(60)]
    again = [json.loads(json.dumps(r).replace("I built", "I have built")) for r in rows]
    made = build(plan_of(lines(tmp_path / "x.jsonl", rows + again)), tmp_path / "data")
    from mulakat.lab.preflight.checks import near

    held = made.rows("valid") + made.rows("test")
    assert len(held) > 10
    assert near(made.rows("train"), held, 0.6).level == "ok"
    removed = [json.loads(x) for x in (made.folder / "removed.jsonl").read_text("utf-8").splitlines()]
    assert len(made.rows("train")) + len(held) + len(removed) == 120


def test_topics_are_held_out_whole(tmp_path: Path) -> None:
    rows = [talk(n) | {"topic": "law" if n % 5 == 0 else "sales"} for n in range(40)]
    made = build(
        plan_of(
            lines(tmp_path / "x.jsonl", rows), split={"valid": 0.0, "test": 0.0, "test_topics": ["law"]}
        ),
        tmp_path / "data",
    )
    assert {r.topic for r in made.rows("test")} == {"law"}
    assert {r.topic for r in made.rows("train")} == {"sales"}


def test_turns_of_one_conversation_stay_together(tmp_path: Path) -> None:
    rows = [talk(n) | {"conversation": f"c{n // 4}"} for n in range(80)]
    made = build(plan_of(lines(tmp_path / "x.jsonl", rows), near_split=0.99), tmp_path / "data")
    where: dict[str, set[str]] = {}
    for name in ("train", "valid", "test"):
        for one in made.rows(name):
            where.setdefault(one.conversation, set()).add(name)
    assert len(where) == 20
    assert all(len(splits) == 1 for splits in where.values())
    assert len(made.rows("valid")) >= 8


def test_the_same_plan_gives_the_same_bytes(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", [talk(n) for n in range(40)])
    one, two = (build(plan_of(path), tmp_path / name).card["files"] for name in ("a", "b"))
    assert one == two


# ---------------------------------------------------------------- bad input


def test_bad_rows_are_named_by_line_and_the_rest_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    good = [json.dumps(talk(n)).encode() for n in range(30)]
    bad = [
        b'{"messages": [',
        b'{"messages": []}',
        b'{"text": "\xff\xfe"}',
        json.dumps(pairs("q", "")).encode(),
    ]
    path.write_bytes(b"\n".join([*good[:10], *bad, *good[10:]]) + b"\n")
    made = build(plan_of(path, split={"valid": 0.1, "test": 0.0}), tmp_path / "data")
    removed = [json.loads(x) for x in (made.folder / "removed.jsonl").read_text("utf-8").splitlines()]
    assert [(r["line"], r["reason"]) for r in removed if r["line"] in (11, 12, 13, 14)] == [
        (11, "not JSON"), (12, "no answer"), (13, "broken UTF-8"), (14, "empty turn"),
    ]  # fmt: skip
    page = (made.folder / "card.html").read_text("utf-8")
    assert "broken UTF-8" in page
    assert "<script" not in page


def test_a_source_that_is_mostly_broken_stops_the_build(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", [talk(1), {"a": 1}, {"a": 2}])
    with pytest.raises(DataError, match=r"2 of 3 rows.*cannot be read(?s:.*)line 2: missing field"):
        build(plan_of(path), tmp_path / "data")
    assert not (tmp_path / "data").exists()


def test_data_of_another_plan_are_not_overwritten(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", [talk(n) for n in range(30)])
    build(plan_of(path), tmp_path / "data")
    before = (tmp_path / "data/card.json").read_bytes()
    with pytest.raises(DataError, match="data of another plan"):
        build(plan_of(path, seed=9), tmp_path / "data")
    assert (tmp_path / "data/card.json").read_bytes() == before


def test_rows_without_a_licence_are_refused_unless_it_is_said(tmp_path: Path) -> None:
    path = lines(tmp_path / "x.jsonl", [talk(n) for n in range(30)])
    with pytest.raises(DataError, match="No licence is named"):
        build(plan_of(path, source={"licence": ""}), tmp_path / "data")
    made = build(plan_of(path, source={"licence": ""}, allow_unlicensed=True), tmp_path / "data")
    assert made.card["sources"][0]["licence"] == "none named"


def test_csv_and_parquet_give_the_same_conversations(tmp_path: Path) -> None:
    import csv

    import pyarrow
    import pyarrow.parquet

    rows = [pairs(f"Question {n}, with\na line break", f'Answer "{n}".') for n in range(5)]
    with (tmp_path / "x.csv").open("w", newline="", encoding="utf-8") as out:
        writer = csv.DictWriter(out, ["prompt", "response"])
        writer.writeheader()
        writer.writerows(rows)
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "x.parquet")
    found = {
        kind: [
            r.turns
            for r in conversations(SourcePlan(kind=kind, path=tmp_path / f"x.{kind}"))
            if isinstance(r, Row)
        ]  # type: ignore[arg-type]
        for kind in ("csv", "parquet")
    }
    assert found["csv"] == found["parquet"]
    assert len(found["csv"]) == 5


def test_a_parquet_file_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.parquet").write_bytes(b"PAR1 not really")
    with pytest.raises(DataError, match="no readable Parquet"):
        list(conversations(SourcePlan(kind="parquet", path=tmp_path / "x.parquet")))


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="does not exist"):
        list(conversations(SourcePlan(kind="jsonl", path=tmp_path / "none.jsonl")))


def test_a_hub_out_of_reach_is_a_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The real library, asked to stay offline: it holds no such data set."""
    import datasets
    import huggingface_hub.constants as constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(datasets.config, "HF_HUB_OFFLINE", True)
    with pytest.raises(DataError, match=r"'nobody/nothing' (could not be fetched|was not found)"):
        list(conversations(SourcePlan(kind="hub", name="nobody/nothing")))


def test_built_data_that_were_cut_are_refused(tmp_path: Path) -> None:
    made = build(plan_of(lines(tmp_path / "x.jsonl", [talk(n) for n in range(20)])), tmp_path / "data")
    path = made.path("train")
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(DataError, match=r"train.jsonl, line \d+ cannot be read"):
        made.rows("train")
    (made.folder / "card.json").unlink()
    with pytest.raises(DataError, match="no whole data"):
        load_built(made.folder)
