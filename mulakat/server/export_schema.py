"""Writes the server's types as one OpenAPI document, from which the page's TypeScript is generated.

python -m mulakat.server.export_schema web/schema/openapi.json
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, cast

from fastapi import FastAPI

from mulakat.room.services import Building
from mulakat.server.app import create_app
from mulakat.server.schemas import live_schema


def schema() -> dict[str, Any]:
    """OpenAPI of the HTTP routes, with the live channel's messages among its components."""
    app: FastAPI = create_app(cast(Building, _Nothing()))
    document = app.openapi()
    live = live_schema()
    components = document.setdefault("components", {}).setdefault("schemas", {})
    components.update(live.pop("$defs", {}))
    components["Live"] = live
    return document


class _Nothing:
    """Stands for services: they are wired while the application is made, and no route touches them."""

    def __getattr__(self, _: str) -> _Nothing:
        return self

    def __call__(self, *_: object) -> _Nothing:
        return self


def main() -> None:
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(schema(), indent=2, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
