"""The head that tells private life and talk of the world from work, trained on whole answers.

A sentence of a story ("Then I called him") could be of work; its answer could not. So an answer is the mean
of its sentences' features, weighted by the root of their words, and a logistic regression on that gives
log odds which sum over sentences (`mulakat.assessment.weigh.public`). Does not: touch the gold answers.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from mulakat.assessment.heads import Floats, Head
from mulakat.assessment.intruders import sift
from mulakat.assessment.neutral import neutral
from mulakat.messages import Language

ROOT = Path(__file__).parents[2]
FOLDS = 6
AT_ONCE = 5
"""Single labelled sentences that make one answer."""
SHORTEST = 15
"""Words of a dialogue's answer that is used."""
SCALE = 2.5
"""Features are means of unit vectors, and so small; this makes the usual C of 1 a fair one."""

Bags = list[list[str]]


def answers(language: Language) -> list[dict[str, Any]]:
    """The labelled answers of `data/answers`."""
    found = []
    for path in sorted((ROOT / "data" / "answers").glob(f"{language}-*.jsonl")):
        found += [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    return found


def bags(language: Language, data: list[dict[str, Any]]) -> tuple[Bags, Bags]:
    """Answers about private life or the world at large, and answers about work, as neutral sentences.

    Besides the labelled answers: what candidates say in the dialogues, and single labelled sentences, a
    handful of one topic at a time.
    """
    told = answers(language)
    private = [_neutral(a, language) for a in told if a.get("aside") or a.get("lecture")]
    work = [_neutral(a, language) for a in told if a.get("question")]
    topics: dict[str, list[str]] = {}
    for row in data:
        if not row["topic"].startswith("answers-"):
            topics.setdefault("aside" if row.get("aside") else row["topic"], []).append(row["neutral"])
    for topic, lines in sorted(topics.items()):
        mixed = sorted(lines)
        random.Random(7).shuffle(mixed)
        cut = [mixed[n : n + AT_ONCE] for n in range(0, len(mixed), AT_ONCE)]
        (private if topic == "aside" else work).extend(cut)
    for path in sorted((ROOT / "data" / "dialogues").glob(f"{language}-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            for turn in json.loads(line)["turns"]:
                texts = [neutral(s.text, language) for s in sift(turn["answer"], language).kept]
                if sum(len(t.split()) for t in texts) >= SHORTEST:
                    work.append([t for t in texts if t])
    return private, work


def _neutral(answer: dict[str, Any], language: Language) -> list[str]:
    return [t for s in answer["sentences"] if (t := neutral(s["text"], language))]


def _features(body: Head, answers: Bags) -> sp.csr_matrix:
    width = len(body._ids)
    rows = []
    for sentences in answers:
        weights = np.sqrt([len(s.split()) for s in sentences])
        weights /= weights.sum()
        row: dict[int, float] = {}
        for sentence, weight in zip(sentences, weights, strict=True):
            ids, values = body.features(sentence)
            for i, value in zip(ids, values, strict=True):
                row[i] = row.get(i, 0.0) + SCALE * float(weight * value)
            for n, value in enumerate(body.aside.features(sentence)):
                row[width + n] = row.get(width + n, 0.0) + float(weight * value)
        rows.append(row)
    lengths = np.cumsum([0] + [len(r) for r in rows])
    columns = np.array([i for r in rows for i in r], dtype=np.int64)
    values = np.array([v for r in rows for v in r.values()])
    return sp.csr_matrix((values, columns, lengths), shape=(len(rows), width + 4))


def _model(x: sp.csr_matrix, y: Floats) -> LogisticRegression:
    return LogisticRegression(C=1, max_iter=2000, class_weight="balanced").fit(x, y)


def fit_private(body: Head, private: Bags, work: Bags) -> tuple[Floats, Floats, float]:
    """Weights of the n-grams, weights of `AsideBody`'s features, and the bias."""
    y = np.array([1.0] * len(private) + [0.0] * len(work))
    model = _model(_features(body, [*private, *work]), y)
    told = np.asarray(model.coef_[0])
    return told[:-4] * SCALE, told[-4:], float(model.intercept_[0])


def held_out_private(body: Head, both: tuple[Bags, Bags]) -> dict[str, float]:
    """How well answers that were not trained on are told apart; every sixth is held out in turn."""
    private, work = both
    x = _features(body, [*private, *work])
    y = np.array([1.0] * len(private) + [0.0] * len(work))
    fold = np.array([n % FOLDS for n in range(len(private))] + [n % FOLDS for n in range(len(work))])
    odds = np.zeros(len(y))
    for k in range(FOLDS):
        odds[fold == k] = _model(x[fold != k], y[fold != k]).decision_function(x[fold == k])
    return {
        "private_answers": float(len(private)),
        "work_answers": float(len(work)),
        "private_auc": float(roc_auc_score(y, odds)),
        "private_found": float(np.mean(odds[y == 1] > 0)),
        "work_mistaken": float(np.mean(odds[y == 0] > 0)),
    }
