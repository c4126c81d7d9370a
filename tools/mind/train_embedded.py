"""Trains the head on sentence embeddings (`mulakat.assessment.embedded`) and writes it as package data.

    python tools/mind/train_embedded.py en all-minilm-l6-v2 PATH.gguf

Any embedding model that llama.cpp runs will do; about 20 s for MiniLM on one core. Prints the rank
correlation of quality on topics that were not trained on. Does not: touch the gold answers.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np
import scipy
import xllamacpp
from sklearn.model_selection import GroupKFold
from train import FOLDS, OUT, digest, rows

from mulakat.assessment.embedded import fit, unit
from mulakat.assessment.heads import PARTS, Floats
from mulakat.messages import LANGUAGES


def embed(path: Path, texts: list[str]) -> Floats:
    """Vectors, one sentence at a time."""
    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.embedding, params.n_ctx, params.verbosity = True, 512, -1
    params.cpuparams.n_threads = 1
    server = xllamacpp.Server(params)
    vectors = []
    for text in texts:
        answer = server.handle_embeddings({"input": text or ".", "model": "m"})
        answer = json.loads(answer) if isinstance(answer, str | bytes) else answer
        vectors.append(answer["data"][0]["embedding"])
    return np.array(vectors, dtype=np.float64)


def main() -> None:
    wanted, model, path = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    language = next(code for code in LANGUAGES if code == wanted)
    data = rows(language)
    x = embed(path, [row["neutral"] for row in data])
    y = np.array(
        [[float(p in r["star"]) for p in PARTS] + [float(bool(r.get("aside"))), r["quality"]] for r in data]
    )
    told = np.zeros(len(data))
    for train, test in GroupKFold(FOLDS).split(x, groups=[row["topic"] for row in data]):
        weights = fit(x[train], y[train])
        told[test] = (unit(x[test]) @ weights[:-1] + weights[-1])[:, -1]
    rank = float(scipy.stats.spearmanr(told, y[:, -1])[0])
    origin = {
        "data_sha256": digest(language),
        "model": model,
        "model_sha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "made_by": "tools/mind/train_embedded.py",
        "licence": "Apache-2.0",
        "held_out_by_topic": {"quality_spearman": round(rank, 4)},
    }
    print(json.dumps(origin, indent=1))
    np.savez_compressed(
        OUT / f"head_{language}_{model}.npz",
        weights=fit(x, y).astype(np.float32),
        origin=np.array(json.dumps(origin, sort_keys=True)),
    )


if __name__ == "__main__":
    main()
