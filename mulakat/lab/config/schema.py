"""Every key of a run's YAML, with its default and its limits.

Field names are the field's own terms. Does not: read files (`read`), or look at what is installed
(`preflight`).
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9._-]*$", max_length=60)]
Share = Annotated[float, Field(ge=0, le=0.5)]
SEVEN = ("q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj")


class Plan(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, protected_namespaces=())


class ModelPlan(Plan):
    """The model to begin with.

    base      a name of the catalogue, a folder of a Hugging Face model, a GGUF file, or "owner/name" on
    the hub shape     a shipped shape (`mulakat/lab/shapes`), so that parameters can be counted without any
    weight chat      how turns are marked; the very renderer that serves
    template  check: refuse when the model's own template reads otherwise; replace: publish ours with the
    adapter
    """

    base: Annotated[str, Field(min_length=1)]
    revision: str = "main"
    shape: str = ""
    chat: Literal["chatml", "llama3"] = "chatml"
    template: Literal["check", "replace"] = "check"


class SourcePlan(Plan):
    """One source of rows.

    kind      dialogues and packs are the project's own; wording runs the generator of a checkout
    form      how a row becomes a conversation; "auto" looks at its columns
    columns   other names for: messages, prompt, response, system, text, conversation, topic, language
    scope     which turns the filters of language and manners look at: everybody's, or the targets alone
              (the project's candidates swear on purpose)
    """

    kind: Literal["dialogues", "packs", "wording", "jsonl", "csv", "parquet", "hub"]
    path: Path | None = None
    name: str = ""
    revision: str = "main"
    split: str = "train"
    form: Literal["auto", "messages", "pairs", "guanaco", "text"] = "auto"
    columns: dict[str, str] = Field(default_factory=dict)
    system: str = ""
    licence: str = ""
    language: str = ""
    topic: str = ""
    limit: Annotated[int, Field(ge=0)] = 0
    rows: Annotated[int, Field(ge=1)] = 3600
    seed: int = 20
    scope: Literal["all", "targets"] = "all"

    @model_validator(mode="after")
    def _has_place(self) -> Self:
        if self.kind in ("jsonl", "csv", "parquet", "dialogues") and self.path is None:
            raise ValueError(f"a source of kind '{self.kind}' needs 'path'")
        if self.kind == "hub" and "/" not in self.name:
            raise ValueError("a source of kind 'hub' needs 'name', written owner/name")
        allowed = {"messages", "prompt", "response", "system", "text", "conversation", "topic", "language"}
        if unknown := sorted(set(self.columns) - allowed):
            raise ValueError(f"'columns' knows {', '.join(sorted(allowed))}; not {', '.join(unknown)}")
        return self

    @property
    def label(self) -> str:
        return self.name or (str(self.path) if self.path else self.kind)


class SplitPlan(Plan):
    """Shares of conversations, and topics that stand in one split only."""

    valid: Share = 0.05
    test: Share = 0.05
    by_topic: bool = False
    valid_topics: tuple[str, ...] = ()
    test_topics: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _apart(self) -> Self:
        if both := sorted(set(self.valid_topics) & set(self.test_topics)):
            raise ValueError(f"topics in both valid_topics and test_topics: {', '.join(both)}")
        return self


class DataPlan(Plan):
    """From sources to train, valid and test.

    near_duplicate  Jaccard likeness of word triples from which two rows count as one
    near_split      likeness from which two rows must stand in the same split
    """

    sources: tuple[SourcePlan, ...] = Field(min_length=1)
    out: Path | None = None
    languages: tuple[str, ...] = ()
    near_duplicate: Annotated[float, Field(gt=0, le=1)] = 0.85
    near_split: Annotated[float, Field(gt=0, le=1)] = 0.6
    offensive: bool = True
    discriminatory: bool = True
    personal: bool = True
    max_chars: Annotated[int, Field(ge=100)] = 20_000
    max_bad_share: Annotated[float, Field(ge=0, le=1)] = 0.2
    allow_unlicensed: bool = False
    split: SplitPlan = SplitPlan()
    seed: int = 20


class AdapterPlan(Plan):
    """What is trained. "all-linear" is every linear layer but the head."""

    method: Literal["full", "lora", "qlora"] = "lora"
    rank: Annotated[int, Field(ge=1, le=1024)] = 16
    alpha: Annotated[int, Field(ge=1)] = 32
    dropout: Annotated[float, Field(ge=0, lt=1)] = 0.0
    target_modules: Literal["all-linear"] | tuple[str, ...] = SEVEN


class TrainPlan(Plan):
    """How it is trained. `batch_size` is per process; lengths are tokens.

    A conversation beyond `max_length` becomes several, cut between exchanges; `too_long` says what happens
    to a single exchange that is longer.
    """

    max_steps: Annotated[int, Field(ge=0)] = 0
    epochs: Annotated[float, Field(gt=0)] = 1.0
    learning_rate: Annotated[float, Field(gt=0, le=1)] = 2e-4
    scheduler: Literal["linear", "cosine", "constant", "constant_with_warmup"] = "linear"
    warmup_steps: Annotated[int, Field(ge=0)] = 10
    weight_decay: Annotated[float, Field(ge=0)] = 0.01
    optimizer: Literal["adamw_torch", "adamw_8bit", "paged_adamw_8bit"] = "adamw_torch"
    batch_size: Annotated[int, Field(ge=1)] = 8
    gradient_accumulation: Annotated[int, Field(ge=1)] = 1
    max_grad_norm: Annotated[float, Field(gt=0)] = 1.0
    max_length: Annotated[int, Field(ge=16)] = 1024
    loss: Literal["assistant", "all"] = "assistant"
    too_long: Literal["refuse", "drop"] = "refuse"
    packing: bool = False
    group_by_length: bool = True
    gradient_checkpointing: bool = False
    precision: Literal["float32", "bf16", "fp16"] = "bf16"
    log_every: Annotated[int, Field(ge=1)] = 5
    eval_every: Annotated[int, Field(ge=1)] = 50
    eval_rows: Annotated[int, Field(ge=0)] = 0
    save_every: Annotated[int, Field(ge=1)] = 50
    keep: Annotated[int, Field(ge=1)] = 3
    patience: Annotated[int, Field(ge=0)] = 0
    seed: int = 20
    threads: Annotated[int, Field(ge=0)] = 0
    report_to: tuple[Literal["tensorboard", "wandb", "mlflow"], ...] = ()

    @model_validator(mode="after")
    def _fits(self) -> Self:
        faults = []
        if self.max_steps and self.warmup_steps >= self.max_steps:
            faults.append(f"warmup_steps ({self.warmup_steps}) must be below max_steps ({self.max_steps})")
        if self.packing and self.group_by_length:
            faults.append("packing and group_by_length exclude each other: choose one")
        if self.patience and self.save_every % self.eval_every and self.eval_every % self.save_every:
            faults.append("with patience, save_every and eval_every must be multiples of one another")
        if faults:
            raise ValueError("; ".join(faults))
        return self


class LaunchPlan(Plan):
    """Several processes through `accelerate launch`."""

    kind: Literal["single", "ddp", "fsdp2"] = "single"
    processes: Annotated[int, Field(ge=1)] = 1
    machines: Annotated[int, Field(ge=1)] = 1


class PublishPlan(Plan):
    """What leaves the laboratory. `merged` are GGUF types of the merged model, on request."""

    name: Name | None = None
    licence: str = "Apache-2.0"
    languages: tuple[str, ...] = ("en",)
    limits: str = ""
    merged: tuple[Literal["f16", "q8_0", "q5_1", "q4_1", "q4_0"], ...] = ()


class RunConfig(Plan):
    """A whole run. `preset` was merged in already when this is built."""

    name: Name
    about: str = ""
    model: ModelPlan
    data: DataPlan
    adapter: AdapterPlan = AdapterPlan()
    train: TrainPlan = TrainPlan()
    launch: LaunchPlan = LaunchPlan()
    publish: PublishPlan = PublishPlan()
    runs: Path = Path("runs")

    @property
    def folder(self) -> Path:
        return self.runs / self.name

    @property
    def data_folder(self) -> Path:
        return self.data.out or self.folder / "data"

    @property
    def effective_batch(self) -> int:
        """Conversations a step, over all processes."""
        processes = self.launch.processes if self.launch.kind != "single" else 1
        return self.train.batch_size * self.train.gradient_accumulation * processes
