"""How written things are read aloud in English and Turkish: rules for `normalise`.

Each rule is a pattern and a function from its match to the words to say. Rules are applied in
order. Only what espeak-ng reads badly is here; it reads most numbers, times and percentages well.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from mulakat.messages import Language

Rule = tuple[re.Pattern[str], Callable[[re.Match[str]], str]]


def _list(words: str) -> list[str]:
    return words.split()


_MONTHS: dict[Language, list[str]] = {
    "en": [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
    "tr": [
        "Ocak",
        "Şubat",
        "Mart",
        "Nisan",
        "Mayıs",
        "Haziran",
        "Temmuz",
        "Ağustos",
        "Eylül",
        "Ekim",
        "Kasım",
        "Aralık",
    ],
}
_UNITS_TR = ["", "birinci", "ikinci", "üçüncü", "dördüncü", "beşinci", "altıncı", "yedinci", "sekizinci",
             "dokuzuncu"]  # fmt: skip
_TENS_TR = ["", "on", "yirmi", "otuz", "kırk", "elli", "altmış", "yetmiş", "seksen", "doksan"]
_TENS_ORDINAL_TR = ["", "onuncu", "yirminci", "otuzuncu", "kırkıncı", "ellinci", "altmışıncı", "yetmişinci",
                    "sekseninci", "doksanıncı"]  # fmt: skip

# Acronyms that espeak would read as words; everything else in capitals it spells by itself.
_SPELLED_EN = _list(
    "AML AR AWS BI DBA ECG EHR EKG ERP ETL FAQ GCP ICU IDE IFRS KYC OKR OOP PO QA ROI SLA SRE UX"
)
# English acronyms that a Turkish speaker says letter by letter with the English names.
_SPELLED_TR = _list(
    "AI API AWS B2B B2C BI CD CEO CFO CI CPU CRM CSS CTO CV ERP ETL GCP GDPR GPU HR HTML HTTP HTTPS IDE "
    "IT IoT KPI KYC LLM ML MVP NLP OKR OOP PHP PR QA ROI SDK SEO SLA SQL SRE SSD UI URL USB UX VPN VR XML"
)
_WHOLE_TR = {
    "İK": "i ka", "İTÜ": "i te ü", "ODTÜ": "o de te ü", "AB": "a be", "MEB": "me e be", "YKS": "ye ka se",
    "AŞ": "anonim şirketi", "A.Ş.": "anonim şirketi", "T.C.": "te ce", "JSON": "ceyson", "SaaS": "sas",
    "C++": "si artı artı", "C#": "si şarp", ".NET": "dat net", "Node.js": "nod cey es",
    "JavaScript": "cavaskript", "TypeScript": "tayp skript", "Python": "paytın", "Java": "cava",
    "Docker": "dokır", "Kubernetes": "kubernetis", "GitHub": "git hab", "Excel": "eksel", "React": "riekt",
    "Scrum": "skram", "Agile": "ecayl", "DevOps": "dev ops", "PostgreSQL": "postgre es kyu el",
    "MySQL": "may es kyu el", "feedback": "fiidbek", "deadline": "dedlayn", "startup": "startap",
}  # fmt: skip
_WHOLE_EN = {"C#": "C sharp", "GitHub": "git hub", "w/o": "without", "w/": "with", "SaaS": "sass"}
_ENGLISH_LETTERS_TR = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ2",
        _list("ey bi si di i ef ci eyç ay cey key el em en o pi kyu ar es ti yu vi dabılyu eks vay zed tu"),
        strict=True,
    )
)
_SHORT_TR = {
    "vb.": "ve benzeri", "vs.": "vesaire", "örn.": "örneğin", "Örn.": "Örneğin", "bkz.": "bakınız",
    "dk.": "dakika", "ort.": "ortalama", "maks.": "en fazla", "min.": "en az", "tel.": "telefon",
    "Müh.": "Mühendislik", "Ltd. Şti.": "limitet şirketi", "Şti.": "şirketi",
}  # fmt: skip
_TITLES_TR = {
    "Prof.": "Profesör", "Dr.": "Doktor", "Doç.": "Doçent", "Av.": "Avukat", "Sn.": "Sayın",
    "Uzm.": "Uzman", "Öğr. Gör.": "Öğretim Görevlisi",
}  # fmt: skip
_LEADING_EN = {
    "vs.": "versus", "i.e.": "that is", "e.g.": "for example", "approx.": "approximately",
    "Prof.": "Professor", "No.": "number",
}  # fmt: skip
_CURRENCY: dict[Language, dict[str, str]] = {
    "en": {"$": "dollars", "€": "euros", "£": "pounds", "₺": "lira", "TL": "lira"},
    "tr": {"$": "dolar", "€": "avro", "£": "sterlin", "₺": "lira"},
}
_SCALE: dict[Language, dict[str, str]] = {
    "en": {
        "k": "thousand",
        "K": "thousand",
        "M": "million",
        "m": "million",
        "B": "billion",
        "bn": "billion",
    },
    "tr": {"k": "bin", "K": "bin", "M": "milyon", "B": "milyar"},
}
_NUMBER = r"\d+(?:[.,]\d+)*"


@cache
def rules(language: Language) -> tuple[Rule, ...]:
    """The rules of a language, in the order in which they are applied."""
    return tuple(_english() if language == "en" else _turkish())


def _english() -> list[Rule]:
    return [
        *_dates("en"),
        (re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b"), lambda m: f"{m[1]}, {m[2]}, {m[3]}"),
        *_money("en"),
        (re.compile(rf"\b({_NUMBER}) ?(k|K|M|bn|B)\b(?!-)"), lambda m: f"{m[1]} {_SCALE['en'][m[2]]}"),
        (re.compile(r"\b24/7\b"), lambda _: "24 7"),
        (re.compile(r"(?<=\b[Ii]n )(1[89]|20)([1-9]\d)\b(?![.,]?\d|%)"), lambda m: f"{m[1]} {m[2]}"),
        (re.compile(r"(?<=\b[Ss]ince )(1[89]|20)([1-9]\d)\b(?![.,]?\d|%)"), lambda m: f"{m[1]} {m[2]}"),
        (re.compile(r"\b(\d+)x\b"), lambda m: f"{m[1]} times"),
        (re.compile(r"(?<=\d) ?[-–] ?(?=\d+(?:\.\d+)?(?:%|\b)(?![-–/]))"), lambda _: " to "),
        (re.compile(r"(?<!\w)#(?=\d)"), lambda _: "number "),
        _leading(_LEADING_EN),
        _whole(_WHOLE_EN),
        (_words(_SPELLED_EN), lambda m: ".".join(m[1].upper()) + m[2]),
        (re.compile(r"(?<=[^\W\d])/(?=[^\W\d])"), lambda _: " "),
    ]


def _turkish() -> list[Rule]:
    return [
        *_dates("tr"),
        (re.compile(r"\b(\d{1,2})[./](\d{1,2})[./](\d{4})\b"), _date_of("tr", 1, 2, 3)),
        *_money("tr"),
        (re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d])"), lambda m: m[0].replace(".", "")),
        (re.compile(rf"\b({_NUMBER})(k|K|M|B)\b"), lambda m: f"{m[1]} {_SCALE['tr'][m[2]]}"),
        (re.compile(rf"(?<![\d%])({_NUMBER}) ?%"), lambda m: f"yüzde {m[1]}"),
        (re.compile(r"\bTL\b(?!['’])"), lambda _: "lira"),  # "TL'lik" is written for "te le"
        (re.compile(r"(?<![\d.,'])(\d{1,2})\.(?= [a-zçğıöşü])"), lambda m: ordinal_tr(int(m[1]))),
        (re.compile(r"(?<![\d.,])(\d{1,2})['’](?:[ıiuü]?nc[ıiuü])\b"), lambda m: ordinal_tr(int(m[1]))),
        (re.compile(r"\b7/24\b"), lambda _: "yedi yirmi dört"),
        (re.compile(r"(?<=\d) ?[-–] ?(?=\d+(?:,\d+)?\b(?![-–/]))"), lambda _: " ila "),
        (re.compile(r"\b([1-9]\d?)/([1-9]\d?)\b(?!/)"), lambda m: f"{m[1]} bölü {m[2]}"),
        _leading(_TITLES_TR),
        _short(_SHORT_TR),
        _whole(_WHOLE_TR),
        (_words(_SPELLED_TR), lambda m: " ".join(_ENGLISH_LETTERS_TR[c] for c in m[1].upper()) + m[2]),
        (re.compile(r"(?<=[^\W\d])/(?=[^\W\d])"), lambda _: " "),
        (re.compile(r"(?<=\s)&(?=\s)"), lambda _: "ve"),
    ]


def ordinal_tr(number: int) -> str:
    """The Turkish ordinal of 0 to 99: 21 is "yirmi birinci"."""
    if number == 0:
        return "sıfırıncı"
    tens, units = divmod(number, 10)
    if not units:
        return _TENS_ORDINAL_TR[tens]
    return f"{_TENS_TR[tens]} {_UNITS_TR[units]}".strip()


def _dates(language: Language) -> list[Rule]:
    return [(re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b"), _date_of(language, 3, 2, 1))]


def _date_of(language: Language, day: int, month: int, year: int) -> Callable[[re.Match[str]], str]:
    def reading(match: re.Match[str]) -> str:
        d, m = int(match[day]), int(match[month])
        if not (1 <= d <= 31 and 1 <= m <= 12):
            return match[0]
        return f"{d} {_MONTHS[language][m - 1]} {match[year]}"

    return reading


def _money(language: Language) -> list[Rule]:
    names, scales = _CURRENCY[language], _SCALE[language]
    signs = "".join(re.escape(sign) for sign in names if len(sign) == 1)
    scale = "|".join(sorted(scales, key=len, reverse=True))

    def before(match: re.Match[str]) -> str:
        return " ".join(filter(None, (match[2], scales.get(match[3] or ""), names[match[1]])))

    return [
        (re.compile(rf"([{signs}]) ?({_NUMBER})(?:({scale})\b)?"), before),
        (re.compile(rf"(?<=\d) ?([{signs}])"), lambda m: f" {names[m[1]]}"),
    ]


def _leading(table: dict[str, str]) -> Rule:
    """Abbreviations that something always follows: their dot ends no sentence."""
    return re.compile(rf"(?<![\w.])({_any(table)})(?=\s)"), lambda m: table[m[1]]


def _short(table: dict[str, str]) -> Rule:
    """Abbreviations that may end a sentence; then they keep the dot."""

    def reading(match: re.Match[str]) -> str:
        rest = match.string[match.end() :].lstrip("\"'”’)»")
        ends = not rest.strip() or (rest[:1].isspace() and rest.lstrip()[:1].isupper())
        return table[match[1]] + ("." if ends else "")

    return re.compile(rf"(?<![\w.])({_any(table)})"), reading


def _whole(table: dict[str, str]) -> Rule:
    return re.compile(rf"(?<![\w.])({_any(table)})(?![\w+#])"), lambda m: table[m[1]]


def _words(acronyms: list[str]) -> re.Pattern[str]:
    """One of the acronyms as a word of its own, with an English plural s if it has one."""
    return re.compile(rf"(?<![\w.])({_any(acronyms)})(s?)(?!\w)")


def _any(words: dict[str, str] | list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
