"""Reasons to turn a conversation away: abuse, discrimination, personal data, length, language.

Each filter gives its reason and the words it saw, so that every removal can be read and disputed.
Does not: rewrite a row; a removed row is logged as it stood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mulakat.interview.forbidden import PRIVATE
from mulakat.lab.config import DataPlan
from mulakat.lab.data.rows import Removal, Row, Turn
from mulakat.messages import LANGUAGES, Language
from mulakat.text.fold import lower
from mulakat.text.language import shares
from mulakat.text.lexicon import lexicon

_GROUPS = (
    r"(?:women|men|females?|males?|blacks?|whites?|asians?|arabs?|jews?|muslims?|christians?|gays?|lesbians?|"
    r"foreigners?|immigrants?|refugees?|turks?|kurds?|syrians?|gypsies|old people|young people|mothers|"
    r"disabled people|the disabled)"
)
_GROUPS_TR = (
    r"(?:kadın|erkek|zenci|siyahi|arap|yahudi|müslüman|hristiyan|eşcinsel|yabancı|göçmen|mülteci|suriyeli|kürt|"
    r"ermeni|çingene|alevi|yaşlı|engelli|anne)(?:lar|ler)?"
)
EXCLUDES: dict[Language, re.Pattern[str]] = {
    "en": re.compile(
        rf"\b(?:no|not? hir\w+|never hire|don't (?:hire|want)|only (?:hire|want)|we prefer) (?:any "
        rf")?{_GROUPS}\b"
        rf"|\b{_GROUPS} (?:are|is) (?:\w+ )?(?:inferior|stupid|lazy|weak|unfit|less "
        rf"(?:able|capable|intelligent)|"
        r"not (?:able|suited|fit)|too (?:emotional|old|weak)|bad at|criminals?|terrorists?|dirty)\b"
        rf"|\b{_GROUPS} (?:should|can(?:no|')t|must) (?:not |n't )?(?:be "
        rf"(?:hired|promoted)|work|lead|apply)\b"
        r"|\b(?:must|should) be (?:male|female|under \d\d|young|single|christian|muslim|white)\b"
    ),
    "tr": re.compile(
        rf"\b(?:sadece|yalnızca) {_GROUPS_TR} (?:al|arıyor|ist)\w*"
        rf"|\b{_GROUPS_TR} (?:\w+ "
        rf")?(?:alm[ıi]yoruz|istem[ıi]yoruz|çalıştırm[ıi]yoruz|olmaz|giremez|başvuramaz)"
        rf"|\b{_GROUPS_TR} (?:\w+ )?(?:aptal|tembel|beceriksiz|pis|aşağılık|yetersiz|terörist)"
    ),
}
EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+\.[\w.-]*[a-z]{2,}\b", re.I)
PHONE = re.compile(r"(?<![\w.])(?:\+\d{1,3}[ .-]?|0)(?:\(?\d{2,4}\)?[ .-]?){2,4}\d{2,4}(?![\w.])")
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b")
DIGITS = re.compile(r"(?<!\d)(?:\d[ -]?){10,18}\d(?!\d)")
EXAMPLE = re.compile(r"@(?:example\.(?:com|org|net)|.*\.(?:example|invalid|test))$", re.I)


def reasons(row: Row, plan: DataPlan) -> Iterator[tuple[str, str]]:
    """Every reason to turn a conversation away, each with the words that gave it."""
    longest = max(row.turns, key=lambda t: len(t.content))
    if len(longest.content) > plan.max_chars:
        yield "too long", f"a turn by {longest.role} of {len(longest.content)} characters"
        return
    if plan.languages and row.language and row.language not in plan.languages:
        yield "language", row.language
    turns = [t for t in row.turns if t.role == "assistant" or (row.scope == "all" and t.role == "user")]
    language = _language(row)
    if plan.offensive and (found := _first(turns, language, "hostile")):
        yield "offensive", found
    if plan.discriminatory and (found := _discriminates(turns, language)):
        yield "discriminatory", found
    if plan.personal and (found := personal(row.spoken)):
        yield "personal data", found


def judge(row: Row, plan: DataPlan) -> Removal | None:
    """The removal of a conversation for the first reason there is; None when it may stay."""
    for reason, detail in reasons(row, plan):
        return Removal(row.source, row.line, reason, detail, row.spoken[:200])
    return None


def _language(row: Row) -> tuple[Language, ...]:
    """The row's language; both when it has none that is known here."""
    return tuple(code for code in LANGUAGES if code == row.language) or LANGUAGES


def _first(turns: list[Turn], languages: tuple[Language, ...], what: str) -> str:
    for turn in turns:
        for language in languages:
            if match := getattr(lexicon(language), what).search(lower(turn.content, language)):
                return str(match.group(0).strip())[:80]
    return ""


def _discriminates(turns: list[Turn], languages: tuple[Language, ...]) -> str:
    for turn in turns:
        for language in languages:
            text = lower(turn.content, language)
            match = EXCLUDES[language].search(text)
            if not match and turn.role == "assistant":  # a candidate may speak of private matters, unasked
                match = PRIVATE[language].search(text)
            if match:
                return match.group(0).strip()[:80]
    return ""


def personal(text: str) -> str:
    """The first piece that looks like somebody's address, number or account, masked; "" when there is
    none."""
    for match in EMAIL.finditer(text):
        if not EXAMPLE.search(match.group(0)):
            return f"e-mail {_masked(match.group(0))}"
    if iban := IBAN.search(text):
        return f"IBAN {_masked(iban.group(0))}"
    for match in DIGITS.finditer(text):
        number = re.sub(r"\D", "", match.group(0))
        if len(number) == 11 and is_tckn(number):
            return f"identity number {_masked(number)}"
        if len(number) >= 13 and luhn(number):
            return f"card number {_masked(number)}"
    for match in PHONE.finditer(text):
        if 9 <= len(re.sub(r"\D", "", match.group(0))) <= 14:
            return f"phone {_masked(match.group(0))}"
    return ""


def _masked(text: str) -> str:
    """The log must not hold what was removed: the first two characters and the length are enough."""
    return f"{text[:2]}… ({len(text)} characters)"


def is_tckn(number: str) -> bool:
    """Whether 11 digits are a Turkish identity number, by its two check digits."""
    d = [int(c) for c in number]
    odd, even = sum(d[0:9:2]), sum(d[1:8:2])
    return d[0] != 0 and (7 * odd - even) % 10 == d[9] and sum(d[:10]) % 10 == d[10]


def luhn(number: str) -> bool:
    """Whether digits pass the Luhn check, as card numbers do."""
    doubled = [int(c) * (1 + n % 2) for n, c in enumerate(reversed(number))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0 and len(set(number)) > 1


def guess_language(text: str) -> str:
    """ "en" or "tr" when a text is clearly one of them, else ""."""
    share = shares(text)
    best = max(share, key=lambda code: share[code])
    return best if share[best] >= 0.2 and share[best] >= 2 * min(share.values()) else ""
