"""An interviewer against its base: the dialogues served again, the loss, the whole command."""

from __future__ import annotations

import asyncio
import json
import math
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from mulakat.errors import CatalogueError
from mulakat.interview.phrasing import Turn
from mulakat.interview.prompt import plain, system_message, user_message
from mulakat.lab.cli import lab
from mulakat.lab.config import read_text
from mulakat.lab.data import build, read_rows
from mulakat.lab.data.rows import Row
from mulakat.lab.data.rows import Turn as Said
from mulakat.lab.evaluate import held, report
from mulakat.lab.evaluate.marks import mark, of_the_data
from mulakat.lab.evaluate.run import Plan, dealt, evaluate
from mulakat.lab.evaluate.served import Sample, Server, Way
from mulakat.lab.faults import DataError, EvaluationError
from mulakat.lab.publish.card import card_of, markdown
from mulakat.lab.train.record import load_run
from mulakat.llm.chat_format import CHATML
from mulakat.llm.fake import FakeEngine
from mulakat.llm.protocol import Request
from mulakat.messages import Move, MoveName, Span, SpanKind
from mulakat.settings import Settings

from .conftest import DIALOGUES, config_text

runner = CliRunner()

# ---------------------------------------------------------------- dialogues read back

letters = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="[]"), max_size=40)
clean = letters.map(plain).filter(lambda t: t and ";" not in t)


@given(st.text(max_size=60), st.sampled_from(list(MoveName)), st.none() | clean, clean, st.booleans())
def test_a_directive_is_read_back_as_it_was_given(
    answer: str, name: MoveName, about: str | None, seed: str, fixed: bool
) -> None:
    span = Span(about, SpanKind.PHRASE, 0, len(about)) if about else None
    message = user_message(answer, Move(name, "", seed, "", fixed, span))
    read = held.read_directive(message.content, seed if fixed else "")
    assert read is not None
    said, move = read
    assert said == plain(answer)
    assert (move.name, move.seed, move.fixed) == (name, seed, fixed)
    assert (move.span.text if move.span else None) == about
    assert user_message(said, move) == message


def test_words_without_a_directive_are_not_served() -> None:
    assert held.read_directive("I built a parser.") is None
    assert held.read_directive("I saw a sign\n[exit]") is None
    assert held.read_directive("(probe; ask: What?)") is None


def test_the_role_is_found_in_both_languages() -> None:
    for language in ("en", "tr"):
        assert (
            held.role_of(system_message("Hemşire (gece)", language).content, language) == "Hemşire (gece)"
        )
    assert held.role_of("You hold an interview.", "en") == ""


def test_a_reply_is_parted_where_its_question_begins() -> None:
    span = Span("Dr. Aksoy", SpanKind.NAME, 0, 9)
    assert held.reference("You met Dr. Aksoy then. What came of it?", "", span) == Turn(
        "You met Dr. Aksoy then.", "What came of it?"
    )
    assert held.reference("What came of it?", "", None) == Turn("", "What came of it?")
    given_one = "One case. You are late. What do you do?"
    assert held.reference(f"Let us go on. {given_one}", given_one, None) == Turn("Let us go on.", given_one)


def _row(topic: str, role: str, number: int, language: str = "en", turns: int = 3) -> Row:
    talk = [Said("system", system_message(role, language).content)]  # type: ignore[arg-type]
    for n in range(turns):
        seed = f"What did you do on day {n}?"
        span = Span(f"Project {number}", SpanKind.NAME, 0, 9)
        move = Move(MoveName.PROBE, "", seed, "", n == 0, span)
        talk.append(Said("user", user_message(f"I ran Project {number}.", move).content))
        talk.append(Said("assistant", f"So you ran Project {number}. {seed}", seed if n == 0 else ""))
    return Row(tuple(talk), "own", number, topic=topic, language=language)


TRAIN = [_row("law", "Lawyer", 1), _row("", "Accountant", 2)]


def test_groups_and_positions_tell_what_training_has_seen() -> None:
    rows = [_row("finance", "Accountant", 3), _row("law", "Judge", 4), _row("", "Cook", 5)]
    found, others = held.dialogues([*rows, Row(rows[0].turns[1:], "own", 6, language="en")], TRAIN)
    assert [d.group for d in found] == [held.NEW, held.KNOWN, held.MADE]
    assert others == 1
    assert held.shared_roles(found, TRAIN) == {"Accountant": 1}


