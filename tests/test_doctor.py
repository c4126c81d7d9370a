import re
import socket
import string
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from mulakat import catalogue, doctor
from mulakat.doctor import Finding, examine, largest
from mulakat.doctor_texts import TEXTS
from mulakat.settings import Settings


def of(findings: list[Finding], topic: str) -> list[Finding]:
    return [f for f in findings if f.topic == topic]


def one(findings: list[Finding], topic: str) -> Finding:
    (found,) = of(findings, topic)
    return found


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    return Settings(data=tmp_path / "data", port=port)


def test_bare_machine_is_told_what_to_fetch(settings: Settings) -> None:
    findings = examine(settings)
    missing = [f for f in of(findings, "models") if f.level == "missing"]
    names = [e.name for e in catalogue.entries() if e.embedded]
    assert [f.fix for f in missing] == [f"Run `mulakat models fetch {n}`." for n in names]
    assert "smollm2-135m-instruct" in of(findings, "interviewer")[0].what
    assert not settings.data.exists()


def test_every_examination_reports(settings: Settings) -> None:
    assert [*dict.fromkeys(f.topic for f in examine(settings))] == list(doctor.EXAMINATIONS)


def test_turkish_speaks_turkish(settings: Settings) -> None:
    english, turkish = examine(settings), examine(settings, "tr")
    assert [(f.level, f.topic) for f in english] == [(f.level, f.topic) for f in turkish]
    assert not {f.what for f in english} & {f.what for f in turkish}
    absent = of(turkish, "models")[0]
    assert absent.what == "smollm2-135m-instruct modeli eksik (98.4 MB)."
    assert absent.fix == "`mulakat models fetch smollm2-135m-instruct` komutunu çalıştırın."


def test_both_languages_say_the_same_things() -> None:
    fields = {
        language: {
            k: {f[1] for t in text for f in string.Formatter().parse(t) if f[1]}
            for k, text in table.items()
        }
        for language, table in TEXTS.items()
    }
    assert fields["en"] == fields["tr"]


def test_damaged_model_is_named_with_its_cure(settings: Settings) -> None:
    path = settings.models_dir / "silero-vad" / "silero_vad_16k_op15.onnx"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"short")
    (found,) = [f for f in of(examine(settings), "models") if "damaged" in f.what]
    assert found.level == "missing"
    assert "5 bytes instead of 1289603" in found.what
    assert found.fix == "Run `mulakat models fetch silero-vad --force`."


def test_taken_port(settings: Settings) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", settings.port))
        holder.listen()
        found = one(examine(settings), "port")
    assert found.level == "missing"
    assert "MULAKAT_PORT" in found.fix
    assert one(examine(settings), "port").level == "ok"


def test_impossible_host(settings: Settings) -> None:
    found = one(examine(settings.model_copy(update={"host": "203.0.113.7"})), "port")
    assert found.level == "missing"


def test_data_folder_that_is_a_file(settings: Settings) -> None:
    settings.data.write_text("in the way", encoding="utf-8")
    assert one(examine(settings), "write").level == "missing"


def test_full_disk(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "free", lambda folder: 5_000_000)
    found = one(examine(settings), "disk")
    assert (found.level, "5.0 MB" in found.what) == ("warn", True)


def test_database_without_one_yet(settings: Settings) -> None:
    assert one(examine(settings), "database").level == "ok"
    assert not settings.data.exists()


def test_database_with_its_schema(settings: Settings) -> None:
    import sqlalchemy as sa

    settings.data.mkdir()
    engine = sa.create_engine(settings.database_url)
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num TEXT)"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES ('0042')"))
    engine.dispose()
    assert "0042" in one(examine(settings), "database").what


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "oracle+none://x",
        "postgresql+psycopg://me:geheim@127.0.0.1:1/db",
        "sqlite:////dev/null/x/y",
    ],
)
def test_database_out_of_reach_keeps_its_password(settings: Settings, url: str) -> None:
    found = one(examine(settings.model_copy(update={"database": url})), "database")
    assert "geheim" not in found.what
    assert found.level == ("ok" if url.startswith("sqlite") else "missing")


def test_missing_driver_is_named_with_its_extra(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    url = "postgresql+psycopg://127.0.0.1:1/db"
    found = one(examine(settings.model_copy(update={"database": url})), "database")
    assert "mulakat[postgres]" in found.fix


def test_broken_database_file(settings: Settings) -> None:
    settings.data.mkdir()
    (settings.data / "mulakat.sqlite3").write_bytes(b"no database at all, only text" * 100)
    assert one(examine(settings), "database").level == "missing"


@pytest.mark.parametrize(
    ("gigabytes", "name"),
    [
        (0.5, None),
        (1, "smollm2-135m-instruct"),
        (3.2, "qwen2.5-0.5b-instruct"),
        (8, "qwen2.5-7b-instruct"),
        (64, "llama-3.1-8b-instruct"),
    ],
)
def test_largest_model_for_a_machine(gigabytes: float, name: str | None) -> None:
    best = largest(int(gigabytes * 1e9))
    assert (best.name if best else None) == name


def test_larger_model_is_suggested_with_licence_and_setting(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "memory", lambda: 64_000_000_000)
    fix = one(examine(settings), "memory").fix
    for words in (
        "models fetch llama-3.1-8b-instruct",
        "MULAKAT_INTERVIEWER=none",
        "huggingface.co/meta-llama",
    ):
        assert words in fix
    assert "Türkçe" in one(examine(settings, "tr"), "memory").fix
    monkeypatch.setattr(doctor, "memory", lambda: 100_000_000)
    assert one(examine(settings), "memory").level == "warn"


def test_memory_is_read_from_the_machine() -> None:
    assert doctor.memory() > 100_000_000


def test_graphics_card(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    tool = tmp_path / "nvidia-smi"
    tool.write_text("#!/bin/sh\necho 'RTX 9, 12 GB'\n", encoding="utf-8")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "RTX 9, 12 GB" in one(examine(settings), "gpu").what
    tool.write_text("#!/bin/sh\nexit 9\n", encoding="utf-8")
    assert "No NVIDIA" in one(examine(settings), "gpu").what


def test_nothing_that_breaks_stops_the_rest(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*args: Any, **more: Any) -> Any:
        raise RuntimeError("broken\nwith a second line")

    monkeypatch.setattr(catalogue, "status", broken)
    monkeypatch.setattr(doctor, "memory", broken)
    monkeypatch.setattr(subprocess, "run", broken)
    monkeypatch.setattr(sys.modules["importlib.util"], "find_spec", broken)
    findings = examine(settings, "tr")
    broken_topics = {f.topic for f in findings if "incelenemedi: broken." in f.what}
    assert broken_topics >= {"models", "memory", "voices", "extras"}
    assert one(findings, "python").level == "ok"
    assert one(findings, "port").level == "ok"


def test_cures_are_commands_or_settings_that_exist() -> None:
    known = {f"MULAKAT_{name.upper()}" for name in Settings.model_fields}
    named = {
        m
        for table in TEXTS.values()
        for pair in table.values()
        for m in re.findall(r"MULAKAT_\w+", pair[1])
    }
    assert named <= known
