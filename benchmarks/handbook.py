"""Makes an invented company handbook of 200 pages in English or Turkish, with questions it answers.

What a chapter really says is in `handbook.yaml` and `handbook_tr.yaml`; around it stand details of
procedure and sentences that name the chapter's matter without saying anything, so that many passages look
like what a question asks and one answers it. Does not: search.
"""

from __future__ import annotations

import io
import random
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdf
import typst
import yaml

from mulakat.messages import Language
from mulakat.text.fold import capital

PAGES = 200

HELD_OUT = {"en": slice(13, 60), "tr": slice(12, None)}
"""Chapters whose questions were not looked at when synonyms and shares were chosen."""


@dataclass(frozen=True)
class Question:
    """A question and the words that only the passage with its answer holds."""

    text: str
    key: str


@lru_cache(maxsize=8)
def _read(name: str) -> Any:
    return yaml.safe_load(Path(__file__).with_name(name).read_text("utf-8"))


def _chapters(language: Language) -> list[list[str]]:
    """Title, matter, fact, remote question and key of each chapter; in Turkish its other question too."""
    chapters: list[list[str]] = _read("handbook.yaml" if language == "en" else "handbook_tr.yaml")
    return chapters


def questions(remote: bool = False, language: Language = "en") -> list[Question]:
    """All questions, in the order of the chapters; `remote` ones avoid even the usual names of things."""
    chapters = _chapters(language)
    asked = [chapter[3] for chapter in chapters]
    if not remote:
        asked = _read("handbook_questions.yaml") if language == "en" else [c[5] for c in chapters]
    return [Question(text, chapter[4]) for text, chapter in zip(asked, chapters, strict=True)]


def handbook(pages: int = PAGES, seed: int = 11, fluff: float = 0.3, language: Language = "en") -> bytes:
    """The handbook as a PDF of at least `pages` pages; the same text for the same arguments.

    `fluff` is the share of sentences that name the chapter's matter and say nothing, 0 to 1.
    """
    for paragraphs in range(1, 40):
        made = typst.compile(_markup(random.Random(seed), paragraphs, fluff, language).encode())
        assert isinstance(made, bytes)
        if len(pypdf.PdfReader(io.BytesIO(made)).pages) >= pages:
            return made
    raise ValueError("a handbook of so many pages cannot be made")


def _markup(chance: random.Random, paragraphs: int, fluff: float, language: Language = "en") -> str:
    words = _read(f"handbook_words_{language}.yaml")
    out = [
        '#set page(paper: "a4", margin: 2.4cm, numbering: "1")',
        '#set text(font: "Libertinus Serif", size: 11pt)',
    ]
    if language == "tr":
        out.append('#set text(lang: "tr")')
    out.append('#set heading(numbering: "1.1")\n#set par(justify: true)')
    for title, about, fact, *_ in _chapters(language):
        out.append(f"#pagebreak(weak: true)\n= {title}")
        home = chance.choice(words["parts"][1:7])
        for part in words["parts"]:
            out.append(f"== {part}")
            count = chance.randint(max(1, paragraphs - 2), paragraphs)
            texts = [_paragraph(chance, about, fluff, words, language) for _ in range(count)]
            if part == home:
                texts.insert(chance.randrange(len(texts) + 1), fact)
            out.append("\n\n".join(texts))
    return "\n\n".join(out)


def _paragraph(
    chance: random.Random, about: str, fluff: float, words: dict[str, list[str]], language: Language
) -> str:
    pools = [
        words["fluff"] if chance.random() < fluff else words["details"] for _ in range(chance.randint(2, 4))
    ]
    return " ".join(_filled(chance, chance.choice(pool), about, words, language) for pool in pools)


def _filled(
    chance: random.Random, sentence: str, about: str, words: dict[str, list[str]], language: Language
) -> str:
    site, other = chance.sample(words["sites"], 2)
    who = chance.choice(words["who"])
    hour = chance.randint(6, 11)
    filled = sentence.format(
        about=about,
        site=site,
        Site=capital(site, language),
        other=other,
        who=who,
        Who=capital(who, language),
        when=chance.choice(words["when"]),
        n=chance.randint(3, 40),
        room=chance.randint(100, 499),
        day=chance.choice(words["days"]),
        month=chance.choice(words["months"]),
        year=chance.randint(2009, 2025),
        hour=hour,
        later=hour + chance.randint(2, 7),
        form=f"{chance.choice('ABCDEFGHKLMPRSTW')}-{chance.randint(10, 980)}",
        ext=chance.randint(2000, 9000),
        city=chance.choice(words["cities"]),
        system=chance.choice(words["systems"]),
    )
    return capital(filled, language)
