"""The model card: data, config, curves, checks, evaluation, licence, limits. JSON for programs, Markdown
for people.

Does not: claim what was not measured; what is missing is named as missing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mulakat.lab.config import RunConfig
from mulakat.lab.publish.check import Check


def card_of(
    config: RunConfig,
    meta: dict[str, Any],
    data: dict[str, Any],
    checks: Sequence[Check],
    files: Sequence[Path],
) -> dict[str, Any]:
    """The card's facts."""
    folder = config.folder
    return {
        "name": config.publish.name or config.name,
        "licence": config.publish.licence,
        "languages": list(config.publish.languages),
        "limits": config.publish.limits or "Not stated.",
        "date": meta.get("finished", "")[:10],
        "base": meta.get("base", {}),
        "data": {
            "plan": data.get("plan"),
            "sources": data.get("sources", []),
            "splits": {
                k: {x: v[x] for x in ("conversations", "targets", "languages")}
                for k, v in data.get("splits", {}).items()
            },
            "nearest_to_training": data.get("nearest_to_training"),
            "removed": {k: v["count"] for k, v in data.get("removed", {}).items()},
            "files": data.get("files"),
        },
        "training": _plans(config, meta),
        "parameters": meta.get("parameters"),
        "run": {k: meta.get(k) for k in _RUN if k in meta},
        "curves": _json(folder / "curves" / "reading.json"),
        "evaluation": _without_samples(_json(folder / "evaluation" / "evaluation.json")),
        "checks": [c.data() for c in checks],
        "files": {p.name: {"sha256": sha256(p), "bytes": p.stat().st_size} for p in files},
    }


def _plans(config: RunConfig, meta: dict[str, Any]) -> dict[str, Any]:
    """How it was trained; the base by its name, not by where it lay."""
    found = config.model_dump(mode="json", include={"model", "adapter", "train", "launch"})
    found["model"]["base"] = meta.get("base", {}).get("name", config.model.base)
    return found


_RUN = (
    "config_hash",
    "code",
    "versions",
    "seed",
    "begun",
    "finished",
    "resumed",
    "steps",
    "kept_step",
    "valid_loss",
)


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return None


def _without_samples(found: Any) -> Any:
    """An evaluation without its log of single turns, which stays in the run's folder."""
    return {k: v for k, v in found.items() if k != "samples"} if isinstance(found, dict) else found


def sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def markdown(card: dict[str, Any]) -> str:
    """The card to be read."""
    base, run = card["base"], card["run"]
    parts = [
        "---",
        f"license: {card['licence'].lower()}",
        f"base_model: {base.get('name', '')}",
        f"language: [{', '.join(card['languages'])}]",
        "library_name: peft",
        "---",
        "",
        f"# {card['name']}",
        "",
        f"An adapter for {base.get('name')} ({base.get('licence') or 'see its licence'}), made "
        f"{card['date']}.",
        "",
        f"**Limits.** {card['limits']}",
        "",
        "## Data",
        "",
        *_data(card["data"]),
        "",
        "## Training",
        "",
        *_training(card),
        "",
        "## Curves",
        "",
        *((card["curves"] or {}).get("sentences") or ["They were not drawn."]),
        "",
        "## Evaluation",
        "",
        *_evaluation(card["evaluation"]),
        "",
        "## Checked against its source",
        "",
        *_checks(card["checks"]),
        "",
        f"Code {run.get('code') or 'unknown'}; config {run.get('config_hash')}; seed {run.get('seed')}.",
        "",
    ]
    return "\n".join(parts)


def _data(data: dict[str, Any]) -> list[str]:
    lines = ["| source | licence | conversations |", "| --- | --- | --- |"]
    lines += [f"| {s['name']} | {s['licence']} | {s['kept']} |" for s in data["sources"]]
    lines.append("")
    for name, split in data["splits"].items():
        told = ", ".join(f"{v} {k}" for k, v in split["languages"].items())
        lines.append(
            f"- {name}: {split['conversations']} conversations, {split['targets']} targets ({told})"
        )
    removed = ", ".join(f"{n} {reason}" for reason, n in data["removed"].items()) or "nothing"
    lines.append(f"- removed: {removed}")
    for name, near in (data["nearest_to_training"] or {}).items():
        lines.append(
            f"- the {name} conversation nearest to a training one is {near['greatest']:.2f} like it"
        )
    return lines


def _training(card: dict[str, Any]) -> list[str]:
    train, adapter = card["training"]["train"], card["training"]["adapter"]
    p, run = card["parameters"] or {}, card["run"]
    trained = f"{p.get('trainable', 0):,} trainable parameters ({p.get('share_percent', 0):.2f} %)"
    how = f"{adapter['method']}, rank {adapter['rank']}, alpha {adapter['alpha']}; {trained}."
    steps = (
        f"{run.get('steps')} steps of {train['batch_size']} x {train['gradient_accumulation']}, learning "
        f"rate "
        f"{train['learning_rate']:g}, {train['scheduler']}, {train['warmup_steps']} warm-up steps, weight "
        f"decay "
        f"{train['weight_decay']:g}, {train['precision']}; step {run.get('kept_step')} was kept."
    )
    loss = run.get("valid_loss")
    told = f"Validation loss of that step: {loss:.4f}." if loss is not None else "There was no validation."
    return [how, "", steps, "", told]


def _evaluation(found: Any) -> list[str]:
    if not isinstance(found, dict):
        return ["It was not evaluated yet: nothing is known of its quality but the losses above."]
    from mulakat.lab.evaluate.report import reading, sections  # which reads what is published in turn

    lines: list[str] = []
    for section in sections(found):
        rows = (section.columns, ["---"] * len(section.columns), *section.lines)
        lines += [f"**{section.title}**", "", *(f"| {' | '.join(row)} |" for row in rows), ""]
    return lines + reading(found)


def _checks(checks: list[dict[str, Any]]) -> list[str]:
    lines = [
        "Log-probabilities of the next token on six fixed prompts against the trained weights in float32 "
        "(nats).",
        "",
        "| form | greatest difference | mean | allowed | same likeliest token |",
        "| --- | --- | --- | --- | --- |",
    ]
    for c in checks:
        allowed = f"{c['allowed'][0]:g}, {c['allowed'][1]:g}"
        same = f"{c['same_top']} of {c['prompts']}" if c["prompts"] else "-"
        lines.append(f"| {c['what']} | {c['greatest']:.4f} | {c['mean']:.4f} | {allowed} | {same} |")
    return lines
