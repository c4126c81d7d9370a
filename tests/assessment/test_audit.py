"""The same interview under other names, ages, genders, origins and ways of speech: the same scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from mulakat.assessment import audit
from mulakat.assessment.audit import AuditReport, difference, run_audit
from mulakat.assessment.scores import assess
from mulakat.messages import Turn

from .interviews import STRONG, WEAK, interview


@pytest.fixture(scope="module")
def report() -> AuditReport:
    return run_audit()


def test_measured_scores_differ_by_nothing(report: AuditReport) -> None:
    assert [(r.language, r.group, r.variant, r.difference) for r in report.rows if r.difference] == []
    assert report.passed


def test_who_somebody_is_changes_no_question(report: AuditReport) -> None:
    others = [r for r in report.rows if r.questions and r.group not in ("speech", "none")]
    assert others == []


def test_it_tries_what_it_claims_to_try(report: AuditReport) -> None:
    tried = Counter((r.language, r.group) for r in report.rows)
    for language in ("en", "tr"):
        assert tried[language, "name"] >= 10
        assert tried[language, "age"] >= 5
        assert tried[language, "gender"] >= 2
        assert tried[language, "place"] >= 8
        assert tried[language, "speech"] >= 4


def test_the_base_interview_has_scores_to_lose() -> None:
    stage = audit.Stage("en", audit.load())
    found = stage.hold(stage.base).found
    assert sum(q.score is not None for q in found.questions) >= 1


def test_a_difference_is_seen() -> None:
    strong, weak = (interview("en", [[text]]) for text in (STRONG["en"], WEAK["en"]))
    one, two = (assess(i.turns, i.asked, "en", i.known) for i in (strong, weak))
    assert difference(one, one) == 0.0
    assert difference(one, two) > 0.5


def test_a_judge_that_likes_a_name_is_found_out() -> None:
    def partial(turns: Sequence[Turn]) -> float:
        return 4.0 + ("Emma Clarke" in turns[1].text)

    rows = run_audit(languages=("en",), judge=partial).rows
    assert any(r.judged == -1.0 for r in rows if r.group == "name")
    assert all(r.judged == 0.0 for r in rows if r.group == "age")
