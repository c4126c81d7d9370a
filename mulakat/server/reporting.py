"""The routes of reports: the assessment, its files, answers given again, a judge model's part, progress.

Does not: weigh or word anything (`reports` and `opinions` do).
"""

from __future__ import annotations

from typing import Literal

from fastapi import FastAPI, Request, Response

from mulakat.messages import Language
from mulakat.server import auth
from mulakat.server.opinions import Opinions
from mulakat.server.reports import Reports
from mulakat.server.schemas_report import (
    AssessmentOut,
    OpinionOut,
    PractiseIn,
    PractiseOut,
    ProgressOut,
)
from mulakat.server.sessions import Owner
from mulakat.server.views import Desk

_MEDIA = {"pdf": "application/pdf", "json": "application/json", "zip": "application/zip"}


def add_reports(app: FastAPI, desk: Desk, reports: Reports, opinions: Opinions) -> None:
    """Adds the routes. A report's language is the page's unless it is named."""
    one = "/api/interviews/{interview_id}"
    desk.on_delete.append(reports.forget)
    desk.on_delete.append(opinions.forget)

    @app.get(f"{one}/assessment")
    async def assessment(
        interview_id: str, request: Request, owner: Owner, language: Language | None = None
    ) -> AssessmentOut:
        record = await desk.open(interview_id, owner, auth.bearer(request.headers))
        return await reports.show(record, owner, language or record.setup.page_language)

    @app.get(f"{one}/report.{{form}}", response_class=Response)
    async def report(
        interview_id: str,
        form: Literal["pdf", "json", "zip"],
        request: Request,
        owner: Owner,
        language: Language | None = None,
        zone: str = "",
    ) -> Response:
        record = await desk.open(interview_id, owner, auth.bearer(request.headers))
        shown = language or record.setup.page_language
        made = await reports.export(record, form, shown, zone[:64])
        name = f"mulakat-report-{(record.ended or record.created)[:10]}.{form}"
        how = "inline" if form == "pdf" else "attachment"
        headers = {"Content-Disposition": f'{how}; filename="{name}"'}
        return Response(made, media_type=_MEDIA[form], headers=headers)

    @app.post(f"{one}/practice", status_code=201)
    async def practise(
        interview_id: str,
        body: PractiseIn,
        request: Request,
        owner: Owner,
        language: Language | None = None,
    ) -> PractiseOut:
        record = await desk.open(interview_id, owner, auth.bearer(request.headers))
        return await reports.practise(record, body, language or record.setup.page_language)

    @app.get(f"{one}/opinion")
    async def opinion(interview_id: str, request: Request, owner: Owner) -> OpinionOut:
        record = await desk.open(interview_id, owner, auth.bearer(request.headers))
        return await opinions.show(record)

    @app.post(f"{one}/opinion", status_code=202)
    async def ask_opinion(interview_id: str, request: Request, owner: Owner) -> OpinionOut:
        record = await desk.open(interview_id, owner, auth.bearer(request.headers))
        return await opinions.ask(record)

    @app.get("/api/progress")
    async def progress(owner: Owner, language: Language = "en") -> ProgressOut:
        return await reports.progress(owner, language)
