"""How well the scoring agrees with people: the gold answers, the floor, length, and what gets no number.

    python -m benchmarks.mind [--dev]

Then the heads on topics they were not trained on, the fairness audit, and the attempts of
`tests/assessment/data/attempts_*.yaml`. Rows named after an embedding model have its head beside the
n-gram head (`assessment/embedded.py`).

Weights and thresholds were chosen on `tests/gold` and its folders `fresh` to `tenth`, ten hands (dev 1 to
10). `tests/gold/eleventh` (test) is by an eleventh hand and is only printed; `--dev` leaves it out, for
whoever is still choosing. Nothing is trained on any of them.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from mulakat import catalogue, settings
from mulakat.assessment import measures
from mulakat.assessment.audit import Stage, difference, run_audit
from mulakat.assessment.embedded import Embed, Reader, reader_for
from mulakat.assessment.evidence import holds
from mulakat.assessment.heads import head
from mulakat.assessment.neutral import neutral
from mulakat.assessment.plausible import Plausibility
from mulakat.assessment.question import Asked, asked_of
from mulakat.assessment.result import QuestionResult
from mulakat.assessment.scores import assess
from mulakat.assessment.sentences import sentences
from mulakat.interview.agenda import Item
from mulakat.interview.packs.library import Library, load
from mulakat.llm.embedding import open_embedder
from mulakat.messages import LANGUAGES, Language, Turn

GOLD = Path(__file__).parents[1] / "tests" / "gold"
ATTEMPTS = GOLD.parent / "assessment" / "data"
MINILM = "all-minilm-l6-v2"
LEVELS = ("none", "weak", "fair", "strong")
DEV = ("fresh", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
TEST = "eleventh"


@dataclass(frozen=True)
class Gold:
    """One answer of known level, and what the scoring made of it."""

    asked: Asked
    level: int
    say: str
    turns: tuple[Turn, ...]
    found: QuestionResult

    @property
    def rank(self) -> float:
        """What it is ranked by: no number ranks below every number."""
        return self.found.score.value if self.found.score else 0.0


def gold(folder: Path, language: Language, library: Library, reader: Reader | None = None) -> list[Gold]:
    """The answers of a folder, weighed."""
    files = sorted(folder.glob(f"{language}-*.yaml"))
    items = [i for f in files for i in yaml.safe_load(f.read_text("utf-8"))["items"]]
    known = Plausibility(library.sentences(language), language)
    return [_weighed(item, level, language, library, known, reader) for item in items for level in LEVELS]


def _weighed(
    item: dict[str, Any],
    level: str,
    language: Language,
    library: Library,
    known: Plausibility,
    reader: Reader | None,
) -> Gold:
    pack = library.packs[item["pack"]]
    competency, question = next(
        (c, q) for c in pack.competencies for q in c.questions if q.id == item["question"]
    )
    asked = asked_of(Item(question, competency, pack.id), pack, language)
    say = item["answers"][level]["say"]
    turns = (
        Turn("interviewer", asked.text, 0.0, "", "opening", asked.id),
        Turn("candidate", say, 5.0, "", "", asked.id),
    )
    found = assess(turns, {asked.id: asked}, language, known, reader).questions[0]
    return Gold(asked, LEVELS.index(level), say, turns, found)


def minilm() -> Embed:
    """The embedded MiniLM."""
    return open_embedder(catalogue.fetch(MINILM, settings.load()), name=MINILM).embed


def spearman(a: Sequence[float], b: Sequence[float]) -> float:
    """Rank correlation, ties with their mean rank."""
    x, y = _ranks(a), _ranks(b)
    mx, my = sum(x) / len(x), sum(y) / len(y)
    top = sum((i - mx) * (j - my) for i, j in zip(x, y, strict=True))
    return float(top / (sum((i - mx) ** 2 for i in x) * sum((j - my) ** 2 for j in y)) ** 0.5)


def _ranks(values: Sequence[float]) -> list[float]:
    ordered = sorted(values)
    return [(ordered.index(v) + len(ordered) - 1 - ordered[::-1].index(v)) / 2 for v in values]


def floor(rows: Sequence[Gold], language: Language) -> list[float]:
    """The unweighted sum of six surface features, each as its rank: what scoring has to beat."""
    columns: list[list[float]] = [[] for _ in range(6)]
    for row in rows:
        texts = [t for s in sentences(row.say, language) if (t := neutral(s.text, language))]
        told = measures.told_stems(texts, language)
        question = measures.plain_stems(row.asked.text, language)
        either = len(told | question) or 1
        values: tuple[float, ...] = (
            sum(map(measures.figures, texts)),
            sum(map(measures.names, texts)),
            sum(measures.own_part(t, language) == "i" for t in texts),
            -sum(measures.stock_phrases(t, language) for t in texts),
            measures.coverage(told, row.asked.point_stems),
            len(told & question) / either,
        )
        for column, value in zip(columns, values, strict=True):
            column.append(value)
    return [sum(ranks) for ranks in zip(*map(_ranks, columns), strict=True)]


def table(name: str, language: Language, rows: Sequence[Gold]) -> None:
    levels = [float(r.level) for r in rows]
    scores = [r.rank for r in rows]
    length = [float(len(r.say.split())) for r in rows]
    quotes = [(r.turns, e.quote) for r in rows for e in r.found.evidence]
    held = sum(holds(turns, quote) for turns, quote in quotes)

    def share(level: str) -> str:
        of = [r for r in rows if r.level == LEVELS.index(level)]
        return f"{sum(r.found.score is None for r in of)}/{len(of)}"

    def mean(level: str) -> str:
        of = [r.found.score.value for r in rows if r.level == LEVELS.index(level) and r.found.score]
        return f"{sum(of) / len(of):.2f}" if of else "-"

    print(
        f"| {language} | {name} | {len(rows)} | **{spearman(scores, levels):.3f}** "
        f"| {spearman(floor(rows, language), levels):.3f} | {spearman(length, levels):.3f} "
        f"| {spearman(scores, length):.3f} | {' '.join(map(share, LEVELS))} "
        f"| {' '.join(map(mean, LEVELS[1:]))} | {held}/{len(quotes)} |"
    )


def heads_table() -> None:
    print("\n| language | sentences | part | part F1 | quality | quality rank | asides found |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for language in LANGUAGES:
        f = head(language).origin["held_out_by_topic"]
        print(
            f"| {language} | {f['sentences']} | {f['part_accuracy']:.3f} | {f['part_macro_f1']:.3f} "
            f"| {f['quality_accuracy_without_asides']:.3f} "
            f"| {f['quality_spearman_without_asides']:.3f} | {f['aside_recall']:.2f} |"
        )


def fairness_table() -> None:
    rows = run_audit().rows
    print("\n| language | what was changed | variants | largest difference of a score | other questions |")
    print("| --- | --- | --- | --- | --- |")
    for language, group in dict.fromkeys((r.language, r.group) for r in rows):
        of = [r for r in rows if (r.language, r.group) == (language, group)]
        others = sum(r.questions > 0 for r in of)
        print(f"| {language} | {group} | {len(of)} | {max(r.difference for r in of):.2f} | {others} |")


def injection_table(library: Library) -> None:
    print("\n| language | attempts | places | scores changed | seen |")
    print("| --- | --- | --- | --- | --- |")
    for language in LANGUAGES:
        attempts = yaml.safe_load((ATTEMPTS / f"attempts_{language}.yaml").read_text("utf-8"))
        stage = Stage(language, library)
        base = stage.hold(stage.base)
        found = [stage.weigh(stage.retold(base.turns, a)) for t in attempts for a in _with(stage.base, t)]
        changed = sum(difference(base.found, f) > 0 for f in found)
        seen = sum(bool(f.attempts) for f in found)
        print(f"| {language} | {len(attempts)} | {len(found)} | {changed} | {seen} |")


def _with(answers: Sequence[str], attempt: str) -> list[list[str]]:
    """The interview with an attempt at the end, at the beginning and in the middle of its second answer."""
    said = answers[1]
    glue = " " if attempt[-1] in ".!?" else "\n"
    cut = said.index(". ") + 2
    placed = (
        f"{said}{glue}{attempt}",
        f"{attempt}{glue}{said}",
        f"{said[:cut]}{attempt}{glue}{said[cut:]}",
    )
    return [[answers[0], text, *answers[2:]] for text in placed]


def main() -> None:
    library = load()
    print(
        "| language | set | answers | score to level | floor | length to level | score to length "
        "| no number: none weak fair strong | mean score: weak fair strong | quotes found |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    sets = {"dev 1": GOLD} | {f"dev {n}": GOLD / name for n, name in enumerate(DEV, 2)}
    if "--dev" not in sys.argv[1:]:
        sets["test"] = GOLD / TEST
    readers: list[tuple[str, Language, Reader | None]] = [("", code, None) for code in LANGUAGES]
    readers.append((", MiniLM", "en", reader_for("en", MINILM, minilm())))
    for note, language, reader in readers:
        for name, folder in sets.items():
            if rows := gold(folder, language, library, reader):
                table(name + note, language, rows)
    heads_table()
    fairness_table()
    injection_table(library)


if __name__ == "__main__":
    main()
