"""What a job asks for, and how a CV stands beside it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mulakat.catalogue import locate
from mulakat.knowledge.cv import read_cv
from mulakat.knowledge.documents.read import read_text
from mulakat.knowledge.job import Job, read_job
from mulakat.knowledge.match import Finding, match
from mulakat.knowledge.terms import terms_in
from mulakat.llm.embedding import open_embedder
from mulakat.settings import Settings

from . import papers

ENGLISH = """\
Senior Data Engineer
About us
We run ports and pay for lunch.
Your responsibilities
- Build and run data pipelines for twelve ports
What you bring
- At least 5 years of experience in data engineering
- Strong Python and SQL
- Knowledge of Kubernetes
- A degree in computer science, mathematics or similar
- Fluent English; German is a plus
- Male, aged 25 to 30, unmarried
Nice to have
- Terraform
- dbt
"""
TURKISH = """\
Pozisyon: Veri Mühendisi
Aranan Nitelikler
- Üniversitelerin ilgili bölümlerinden mezun,
- Veri alanında en az on yıl deneyimli,
- Python ve SQL'e hakim,
- İyi derecede İngilizce bilen,
- Tercihen Airflow kullanmış,
- Erkek adaylar için askerlik hizmetini tamamlamış
İş Tanımı
- Veri akışlarını kurmak ve izlemek
"""
PROSE = (
    "We are looking for a bookkeeper for nine shops. You will keep the books and prepare the payroll. "
    "At least three years of experience in accounting are required. Experience with DATEV is a plus."
)


def job(text: str) -> Job:
    return read_job(read_text(text, "job.txt"))


def found(text: str) -> dict[str, Finding]:
    cv = read_cv(read_text(papers.CV_TEXT, "cv.txt"), date(2026, 6, 1))
    return {f.demand.text: f for f in match(cv, job(text))}


def test_demands_by_need() -> None:
    read = job(ENGLISH)
    assert read.title is not None
    assert (read.title.text, read.years) == ("Senior Data Engineer", 5)
    assert [(d.need, d.about) for d in read.demands] == [
        ("duty", "duty"),
        ("must", "years"),
        ("must", "skill"),
        ("must", "skill"),
        ("must", "education"),
        ("must", "language"),
        ("nice", "language"),
        ("nice", "skill"),
        ("nice", "skill"),
    ]
    assert [t.text for t in read.demands[2].terms] == ["Python", "SQL"]


def test_demands_in_turkish() -> None:
    read = job(TURKISH)
    assert read.title is not None
    assert (read.title.text, read.years) == ("Veri Mühendisi", 10)
    assert [(d.need, d.about) for d in read.demands] == [
        ("must", "education"),
        ("must", "years"),
        ("must", "skill"),
        ("must", "language"),
        ("nice", "skill"),
        ("duty", "duty"),
    ]


def test_demands_in_prose() -> None:
    assert [(d.need, d.text.split()[0]) for d in job(PROSE).demands] == [
        ("duty", "You"),
        ("must", "At"),
        ("nice", "Experience"),
    ]


@pytest.mark.parametrize("text", [ENGLISH, TURKISH])
def test_unlawful_demands_and_the_offer_are_left_out(text: str) -> None:
    said = " ".join(d.text for d in job(text).demands)
    assert not any(word in said for word in ("unmarried", "askerlik", "lunch"))


def test_every_demand_stands_where_its_source_says() -> None:
    for text in (ENGLISH, TURKISH, PROSE):
        document = read_text(text, "job.txt")
        for demand in read_job(document).demands:
            assert demand.text in document.at(demand.source)


def test_covered_thin_and_missing() -> None:
    states = {text: f.state for text, f in found(ENGLISH).items()}
    assert states == {
        "At least 5 years of experience in data engineering": "covered",
        "Strong Python and SQL": "thin",
        "Knowledge of Kubernetes": "missing",
        "A degree in computer science, mathematics or similar": "covered",
        "Fluent English;": "thin",
        "German is a plus": "missing",
        "Terraform": "missing",
        "dbt": "thin",
    }


def test_a_turkish_job_meets_an_english_cv() -> None:
    states = {text.split()[0]: (f.state, f.why) for text, f in found(TURKISH).items()}
    assert states["Python"] == ("thin", "listed")
    assert states["Veri"] == ("thin", "fewer_years")
    assert states["Üniversitelerin"] == ("covered", "degree")


def test_what_is_used_in_a_job_is_covered() -> None:
    assert found("What you bring\n- Experience with data contracts\n- Airflow\n- Work with ports\n")
    used = papers.CV_TEXT.replace(
        "Rebuilt the shipment feed", "Rebuilt the shipment feed in Python and SQL"
    )
    cv = read_cv(read_text(used, "cv.txt"), date(2026, 6, 1))
    finding = match(cv, job("Requirements\n- Strong Python and SQL\n"))[0]
    assert (finding.state, finding.why) == ("covered", "used")
    assert finding.evidence[0].text.startswith("Rebuilt the shipment feed in Python")


def test_evidence_is_literal_and_has_its_place() -> None:
    document = read_text(papers.CV_TEXT, "cv.txt")
    cv = read_cv(document, date(2026, 6, 1))
    for finding in match(cv, job(ENGLISH)):
        # A CV written in a language speaks for it without a line that says so.
        assert (finding.state == "missing") == (not finding.evidence) or finding.why == "spoken"
        for fact in finding.evidence:
            for part in fact.text.split(", "):
                assert part in document.at(fact.source)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("Python ile veri analizi", ["skills:python", "skills:data analysis"]),
        ("Kubernetes'e hakim, SQL'i iyi bilen", ["skills:kubernetes", "skills:sql"]),
        ("we go to the rest of the word", []),
        ("Go and REST services", ["skills:go", "skills:rest"]),
        ("proje yönetimi deneyimi", ["skills:project management"]),
        ("projects of management", []),
        ("DATEV and PostgreSQL", ["name:datev", "skills:postgresql"]),
        ("C++, C# or C", ["skills:c++", "skills:c#"]),
    ],
)
def test_terms(text: str, keys: list[str]) -> None:
    assert [t.key for t in terms_in(text)] == keys
    assert all(text[t.start : t.end] == t.text for t in terms_in(text))


@pytest.mark.models
def test_near_meanings_are_found_with_the_embedded_model(real_models: Path) -> None:
    model = open_embedder(locate("all-minilm-l6-v2", Settings()))
    cv = read_cv(read_text(papers.CV_TEXT, "cv.txt"), date(2026, 6, 1))
    asked = job("Requirements\n- You have sped up the processing of shipping data\n")
    assert match(cv, asked)[0].state == "missing"
    near = match(cv, asked, model)[0]
    assert near.state in ("covered", "thin")
    assert near.evidence[0].text.startswith("Rebuilt the shipment feed")
    model.close()
