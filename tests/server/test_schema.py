"""Whatever the OpenAPI document allows gives no server error, and an answer of the documented shape."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import schemathesis
from house import ROOT, building_of, fake_engine
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mulakat.server.app import create_app
from mulakat.store import Store

HOSTS = frozenset({"testserver"})


CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)


def test_answers_are_as_documented(store: Store, page: Path) -> None:
    app = create_app(building_of(store, fake_engine()), page=page, hosts=HOSTS)
    schema = schemathesis.openapi.from_asgi("/openapi.json", app)
    tried: list[str] = []
    for operation in schema.get_all_operations():
        _try(operation.ok(), tried)
    routes = {f"{method} {path}" for path, item in schema.raw_schema["paths"].items() for method in item}
    assert set(tried) == routes
    assert len(routes) >= 9


def _try(operation: Any, tried: list[str]) -> None:
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), derandomize=True)
    @given(case=operation.as_strategy())
    def answers(case: Any) -> None:
        tried.append(f"{operation.method} {operation.path}")
        case.call_and_validate(checks=CHECKS)

    answers()


def test_schema_can_be_written(tmp_path: Path) -> None:
    target = tmp_path / "deep" / "openapi.json"
    subprocess.run(
        [sys.executable, "-m", "mulakat.server.export_schema", str(target)],
        check=True,
        cwd=ROOT,
        timeout=120,
    )
    document = json.loads(target.read_text("utf-8"))
    assert "Live" in document["components"]["schemas"]
    assert "/api/interviews/{interview_id}" in document["paths"]
