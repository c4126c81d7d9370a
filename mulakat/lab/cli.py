"""`mulakat lab ...`: parses, calls one function, prints. Mounted by `mulakat.cli`.

Does not: anything else.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from mulakat.messages import LANGUAGES, Language
from mulakat.settings import load

lab = typer.Typer(help="The laboratory: data, training, curves, adapters.", no_args_is_help=True)
data = typer.Typer(help="Data sets.", no_args_is_help=True)
lab.add_typer(data, name="data")

out = Console()
SCRATCH = "from-scratch"
Config = Annotated[str, typer.Argument(help="a YAML file, or a preset's name (`mulakat lab presets`)")]
Run = Annotated[Path, typer.Argument(help="a run's folder, e.g. runs/interviewer-135m")]
Json = Annotated[bool, typer.Option("--json", help="print JSON for machines")]
Set = Annotated[list[str] | None, typer.Option("--set", help="change a key: train.max_steps=20")]


def _emit(found: Any) -> None:
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2, default=str) + "\n")


def _say(text: str) -> None:
    out.print(text, markup=False, highlight=False, soft_wrap=True)


def _config(given: str, changes: list[str] | None) -> Any:
    import yaml

    from mulakat.lab.config import load_config

    pairs = {}
    for change in changes or []:
        key, found, value = change.partition("=")
        if not found:
            raise typer.BadParameter(f"'{change}' is no KEY=VALUE")
        pairs[key.strip()] = yaml.safe_load(value)
    return load_config(given, **pairs)


@lab.command("presets")
def presets(
    name: Annotated[str | None, typer.Argument(help="print this preset's YAML")] = None,
    as_json: Json = False,
) -> None:
    """The shipped presets with their trainable parameters, counted without any weight."""
    from mulakat.lab.config import preset_text

    if name:
        sys.stdout.write(preset_text(name))
        return
    rows = _counted()
    if as_json:
        _emit(rows)
        return
    made = Table("preset", "method", "trainable", "of", "%", title="Presets", title_justify="left")
    for r in rows:
        figures = (f"{r['trainable']:,}", f"{r['total']:,}", f"{r['share_percent']:.2f}")
        made.add_row(r["name"], r["method"], *figures)
    out.print(made)


def _counted() -> list[dict[str, Any]]:
    """Every preset with its parameters, and the model from nothing."""
    from mulakat.lab.config import AdapterPlan, load_config, preset_names
    from mulakat.lab.scratch import body
    from mulakat.lab.train.base import shape
    from mulakat.lab.train.count import count

    plans = [(c.name, c.adapter, shape(c.model, load()), c.about) for c in map(load_config, preset_names())]
    plans.append(
        (SCRATCH, AdapterPlan(method="full"), body.shape(), "a language model from nothing, in stages")
    )
    rows = []
    for name, adapter, config, about in plans:
        counts = count(config, adapter)
        rows.append(
            {
                "name": name,
                "method": adapter.method,
                "trainable": counts.trainable,
                "total": counts.total,
                "share_percent": round(counts.share, 4),
                "about": about,
            }
        )
    return rows


@data.command("build")
def data_build(config: Config, change: Set = None, as_json: Json = False) -> None:
    """Read, filter, deduplicate, split; write the data card."""
    from mulakat.lab.data import build

    plan = _config(config, change)
    made = build(plan.data, plan.data_folder, (lambda _: None) if as_json else _say)
    if as_json:
        _emit(made.card)
        return
    for name, facts in made.card["splits"].items():
        _say(f"{name}: {facts['conversations']} conversations, {facts['targets']} targets")
    for reason, facts in made.card["removed"].items():
        _say(f"removed, {reason}: {facts['count']} (first: {facts['examples'][0]})")
    _say(f"wrote {made.folder / 'card.html'}")


@lab.command("preflight")
def preflight(config: Config, change: Set = None, as_json: Json = False) -> None:
    """Look at a run before any time is spent on it. Exit status 1 when it would be refused."""
    from mulakat.lab.preflight import preflight as look
    from mulakat.lab.preflight.checks import data_or_none

    plan = _config(config, change)
    report = look(plan, load(), data_or_none(plan.data_folder))
    if as_json:
        _emit(
            {
                "findings": [{k: getattr(f, k) for k in f.__slots__} for f in report.findings],
                "parameters": report.parameters,
                "memory": report.memory,
            }
        )
    else:
        _say(report.text())
    if report.refused:
        raise typer.Exit(1)


@lab.command("train")
def train(config: Config, change: Set = None) -> None:
    """Train, or go on with a run that was cut off."""
    from mulakat.lab.train.run import train as run

    made = run(_config(config, change), load(), _say, Console(stderr=True))
    loss = f", validation loss {made.valid_loss:.4f}" if made.valid_loss is not None else ""
    _say(f"{made.result}: step {made.step}{loss}")


@lab.command("launch")
def launch(
    config: Annotated[Path, typer.Argument(help="a YAML file")],
    rank: Annotated[int, typer.Option(min=0, help="which machine this is")] = 0,
    address: Annotated[str, typer.Option(help="address of machine 0")] = "",
    port: Annotated[int, typer.Option(help="port of machine 0")] = 29500,
    show: Annotated[bool, typer.Option("--print", help="print the command, run nothing")] = False,
) -> None:
    """Train on several GPUs or machines (DDP, FSDP2)."""
    import shlex

    from mulakat.lab.train import launch as launching

    plan = _config(str(config), None)
    if show:
        _say(shlex.join(launching.command(plan, config, rank, address, port)))
        return
    launching.launch(plan, config, rank, address, port)


@lab.command("curves")
def curves(
    log: Annotated[Path, typer.Argument(help="a run's folder, a trainer_state.json, a JSONL or CSV")],
    to: Annotated[Path | None, typer.Option("--out", help="folder to write to")] = None,
    language: Annotated[Language, typer.Option(help="en or tr")] = "en",
    as_json: Json = False,
) -> None:
    """Draw a log and read it in words."""
    from mulakat.lab.curves import read, write_curves

    folder = to or (log / "curves" if log.is_dir() else Path(f"{log.stem}-curves"))
    told, files = write_curves(read(log), folder, language)
    if as_json:
        _emit(told.data() | {"files": files})
        return
    for sentence in told.sentences:
        _say(sentence)
    for path in files:
        _say(f"wrote {path}")


@lab.command("evaluate")
def evaluate(
    run: Run,
    adapter: Annotated[
        list[str] | None, typer.Option(help="name, GGUF or PEFT folder; the run's own unless given; 'none'")
    ] = None,
    base: Annotated[str, typer.Option(help="another base than the run's: a name or a GGUF file")] = "",
    turns: Annotated[int, typer.Option(min=0, help="turns served with each interviewer")] = 120,
    loss_rows: Annotated[int, typer.Option(min=0, help="held-out rows for loss and perplexity")] = 24,
    language: Annotated[list[str] | None, typer.Option(help="en or tr; else what is free")] = None,
    wording: Annotated[
        str, typer.Option(help="auto, turn or acknowledgement: what the model words")
    ] = "auto",
    grammar: Annotated[bool, typer.Option(help="hold it to the grammar of serving")] = True,
    free: Annotated[bool, typer.Option(help="word freely where it would only choose")] = False,
    scenarios: Annotated[
        list[Path] | None, typer.Option(help="what `mulakat demo --all-scenarios --json` wrote")
    ] = None,
    dialogues: Annotated[
        Path | None, typer.Option(help="serve the written dialogues of this folder, not the held-out rows")
    ] = None,
    to: Annotated[Path | None, typer.Option("--out", help="folder to write to")] = None,
    seed: Annotated[int, typer.Option(help="which dialogues, and how ties fall")] = 7,
    as_json: Json = False,
) -> None:
    """Hold an interviewer against its base: held-out turns, loss, and the room's scenarios."""
    from mulakat.lab.evaluate import Plan, reading, sections
    from mulakat.lab.evaluate import evaluate as measure

    if wording not in ("auto", "turn", "acknowledgement"):
        raise typer.BadParameter(f"'{wording}' is none of auto, turn, acknowledgement")
    if wrong := sorted(set(language or []) - set(LANGUAGES)):
        raise typer.BadParameter(f"{', '.join(wrong)} is none of {', '.join(LANGUAGES)}")
    plan = Plan(
        tuple(adapter or ()), base, turns, loss_rows, tuple(language or ()), wording,  # type: ignore[arg-type]
        grammar, free, scenarios=tuple(scenarios or ()), dialogues=dialogues, seed=seed,
    )  # fmt: skip
    made = measure(run, plan, load(), to, (lambda _: None) if as_json else _say)
    if as_json:
        _emit(made.data)
        return
    for section in sections(made.data):
        table = Table(*section.columns, title=section.title, title_justify="left")
        for line in section.lines:
            table.add_row(*line)
        out.print(table)
    for sentence in reading(made.data):
        _say(sentence)
    for path in made.files:
        _say(f"wrote {path}")


