"""Passages cut, embedded, stored and found again, on both databases."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from mulakat.catalogue import locate
from mulakat.errors import DocumentTooLarge, EngineDead
from mulakat.knowledge import index as index_module
from mulakat.knowledge.documents.model import Document
from mulakat.knowledge.documents.read import read_document, read_text
from mulakat.knowledge.index import Index
from mulakat.knowledge.passages import ENOUGH, MOST, cut, query_stems, search_stems
from mulakat.llm.embedding import GgufEmbedder, HashedEmbedder, Vectors, open_embedder
from mulakat.messages import Language, Setup
from mulakat.settings import Settings
from mulakat.store import Store

from . import papers

WHEN = "2026-03-01T10:00:00+03:00"
HANDBOOK = """\
# Leave
Every employee has twenty-six days of paid holiday a year.
Days that were not taken may be carried over until the end of March.
Whoever falls ill during a holiday gets these days back when a doctor's note is handed in within a week.

# Travel
Trips by train are booked in second class unless the ride lasts longer than four hours.
Hotels are paid up to 140 euros a night.
Receipts are handed in within thirty days after the end of the trip through the form on the intranet.

# Security
A laptop that was lost or stolen is reported to the security desk at once, by night as well.
The desk locks it from afar.
Passwords are kept in the manager that the company pays for and are never written down.
"""
TURKISH = """\
# İzin
Her çalışanın yılda yirmi altı gün ücretli izni vardır.
Kullanılmayan günler mart sonuna kadar devredilebilir.

# Seyahat
Tren yolculukları ikinci mevkide yapılır.
Otel için gecelik en çok yüz kırk avro ödenir.
Fişler otuz gün içinde teslim edilir.

