"""Every command with and without --json; faults are one line on standard error and exit status 2."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from house import ROOT, environment, mulakat

from mulakat import __version__, cli
from mulakat.interview.packs.library import load as load_packs
from mulakat.report.transcript import from_json

Run = Callable[..., "Done"]
TIMINGS = {"first_token_ms", "first_sentence_ms", "first_sound_ms", "reply_ms"}


class Done:
    def __init__(self, status: int, out: str, err: str) -> None:
        self.status, self.out, self.err = status, out, err

    @property
    def json(self) -> Any:
        assert self.status == 0, self.err
        return json.loads(self.out)

    def refused(self) -> str:
        """What a fault says: one line with its fix, no traceback."""
        assert self.status == 2, (self.status, self.out, self.err)
        assert self.out == ""
        assert self.err.startswith("mulakat: ")
        assert self.err.count("\n") == 1
        assert "Traceback" not in self.err
        assert re.search(r"[.!:] \S.*[.`]$", self.err.strip()), "no fix"
        return self.err


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """The command line in this process, with nothing on the machine but what the test puts there."""
    for name, value in environment(tmp_path / "data").items():
        if name.startswith("MULAKAT_"):
            monkeypatch.setenv(name, value)
    for name in ("MULAKAT_MODELS", "MULAKAT_TEST_POSTGRES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def command(*arguments: object, **env: str) -> Done:
        for name, value in env.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.argv", ["mulakat", *map(str, arguments)])
        status: Any = 0
        try:
            cli.main()
        except SystemExit as ended:
            status = ended.code or 0
        out, err = capsys.readouterr()
        return Done(status, out, err)

    return command


def test_version_and_help(run: Run) -> None:
    assert __version__ in run("--version").out
    said = run("--help").out
    for command in ("serve", "demo", "report", "models", "doctor", "packs"):
        assert command in said
    assert run("models", "--help").status == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["demo", "--turns", "99"],
        ["demo", "--turns", "1"],
        ["demo", "--turns", "many"],
        ["demo", "--language", "de"],
        ["demo", "--seed", "-1"],
        ["demo", "--nonsense"],
        ["report"],
        ["models", "fetch", "--from", "x.gguf"],
        ["serve", "--port"],
    ],
)
def test_wrong_arguments(run: Run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert done.status == 2
    assert "Traceback" not in done.err
    assert "Error" in done.err


# ---------------------------------------------------------------- demo


@pytest.mark.parametrize("language", ["en", "tr"])
def test_demo_writes_what_is_documented(run: Run, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "deep" / "out"
    done = run(
        "demo", "--language", language, "--turns", 4, "--seed", 1, "--out", folder, "--sound", "--json"
    )
    files = done.json["files"]
    assert {"transcript.json", "transcript.pdf", "transcript.txt", "timings.json"} <= set(files)
    told = json.loads((folder / "transcript.json").read_text("utf-8"))
    assert told == done.json["transcript"]
    assert [t["speaker"] for t in told["turns"]] == ["interviewer", "candidate"] * 4 + ["interviewer"]
    assert all({"speaker", "text", "at", "move"} <= set(t) for t in told["turns"])
    assert [t["move"] for t in told["turns"] if t["speaker"] == "interviewer"][-2:] == ["close", "farewell"]
    assert [t["at"] for t in told["turns"]] == sorted(t["at"] for t in told["turns"])
    assert from_json(told).setup.language == language
    timings = json.loads((folder / "timings.json").read_text("utf-8"))
    assert len(timings["turns"]) == 5
    for turn in timings["turns"]:
        assert set(turn) >= TIMINGS
        assert 0 <= turn["first_sentence_ms"] <= turn["first_sound_ms"] <= turn["reply_ms"]
    assert (folder / "transcript.pdf").read_bytes().startswith(b"%PDF")
    assert told["turns"][0]["text"][:20] in (folder / "transcript.txt").read_text("utf-8")


def test_demo_for_people(run: Run) -> None:
    done = run("demo", "--turns", 2)
    assert done.status == 0
    assert done.out.count("Interviewer") == 3
    assert done.out.count("Candidate") == 2


@pytest.mark.parametrize("engine", ["none", "fake"])
def test_demo_is_the_same_for_the_same_seed(run: Run, engine: str) -> None:
    def said(seed: int) -> list[str]:
        done = run("demo", "--turns", 5, "--seed", seed, "--json", MULAKAT_ENGINE=engine)
        return [t["text"] for t in done.json["transcript"]["turns"]]

    first = said(1)
    assert said(1) == first
    assert said(2) != first


@pytest.mark.models
@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", ["en", "tr"])
def test_demo_is_the_same_with_the_real_model(tmp_path: Path, real_models: Path, language: str) -> None:
    # On a busy machine the pack may speak for a model that is late; then two runs differ.
    env = environment(tmp_path, MULAKAT_ENGINE="local", MULAKAT_MODELS=str(real_models), MULAKAT_HURRY="0")
    runs = [
        mulakat("demo", "--language", language, "--turns", "3", "--seed", "3", "--json", env=env)
        for _ in range(2)
    ]
    assert [r.returncode for r in runs] == [0, 0], runs[0].stderr
    told = [json.loads(r.stdout) for r in runs]
    texts = [[t["text"] for t in one["transcript"]["turns"]] for one in told]
    assert texts[0] == texts[1]
    assert {t["worded_by"] for t in told[0]["timings"]["turns"]} & {"model", "model-choice"}


def test_demo_says_when_the_model_is_missing(run: Run) -> None:
    done = run("demo", "--turns", 2, "--json", MULAKAT_ENGINE="local")
    assert done.status == 0
    assert "models fetch" in done.err
    assert done.json["transcript"]["versions"]["engine"] == "none"


def test_demo_leaves_nothing_in_ones_own_store(run: Run, tmp_path: Path) -> None:
    run("demo", "--turns", 2)
    assert run("report", "list", "--json").json == []


GOOD = """
language: en
field: software
role: Tester
turns:
  - say: I test things on a small team of four people at a bank, mostly by hand so far.