def test_picking_takes_the_number_asked_for_from_every_pile() -> None:
    rows = [
        _row(t, "Cook", n, lang) for t in ("finance", "law", "") for lang in ("en", "tr") for n in range(6)
    ]
    found, _ = held.dialogues(rows, TRAIN)
    picked = held.pick(found, 40, seed=3)
    assert sum(len(d.steps) for d in picked) == 40
    assert {(d.language, d.group) for d in picked} == {(x, g) for x in ("en", "tr") for g in held.GROUPS}
    assert picked == held.pick(found, 40, seed=3)
    assert picked != held.pick(found, 40, seed=4)
    assert sum(len(d.steps) for d in held.pick(found, 10_000, seed=3)) == 6 * 6 * 3


def test_rows_for_the_loss_are_dealt_evenly() -> None:
    rows = [_row("law", "Cook", n) for n in range(50)] + [_row("finance", "Cook", n) for n in range(3)]
    taken = dealt(rows, {"law"}, 10)
    assert len(taken) == 10
    assert sum(r.topic == "finance" for r in taken) == 3
    assert len(dealt(rows, {"law"}, 1000)) == 53


# ---------------------------------------------------------------- serving

SMALL = Way(whole=False, grammar=True, free=frozenset({"en"}))
WHOLE = Way(whole=True, grammar=True, free=frozenset({"en"}))


def _talk(engine: FakeEngine, way: Way, row: Row | None = None) -> list[Sample]:
    (dialogue,), _ = held.dialogues([row or _row("finance", "Accountant", 3)], TRAIN)
    return asyncio.run(Server(engine, CHATML, "tuned", way, seed=7).talk(dialogue))


def test_the_model_words_acknowledgements_and_reads_its_own_words_again() -> None:
    requests: list[Request] = []
    lines = iter(["Project 3 is noted.", "I see Project 3 again.", "So Project 3 went on."])

    def script(request: Request) -> str:
        requests.append(request)
        return next(lines)

    samples = _talk(FakeEngine(script=script), SMALL)
    assert [s.wording for s in samples] == [
        "Project 3 is noted. What did you do on day 0?",
        "I see Project 3 again. What did you do on day 1?",
        "So Project 3 went on. What did you do on day 2?",
    ]
    assert all(s.by == "first" and mark(s).clean and s.spoken == s.wording for s in samples)
    last = [m.content for m in requests[-1].messages]
    assert last[2] == samples[0].spoken
    assert last[4] == samples[1].spoken
    assert last[5].endswith("[probe; about: Project 3]")  # a small model is not told the question
    assert requests[-1].adapter == "tuned"
    assert len({s.prompt_hash for s in samples}) == 3


def test_what_the_guard_refuses_is_tried_once_more_and_then_the_pack_speaks() -> None:
    tries: list[tuple[float, str]] = []
    said = {0: "Project 3 with Atlas is noted.", 1: "Project 3 is noted."}

    def script(request: Request) -> str:
        tries.append((request.temperature, request.begun))
        return said.get(len(tries) - 1, "Great answer about Project 3.")

    samples = _talk(FakeEngine(script=script), SMALL)
    first, second, _ = samples
    assert first.by == "second"
    assert first.faults == ["invented"]
    assert first.spoken.startswith("Project 3 is noted.")
    assert mark(first).accepted is False
    assert second.by == "pack"
    assert second.faults == ["verdict"]
    assert "Great" not in second.spoken
    assert "Project 3" in second.spoken
    assert [t for t, _ in tries] == [0.0, 0.8] * 3


def test_a_whole_turn_goes_on_from_its_last_good_sentence() -> None:
    begun: list[str] = []
    lines = iter(
        ["Project 3 is noted.", "I heard Project 3. What did Atlas do?", "What did you do on that day?"]
    )

    def script(request: Request) -> str:
        begun.append(request.begun)
        return next(lines, "Fine. What came next?")

    samples = _talk(FakeEngine(script=script), WHOLE)
    assert samples[0].spoken == "Project 3 is noted. What did you do on day 0?"
    assert samples[1].faults == ["invented"]
    assert samples[1].spoken == "I heard Project 3. What did you do on that day?"
    assert begun[2] == "I heard Project 3. "
    assert mark(samples[2]).named is False


def test_an_acknowledgement_that_was_said_before_is_marked() -> None:
    samples = _talk(FakeEngine(lines=["So Project 3 it is."]), SMALL)
    assert [mark(s).again for s in samples] == [False, True, True]
    assert len({s.spoken_acknowledgement for s in samples}) == 3


