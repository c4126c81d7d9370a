"""The report on paper: all of it, as it was typed, with quotes that lead to their place."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from typing import Any

import pytest
from pypdf import PdfReader

from mulakat.messages import LANGUAGES, Language, Place
from mulakat.report import Transcript
from mulakat.report.assessment_model import Cited, Report, ReportSentence, report_of
from mulakat.report.assessment_pdf import page_model, render_report
from mulakat.report.assessment_words import LABELS
from mulakat.report.share import package

from .held import cited_in, interview
from .test_pdf import INJECTIONS, assert_within_margins, pages, squeezed


def made(language: Language, questions: int = 6, **more: Any) -> tuple[Transcript, Report, bytes]:
    transcript, assessment = interview(language, questions, **more)
    report = report_of(assessment, language)
    return transcript, report, render_report(report, transcript)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_stands_on_paper(language: Language) -> None:
    transcript, report, data = made(language, injected=True)
    text = squeezed("".join(pages(data)))
    labels = LABELS[language]
    for part in ("summary", "profile", "questions", "exercises", "attempts", "transcript", "reproduce"):
        assert squeezed(getattr(labels, part)) in text, part
    assert text.count(squeezed(report.statement)) == 2
    for question in report.questions:
        assert squeezed(question.text) in text
        assert squeezed(question.score.text if question.score else question.insufficient) in text
    for line in (*report.summary, *report.exercises):
        assert squeezed(line.text) in text
    for turn in transcript.turns:
        assert squeezed(turn.text)[:60] in text
    assert_within_margins(data)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_last_page_tells_how_to_make_it_again(language: Language) -> None:
    transcript, assessment = interview(language, 3)
    last = squeezed(pages(render_report(report_of(assessment, language), transcript))[-1])
    assert squeezed(LABELS[language].reproduce) in last
    reader = assessment.versions["reader"]
    known = [LABELS[language].readers[reader] if v == reader else v for v in assessment.versions.values()]
    for value in (*known, *transcript.versions.values()):
        assert squeezed(value) in last
    assert squeezed(reader) not in last


@pytest.mark.parametrize("language", LANGUAGES)
def test_sources_of_questions_stand_on_paper(language: Language) -> None:
    transcript, assessment = interview(language, 2)
    places = {assessment.questions[0].id: (Place("cv", "cv-İğdır.pdf", 2, 11, 12),)}
    report = report_of(assessment, language, places)
    text = squeezed("".join(pages(render_report(report, transcript))))
    assert text.count(squeezed(f"{LABELS[language].source}: {report.questions[0].sources[0]}")) == 1
    assert text.count(squeezed(f"{LABELS[language].source}:")) == 1


def test_quotes_lead_to_their_turn() -> None:
    _, report, data = made("en")
    reader = PdfReader(io.BytesIO(data))
    links = [a.get_object() for page in reader.pages for a in page.get("/Annots", [])]
    turns = {cited.turn for cited in cited_in(report)}
    places = {str(link.get("/Dest", link.get("/A"))) for link in links}
    assert len(links) > len(turns)
    assert len(places) == len(turns)


@pytest.mark.parametrize("said", INJECTIONS)
def test_markup_comes_out_as_it_was_typed(said: str) -> None:
    transcript, report, _ = made("en", 1)
    quote = Cited(1, 0, len(said), said, 20.0, "00:20")
    line = ReportSentence(said, quote)
    (question,) = report.questions
    question = dataclasses.replace(question, text=said, good=(line,), outline=(line,), evidence=())
    changed = dataclasses.replace(
        report, summary=(line,), questions=(question,), attempts=(quote,), notes=(said,), exercises=()
    )
    turns = tuple(dataclasses.replace(t, text=said) for t in transcript.turns)
    data = render_report(changed, dataclasses.replace(transcript, turns=turns, field_name=said))
    text = squeezed("".join(pages(data)))
    # field, note, summary, question, good (sentence and quote), outline, attempt, two turns
    assert text.count(squeezed(said)) >= 10


def test_the_same_report_gives_the_same_bytes() -> None:
    assert made("tr", 2)[2] == made("tr", 2)[2]


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_interview_is_two_pages(language: Language) -> None:
    _, report, data = made(language, 0)
    first, last = pages(data)
    assert all(squeezed(line.text) in squeezed(first) for line in report.summary)
    assert squeezed(LABELS[language].reproduce) in squeezed(last)


def test_odd_letters_and_foreign_quotes() -> None:
    transcript, report, _ = made("en", 1)
    odd = "שלום \x00\x07\udc80 漢字 " + "x" * 300
    turns = tuple(dataclasses.replace(t, text=odd) for t in transcript.turns)
    lost = Cited(99, 0, 3, "abc", 0.0, "00:00")
    kept = Cited(1, 0, 4, odd, 0.0, "00:00")
    (question,) = report.questions
    question = dataclasses.replace(
        question, good=(ReportSentence("Good.", lost), ReportSentence("G.", kept))
    )
    changed = dataclasses.replace(report, questions=(question,), attempts=(lost, kept))
    told = dataclasses.replace(transcript, turns=turns)
    model = page_model(changed, told)
    assert [line["quote"] is None for line in model["questions"][0]["good"]] == [True, False]
    assert len(model["attempts"]) == 1
    assert model["attempts"][0]["rtl"]
    assert len(pages(render_report(changed, told))) >= 4


def test_words_without_end_stay_within_the_margins() -> None:
    transcript, report, _ = made("en", 1)
    long = "漢字 " + "x" * 300
    line = ReportSentence(long, Cited(1, 0, len(long), long, 0.0, "00:00"))
    (question,) = report.questions
    question = dataclasses.replace(question, text=long, competency=long, good=(line,), outline=(line,))
    names = tuple(dataclasses.replace(c, name=long) for c in report.competencies)
    changed = dataclasses.replace(
        report, questions=(question,), competencies=names, versions=(("y" * 80, "0a" * 400),)
    )
    assert_within_margins(render_report(changed, transcript))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_package_holds_report_data_and_a_note(language: Language) -> None:
    transcript, assessment = interview(language, 2)
    with zipfile.ZipFile(io.BytesIO(package(assessment, transcript, language))) as held:
        readme, pdf, data = held.namelist()
        note = held.read(readme).decode()
        assert pdf.split("/")[-1] in note
        assert data.split("/")[-1] in note
        assert LABELS[language].statement in note
        assert held.read(pdf) == render_report(report_of(assessment, language), transcript)
        assert not [n for n in held.namelist() if n.endswith((".wav", ".mp3", ".ogg"))]
