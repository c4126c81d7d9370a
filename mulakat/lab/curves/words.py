"""What curves say, in sentences that name the numbers they rest on. English and Turkish.

Rules, so that the reading can be disputed: "flat" is a change under 1 % over the last quarter; overfitting
is a validation loss that has risen in at least two measurements behind its lowest while training fell.
Does not: choose a checkpoint; a validation loss is not the task.
"""

from __future__ import annotations

import math
import statistics
from dataclasses import asdict, dataclass
from typing import Any, Literal

from mulakat.lab.curves.read import Curves, Points
from mulakat.messages import Language

Verdict = Literal["no validation", "one measurement", "still falling", "overfitting", "flat"]


@dataclass(frozen=True, slots=True)
class Facts:
    """The numbers. Means are over the first and last tenth of the reports (at least one)."""

    reports: int
    first: float
    last: float
    valid_first: float = math.nan
    valid_low: float = math.nan
    valid_last: float = math.nan
    low_step: int = 0
    last_step: int = 0
    behind: int = 0
    train_since: float = math.nan
    tail_change: float = math.nan
    worst_norm: float = math.nan
    median_norm: float = math.nan


@dataclass(frozen=True, slots=True)
class Reading:
    verdict: Verdict
    facts: Facts
    sentences: tuple[str, ...]

    def data(self) -> dict[str, Any]:
        numbers = {
            k: v for k, v in asdict(self.facts).items() if not (isinstance(v, float) and math.isnan(v))
        }
        return {"verdict": self.verdict, "facts": numbers, "sentences": list(self.sentences)}


def reading(curves: Curves, language: Language = "en") -> Reading:
    """The curves in words."""
    facts = _facts(curves)
    verdict = _verdict(curves, facts)
    say = _TR if language == "tr" else _EN
    keys = _keys(verdict, facts)
    values = _values(curves, facts)
    told = tuple(
        (_comma(say[k].format(**values)) if language == "tr" else say[k].format(**values)) for k in keys
    )
    return Reading(verdict, facts, told)