def test_two_articles_in_a_row_are_marked() -> None:
    lines = iter(
        ["Let us look at the a Project 3.", "You ran a Project 3, I see.", "So now for Project 3."]
    )
    samples = _talk(FakeEngine(script=lambda _: next(lines)), SMALL)
    assert [mark(s).doubled for s in samples] == [True, False, False]
    assert not mark(samples[0]).clean


def test_in_a_language_that_is_not_free_the_model_chooses() -> None:
    def script(request: Request) -> str:
        assert request.grammar is not None
        return request.grammar.split("| ")[1].strip().strip('"')

    row = _row("finance", "Muhasebeci", 3, "tr")
    samples = _talk(FakeEngine(script=script), SMALL, row)
    assert {s.by for s in samples} == {"choice"}
    assert all(mark(s).accepted is None and s.spoken.endswith("?") for s in samples)


def test_the_data_meet_the_same_marks() -> None:
    (dialogue,), _ = held.dialogues([_row("finance", "Accountant", 3)], TRAIN)
    samples = of_the_data(dialogue)
    marks = [mark(s) for s in samples]
    assert [m.named for m in marks] == [True] * 3
    assert [m.again for m in marks] == [False, True, True]
    assert set(samples[1].faults) == {"repetition"}


# ---------------------------------------------------------------- loss


