"""A run's plan in the words of TRL, PEFT and transformers: model, arguments, data sets, trainer.

Does not: decide anything; what is asked for stands in the config.
"""

from __future__ import annotations

import os
from typing import Any

from rich.console import Console

from mulakat.lab.config import RunConfig
from mulakat.lab.extras import need
from mulakat.lab.train import base as bases
from mulakat.lab.train.count import lora_config
from mulakat.lab.train.encode import IGNORED, Encoded
from mulakat.llm.chat_format import FORMATS


def make_trainer(
    config: RunConfig,
    found: bases.Base,
    tokenizer: Any,
    encoded: dict[str, list[Encoded]],
    console: Console | None = None,
) -> Any:
    """The trainer of a run, ready to go."""
    from mulakat.lab.train.trainer import LabTrainer
    from mulakat.lab.train.watch import Bar, LastLook, Patience, RunLog

    transformers = need("transformers")
    plan, adapter = config.train, config.adapter
    dtype = "float32" if plan.precision == "float32" or adapter.method == "full" else "bfloat16"
    transformers.set_seed(plan.seed)
    model = bases.weights(found, dtype, quantization(config))
    model.config.use_cache = False
    stop = tokenizer.convert_tokens_to_ids(FORMATS[config.model.chat].stop)
    if tokenizer.pad_token_id is None or tokenizer.pad_token_id == stop:
        tokenizer.pad_token = tokenizer.unk_token or tokenizer.eos_token
    run_log = RunLog(config.folder / "log.jsonl")
    trainer = LabTrainer(
        model=model,
        args=arguments(config, bool(encoded["valid"])),
        train_dataset=dataset(encoded["train"]),
        eval_dataset=dataset(filled(encoded["valid"], config)) if encoded["valid"] else None,
        processing_class=tokenizer,
        peft_config=None if adapter.method == "full" else lora_config(adapter),
        callbacks=[run_log, Patience(plan.patience), LastLook(bool(encoded["valid"])), Bar(console)],
        keep=plan.keep,
        group=config.effective_batch,
        by_length=plan.group_by_length,
    )
    trainer.remove_callback(transformers.trainer_callback.PrinterCallback)
    run_log.trainer = trainer
    return trainer


def dataset(rows: list[Encoded]) -> Any:
    """Sequences as the trainer reads them."""
    datasets = need("datasets")
    datasets.disable_progress_bars()
    return datasets.Dataset.from_dict(
        {"input_ids": [r.input_ids for r in rows], "labels": [r.labels for r in rows]}
    )


def filled(rows: list[Encoded], config: RunConfig) -> list[Encoded]:
    """Validation rows up to a whole batch for every process, by rows that bear no loss.

    Without them the launcher would fill up with real rows, and count these twice.
    """
    size = config.train.batch_size * max(1, int(os.environ.get("WORLD_SIZE", "1")))
    blank = Encoded(rows[0].input_ids, [IGNORED] * len(rows[0].labels), "", 0)
    return [*rows, *[blank] * (-len(rows) % size)]


def quantization(config: RunConfig) -> Any:
    """NF4 with double quantisation for QLoRA; None otherwise."""
    if config.adapter.method != "qlora":
        return None
    torch = need("torch")
    return need("transformers").BitsAndBytesConfig(
        load_in_4bit=True,
        bnb_4bit_quant_type="nf4",
        bnb_4bit_use_double_quant=True,
        bnb_4bit_compute_dtype=torch.float32 if config.train.precision == "float32" else torch.bfloat16,
    )


def arguments(config: RunConfig, validates: bool) -> Any:
    """The plan in the words of TRL."""
    plan, torch = config.train, need("torch")
    processes = int(os.environ.get("WORLD_SIZE", "1"))
    return need("trl").SFTConfig(
        output_dir=str(config.folder / "checkpoints"),
        max_steps=plan.max_steps or -1,
        num_train_epochs=plan.epochs,
        learning_rate=plan.learning_rate,
        lr_scheduler_type=plan.scheduler,
        warmup_steps=plan.warmup_steps,
        weight_decay=plan.weight_decay,
        optim=plan.optimizer,
        per_device_train_batch_size=plan.batch_size,
        per_device_eval_batch_size=plan.batch_size,
        gradient_accumulation_steps=plan.gradient_accumulation,
        max_grad_norm=plan.max_grad_norm,
        max_length=plan.max_length,
        packing=plan.packing,
        # Our sequences are ready; the trainer's preparation would drop the rows that fill up validation.
        dataset_kwargs=None if plan.packing else {"skip_prepare_dataset": True},
        eval_packing=False if plan.packing else None,
        gradient_checkpointing=plan.gradient_checkpointing,
        bf16=plan.precision == "bf16",
        fp16=plan.precision == "fp16",
        use_cpu=not torch.cuda.is_available(),
        logging_steps=plan.log_every,
        logging_first_step=True,
        logging_nan_inf_filter=False,
        eval_strategy="steps" if validates else "no",
        eval_steps=plan.eval_every,
        save_strategy="steps",
        save_steps=plan.save_every,
        save_total_limit=None,
        seed=plan.seed,
        data_seed=plan.seed,
        report_to=list(plan.report_to) or "none",
        disable_tqdm=True,
        dataloader_pin_memory=torch.cuda.is_available(),
        ddp_find_unused_parameters=False,
        ddp_backend="gloo" if processes > 1 and not torch.cuda.is_available() else None,
        remove_unused_columns=True,
    )
