"""What a text is about, in terms that can be met in another text: known skills, names, word stems.

A skill is known under its names in both languages, so that a Turkish job meets an English CV. Does not:
weigh anything (`match` does).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import yaml

from mulakat.messages import Language
from mulakat.text.fold import plain
from mulakat.text.stems import content_stems

_NAME = re.compile(
    r"(?<![\w.])(?:[A-ZÇĞİÖŞÜ]{2,}[\w+#./-]*|[A-ZÇĞİÖŞÜ]?[\w]*[a-zçğıöşü][A-ZÇĞİÖŞÜ]\w*|\w+(?:\+\+|#)|"
    r"\w+\.(?:js|NET|io|Pro)|\w*\d+\w*[A-Za-z]\w*)"
)


@dataclass(frozen=True, slots=True)
class Term:
    """Something a job can ask for. `key` is the same for all names of one thing; `start` and `end` are
    places in the text it was found in."""

    key: str
    text: str
    start: int
    end: int
    known: bool = True


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    """Folded name -> key, for skills and spoken languages."""
    raw = yaml.safe_load(files("mulakat.knowledge").joinpath("data/skills.yaml").read_text("utf-8"))
    found: dict[str, str] = {}
    for kind in ("skills", "languages"):
        for entry in raw[kind]:
            names = [folded(n) for n in str(entry).split("|")]
            for name in names:
                found.setdefault(name, f"{kind}:{names[0]}")
    return found


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = sorted(_names(), key=len, reverse=True)
    # A Turkish ending may follow a name; other letters may not.
    ending = (
        r"(?:['’]?(?:[yn]?[aeiu]|l[ae]r\w{0,5}|[dt][ae]n?|[yn]?[iu]n|s[iu]n?\w{0,3}|"
        r"y?l[ae]|m?[iu]z?|l[iu]k|s))?"
    )
    return re.compile(
        r"(?<![\w.+#])(" + "|".join(re.escape(n) for n in names) + ")" + ending + r"(?![\w+#])"
    )


def folded(text: str) -> str:
    """Lower case without marks, letter by letter: places stay the same."""
    return "".join((plain(c, "tr").replace("ı", "i") or c)[:1] for c in text).strip()


def terms_in(text: str) -> tuple[Term, ...]:
    """The known skills and the names in a text, in their order, each thing once."""
    low = "".join((plain(c, "tr").replace("ı", "i") or c)[:1] for c in text)
    found: dict[str, Term] = {}
    for match in _pattern().finditer(low):
        key = _names()[match[1]]
        if not (match[1] in _WORDS and text[match.start()].islower()):
            found.setdefault(
                key, Term(key, text[match.start(1) : match.end(1)], match.start(1), match.end(1))
            )
    taken = [(t.start, t.end) for t in found.values()]
    for match in _NAME.finditer(text):
        inside = any(a < match.end() and match.start() < b for a, b in taken)
        if not inside and len(match[0]) > 1 and match[0].lower() not in _NO_NAMES:
            key = f"name:{folded(match[0])}"
            found.setdefault(key, Term(key, match[0], match.start(), match.end(), False))
    return tuple(sorted(found.values(), key=lambda t: t.start))


_WORDS = frozenset(
    [
        "go",
        "rust",
        "swift",
        "spring",
        "word",
        "node",
        "logo",
        "epic",
        "rest",
        "scala",
        "spark",
        "oracle",
        "looker",
        "ts",
        "js",
    ]
)
"""Names that are also words: in lower case they are taken for the word."""
_NO_NAMES = frozenset(
    [
        "or",
        "and",
        "ve",
        "veya",
        "a.ş",
        "cv",
        "ik",
        "hr",
        "it",
        "ms",
        "eu",
        "uk",
        "us",
        "usa",
        "ltd",
        "ph.d",
        "bsc",
        "msc",
        "ba",
        "ma",
        "mba",
    ]
)


@lru_cache(maxsize=4096)
def stems(text: str, language: Language) -> frozenset[str]:
    """Stems of a text's content words, folded: writers leave out Turkish marks."""
    return frozenset(folded(s) for s in content_stems(text, language))
