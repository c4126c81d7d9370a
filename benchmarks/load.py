"""Eight interviews at once in one process, each candidate answering every 20 seconds.

None may be refused, and none mixed up: every name that is spoken must come from the interview's own
candidate.

    python -m benchmarks.load [--interviews 8] [--every 20] [--turns 6]
"""

from __future__ import annotations

import argparse
import asyncio
import random
import secrets

from benchmarks.common import candidates, machine, median, out, p, table
from mulakat.demo.hold import Ear, setup_for
from mulakat.demo.run import building_for
from mulakat.demo.scenario import Scenario
from mulakat.room import Room
from mulakat.room.clock import WallClock
from mulakat.room.services import Building
from mulakat.settings import load


async def interview(
    building: Building, candidate: Scenario, seed: int, turns: int, every: float
) -> tuple[list[float], int, int, int]:
    """Times to first sound, faults, mixed-up turns, and turns of one interview held in real time."""
    chance = random.Random(seed)
    setup = setup_for(candidate, turns, seed)
    interview_id = f"load-{secrets.token_hex(6)}"
    building.store.create(interview_id, "bench", "", setup, WallClock().now())
    room = await Room.open(interview_id, setup, building.services)
    ear = Ear()
    room.listen(ear)
    await asyncio.sleep(chance.uniform(0, every))
    await room.begin()
    said = ""
    while room.state.phase != "ended":
        line = candidate.line(len(room.state.answers)).say
        steps = max(
            1, int(every / 0.4)
        )  # typed over the whole interval; the page sends a draft every 0.4 s
        for n in range(steps):
            await asyncio.sleep(every / steps)
            room.draft(line[: len(line) * n // steps])
        said += line
        await room.answer(line, f"a{len(room.state.answers)}")
    mixed = sum(1 for e in room.state.exchanges if e.move.span and e.move.span.text not in said)
    times = [t["first_sound_ms"] for t in room.timings[1:-1]]
    await room.close()
    return times, len(ear.faults), mixed, len(room.timings)


async def measure(count: int, every: float, turns: int) -> None:
    async with building_for(load()) as building:
        pool = [*candidates("en"), *candidates("tr")]
        jobs = [interview(building, pool[n % len(pool)], n, turns, every) for n in range(count)]
        results = await asyncio.gather(*jobs)
    times = [t for r in results for t in r[0]]
    out.print(machine())
    table(
        f"{count} interviews at once, an answer every {every:g} s each",
        ["turns", "first sound p50", "p95", "largest", "refused or failed", "mixed up"],
        [
            [
                str(sum(r[3] for r in results)),
                f"{median(times):.0f} ms",
                f"{p(times, 0.95):.0f} ms",
                f"{max(times):.0f} ms",
                str(sum(r[1] for r in results)),
                str(sum(r[2] for r in results)),
            ]
        ],
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--interviews", type=int, default=8)
    parser.add_argument("--every", type=float, default=20.0)
    parser.add_argument("--turns", type=int, default=6)
    given, _ = parser.parse_known_args()
    asyncio.run(measure(given.interviews, given.every, given.turns))


if __name__ == "__main__":
    main()
