"""`mulakat judge` and a second opinion in a report: a model comments only when it has earned it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from judges import honest
from pypdf import PdfReader
from typer.testing import CliRunner

from mulakat.assessment.judge import Calibration
from mulakat.cli import app
from mulakat.demo import judging
from mulakat.demo.assessments import export_assessment
from mulakat.errors import EngineBusy, MulakatError, ReportError
from mulakat.llm.fake import FakeEngine, Line
from mulakat.llm.protocol import Request
from mulakat.messages import LANGUAGES, Language
from mulakat.room import judging as opinions
from mulakat.settings import Settings

from .test_assessments import held as whole_interview


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[Request], Line]], None]:
    def given(script: Callable[[Request], Line]) -> None:
        monkeypatch.setattr(opinions, "open_engine", lambda settings: (FakeEngine(script=script), None))

    return given


@pytest.fixture
def held(tmp_path: Path) -> Settings:
    return asyncio.run(whole_interview(tmp_path / "data"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_answers_of_every_level_come_along(language: Language) -> None:
    found = opinions.known(language)
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
    # What was said stays with the interview: nobody is asked again, and it is in every report from now on.
    engine(lambda request: EngineBusy("asked again"))
    for again, path in ((True, tmp_path / "again.json"), (False, tmp_path / "later.json")):
        export_assessment(held, "last", path, "en", judge=again)
        assert json.loads(path.read_text("utf-8"))["assessment"] == judged["assessment"]
    pdf = tmp_path / "judged.pdf"
    export_assessment(held, "last", pdf, "en")
    text = " ".join(" ".join(p.extract_text() for p in PdfReader(pdf).pages).split())
    assert text.count("It names a real case.") == len(asked)


def test_a_judge_that_gives_no_verdict_is_told_and_nothing_is_kept(
    held: Settings, tmp_path: Path, engine: Any
) -> None:
    engine(honest)
    judging.calibrated(held, "en")
    engine(lambda request: EngineBusy("It is busy."))
    with pytest.raises(ReportError, match="gave no verdict"):
        export_assessment(held, "last", tmp_path / "a.json", "en", judge=True)
    assert not (tmp_path / "a.json").exists()
    engine(honest)
    export_assessment(held, "last", tmp_path / "a.json", "en", judge=True)
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["assessment"]["judged"]


def test_one_that_did_not_pass_is_named_with_what_it_lacks(
    held: Settings, tmp_path: Path, engine: Any
) -> None:
    engine(lambda request: '{"score": 3}' if '"answer"' in request.messages[-1].content else "A")
    found = judging.calibrated(held, "en")
    assert not found.passed
    with pytest.raises(ReportError, match=r"known levels is 0\.00 of at least 0\.6") as caught:
        export_assessment(held, "last", tmp_path / "a.json", "en", judge=True)
    assert "leave its comments out" in str(caught.value.fix)
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
        changed.setattr(opinions.judging, "task", lambda language: "another task")
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
