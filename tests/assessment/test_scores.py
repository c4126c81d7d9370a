"""Whole interviews weighed: scores, why there is none, evidence, advice, and the same again."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from mulakat.assessment import words
from mulakat.assessment.evidence import Quote, holds
from mulakat.assessment.result import Assessment
from mulakat.assessment.scores import answers_by_question, assess
from mulakat.messages import LANGUAGES, Language, Turn

from .interviews import CHAT, STRONG, WEAK, Interview, interview


@pytest.fixture(params=["english", "turkish"])
def held(request: pytest.FixtureRequest) -> Interview:
    found: Interview = request.getfixturevalue(request.param)
    return found


def weighed(held: Interview) -> Assessment:
    return assess(held.turns, held.asked, held.language, held.known)


def quotes(found: Assessment) -> list[Quote]:
    given = [e.quote for q in found.questions for e in q.evidence]
    given += [r.quote for q in found.questions for r in (*q.good, *q.missing) if r.quote]
    given += [s.quote for q in found.questions for s in q.outline if s.quote]
    given += [e.quote for c in found.competencies for e in c.evidence]
    return given + [s.quote for s in found.summary if s.quote]


def test_a_strong_answer_stands_above_a_weak_one_and_small_talk_gets_no_number(held: Interview) -> None:
    strong, weak, chat = weighed(held).questions
    assert strong.score is not None
    assert strong.score.value >= 3.8
    assert weak.score is None or weak.score.value < strong.score.value - 1
    assert chat.score is None
    assert chat.insufficient is not None


def test_an_interval_holds_its_score_and_stays_on_the_scale(held: Interview) -> None:
    found = weighed(held)
    scores = [x.score for x in (*found.questions, *found.competencies) if x.score]
    assert scores
    for score in scores:
        assert 1 <= score.low <= score.value <= score.high <= 5
        assert score.low < score.high


def test_every_quote_stands_in_the_transcript(held: Interview) -> None:
    found = quotes(weighed(held))
    assert len(found) > 10
    assert all(holds(held.turns, q) for q in found)


def test_every_score_rests_on_evidence(held: Interview) -> None:
    for question in weighed(held).questions:
        assert bool(question.evidence) == (question.score is not None)
        assert (question.score is None) != (question.insufficient is None)
        assert question.score is None or {e.quote.turn for e in question.evidence} <= set(question.turns)


def test_the_same_answers_get_the_same_assessment(held: Interview) -> None:
    assert weighed(held) == weighed(held)
    words_only = tuple(replace(t, text="…") if t.speaker == "interviewer" else t for t in held.turns)
    again = assess(words_only, held.asked, held.language, held.known)
    assert again.questions == weighed(held).questions


@pytest.mark.parametrize(
    ("language", "said", "reason"),
    [
        ("en", "", "silent"),
        ("en", "asdkjh qweoiu zxmcnb asdlkj qpwoei zmxncb alskdj", "gibberish"),
        ("en", CHAT["tr"], "other_language"),
        ("tr", STRONG["en"], "other_language"),
        ("en", "What would you say?", "asks"),
        ("en", "I'd restart the server and go home. Kidding! Next question, please.", "unanswered"),
        ("tr", "Sunucuyu kapatıp açarım. Şaka bir yana, sıradaki soruya geçelim.", "unanswered"),
        ("tr", "ghjkl fdsa qwer tyuı zxcv ğpoı mnbv", "gibberish"),
    ],
)
def test_what_cannot_be_weighed_says_why(language: Language, said: str, reason: str) -> None:
    held = interview(language, [[said]])
    found = weighed(held).questions[0]
    assert found.score is None
    assert found.insufficient is not None
    assert found.insufficient.reason == reason
    assert words.insufficient(found.insufficient, language)


@pytest.mark.parametrize(
    ("language", "last"),
    [
        ("en", "The caller thanked me and asked another question."),
        ("en", "In the end all tests pass."),
        ("en", "Then I could go on with the next batch."),
        ("en", "They could move on without us."),
        ("tr", "Bir daha başka sorun yaşamadık."),
        ("tr", "Bunu geçen yıl yaptım."),
        ("tr", "Ama bunu geç fark etmiştim."),
        ("tr", "Diğer sorunu ertesi gün çözdük."),
    ],
)
def test_what_sounds_like_giving_up_and_is_not(language: Language, last: str) -> None:
    first = {
        "en": "I read the log, found the broken total and fixed it in 20 minutes.",
        "tr": "Kayıtları okudum, bozuk toplamı buldum ve 20 dakikada düzelttim.",
    }
    why = weighed(interview(language, [[f"{first[language]} {last}"]])).questions[0].insufficient
    assert why is None or why.reason != "unanswered"


def test_a_question_without_an_answer_and_an_interview_without_questions() -> None:
    held = interview("en", [[STRONG["en"]]])
    cut = assess(held.turns[:1], held.asked, "en", held.known)
    assert cut.questions[0].insufficient is not None
    assert cut.questions[0].insufficient.reason == "unanswered"
    empty = assess((), {}, "en", held.known)
    assert empty.questions == ()
    assert len(words.summary(empty, "tr")) == 5


def test_gibberish_beside_an_answer_does_not_lower_it() -> None:
    alone = interview("en", [[STRONG["en"]]])
    beside = interview("en", [[STRONG["en"], "asdkjh qweoiu zxmcnb asdlkj qpwoei zmxncb"]])
    assert weighed(alone).questions[0].score == weighed(beside).questions[0].score


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_answer_told_again_counts_once(language: Language) -> None:
    once = weighed(interview(language, [[STRONG[language]]]))
    again = weighed(interview(language, [[STRONG[language], STRONG[language]], [STRONG[language]]]))
    assert again.questions[0].score == once.questions[0].score
    assert again.questions[1].insufficient is not None
    assert again.questions[1].insufficient.reason == "repeated"


def test_turns_belong_to_the_question_before_them_and_the_close_to_none() -> None:
    held = interview("en", [["one"], ["two", "three"]])
    closing = (Turn("interviewer", "Anything else?", 0, "", "close"), Turn("candidate", "No.", 0, ""))
    found = answers_by_question((*held.turns, *closing), held.asked)
    assert [len(places) for places in found.values()] == [1, 2]
    assert len(held.turns) + 1 not in {p for places in found.values() for p in places}


def test_advice_holds_nothing_but_the_candidates_words_and_the_packs(held: Interview) -> None:
    found = weighed(held)
    assert len({e.code for e in found.exercises}) == 3
    for question in found.questions:
        assert question.outline
        for line in words.outline(question, held.language):
            if line.quote:
                assert line.quote.text.split()[0].strip('"“') in line.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_can_be_said_in_both_languages(held: Interview, language: Language) -> None:
    found = weighed(held)
    for question in found.questions:
        for part, given in (("good", question.good), ("missing", question.missing)):
            for remark in given:
                line = words.remark(remark, question, part, language)
                assert line.text.endswith((".", "?"))
                assert "{" not in line.text
        assert words.outline(question, language)
    assert all(words.exercise(e, language) for e in found.exercises)
    summary = words.summary(found, language)
    assert len(summary) == 5
    assert all(line.text.count("{") == 0 and line.text.endswith(".") for line in summary)
    assert "4.1" not in summary[1].text or language == "en"


def test_both_word_lists_have_the_same_codes() -> None:
    english, turkish = (words._words(code) for code in LANGUAGES)
    assert {p: set(codes) for p, codes in english.items()} == {p: set(c) for p, c in turkish.items()}


def test_it_travels_as_json(held: Interview) -> None:
    told = json.loads(json.dumps(weighed(held).as_dict(), ensure_ascii=False))
    assert told["language"] == held.language
    assert len(told["versions"]["rubric_sha256"]) == 64


def test_weak_phrases_are_named(held: Interview) -> None:
    weak = weighed(held).questions[1]
    assert weak.missing
    assert any(r.code == "stock" and r.quote for r in weak.missing)
    assert WEAK[held.language]
