"""What is there, what is missing, how to get it: the state of this machine in plain words.

Every examination stands alone and none may stop the others: the doctor works when anything is broken.

Does not: mend, fetch or create anything; what a file holds is taken from its last verification.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal

from mulakat import catalogue
from mulakat.catalogue.disk import free, human
from mulakat.doctor_texts import say
from mulakat.errors import MulakatError
from mulakat.messages import Language
from mulakat.settings import Settings

Level = Literal["ok", "warn", "missing"]

EXTRAS = {"piper": "piper", "kokoro": "kokoro_onnx", "edge": "edge_tts", "postgres": "psycopg"}
LOW_DISK = 1_000_000_000
RESERVE = 2_000_000_000
"""Bytes of memory left to the system, the browser and the rest of the program when a model is suggested."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen: `missing` stops interviews, `warn` may, `ok` does not; `fix` may be ""."""

    level: Level
    topic: str
    what: str
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """What an examination needs: the settings and the language to answer in."""

    settings: Settings
    language: Language
    topic: str

    def find(self, level: Level, key: str, **values: object) -> Finding:
        return Finding(level, self.topic, *say(self.language, key, **values))


def examine(settings: Settings, language: Language = "en") -> list[Finding]:
    """Everything seen on this machine, in a fixed order. Never raises."""
    return [
        finding
        for topic, look in EXAMINATIONS.items()
        for finding in _safely(topic, look, settings, language)
    ]


def _safely(
    topic: str, look: Callable[[Case], Iterator[Finding]], settings: Settings, language: Language
) -> list[Finding]:
    case, seen = Case(settings, language, topic), []
    try:
        for finding in look(case):
            seen.append(finding)
    except Exception as error:
        seen.append(case.find("warn", "failed", topic=topic, what=_reason(error)))
    return seen


def _reason(error: BaseException) -> str:
    return (str(error) or type(error).__name__).strip().splitlines()[0].rstrip(".")


def _python(case: Case) -> Iterator[Finding]:
    old = sys.version_info < (3, 11)
    yield case.find(
        "missing" if old else "ok", "python_old" if old else "python", version=platform.python_version()
    )


def _extras(case: Case) -> Iterator[Finding]:
    there = [extra for extra, module in EXTRAS.items() if importlib.util.find_spec(module)]
    absent = [extra for extra in EXTRAS if extra not in there]
    yield case.find("ok", "extras" if there else "extras_none", there=", ".join(there))
    if absent:
        yield case.find("ok", "extras_absent", absent=", ".join(absent))


def _models(case: Case) -> Iterator[Finding]:
    keys: dict[str, tuple[Level, str]] = {
        "ready": ("ok", "model"),
        "unverified": ("warn", "model_unverified"),
        "damaged": ("missing", "model_damaged"),
        "absent": ("missing", "model_absent"),
    }
    for seen in catalogue.status(case.settings):
        if not seen.entry.embedded and seen.state == "absent":
            continue
        level, key = keys[seen.state]
        level = "warn" if level == "missing" and not seen.entry.embedded else level
        size = human(seen.bytes or seen.entry.size)
        yield case.find(level, key, name=seen.entry.name, size=size, note=seen.note)


def _interviewer(case: Case) -> Iterator[Finding]:
    if case.settings.engine != "local":
        key = "chosen" if case.settings.engine == "remote" else "chosen_none"
        yield case.find("ok", key, name=case.settings.remote_url or case.settings.engine)
        return
    model, interviewer = case.settings.model, case.settings.interviewer
    try:
        catalogue.locate(model, case.settings)
        yield case.find("ok", "chosen", name=model)
    except MulakatError:
        yield case.find("missing", "chosen_bad", name=model)
    try:
        catalogue.adapter(interviewer, case.settings)
        yield case.find("ok", "adapter", name=interviewer)
    except MulakatError:
        folder = case.settings.models_dir / "adapters"
        yield case.find("warn", "adapter_bad", name=interviewer, folder=folder)


def _voices(case: Case) -> Iterator[Finding]:
    there = importlib.util.find_spec("espeakng_loader") is not None
    yield case.find("ok" if there else "missing", "voice" if there else "voice_absent")
    names = [s.entry.name for s in catalogue.status(case.settings) if s.entry.kind == "tts" and s.bytes]
    example = {"en": "en_GB-cori-medium", "tr": "tr_TR-fahrettin-medium"}[case.language]
    yield case.find("ok", "voices" if names else "voices_none", names=", ".join(names), example=example)


