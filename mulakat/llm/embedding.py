"""Sentence embeddings: from a GGUF model through llama.cpp, or from hashed letters without a model.

Does not: choose the model (`catalogue` and the caller do), keep vectors, or compare them beyond
making each of length one, so that a dot product is the cosine.
"""

from __future__ import annotations

import os
import queue
import secrets
import zlib
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mulakat.errors import EngineDead, ModelCorrupt
from mulakat.messages import LANGUAGES, Language
from mulakat.text.fold import plain
from mulakat.text.lexicon import function_words

Vectors = NDArray[np.float32]

TOKENS = 512
"""Tokens the model sees of one text; what comes later is left out."""

AT_ONCE = 16
"""Texts in one call of the engine; more gain nothing and keep others waiting longer."""


class Embedder(Protocol):
    """Texts to vectors. Any thread may call it; calls wait for each other."""

    @property
    def name(self) -> str: ...
    @property
    def dimensions(self) -> int: ...
    @property
    def languages(self) -> frozenset[Language]:
        """The languages in which near meanings get near vectors."""
        ...

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Shape (len(texts), dimensions), float32, each row of length one. Raises EngineDead."""
        ...

    def close(self) -> None: ...


class GgufEmbedder:
    """A loaded embedding model, once for every core it may use. Make it with `open_embedder`.

    Each copy computes on one thread: llama.cpp's threads wait for each other by spinning, so that two of
    them on a busy machine are many times slower than two copies of a small model with one each.
    """

    def __init__(
        self,
        servers: Sequence[Any],
        name: str,
        dimensions: int,
        languages: frozenset[Language] = frozenset({"en"}),
    ) -> None:
        self.name = name
        self.dimensions = dimensions
        self.languages = languages
        self._closed = False
        self._free: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for server in servers:
            self._free.put(server)
        self._pool = ThreadPoolExecutor(len(servers), thread_name_prefix="embed")

    def embed(self, texts: Sequence[str]) -> Vectors:
        if self._closed:
            raise _closed()
        rows = [row for part in self._pool.map(self._part, _parts(texts, AT_ONCE)) for row in part]
        return _unit(np.asarray(rows, dtype=np.float32).reshape(len(texts), self.dimensions))

    def _part(self, texts: Sequence[str]) -> list[list[float]]:
        server = self._free.get()
        try:
            return _asked(server, texts)
        finally:
            self._free.put(server)

    def close(self) -> None:
        self._closed = True
        self._pool.shutdown(wait=True, cancel_futures=True)
        while not self._free.empty():
            self._free.get()


def _closed() -> EngineDead:
    return EngineDead("The embedding model was closed.", "Start the server again.")


def _asked(server: Any, texts: Sequence[str]) -> list[list[float]]:
    """The raw vectors of some texts; one that is too long is cut until the engine takes it."""
    # Nothing but white space has no tokens, which the engine refuses.
    given = [" ".join(text.split())[: TOKENS * 8] or "." for text in texts]
    answer = server.handle_embeddings({"input": given})
    if "data" in answer:
        return [entry["embedding"] for entry in sorted(answer["data"], key=lambda e: e["index"])]
    if len(given) > 1:
        return [row for text in given for row in _asked(server, [text])]
    if len(given[0]) > TOKENS // 2:
        return _asked(server, [given[0][: len(given[0]) * 2 // 3]])
    fault = answer.get("error", answer)
    raise EngineDead(f"The embedding model failed: {fault}.", "Start the server again.")


def open_embedder(
    model: Path,
    *,
    name: str = "",
    languages: frozenset[Language] = frozenset({"en"}),
    threads: int = 0,
) -> GgufEmbedder:
    """Load a GGUF embedding model with mean pooling. Blocks for a fraction of a second.

    `threads` is how many texts are embedded at once; 0: a core each, four at most. Raises ModelCorrupt
    when llama.cpp cannot read the file.
    """
    copies = threads or max(1, min(4, os.cpu_count() or 1))
    try:
        servers = [_server(model) for _ in range(copies)]
        probe = servers[0].handle_embeddings({"input": ["probe"]})
        dimensions = len(probe["data"][0]["embedding"])
    except Exception as error:
        raise ModelCorrupt(
            f"The embedding model {model.name} cannot be loaded: {error}.",
            "Fetch it again with `mulakat models fetch --force`, or check the file.",
        ) from None
    return GgufEmbedder(servers, name or model.stem, dimensions, languages)


def _server(model: Path) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(model)
    params.embedding = True
    params.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
    params.n_parallel = 2
    params.n_ctx = TOKENS * params.n_parallel
    params.n_batch = params.n_ubatch = TOKENS
    params.cpuparams.n_threads = 1
    params.verbosity = -1
    params.fit_params = False
    params.api_keys = [secrets.token_urlsafe(32)]
    params.ui = False
    params.endpoint_slots = False
    return xllamacpp.Server(params)


class HashedEmbedder:
    """Words and letter groups hashed into a vector: like spellings get near vectors, in any language.

    Feature hashing (Weinberger et al. 2009) of folded words, weighted 1, and of their groups of four
    letters, weighted by how many a word has. Needs no model; knows no meanings.
    """

    def __init__(self, dimensions: int = 512) -> None:
        self.name = f"hashed-{dimensions}"
        self.dimensions = dimensions
        self.languages: frozenset[Language] = frozenset({"en", "tr"})

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            for feature, weight in _features(text):
                number = zlib.crc32(feature.encode())
                row[number % self.dimensions] += weight if number & 0x8000_0000 else -weight
        return _unit(rows)

    def close(self) -> None:
        """Nothing to give back."""


@lru_cache(maxsize=1)
def _skipped() -> frozenset[str]:
    return frozenset(plain(word, "tr") for language in LANGUAGES for word in function_words(language))


def _features(text: str) -> Iterator[tuple[str, float]]:
    letters = "".join(c if c.isalnum() else " " for c in plain(text, "tr"))
    skipped = _skipped()
    for word in letters.split():
        if word in skipped or len(word) < 2:
            continue
        yield word, 1.0
        padded = f"<{word}>"
        groups = [padded[i : i + 4] for i in range(max(1, len(padded) - 3))]
        for group in groups:
            yield group, 1.0 / len(groups) ** 0.5


def _parts(texts: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    for start in range(0, len(texts), size):
        yield texts[start : start + size]


def _unit(rows: Vectors) -> Vectors:
    """Rows of length one; a row of zeros stays."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)