def _facts(curves: Curves) -> Facts:
    train = [v for _, v in curves.train]
    tenth = max(1, len(train) // 10)
    first = statistics.fmean(train[:tenth]) if train else math.nan
    last = statistics.fmean(train[-tenth:]) if train else math.nan
    norms = [v for _, v in curves.grad_norm]
    more: dict[str, Any] = {"tail_change": _tail(train)}
    if norms:
        more |= {"worst_norm": max(norms), "median_norm": statistics.median(norms)}
    if curves.valid:
        at = min(range(len(curves.valid)), key=lambda n: curves.valid[n][1])
        low_step, low = curves.valid[at]
        more |= {
            "valid_first": curves.valid[0][1],
            "valid_low": low,
            "valid_last": curves.valid[-1][1],
            "low_step": low_step,
            "last_step": curves.valid[-1][0],
            "behind": len(curves.valid) - 1 - at,
            "train_since": last - _near(curves.train, low_step, tenth),
        }
    return Facts(len(train), first, last, **more)


def _tail(train: list[float]) -> float:
    """Relative change of the mean over the two halves of the last quarter."""
    quarter = train[-max(2, len(train) // 4) :]
    if len(quarter) < 4:
        return math.nan
    half = len(quarter) // 2
    before, after = statistics.fmean(quarter[:half]), statistics.fmean(quarter[half:])
    return (after - before) / before if before else math.nan


def _near(train: Points, step: int, width: int) -> float:
    """The mean training loss around a step."""
    if not train:
        return math.nan
    at = min(range(len(train)), key=lambda n: abs(train[n][0] - step))
    part = train[max(0, at - width // 2) : at + width // 2 + 1]
    return statistics.fmean(v for _, v in part)


def _verdict(curves: Curves, facts: Facts) -> Verdict:
    if not curves.valid:
        return "no validation"
    if len(curves.valid) == 1:
        return "one measurement"
    if facts.behind == 0:
        return "still falling"
    rose = facts.valid_last > facts.valid_low
    if facts.behind >= 2 and rose and facts.train_since < 0:
        return "overfitting"
    return "flat"


def _keys(verdict: Verdict, facts: Facts) -> list[str]:
    keys = ["train"] if facts.reports else []
    if not math.isnan(facts.tail_change):
        keys.append("tail_flat" if abs(facts.tail_change) < 0.01 else "tail_moves")
    if verdict != "no validation":
        keys += ["valid", "perplexity"]
    keys.append(verdict)
    if verdict == "overfitting":
        keys.append("slight" if facts.valid_last < 1.02 * facts.valid_low else "clear")
    if facts.worst_norm > 5 * facts.median_norm:
        keys.append("spikes")
    return keys


def _values(curves: Curves, facts: Facts) -> dict[str, Any]:
    def percent(value: float) -> str:
        return f"{100 * value:+.1f}"

    low, last = facts.valid_low, facts.valid_last
    return {
        "first": f"{facts.first:.3f}",
        "last": f"{facts.last:.3f}",
        "tenth": max(1, facts.reports // 10),
        "tail": percent(facts.tail_change) if not math.isnan(facts.tail_change) else "",
        "v0": f"{facts.valid_first:.4f}",
        "low": f"{low:.4f}",
        "low_step": facts.low_step,
        "v1": f"{last:.4f}",
        "last_step": facts.last_step,
        "ppl": f"{math.exp(min(low, 50)):.2f}" if curves.valid else "",
        "ppl_train": f"{math.exp(min(facts.last, 50)):.2f}" if facts.reports else "",
        "behind": facts.behind,
        "rise": f"{last - low:.4f}",
        "rise_percent": percent((last - low) / low) if curves.valid else "",
        "since": f"{-facts.train_since:.3f}",
        "worst": f"{facts.worst_norm:.2f}",
        "usual": f"{facts.median_norm:.2f}",
    }


def _comma(text: str) -> str:
    """Decimal points as commas, as Turkish writes them."""
    out = list(text)
    for n in range(1, len(out) - 1):
        if out[n] == "." and out[n - 1].isdigit() and out[n + 1].isdigit():
            out[n] = ","
    return "".join(out)


_EN = {
    "train": "Training loss went from {first} to {last} (means of the first and last {tenth} reports).",
    "tail_flat": "Over the last quarter it changed by {tail} %: it is flat.",
    "tail_moves": "Over the last quarter it still changed by {tail} %.",
    "valid": "Validation loss was {v0} at first, lowest with {low} at step {low_step}, and {v1} at step "
    "{last_step}.",
    "perplexity": "Perplexity on validation at that step is {ppl} (exp of the validation loss).",
    "no validation": "There was no validation, so nothing can be said of overfitting; exp of the training "
    "loss "
    "({ppl_train}) is no perplexity on unseen text.",
    "one measurement": "Validation was measured once: there is no curve to read.",
    "still falling": "The lowest validation loss is the last one: longer training may lower it further.",
    "flat": "Validation has not become lower since step {low_step} and does not clearly rise: more steps "
    "of this "
    "kind change little.",
    "overfitting": "Behind step {low_step} validation rose by {rise} ({rise_percent} %) over {behind} "
    "measurements "
    "while training fell by {since}: the model overfits from there.",
    "slight": "The rise is under 2 %: by loss alone, checkpoints around that step can hardly be told "
    "apart; "
    "measure them on the task.",
    "clear": "The rise is clear: take the checkpoint of the lowest validation loss, or train shorter.",
    "spikes": "The gradient norm peaked at {worst}, over five times its median of {usual}: look at those "
    "rows, or "
    "lower the learning rate.",
}
_TR = {
    "train": "Eğitim kaybı {first} düzeyinden {last} düzeyine indi (ilk ve son {tenth} kaydın "
    "ortalamaları).",
    "tail_flat": "Son çeyrekte yüzde {tail} değişti: eğri düzleşmiş.",
    "tail_moves": "Son çeyrekte hâlâ yüzde {tail} değişti.",
    "valid": "Doğrulama kaybı başta {v0} idi, en düşük değerini {low} ile {low_step}. adımda aldı, "
    "{last_step}. "
    "adımda {v1} oldu.",
    "perplexity": "Bu adımda doğrulama verisindeki şaşkınlık (perplexity) {ppl}: doğrulama kaybının "
    "üsteli.",
    "no validation": "Doğrulama yapılmamış; bu nedenle aşırı öğrenme hakkında bir şey söylenemez. Eğitim "
    "kaybının "
    "üsteli ({ppl_train}) görülmemiş metindeki şaşkınlık değildir.",
    "one measurement": "Doğrulama bir kez ölçülmüş: okunacak bir eğri yok.",
    "still falling": "En düşük doğrulama kaybı son ölçüm: daha uzun eğitim kaybı daha da düşürebilir.",
    "flat": "Doğrulama kaybı {low_step}. adımdan beri düşmedi, belirgin biçimde de yükselmedi: bu tür ek "
    "adımlar pek "
    "bir şey değiştirmez.",
    "overfitting": "{low_step}. adımdan sonra doğrulama kaybı {behind} ölçümde {rise} (yüzde "
    "{rise_percent}) yükseldi, "
    "eğitim kaybı ise {since} düştü: model bu noktadan sonra aşırı öğreniyor.",
    "slight": "Yükseliş yüzde 2'nin altında: yalnızca kayba bakarak bu adımın çevresindeki kontrol "
    "noktaları pek ayırt "
    "edilemez; onları görev üzerinde ölçün.",
    "clear": "Yükseliş belirgin: en düşük doğrulama kaybının kontrol noktasını alın ya da daha kısa "
    "eğitin.",
    "spikes": "Gradyan normu {worst} değerine çıktı; bu, {usual} olan ortancasının beş katından fazla: o "
    "satırlara bakın "
    "ya da öğrenme hızını düşürün.",
}