@pytest.fixture(scope="module")
def adapter(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A PEFT folder for the tiny model that changes what it says."""
    import torch
    from peft import LoraConfig, get_peft_model
    from transformers import AutoModelForCausalLM

    model = AutoModelForCausalLM.from_pretrained(tiny, dtype=torch.float32)
    torch.manual_seed(5)
    linear = ["q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"]
    plan = LoraConfig(
        r=4, lora_alpha=32, target_modules=linear, task_type="CAUSAL_LM", init_lora_weights=False
    )
    folder = tmp_path_factory.mktemp("lora") / "loud"
    get_peft_model(model, plan).save_pretrained(folder)
    return folder


def test_loss_is_the_mean_over_the_tokens_that_bear_it(tiny: Path) -> None:
    import torch

    from mulakat.lab.config import ModelPlan
    from mulakat.lab.evaluate.loss import Loss, loss_of
    from mulakat.lab.train import base as bases
    from mulakat.lab.train.encode import Encoder

    found = bases.find(ModelPlan(base=str(tiny)), Settings())
    model = bases.weights(found, "float32").eval()
    coded = [
        r
        for n in (1, 2)
        for r in Encoder(bases.tokenizer(found), CHATML, 512).all([_row("", "Cook", n)]).rows
    ]
    total = Loss()
    sums, tokens = 0.0, 0
    for one in coded:
        total += loss_of(model, one)
        with torch.no_grad():
            out = model(input_ids=torch.tensor([one.input_ids]), labels=torch.tensor([one.labels]))
        sums += float(out.loss) * one.targets
        tokens += one.targets
    assert (total.tokens, total.rows) == (tokens, len(coded))
    assert total.mean == pytest.approx(sums / tokens, rel=1e-5)
    assert total.perplexity == pytest.approx(math.exp(sums / tokens), rel=1e-5)
    assert math.isnan(Loss().mean)
    assert Loss().data()["perplexity"] is None


def test_a_served_file_scores_like_the_folder_it_came_from(
    tiny: Path, adapter: Path, tmp_path: Path
) -> None:
    from transformers import AutoConfig

    from mulakat.lab.config import ModelPlan
    from mulakat.lab.evaluate.loss import deltas, measure
    from mulakat.lab.publish.lora_gguf import read_adapter, write_lora
    from mulakat.lab.train import base as bases

    gguf = tmp_path / "loud.gguf"
    write_lora(adapter, AutoConfig.from_pretrained(tiny), gguf, "loud", "Apache-2.0")
    found = bases.find(ModelPlan(base=str(tiny)), Settings())
    rows = [_row("law", "Cook", 1), _row("finance", "Cook", 2)]
    given_ones = {"file": gguf, "folder": adapter, "again": gguf}
    losses = measure(found, given_ones, rows, {"law"}, CHATML, 512)
    mean = {name: parts["all"].mean for name, parts in losses.items()}
    assert mean["file"] == pytest.approx(mean["folder"], abs=2e-3)
    config, tensors = read_adapter(adapter)
    for name, left, right in deltas(gguf, AutoConfig.from_pretrained(tiny)):
        key = f"base_model.model.{name.removesuffix('.weight')}.lora_"
        scale = config["lora_alpha"] / config["r"]
        assert np.allclose(left / scale, tensors[f"{key}B.weight"], atol=1e-3)
        assert np.allclose(right, tensors[f"{key}A.weight"], atol=1e-3)
    assert mean["file"] == mean["again"]
    assert abs(mean["file"] - mean["base"]) > 0.02
    assert set(losses["base"]) == {"all", "en", f"en, {held.NEW}", f"en, {held.KNOWN}"}
    whole = losses["base"]["all"]
    assert whole.tokens == sum(losses["base"][f"en, {g}"].tokens for g in (held.NEW, held.KNOWN))


def test_a_file_that_is_no_adapter_is_named(tmp_path: Path) -> None:
    from types import SimpleNamespace

    from mulakat.lab.evaluate.loss import deltas

    path = tmp_path / "broken.gguf"
    path.write_bytes(b"GGUF\x03\x00\x00\x00" + bytes(40))
    with pytest.raises(EvaluationError, match=r"broken\.gguf is no LoRA in GGUF.*Publish"):
        list(deltas(path, SimpleNamespace(model_type="llama")))


# ---------------------------------------------------------------- the whole command


@pytest.fixture
def run(tiny: Path, tmp_path: Path) -> Path:
    """A run's folder with data and a config, but not trained."""
    source = {"kind": "dialogues", "path": str(DIALOGUES), "licence": "Apache-2.0", "limit": 80}
    split = {"valid": 0.2, "test": 0.1, "valid_topics": ["finance"]}
    text = config_text(
        tiny,
        DIALOGUES,
        tmp_path / "runs",
        data={"sources": [source | {"scope": "targets"}], "split": split},
    )
    config = read_text(text, "test")
    build(config.data, config.data_folder)
    (config.folder / "config.yaml").write_text(text, "utf-8")
    return config.folder


def _scenarios(path: Path) -> Path:
    counts = {k: 3 for _, *keys in report.SCENARIO for k in keys if k}
    path.write_text(
        json.dumps([{"interviewer": "tuned", "language": "en", "interviews": 2} | counts]), "utf-8"
    )
    return path


@pytest.mark.timeout(300)
def test_the_whole_command_on_a_tiny_model(run: Path, adapter: Path, tmp_path: Path) -> None:
    asked = ["evaluate", str(run), "--adapter", str(adapter), "--turns", "7", "--loss-rows", "4"]
    asked += ["--language", "en", "--scenarios", str(_scenarios(tmp_path / "scenarios.json"))]
    done = runner.invoke(lab, asked, env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    for told in (
        "exactly one question",
        "loud",
        "perplexity",
        "The room's scenarios, en",
        "nearest training",
    ):
        assert told in done.output
    found = json.loads((run / "evaluation/evaluation.json").read_text("utf-8"))
    assert set(found["served"]) == {"en"}
    assert list(found["served"]["en"]) == ["data", "base", "loud"]
    assert set(found["loss"]) == {"base", "loud"}
    asked_for = found["served"]["en"]["base"]["turns"]
    assert asked_for == len([s for s in found["samples"] if s["interviewer"] == "base"]) >= 5
    assert all(len(s["prompt"]) == 16 and s["spoken"].endswith("?") for s in found["samples"])
    assert str(tmp_path) not in json.dumps(found)
    page = (run / "evaluation/evaluation.html").read_text("utf-8")
    assert "<script" not in page
    assert "http" not in page
    assert "perplexity" in page
    told = report.reading(found)
    assert any("the span is named in each turn" in sentence for sentence in told)
    config, _ = load_run(run)
    card = card_of(config, {}, {}, [], [])
    assert "samples" not in card["evaluation"]
    text = markdown(card)
    assert "| names the span, where there is one |" in text
    assert "not evaluated yet" not in text


@pytest.mark.timeout(300)
def test_the_same_seed_gives_the_same_turns(run: Path, adapter: Path, tmp_path: Path) -> None:
    plan = Plan(adapters=(str(adapter),), turns=4, loss_rows=0, languages=("en",))
    one, two = (evaluate(run, plan, Settings(), tmp_path / name).data for name in "ab")
    assert one["samples"] == two["samples"]
    assert one["served"] == two["served"]
    assert one["loss"] is None


@pytest.mark.timeout(300)
def test_dialogues_of_their_own_are_served_instead(run: Path, adapter: Path, tmp_path: Path) -> None:
    folder = tmp_path / "fresh"
    folder.mkdir()
    line = (DIALOGUES / "en-law.jsonl").read_text("utf-8").splitlines()[0]
    (folder / "en.jsonl").write_text(line.replace('"field": "law"', '"field": "falconry"') + "\n", "utf-8")
    plan = Plan(adapters=("none",), turns=3, loss_rows=0, languages=("en",), dialogues=folder)
    found = evaluate(run, plan, Settings(), tmp_path / "out").data
    assert {s["field"] for s in found["samples"]} == {"falconry"}
    assert found["data"]["splits"] == ["fresh"]
    (folder / "en.jsonl").write_text('{"language": "en"}\n', "utf-8")
    with pytest.raises(DataError, match="no dialogues to serve"):
        evaluate(run, plan, Settings(), tmp_path / "other")


def test_what_is_not_there_is_told_with_its_fix(run: Path, adapter: Path, tmp_path: Path) -> None:
    with pytest.raises(EvaluationError, match=r"There is no run at .*nowhere"):
        evaluate(tmp_path / "nowhere", Plan(), Settings())
    with pytest.raises(EvaluationError, match=r"no trained adapter.*--adapter"):
        evaluate(run, Plan(), Settings())
    with pytest.raises(CatalogueError, match="No interviewer is called 'nobody'"):
        evaluate(run, Plan(adapters=("nobody",)), Settings())
    bare = tmp_path / "bare"
    bare.mkdir()
    with pytest.raises(DataError, match=r"no whole data in .*data build"):
        evaluate(bare, Plan(adapters=("none",)), Settings())
    for name in ("valid", "test"):
        (run / f"data/{name}.jsonl").write_text("", "utf-8")
    with pytest.raises(DataError, match="Nothing was held out"):
        evaluate(run, Plan(adapters=(str(adapter),)), Settings())
    assert not (run / "evaluation").exists()


def test_scenarios_of_another_kind_are_refused_before_anything_is_served(run: Path, tmp_path: Path) -> None:
    path = tmp_path / "other.json"
    for text in ("[]", "{", '[{"interviewer": "x"}]', '{"a": 1}'):
        path.write_text(text, "utf-8")
        with pytest.raises(DataError, match="no answer of `mulakat demo"):
            evaluate(run, Plan(scenarios=(path,)), Settings())
    with pytest.raises(DataError, match="cannot be read"):
        evaluate(run, Plan(scenarios=(tmp_path / "missing.json",)), Settings())


def test_wrong_options_are_named() -> None:
    for option, value in (("--wording", "loud"), ("--language", "fr")):
        done = runner.invoke(lab, ["evaluate", "runs/x", option, value])
        assert done.exit_code == 2
        assert f"{value}" in done.output


def test_rows_without_directives_are_scored_but_not_served(
    tiny: Path, talks: Path, adapter: Path, tmp_path: Path
) -> None:
    config = read_text(config_text(tiny, talks, tmp_path / "runs"), "test")
    build(config.data, config.data_folder)
    plan = Plan(adapters=(str(adapter),), base=str(tiny), turns=4, loss_rows=3)
    found = evaluate(config.folder, plan, Settings()).data
    assert found["served"] == {}
    assert found["data"]["left_out"] == len(read_rows(config.data_folder / "valid.jsonl"))
    assert any("none was served" in note for note in found["notes"])
    assert found["loss"]["base"]["all"]["sequences"] == 3


@pytest.mark.models
@pytest.mark.timeout(600)
def test_the_embedded_model_is_evaluated_with_the_adapter_that_ships(
    run: Path, real_models: Path, tmp_path: Path
) -> None:
    settings = Settings(models=real_models)  # type: ignore[call-arg]
    plan = Plan(adapters=("interviewer-135m",), base="smollm2-135m-instruct", turns=5, loss_rows=0)
    found = evaluate(run, plan, settings, tmp_path / "out").data
    assert set(found["served"]) == {"en"}  # its Turkish is not free
    assert found["way"] == {"whole": False, "grammar": True, "free": ["en"]}
    for name in ("base", "interviewer-135m"):
        mine = [s for s in found["samples"] if s["interviewer"] == name]
        assert len(mine) >= 4
        assert all(s["text"].endswith(s["seed"][1:]) and s["marks"]["one_question"] for s in mine)
    said = {
        name: [s["text"] for s in found["samples"] if s["interviewer"] == name]
        for name in ("base", "interviewer-135m")
    }
    assert said["base"] != said["interviewer-135m"]
