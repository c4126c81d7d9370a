"""The laboratory's whole story on two cores: data, twenty steps, curves, publication, one turn served.

Twenty steps make no interviewer; they show that every joint holds. Needs the extra [lab] and the embedded
model.

    python tools/lab_smoke.py [--out FOLDER] [--steps 20]
"""

from __future__ import annotations

import argparse
import asyncio
import os
import time
from pathlib import Path
from tempfile import mkdtemp

from mulakat import catalogue
from mulakat.errors import MulakatError
from mulakat.interview.phrasing import turn_grammar
from mulakat.interview.prompt import system_message, user_message
from mulakat.lab.config import RunConfig, load_config
from mulakat.lab.curves import read, write_curves
from mulakat.lab.data import build
from mulakat.lab.preflight import preflight
from mulakat.lab.publish import publish
from mulakat.lab.train.run import train
from mulakat.llm.local import LocalOptions, open_local
from mulakat.llm.protocol import Request
from mulakat.messages import Move, MoveName, Span, SpanKind
from mulakat.settings import Settings, load

ANSWER = "I moved the slow queries out of PostgreSQL and wrote an index for each of them."
MOVE = Move(
    MoveName.PROBE,
    "",
    "What was the hardest part of it?",
    "heard",
    True,
    Span("PostgreSQL", SpanKind.NAME, 0, 10),
)


def small(out: Path, steps: int) -> RunConfig:
    """The interviewer's own config, with few rows and few steps."""
    root = Path(__file__).resolve().parents[1]
    dialogues = {
        "kind": "dialogues",
        "path": str(root / "data/dialogues"),
        "licence": "Apache-2.0",
        "scope": "targets",
    }
    generated = {"kind": "wording", "rows": 240, "licence": "Apache-2.0", "scope": "targets"}
    changes = {
        "name": "smoke",
        "runs": str(out),
        "data.sources": [dialogues, generated],
        "train.max_steps": steps,
        "train.warmup_steps": 2,
        "train.batch_size": 2,
        "train.max_length": 768,
        "train.log_every": 2,
        "train.eval_every": max(1, steps // 2),
        "train.save_every": max(1, steps // 2),
        "train.eval_rows": 4,
        "train.patience": 0,
        "publish.name": "smoke-135m",
    }
    return load_config("interviewer-135m", **changes)


async def one_turn(adapter: Path, settings: Settings) -> str:
    """What the published adapter says to one answer, under the grammar of serving."""
    model = catalogue.locate("smollm2-135m-instruct", settings)
    engine = open_local(model, {"smoke": adapter}, LocalOptions(slots=1))
    messages = [system_message("Backend developer", "en"), user_message(ANSWER, MOVE)]
    request = Request(messages, grammar=turn_grammar(MOVE, "en"), adapter="smoke")
    said = "".join([piece async for piece in engine.stream(request)])
    await engine.close()
    return said


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--steps", type=int, default=20)
    given = parser.parse_args()
    out = given.out or Path(mkdtemp(prefix="mulakat-smoke-"))
    settings, began = load(), time.monotonic()

    def chapter(title: str) -> None:
        print(f"\n== {title} ({time.monotonic() - began:.0f} s)", flush=True)

    config = small(out, given.steps)
    chapter("data")
    data = build(config.data, config.data_folder, print)
    chapter("preflight")
    print(preflight(config, settings, data).text())
    chapter(f"{given.steps} steps")
    made = train(config, settings)
    print(f"step {made.step} kept, validation loss {made.valid_loss:.4f}")
    chapter("curves")
    told, _ = write_curves(read(made.folder), made.folder / "curves")
    print("\n".join(told.sentences))
    chapter("publication")
    mine = settings.model_copy(update={"models": out / "models"})
    adapters = publish(made.folder, settings, to=mine.models_dir / "adapters", say=print)
    chapter("one turn")
    adapter = catalogue.adapter("smoke-135m", mine)
    if adapter is None or adapter != adapters.registered:
        raise SystemExit("the catalogue does not find what was published")
    said = asyncio.run(one_turn(adapter, settings))
    print(f"candidate: {ANSWER}\ninterviewer: {said} {MOVE.seed}")
    if "PostgreSQL" not in said or not said.rstrip().endswith("."):
        raise SystemExit("the turn names nothing, or is no statement")
    chapter("done")
    print(out)


if __name__ == "__main__":
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    try:
        main()
    except MulakatError as error:
        raise SystemExit(f"mulakat: {error}") from None
