"""Trains the sentence heads of `mulakat.assessment` on `data/star` and `data/answers`; writes package data.

    python tools/mind/train.py [--check]

Needs scikit-learn (`pip install 'mulakat[mind]'`). Prints held-out figures, split by topic (a file of
`data/star` is a topic; none of its sentences is trained on when it is held out; questions of `data/answers`
likewise), then trains on all.
`--check` only prints. Does not: touch the gold answers.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import scipy
import scipy.sparse as sp
import sklearn
from private import answers, bags, fit_private, held_out_private
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import f1_score
from sklearn.model_selection import GroupKFold

from mulakat.assessment.heads import PARTS, AsideBody, Floats, Head, letter_grams, word_grams
from mulakat.assessment.intruders import sift
from mulakat.assessment.measures import told_stems
from mulakat.assessment.neutral import neutral
from mulakat.interview.packs.library import load
from mulakat.messages import LANGUAGES, Language

ROOT = Path(__file__).parents[2]
DATA = ROOT / "data" / "star"
ANSWERS = ROOT / "data" / "answers"
DIALOGUES = ROOT / "data" / "dialogues"
OUT = ROOT / "mulakat" / "assessment" / "data"
FOLDS = 6
SMALLEST = {"word": 2, "letter": 3}
"""Sentences that an n-gram stands in at least."""


def rows(language: Language) -> list[dict[str, Any]]:
    """The labelled sentences, with their neutral form and their topic."""
    found = []
    for path in sorted(DATA.glob(f"{language}-*.jsonl")):
        for number, line in enumerate(path.read_text("utf-8").splitlines()):
            row = json.loads(line)
            row["neutral"] = neutral(row["text"], language)
            # Asides have a topic a line; one file of them stands for all topics there are.
            row["topic"] = f"aside-{number % FOLDS}" if row.get("aside") else path.stem
            found.append(row)
    for number, answer in enumerate(answers(language)):
        topic = f"answers-{answer.get('question', number)}"
        # Whole private stories teach the private head alone: most of their sentences could be of work.
        if not answer.get("aside"):
            found += [
                {**s, "neutral": neutral(s["text"], language), "topic": topic} for s in answer["sentences"]
            ]
    return found


def work_talk(language: Language) -> list[str]:
    """Sentences about work without labels, in neutral form: what candidates say in `data/dialogues`, and
    the packs' own. They show which words are usual at work."""
    said = []
    for path in sorted(DIALOGUES.glob(f"{language}-*.jsonl")):
        for line in path.read_text("utf-8").splitlines():
            said += [turn["answer"] for turn in json.loads(line)["turns"]]
    for _, question in load().questions():
        said += [question.text.in_(language), *question.good_answer.in_(language)]
    cut = (neutral(s.text, language) for text in said for s in sift(text, language).kept)
    return sorted({text for text in cut if text})


def body(texts: list[str]) -> tuple[list[str], Floats]:
    """Vocabulary and inverse document frequencies."""
    kept: list[str] = []
    frequencies: list[int] = []
    families: list[tuple[Callable[[str], Iterator[str]], int]] = [
        (word_grams, SMALLEST["word"]),
        (letter_grams, SMALLEST["letter"]),
    ]
    for grams, smallest in families:
        counts = Counter(g for text in texts for g in set(grams(text)))
        chosen = sorted(g for g, n in counts.items() if n >= smallest)
        kept += chosen
        frequencies += [counts[g] for g in chosen]
    return kept, np.log((1 + len(texts)) / (1 + np.array(frequencies, dtype=np.float64))) + 1


def matrix(head: Head, texts: list[str], width: int) -> sp.csr_matrix:
    picked = [head.features(text) for text in texts]
    lengths = np.cumsum([0] + [len(ids) for ids, _ in picked])
    columns = np.array([i for ids, _ in picked for i in ids], dtype=np.int64)
    values = np.concatenate([v for _, v in picked])
    return sp.csr_matrix((values, columns, lengths), shape=(len(texts), width))


def familiarity(work: list[str], language: Language) -> AsideBody:
    """How often the stems of work talk occur in it; weights are to come."""
    counts = Counter(s for text in work for s in told_stems([text], language))
    return AsideBody(language, {s: n for s, n in sorted(counts.items()) if n > 1}, np.zeros((2, 4)))


