"""Publishes one finished run into runs/<name>/published and, as an interviewer, into the models folder.

Does not: upload anything.
"""

from __future__ import annotations

import json
import math
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from mulakat import catalogue
from mulakat.errors import CatalogueError
from mulakat.lab.config import RunConfig
from mulakat.lab.extras import need
from mulakat.lab.faults import PublishError
from mulakat.lab.preflight.words import JINJA
from mulakat.lab.publish import check, lora_gguf, merged_gguf
from mulakat.lab.publish.card import card_of, markdown
from mulakat.lab.publish.hf_gguf import write_model
from mulakat.lab.train import base as bases
from mulakat.lab.train.record import load_run
from mulakat.llm.chat_format import FORMATS
from mulakat.settings import Settings

Say = Callable[[str], None]
LARGE = 2_000_000_000
"""Parameters beyond which no whole model is loaded in float32 for the checks: tensors are compared
instead."""


@dataclass
class Published:
    """What was written. `registered` is the file that `mulakat serve --interviewer NAME` finds."""

    name: str
    folder: Path
    files: list[Path] = field(default_factory=list)
    checks: list[check.Check] = field(default_factory=list)
    registered: Path | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """What all steps of one publication need."""

    config: RunConfig
    meta: dict[str, Any]
    base: bases.Base
    shape: Any
    tokenizer: Any
    result: Path
    draft: Path
    name: str
    texts: list[str]
    wanted: list[check.Logprobs] = field(default_factory=list)

    @property
    def large(self) -> bool:
        return float(self.meta.get("parameters", {}).get("total", math.inf)) > LARGE

    @property
    def full(self) -> bool:
        return self.config.adapter.method == "full"


def publish(
    folder: Path,
    settings: Settings,
    *,
    merged: Sequence[str] = (),
    register: bool = True,
    to: Path | None = None,
    say: Say = lambda _: None,
) -> Published:
    """PEFT folder, LoRA GGUF, merged GGUFs of the asked types, and a card; each checked against its source.

    `to`: register there instead of <models>/adapters. Raises PublishError when a check fails: then nothing
    is registered, and what was published before stays.
    """
    config, meta = load_run(folder)
    if not meta.get("finished"):
        raise PublishError(f"The run {folder} is not finished.", "Finish it: `mulakat lab train CONFIG`.")
    target = folder / "published"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".publish-") as scratch:
        draft = Path(scratch) / "published"
        draft.mkdir()
        job = _job(config, meta, settings, draft)
        made = Published(job.name, target)
        _write(job, made, merged or config.publish.merged, say)
        failed = [c for c in made.checks if not c.passed]
        if failed:
            told = "; ".join(
                f"{c.what}: greatest {c.greatest}, mean {c.mean}, allowed {c.allowed}" for c in failed
            )
            raise PublishError(
                f"What was made differs from what was trained: {told}.", "Do not serve it; report this."
            )
        _card(job, made)
        shutil.rmtree(target, ignore_errors=True)
        draft.rename(target)
    made.files = [target / p.relative_to(draft) for p in made.files]
    if register and not job.full:
        made.registered = _register(made, to or settings.models_dir / "adapters", settings, say)
    return made


def _job(config: RunConfig, meta: dict[str, Any], settings: Settings, draft: Path) -> Job:
    found = bases.find(config.model, settings)
    tokenizer = bases.tokenizer(found)
    full = config.adapter.method == "full"
    result = config.folder / ("model" if full else "adapter")
    texts = check.prompts(FORMATS[config.model.chat])
    shape = (
        need("transformers").AutoConfig.from_pretrained(result)
        if full
        else bases.shape(config.model, settings)
    )
    if not full:
        lora_gguf.read_adapter(result)  # a broken file is named before anything else is done
    name = config.publish.name or config.name
    job = Job(config, meta, found, shape, tokenizer, result, draft, name, texts)
    if not job.large:
        job.wanted.extend(check.source(found, result, tokenizer, texts, full))
    return job


def _write(job: Job, made: Published, merged: Sequence[str], say: Say) -> None:
    made.files.append(_peft(job))
    made.checks.append(_check_peft(job))
    if made.checks[-1].prompts:
        say(_told(made.checks[-1]))
    with tempfile.TemporaryDirectory(dir=job.draft.parent) as scratch:
        model = _served_base(job, Path(scratch), say)
        if not job.full:
            made.files.append(_lora(job, made))
            if model:
                _lora_measured(job, made, model, Path(scratch), say)
        elif model:
            merged = merged or ("f16",)
        for kind in merged:
            if model is None:
                raise PublishError(
                    "A merged GGUF needs a base that is a GGUF, or a small one.",
                    "Convert the base with llama.cpp's convert_hf_to_gguf.py and name that file as "
                    "model.base.",
                )
            out = job.draft / f"{job.name}-{kind}.gguf"
            merged_gguf.write_merged(
                model, None if job.full else job.result, job.shape, out, kind, job.name
            )
            made.files.append(out)
            _measured(job, made, f"{kind} merged", out, None, say)


def _peft(job: Job) -> Path:
    """The folder that PEFT, transformers and vLLM load, with the template that is served."""
    folder = job.draft / ("model" if job.full else "peft")
    shutil.copytree(job.result, folder)
    if not job.full:
        _name_base(folder / "adapter_config.json", job.base.repository or job.base.name)
    tokenizer = need("transformers").AutoTokenizer.from_pretrained(folder)
    tokenizer.chat_template = JINJA[job.config.model.chat]
    tokenizer.save_pretrained(folder)
    return folder


