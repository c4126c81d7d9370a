"""A classification head on the body: which part of an account a sentence is.

Transfer learning as ULMFiT tells it (Howard and Ruder, 2018): the same head is trained on the body that has
read, and on one that has not; the difference is what reading was worth. Does not: label. Needs torch.
"""

from __future__ import annotations

import copy
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import torch
from sklearn.metrics import accuracy_score, f1_score

from mulakat.lab.extras import need
from mulakat.lab.scratch.loop import Batch, Course, row_batches, train

Labelled = Sequence[tuple[str, int]]


def on_body(model: Any, labels: int, seed: int) -> Any:
    """A classifier whose body is a copy of the language model's."""
    transformers = need("transformers")
    torch.manual_seed(seed)
    config = copy.deepcopy(model.config)
    config.num_labels = labels
    made = transformers.LlamaForSequenceClassification(config)
    made.model.load_state_dict(model.model.state_dict())
    return made


def encode(tokenizer: Any, rows: Labelled) -> list[tuple[list[int], list[int]]]:
    """Sentences as token ids, each closed with the end mark; the label stands where the ids' labels
    would."""
    return [([*tokenizer(text).input_ids[:96], 2], [label]) for text, label in rows]


def batches(rows: list[tuple[list[int], list[int]]], size: int, seed: int) -> Iterator[Batch]:
    """For ever; the labels as one column."""
    for ids, labels in row_batches(rows, size, seed):
        yield ids, labels[:, :1]


def loss(model: Any, batch: Batch) -> torch.Tensor:
    ids, labels = batch
    with torch.autocast("cpu", dtype=torch.bfloat16):
        logits = model(input_ids=ids, attention_mask=(ids != 0)).logits
    return torch.nn.functional.cross_entropy(logits.float(), labels[:, 0])


def predict(model: Any, rows: list[tuple[list[int], list[int]]]) -> list[int]:
    """The likeliest label of each row."""
    model.eval()
    with torch.no_grad():
        return [int(model(input_ids=torch.tensor([ids])).logits.argmax()) for ids, _ in rows]


def learn(
    body: Any, tokenizer: Any, sets: tuple[Labelled, Labelled], labels: int, seconds: float, seed: int
) -> tuple[dict[str, float], Course]:
    """Train a head on a body; accuracy and macro F1 on held-out topics, beside the commonest answer's."""
    train_rows, held = (encode(tokenizer, rows) for rows in sets)
    model = on_body(body, labels, seed)
    course = train(model, batches(train_rows, 32, seed), seconds, 1e-3, loss)
    truth = [label[0] for _, label in held]
    told = predict(model, held)
    commonest = Counter(label[0] for _, label in train_rows).most_common(1)[0][0]
    return {
        "accuracy": round(float(accuracy_score(truth, told)), 4),
        "macro_f1": round(float(f1_score(truth, told, average="macro")), 4),
        "commonest_answer_accuracy": round(truth.count(commonest) / len(truth), 4),
        "sentences": len(truth),
    }, course