# Güvenlik
Kaybolan ya da çalınan bir dizüstü bilgisayar hemen güvenlik masasına bildirilir.
"""


@pytest.fixture
def home(any_store: Store) -> Store:
    any_store.create("first", "me", "token", Setup("en", "software", "Developer"), WHEN)
    return any_store


def book(text: str = HANDBOOK, name: str = "book.md") -> Document:
    return read_text(text, name, document_id=name.split(".")[0])


def test_passages_are_whole_lines_below_their_heading() -> None:
    document = book()
    made = cut(document)
    assert [p.heading for p in made] == ["Leave", "Travel", "Security"]
    assert " ".join(p.text for p in made) == " ".join(x.text for x in document.lines if not x.heading)
    for passage in made:
        assert passage.text == document.at(passage.source).replace("\n", " ")


def test_passages_have_a_size() -> None:
    long = book("The words of a line of some length stand here and end.\n" * 400, "long.txt")
    sizes = [len(p.text.split()) for p in cut(long)]
    assert all(ENOUGH <= s <= MOST for s in sizes[:-1])
    assert sum(sizes) == 400 * 12


def test_passages_of_a_pdf_know_their_pages() -> None:
    document = read_document(
        papers.pdf(
            "= Leave\nThe days of leave are many.\n#pagebreak()\n= Travel\nTrains are fast and the seats "
            "are good."
        ),
        "b.pdf",
    )
    assert [(p.heading, p.source.page, p.last_page) for p in cut(document)] == [
        ("Leave", 1, 1),
        ("Travel", 2, 2),
    ]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("Passwords are kept", "keeping a password", "en"),
        ("bilgisayarlar bildirilir", "bilgisayar", "tr"),
        ("ÇALIŞANLARIN İZNİ", "calisan", "tr"),
        ("ISO 9001", "iso 9001 nedir", "tr"),
    ],
)
def test_stems_meet(one: str, other: str, language: Language) -> None:
    assert set(search_stems(one, language)) & set(search_stems(other, language))


def test_stems_are_letters_and_digits_only() -> None:
    stems = query_stems("\"); DROP TABLE passages; -- NEAR(x) * ^ şişe'nin 12,5")
    assert stems
    assert all(s.isalnum() for s in stems)


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("How many days of paid holiday are there?", "Leave"),
        ("hotel price for a night", "Travel"),
        ("what if my laptop was stolen", "Security"),
    ],
)
def test_found_without_a_model(home: Store, query: str, heading: str) -> None:
    index = Index(home.papers)
    paper = index.add("first", book(), "company", WHEN)
    hits = index.search("first", query)
    assert hits[0].heading == heading
    assert paper.embedder.startswith("hashed")
    assert hits[0].score > hits[-1].score


@pytest.mark.parametrize(
    ("query", "heading"),
    [
        ("yıllık iznim kaç gün", "İzin"),
        ("otelin gecelik ücreti", "Seyahat"),
        ("bilgisayarım çalındı", "Güvenlik"),
    ],
)
def test_found_in_turkish(home: Store, query: str, heading: str) -> None:
    index = Index(home.papers)
    index.add("first", book(TURKISH, "kitap.md"), "company", WHEN)
    assert index.search("first", query, language="tr")[0].heading == heading


class Meanings:
    """An embedder that knows two meanings of English."""

    name = "meanings"
    dimensions = 2
    languages: frozenset[Language] = frozenset({"en"})

    def embed(self, texts: Sequence[str]) -> Vectors:
        about = ("holiday", "vacation"), ("laptop", "notebook")
        rows = [[float(any(w in t.lower() for w in group)) for group in about] for t in texts]
        return np.asarray(rows, dtype=np.float32)

    def close(self) -> None: ...


def test_meanings_find_what_words_do_not(home: Store) -> None:
    index = Index(home.papers, Meanings())
    index.add("first", book(), "company", WHEN)
    assert home.papers.by_words("first", query_stems("vacation", "en"), 5) == []
    assert index.search("first", "vacation", language="en")[0].heading == "Leave"
    assert index.search("first", "notebook", language="en")[0].heading == "Security"


def test_two_languages_in_one_interview(home: Store) -> None:
    index = Index(home.papers, Meanings())
    english = index.add("first", book(), "company", WHEN)
    turkish = index.add("first", book(TURKISH, "kitap.md"), "company", WHEN)
    assert (english.embedder, turkish.embedder) == ("meanings", HashedEmbedder().name)
    assert index.search("first", "vacation")[0].paper == "book"
    assert index.search("first", "gecelik otel avro")[0].paper == "kitap"


def test_kinds_narrow_the_search(home: Store) -> None:
    index = Index(home.papers)
    index.add("first", book(), "company", WHEN)
    index.add(
        "first", read_text(papers.CV_TEXT, "cv.txt", document_id="cv"), "cv", WHEN, {"name": "Nadia Brook"}
    )
    assert {h.kind for h in index.search("first", "the days and the trip and the data", kinds=["cv"])} == {
        "cv"
    }
    assert home.papers.paper("first", "cv").facts == {"name": "Nadia Brook"}


def test_progress_is_told(home: Store) -> None:
    told: list[tuple[int, int]] = []
    long = book("The words of a line of some length stand here and end.\n" * 800, "long.txt")
    paper = Index(home.papers).add(
        "first", long, "company", WHEN, progress=lambda a, b: told.append((a, b))
    )
    assert told[-1] == (paper.passages, paper.passages)
    assert len(told) > 1


def test_there_is_a_bound(home: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(index_module, "MOST_PASSAGES", 4)
    index = Index(home.papers)
    index.add("first", book(), "company", WHEN)
    index.add("first", book(), "company", WHEN)  # the same one replaces itself
    with pytest.raises(DocumentTooLarge, match="beside the 1 document"):
        index.add("first", book(name="second.md"), "company", WHEN)
    assert [p.id for p in home.papers.papers("first")] == ["book"]


class Dead(Meanings):
    def embed(self, texts: Sequence[str]) -> Vectors:
        raise EngineDead("The embedding model was closed.", "Start the server again.")


def test_a_dead_model_stores_nothing(home: Store) -> None:
    with pytest.raises(EngineDead):
        Index(home.papers, Dead()).add("first", book(), "company", WHEN)
    assert home.papers.papers("first") == []


# ---------------------------------------------------------------- embedders


def test_letters_bring_like_spellings_near() -> None:
    rows = HashedEmbedder().embed(["Servisi tasarladım", "SERVİSİN TASARIMI", "vergi hukuku", ""])
    cosines = rows @ rows.T
    assert cosines[0, 1] > 0.2 > abs(cosines[0, 2])
    assert np.allclose(np.diag(cosines), [1, 1, 1, 0], atol=1e-6)


class Refusing:
    """An engine that takes one short text at a time."""

    def __init__(self) -> None:
        self.calls: list[list[str]] = []

    def handle_embeddings(self, body: dict[str, list[str]]) -> dict[str, object]:
        self.calls.append(body["input"])
        if len(body["input"]) > 1 or len(body["input"][0]) > 600:
            return {"error": {"message": "input is too large to process"}}
        return {"data": [{"index": 0, "embedding": [3.0, 4.0]}]}


def test_a_text_that_is_too_long_is_cut_and_not_refused() -> None:
    engine = Refusing()
    made = GgufEmbedder([engine], "toy", 2).embed(["short", "word " * 500])
    assert np.allclose(made, [[0.6, 0.8], [0.6, 0.8]])
    assert len(engine.calls) > 3


def test_an_engine_that_fails_is_told() -> None:
    class Broken:
        def handle_embeddings(self, body: object) -> dict[str, object]:
            return {"error": {"message": "out of order"}}

    with pytest.raises(EngineDead, match="out of order"):
        GgufEmbedder([Broken()], "toy", 2).embed(["short"])


@pytest.mark.models
def test_the_embedded_model_finds_meanings(home: Store, real_models: Path) -> None:
    model = open_embedder(locate("all-minilm-l6-v2", Settings()), name="all-minilm-l6-v2")
    index = Index(home.papers, model)
    paper = index.add("first", book(), "company", WHEN)
    assert (paper.embedder, model.dimensions) == ("all-minilm-l6-v2", 384)
    assert index.search("first", "How long is my vacation?", language="en")[0].heading == "Leave"
    assert index.search("first", "Someone took my computer", language="en")[0].heading == "Security"
    model.close()
    with pytest.raises(EngineDead):
        index.search("first", "after the end")