def _disk(case: Case) -> Iterator[Finding]:
    for folder in dict.fromkeys((case.settings.data, case.settings.models_dir.parent)):
        there = free(folder)
        low = there < LOW_DISK
        yield case.find(
            "warn" if low else "ok", "disk_low" if low else "disk", free=human(there), folder=folder
        )


def _writable(case: Case) -> Iterator[Finding]:
    folder = case.settings.data
    nearest = next(p for p in (folder, *folder.parents) if p.exists())
    try:
        with tempfile.TemporaryFile(dir=nearest) as probe:
            probe.write(b"mulakat")
        yield case.find("ok", "writable", folder=folder)
    except OSError as error:
        yield case.find("missing", "unwritable", folder=folder, what=error.strerror or _reason(error))


def memory() -> int:
    """Bytes of memory this process may use: the machine's, or less where a container sets a limit."""
    total = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    for limit in ("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"):
        try:
            text = Path(limit).read_text(encoding="ascii").strip()
        except OSError:
            continue
        total = min(total, int(text)) if text.isdecimal() else total
    return total


def largest(total: int) -> catalogue.Entry | None:
    """The largest language model of the catalogue that `total` bytes of memory can run; None for none."""
    fitting = [
        e for e in catalogue.entries() if e.kind == "llm" and (e.embedded or e.memory + RESERVE <= total)
    ]
    return max((e for e in fitting if e.memory <= total), key=lambda e: e.memory, default=None)


def _memory(case: Case) -> Iterator[Finding]:
    total, best = memory(), largest(memory())
    if best is None:
        wants = min(e.memory for e in catalogue.entries() if e.kind == "llm")
        yield case.find("warn", "memory_small", total=human(total), wants=human(wants))
        return
    cures = []
    if best.name != case.settings.model:
        cures.append(say(case.language, "memory_fetch", name=best.name)[1])
        cures += [say(case.language, "licence", page=best.accept)[1]] if best.accept else []
        cures += [] if best.speaks(case.language) else [say(case.language, "not_promised")[1]]
    yield case.find("ok", "memory", total=human(total), name=best.title, cure=" ".join(cures))


def _port(case: Case) -> Iterator[Finding]:
    host, port = case.settings.host, case.settings.port
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
        yield case.find("ok", "port", host=host, port=port)
    except OSError as error:
        yield case.find(
            "missing", "port_taken", host=host, port=port, what=error.strerror or _reason(error)
        )


def _database(case: Case) -> Iterator[Finding]:
    import sqlalchemy as sa

    shown = case.settings.database_url
    try:
        url = sa.make_url(case.settings.database_url)
        shown = url.render_as_string(hide_password=True)
        lite = url.get_backend_name() == "sqlite"
        if lite and url.database and not Path(url.database).exists():
            yield case.find("ok", "database_new", url=shown)
            return
        engine = sa.create_engine(url, connect_args={} if lite else {"connect_timeout": 5})
        with engine.connect() as connection:
            versioned = sa.inspect(connection).has_table("alembic_version")
            query = sa.text("SELECT version_num FROM alembic_version")
            schema = connection.execute(query).scalar() if versioned else None
        engine.dispose()
        yield case.find("ok", "database", url=shown, schema=schema or "-")
    except ModuleNotFoundError as error:
        yield case.find("missing", "database_driver", url=shown, what=error.name)
    except Exception as error:  # drivers raise what they like
        yield case.find("missing", "database_bad", url=shown, what=_reason(error))


def _page(case: Case) -> Iterator[Finding]:
    if (Path(str(files("mulakat"))) / "server" / "page" / "index.html").is_file():
        yield case.find("ok", "page")
        return
    node = say(case.language, "node_here" if shutil.which("node") else "node_absent")[0]
    yield case.find("missing", "page_absent", node=node)


def _gpu(case: Case) -> Iterator[Finding]:
    tool, names = shutil.which("nvidia-smi"), ""
    if tool:
        query = [tool, "--query-gpu=name,memory.total", "--format=csv,noheader"]
        answer = subprocess.run(query, capture_output=True, text=True, timeout=10, check=False)
        names = "; ".join(answer.stdout.split("\n")).strip("; ") if answer.returncode == 0 else ""
    yield case.find("ok", "gpu" if names else "gpu_none", name=names)


EXAMINATIONS: dict[str, Callable[[Case], Iterator[Finding]]] = {
    "python": _python,
    "extras": _extras,
    "models": _models,
    "interviewer": _interviewer,
    "voices": _voices,
    "disk": _disk,
    "write": _writable,
    "memory": _memory,
    "port": _port,
    "database": _database,
    "page": _page,
    "gpu": _gpu,
}
