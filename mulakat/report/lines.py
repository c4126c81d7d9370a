"""What somebody typed, as lines that paper and terminals can show.

Does not: wrap, shorten or correct anything; only what cannot be seen is left out.
"""

from __future__ import annotations

import unicodedata


def clean(text: str) -> str:
    """`text` on one line, without control characters and lone surrogates, letters composed (NFC)."""
    line = " ".join(text.splitlines()).replace("\t", "    ")
    line = line.encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", "".join(c for c in line if unicodedata.category(c) != "Cc"))


def clean_lines(text: str) -> list[str]:
    """The lines of `text`, cleaned; "" for an empty one. No empty lines at the ends, nor two together."""
    lines: list[str] = []
    for line in map(clean, text.splitlines()):
        if line.strip():
            lines.append(line.rstrip())
        elif lines and lines[-1]:
            lines.append("")
    return lines[:-1] if lines and not lines[-1] else lines


def leads_right_to_left(line: str) -> bool:
    """Whether the first letter with a direction runs from the right (rule P2 of Unicode's UAX 9)."""
    classes = map(unicodedata.bidirectional, line)
    return next((c for c in classes if c in ("L", "R", "AL")), "L") != "L"