@lab.command("publish")
def publish(
    run: Run,
    merged: Annotated[
        list[str] | None, typer.Option(help="also merged: f16, q8_0, q5_1, q4_1, q4_0")
    ] = None,
    register: Annotated[bool, typer.Option(help="make it known to `mulakat serve --interviewer`")] = True,
    to: Annotated[Path | None, typer.Option(help="register in this folder instead")] = None,
    as_json: Json = False,
) -> None:
    """PEFT folder, LoRA GGUF, merged GGUF; each checked against what was trained."""
    from mulakat.lab.publish import publish as give

    kinds = {"f16", "q8_0", "q5_1", "q4_1", "q4_0"}
    if wrong := sorted(set(merged or []) - kinds):
        raise typer.BadParameter(f"{', '.join(wrong)} is none of {', '.join(sorted(kinds))}")
    say = (lambda _: None) if as_json else _say
    made = give(run, load(), merged=merged or (), register=register, to=to, say=say)
    if as_json:
        _emit(
            {
                "name": made.name,
                "files": made.files,
                "registered": made.registered,
                "checks": [c.data() for c in made.checks],
            }
        )
        return
    for path in made.files:
        _say(f"wrote {path}")
    if made.registered:
        _say(f"serve it: mulakat serve --interviewer {made.name}")


