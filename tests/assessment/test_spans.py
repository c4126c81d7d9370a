"""What may be named: literal, grammatical, decent, and the better thing first."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mulakat.assessment.spans import MOST, find_spans
from mulakat.messages import LANGUAGES, Language, SpanKind
from mulakat.text.fold import lower


def texts(answer: str, language: Language = "en") -> list[str]:
    return [s.text for s in find_spans(answer, language)]


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [
        ("The register froze every evening.", "register froze"),
        ("The stapler believes in fish.", "stapler believes"),
        ("My sister says I talk a lot.", "sister says"),
        ("By the third week bed nine hadn't passed water.", "nine hadn"),
        ("The calendar lost a whole week of bookings.", "calendar lost"),
        ("Two shops near the stadium ran out of rolls.", "stadium ran"),
        ("A half-joint gives you little warning.", "half-joint gives"),
        ("One visit costs about sixty euros.", "visit costs"),
        ("If margin drops but sales are flat I split it.", "margin drops"),
        ("We sold it after the committee refused to pay.", "committee refused"),
        ("A bad Friday release once. I don't deploy Fridays since.", "release"),
        ("A bad Friday release once. I don't deploy Fridays since.", "deploy"),
        ("I'd never alter it in place.", "alter"),
        ("They waited in line, hundred people and more.", "hundred people"),
        ('She wrote "back at 14:10" and left. I fixed the socket.', "back at"),
        ('He said "OK" and I fixed the socket.', "OK"),
        ("I work as a nurse on a surgical ward.", "a nurse"),
        ("Sorry, yes, in English. I fixed the socket.", "English"),
        ("On Tuesday in March I fixed the socket.", "Tuesday"),
        ("On Tuesday in March I fixed the socket.", "March"),
        ("Hello, good morning. I fixed the socket.", "Good morning"),
        ("I fixed the damn shit in the boiler room.", "shit"),
    ],
)
def test_what_is_never_named(answer: str, wanted: str) -> None:
    assert not any(wanted.lower() in t.lower() for t in texts(answer))


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        ("I put the seat hold into Redis and asked Miriam to review it.", "Redis"),
        ("I look after a service called Harbour with Tomas and Owen.", "Harbour"),
        ("We had nine hundred writes a second on the same few rows.", "nine hundred writes a second"),
        ("The wait fell to 35% within a month.", "35%"),
        ("It saved us $1.4 million.", "$1.4 million"),
        ("We backfilled it, a few thousand rows at a time.", "a few thousand rows"),
        ("They lost several hundred orders.", "several hundred orders"),
        ("It has a dozen pumps.", "a dozen pumps"),
        ('I began a tool called "Open Lunch" with two others.', "Open Lunch"),
        ("I kept the deadline diary and spoke with them.", "the deadline diary"),
        ("I checked last week's numbers.", "last week's numbers"),
        ("I asked Ms Adeyemi.", "Ms Adeyemi"),
        ("Waste fell from eleven to seven percent.", "eleven to seven percent"),
    ],
)
def test_what_is_named_first_in_english(answer: str, first: str) -> None:
    assert texts(answer)[0] == first


@pytest.mark.parametrize(
    ("answer", "first"),
    [
        ("Koltuk kilidini Redis'e aldım, Kerem Bey de baktı.", "Redis"),
        ("Kupon alanını yukarı aldık.", "Kupon alanı"),
        ("Bir köy okulunda çalıştım.", "köy okulu"),
        ("Ödeme ekranı ikinci gün bozuldu.", "Ödeme ekranı"),
        ("Sonra hasta devir formunu hazırladım.", "hasta devir formu"),
        ("Stok takip sistemine geçtik.", "Stok takip sistemi"),
        ("Başhekim Nermin Hanım'la konuştum.", "Nermin Hanım"),
        ("Bekleme dört saatin altına indi.", "dört saat"),
        ("Oran yüzde yirmi yedisi kadar oldu.", "yüzde yirmi yedi"),
        ("Oran yüzde 3,1'den aşağı indi.", "yüzde 3,1"),
        ("Yayın hattını yeniden yazdım.", "Yayın hattı"),
    ],
)
def test_what_is_named_first_in_turkish(answer: str, first: str) -> None:
    assert texts(answer, "tr")[0] == first


@pytest.mark.parametrize(
    ("answer", "unwanted"),
    [
        ("Türkçe devam edeyim, tabloyu hazırladım.", "Türkçe"),
        ("Ocak ayında tabloyu hazırladım.", "Ocak"),
        ("Klavyenin üstüne kahve döküldü.", "üstü"),
        ("Ekibimizin raporunu ben yazdım.", "Ekibimiz"),
        ("Görüşmeyi bitirince raporu yazdım.", "bitiri"),
        ('Müdür "Teslimsiz hasılat olmaz" dedi, tabloyu hazırladım.', "hasılat olmaz"),
        ('Hep "Nasıl gidiyor" diye soruyordu, raporu yazdım.', "Nasıl gidiyor"),
        ('"Soruyu" dedi ve sustu, raporu yazdım.', "Soruyu"),
        ("İdeal olarak her şeyin testi olmalı, raporu da yazdım.", "şeyin"),
        ("Salak mısın, raporu yazdım işte.", "Salak"),
    ],
)
def test_what_is_never_named_in_turkish(answer: str, unwanted: str) -> None:
    assert not any(lower(unwanted, "tr") in lower(t, "tr") for t in texts(answer, "tr"))


def test_people_come_last() -> None:
    spans = texts("Owen was shy, so I gave him the fluid balance sheet.")
    assert spans.index("the fluid balance sheet") < spans.index("Owen")


def test_nothing_beside_a_protected_matter_is_named() -> None:
    assert texts("I am pregnant and the night shift is hard.") == []
    assert "the invoice form" in texts(
        "I rebuilt the invoice form from scratch, alone and in a week. " * 2 + "I am gay."
    )


def test_what_was_named_is_not_offered_again() -> None:
    answer = "I kept the deadline diary and the term sheet."
    assert texts(answer)[0] == "the deadline diary"
    again = [s.text for s in find_spans(answer, "en", ["deadline diary"])]
    assert again == ["the term sheet"]


def test_kinds() -> None:
    kinds = {s.text: s.kind for s in find_spans("With Kafka I cut the retry queue to 12 seconds.", "en")}
    assert kinds["Kafka"] is SpanKind.NAME
    assert kinds["12 seconds"] is SpanKind.FIGURE
    assert kinds["the retry queue"] is SpanKind.PHRASE


WORDS = st.lists(
    st.sampled_from(
        """the a I we our Redis SQL Owen yüzde on iki bin hasta kaydını formu Nermin Hanım'la
        ve ekip 3,1'den
        % $ 14 report reports failed nine hundred writes second , . ! ? ' " ( ) <system> İstanbul'da
        ığdır çözüm
        -- e-posta node.js C++ A/B don't it's child's""".split()  # noqa: SIM905
    ),
    max_size=60,
).map(" ".join)


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=150, deadline=None)
@given(answer=st.one_of(st.text(max_size=400), WORDS))
def test_spans_are_literal_apart_and_few(language: Language, answer: str) -> None:
    spans = find_spans(answer, language)
    assert len(spans) <= MOST
    for span in spans:
        assert answer[span.start : span.end] == span.text
        assert span.text.strip() == span.text != ""
    for n, one in enumerate(spans):
        assert not any(one.start < two.end and two.start < one.end for two in spans[n + 1 :])
    assert find_spans(answer, language) == spans
