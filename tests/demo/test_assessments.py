"""Reports and the audit from the command line's side, on a store that a server left."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from house import services, setup_of, sqlite_store, talk

from mulakat.demo.assessments import audit_json, audit_lines, audited, export_assessment
from mulakat.errors import ExamRunning, InterviewError, ReportError, UnknownInterview
from mulakat.messages import Language
from mulakat.report.assessment_words import LABELS
from mulakat.room import Room
from mulakat.settings import Settings


async def held(data: Path, language: Language = "en", whole: bool = True, **setup: str) -> Settings:
    """An interview in the store, to its end or only begun."""
    given = setup_of(language, turns=3, **setup)
    with sqlite_store(data) as store:
        store.create("an-id", "me", "hash", given, "2026-03-01T10:00:00.000+03:00")
        room = await Room.open("an-id", given, services(store))
        if whole:
            await talk(room, language)
        else:
            await room.begin()
    return Settings(data=data, engine="none")


@pytest.mark.parametrize("language", ["en", "tr"])
async def test_every_form_is_written(tmp_path: Path, language: Language) -> None:
    settings = await held(tmp_path / "data", language)
    paths = [tmp_path / f"mine{ending}" for ending in (".pdf", ".json", ".zip")]
    for path in paths:
        assert export_assessment(settings, "last", path, language) == path
    assert paths[0].read_bytes().startswith(b"%PDF")
    whole = json.loads(paths[1].read_text("utf-8"))
    assert whole["statement"] == LABELS[language].statement
    assert whole["transcript"]["id"] == "an-id"
    with zipfile.ZipFile(paths[2]) as package:
        assert len(package.namelist()) == 3
        assert package.testzip() is None


async def test_a_pdf_when_no_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = await held(tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    path = export_assessment(settings, "an-id", None, None)
    assert path.name.startswith("mulakat-report-")
    assert path.read_bytes().startswith(b"%PDF")


async def test_faults_name_their_fix_and_write_nothing(tmp_path: Path) -> None:
    settings = await held(tmp_path / "data", whole=False)
    target = tmp_path / "a.pdf"
    with pytest.raises(InterviewError, match="Finish it first"):
        export_assessment(settings, "last", target, None)
    with pytest.raises(UnknownInterview):
        export_assessment(settings, "nobody", target, None)
    with pytest.raises(ReportError, match=r"\.zip"):
        export_assessment(settings, "last", tmp_path / "a.docx", None)
    exam = await held(tmp_path / "exam", whole=False, mode="exam")
    with pytest.raises(ExamRunning):
        export_assessment(exam, "last", target, None)
    with pytest.raises(ReportError, match="no interview yet"):
        export_assessment(Settings(data=tmp_path / "none", engine="none"), "last", target, None)
    assert not target.exists()
    done = await held(tmp_path / "done")
    with pytest.raises(ReportError, match="--out"):
        export_assessment(done, "last", tmp_path / "no" / "a.pdf", None)


def test_the_audit_as_lines_and_as_values(tmp_path: Path) -> None:
    report = audited(Settings(data=tmp_path, engine="none"), ("tr",))
    lines = audit_lines(report)
    assert sum(int(count) for _, _, count, _, _ in lines) == len(report.rows)
    assert {"name", "gender", "age"} <= {group for _, group, *_ in lines}
    assert {line[0] for line in lines} == {"tr"}
    values = json.loads(json.dumps(audit_json(report)))
    assert values["passed"] == report.passed
    assert len(values["rows"]) == len(report.rows)