"""


def test_demo_with_a_scenario_of_ones_own(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(GOOD, "utf-8")
    told = run("demo", "--scenario", path, "--turns", 3, "--json").json["transcript"]
    assert told["setup"]["role"] == "Tester"
    said = [t["text"] for t in told["turns"] if t["speaker"] == "candidate"]
    assert len(said) == 3
    assert len(set(said)) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("turns: [", "line 1"),
        ("", "mine.yaml"),
        ("- a\n- b", "mine.yaml"),
        (GOOD.replace("en", "de", 1), "language"),
        (GOOD.replace("role: Tester", ""), "role"),
        (GOOD.replace("say:", "says:"), "turns.0.say"),
        (GOOD + "level: chief\n", "level"),
        (GOOD + "extra: 1\n", "extra"),
        ("language: en\nfield: a\nrole: b\nturns: []\n", "turns"),
        (GOOD.replace("Tester", "2024-99-99"), "mine.yaml"),
        ("[" * 5000, "mine.yaml"),
    ],
)
def test_broken_scenarios_name_the_fault(run: Run, tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, "utf-8")
    assert says in run("demo", "--scenario", path).refused()


def test_scenarios_that_cannot_be_read(run: Run, tmp_path: Path) -> None:
    assert "no.yaml" in run("demo", "--scenario", tmp_path / "no.yaml").refused()
    (tmp_path / "latin.yaml").write_bytes(GOOD.encode() + b"about: \xfc\n")
    assert "UTF-8" in run("demo", "--scenario", tmp_path / "latin.yaml").refused()
    (tmp_path / "big.yaml").write_text(GOOD + "#" * 1_000_001, "utf-8")
    assert "1 MB" in run("demo", "--scenario", tmp_path / "big.yaml").refused()
    assert "--scenarios" in run("demo", "--all-scenarios", "--scenarios", tmp_path / "none").refused()
    (tmp_path / "empty").mkdir()
    assert "--scenarios" in run("demo", "--all-scenarios", "--scenarios", tmp_path / "empty").refused()


def test_demo_that_cannot_write(run: Run, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "--out" in run("demo", "--turns", 2, "--out", tmp_path / "file").refused()


def test_table_of_all_scenarios(run: Run, tmp_path: Path) -> None:
    for language in ("en", "tr"):
        path = ROOT / "tests" / "scenarios" / f"{language}-terse.yaml"
        (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
    found = run("demo", "--all-scenarios", "--scenarios", tmp_path, "--turns", 4, "--json").json
    assert [(f["interviewer"], f["language"], f["interviews"]) for f in found] == [
        ("packs", "en", 1),
        ("packs", "tr", 1),
    ]
    for line in found:
        assert line["one_question"] == line["turns"] == 4
        assert line["repeated_questions"] == 0
        assert line["first_sound p95"] >= line["first_sound p50"] > 0
    shown = run("demo", "--all-scenarios", "--scenarios", tmp_path, "--turns", 2)
    assert "exactly one question a turn" in shown.out


# ---------------------------------------------------------------- report


def test_report_lists_and_exports(run: Run, tmp_path: Path) -> None:
    _held(tmp_path / "data")
    (line,) = run("report", "list", "--json").json
    assert (line["role"], line["state"]) == ("Backend engineer", "running")
    assert "Backend engineer" in run("report", "list").out
    for ending, begins in ((".pdf", b"%PDF"), (".json", b"{"), (".txt", b"Backend engineer")):
        target = tmp_path / f"mine{ending}"
        assert run("report", "last", "--out", target, "--json").json == {"file": str(target)}
        assert target.read_bytes().startswith(begins)
    assert json.loads((tmp_path / "mine.json").read_text("utf-8"))["id"] == line["id"]
    by_default = run("report", line["id"])
    (pdf,) = tmp_path.glob("mulakat-*.pdf")
    assert pdf.name in by_default.out.replace("\n", "")


def test_report_with_scores(run: Run, tmp_path: Path) -> None:
    _held(tmp_path / "data")
    target = tmp_path / "mine.pdf"
    assert "Finish it first" in run("report", "last", "--assessment", "--out", target).refused()
    _held(tmp_path / "data", name="whole", ends=True)
    assert run("report", "last", "--assessment", "--out", target, "--json").json == {"file": str(target)}
    assert target.read_bytes().startswith(b"%PDF")
    run("report", "whole", "--assessment", "--out", tmp_path / "mine.zip", "--language", "tr")
    with zipfile.ZipFile(tmp_path / "mine.zip") as package:
        (name,) = [n for n in package.namelist() if n.endswith(".json")]
        assert json.loads(package.read(name))["report"]["language"] == "tr"
    assert "Use .pdf, .json or .zip" in run("report", "last", "--assessment", "--out", "a.txt").refused()


def test_report_faults(run: Run, tmp_path: Path) -> None:
    assert "no interview yet" in run("report", "last").refused()
    _held(tmp_path / "data")
    assert "no interview 'nobody'" in run("report", "nobody").refused()
    assert ".docx" in run("report", "last", "--out", "a.docx").refused()
    assert "--out" in run("report", "last", "--out", tmp_path / "no" / "a.pdf").refused()


def test_report_of_a_running_exam_is_withheld(run: Run, tmp_path: Path) -> None:
    _held(tmp_path / "data", mode="exam")
    assert "Finish the interview first" in run("report", "last", "--out", tmp_path / "a.txt").refused()
    assert not (tmp_path / "a.txt").exists()


def _held(data: Path, name: str = "an-id", ends: bool = False, **setup: Any) -> None:
    """An interview in the store, as a server would have left it: running, or held to its end."""
    import asyncio

    from house import services, setup_of, sqlite_store, talk

    from mulakat.room import Room

    async def hold() -> None:
        with sqlite_store(data) as store:
            begun = f"2026-03-0{2 if ends else 1}T10:00:00.000+03:00"
            store.create(name, "me", "hash", setup_of(**setup), begun)
            room = await Room.open(name, setup_of(**setup), services(store))
            if ends:
                await talk(room, "en")
                return
            await room.begin()
            await room.answer("I have tested payment systems for four years at two banks.", "a")

    asyncio.run(hold())


# ---------------------------------------------------------------- the rest


def test_packs_lint(run: Run, tmp_path: Path) -> None:
    found = run("packs", "lint", "--json").json
    assert found["packs"] == len(load_packs().packs)
    assert found["questions"] >= 400
    assert found["faults"] == []
    assert f"{found['questions']} questions" in run("packs", "lint").out
    broken = tmp_path / "broken.yaml"
    broken.write_text("id: x\n", "utf-8")
    assert "broken.yaml" in run("packs", "lint", broken).refused()
    assert "no.yaml" in run("packs", "lint", tmp_path / "no.yaml").refused()


def test_models_list_and_verify(run: Run) -> None:
    found = {m["name"]: m for m in run("models", "list", "--json").json}
    assert found["smollm2-135m-instruct"]["embedded"]
    assert found["smollm2-135m-instruct"]["state"] == "absent"
    assert all(m["licence"] and m["memory"] for m in found.values())
    assert "Models" in run("models", "list").out
    assert run("models", "verify", "--json").json == []
    for command in ("fetch", "verify"):
        assert "models list" in run("models", command, "nonsense").refused()


def test_doctor_on_a_bare_machine(run: Run) -> None:
    done = run("doctor", "--json")
    assert done.status == 1
    findings = json.loads(done.out)
    assert {"level", "topic", "what", "fix"} == set(findings[0])
    assert any(f["level"] == "missing" and "models fetch" in f["fix"] for f in findings)
    assert "models fetch" in " ".join(run("doctor").out.split())


def test_wrong_settings_are_one_line(run: Run) -> None:
    said = run("report", "list", MULAKAT_PORT="x", MULAKAT_SLOTS="0").refused()
    assert "MULAKAT_PORT" in said
    assert "MULAKAT_SLOTS" in said


def test_audit_finds_no_difference(run: Run) -> None:
    found = run("audit", "--language", "en", "--json").json
    assert found["largest"] == 0
    assert found["variants"] > 20
    assert "0.00" in run("audit", "--language", "tr").out
