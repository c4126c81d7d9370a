"""Starts the server: checks the port, builds the services, opens the page, runs until told to stop.

Does not: know routes (`server.app`).
"""

from __future__ import annotations

import errno
import logging
import os
import socket
import threading
import time
import urllib.request
import webbrowser

import uvicorn

from mulakat.errors import PortInUse, SettingsError
from mulakat.room.services import build
from mulakat.server.app import PAGE, create_app
from mulakat.server.limits import HARD_FRAME
from mulakat.settings import Settings

LOOPBACK = ("127.0.0.1", "::1", "localhost")


def serve(settings: Settings, *, quiet: bool = False) -> None:
    """Serve until interrupted.

    Raises PortInUse, SettingsError, StoreError or PackError before it starts.
    """
    _check_host(settings)
    listening = _bind(settings.host, settings.port)
    building = build(settings)
    for note in building.notes if not quiet else ():
        print(f"Note: {note} Until then the interviewer speaks in the packs' own words.", flush=True)
    hosts = frozenset() if settings.host in LOOPBACK else frozenset({settings.host})
    config = uvicorn.Config(
        create_app(building, hosts=hosts),
        ws_max_size=HARD_FRAME,
        ws_max_queue=16,
        ws_ping_interval=20.0,
        ws_per_message_deflate=False,
        log_level="warning",
        timeout_graceful_shutdown=3,
        server_header=False,
    )
    url = f"http://{'[::1]' if settings.host == '::1' else settings.host}:{settings.port}/"
    page = "" if (PAGE / "index.html").is_file() else " (the page is not built: run `make setup`)"
    if not quiet:
        print(f"Mülakat is ready at {url}{page} - stop it with Ctrl+C.", flush=True)
    if settings.open:
        threading.Thread(target=_open_when_up, args=(url,), daemon=True).start()
    uvicorn.Server(config).run(sockets=[listening])


def _check_host(settings: Settings) -> None:
    if settings.host not in LOOPBACK and not os.environ.get("MULAKAT_ALLOW_NETWORK"):
        raise SettingsError(
            f"MULAKAT_HOST={settings.host} would show interviews to the network.",
            "Set MULAKAT_ALLOW_NETWORK=1 as well if a TLS proxy stands in front of it.",
        )


def _bind(host: str, port: int) -> socket.socket:
    """The listening socket, taken before the model loads, so that a port in use is said at once."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(2048)  # only this makes a second server's bind fail
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise PortInUse(
                f"Port {port} is in use by another program.",
                f"Stop it, or take another port: MULAKAT_PORT={port + 1} make run.",
            ) from None
        raise SettingsError(
            f"The address {host}:{port} cannot be used: {error.strerror}.",
            "Correct MULAKAT_HOST or MULAKAT_PORT.",
        ) from None
    return listening


def _open_when_up(url: str) -> None:
    for _ in range(100):
        try:
            with urllib.request.urlopen(f"{url}api/health", timeout=1):  # noqa: S310 - our own address
                webbrowser.open(url)
                return
        except OSError:
            time.sleep(0.1)
    logging.getLogger(__name__).warning("the page did not come up in time to be opened")
