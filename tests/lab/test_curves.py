"""Curves: our log, the trainer's, a foreign CSV; what is read out of them."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from mulakat.lab.curves import read, reading, write_curves
from mulakat.lab.faults import CurvesError

FOREIGN = """step,epoch,loss,eval_loss,learning_rate,grad_norm
20,0.1,1.2,,2e-05,0.4
40,0.2,1.0,,1.8e-05,0.4
60,0.3,0.9,0.95,1.6e-05,0.5
80,0.4,0.85,,1.4e-05,0.4
100,0.5,0.8,0.93,1.2e-05,0.4
120,0.6,0.74,0.935,1e-05,3.5
140,0.7,0.7,0.94,8e-06,0.4
"""


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    path = tmp_path / "foreign.csv"
    path.write_text(FOREIGN, "utf-8")
    return path


def test_a_foreign_csv_is_read_with_its_gaps(foreign: Path) -> None:
    curves = read(foreign)
    assert curves.valid == [(60, 0.95), (100, 0.93), (120, 0.935), (140, 0.94)]
    assert len(curves.train) == len(curves.learning_rate) == 7
    assert curves.perplexity[1] == (100, pytest.approx(math.exp(0.93)))


def test_overfitting_is_named_with_its_numbers(foreign: Path) -> None:
    told = reading(read(foreign))
    assert told.verdict == "overfitting"
    assert (told.facts.low_step, told.facts.behind) == (100, 2)
    text = " ".join(told.sentences)
    for number in ("0.9300", "step 100", "0.0100", "2 measurements", "2.53", "under 2 %", "3.50"):
        assert number in text


def test_turkish_reads_the_same_numbers_with_commas(foreign: Path) -> None:
    text = " ".join(reading(read(foreign), "tr").sentences)
    assert "0,9300" in text
    assert "100. adım" in text
    assert "0.9" not in text


def test_a_falling_curve_is_not_called_overfitting(tmp_path: Path) -> None:
    lines = [{"step": s, "loss": 3 - s / 50, "eval_loss": 3 - s / 60} for s in range(10, 60, 10)]
    path = tmp_path / "log.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), "utf-8")
    assert reading(read(path)).verdict == "still falling"


def test_without_validation_no_perplexity_is_claimed(tmp_path: Path) -> None:
    history = [{"step": s, "loss": 2.0} for s in (10, 20)] + [
        {"step": 20, "train_loss": 2.0, "train_runtime": 1}
    ]
    path = tmp_path / "trainer_state.json"
    path.write_text(json.dumps({"log_history": history}), "utf-8")
    curves = read(path)
    assert (curves.train, curves.perplexity) == ([(10, 2.0), (20, 2.0)], [])
    told = reading(curves)
    assert told.verdict == "no validation"
    assert "no perplexity on unseen text" in told.sentences[-1]


def test_files_are_whole_and_speak(foreign: Path, tmp_path: Path) -> None:
    told, files = write_curves(read(foreign), tmp_path / "curves")
    png, svg, page, data = (p.read_bytes() for p in files)
    assert png.startswith(b"\x89PNG")
    assert b"validation" in svg
    assert told.sentences[0].encode() in page
    assert b"http" not in page.replace(b"http://www.w3.org", b"").replace(b"http://purl.org", b"").replace(
        b"http://creativecommons.org", b""
    )
    assert json.loads(data)["verdict"] == "overfitting"
    again, _ = write_curves(read(foreign), tmp_path / "curves")
    assert again == told
    assert files[1].read_bytes() == svg  # the same log, the same picture


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("x.csv", "a,b\n1,2\n", "holds no loss"),
        ("x.json", "[]", "holds no loss"),
        ("x.json", "{", "no log of a training"),
        ("x.csv", "step,loss\n1,much\n", "no log of a training"),
    ],
)
def test_what_is_no_log_is_refused(tmp_path: Path, name: str, text: str, told: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    with pytest.raises(CurvesError, match=told):
        read(path)


def test_a_folder_without_a_log_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CurvesError, match="holds no log"):
        read(tmp_path)
