from __future__ import annotations

import dataclasses
import json
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulakat.errors import ReportError
from mulakat.messages import LANGUAGES, Kind, Level, Mode, Setup, Speaker, Turn
from mulakat.report import Transcript, as_json, as_text, from_json
from mulakat.report.words import WORDS


def test_turns_have_exactly_their_five_keys(maker: Any) -> None:
    turns = as_json(maker("Soru?", "Yanıt."))["turns"]
    assert [list(turn) for turn in turns] == [["speaker", "text", "at", "when", "move"]] * 2
    assert turns[1] == {
        "speaker": "candidate",
        "text": "Yanıt.",
        "at": 35.0,
        "when": "2026-11-20T18:30:35+03:00",
        "move": "",
    }


def test_keys_stand_in_the_same_order_whatever_order_the_versions_came_in(maker: Any) -> None:
    one = maker("Soru?")
    turned = dict(reversed([*one.versions.items(), ("zzz", "1"), ("aaa", "2")]))
    two = dataclasses.replace(one, versions={"aaa": "2", "zzz": "1", **one.versions})
    assert json.dumps(as_json(dataclasses.replace(one, versions=turned))) == json.dumps(as_json(two))
    assert list(as_json(one)["versions"])[:2] == ["program", "model"]


def transcripts() -> st.SearchStrategy[Transcript]:
    times = st.datetimes().map(lambda moment: moment.isoformat() + "+03:00")
    turn = st.builds(
        Turn,
        speaker=st.sampled_from(get_args(Speaker)),
        text=st.text(max_size=200),
        at=st.floats(0, 1e5),
        when=times,
        move=st.sampled_from(["", "probe"]),
    )
    setup = st.builds(
        Setup,
        language=st.sampled_from(LANGUAGES),
        field=st.text(),
        role=st.text(),
        level=st.sampled_from(get_args(Level)),
        kind=st.sampled_from(get_args(Kind)),
        mode=st.sampled_from(get_args(Mode)),
        turns=st.none() | st.integers(2, 40),
        minutes=st.none() | st.integers(3, 90),
        seed=st.integers(0, 2**31),
    )
    return st.builds(
        Transcript,
        setup=setup,
        field_name=st.text(),
        started=times,
        ended=st.none() | times,
        zone=st.sampled_from(["", "Europe/Istanbul", "Nowhere"]),
        elapsed_s=st.floats(0, 1e5),
        turns=st.lists(turn, max_size=6).map(tuple),
        versions=st.dictionaries(st.text(min_size=1, max_size=12), st.text(max_size=20), max_size=4),
        interviewer=st.text(max_size=20),
    )


@given(transcripts())
def test_json_round_trip(transcript: Transcript) -> None:
    assert from_json(json.loads(json.dumps(as_json(transcript)))) == transcript


@given(transcripts(), st.sampled_from(LANGUAGES))
def test_text_of_any_interview_has_every_turn_and_nothing_a_terminal_obeys(
    transcript: Transcript, language: Any
) -> None:
    text = as_text(transcript, language)
    stamps = [line for line in text.split("\n") if line.startswith("[") and "] " in line]
    assert len(stamps) >= len(transcript.turns)
    assert not any((ord(c) < 32 and c != "\n") or 0x7F <= ord(c) < 0xA0 for c in text)
    assert text.endswith(WORDS[language].practice + "\n")


def test_text_reads_in_order(maker: Any) -> None:
    lines = as_text(maker("Nasıl başladınız?", "Stajla.\n\n\nSonra işe girdim."), "tr").split("\n")
    assert lines[:2] == ["Çevre mühendisi", "Mülakat provası · Mühendislik"]
    talk = lines[lines.index("[00:00] Görüşmeci") :]
    assert talk[:6] == ["[00:00] Görüşmeci", "Nasıl başladınız?", "", "[00:35] Aday", "Stajla.", ""]
    assert "Düzey: Orta" in lines
    assert "Rastgelelik tohumu: 7" in lines


def test_unfinished_and_empty_are_said_in_words(maker: Any) -> None:
    text = as_text(maker("Nasıl başladınız?", ended=None), "en")
    assert "Ended: not finished" in text
    assert WORDS["en"].empty in text
    assert "Answers: 0" in text


def test_a_silent_turn_is_shown_but_is_no_answer(maker: Any) -> None:
    transcript = maker("Soru?", " \n")
    assert transcript.answers == 0
    assert "(söz yok)" in as_text(transcript, "tr")


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        {},
        {"turns": []},
        {"schema": "1"},
        {"schema": 99},
        {"schema": 1},
        {
            "schema": 1,
            "setup": {"language": "de", "field": "", "role": ""},
            "field_name": "",
            "started": "",
        },
    ],
)
def test_what_is_no_transcript_is_an_error_with_a_fix(data: object) -> None:
    with pytest.raises(ReportError) as caught:
        from_json(data)
    assert caught.value.fix
    assert "Traceback" not in str(caught.value)


def test_a_newer_schema_says_so(maker: Any) -> None:
    with pytest.raises(ReportError, match="newer"):
        from_json({**as_json(maker()), "schema": 2})


def test_keys_of_later_versions_are_passed_over(maker: Any) -> None:
    transcript = maker("Soru?")
    assert from_json({**as_json(transcript), "scores": [1]}) == transcript


def test_unknown_label_language_is_an_error(maker: Any) -> None:
    with pytest.raises(ReportError, match="language"):
        as_text(maker(), "de")  # type: ignore[arg-type]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_of_the_set_up_has_a_word(language: Any) -> None:
    words = WORDS[language]
    assert set(words.levels) == set(get_args(Level))
    assert set(words.kinds) == set(get_args(Kind))
    assert set(words.modes) == set(get_args(Mode))
    hashed = {f"{part}_sha256" for part in ("model", "adapter", "prompt", "packs")}
    named = {"program", "model", "adapter", "engine", "voice", "packs", "seed"}
    assert set(words.versions) == named | hashed
