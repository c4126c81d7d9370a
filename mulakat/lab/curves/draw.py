"""Curves as one figure: losses, perplexity, learning rate, gradient norm, tokens a second.

Does not: choose scales to flatter; losses begin where the data begin. Needs matplotlib.
"""

from __future__ import annotations

import io
from typing import Any

from mulakat.lab.curves.read import Curves, Points
from mulakat.lab.extras import need

TURQUOISE, CORAL, INK, QUIET = "#0b7285", "#c8553d", "#22272b", "#8a8f96"
LABELS = {
    "en": (
        "training", "validation", "loss (nats a token)", "perplexity (validation)", "learning rate",
        "gradient norm", "tokens a second", "all", "with loss", "step",
    ),
    "tr": (
        "eğitim", "doğrulama", "kayıp (belirteç başına nat)", "şaşkınlık (doğrulama)", "öğrenme hızı",
        "gradyan normu", "saniyede belirteç", "tümü", "kayıp taşıyan", "adım",
    ),
}  # fmt: skip


def draw(curves: Curves, kind: str, language: str = "en") -> bytes:
    """The figure as "png" or "svg"."""
    need("matplotlib").use("Agg")
    plt = need("matplotlib.pyplot")
    with plt.rc_context(
        {"svg.hashsalt": "mulakat", "axes.edgecolor": QUIET, "axes.labelcolor": INK, "font.size": 9,
         "axes.spines.top": False, "axes.spines.right": False, "svg.fonttype": "none"}
    ):  # fmt: skip
        figure = _figure(plt, curves, LABELS.get(language, LABELS["en"]))
        out = io.BytesIO()
        metadata = {"Date": None, "Creator": None} if kind == "svg" else {}
        figure.savefig(out, format=kind, dpi=150, metadata=metadata, facecolor="#fffdf8")
        plt.close(figure)
    return out.getvalue()


def _figure(plt: Any, curves: Curves, words: tuple[str, ...]) -> Any:
    panels = [("loss", words[2])]
    panels += [("perplexity", words[3])] if len(curves.valid) > 1 else []
    panels += [("learning_rate", words[4])] if curves.learning_rate else []
    panels += [("grad_norm", words[5])] if curves.grad_norm else []
    panels += [("tokens", words[6])] if curves.tokens else []
    rows = 1 + (len(panels) - 1 + 1) // 2
    figure = plt.figure(figsize=(9.5, 3.4 + 2.3 * (rows - 1)), layout="constrained")
    grid = figure.add_gridspec(rows, 2, height_ratios=[1.5] + [1] * (rows - 1))
    for n, (name, title) in enumerate(panels):
        axis = figure.add_subplot(grid[0, :] if n == 0 else grid[1 + (n - 1) // 2, (n - 1) % 2])
        _panel(axis, curves, name, words)
        axis.set_title(title, loc="left", fontsize=9, color=INK)
        axis.grid(axis="y", color="#e6dfd0", linewidth=0.7)
        axis.set_xlabel(words[9], fontsize=8)
    return figure


def _panel(axis: Any, curves: Curves, name: str, words: tuple[str, ...]) -> None:
    if name == "loss":
        _line(axis, curves.train, QUIET, words[0])
        _line(axis, curves.valid, TURQUOISE, words[1], "o")
        if len(curves.valid) > 1:
            step, low = min(curves.valid, key=lambda p: p[1])
            axis.plot([step], [low], "o", color=CORAL, markersize=7)
            axis.annotate(
                f"{low:.3f} · {step}", (step, low), xytext=(0, -14), textcoords="offset points", color=CORAL
            )
        axis.legend(frameon=False, fontsize=8)
    elif name == "tokens":
        _line(axis, curves.tokens, QUIET, words[7])
        _line(axis, curves.targets, TURQUOISE, words[8])
        axis.set_ylim(bottom=0)
        axis.legend(frameon=False, fontsize=8)
    else:
        points: Points = getattr(curves, name)
        _line(
            axis,
            points,
            TURQUOISE if name == "perplexity" else INK,
            "",
            "o" if name == "perplexity" else "",
        )


def _line(axis: Any, points: Points, colour: str, label: str, marker: str = "") -> None:
    if points:
        steps, values = zip(*points, strict=True)
        axis.plot(
            steps,
            values,
            color=colour,
            label=label or None,
            marker=marker or None,
            markersize=3,
            linewidth=1.4,
        )
