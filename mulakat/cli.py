"""The command line: parses, calls one function, prints. `--json` prints for machines.

A fault that the user can mend is one line on standard error and exit status 2.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from mulakat import __version__
from mulakat.errors import MulakatError
from mulakat.lab.cli import lab
from mulakat.messages import Language
from mulakat.settings import load

app = typer.Typer(
    name="mulakat",
    help="A rehearsal room for job interviews on your own machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)
models = typer.Typer(help="Models: what there is, what is here, fetch and verify.", no_args_is_help=True)
packs = typer.Typer(help="Question packs.", no_args_is_help=True)
app.add_typer(models, name="models")
app.add_typer(packs, name="packs")
app.add_typer(lab, name="lab")

Json = Annotated[bool, typer.Option("--json", help="print JSON for machines")]
out = Console()


def emit(data: Any) -> None:
    """Print data as JSON on standard output."""
    sys.stdout.write(json.dumps(data, ensure_ascii=False, indent=2) + "\n")


def table(title: str, columns: list[str], rows: list[list[str]]) -> None:
    """Print rows as a table."""
    made = Table(*columns, title=title, title_justify="left")
    for row in rows:
        made.add_row(*row)
    out.print(made)


def _version(wanted: bool) -> None:
    if wanted:
        out.print(f"mulakat {__version__}")
        raise typer.Exit


@app.callback()
def _root(
    version: Annotated[
        bool, typer.Option("--version", help="print the version", is_eager=True, callback=_version)
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="log what happens")] = False,
) -> None:
    logging.basicConfig(
        level=logging.INFO if verbose else logging.ERROR, format="%(asctime)s %(name)s: %(message)s"
    )


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="address to bind to")] = None,
    port: Annotated[int | None, typer.Option(help="port to listen on")] = None,
    interviewer: Annotated[str | None, typer.Option(help="adapter by name, or 'none'")] = None,
    model: Annotated[str | None, typer.Option(help="model by name, or a GGUF file")] = None,
    browser: Annotated[bool | None, typer.Option("--open/--no-open", help="open the page")] = None,
    as_json: Json = False,
) -> None:
    """Start the server and open its page."""
    from mulakat.serve import serve as run

    settings = load(host=host, port=port, interviewer=interviewer, model=model, open=browser)
    if as_json:
        emit({"url": f"http://{settings.host}:{settings.port}/", "data": str(settings.data)})
        sys.stdout.flush()
    run(settings, quiet=as_json)


@app.command()
def demo(
    language: Annotated[Language, typer.Option(help="en or tr")] = "en",
    turns: Annotated[int, typer.Option(min=2, max=40, help="questions to ask")] = 6,
    seed: Annotated[int, typer.Option(min=0, help="the same seed holds the same interview")] = 1,
    to: Annotated[Path | None, typer.Option("--out", help="folder for transcript and timings")] = None,
    scenario: Annotated[
        Path | None, typer.Option(help="a candidate of your own (docs/scenarios.md)")
    ] = None,
    all_scenarios: Annotated[bool, typer.Option(help="hold them all and print the quality table")] = False,
    scenarios: Annotated[Path | None, typer.Option(help="folder of scenarios")] = None,
    interviewer: Annotated[str | None, typer.Option(help="adapter by name, or 'none'")] = None,
    sound: Annotated[bool, typer.Option(help="also write what was spoken as speech.wav")] = False,
    as_json: Json = False,
) -> None:
    """Hold a whole interview without a browser, against a scripted candidate."""
    from mulakat.demo import run

    settings = load(interviewer=interviewer)
    if all_scenarios:
        found = asyncio.run(run.all_scenarios(settings, turns, seed, scenarios, to))
        if as_json:
            emit(found.data())
            return
        for title, columns, lines in found.tables():
            table(title, columns, lines)
        return
    held = asyncio.run(run.one(settings, language, turns, seed, scenario, scenarios))
    for note in (*held.notes, *held.faults):
        typer.echo(f"mulakat: {note}", err=True)
    written = run.write(held, to, sound) if to else {}
    if as_json:
        emit({**run.data(held), "files": written})
        return
    for turn in held.transcript.turns:
        name = "[bold cyan]Interviewer[/]" if turn.speaker == "interviewer" else "[bold]Candidate[/]"
        out.print(f"{name}  ", end="")
        out.print(turn.text or "...", markup=False)
    for path in written.values():
        out.print(f"wrote {path}", markup=False)


@app.command()
def report(
    interview: Annotated[
        str, typer.Argument(help="an interview's id; 'list' shows them; 'last' is the newest")
    ],
    to: Annotated[
        Path | None,
        typer.Option("--out", help="file to write: .pdf, .json or .txt; with --assessment also .zip"),
    ] = None,
    assessment: Annotated[
        bool, typer.Option("--assessment", help="the report with scores and evidence, not the transcript")
    ] = False,
    judge: Annotated[
        bool, typer.Option("--judge", help="with --assessment: add the comments of a model that may judge")
    ] = False,
    language: Annotated[Language | None, typer.Option(help="language of the labels")] = None,
    as_json: Json = False,
) -> None:
    """Write a past interview, or the report on it, as a file."""
    from mulakat.demo import assessments, past

    settings = load()
    if interview == "list":
        lines = past.listed(settings)
        if as_json:
            emit(lines)
        else:
            table(
                "Interviews", ["id", "when", "role", "state"], [list(line.values())[:4] for line in lines]
            )
        return
    if judge and not assessment:
        raise typer.BadParameter("--judge belongs to --assessment")
    if assessment:
        path = assessments.export_assessment(settings, interview, to, language, judge)
    else:
        path = past.export(settings, interview, to, language)
    emit({"file": str(path)}) if as_json else out.print(f"wrote {path}", markup=False)


@app.command()
def doctor(
    language: Annotated[Language, typer.Option(help="en or tr")] = "en", as_json: Json = False
) -> None:
    """Say what is there, what is missing and how to get it."""
    from mulakat.doctor import examine

    findings = examine(load(), language)
    if as_json:
        emit([{"level": f.level, "topic": f.topic, "what": f.what, "fix": f.fix} for f in findings])
    else:
        marks = {"ok": "[green]ok[/]", "warn": "[yellow]note[/]", "missing": "[red]missing[/]"}
        for finding in findings:
            out.print(f"{marks[finding.level]:>16}  ", end="")
            out.print(f"{finding.what} {finding.fix}".strip(), markup=False)
    if any(f.level == "missing" for f in findings):
        raise typer.Exit(1)


@app.command("judge")
def judge_command(
    language: Annotated[Language, typer.Option(help="en or tr")] = "en", as_json: Json = False
) -> None:
    """Try the configured model on answers of known level: may it comment on reports? Status 1 if not."""
    from dataclasses import asdict

    from mulakat.assessment import judge as least
    from mulakat.demo.judging import calibrated

    found = calibrated(load(), language)
    if as_json:
        emit(asdict(found) | {"passed": found.passed})
    else:
        rows = [
            [
                "agreement with known levels (weighted kappa)",
                f"{found.kappa:.2f}",
                f"at least {least.LEAST_KAPPA:.2f}",
            ],
            [
                "verdicts that could not be read",
                f"{found.unparsable} of {found.answers}",
                f"at most {least.MOST_UNREAD:.0%}",
            ],
            [
                "same preference in either order",
                f"{found.steady:.0%}",
                f"at least {least.LEAST_STEADY:.0%}",
            ],
            [
                "liking for its own wording, above chance",
                f"{found.vanity:.0%}",
                f"at most {least.MOST_VAIN:.0%}",
            ],
        ]
        table(found.model, ["what", "found", "wanted"], rows)
        verdict = "It may comment: mulakat report last --assessment --judge"
        out.print(verdict if found.passed else f"It may not judge: {found.shortcomings}.", markup=False)
    if not found.passed:
        raise typer.Exit(1)


@app.command()
def audit(
    language: Annotated[Language | None, typer.Option(help="en or tr; both when not given")] = None,
    as_json: Json = False,
) -> None:
    """Hold one interview under many names, ages, genders and origins, and compare its scores."""
    from mulakat.assessment.audit import run_audit
    from mulakat.interview.packs.library import load as load_packs

    languages: list[Language] = [language] if language else ["en", "tr"]
    found = run_audit(load_packs(load().packs), languages)
    if as_json:
        emit(
            {
                "largest": found.largest,
                "other_questions": found.other_questions,
                "variants": len(found.rows),
            }
        )
    else:
        moved = [r for r in found.rows if r.difference or r.questions]
        if moved:
            columns = ["language", "group", "variant", "difference", "other questions"]
            lines = [
                [r.language, r.group, r.variant, f"{r.difference:.2f}", str(r.questions)] for r in moved
            ]
            table("What moved", columns, lines)
        out.print(f"{len(found.rows)} variants, other questions in {found.other_questions}")
        out.print(f"largest difference of a score: {found.largest:.2f}")
    if not found.passed:
        raise typer.Exit(1)


@models.command("list")
def models_list(as_json: Json = False) -> None:
    """All models of the catalogue and whether they are here."""
    from mulakat.catalogue import status

    found = status(load())
    if as_json:
        emit(
            [
                {
                    "name": s.entry.name,
                    "kind": s.entry.kind,
                    "state": s.state,
                    "licence": s.entry.licence,
                    "languages": list(s.entry.languages),
                    "memory": s.entry.memory,
                    "embedded": s.entry.embedded,
                    "path": str(s.path),
                    "note": s.note,
                }
                for s in found
            ]
        )
        return
    table(
        "Models",
        ["name", "kind", "state", "licence", "languages", "memory"],
        [
            [
                s.entry.name,
                s.entry.kind,
                s.state,
                s.entry.licence,
                " ".join(s.entry.languages),
                f"{s.entry.memory / 1e9:.1f} GB",
            ]
            for s in found
        ],
    )


@models.command("fetch")
def models_fetch(
    names: Annotated[list[str] | None, typer.Argument(help="names; none: the embedded ones")] = None,
    source: Annotated[Path | None, typer.Option("--from", help="take it from a local file")] = None,
    force: Annotated[bool, typer.Option(help="fetch again what is here")] = False,
    as_json: Json = False,
) -> None:
    """Fetch models and check them."""
    from mulakat import catalogue

    settings = load()
    wanted = names or [e.name for e in catalogue.entries() if e.embedded]
    if source and len(wanted) != 1:
        raise typer.BadParameter("--from goes with exactly one name")
    for name in wanted:
        entry = catalogue.find(name)
        if entry.accept and not as_json:
            out.print(f"{name}: accept its licence first: {entry.accept}", markup=False)
    with catalogue.bars(Console(stderr=True)) as progress:
        paths = {n: catalogue.fetch(n, settings, progress, source=source, force=force) for n in wanted}
    if as_json:
        emit({name: str(path) for name, path in paths.items()})
    else:
        for name, path in paths.items():
            out.print(f"{name}: {path}", markup=False)


@models.command("verify")
def models_verify(
    names: Annotated[list[str] | None, typer.Argument(help="names; none: all that are here")] = None,
    as_json: Json = False,
) -> None:
    """Check models against their sha256."""
    from mulakat import catalogue

    settings = load()
    wanted = names or [s.entry.name for s in catalogue.status(settings) if s.state != "absent"]
    results = [catalogue.verify(name, settings) for name in wanted]
    if as_json:
        emit([{"name": r.name, "verdict": r.verdict, "faults": list(r.faults)} for r in results])
    else:
        for r in results:
            out.print(f"{r.name}: {r.verdict} {' '.join(r.faults)}".rstrip(), markup=False)
    if any(r.verdict not in ("ok", "unpinned") for r in results):
        raise typer.Exit(1)


@packs.command("lint")
def packs_lint(
    files: Annotated[list[Path] | None, typer.Argument(help="pack files; none: all in use")] = None,
    as_json: Json = False,
) -> None:
    """Check question packs: schema, and whether their sentences can be spoken."""
    from mulakat.interview.packs.library import load as load_packs
    from mulakat.interview.packs.library import parse_file
    from mulakat.interview.packs.lint import lint

    found = [parse_file(f) for f in files] if files else list(load_packs(load().packs).packs.values())
    faults = [fault for pack in found for fault in lint(pack)]
    questions = sum(len(c.questions) for p in found for c in p.competencies)
    if as_json:
        emit({"packs": len(found), "questions": questions, "faults": [str(f) for f in faults]})
    else:
        for fault in faults:
            out.print(str(fault), markup=False)
        out.print(f"{len(found)} packs, {questions} questions a language, {len(faults)} faults")
    if faults:
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; faults that a user can mend are one line."""
    try:
        app(standalone_mode=True)
    except MulakatError as error:
        typer.echo(f"mulakat: {error}", err=True)
        raise SystemExit(2) from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None
    except BrokenPipeError:
        raise SystemExit(0) from None


if __name__ == "__main__":
    main()
