"""The loop inside an engine's own process: read a request, speak, write the reply.

Each `*_worker` module calls `serve` with a function that opens its engine. The process ends when
its standard input ends, so it never outlives the server. Does not: restart or time anything
(`worker` does, on the server's side).
"""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from typing import IO

from mulakat.speech.wire import Header, WireError, read_frame, write_frame

Speak = Callable[[Header], tuple[Header, bytes]]


class Refused(Exception):
    """This request cannot be spoken, the next one may: the message goes back to the server."""


def serve(open_engine: Callable[[], tuple[Speak, Header]]) -> int:
    """Runs the loop until the input ends; returns the exit status.

    `open_engine` gives the function that speaks and what to tell the server first. Its failure is
    told to the server as well, so that the user reads why.
    """
    out = _private_stdout()
    with contextlib.suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the server's to handle
    try:
        speak, hello = open_engine()
    except Exception as error:
        write_frame(out, {"hello": False, "error": f"{type(error).__name__}: {error}"})
        return 1
    try:
        write_frame(out, {"hello": True, **hello})
        return _loop(sys.stdin.buffer, out, speak)
    except OSError:  # the server went away while we wrote
        return 0


def _private_stdout() -> IO[bytes]:
    """A stream of our own on the real stdout; whatever libraries print goes to stderr instead."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def _loop(source: IO[bytes], out: IO[bytes], speak: Speak) -> int:
    while True:
        try:
            frame = read_frame(source)
        except WireError as error:
            print(f"bad request: {error}", file=sys.stderr)
            return 2
        if frame is None:
            return 0
        header, body = _answer(frame[0], speak)
        write_frame(out, header, body)


def _answer(request: Header, speak: Speak) -> tuple[Header, bytes]:
    number = request.get("id")
    try:
        header, body = speak(request)
    except Refused as error:
        return {"id": number, "error": str(error)}, b""
    except Exception as error:  # one bad sentence must not end the voice
        return {"id": number, "error": f"{type(error).__name__}: {error}"}, b""
    return {"id": number, **header}, body
