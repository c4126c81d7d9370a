"""Which questions are asked, in which order, and which pack answers to what people type."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulakat.interview.agenda import plan
from mulakat.interview.director import Budget, next_move
from mulakat.messages import Grounded, Kind, Level, Place, Setup, Span, SpanKind

from .talks import LIBRARY

PACKS = sorted(LIBRARY.packs)
FIELDS = [p for p in PACKS if p != "general"]
LEVELS: list[Level] = ["junior", "mid", "senior"]
KINDS: list[Kind] = ["behavioural", "technical", "mixed"]
NEAR = {"junior": {"junior", "mid"}, "mid": {"junior", "mid", "senior"}, "senior": {"mid", "senior"}}
FIRST = 8
"""Main questions of a long interview; those after them are reserves."""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("field", FIELDS)
def test_level_and_kind_are_respected(field: str, level: Level, kind: Kind) -> None:
    for seed in range(3):
        items = plan(Setup("en", field, "", level, kind, seed=seed), LIBRARY)
        first = items[:FIRST]
        assert {i.question.level for i in first} <= NEAR[level]
        exact = [i for i in items if i.question.level == level and kind in ("mixed", i.question.kind)]
        assert first[0] in exact
        assert sum(i in exact for i in first) >= min(FIRST // 2, sum(i.pack == field for i in exact))
        if kind != "mixed":
            assert {i.question.kind for i in first} == {kind}


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("field", FIELDS)
def test_mixed_interview_alternates(field: str, level: Level) -> None:
    items = plan(Setup("en", field, "", level, "mixed"), LIBRARY)
    own = [i.question.kind for i in items if i.pack == field][:4]
    assert own == ["behavioural", "technical"] * 2


@pytest.mark.parametrize("field", FIELDS)
def test_general_questions_are_woven_in_where_they_belong(field: str) -> None:
    for kind in ("behavioural", "mixed"):
        packs = [i.pack for i in plan(Setup("en", field, "", "mid", kind), LIBRARY)[:9]]  # type: ignore[arg-type]
        assert packs == [field, field, "general"] * 3
    technical = plan(Setup("en", field, "", "mid", "technical"), LIBRARY)
    assert {i.pack for i in technical[:FIRST]} == {field}


@pytest.mark.parametrize("field", FIELDS)
def test_competencies_alternate(field: str) -> None:
    items = plan(Setup("en", field, "", "mid", "mixed"), LIBRARY)[:12]
    assert all(a.competency_id != b.competency_id for a, b in pairwise(items))
    assert len({i.competency_id for i in items[:8]}) == 8


SETUPS = st.builds(
    Setup,
    language=st.sampled_from(["en", "tr"]),
    field=st.one_of(st.sampled_from(PACKS), st.text(max_size=30)),
    role=st.text(max_size=30),
    level=st.sampled_from(LEVELS),
    kind=st.sampled_from(KINDS),
    seed=st.integers(),
)


@settings(max_examples=40, deadline=None)
@given(SETUPS)
def test_any_plan(setup: Setup) -> None:
    items = plan(setup, LIBRARY)
    ids = [i.id for i in items]
    assert len(ids) == len(set(ids)) >= 40, "enough for the longest interview, each once"
    assert ids == [i.id for i in plan(setup, LIBRARY)]


def test_seed_changes_the_order() -> None:
    orders = {tuple(i.id for i in plan(Setup("en", "law", "", seed=s), LIBRARY)[:5]) for s in range(6)}
    assert len(orders) > 3


# ---------------------------------------------------------------- what people type

TYPED = {
    "software": [
        *(
            "software",
            "Software Developer",
            "yazılım mühendisi",
            "Yazilim gelistirici",
            "backend",
            "BACKEND",
        ),
        *("Senior backend developer", "frontend", "devops", "software enginer", "softwar", "YAZILIM", "IT"),
        *("software team lead", "yazılımcı"),
    ],
    "data_ai": [
        "data_ai",
        "data scientist",
        "veri bilimci",
        "machine learning",
        "yapay zeka",
        "veri",
        "data",
    ],
    "health": [
        *("nurse", "nurs", "Hemşire", "HEMŞİRE", "hemsire", "hemşre", "doctor", "doktor", "eczacı"),
        *("pharmacist", "nurse practitioner", "sağlık", "intensive care nurse"),
    ],
    "education": [
        "öğretmen",
        "ogretmen",
        "öğretmn",
        "teacher",
        "physics teacher",
        "fizik öğretmeni",
        "eğitim",
    ],
    "engineering": ["makine mühendisi", "mechanical engineer", "civil engineer", "engineer", "mühendis"],
    "law": ["law", "lawyer", "avukat", "hukuk"],
    "finance": ["accountant", "muhasebeci", "finans", "banka"],
    "sales": ["sales", "sales manager", "satış temsilcisi", "satış"],
    "hr": ["HR", "IK uzmanı", "insan kaynakları", "İNSAN KAYNAKLARI", "hr manager"],
    "customer_service": ["call center", "çağrı merkezi", "customer support", "müşteri hizmetleri"],
    "general": [
        *("welder", "kaynakçı", "garson", "pilot", "chef", "şoför", "lawn mower", "graphic designer"),
        *("police officer", "project manager", "manager", "a", "an", "e", "?", "", " ", "🙂", "x" * 5000),
    ],
}


@pytest.mark.parametrize(("pack", "typed"), [(p, t) for p, ts in TYPED.items() for t in ts])
def test_what_people_type(pack: str, typed: str) -> None:
    assert LIBRARY.match(typed).id == pack


def test_role_decides_where_the_field_says_nothing() -> None:
    assert LIBRARY.match("", "Hemşire").id == "health"
    assert LIBRARY.match("something else", "backend developer").id == "software"
    assert LIBRARY.match("law", "nurse").id == "law"


def test_every_pack_is_found_by_its_own_names() -> None:
    for pack in LIBRARY.packs.values():
        for name in (pack.id, pack.names.en, pack.names.tr, *pack.roles.en, *pack.roles.tr):
            found = LIBRARY.match(name).id
            assert found == pack.id or pack.id == "general", name


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_anything_typed_finds_a_pack(field: str, role: str) -> None:
    assert LIBRARY.match(field, role).id in LIBRARY.packs


# ---------------------------------------------------------------- questions about documents


def grounded(number: int, about: str = "project", kind: str = "behavioural") -> Grounded:
    name = f"Atlas{number}"
    return Grounded(
        id=f"{about}:cv:1.{number}:{name}",
        about=about,
        kind=kind,
        texts={"en": f"What was your part in {name}?", "tr": f"{name} adlı projede payınız neydi?"},
        spans=(Span(name, SpanKind.NAME, 0, len(name), "cv"),),
        places=(Place("cv", "cv.pdf", 1, number, number),),
        good={"en": ("names the own part",), "tr": ("kendi payını söyler",)},
        follow_ups=(("result", {"en": "What came of it?", "tr": "Ne oldu?"}),),
    )


def test_questions_about_documents_come_first_and_take_turns_with_the_packs() -> None:
    setup = Setup("en", "software", "", "mid", "mixed")
    items = plan(setup, LIBRARY, [grounded(1), grounded(2, "missing")])
    assert [bool(i.places) for i in items[:5]] == [True, False, True, False, False]
    assert items[0].question.text.en == "What was your part in Atlas1?"
    assert items[0].places == (Place("cv", "cv.pdf", 1, 1, 1),)
    assert [i.competency.id for i in items if i.places] == ["own_work", "job_demands"]
    assert [i for i in items if not i.places] == list(plan(setup, LIBRARY))
    assert len({i.id for i in items}) == len(items)


def test_questions_about_documents_are_of_the_kind_that_was_asked_for() -> None:
    technical = Setup("tr", "software", "", "mid", "technical")
    items = plan(technical, LIBRARY, [grounded(1), grounded(2, "skill", "technical")])
    assert [i.question.text.tr for i in items if i.places] == ["Atlas2 adlı projede payınız neydi?"]


def test_the_director_says_where_its_question_stands() -> None:
    items = plan(Setup("en", "software", "", "mid", "mixed"), LIBRARY, [grounded(1)])
    first = next_move(items, [], Budget(total=5), "en")
    assert (first.seed, first.fixed) == ("What was your part in Atlas1?", True)
    assert first.places == items[0].places
