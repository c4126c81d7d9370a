"""Every check, in the order in which a person would ask.

Does not: decide what happens next; the caller reads the report.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from mulakat.catalogue.disk import human
from mulakat.errors import MulakatError
from mulakat.lab.config import RunConfig
from mulakat.lab.data import Built, Row
from mulakat.lab.data.near import Likeness
from mulakat.lab.extras import there
from mulakat.lab.faults import DataError
from mulakat.lab.preflight import machine
from mulakat.lab.preflight.report import Finding, Report
from mulakat.lab.preflight.words import stop_token, stop_trained, template
from mulakat.lab.train import base as bases
from mulakat.lab.train.count import count, memory
from mulakat.lab.train.encode import Encoder, Encodings
from mulakat.llm.chat_format import FORMATS
from mulakat.settings import Settings


def preflight(config: RunConfig, settings: Settings, data: Built | None = None) -> Report:
    """Every check that can be made without weights; one that fails does not keep the others from being
    made."""
    report = Report()
    _guarded(report, "parameters", lambda: _parameters(config, settings, report))
    _guarded(report, "machine", lambda: machine.look(config))
    _guarded(report, "launch", lambda: [launch(config)])
    _guarded(report, "trackers", lambda: trackers(config))
    _guarded(report, "disk", lambda: [disk(config, report)])
    if data is not None:
        _guarded(report, "overlap", lambda: [overlap(data, config.data.near_split)])
    _guarded(report, "text", lambda: _text(config, settings, data))
    return report


def _guarded(report: Report, topic: str, check: Callable[[], list[Finding]]) -> None:
    try:
        report.findings += check()
    except MulakatError as error:
        report.findings.append(Finding("refuse", topic, error.message, error.fix))


def _parameters(config: RunConfig, settings: Settings, report: Report) -> list[Finding]:
    shape = bases.shape(config.model, settings)
    counts = count(shape, config.adapter)
    need = memory(config, shape, counts)
    report.parameters = {
        "trainable": counts.trainable,
        "total": counts.total,
        "share_percent": counts.share,
    }
    report.memory = {k: getattr(need, k) for k in need.__slots__} | {"total": need.total}
    told = f"{counts.trainable:,} of {counts.total:,} are trained ({counts.share:.2f} %), in "
    f"{counts.modules} layers."
    return [Finding("ok", "parameters", told), machine.room(need.total)]


def _text(config: RunConfig, settings: Settings, data: Built | None) -> list[Finding]:
    """What needs the tokenizer: the stop token, the template, lengths, labels."""
    found = bases.find(config.model, settings)
    chat = FORMATS[config.model.chat]
    tokenizer = bases.tokenizer(found)
    findings = [
        stop_token(tokenizer, chat),
        template(tokenizer, chat, config.model.template, found.served_chat),
    ]
    if found.gguf and config.adapter.method == "qlora":
        findings.append(
            Finding(
                "refuse", "quantisation", "A GGUF file cannot be quantised to NF4 once more.",
                "Use method lora, or a base with its own weights.",
            )
        )  # fmt: skip
    if data is None:
        return [*findings, Finding("note", "data", "not built yet: lengths and labels were not looked at.")]
    encoder = Encoder(tokenizer, chat, config.train.max_length, config.train.loss)
    for name in ("train", "valid"):
        encoded = encoder.all(data.rows(name))
        findings += lengths(encoded, name, config)
        if encoded.rows and config.train.loss == "assistant":
            findings.append(stop_trained(tokenizer, chat, encoded.rows, data.rows(name), name))
    return findings


def lengths(encoded: Encodings, name: str, config: RunConfig) -> list[Finding]:
    """No answer may be cut: long conversations are windowed between exchanges, longer exchanges refused."""
    found = []
    if encoded.rows:
        longest = max(len(r.input_ids) for r in encoded.rows)
        told = f"{name}: {len(encoded.rows)} sequences, the longest of {longest} tokens"
        told += f", {encoded.windowed} conversations cut between exchanges." if encoded.windowed else "."
        found.append(Finding("ok", "lengths", told))
    elif name == "valid":
        told = "There are no validation rows: nothing tells of overfitting."
        found.append(Finding("note", "validation", told))
    else:
        fix = "Raise train.max_length or add data."
        found.append(Finding("refuse", "data", "No training row is left.", fix))
    if encoded.too_long:
        found.append(_too_long(encoded, name, config))
    return found


def _too_long(encoded: Encodings, name: str, config: RunConfig) -> Finding:
    most = max(t.tokens for t in encoded.too_long)
    where = ", ".join(t.place for t in encoded.too_long[:3])
    told = f"{name}: {len(encoded.too_long)} answers would be cut at {config.train.max_length} tokens "
    f"({where})."
    if config.train.too_long == "drop":
        return Finding("note", "lengths", f"{told} They are dropped.")
    return Finding("refuse", "lengths", told, f"Set train.max_length to {most}, or train.too_long to drop.")


def overlap(data: Built, threshold: float) -> Finding:
    """Whether a validation conversation is near a training one."""
    return near(data.rows("train"), data.rows("valid"), threshold)


def near(train: list[Row], valid: list[Row], threshold: float) -> Finding:
    """The same for any two lists of rows."""
    known = Likeness(threshold)
    for number, row in enumerate(train):
        known.add(number, row.spoken)
    pairs = [(row, hits[0]) for row in valid if (hits := known.near(row.spoken))]
    if not pairs:
        return Finding(
            "ok", "overlap", f"No validation row is {threshold:.2f} or more like a training row."
        )
    row, (number, likeness) = pairs[0]
    return Finding(
        "refuse",
        "overlap",
        f"{len(pairs)} of {len(valid)} validation rows stand in training: {row.place} is {likeness:.2f} "
        f"like "
        f"{train[number].place}.",
        "Build the data anew with `mulakat lab data build`, or lower data.near_split.",
    )


def launch(config: RunConfig) -> Finding:
    """Which ways of sharding go with which method."""
    kind, plan = config.launch.kind, config.launch
    if kind == "fsdp2" and config.adapter.method == "qlora":
        return Finding(
            "refuse",
            "launch",
            "QLoRA does not go with FSDP2: FSDP2 shards each weight as it is, and a weight packed in NF4 "
            "is no "
            "longer a matrix that can be cut; its quantisation states would stay behind.",
            "Use launch.kind ddp (each GPU holds the 4-bit model), or adapter.method lora.",
        )
    if kind == "single" and plan.processes > 1:
        return Finding(
            "refuse", "launch", "Several processes need a kind.", "Set launch.kind to ddp or fsdp2."
        )
    told = (
        f"{kind}, {plan.processes} processes on {plan.machines} machines"
        if kind != "single"
        else "one process"
    )
    return Finding("ok", "launch", f"{told}; {config.effective_batch} conversations a step.")


def trackers(config: RunConfig) -> list[Finding]:
    """Whether what the run reports to is installed."""
    packages = {"tensorboard": "tensorboard", "wandb": "wandb", "mlflow": "mlflow"}
    return [
        Finding("refuse", "trackers", f"'{name}' is not installed.", f"`pip install {packages[name]}`, or "
        f"take it out of train.report_to.")
        for name in config.train.report_to
        if not there(packages[name])
    ]  # fmt: skip


def disk(config: RunConfig, report: Report) -> Finding:
    """Whether the checkpoints will fit: weights and two moments of what is trained, `keep` times and two
    more."""
    trained = int(report.parameters.get("trainable", 0))
    moments = 2 if "8bit" in config.train.optimizer else 8
    wanted = trained * (4 + moments) * (config.train.keep + 2)
    place: Path = config.runs
    while not place.exists() and place != place.parent:
        place = place.parent
    left = shutil.disk_usage(place).free
    if left < wanted:
        return Finding(
            "refuse", "disk", f"Checkpoints need about {human(wanted)}; {human(left)} are free in {place}.",
            "Free some space, lower train.keep, or set 'runs' to another disk.",
        )  # fmt: skip
    return Finding("ok", "disk", f"checkpoints need about {human(wanted)} of {human(left)} free.")


def data_or_none(folder: Path) -> Built | None:
    """Built data, when they are there."""
    from mulakat.lab.data import load_built

    try:
        return load_built(folder)
    except DataError:
        return None


__all__ = ["data_or_none", "disk", "launch", "lengths", "near", "overlap", "preflight", "trackers"]
