"""Reading, finding and preparing: what is claimed of `mulakat.knowledge`, measured.

    python -m benchmarks.knowledge [cvs] [recall] [recall-tr] [speed] [prepare]

Figures are of this machine; nothing is asserted. Does not: fetch the embedding model.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from statistics import mean, median

from benchmarks.handbook import HELD_OUT, Question, handbook, questions
from mulakat import catalogue
from mulakat.errors import CatalogueError
from mulakat.knowledge.documents.model import Document, numbered
from mulakat.knowledge.documents.read import read_document, read_text
from mulakat.knowledge.index import Hit, Index
from mulakat.knowledge.passages import cut, query_stems
from mulakat.knowledge.prepare import prepare
from mulakat.llm.embedding import Embedder, open_embedder
from mulakat.messages import Language, Setup
from mulakat.settings import load
from mulakat.store import Store, open_store

WHEN = "2026-01-01T00:00:00+00:00"
PASSAGES = 10_000
JOB = """Senior Data Engineer
Your responsibilities
- Build and run data pipelines for twelve ports
- Advise analysts on data models
What you bring
- At least 5 years of experience in data engineering
- Strong Python and SQL, Airflow or a similar scheduler
- Knowledge of Kubernetes and Terraform
- A degree in computer science or similar
- Fluent English
Nice to have
- dbt, Kafka
"""


def main() -> None:
    chosen = sys.argv[1:] or list(_PARTS)
    for name in chosen:
        _PARTS[name]()


def _model() -> Embedder | None:
    settings = load()
    try:
        return open_embedder(catalogue.locate("all-minilm-l6-v2", settings), name="all-minilm-l6-v2")
    except CatalogueError as error:
        print(f"{error} Measured without it.")
        return None


@contextmanager
def _home() -> Iterator[Store]:
    with tempfile.TemporaryDirectory() as folder, open_store(f"sqlite:///{folder}/m.sqlite3") as store:
        store.create("first", "me", "token", Setup("en", "software", "Developer"), WHEN)
        yield store


def cvs() -> None:
    """Field-level F1 on the made CVs, the half used while writing the rules and the half held out."""
    from tests.cvs import score

    for half, title in (("dev", "used while writing the rules"), ("held", "held out")):
        print(f"\nCVs {title}\n")
        print(score.table(half, score.measure(half)))  # type: ignore[arg-type]


def recall() -> None:
    """Questions in other words over the handbooks: how often the passage with the answer is found."""
    _recall("en")


def recall_tr() -> None:
    """The same in Turkish, which no embedded model knows."""
    _recall("tr")


def _recall(language: Language) -> None:
    model = _model()
    began = time.perf_counter()
    document = read_document(handbook(language=language), "handbook.pdf", document_id="handbook")
    took = time.perf_counter() - began
    print(f"\nHandbook ({language}): {document.pages} pages read in {took:.1f} s with the making")
    with _home() as store:
        index = Index(store.papers, model)
        paper = index.add("first", document, "company", WHEN)
        print(f"{paper.passages} passages, embedded by {paper.embedder}")
        for title, remote in (("in own words", False), ("that avoid even the usual names of things", True)):
            asked = questions(remote, language)
            searches = _searches(store, index, language)
            _table(title, asked, searches)
            _table(f"{title}, held out", asked[HELD_OUT[language]], searches)


def _table(title: str, asked: list[Question], searches: dict[str, Callable[[str], list[Hit]]]) -> None:
    print(f"\n{len(asked)} questions {title}\n")
    print("| search | recall at 1 | at 5 | at 10 |\n| --- | --- | --- | --- |")
    for name, search in searches.items():
        ranks = [_rank(search(q.text), q) for q in asked]
        shares = [mean(r is not None and r <= k for r in ranks) for k in (1, 5, 10)]
        print(f"| {name} | " + " | ".join(f"{s:.3f}" for s in shares) + " |")


def _searches(store: Store, index: Index, language: Language) -> dict[str, Callable[[str], list[Hit]]]:
    def by_words(query: str) -> list[Hit]:
        numbers = store.papers.by_words("first", query_stems(query, language), 10)
        found = store.papers.hits(numbers)
        return [found[n] for n in numbers]

    def by_vector(query: str) -> list[Hit]:
        embedder = index.embedder_for(language)
        numbers = store.papers.by_vector("first", embedder.name, embedder.embed([query]), 10)
        found = store.papers.hits(numbers)
        return [found[n] for n in numbers]

    joined = {"joined by rank": lambda query: index.search("first", query, 10, language=language)}
    return {"words alone": by_words, "vectors alone": by_vector, **joined}


def _rank(hits: list[Hit], question: Question) -> int | None:
    return next((n for n, hit in enumerate(hits, 1) if question.key in hit.text.replace("’", "'")), None)


def speed() -> None:
    """Passages indexed a second, and the time of one search among them."""
    model = _model()
    document = _long(read_document(handbook(), "handbook.pdf", document_id="handbook"))
    with _home() as store:
        index = Index(store.papers, model)
        began = time.perf_counter()
        paper = index.add("first", document, "company", WHEN)
        took = time.perf_counter() - began
        print(f"\n{paper.passages} passages indexed in {took:.0f} s by {paper.embedder}")
        times = []
        for question in questions():
            began = time.perf_counter()
            index.search("first", question.text, 5, language="en")
            times.append((time.perf_counter() - began) * 1000)
        times.sort()
        print(
            f"a search: median {median(times):.1f} ms, 95 % within {times[int(0.95 * len(times))]:.1f} ms"
        )


def _long(document: Document) -> Document:
    """The handbook several times over, until it has enough passages."""
    times, lines = 1, document.lines
    while len(cut(replace(document, lines=numbered(lines)))) < PASSAGES:
        times += 1
        lines += tuple(replace(x, page=x.page + document.pages * (times - 1)) for x in document.lines)
    full = replace(document, lines=numbered(lines))
    last = cut(full)[PASSAGES - 1]
    kept = [x for x in full.lines if (x.page, x.number) <= (last.source.page, last.source.last)]
    return replace(document, lines=tuple(kept))


def prepare_() -> None:
    """From the bytes of a CV of three pages and a pasted job to questions and a searchable index."""
    model = _model()
    cv = _three_pages()
    times = []
    for _ in range(5):
        with _home() as store:
            began = time.perf_counter()
            read = read_document(cv, "cv.pdf", document_id="cv")
            job = read_text(JOB, "job.txt", document_id="job")
            made = prepare(read, job, embedder=model, today=date(2026, 1, 1))
            index = Index(store.papers, model)
            index.add("first", read, "cv", WHEN)
            index.add("first", job, "job", WHEN)
            times.append(time.perf_counter() - began)
    print(
        f"\nPreparation: {read.pages} pages, {len(read.lines)} lines, {len(made.questions)} questions: "
        f"median {median(times):.2f} s, slowest {max(times):.2f} s"
    )


def _three_pages() -> bytes:
    from tests.cvs import make

    person = make.people("dev")[0]
    points = [
        f"Improved step {n} of the onboarding so that {n + 3} % more people finish it." for n in range(14)
    ]
    roles = [[*role[:5], [*role[5], *points]] for role in person["roles"] * 2]
    return make.document({**person, "roles": roles})[1]


_PARTS: dict[str, Callable[[], None]] = {
    "cvs": cvs,
    "recall": recall,
    "recall-tr": recall_tr,
    "speed": speed,
    "prepare": prepare_,
}

if __name__ == "__main__":
    main()
