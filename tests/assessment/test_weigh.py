"""Length does not decide what a sentence is worth, and talk of the world at large is no account of work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from mulakat.assessment.embedded import EmbeddedHead
from mulakat.assessment.heads import Floats, head
from mulakat.assessment.neutral import neutral
from mulakat.assessment.scores import assess
from mulakat.assessment.weigh import LONGEST, SHORTEST, Said, hear, sufficiency
from mulakat.messages import Language, Turn
from tests.assessment.interviews import STRONG, interview

LECTURES: dict[Language, str] = {
    "en": (
        "Trust, where does one begin? The ancients swore by the river and kept their word or did not. "
        "Then came the seal, the stamp, the signature, and now a box that one ticks. Every age gets the "
        "trust it deserves, I sometimes think. There is a fable about a fox and a well which says all "
        "of that better. One could fill an evening with it."
    ),
    "tr": (
        "Güven dediğiniz nereden başlar ki? Eskiler ırmağa yemin edermiş, sözlerini ya tutar ya tutmazmış. "
        "Sonra mühür gelmiş, imza gelmiş, şimdi de bir kutucuk var. Her çağ hak ettiği güveni bulur "
        "derler. Bir tilki ile kuyu masalı vardır, bunu çok daha iyi anlatır. Üzerine bir akşam konuşulur."
    ),
}


def one(text: str, language: Language = "en") -> Said:
    return hear([Turn("candidate", text, 0.0, "")], [0], language).said[0]


def test_a_terse_sentence_is_denser_than_a_long_one_of_the_same_quality() -> None:
    said = one("I moved the pump one metre lower and the hall stayed dry for the whole of that winter.")
    lengths = [replace(said, words=n).dense for n in (2, SHORTEST, 8, 16, LONGEST, 90)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[0] == lengths[1] > lengths[2] > lengths[3] > lengths[4] == lengths[5]
    assert all(0 <= value <= 2 for value in lengths)


def test_numbers_joined_by_a_hyphen_are_one_number() -> None:
    assert neutral("We counted thirty-four pallets.", "en") == neutral("We counted 34 pallets.", "en")
    assert "0" not in neutral("We met one-on-one.", "en").split()


@pytest.mark.parametrize("language", ["en", "tr"])
def test_a_lecture_on_the_world_gets_no_number(language: Language) -> None:
    held = interview(language, [[LECTURES[language]]])
    found = assess(held.turns, held.asked, language, held.known).questions[0]
    assert found.score is None
    told = interview(language, [[STRONG[language]]])
    strong = assess(told.turns, told.asked, language, told.known).questions[0]
    assert strong.score is not None
    assert sufficiency(strong.measures) > 2 * sufficiency(found.measures)


def test_looking_ahead_changes_no_mark() -> None:
    def embed(texts: Sequence[str]) -> Floats:
        return np.array([[len(t), t.count("e"), t.count(" ")] for t in texts], dtype=np.float64)

    weights = np.full((4, 8), 0.1)
    texts = ["i moved 0 jobs", "we met", "i moved 0 jobs", "they is gone"]
    ahead, plain = (EmbeddedHead(embed, weights, head("en")) for _ in range(2))
    ahead.look_ahead(texts)
    assert [ahead.marks(t) for t in texts] == [plain.marks(t) for t in texts]
