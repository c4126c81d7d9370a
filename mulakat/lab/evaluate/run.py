"""One evaluation from beginning to end: find, serve, score, write evaluation.json and evaluation.html.

Does not: hold whole interviews: the room's scenarios are measured by `mulakat demo --all-scenarios --json`,
whose answer is taken into the report.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from mulakat.errors import MissingExtra
from mulakat.lab.config import SourcePlan
from mulakat.lab.data import own
from mulakat.lab.data.rows import Removal, Row
from mulakat.lab.evaluate import loss as losses
from mulakat.lab.evaluate.find import EMBEDDED, LARGE, Subject, find
from mulakat.lab.evaluate.held import Dialogue, dialogues, group_of, pick, shared_roles
from mulakat.lab.evaluate.marks import column, mark, of_the_data
from mulakat.lab.evaluate.near import Corpus
from mulakat.lab.evaluate.pages import whole_page
from mulakat.lab.evaluate.report import DATA, SCENARIO, column_data, sample_data
from mulakat.lab.evaluate.served import Sample, Server, Way
from mulakat.lab.faults import DataError, EvaluationError
from mulakat.lab.train.record import now, revision, versions
from mulakat.llm.local import LocalOptions, open_local
from mulakat.messages import LANGUAGES, Language
from mulakat.settings import Settings

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for. Field names are the command's options.

    adapters   names, GGUF files or PEFT folders; () for the run's own
    dialogues  a folder of written dialogues to serve in place of what the run's data hold out
    languages  () for those the base words freely
    free       word every language freely, also where the room lets the model choose among the packs' turns
    """

    adapters: tuple[str, ...] = ()
    base: str = ""
    turns: int = 120
    loss_rows: int = 24
    languages: tuple[Language, ...] = ()
    wording: Literal["auto", "turn", "acknowledgement"] = "auto"
    grammar: bool = True
    free: bool = False
    splits: tuple[str, ...] = ("valid", "test")
    scenarios: tuple[Path, ...] = ()
    dialogues: Path | None = None
    seed: int = 7
    stall: float = 120.0


@dataclass(frozen=True, slots=True)
class Evaluated:
    """The report's data, as they stand in evaluation.json, and the files that were written."""

    data: dict[str, Any]
    files: list[Path]


def evaluate(
    folder: Path, plan: Plan, settings: Settings, out: Path | None = None, say: Say = lambda _: None
) -> Evaluated:
    """Measure a run's interviewers against their base; written to `out`, or <folder>/evaluation.

    Raises LabError, DataError, EvaluationError, CatalogueError or EngineError, each with its fix; then
    nothing is written.
    """
    scenarios = [row for path in plan.scenarios for row in read_scenarios(path)]
    with tempfile.TemporaryDirectory(prefix="mulakat-evaluate-") as scratch:
        subject = find(folder, plan.adapters, plan.base, settings, Path(scratch))
        found = _measure(subject, plan, settings, say)
    found["scenarios"] = scenarios
    return Evaluated(found, write(found, out or folder / "evaluation"))


def _measure(subject: Subject, plan: Plan, settings: Settings, say: Say) -> dict[str, Any]:
    train = subject.data.rows("train")
    held = _held(subject, plan)
    led, left_out = dialogues(held, train)
    languages = plan.languages or tuple(c for c in LANGUAGES if plan.free or c in subject.free)
    picked = pick([d for d in led if d.language in languages], plan.turns, plan.seed)
    way = Way(
        plan.wording == "turn" or (plan.wording == "auto" and subject.base.name != EMBEDDED),
        plan.grammar,
        frozenset(LANGUAGES) if plan.free else subject.free,
    )
    notes: list[str] = []
    samples, columns = _serve(subject, picked, train, way, plan, settings, notes, say)
    return {
        "name": subject.name,
        "when": now(),
        "code": revision(),
        "versions": versions(),
        "base": {"name": subject.base.name, "sha256": _hash(subject.served)},
        "interviewers": [
            {"name": i.name, "file": i.source.name, "sha256": _hash(i.gguf)} for i in subject.interviewers
        ],
        "plan": _plan_data(plan),
        "way": {"whole": way.whole, "grammar": way.grammar, "free": sorted(way.free)},
        "data": {
            "plan": subject.data.card.get("plan", ""),
            "splits": [plan.dialogues.name] if plan.dialogues else list(plan.splits),
            "dialogues": len(picked),
            "left_out": left_out,
            "shared_roles": shared_roles(led, train),
        },
        "served": columns,
        "loss": _loss(subject, held, train, plan, notes, say),
        "notes": notes,
        "samples": samples,
    }


def _held(subject: Subject, plan: Plan) -> list[Row]:
    """What is served and scored: dialogues of their own, else those that the run's data hold out."""
    if plan.dialogues is None:
        held = [row for split in plan.splits for row in subject.data.rows(split)]
        if not held:
            raise DataError(
                f"Nothing was held out in {subject.data.folder}.",
                "Give data.split shares above 0 and build anew.",
            )
        return held
    found = list(own.dialogues(SourcePlan(kind="dialogues", path=plan.dialogues, scope="targets")))
    rows = [row for row in found if isinstance(row, Row)]
    if not rows:
        wrong = next((f" {r}." for r in found if isinstance(r, Removal)), "")
        raise DataError(
            f"There are no dialogues to serve in {plan.dialogues}.{wrong}", "See data/dialogues/README.md."
        )
    return rows


def _plan_data(plan: Plan) -> dict[str, Any]:
    """The plan without where files lay on the maker's machine."""
    names = tuple(Path(a).name for a in plan.adapters)
    found = asdict(replace(plan, adapters=names, base=Path(plan.base).name, scenarios=(), dialogues=None))
    told = plan.dialogues.name if plan.dialogues else ""
    return found | {"scenarios": [p.name for p in plan.scenarios], "dialogues": told}


