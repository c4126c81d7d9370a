"""`mulakat judge` and a second opinion in a report: a model comments only when it has earned it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from mulakat.assessment.judge import Calibration
from mulakat.cli import app
from mulakat.demo import judging
from mulakat.demo.assessments import export_assessment
from mulakat.errors import MulakatError, ReportError
from mulakat.llm.fake import FakeEngine, Line
from mulakat.llm.protocol import Request
from mulakat.messages import LANGUAGES, Language
from mulakat.settings import Settings

from .test_assessments import held as whole_interview

LEVEL_OF = {known.say: known.level for language in LANGUAGES for known in judging.known(language)}


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


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Request], Line]], None]:
    def given(script: Callable[[Request], Line]) -> None:
        monkeypatch.setattr(judging, "open_engine", lambda settings: (FakeEngine(script=script), None))

    return given


@pytest.fixture
def held(tmp_path: Path) -> Settings:
    return asyncio.run(whole_interview(tmp_path / "data"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_of_every_level_come_along(language: Language) -> None:
    found = judging.known(language)
    assert len(found) >= 40
    assert {k.level for k in found} == {1, 2, 3, 5}
    assert len({k.say for k in found}) == len(found)


def test_a_judge_that_passed_comments_beside_the_score(held: Settings, tmp_path: Path, engine: Any) -> None:
    engine(honest)
    found = judging.calibrated(held, "en")
    assert found.passed
    assert found.shortcomings == ""
    paths = [tmp_path / name for name in ("plain.json", "judged.json")]
    export_assessment(held, "last", paths[0], "en")
    export_assessment(held, "last", paths[1], "en", judge=True)
    plain, judged = (json.loads(path.read_text("utf-8")) for path in paths)
    asked = [q for q in judged["assessment"]["questions"] if q["turns"]]
    assert plain["assessment"]["questions"] == judged["assessment"]["questions"]
    assert plain["assessment"]["judged"] is None
    told = judged["assessment"]["judged"]
    assert told["kappa"] == 1.0
    assert [q["question"] for q in told["questions"]] == [q["id"] for q in asked]
    assert all(q["score"] == 4 and len(q["comments"]) == 1 for q in told["questions"])
    pdf = tmp_path / "judged.pdf"
    export_assessment(held, "last", pdf, "en", judge=True)
    assert pdf.read_bytes().startswith(b"%PDF")


def test_one_that_did_not_pass_is_named_with_what_it_lacks(
    held: Settings, tmp_path: Path, engine: Any
) -> None:
    engine(lambda request: '{"score": 3}' if '"answer"' in request.messages[-1].content else "A")
    found = judging.calibrated(held, "en")
    assert not found.passed
    with pytest.raises(ReportError, match=r"known levels is 0\.00 of at least 0\.6") as caught:
        export_assessment(held, "last", tmp_path / "a.json", "en", judge=True)
    assert "leave out --judge" in str(caught.value.fix)
    assert not (tmp_path / "a.json").exists()


def test_one_that_was_not_tried_is_sent_to_be_tried(held: Settings, tmp_path: Path, engine: Any) -> None:
    engine(honest)
    with pytest.raises(ReportError, match="has not been tried as a judge"):
        export_assessment(held, "last", tmp_path / "a.json", "en", judge=True)
    judging.calibrated(held, "tr")  # the other language does not count
    with pytest.raises(ReportError, match="has not been tried as a judge"):
        export_assessment(held, "last", tmp_path / "a.json", "en", judge=True)


def test_a_changed_task_or_a_broken_file_means_to_try_again(
    held: Settings, tmp_path: Path, engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine(honest)
    judging.calibrated(held, "en")
    with monkeypatch.context() as changed:
        changed.setattr(judging.judging, "task", lambda language: "another task")
        with pytest.raises(ReportError, match="has not been tried"):
            export_assessment(held, "last", tmp_path / "a.json", "en", judge=True)
    (held.data / "judge.json").write_text("{broken", "utf-8")
    with pytest.raises(ReportError, match="has not been tried"):
        export_assessment(held, "last", tmp_path / "a.json", "en", judge=True)


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path, engine: Any) -> None:
    engine(honest)
    (tmp_path / "data").write_text("a file where the folder should be", "utf-8")
    with pytest.raises(ReportError, match="cannot be written"):
        judging.calibrated(Settings(data=tmp_path / "data", engine="fake"), "en")


def test_without_a_model_nobody_can_judge(tmp_path: Path) -> None:
    with pytest.raises(MulakatError, match="No model is configured"):
        judging.calibrated(Settings(data=tmp_path, engine="none"), "en")


def test_every_shortcoming_is_told() -> None:
    told = Calibration("m", 40, 0.3, 5, 0.5, 0.4, 1).shortcomings
    for part in ("5 of 40", "0.30", "50%", "40%", "only 1"):
        assert part in told


def test_the_command_tells_its_table_and_its_status(
    tmp_path: Path, engine: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MULAKAT_DATA", str(tmp_path))
    runner = CliRunner()
    engine(honest)
    done = runner.invoke(app, ["judge"], env={"COLUMNS": "160"})
    assert done.exit_code == 0, done.output
    assert "1.00" in done.output
    assert "It may comment" in done.output
    engine(lambda request: "no idea")
    refused = runner.invoke(app, ["judge", "--language", "tr", "--json"])
    assert refused.exit_code == 1
    assert json.loads(refused.stdout)["passed"] is False
    wrong = runner.invoke(app, ["report", "last", "--judge"], env={"COLUMNS": "160"})
    assert wrong.exit_code == 2
    assert "--assessment" in wrong.output
