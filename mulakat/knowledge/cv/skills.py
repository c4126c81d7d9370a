"""Skills and spoken languages out of lists, labels, bars and tables.

Does not: find skills in running text (`match` looks there for what a job asks).
"""

from __future__ import annotations

import re

from mulakat.knowledge.cv.lexicon import fold, tokens, words
from mulakat.knowledge.cv.model import Skill, Tongue
from mulakat.knowledge.documents.model import Document, Line

LONGEST = 6
"""Words a skill's name has at most."""

_LIST = re.compile(r"\s*[,;|•·▪●‖]\s*|\t+|\s+[–—]\s+")
_LEVEL_TAIL = re.compile(r"\s*(?:\(([^()]{1,40})\)|[:–—-]\s+(.{1,40})|\s([A-C][12][+]?))\s*$")
_BAR = re.compile(r"[●○★☆■□▮▯⚫⚪✦✧]{2,}|\b\d{1,3}\s?%|%\s?\d{1,3}|\b\d\s?/\s?(?:5|10)\b")


def skills_of(document: Document, lines: list[Line]) -> list[Skill]:
    """The skills of a part, in its order, each once."""
    found: dict[str, Skill] = {}
    for group, paragraph in _paragraphs(lines):
        text = " ".join(line.text for line in paragraph)
        for piece in _pieces(text):
            name = _name(piece)
            if name and fold(name) not in found:
                found[fold(name)] = Skill(name, document.source(_home(paragraph, name)), group)
    return list(found.values())


def tongues_of(document: Document, lines: list[Line]) -> list[Tongue]:
    """The spoken languages of a part, with their levels."""
    found: list[Tongue] = []
    for line in lines:
        for piece in re.split(r"\s*[;|•·,]\s*", line.text):
            named = [w for w in re.findall(r"[^\W\d_]+", piece) if fold(w) in words().tongues]
            if not named:
                continue
            name = named[0]
            level = piece.replace(name, "", 1).strip(" \t:–—-()|,")
            found.append(Tongue(name, _BAR.sub("", level).strip(), document.source(line)))
    return found


def _paragraphs(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    """Lists with their labels; a list that wraps over lines is one."""
    out: list[tuple[str, list[Line]]] = []
    for line in lines:
        label, rest = _label(line.text)
        if rest != line.text:
            line = Line(rest, line.page, line.number, line.size, line.bold, "", False, line.item)
        listed = bool(re.search(r"[,;|·•]", line.text))
        joins = (
            bool(out)
            and not label
            and not line.item
            and bool(re.search(r"[,;|·•]", out[-1][1][-1].text))
            and (
                listed
                or line.text[:1].islower()
                or out[-1][1][-1].text.rstrip().endswith((",", ";", "|", "·"))
            )
        )
        if joins:
            out[-1][1].append(line)
        else:
            out.append((label, [line]))
    return out


def _label(text: str) -> tuple[str, str]:
    """A leading label and what follows it: "Tools: Git, Jira". A level is no list: "Excel: advanced"."""
    left, mark, right = text.partition(":")
    if not mark or not right.strip() or len(left.split()) > 4 or _is_level(right):
        return "", text
    return left.strip(), right.strip()


def _pieces(text: str) -> list[str]:
    """Parts of a list; a comma inside brackets parts nothing."""
    shielded = re.sub(r"\([^()]*\)", lambda m: m[0].replace(",", "\0").replace(";", "\0"), text)
    return [p.replace("\0", ",").strip() for p in _LIST.split(shielded)]


def _name(piece: str) -> str:
    """The skill without level, bar and stray marks; "" for what is none."""
    text = _BAR.sub("", piece).strip(" .:–—-\t")
    tail = _LEVEL_TAIL.search(text)
    if tail and _is_level(next(g for g in tail.groups() if g)):
        text = text[: tail.start()].strip(" .:–—-")
    if not text or _is_level(text) or len(text.split()) > LONGEST or not any(c.isalpha() for c in text):
        return ""
    return text


def _is_level(text: str) -> bool:
    parts = [t for t in tokens(text) if t not in ("of", "in", "and", "ve", "user", "kullanici")]
    return bool(parts) and all(words().levels.holds(p) or p.isdigit() for p in parts)


def _home(lines: list[Line], name: str) -> Line:
    """The line a name stands on, at least with its beginning."""
    first = name.split()[0]
    return next(
        (line for line in lines if name in line.text), next((x for x in lines if first in x.text), lines[0])
    )