def _hash(path: Path | None) -> str:
    if path is None:
        return ""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


# ---------------------------------------------------------------- serving


def _serve(
    subject: Subject,
    picked: Sequence[Dialogue],
    train: Sequence[Row],
    way: Way,
    plan: Plan,
    settings: Settings,
    notes: list[str],
    say: Say,
) -> tuple[list[dict[str, Any]], dict[str, Any]]:
    """(the log of all samples, columns by language and interviewer)."""
    if not picked:
        if plan.turns:
            notes.append(
                "No held-out dialogue of these languages has directives of the room: none was served."
            )
        return [], {}
    if subject.served is None:
        notes.append(
            f"No turn was served: {subject.base.name} is no GGUF and too large to become one here."
        )
        return [], {}
    by_column: dict[str, list[Sample]] = {DATA: [s for d in picked for s in of_the_data(d)]}
    by_column |= asyncio.run(_talks(subject, picked, way, plan, settings, say))
    corpus = Corpus(train)
    log: list[dict[str, Any]] = []
    columns: dict[str, Any] = {}
    for name, samples in by_column.items():
        marks = [mark(s) for s in samples]
        if name != DATA:
            log += [sample_data(name, s, m) for s, m in zip(samples, marks, strict=True)]
        for language in dict.fromkeys(d.language for d in picked):
            mine = [(s, m) for s, m in zip(samples, marks, strict=True) if s.dialogue.language == language]
            made = column([s for s, _ in mine], [m for _, m in mine], corpus, language)
            columns.setdefault(language, {})[name] = column_data(made)
    return log, columns


async def _talks(
    subject: Subject, picked: Sequence[Dialogue], way: Way, plan: Plan, settings: Settings, say: Say
) -> dict[str, list[Sample]]:
    """Every dialogue with the base and each interviewer, one at a time: batches would change roundings."""
    assert subject.served is not None
    engine = open_local(
        subject.served,
        {i.name: i.gguf for i in subject.interviewers},
        LocalOptions(slots=1, threads=settings.threads, stall=plan.stall),
        chat=subject.chat,
    )
    found: dict[str, list[Sample]] = {}
    try:
        for name in ("base", *(i.name for i in subject.interviewers)):
            began = time.monotonic()
            server = Server(engine, subject.chat, None if name == "base" else name, way, plan.seed)
            found[name] = [s for d in picked for s in await server.talk(d)]
            say(f"{name}: {len(found[name])} turns served in {time.monotonic() - began:.0f} s")
    finally:
        await engine.close()
    return found


# ---------------------------------------------------------------- loss


def _loss(
    subject: Subject, held: Sequence[Row], train: Sequence[Row], plan: Plan, notes: list[str], say: Say
) -> dict[str, Any] | None:
    if not plan.loss_rows:
        return None
    if subject.size > LARGE:
        notes.append(f"Loss was not measured: {subject.base.name} is too large for float32 on a CPU.")
        return None
    fields = {r.topic for r in train}
    rows = dealt(held, fields, plan.loss_rows)
    adapters = {i.name: i.source for i in subject.interviewers}
    try:
        found = losses.measure(subject.base, adapters, rows, fields, subject.chat, subject.max_length, say)
    except MissingExtra as error:
        notes.append(f"Loss was not measured: {error.message}")
        return None
    return {name: {part: one.data() for part, one in sorted(c.items())} for name, c in found.items()}


def dealt(rows: Sequence[Row], fields: set[str], count: int) -> list[Row]:
    """At most `count` rows, dealt evenly over languages and groups, each pile thinned evenly."""
    piles: dict[tuple[str, str], list[Row]] = {}
    for row in rows:
        piles.setdefault((row.language, group_of(row, fields)), []).append(row)
    left, taken = count, []
    for n, key in enumerate(sorted(piles, key=lambda k: (len(piles[k]), k))):
        pile = piles[key]
        number = min(len(pile), left // (len(piles) - n))
        taken += [pile[i * len(pile) // number] for i in range(number)]
        left -= number
    return taken


# ---------------------------------------------------------------- files


def read_scenarios(path: Path) -> list[dict[str, Any]]:
    """What `mulakat demo --all-scenarios --json` wrote. Raises DataError when it is something else."""
    needed = {"interviewer", "language", "interviews"} | {k for _, *keys in SCENARIO for k in keys if k}
    fix = "Make it with `mulakat demo --all-scenarios --json > FILE`."
    try:
        rows = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise DataError(f"The scenarios {path} cannot be read: {error.strerror}.", fix) from None
    except ValueError:
        rows = None
    if (
        not isinstance(rows, list)
        or not rows
        or not all(isinstance(r, dict) and needed <= set(r) for r in rows)
    ):
        raise DataError(f"{path} is no answer of `mulakat demo --all-scenarios --json`.", fix)
    return rows


def write(found: dict[str, Any], folder: Path) -> list[Path]:
    """evaluation.json and evaluation.html, each replaced as a whole. Raises EvaluationError when it
    cannot."""
    files = {
        "evaluation.json": json.dumps(found, ensure_ascii=False, indent=1) + "\n",
        "evaluation.html": whole_page(found),
    }
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in files.items():
            draft = folder / f"{name}.part"
            try:
                draft.write_text(text, "utf-8")
                draft.replace(folder / name)
            finally:
                with suppress(OSError):
                    draft.unlink(missing_ok=True)
    except OSError as error:
        raise EvaluationError(
            f"The report cannot be written to {folder}: {error.strerror}.",
            "Name another folder with --out.",
        ) from None
    return [folder / name for name in files]
