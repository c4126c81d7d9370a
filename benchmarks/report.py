"""How long the report of a 40-turn interview takes: weighing, words and PDF. Asserts nothing.

    python -m benchmarks.report

Twenty different answers of `tests/gold`, so that no sentence has been marked before; the second time
every mark is remembered, as when a page is opened again. *Marked ahead*: each answer while the interview
went on, as the room does. Loading the models is not counted: the server has
done it by then.
"""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise

import yaml

from benchmarks.mind import GOLD, MINILM, minilm
from benchmarks.pdf import interview
from mulakat.assessment.embedded import Reader, reader_for
from mulakat.assessment.plausible import Plausibility
from mulakat.assessment.question import Asked, asked_of
from mulakat.assessment.scores import assess
from mulakat.assessment.weigh import hear
from mulakat.interview.agenda import Item
from mulakat.interview.packs.library import Library, load
from mulakat.messages import Language
from mulakat.report import Transcript
from mulakat.report.assessment_model import report_of
from mulakat.report.assessment_pdf import render_report

QUESTIONS = 20
LEVELS = ("weak", "fair", "strong")


def held(language: Language, library: Library) -> tuple[Transcript, dict[str, Asked]]:
    """An interview of as many gold questions, answered at changing levels."""
    files = sorted(GOLD.glob(f"{language}-*.yaml"))
    items = [i for f in files for i in yaml.safe_load(f.read_text("utf-8"))["items"]][:QUESTIONS]
    asked: dict[str, Asked] = {}
    texts: list[tuple[str, str]] = []
    for n, item in enumerate(items):
        pack = library.packs[item["pack"]]
        found = next((q, c) for c in pack.competencies for q in c.questions if q.id == item["question"])
        question = asked_of(Item(*found, pack.id), pack, language)
        asked[question.id] = question
        said = item["answers"][LEVELS[n % len(LEVELS)]]["say"]
        texts += [(question.id, question.text), (question.id, said)]
    told = interview(language, len(texts), 1, 0)
    turns = (replace(t, text=s, question_id=i) for t, (i, s) in zip(told.turns, texts, strict=True))
    return replace(told, turns=tuple(turns)), asked


def main() -> None:
    library = load()
    embed = minilm()
    ahead = "en, MiniLM, marked ahead"
    cases: list[tuple[str, Language, Reader]] = [
        ("en", "en", reader_for("en")),
        ("en, MiniLM", "en", reader_for("en", MINILM, embed)),
        (ahead, "en", reader_for("en", MINILM, embed)),
        ("tr", "tr", reader_for("tr")),
    ]
    print("| 40 turns | weighed, first | again | words and PDF | first in all |")
    print("| --- | --- | --- | --- | --- |")
    for name, language, reader in cases:
        transcript, asked = held(language, library)
        known = Plausibility(library.sentences(language), language)
        reader.marks("we moved 0 jobs to a queue")
        if name == ahead:
            for place in range(1, len(transcript.turns), 2):
                hear(transcript.turns[place : place + 1], [0], language, reader)
        times = [time.perf_counter()]
        for _ in range(2):
            found = assess(transcript.turns, asked, language, known, reader)
            times.append(time.perf_counter())
        render_report(report_of(found, language), transcript)
        times.append(time.perf_counter())
        first, again, paper = (b - a for a, b in pairwise(times))
        print(f"| {name} | {first:.2f} s | {again:.2f} s | {paper:.2f} s | {first + paper:.2f} s |")


if __name__ == "__main__":
    main()
