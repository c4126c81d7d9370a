"""The frames that travel between the server and a speech engine's own process.

A frame is 4 bytes of magic, the lengths of header and body (unsigned 32-bit, little-endian),
a UTF-8 JSON object, and raw bytes (PCM). Does not: know what the fields mean.
"""

from __future__ import annotations

import json
import struct
from typing import IO, Any

MAGIC = b"MSW1"
_PREFIX = struct.Struct("<4sII")
_MAX_HEADER = 32 * 2**20
_MAX_BODY = 512 * 2**20

Header = dict[str, Any]


class WireError(Exception):
    """The bytes on the pipe are no frame, or end in the middle of one."""


def write_frame(stream: IO[bytes], header: Header, body: bytes = b"") -> None:
    """Writes one frame and flushes. Raises OSError when nobody reads any more."""
    head = json.dumps(header, separators=(",", ":")).encode()
    stream.write(_PREFIX.pack(MAGIC, len(head), len(body)) + head)
    if body:
        stream.write(body)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[Header, bytes] | None:
    """The next frame, or None when the stream ended between two frames.

    Raises WireError on anything that is not a whole frame.
    """
    prefix = stream.read(_PREFIX.size)
    if not prefix:
        return None
    if len(prefix) < _PREFIX.size:
        raise WireError("the stream ended within a prefix")
    magic, head_size, body_size = _PREFIX.unpack(prefix)
    if magic != MAGIC or head_size > _MAX_HEADER or body_size > _MAX_BODY:
        raise WireError(f"not a frame: {prefix!r}")
    return _header(_exactly(stream, head_size)), _exactly(stream, body_size)


def _header(raw: bytes) -> Header:
    try:
        header = json.loads(raw)
    except ValueError as error:  # UnicodeDecodeError is one too
        raise WireError(f"the header is not JSON: {error}") from error
    if not isinstance(header, dict):
        raise WireError("the header is not an object")
    return header


def _exactly(stream: IO[bytes], size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise WireError(f"the stream ended after {len(data)} of {size} bytes")
    return data
