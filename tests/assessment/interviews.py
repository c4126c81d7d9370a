"""Whole interviews to weigh: written for these tests, unlike the gold answers and the training data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mulakat.assessment.plausible import Plausibility
from mulakat.assessment.question import Asked, asked_of
from mulakat.interview.agenda import plan
from mulakat.interview.packs.library import load
from mulakat.messages import Language, Setup, Turn

STRONG: dict[Language, str] = {
    "en": (
        "Our nightly import failed 14 times in March, and I was asked to stop that before the"
        " audit. I compared the logs of the failed nights and found that the supplier changed"
        " a column without notice. I wrote a check that stops the run and names the column, "
        "because a half import costs us a day. I tested it with 30 old files. Since then it "
        "has failed once in seven months, and we knew the reason in 4 minutes."
    ),
    "tr": (
        "Gece aktarımımız martta 14 kere durdu, denetimden önce bunu bitirmem istendi. Duran "
        "gecelerin loglarını karşılaştırdım, tedarikçinin haber vermeden bir sütunu "
        "değiştirdiğini buldum. Aktarımı durduran ve sütunun adını yazan bir kontrol yazdım, "
        "çünkü yarım aktarım bize bir güne mal oluyordu. 30 eski dosyayla denedim. O günden "
        "beri yedi ayda bir kere durdu, nedenini 4 dakikada bulduk."
    ),
}
WEAK: dict[Language, str] = {
    "en": (
        "Quality is very important to us and communication is key. Of course one must always "
        "test everything and work as a team. We always gave our best, and in the end "
        "everybody was happy with the software."
    ),
    "tr": (
        "Kalite bizim için çok önemlidir, iletişim her şeyin başıdır. Elbette her zaman her "
        "şeyi test etmek gerekir. Ekip olarak elimizden geleni yaptık, sonunda herkes "
        "yazılımdan memnun kaldı."
    ),
}
CHAT: dict[Language, str] = {
    "en": (
        "Oh, we went to the lake on Saturday and my cousin fell out of the boat, it was so "
        "funny. The water was cold, and afterwards we had ice cream with three kinds of "
        "berries."
    ),
    "tr": (
        "Cumartesi göle gittik, kuzenim kayıktan düştü, çok güldük. Su buz gibiydi, sonra üç "
        "çeşit meyveli dondurma yedik."
    ),
}


@dataclass(frozen=True)
class Interview:
    language: Language
    turns: tuple[Turn, ...]
    asked: dict[str, Asked]
    known: Plausibility


def interview(language: Language, answers: Sequence[Sequence[str]]) -> Interview:
    """Answers by main question of a software interview; further ones of a question follow up on it."""
    library = load()
    items = plan(Setup(language, "software", "", "mid", "behavioural", seed=1), library)
    turns: list[Turn] = []
    for item, given in zip(items, answers, strict=False):
        for n, answer in enumerate(given):
            text = item.question.text.in_(language) if n == 0 else "…?"
            at = 30.0 * len(turns)
            turns.append(Turn("interviewer", text, at, "", "probe" if n else "move_on", item.id))
            turns.append(Turn("candidate", answer, at + 9, ""))
    asked = {i.id: asked_of(i, library.packs[i.pack], language) for i in items[: len(answers)]}
    return Interview(language, tuple(turns), asked, Plausibility(library.sentences(language), language))
