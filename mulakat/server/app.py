"""The HTTP edge: routes, who may use them, and the built page.

Does not: hold an interview (`room`), or talk to a page that is in one (`live`).
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

from fastapi import FastAPI, Request, Response, WebSocket
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse
from starlette.exceptions import HTTPException
from starlette.websockets import WebSocketDisconnect

from mulakat import __version__
from mulakat.errors import MulakatError, UnknownInterview
from mulakat.messages import Language
from mulakat.report.pdf import render_pdf
from mulakat.report.transcript import Transcript, as_json, as_text
from mulakat.room.services import Building
from mulakat.server import auth, wire
from mulakat.server.guardrails import Guardrails
from mulakat.server.hub import Hub
from mulakat.server.live import Connection, token_of
from mulakat.server.opinions import Opinions
from mulakat.server.preparation import Preparations
from mulakat.server.preparing import add_preparation
from mulakat.server.reporting import add_reports
from mulakat.server.reports import Reports
from mulakat.server.schemas import (
    Created,
    Deleted,
    ErrorOut,
    Health,
    InterviewLine,
    InterviewOut,
    Options,
    SampleIn,
    SetupIn,
)
from mulakat.server.sessions import Owner
from mulakat.server.views import Desk
from mulakat.store import Record

log = logging.getLogger(__name__)

PAGE = Path(__file__).parent / "page"
HELLO_WITHIN_S = 10.0
"""How long a page without the cookie has to show its token."""
STATUS = {
    "unknown_interview": 404,
    "interview": 409,
    "interview_over": 409,
    "paused": 409,
    "not_yet": 409,
    "exam_running": 409,
    "too_many": 503,
    "disk_full": 507,
    "report": 409,
    "document": 422,
    "document_too_large": 413,
    "document_locked": 422,
    "document_damaged": 422,
    "document_without_text": 422,
    "document_kind": 415,
    "document_foreign": 422,
    "unknown_document": 404,
    "store": 503,
}
FAULTS: dict[int | str, dict[str, object]] = {
    code: {"model": ErrorOut} for code in (403, 404, 409, 413, 415, 422, 503, 507)
}


def create_app(building: Building, *, page: Path = PAGE, hosts: frozenset[str] = frozenset()) -> FastAPI:
    """The whole application over services that are already built; closes them at shutdown."""
    hub = Hub(building.services, building.settings.max_interviews)
    desk = Desk(building, hub)
    preparations = Preparations(building.store, building.settings, hub)
    hub.questions = preparations.questions
    building.services.reader.lean_on(preparations.embedder)
    reports = Reports(building.store, building.library, building.services.reader)
    opinions = Opinions(building, reports)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        hub.start()
        yield
        await hub.close()
        await opinions.close()
        await asyncio.to_thread(preparations.close)
        await building.close()

    app = FastAPI(
        title="Mülakat",
        version=__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        responses=FAULTS,
    )
    app.state.desk = desk
    app.add_middleware(Guardrails, hosts=hosts)
    _faults(app)
    _interviews(app, desk)
    add_preparation(app, desk, preparations)
    add_reports(app, desk, reports, opinions)
    _transcripts(app, desk)
    _live(app, desk)
    _page(app, page)
    return app


def _faults(app: FastAPI) -> None:
    def out(status: int, code: str, message: str, fix: str) -> JSONResponse:
        return JSONResponse(ErrorOut(code=code, message=message, fix=fix).model_dump(), status)

    @app.exception_handler(MulakatError)
    async def _(_: Request, error: MulakatError) -> JSONResponse:
        return out(STATUS.get(error.code, 500), error.code, error.message, error.fix)

    @app.exception_handler(RequestValidationError)
    async def _(_: Request, error: RequestValidationError) -> JSONResponse:
        faults = "; ".join(
            f"{'.'.join(str(p) for p in e['loc'][1:]) or 'body'}: {e['msg']}" for e in error.errors()[:5]
        )
        return out(422, "bad_request", f"The request is not understood: {faults}.", "Correct these fields.")

    @app.exception_handler(HTTPException)
    async def _(_: Request, error: HTTPException) -> JSONResponse:
        known = {404: "There is nothing here.", 405: "That is not how this address is used."}
        message = known.get(error.status_code, str(error.detail))
        made = out(error.status_code, f"http_{error.status_code}", message, "Check the address.")
        made.headers.update(error.headers or {})
        return made


def _interviews(app: FastAPI, desk: Desk) -> None:
    @app.get("/api/health")
    async def health() -> Health:
        return Health(status="ok", version=__version__)

    @app.get("/api/options")
    async def options(language: Language = "en") -> Options:
        return desk.options(language)

    @app.post("/api/interviews", status_code=201)
    async def create(body: SetupIn, request: Request, response: Response) -> Created:
        return await desk.create(body, _session(request, response))

    @app.post("/api/interviews/sample", status_code=201)
    async def sample(body: SampleIn, request: Request, response: Response) -> Created:
        return await desk.create(desk.sample(body), _session(request, response))

    @app.get("/api/interviews")
    async def past(owner: Owner) -> list[InterviewLine]:
        return await desk.past(owner)

    @app.delete("/api/interviews")
    async def delete_all(owner: Owner) -> Deleted:
        return Deleted(deleted=await desk.delete_all(owner))

    @app.get("/api/interviews/{interview_id}")
    async def one(interview_id: str, request: Request, owner: Owner) -> InterviewOut:
        return await desk.one(await desk.open(interview_id, owner, auth.bearer(request.headers)))

    @app.delete("/api/interviews/{interview_id}", status_code=204)
    async def delete(interview_id: str, request: Request, owner: Owner) -> Response:
        await desk.delete(await desk.open(interview_id, owner, auth.bearer(request.headers)))
        return Response(status_code=204)


def _session(request: Request, response: Response) -> str:
    """The browser session's hash; a browser without one gets it now."""
    token = request.cookies.get(auth.COOKIE, "")
    if not token:
        token = auth.new_token()
        set_cookie(response, token)
    return auth.digest(token)