@lab.command("make")
def make(
    config: Config,
    change: Set = None,
    to: Annotated[Path | None, typer.Option(help="register in this folder instead")] = None,
    evaluate: Annotated[
        int, typer.Option(min=0, help="first hold it against its base on so many turns; the card tells")
    ] = 0,
) -> None:
    """The whole way: data, preflight, training, curves, publication."""
    from mulakat.lab.curves import read, write_curves
    from mulakat.lab.publish import publish as give
    from mulakat.lab.train.run import train as run

    if config == SCRATCH:
        from_scratch()
        return
    plan = _config(config, change)
    run(plan, load(), _say, Console(stderr=True))
    told, _ = write_curves(read(plan.folder), plan.folder / "curves")
    for sentence in told.sentences:
        _say(sentence)
    if evaluate:
        from mulakat.lab.evaluate import Plan, reading
        from mulakat.lab.evaluate import evaluate as measure

        for sentence in reading(measure(plan.folder, Plan(turns=evaluate), load(), None, _say).data):
            _say(sentence)
    made = give(plan.folder, load(), to=to, say=_say)
    _say(f"{made.folder / 'README.md'}; serve it: mulakat serve --interviewer {made.name}")


@lab.command(SCRATCH)
def from_scratch(
    to: Annotated[Path, typer.Option("--out", help="folder to write to")] = Path("runs/from-scratch"),
    minutes: Annotated[float, typer.Option(min=0.2, max=600, help="time for all stages")] = 8.0,
    as_json: Json = False,
) -> None:
    """The lectures as one run: tokenizer, pre-training, domain, instructions, classification."""
    from mulakat.lab.scratch import Plan, story

    found = story(Plan(minutes=minutes), to, (lambda _: None) if as_json else _say)
    if as_json:
        _emit(found)
