"""The routes of preparation: handing documents in, correcting what was read, taking documents back.

Does not: understand anything (`preparation` does).
"""

from __future__ import annotations

from typing import Annotated

from fastapi import FastAPI, Query, Request

from mulakat.server import auth
from mulakat.server.preparation import Preparations
from mulakat.server.schemas_preparation import CorrectionsIn, DocumentRole, PreparationOut
from mulakat.server.sessions import Owner
from mulakat.server.views import Desk

Name = Annotated[str, Query(min_length=1, max_length=200, description="the file's name")]


def add_preparation(app: FastAPI, desk: Desk, preparations: Preparations) -> None:
    """Adds the routes. Each answers with the whole preparation as it is then."""
    whole = "/api/interviews/{interview_id}/preparation"

    @app.get(whole)
    async def preparation(interview_id: str, request: Request, owner: Owner) -> PreparationOut:
        return await preparations.show(await desk.open(interview_id, owner, auth.bearer(request.headers)))

    @app.put(f"{whole}/corrections")
    async def correct(
        interview_id: str, body: CorrectionsIn, request: Request, owner: Owner
    ) -> PreparationOut:
        record = await desk.open(interview_id, owner, auth.bearer(request.headers))
        return await preparations.correct(record, body)

    @app.put(
        "/api/interviews/{interview_id}/documents/{kind}",
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
            }
        },
    )
    async def hand_in(
        interview_id: str, kind: DocumentRole, name: Name, request: Request, owner: Owner
    ) -> PreparationOut:
        record = await desk.open(interview_id, owner, auth.bearer(request.headers))
        return await preparations.hand_in(record, kind, name, await request.body())

    @app.delete("/api/interviews/{interview_id}/documents/{document_id}")
    async def take_back(
        interview_id: str, document_id: str, request: Request, owner: Owner
    ) -> PreparationOut:
        record = await desk.open(interview_id, owner, auth.bearer(request.headers))
        return await preparations.remove(record, document_id)
