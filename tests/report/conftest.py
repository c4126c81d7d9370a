"""Transcripts to print: one of a few turns, and a maker of any."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import pytest

from mulakat.messages import Setup, Turn
from mulakat.report import Transcript

Maker = Callable[..., Transcript]


def talk(*texts: str) -> tuple[Turn, ...]:
    """Turns of these texts, interviewer first, 35 s apart."""
    return tuple(
        Turn(
            speaker="interviewer" if i % 2 == 0 else "candidate",
            text=text,
            at=i * 35.0,
            when=f"2026-11-20T18:{30 + i * 35 // 60:02}:{i * 35 % 60:02}+03:00",
            move="probe" if i % 2 == 0 else "",
        )
        for i, text in enumerate(texts)
    )


def make(*texts: str, role: str = "Çevre mühendisi", **changes: Any) -> Transcript:
    base = Transcript(
        setup=Setup(language="tr", field="engineering", role=role, page_language="tr", seed=7),
        field_name="Mühendislik",
        started="2026-11-20T18:30:00+03:00",
        ended="2026-11-20T18:44:32+03:00",
        zone="Europe/Istanbul",
        elapsed_s=872.0,
        turns=talk(*texts),
        versions={
            "program": "0.1.0",
            "model": "smollm2-135m-instruct",
            "adapter": "interviewer-135m",
            "engine": "xllamacpp",
            "voice": "espeak:tr",
            "packs": "engineering 1, general 1",
            "seed": "7",
        },
        interviewer="Defne",
        id="q3Vw",
    )
    return dataclasses.replace(base, **changes)


@pytest.fixture
def maker() -> Maker:
    return make
