"""Documents in the store: searched on both databases alike, and gone when they are deleted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import text

from mulakat.errors import UnknownDocument, UnknownInterview
from mulakat.knowledge.documents.model import Document, Line, Source
from mulakat.knowledge.documents.read import read_text
from mulakat.knowledge.index import Index, Paper, Row
from mulakat.knowledge.passages import Passage
from mulakat.store import Papers, Store, open_store

from .helpers import WHEN, begin, behind

MARK = "kirmizifil"
WORDS = ("gate harbour crane", "harbour tide", "ledger payroll", "crane crane harbour gate")


@pytest.fixture
def papers(store: Store) -> Papers:
    begin(store)
    return store.papers


def document(name: str = "a") -> Document:
    lines = tuple(Line(words, 1, n) for n, words in enumerate(WORDS, 1))
    return Document(name, f"{name}.txt", "text", "en", 1, lines, (), "0" * 64)


def put(
    papers: Papers, name: str = "a", kind: str = "company", embedder: str = "toy", interview: str = "first"
) -> None:
    rows = [
        Row(Passage(n, words, "Port", Source(name, 1, n + 1), 1), words) for n, words in enumerate(WORDS)
    ]
    vectors = np.asarray([[1, 0, 0], [0.8, 0.6, 0], [0, 0, 1], [0, 1, 0]], dtype=np.float32)
    paper = Paper(name, kind, f"{name}.txt", "text", "en", 1, len(rows), embedder, WHEN)  # type: ignore[arg-type]
    papers.put(interview, paper, document(name), rows, vectors)


def texts(papers: Papers, numbers: list[int]) -> list[str]:
    hits = papers.hits(numbers)
    return [hits[n].text for n in numbers]


def test_what_was_put_comes_back(papers: Papers) -> None:
    put(papers)
    put(papers, "b", "cv")
    assert [(p.id, p.kind, p.passages, p.embedder, p.added) for p in papers.papers("first")] == [
        ("a", "company", 4, "toy", WHEN),
        ("b", "cv", 4, "toy", WHEN),
    ]
    assert papers.document("first", "a") == document("a")
    assert papers.paper("first", "b").name == "b.txt"


def test_words_count_by_how_rare_they_are(papers: Papers) -> None:
    put(papers)
    assert texts(papers, papers.by_words("first", ["ledger"], 5)) == ["ledger payroll"]
    assert texts(papers, papers.by_words("first", ["harbour", "tide"], 5))[0] == "harbour tide"
    assert len(papers.by_words("first", ["harbour"], 5)) == 3
    assert len(papers.by_words("first", ["harbour"], 2)) == 2
    assert papers.by_words("first", ["nowhere"], 5) == []
    assert papers.by_words("first", [], 5) == []


@pytest.mark.parametrize("stem", ["and", "or", "not", "near", "null", "select", "1", "x2"])
def test_words_of_a_query_language_are_only_words(papers: Papers, stem: str) -> None:
    put(papers)
    assert papers.by_words("first", [stem], 5) == []


def test_vectors_by_exact_cosine(papers: Papers) -> None:
    put(papers)
    near = np.asarray([[1, 0, 0]], dtype=np.float32)
    assert texts(papers, papers.by_vector("first", "toy", near, 2)) == [
        "gate harbour crane",
        "harbour tide",
    ]
    assert len(papers.by_vector("first", "toy", near, 9)) == 4
    assert papers.by_vector("first", "another", near, 9) == []


def test_hits_know_their_place(papers: Papers) -> None:
    put(papers)
    number = papers.by_words("first", ["tide"], 1)[0]
    hit = papers.hits([number])[number]
    assert (hit.paper, hit.name, hit.kind, hit.heading) == ("a", "a.txt", "company", "Port")
    assert (hit.source, hit.last_page) == (Source("a", 1, 2, 2), 1)
    assert document("a").at(hit.source) == hit.text


def test_a_search_stays_in_its_interview_and_kind(papers: Papers, store: Store) -> None:
    put(papers)
    put(papers, "b", "cv")
    begin(store, "second")
    near = np.asarray([1, 0, 0], dtype=np.float32)
    assert papers.by_words("second", ["harbour"], 9) == []
    assert papers.by_vector("second", "toy", near, 9) == []
    assert len(papers.by_words("first", ["harbour"], 9)) == 6
    assert len(papers.by_words("first", ["harbour"], 9, ["cv"])) == 3
    assert len(papers.by_vector("first", "toy", near, 9, ["cv"])) == 4
    assert papers.by_vector("first", "toy", near, 9, ["job"]) == []


def test_the_same_document_again_replaces(papers: Papers) -> None:
    put(papers)
    put(papers, kind="cv")
    assert [(p.id, p.kind) for p in papers.papers("first")] == [("a", "cv")]
    assert len(papers.by_words("first", ["harbour"], 9)) == 3


def test_facts_can_be_corrected(papers: Papers) -> None:
    put(papers)
    assert papers.paper("first", "a").facts is None
    papers.set_facts("first", "a", {"name": "Ada", "struck": ["roles.0"]})
    assert papers.paper("first", "a").facts == {"name": "Ada", "struck": ["roles.0"]}


def test_what_is_not_there(papers: Papers) -> None:
    put(papers)
    with pytest.raises(UnknownDocument):
        papers.document("first", "b")
    with pytest.raises(UnknownDocument):
        papers.remove("first", "b\x00")
    with pytest.raises(UnknownDocument):
        papers.set_facts("first", "b", {})
    with pytest.raises(UnknownInterview):
        papers.papers("nobody")
    with pytest.raises(UnknownInterview):
        put(papers, interview="nobody")


def test_an_empty_document_can_be_held(papers: Papers) -> None:
    paper = Paper("e", "job", "e.txt", "text", "en", 1, 0, "toy", WHEN)
    papers.put("first", paper, document("e"), [], np.zeros((0, 3), dtype=np.float32))
    assert papers.by_vector("first", "toy", np.asarray([1, 0, 0], dtype=np.float32), 3) == []


def test_removing_a_document_keeps_the_others(papers: Papers) -> None:
    put(papers)
    put(papers, "b")
    papers.remove("first", "a")
    assert [p.id for p in papers.papers("first")] == ["b"]
    assert len(papers.by_words("first", ["harbour"], 9)) == 3


def rows(url: str) -> dict[str, int]:
    tables = ("documents", "passages", "passages_search")
    with behind(url) as connection:
        return {t: connection.execute(text(f"SELECT count(*) FROM {t}")).scalar_one() for t in tables}


@pytest.mark.parametrize("how", ["delete", "delete_all", "remove"])
def test_deleting_leaves_no_row(url: str, how: str) -> None:
    with open_store(url) as store:
        begin(store)
        begin(store, "second", owner="you")
        put(store.papers)
        put(store.papers, interview="second")
        full = rows(url)
        assert full == {"documents": 2, "passages": 8, "passages_search": 8}
        {
            "delete": lambda: store.delete("first"),
            "delete_all": lambda: store.delete_all("me"),
            "remove": lambda: store.papers.remove("first", "a"),
        }[how]()
        assert rows(url) == {name: n // 2 for name, n in full.items()}
        assert len(store.papers.by_words("second", ["harbour"], 9)) == 3


def traces(folder: Path) -> Iterator[str]:
    marked = np.full(384, 0.0517, dtype="<f4").tobytes()[:64]
    for file in folder.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            yield from (
                f"{file.name}: {what}"
                for what, n in ((MARK, MARK.encode()), ("vector", marked))
                if n in data
            )


@pytest.mark.parametrize("how", ["delete", "delete_all", "remove"])
def test_deleting_leaves_no_trace_on_the_disk(tmp_path: Path, how: str) -> None:
    folder = tmp_path / "data"
    with open_store(f"sqlite:///{folder / 'mulakat.sqlite3'}") as store:
        begin(store)
        begin(store, "second", owner="you")
        index = Index(store.papers)
        for n in range(12):
            said = "\n".join(f"{MARK}{k} carried {MARK} over the bridge number {n * k}." for k in range(60))
            index.add("first", read_text(said, f"{n}.txt", document_id=f"d{n}"), "company", WHEN)
            index.add(
                "second",
                read_text("the quiet one stays here for good", "s.txt", document_id=f"s{n}"),
                "company",
                WHEN,
            )
        constant = np.full((1, 384), 0.0517, dtype=np.float32)
        paper = Paper("v", "company", "v.txt", "text", "en", 1, 1, "toy", WHEN)
        row = Row(Passage(0, MARK, MARK, Source("v", 1, 1), 1), MARK)
        store.papers.put("first", paper, document("v"), [row], constant)
        assert len(set(traces(folder))) >= 2
        if how == "remove":
            for paper in store.papers.papers("first"):
                store.papers.remove("first", paper.id)
        else:
            {"delete": lambda: store.delete("first"), "delete_all": lambda: store.delete_all("me")}[how]()
        assert list(traces(folder)) == []
        assert len(index.search("second", "quiet")) == 5
    assert list(traces(folder)) == []


@pytest.mark.postgres
def test_where_vectors_lie(postgres_url: str) -> None:
    """With pgvector in its own column, else beside the document; a search finds the same in both."""
    with open_store(postgres_url) as store:
        begin(store)
        put(store.papers)
        with behind(postgres_url) as connection:
            offered = connection.execute(
                text("SELECT count(*) FROM pg_available_extensions WHERE name = 'vector'")
            ).scalar_one()
            beside = connection.execute(text("SELECT count(vectors) FROM documents")).scalar_one()
            if offered:
                inside = connection.execute(text("SELECT count(vector) FROM passages_search")).scalar_one()
                assert inside == len(WORDS)
        assert beside == (0 if offered else 1)
        near = np.asarray([[0.8, 0.6, 0]], dtype=np.float32)
        assert texts(store.papers, store.papers.by_vector("first", "toy", near, 2)) == [
            "harbour tide",
            "gate harbour crane",
        ]
