"""The scenarios that ship with the tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from mulakat.demo.scenario import Line, Scenario, read_scenario

SCENARIOS = sorted((Path(__file__).parents[1] / "scenarios").glob("*.yaml"))


def test_at_least_twelve_in_each_language_and_the_same_ones() -> None:
    names = {code: {p.stem[3:] for p in SCENARIOS if p.stem.startswith(code)} for code in ("en", "tr")}
    assert names["en"] == names["tr"]
    assert len(names["en"]) >= 12


@pytest.mark.parametrize("path", SCENARIOS, ids=lambda p: p.stem)
def test_marks_fit_the_lines(path: Path) -> None:
    scenario = read_scenario(path)
    assert scenario.name == path.stem
    assert scenario.language == path.stem[:2]
    for line in scenario.turns:
        low = line.say.casefold()
        assert [n for n in line.names if n.casefold() not in low] == []
        assert (line.expects == "silent") == (not line.say.strip())


def test_script_begins_again_past_its_end() -> None:
    lines = [Line(say="one"), Line(say="two")]
    scenario = Scenario(language="en", field="f", role="r", turns=lines)
    assert [scenario.line(n).say for n in range(5)] == ["one", "two", "one", "two", "one"]
