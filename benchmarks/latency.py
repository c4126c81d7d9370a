"""From the end of the candidate's turn to the first sound, and the sequential way in the same run.

Real embedded model, real voice, real store. The candidate types as people do (drafts go to the room
before the answer). The sequential way reads nothing ahead, waits for the whole reply, speaks it in
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
from mulakat.room import Room
from mulakat.settings import load

TURNS = 8


class SequentialRoom(Room):
    """The same room without streaming: whole reply, then whole audio, then answer."""

    def draft(self, text: str) -> None:
        return

    async def _speak(self, sentence: int, text: str) -> None:
        self.__dict__.setdefault("kept", []).append(text)

    async def _reply(self, arrived: float) -> None:
        self.__dict__["kept"] = []
        await super()._reply(arrived)
        await self.services.voices.speak(
            " ".join(self.__dict__["kept"]), self.setup.voice, self.setup.speed
        )
        self.timings[-1]["first_sound_ms"] = (time.perf_counter() - arrived) * 1000


async def measure() -> dict[tuple[str, str], list[dict[str, float]]]:
    found: dict[tuple[str, str], list[dict[str, float]]] = defaultdict(list)
    async with building_for(load()) as building:
        for language in ("en", "tr"):
            for seed, candidate in enumerate(candidates(language)):
                for way, kind in (("streamed", Room), ("sequential", SequentialRoom)):
                    held = await hold(candidate, building, TURNS, seed, room_class=kind)
                    # The first turn has no answer before it, the last one asks nothing.
                    found[language, way] += held.timings[1:-1]
    return found


def main() -> None:
    found = asyncio.run(measure())
    out.print(machine())
    rows = []
    for language in ("en", "tr"):
        fast, slow = found[language, "streamed"], found[language, "sequential"]
        for key in ("first_token_ms", "first_sentence_ms", "first_sound_ms", "reply_ms"):
            values = [t[key] for t in fast]
            rows.append(
                [language, key, str(len(values)), f"{median(values):.0f}", f"{p(values, 0.95):.0f}"]
            )
        late = [t["first_sound_ms"] for t in slow]
        rows.append(
            [
                language,
                "sequential first_sound_ms",
                str(len(late)),
                f"{median(late):.0f}",
                f"{p(late, 0.95):.0f}",
            ]
        )
        ratio = median(late) / median([t["first_sound_ms"] for t in fast])
        rows.append([language, "sequential / streamed, medians", "", f"{ratio:.1f} x", ""])
    table("From the end of the candidate's turn (ms)", ["language", "figure", "n", "p50", "p95"], rows)


if __name__ == "__main__":
    main()