def _name_base(path: Path, name: str) -> None:
    """Call the base by its name: where it lies on the maker's machine is nobody's business."""
    config = json.loads(path.read_text("utf-8")) | {"base_model_name_or_path": name}
    path.write_text(json.dumps(config, indent=2) + "\n", "utf-8")


def _check_peft(job: Job) -> check.Check:
    folder = job.draft / ("model" if job.full else "peft")
    if not job.large:
        found = check.source(job.base, folder, job.tokenizer, job.texts, job.full)
        return check.compare("peft", job.wanted, found)
    pairs = [(p, folder / p.name) for p in job.result.glob("*.safetensors")]
    changed = sum(one.read_bytes() != other.read_bytes() for one, other in pairs)
    return check.Check("tensors of the PEFT folder", float(changed), float(changed), 0, 0, (0.0, 0.0))


def _lora(job: Job, made: Published) -> Path:
    out = job.draft / f"{job.name}.gguf"
    lora_gguf.write_lora(job.result, job.shape, out, job.name, job.config.publish.licence)
    worst = lora_gguf.rounding(out, job.result, job.shape)
    made.checks.append(check.Check("tensors of the LoRA GGUF", worst, worst, 0, 0, (1e-3, 1e-3)))
    return out


def _served_base(job: Job, scratch: Path, say: Say) -> Path | None:
    """The GGUF the adapter is served on: the base itself, or a small base converted; None for a large
    one."""
    if job.large:
        say("The model is large: its tensors are compared, not its log-probabilities.")
        return None
    if job.base.gguf and not job.full:
        return job.base.path
    if not job.full:
        return _in_float32(job, scratch)
    out = scratch / "base-f32.gguf"
    model = need("transformers").AutoModelForCausalLM.from_pretrained(job.result, dtype="float32")
    write_model(model, job.tokenizer, out, job.name, JINJA[job.config.model.chat])
    return out


def _lora_measured(job: Job, made: Published, model: Path, scratch: Path, say: Say) -> None:
    """The LoRA on the base in float32, where any difference is its own; then on the base that is served."""
    adapter = made.files[-1]
    if not job.base.gguf:
        _measured(job, made, "lora on the base in float32", model, adapter, say)
        return
    _measured(job, made, "lora on the base in float32", _in_float32(job, scratch), adapter, say)
    bare = check.compare(
        f"{model.name} without an adapter",
        check.base_logprobs(job.base, job.tokenizer, job.texts),
        check.llama_logprobs(model, None, job.texts),
    )
    served = check.compare(
        f"lora on {model.name}",
        job.wanted,
        check.llama_logprobs(model, adapter, job.texts),
        check.as_served(bare),
    )
    made.checks += [bare, served]
    say(_told(bare))
    say(_told(served))


def _in_float32(job: Job, scratch: Path) -> Path:
    out = scratch / "base-f32.gguf"
    weights = bases.weights(job.base, "float32")
    write_model(weights, job.tokenizer, out, job.name, JINJA[job.config.model.chat])
    return out


def _measured(job: Job, made: Published, what: str, model: Path, adapter: Path | None, say: Say) -> None:
    found = check.compare(what, job.wanted, check.llama_logprobs(model, adapter, job.texts))
    made.checks.append(found)
    say(_told(found))


def _told(found: check.Check) -> str:
    return (
        f"{found.what}: log-probabilities differ by {found.greatest:.4f} at most, {found.mean:.4f} on "
        f"average; "
        f"{found.same_top} of {found.prompts} likeliest tokens agree."
    )


def _card(job: Job, made: Published) -> None:
    folder = job.config.data_folder
    try:
        data = json.loads((folder / "card.json").read_text("utf-8"))
        shutil.copy2(folder / "card.html", job.draft / "data-card.html")
    except (OSError, ValueError):
        data = {}
    files = [p for p in made.files if p.is_file()]
    card = card_of(job.config, job.meta, data, made.checks, files)
    (job.draft / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", "utf-8")
    (job.draft / "README.md").write_text(markdown(card), "utf-8")
    for name in ("curves.svg", "curves.html"):
        if (job.config.folder / "curves" / name).is_file():
            shutil.copy2(job.config.folder / "curves" / name, job.draft / name)
    made.files += [job.draft / "card.json", job.draft / "README.md"]


def _register(made: Published, adapters: Path, settings: Settings, say: Say) -> Path:
    """Lay the adapter and its card where the catalogue looks; each file is replaced as a whole."""
    adapters.mkdir(parents=True, exist_ok=True)
    target = adapters / f"{made.name}.gguf"
    for source, place in (
        (made.folder / f"{made.name}.gguf", target),
        (made.folder / "card.json", target.with_suffix(".json")),
    ):
        draft = place.with_name(f".{place.name}.part")
        shutil.copy2(source, draft)
        draft.replace(place)
    shipped = Path(str(files("mulakat"))) / "interview/adapters" / target.name
    if shipped.is_file() and shipped != target:
        say(
            f"An interviewer that ships with the program is called '{made.name}' too and is found first: "
            f"serve {target}."
        )
    try:
        catalogue.adapter(str(target), settings)
    except CatalogueError as error:
        raise PublishError(f"The catalogue refuses the file: {error.message}", error.fix) from None
    return target
