"""What a data card says, as JSON and as one HTML page without scripts.

Counts, lengths, languages, licences, topics, examples, and every reason for removal with an example.
Does not: judge the data.
"""

from __future__ import annotations

import html
import json
import statistics
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mulakat.lab.config import DataPlan
from mulakat.lab.data.near import Likeness
from mulakat.lab.data.rows import SPLITS, Removal, Row
from mulakat.lab.page import page
from mulakat.text.fold import words


def card_of(
    plan: DataPlan, rows: Sequence[Row], removed: Sequence[Removal], fingerprint: str
) -> dict[str, Any]:
    """The card of a built data set; lengths are words."""
    splits = {name: [r for r in rows if r.split == name] for name in SPLITS}
    return {
        "plan": fingerprint,
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "seed": plan.seed,
        "sources": [
            {
                "name": s.label,
                "kind": s.kind,
                "revision": s.revision if s.kind == "hub" else "",
                "licence": s.licence or "none named",
                "kept": sum(r.source.startswith(s.label) for r in rows),
            }
            for s in plan.sources
        ],
        "splits": {name: _facts(part) for name, part in splits.items()},
        "nearest_to_training": {name: nearest(splits["train"], splits[name]) for name in ("valid", "test")},
        "removed": _removed(removed),
        "settings": plan.model_dump(mode="json", exclude={"sources", "out"}),
    }


def _facts(rows: Sequence[Row]) -> dict[str, Any]:
    targets = [len(words(t)) for r in rows for t in r.targets]
    return {
        "conversations": len(rows),
        "targets": len(targets),
        "languages": dict(Counter(r.language or "unknown" for r in rows)),
        "licences": dict(Counter(r.licence or "none named" for r in rows)),
        "topics": dict(Counter(r.topic or "none named" for r in rows).most_common(40)),
        "turns": _spread([len(r.targets) for r in rows]),
        "target_words": _spread(targets),
        "conversation_words": _spread([len(words(r.spoken)) for r in rows]),
        "examples": [_example(r) for r in rows[:: max(1, len(rows) // 3)][:3]],
    }


def _spread(values: Sequence[int]) -> dict[str, float]:
    if not values:
        return {}
    ordered = sorted(values)
    return {
        "least": ordered[0],
        "median": ordered[len(ordered) // 2],
        "p95": ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))],
        "most": ordered[-1],
        "mean": round(statistics.fmean(ordered), 1),
    }


def _example(row: Row) -> dict[str, Any]:
    turns = [{"role": t.role, "content": t.content[:600]} for t in row.turns[:7]]
    return {"place": row.place, "language": row.language, "turns": turns}


def nearest(train: Sequence[Row], held: Sequence[Row], floor: float = 0.3) -> dict[str, Any]:
    """The greatest likeness of a held-out conversation to a training one (word triples, Jaccard).

    Likenesses below `floor` are not looked for and count as 0.
    """
    if not train or not held:
        return {"greatest": 0.0, "pair": []}
    known = Likeness(floor)
    for number, row in enumerate(train):
        known.add(number, row.spoken)
    best, pair = 0.0, []
    for row in held:
        for number, likeness in known.near(row.spoken)[:1]:
            if likeness > best:
                best, pair = likeness, [row.place, train[number].place]
    return {"greatest": round(best, 3), "pair": pair}


def _removed(removed: Sequence[Removal]) -> dict[str, Any]:
    counts = Counter(r.reason for r in removed)
    return {
        reason: {"count": n, "examples": [str(r) for r in removed if r.reason == reason][:3]}
        for reason, n in counts.most_common()
    }


def write_card(folder: Path, card: dict[str, Any]) -> None:
    """card.json and card.html into a folder."""
    (folder / "card.json").write_text(json.dumps(card, ensure_ascii=False, indent=2) + "\n", "utf-8")
    (folder / "card.html").write_text(_page(card), "utf-8")


def _page(card: dict[str, Any]) -> str:
    parts = ["<h2>Sources</h2>", _table(("name", "kind", "licence", "kept"), card["sources"])]
    parts += ["<h2>Splits</h2>", _table(_SPLIT_COLUMNS, _split_rows(card))]
    for name, near in card["nearest_to_training"].items():
        parts.append(
            f"<p>The {name} conversation nearest to a training one is {near['greatest']:.2f} like it"
            f" (Jaccard likeness of word triples).</p>"
        )
    removed = [
        {"reason": reason, "count": r["count"], "examples": " · ".join(r["examples"])}
        for reason, r in card["removed"].items()
    ]
    parts += ["<h2>What was removed</h2>", _table(("reason", "count", "examples"), removed)]
    parts.append("<p>Each removal stands in removed.jsonl, with its source and line.</p><h2>Examples</h2>")
    parts += [_talk(e) for name in SPLITS for e in card["splits"][name]["examples"]]
    return page("Data card", f"Made {card['when']}, plan {card['plan']}.", "\n".join(parts))


_SPLIT_COLUMNS = ("split", "conversations", "targets", "languages", "target words (median, 95 %)", "topics")


def _split_rows(card: dict[str, Any]) -> Iterable[dict[str, Any]]:
    for name, s in card["splits"].items():
        spread = s["target_words"]
        yield {
            "split": name,
            "conversations": s["conversations"],
            "targets": s["targets"],
            "languages": ", ".join(f"{k} {v}" for k, v in s["languages"].items()),
            "target words (median, 95 %)": f"{spread['median']}, {spread['p95']}" if spread else "",
            "topics": ", ".join(f"{k} {v}" for k, v in list(s["topics"].items())[:14]),
        }


def _table(columns: Sequence[str], rows: Iterable[dict[str, Any]]) -> str:
    head = "".join(f"<th>{html.escape(c)}</th>" for c in columns)
    body = "".join(
        "<tr>" + "".join(f"<td>{html.escape(str(row.get(c, '')))}</td>" for c in columns) + "</tr>"
        for row in rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _talk(example: dict[str, Any]) -> str:
    turns = "".join(
        f"<p><b>{html.escape(t['role'])}</b> {html.escape(t['content'])}</p>" for t in example["turns"]
    )
    return f"<details><summary>{html.escape(example['place'])}</summary>{turns}</details>"
