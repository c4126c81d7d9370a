"""How long the PDF of an interview takes, and its whole report: prints a table. Asserts nothing.

Run it as `python benchmarks/pdf.py [--runs 40]`.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from dataclasses import replace

from rich.console import Console
from rich.table import Table

from mulakat.assessment.plausible import Plausibility
from mulakat.assessment.question import asked_of
from mulakat.assessment.scores import assess
from mulakat.interview.agenda import plan
from mulakat.interview.packs.library import load
from mulakat.messages import Language, Setup, Turn
from mulakat.report import Transcript, render_pdf
from mulakat.report.assessment_model import report_of
from mulakat.report.assessment_pdf import render_report

_SAID: dict[Language, tuple[str, str]] = {
    "en": (
        "Thank you, that was clear. What did you try first, and why did you expect it to work?",
        "I moved the import out of the request and let a worker do it at night; nobody needed it at once. ",
    ),
    "tr": (
        "Teşekkür ederim, anlaşılır oldu. İlk olarak neyi denediniz ve neden işe yarayacağını düşündünüz?",
        "Aktarımı istekten ayırıp geceleri çalışan bir işçiye verdim, kimse sonucu hemen istemiyordu. ",
    ),
}


def interview(language: Language, turns: int, sentences: int, run: int) -> Transcript:
    """`turns` in all, the candidate's of `sentences` each; `run` makes every text new to the typesetter."""
    question, sentence = _SAID[language]
    said = tuple(
        Turn(
            speaker="candidate" if i % 2 else "interviewer",
            text=f"({run}.{i}) " + (sentence * sentences if i % 2 else question),
            at=i * 30.0,
            when="2026-11-20T18:30:00+03:00",
        )
        for i in range(turns)
    )
    return Transcript(
        setup=Setup(language=language, field="software", role="Back-end engineer"),
        field_name="Software",
        started="2026-11-20T18:30:00+03:00",
        ended="2026-11-20T19:00:00+03:00",
        zone="Europe/Istanbul",
        elapsed_s=1800.0,
        turns=said,
        versions={"program": "benchmark", "seed": str(run)},
    )


def measure(language: Language, turns: int, sentences: int, runs: int) -> tuple[float, float, float, int]:
    """First run, p50 and p95 of the others in milliseconds, and bytes of the last PDF."""
    times, size = [], 0
    for run in range(runs + 1):
        transcript = interview(language, turns, sentences, run)
        begun = time.perf_counter()
        size = len(render_pdf(transcript, language))
        times.append((time.perf_counter() - begun) * 1000)
    later = statistics.quantiles(times[1:], n=20)
    return times[0], statistics.median(times[1:]), later[18], size


def weighed(language: Language, questions: int, runs: int) -> tuple[float, float, float, int]:
    """As `measure`, for the report: weighing, words and PDF of as many questions and answers."""
    library = load()
    known = Plausibility(library.sentences(language), language)
    items = plan(Setup(language, "software", "Back-end engineer", seed=1), library)[:questions]
    asked = {i.id: asked_of(i, library.packs[i.pack], language) for i in items}
    times, size = [], 0
    for run in range(runs + 1):
        told = interview(language, 2 * questions, 4, run)
        named = [replace(t, question_id=items[n // 2].id) for n, t in enumerate(told.turns)]
        transcript = replace(told, turns=tuple(named))
        begun = time.perf_counter()
        found = assess(transcript.turns, asked, language, known)
        size = len(render_report(report_of(found, language), transcript))
        times.append((time.perf_counter() - begun) * 1000)
    later = statistics.quantiles(times[1:], n=20)
    return times[0], statistics.median(times[1:]), later[18], size


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40)
    runs = max(2, parser.parse_args().runs)
    machine = f"{platform.machine()}, Python {platform.python_version()}"
    table = Table(title=f"PDF of an interview, {runs} runs, {machine}")
    for column in ("interview", "first ms", "p50 ms", "p95 ms", "KiB"):
        table.add_column(column, justify="left" if column == "interview" else "right")
    cases: list[tuple[Language, int, int]] = [("en", 12, 3), ("en", 40, 4), ("tr", 40, 4), ("tr", 80, 12)]
    for language, turns, sentences in cases:
        first, p50, p95, size = measure(language, turns, sentences, runs)
        name = f"{language}, {turns} turns, answers of {sentences} sentences"
        table.add_row(name, f"{first:.0f}", f"{p50:.0f}", f"{p95:.0f}", f"{size / 1024:.0f}")
    both: tuple[Language, ...] = ("en", "tr")
    for language in both:
        first, p50, p95, size = weighed(language, 20, runs)
        name = f"{language}, 40 turns, weighed and reported"
        table.add_row(name, f"{first:.0f}", f"{p50:.0f}", f"{p95:.0f}", f"{size / 1024:.0f}")
    Console(width=110).print(table)


if __name__ == "__main__":
    main()
