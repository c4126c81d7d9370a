"""Builds what all rooms share from the settings: store, model, voices, packs.

Does not: fetch a model; when one is missing the interview goes on with the packs' own wording, and
`notes` says so.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass, field
from pathlib import Path

from mulakat import __version__, catalogue
from mulakat.errors import CatalogueError, MulakatError, SettingsError
from mulakat.interview.packs.library import Library, load
from mulakat.llm.chat_format import CHATML, FORMATS
from mulakat.llm.fake import FakeEngine
from mulakat.llm.local import LocalOptions, open_local
from mulakat.llm.protocol import Engine
from mulakat.llm.remote import RemoteEngine
from mulakat.messages import Language
from mulakat.room.provenance import hashes
from mulakat.room.reader import Reader
from mulakat.room.room import Services
from mulakat.settings import Settings
from mulakat.speech import open_synthesizer
from mulakat.speech.router import VoiceRouter
from mulakat.store import Store, open_store

log = logging.getLogger(__name__)


@dataclass
class Building:
    """The services of one process, and what a person should know about them."""

    settings: Settings
    store: Store
    services: Services
    library: Library
    voices: VoiceRouter
    engine: Engine | None
    notes: list[MulakatError] = field(default_factory=list)

    @property
    def wording(self) -> str:
        """What words the interviewer's sentences, in a few words."""
        return self.engine.name if self.engine else "packs"

    async def close(self) -> None:
        if self.engine:
            await self.engine.close()
        await self.voices.close()
        await asyncio.to_thread(self.store.close)


def build(settings: Settings, *, store: Store | None = None) -> Building:
    """Everything an interview needs. Blocks while the model loads.

    Raises StoreError, PackError or SettingsError; a model that cannot be had is a note, not an error.
    """
    library = load(settings.packs)
    store = store or open_store(settings.database_url)
    notes: list[MulakatError] = []
    try:
        engine, adapter = open_engine(settings)
    except CatalogueError as error:
        log.warning("%s", error)
        notes.append(error)
        engine, adapter = None, None
    voices = open_synthesizer(settings)
    reader = Reader(library)
    reader.warm()
    services = Services(
        store=store,
        engine=engine,
        adapter=adapter,
        voices=voices,
        library=library,
        reader=reader,
        patience=settings.reply_timeout,
        hurry=settings.hurry or None,
        versions=versions(settings, engine, adapter, library),
    )
    return Building(settings, store, services, library, voices, engine, notes)


def open_engine(settings: Settings) -> tuple[Engine | None, str | None]:
    """The engine that the settings ask for, and the adapter's name if it has one.

    Raises CatalogueError when the model or adapter is missing or broken, SettingsError otherwise.
    """
    if settings.engine == "none":
        return None, None
    if settings.engine == "fake":
        return FakeEngine(), None
    if settings.engine == "remote":
        if not settings.remote_url:
            raise SettingsError("The engine is 'remote' but no server is named.", "Set MULAKAT_REMOTE_URL.")
        return _remote(settings), None
    if settings.engine != "local":
        raise SettingsError(
            f"There is no engine '{settings.engine}'.", "Set MULAKAT_ENGINE to local, remote or none."
        )
    return _local(settings)


def _remote(settings: Settings) -> Engine:
    return RemoteEngine(
        settings.remote_url,
        settings.remote_model,
        settings.remote_key,
        grammar=settings.remote_grammar,
        timeout=settings.reply_timeout,
    )


def _local(settings: Settings) -> tuple[Engine, str | None]:
    path = catalogue.locate(settings.model, settings)
    entry = catalogue.load_catalogue().get(settings.model)
    base = settings.model == "smollm2-135m-instruct"
    lora = (
        catalogue.adapter(settings.interviewer, settings) if base or "/" in settings.interviewer else None
    )
    name = lora.stem if lora else None
    options = LocalOptions(
        slots=settings.slots, queue=settings.queue, threads=settings.threads, stall=settings.reply_timeout
    )
    engine = open_local(
        path,
        {name: lora} if lora and name else {},
        options,
        name=f"{settings.model} + {name}" if name else settings.model,
        chat=FORMATS.get(entry.chat, CHATML) if entry and entry.chat else CHATML,
        free_languages=_free_languages(entry.languages if entry else ("en", "tr")),
        words_questions=settings.wording == "turn" or (settings.wording == "auto" and not base),
    )
    return engine, name


def _free_languages(languages: tuple[str, ...]) -> frozenset[Language]:
    both: tuple[Language, ...] = ("en", "tr")
    return frozenset(code for code in both if code in languages or "mul" in languages)


def versions(
    settings: Settings, engine: Engine | None, adapter: str | None, library: Library
) -> dict[str, str]:
    """What makes an interview reproducible, for the transcript's last page."""
    packs = ", ".join(f"{p.id} {p.version}" for p in library.packs.values())
    model = settings.remote_model if settings.engine == "remote" else settings.model
    return {
        "program": __version__,
        "engine": settings.engine if engine else "none",
        "model": model if engine else "",
        "adapter": adapter or "",
        "packs": packs,
        **hashes(settings, library, _adapter_file(settings) if adapter else None),
    }


def _adapter_file(settings: Settings) -> Path | None:
    try:
        return catalogue.adapter(settings.interviewer, settings)
    except CatalogueError:  # it was there when the engine was opened
        return None
