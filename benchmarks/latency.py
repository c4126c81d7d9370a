"""From the end of the candidate's turn to the first sound, and the sequential way in the same run.

Real embedded model, real voice, real store. The candidate types as people do (drafts go to the room
before the answer; the last one lacks two words). "Pasted" is the same without a single draft. The
sequential way has none either, waits for the whole reply however long the model takes, speaks it in
one piece and only then answers.

    python -m benchmarks.latency
"""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict

from benchmarks.common import candidates, machine, median, out, p, table
from mulakat.demo.hold import hold
from mulakat.demo.run import building_for
from mulakat.messages import Setup
from mulakat.room import Room, Services
from mulakat.settings import load

TURNS = 8


class PastedRoom(Room):
    """The same room for an answer that comes at once: nothing is read or thought ahead."""

    def draft(self, text: str) -> None:
        return


class SequentialRoom(PastedRoom):
    """Without streaming or hurry: whole reply, then whole audio, then answer."""

    def __init__(self, interview_id: str, setup: Setup, services: Services) -> None:
        super().__init__(interview_id, setup, services)
        self.words.hurry = None

    async def _speak(self, sentence: int, text: str) -> None:
        self.__dict__.setdefault("kept", []).append(text)

    async def _reply(self, arrived: float) -> None:
        self.__dict__["kept"] = []
        await super()._reply(arrived)
        await self.services.voices.speak(
            " ".join(self.__dict__["kept"]), self.setup.voice, self.setup.speed
        )
        self.timings[-1]["first_sound_ms"] = (time.perf_counter() - arrived) * 1000


WAYS = (("typed", Room), ("pasted", PastedRoom), ("sequential", SequentialRoom))


async def measure() -> dict[tuple[str, str], list[dict[str, float]]]:
    found: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    async with building_for(load()) as building:
        for language in ("en", "tr"):
            for seed, candidate in enumerate(candidates(language)):
                for way, kind in WAYS:
                    held = await hold(candidate, building, TURNS, seed, room_class=kind)
                    # The first turn has no answer before it, the last one asks nothing.
                    found[language, way] += held.timings[1:-1]
    return found


def main() -> None:
    found = asyncio.run(measure())
    out.print(machine())
    rows = []
    for language in ("en", "tr"):
        for way, _ in WAYS:
            for key in ("first_token_ms", "first_sentence_ms", "first_sound_ms", "reply_ms"):
                values = [t[key] for t in found[language, way]]
                if way == "typed" or key == "first_sound_ms":
                    figures = [f"{median(values):.0f}", f"{p(values, 0.95):.0f}"]
                    rows.append([language, way, key, str(len(values)), *figures])
            by_model = sum(t["worded_by"] != "pack" for t in found[language, way])
            share = f"{by_model / len(found[language, way]):.0%}"
            rows.append([language, way, "acknowledged by the model", "", share, ""])
        late, fast = ([t["first_sound_ms"] for t in found[language, w]] for w in ("sequential", "typed"))
        rows.append(
            [language, "sequential / typed", "medians", "", f"{median(late) / median(fast):.1f} x", ""]
        )
        pasted = [t["first_sound_ms"] for t in found[language, "pasted"]]
        rows.append(
            [language, "sequential / pasted", "medians", "", f"{median(late) / median(pasted):.1f} x", ""]
        )
    table(
        "From the end of the candidate's turn (ms)", ["language", "way", "figure", "n", "p50", "p95"], rows
    )


if __name__ == "__main__":
    main()