def set_cookie(response: Response, token: str) -> None:
    response.set_cookie(
        auth.COOKIE, token, max_age=auth.COOKIE_AGE_S, httponly=True, samesite="strict", path="/"
    )


def _transcripts(app: FastAPI, desk: Desk) -> None:
    @app.get("/api/interviews/{interview_id}/transcript.{form}", response_class=Response)
    async def transcript(
        interview_id: str,
        form: Literal["pdf", "json", "txt"],
        request: Request,
        owner: Owner,
        language: Language | None = None,
        zone: str = "",
    ) -> Response:
        record = await desk.open(interview_id, owner, auth.bearer(request.headers))
        told = await desk.transcript(record, zone[:64])
        shown = language or record.setup.page_language
        return await asyncio.to_thread(_export, told, form, shown)


def _export(told: Transcript, form: str, language: Language) -> Response:
    name = f"mulakat-{told.started[:10]}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if form == "pdf":
        headers["Content-Disposition"] = f'inline; filename="{name}"'
        return Response(render_pdf(told, language), media_type="application/pdf", headers=headers)
    if form == "json":
        return JSONResponse(as_json(told), headers=headers)
    return PlainTextResponse(as_text(told, language), headers=headers)


def _live(app: FastAPI, desk: Desk) -> None:
    voices: dict[str, Connection] = {}

    @app.websocket("/api/interviews/{interview_id}/live")
    async def live(socket: WebSocket, interview_id: str) -> None:
        await socket.accept()
        try:
            record, first = await _admitted(socket, desk, interview_id)
            room = await desk.hub.room(record)
        except MulakatError as error:
            await socket.send_text(wire.dumps(wire.fault(error)))
            await socket.close(4404 if isinstance(error, UnknownInterview) else 4409, error.code)
            return
        except WebSocketDisconnect:
            return
        await Connection(socket, room, voices, desk.field_name(record.setup)).run(first)


async def _admitted(socket: WebSocket, desk: Desk, interview_id: str) -> tuple[Record, str | None]:
    """The interview that the page may open by its cookie or by the token in its hello, and that hello
    if it was read for this already. Raises UnknownInterview."""
    cookie = socket.cookies.get(auth.COOKIE, "")
    owner = auth.digest(cookie) if cookie else ""
    try:
        return await desk.open(interview_id, owner, auth.bearer(socket.headers)), None
    except UnknownInterview as unknown:
        try:
            first = await asyncio.wait_for(socket.receive(), HELLO_WITHIN_S)
        except TimeoutError:
            raise unknown from None
        if first["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(first.get("code") or 1005) from None
        text = first.get("text") or ""
        return await desk.open(interview_id, owner, token_of(text)), text


def _page(app: FastAPI, page: Path) -> None:
    """The built page; every address that is no file is the page itself, which has routes of its own."""
    root = page.resolve()

    @app.get("/{path:path}", include_in_schema=False)
    def serve(path: str, request: Request) -> Response:
        if path.startswith("api/"):
            raise HTTPException(404)
        if path and (file := _file_of(root, path)):
            age = "public, max-age=31536000, immutable" if path.startswith("assets/") else "no-cache"
            return FileResponse(file, headers={"Cache-Control": age})
        if not (root / "index.html").is_file():
            return PlainTextResponse(
                "The page is not built yet. Run `make setup`, then load this address again.\n", 503
            )
        response = FileResponse(root / "index.html", headers={"Cache-Control": "no-store"})
        # A link on another site leads here without the strict cookie; one that is there must stay.
        linked = request.headers.get("sec-fetch-site") == "cross-site"
        if not request.cookies.get(auth.COOKIE) and not linked:
            set_cookie(response, auth.new_token())
        return response


def _file_of(root: Path, path: str) -> Path | None:
    """The page's file at a path; None when there is none or the path leads out of the folder."""
    try:
        wanted = (root / path).resolve()
        return wanted if wanted.is_relative_to(root) and wanted.is_file() else None
    except (OSError, ValueError):  # names that are too long, or hold a NUL
        return None
