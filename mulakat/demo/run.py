"""What `mulakat demo` does: one interview with its files, or all scenarios with the quality table."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mulakat.demo.hold import Held, hold, write_sound
from mulakat.demo.quality import Quality, measure, rows
from mulakat.demo.scenario import Scenario, read_scenario
from mulakat.errors import ReportError, ScenarioError, SpeechError
from mulakat.messages import Language
from mulakat.report.pdf import render_pdf
from mulakat.report.transcript import as_json, as_text
from mulakat.room.services import Building, build
from mulakat.settings import Settings
from mulakat.store import open_store

Key = tuple[str, Language]


def folder_of(given: Path | None) -> Path:
    """The folder of scenarios: the one given, or tests/scenarios of the checkout.

    Raises ScenarioError when there is none.
    """
    folder = given or Path(__file__).resolve().parents[2] / "tests" / "scenarios"
    if not folder.is_dir():
        raise ScenarioError(f"There are no scenarios at {folder}.", "Name a folder with --scenarios.")
    return folder


async def one(
    settings: Settings,
    language: Language,
    turns: int,
    seed: int,
    scenario: Path | None,
    scenarios: Path | None,
) -> Held:
    """One interview, with the cooperative candidate unless a scenario is given."""
    path = scenario or folder_of(scenarios) / f"{language}-cooperative.yaml"
    candidate = read_scenario(path)
    async with building_for(settings) as building:
        return await _hold(candidate, building, turns, seed)


@dataclass
class Found:
    """Quality and timings by interviewer and language."""

    quality: dict[Key, Quality]
    timings: dict[Key, list[dict[str, Any]]]
    interviews: dict[Key, int]

    def data(self) -> list[dict[str, Any]]:
        return [
            {
                "interviewer": name,
                "language": language,
                "interviews": self.interviews[name, language],
                **asdict(quality),
                **_quantiles(self.timings[name, language]),
            }
            for (name, language), quality in self.quality.items()
        ]

    def tables(self) -> list[tuple[str, list[str], list[list[str]]]]:
        """A table for each language, with the interviewers side by side."""
        made = []
        for language in sorted({key[1] for key in self.quality}):
            names = [n for n, code in self.quality if code == language]
            columns = [rows(self.quality[n, language]) for n in names]
            lines = [
                [first[0], *(column[i][1] for column in columns), first[2]]
                for i, first in enumerate(columns[0])
            ]
            spread = [_quantiles(self.timings[n, language]) for n in names]
            for key in spread[0]:
                lines.append([key, *(f"{s[key]:.0f} ms" for s in spread), ""])
            count = self.interviews[names[0], language]
            made.append((f"{language}: {count} interviews", ["measure", *names, "target"], lines))
        return made


async def all_scenarios(
    settings: Settings, turns: int, seed: int, given: Path | None, to: Path | None = None
) -> Found:
    """Every scenario with the shipped adapter and with the base model, side by side.

    With `to`, each interview's files go to <to>/<interviewer>/<scenario>/, to be read aloud.
    """
    folder = folder_of(given)
    candidates = [read_scenario(p) for p in sorted(folder.glob("*.yaml"))]
    if not candidates:
        raise ScenarioError(
            f"There is no scenario (*.yaml) in {folder}.", "Name a folder with --scenarios."
        )
    found = Found(defaultdict(Quality), defaultdict(list), defaultdict(int))
    names = dict.fromkeys((settings.interviewer, "none"))
    for name in names:
        async with building_for(settings.model_copy(update={"interviewer": name})) as building:
            if any(wording == building.wording for wording, _ in found.quality):
                continue  # without a model of its own every interviewer is the same one
            for candidate in candidates:
                held = await _hold(candidate, building, turns, seed)
                if to:
                    write(held, to / name / candidate.name)
                key = (building.wording, candidate.language)
                found.quality[key] = found.quality[key] + measure(held, building.library)
                found.timings[key] += held.timings[1:]  # the first turn loads caches
                found.interviews[key] += 1
    return found


@asynccontextmanager
async def building_for(settings: Settings) -> AsyncIterator[Building]:
    """Services over a store that is thrown away: a demonstration leaves nothing in one's own."""
    with tempfile.TemporaryDirectory(prefix="mulakat-demo-") as folder:
        building = build(settings, store=open_store(f"sqlite:///{folder}/demo.sqlite3"))
        try:
            with suppress(SpeechError):  # the interview itself says so, and goes on without sound
                await building.voices.warm()
            yield building
        finally:
            await building.close()


async def _hold(candidate: Scenario, building: Building, turns: int, seed: int) -> Held:
    return await hold(candidate, building, turns, seed)


def _quantiles(timings: list[dict[str, Any]]) -> dict[str, float]:
    """Medians and 95th percentiles in milliseconds."""
    spread: dict[str, float] = {}
    for key in ("first_token_ms", "first_sentence_ms", "first_sound_ms", "reply_ms"):
        values = sorted(t[key] for t in timings)
        if values:
            spread[f"{key[:-3]} p50"] = statistics.median(values)
            spread[f"{key[:-3]} p95"] = values[min(len(values) - 1, int(0.95 * len(values)))]
    return spread


def data(held: Held) -> dict[str, Any]:
    """An interview as `--json` prints it."""
    return {
        "transcript": as_json(held.transcript),
        "timings": {"turns": held.timings},
        "counts": dict(held.counts),
    }


def write(held: Held, folder: Path, sound: bool = False) -> dict[str, str]:
    """Write transcript.json, transcript.pdf, transcript.txt and timings.json; with `sound`, speech.wav.

    Raises ReportError when the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return {path.name: str(path) for path in _written(held, folder, sound)}
    except OSError as error:
        raise ReportError(
            f"The folder {folder} cannot be written to: {error.strerror}.", "Choose another --out."
        ) from None


def _written(held: Held, folder: Path, sound: bool) -> list[Path]:
    language = held.setup.page_language
    texts = {
        "transcript.json": json.dumps(as_json(held.transcript), ensure_ascii=False, indent=2) + "\n",
        "transcript.txt": as_text(held.transcript, language),
        "timings.json": json.dumps({"turns": held.timings, "counts": dict(held.counts)}, indent=2) + "\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    (folder / "transcript.pdf").write_bytes(render_pdf(held.transcript, language))
    names = [*texts, "transcript.pdf"]
    if sound and held.speeches:
        write_sound(held.speeches, folder / "speech.wav")
        names.append("speech.wav")
    return [folder / name for name in names]
