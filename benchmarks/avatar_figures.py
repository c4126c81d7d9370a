"""From what was drawn to figures: onsets, correlation and contacts of one spoken sentence.

The truth is the voice's own phoneme timeline and its sound, never the page's mouth shapes. Times of frames
are those of the sound card's clock (`AudioContext.getOutputTimestamp`), not the clock that the face reads.
"""

from __future__ import annotations

import json
import wave
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.common import ROOT

Floats = NDArray[np.float64]

OPENNESS = {
    letter: openness
    for letters, openness in (
        ("aɑɒɐæʌɶ", 1.0), ("ɛɔœɜɞɝ", 0.75), ("əeoøɘɵɤɚ", 0.6), ("ɪʊᵻᵿʏ", 0.4), ("iuyɯɨʉ", 0.3),
    )
    for letter in letters
}  # fmt: skip
"""How open a vowel is by its row of the IPA chart, 1 for the lowest."""
CONTACT = {"PP": frozenset("pbm"), "FF": frozenset("fv")}
GLIDES = frozenset("hɦjwɰɥ")
"""They have the mouth of the vowel that follows, which so has no onset of its own."""
GRID_MS = 10
HEAD = 3
"""Columns of a frame before its weights: time, our step, the drawing."""

TABLE: dict[str, dict[str, float]] = json.loads(
    (ROOT / "web" / "public" / "avatars" / "manifest.json").read_text("utf-8")
)["visemes"]


class Take:
    """One sentence as it was played: `rows` (frames, 3 + units) beside its sound and timeline."""

    def __init__(self, sample: dict[str, Any], sound: Path, units: list[str], rows: Floats) -> None:
        self.sounds: list[tuple[int, int, str]] = [tuple(s) for s in sample["phonemes"]]
        self.units = units
        self.ms = rows[:, 0]
        self.script_ms = rows[:, 1] + rows[:, 2]
        self.weights = rows[:, HEAD:]
        with wave.open(str(sound)) as file:
            self.rate_hz = file.getframerate()
            self.samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768.0

    @property
    def rate(self) -> float:
        """Frames a second that there really were."""
        return float(1000 / np.mean(np.diff(self.ms)))

    @property
    def gap_ms(self) -> float:
        """The longest time between two frames: a machine that is busy elsewhere shows here."""
        return float(np.max(np.diff(self.ms)))

    def course(self, unit: str) -> Floats:
        return self.weights[:, self.units.index(unit)]


def is_vowel(symbol: str) -> bool:
    return any(letter in OPENNESS for letter in symbol)


def onsets(take: Take) -> list[float]:
    """Signed error in ms of every vowel that opens the jaw, and of every contact.

    A vowel's onset is drawn by the first frame past half of the jaw's rise around it; a contact's by the
    first frame in which it is more than half made. A frame counts from when it was handed to the screen.
    """
    found = []
    jaw = take.course("jawOpen")
    for before, (start, end, symbol) in zip(take.sounds, take.sounds[1:], strict=False):
        if is_vowel(symbol) and not is_vowel(before[2]) and not set(before[2]) & GLIDES:
            found += _rise(take, jaw, start, end)
        for shape, letters in CONTACT.items():
            if set(symbol) & letters:
                found += _rise(take, closeness(take, shape), start, end)
    return found


LEAST_RISE = 0.08
BEFORE_MS = 80
LEAST_MS = 50


def _rise(take: Take, course: Floats, start: int, end: int) -> list[float]:
    """When `course` passed the middle of its rise around `start`; nothing when it hardly rises there.

    The rise goes from the last lowest frame around the onset to the highest one until the sound's end.
    """
    near = np.flatnonzero((take.ms >= start - BEFORE_MS) & (take.ms <= start + BEFORE_MS / 2))
    if not len(near):
        return []
    lowest = int(near[np.flatnonzero(course[near] <= course[near].min() + 1e-3)[-1]])
    rising = np.flatnonzero((np.arange(len(course)) >= lowest) & (take.ms <= max(end, start + LEAST_MS)))
    low, high = float(course[lowest]), float(course[rising].max())
    if high - low < LEAST_RISE:
        return []
    first = rising[np.flatnonzero(course[rising] >= (low + high) / 2)[0]]
    return [float(take.ms[first] - start)]


def closeness(take: Take, shape: str) -> Floats:
    """How far each frame is in a contact (0 to 1): its least finished unit, and a jaw that is up."""
    wanted = TABLE[shape]
    made = np.min([take.course(u) / full for u, full in wanted.items() if u != "jawOpen"], axis=0)
    jaw = np.clip((take.course("jawOpen") - wanted.get("jawOpen", 0.0)) / 0.3, 0, 1)
    return np.asarray(np.clip(made, 0, 1) * (1 - jaw))


NEARLY = 0.88
EARLY_MS = 40
"""A frame shows the middle of its time, so a contact may stand in one handed over this much earlier."""


def contacts(take: Take, shape: str) -> list[bool]:
    """For every P, B, M (or F, V): whether a frame that was on the screen during it shows the contact."""
    close = closeness(take, shape)
    until = np.append(take.ms[1:], take.ms[-1] + 17)
    return [
        bool((close[(until > start - EARLY_MS) & (take.ms <= end)] >= NEARLY).any())
        for start, end, symbol in take.sounds
        if set(symbol) & CONTACT[shape]
    ]


def correlation(take: Take, weighted: bool = True) -> float:
    """Pearson between each frame's jaw and the mean of the vowel envelope while the frame stood."""
    total = np.concatenate([[0.0], np.cumsum(vowel_envelope(take, weighted))])
    last = len(total) - 1
    start = np.clip(np.round(take.ms / GRID_MS).astype(int), 0, last - 1)
    end = np.clip(np.maximum(np.append(start[1:], last), start + 1), 1, last)
    means = (total[end] - total[start]) / (end - start)
    return float(np.corrcoef(take.course("jawOpen"), means)[0, 1])


def vowel_envelope(take: Take, weighted: bool) -> Floats:
    """Root mean square of 25 ms every 10 ms where the timeline has a vowel, else nothing; smoothed over
    50 ms. `weighted`: times the vowel's openness, since a loud "i" does not open the jaw as an "a" does."""
    half = int(take.rate_hz * 0.0125)
    count = int(len(take.samples) / take.rate_hz * 1000 / GRID_MS)
    power = np.concatenate([[0.0], np.cumsum(take.samples**2)])
    middle = (np.arange(count) * GRID_MS * take.rate_hz / 1000).astype(int)
    low, high = np.clip(middle - half, 0, None), np.clip(middle + half, 0, len(take.samples))
    loud = np.sqrt((power[high] - power[low]) / np.maximum(1, high - low))
    return np.convolve(
        loud * _vowels(take, np.arange(count) * GRID_MS, weighted), np.ones(5) / 5, mode="same"
    )


def _vowels(take: Take, grid: NDArray[np.int_], weighted: bool) -> Floats:
    """Per moment of `grid` (ms): the openness of the vowel that sounds, or 1; 0 in consonants."""
    shown = np.zeros(len(grid))
    for start, end, symbol in take.sounds:
        parts = [OPENNESS[letter] for letter in symbol if letter in OPENNESS]
        for k, openness in enumerate(parts):
            begin = start + (end - start) * k / len(parts)
            until = start + (end - start) * (k + 1) / len(parts)
            shown[(grid >= begin) & (grid < until)] = openness if weighted else 1.0
    return shown