def fit(
    data: list[dict[str, Any]], familiar: AsideBody, origin: dict[str, Any], private: Any = None
) -> Head:
    """All heads on the labelled sentences, the private one on bags (`private.bags`) where given."""
    texts = [row["neutral"] for row in data]
    vocabulary, idf = body(texts)
    width = len(vocabulary)
    blank = Head(vocabulary, idf, np.zeros((width, 9)), np.zeros(9), familiar, origin)
    x = matrix(blank, texts, width)
    weights, bias = np.zeros((width, 9)), np.zeros(9)
    for n, part in enumerate(PARTS):
        y = np.array([part in row["star"] for row in data])
        model = LogisticRegression(C=10, max_iter=500, class_weight="balanced").fit(x, y)
        weights[:, n], bias[n] = model.coef_[0], model.intercept_[0]
    y = np.array([bool(row.get("aside")) for row in data])
    told = np.array([blank.aside.features(text) for text in texts])
    model = LogisticRegression(C=1, max_iter=500, class_weight="balanced")
    model.fit(sp.hstack([x, sp.csr_matrix(told)]).tocsr(), y)
    weights[:, 6], bias[6] = model.coef_[0][:width], model.intercept_[0]
    told_weights = [model.coef_[0][width:], np.zeros(4)]
    if private:
        weights[:, 8], told_weights[1], bias[8] = fit_private(blank, *private)
    aside = replace(blank.aside, weights=np.round(told_weights, 4))
    ridge = Ridge(alpha=2.0, solver="sparse_cg", tol=1e-8).fit(x, [row["quality"] for row in data])
    weights[:, 7], bias[7] = ridge.coef_, ridge.intercept_
    # Half precision is what is shipped, so it is what is measured.
    half = weights.astype(np.float16).astype(np.float64)
    return Head(vocabulary, idf.astype(np.float32).astype(np.float64), half, bias, aside, origin)


def held_out(data: list[dict[str, Any]], work: AsideBody) -> dict[str, float]:
    """Figures over topics that were not trained on."""
    topics = [row["topic"] for row in data]
    found: list[Any] = [None] * len(data)
    for train, test in GroupKFold(FOLDS).split(data, groups=topics):
        model = fit([data[i] for i in train], work, {})
        for i in test:
            found[i] = model.marks(data[i]["neutral"])
    truth = np.array([[p in row["star"] for p in PARTS] for row in data])
    guess = np.array([[v > 0.5 for v in marks.parts] for marks in found])
    aside = np.array([bool(row.get("aside")) for row in data])
    quality = np.array([row["quality"] for row in data])
    told = np.array([marks.quality for marks in found])
    plain = ~aside
    rank = scipy.stats.spearmanr(told, quality)[0]
    words = scipy.stats.spearmanr([len(row["text"].split()) for row in data], quality)[0]
    return {
        "sentences": len(data),
        "part_accuracy": float(np.mean([m.part in r["star"] for m, r in zip(found, data, strict=True)])),
        "part_macro_f1": float(f1_score(truth, guess, average="macro")),
        **{f"f1_{p}": float(f1_score(truth[:, n], guess[:, n])) for n, p in enumerate(PARTS)},
        "f1_aside": float(f1_score(aside, [m.aside > 0.5 for m in found])),
        "aside_recall": float(np.mean([m.aside > 0.5 for m, a in zip(found, aside, strict=True) if a])),
        "quality_accuracy": float(np.mean(np.round(told) == quality)),
        "quality_spearman": float(rank),
        "quality_spearman_without_asides": float(scipy.stats.spearmanr(told[plain], quality[plain])[0]),
        "quality_accuracy_without_asides": float(np.mean(np.round(told[plain]) == quality[plain])),
        "length_spearman": float(words),
    }


def save(model: Head, vocabulary: list[str], path: Path) -> None:
    np.savez_compressed(
        path,
        vocabulary=np.array("\n".join(vocabulary)),
        idf=model._idf.astype(np.float32),
        weights=model._weights.astype(np.float16),
        bias=model._bias,
        aside=model.aside.weights,
        familiar=np.array("\n".join(model.aside.familiar)),
        counts=np.array(list(model.aside.familiar.values()), dtype=np.int32),
        origin=np.array(json.dumps(model.origin, sort_keys=True)),
    )


def digest(language: Language) -> str:
    """Hash of all labelled data of a language."""
    files = [p for room in (DATA, ANSWERS) for p in sorted(room.glob(f"{language}-*.jsonl"))]
    return hashlib.sha256(b"".join(p.read_bytes() for p in files)).hexdigest()


def main() -> None:
    for language in LANGUAGES:
        data, work = rows(language), familiarity(work_talk(language), language)
        both = bags(language, data)
        told = held_out(data, work)
        # The body only cuts and weighs n-grams; which sentences it was counted on says nothing of labels.
        told |= held_out_private(fit(data, work, {}), both)
        figures = {k: round(v, 4) for k, v in told.items()}
        print(language, json.dumps(figures, indent=1))
        if "--check" in sys.argv[1:]:
            continue
        origin = {
            "data": f"data/star/{language}-*.jsonl, data/answers/{language}-*.jsonl",
            "data_sha256": digest(language),
            "licence": "Apache-2.0",
            "made_by": "tools/mind/train.py",
            "numpy": np.__version__,
            "scikit-learn": sklearn.__version__,
            "held_out_by_topic": figures,
        }
        model = fit(data, work, origin, both)
        save(model, list(model._ids), OUT / f"head_{language}.npz")


if __name__ == "__main__":
    main()
