"""Files from the model hub over HTTP: resumed where they were cut off, retried, held to a checksum.

Does not: keep accounts. HF_TOKEN and HF_ENDPOINT, which the hub's own tools use, are read when a fetch
begins; proxies and certificates come from the usual variables.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import httpx

from mulakat.catalogue import disk
from mulakat.catalogue.entry import FileSpec, HubSource
from mulakat.errors import ModelCorrupt, SourceUnreachable


@dataclass(frozen=True, slots=True)
class HubOptions:
    """How the hub is spoken to. Times in seconds; `pause` doubles from one attempt to the next."""

    endpoint: str = "https://huggingface.co"
    token: str = field(default="", repr=False)
    attempts: int = 4
    pause: float = 1.0
    connect_timeout: float = 15.0
    read_timeout: float = 60.0

    @classmethod
    def from_environment(cls) -> HubOptions:
        endpoint = os.environ.get("HF_ENDPOINT") or cls().endpoint
        return cls(endpoint=endpoint.rstrip("/"), token=os.environ.get("HF_TOKEN", ""))


@dataclass(frozen=True, slots=True)
class Wanted:
    """One file to fetch. `sha256` is "" when only the hub knows it; `accept` is a licence page or ""."""

    model: str
    spec: FileSpec
    sha256: str
    accept: str = ""


@dataclass(frozen=True, slots=True)
class _Told:
    """What the hub says of a file: its sha256 or its git blob id (small files), and bytes in all."""

    sha256: str
    blob: str
    size: int


class _Again(Exception):
    """A fault that the next attempt may not meet."""


class _Torn(_Again):
    """What was resumed does not fit together; begun anew."""


def url(source: HubSource, name: str, options: HubOptions) -> str:
    path = "/".join(p for p in (source.repo, "resolve", source.revision, source.root, name) if p)
    return f"{options.endpoint}/{quote(path)}"


def download(
    address: str, wanted: Wanted, part: Path, options: HubOptions, report: Callable[[int], None]
) -> None:
    """Fetches one file into `part`, going on where an earlier try stopped; `report` gets bytes so far.

    Raises SourceUnreachable, ModelCorrupt (nothing of it is kept), or DiskFull (what came is kept).
    """
    headers = {"Accept-Encoding": "identity"}  # ranges count the bytes of the file, not of a packed form
    if options.token:
        headers["Authorization"] = f"Bearer {options.token}"
    limits = httpx.Timeout(options.read_timeout, connect=options.connect_timeout)
    try:
        with httpx.Client(headers=headers, timeout=limits, follow_redirects=True) as client:
            _persist(lambda: _once(client, address, wanted, part, report), part, options)
    except (httpx.InvalidURL, httpx.HTTPError, _Again) as error:
        reason = str(error) or type(error).__name__
        raise SourceUnreachable(f"{address}: {reason}") from error


def _persist(attempt: Callable[[], None], part: Path, options: HubOptions) -> None:
    """Tries until it succeeds, or fails `options.attempts` times in a row without a new byte."""
    left, torn = options.attempts, False
    while True:
        before = _size(part)
        try:
            return attempt()
        except (httpx.TransportError, _Again) as error:
            torn |= isinstance(error, _Torn)  # from then on gains do not count: it could go on for ever
            left = options.attempts if _size(part) > before and not torn else left - 1
            if left <= 0:
                raise
            time.sleep(options.pause * 2 ** (options.attempts - left))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _once(
    client: httpx.Client, address: str, wanted: Wanted, part: Path, report: Callable[[int], None]
) -> None:
    have = _size(part)
    with client.stream("GET", address, headers={"Range": f"bytes={have}-"} if have else {}) as answer:
        _refuse(answer, address, wanted)
        told = _told(answer)
        _agree(wanted, told, part)
        if answer.status_code == 416 and have != told.size:
            part.unlink()
            raise _Again("the part on the disk is no beginning of the file")
        if answer.status_code != 416:
            have = have if _continues(answer, have) else 0
            _write(answer, wanted, part, have, report)
    _judge(wanted, told, part, resumed=have > 0)


def _refuse(answer: httpx.Response, address: str, wanted: Wanted) -> None:
    code = answer.status_code
    if code in (200, 206, 416):
        return
    if code in (401, 403):
        page = wanted.accept or address.split("/resolve/")[0]
        raise SourceUnreachable(
            f"{address}: the hub wants an account ({code})",
            f"Accept the licence at {page}, make an access token there and set HF_TOKEN to it.",
        )
    if code in (408, 425, 429) or code >= 500:
        raise _Again(f"the server answers {code}")
    raise SourceUnreachable(f"{address}: the server answers {code}")


def _told(answer: httpx.Response) -> _Told:
    """The hub names checksum and size in the first answer, before it sends on to a storage server."""
    mark, size = "", 0
    for one in [*answer.history, answer]:
        etag = one.headers.get("x-linked-etag") or (one.headers.get("etag") if not mark else "")
        mark = (etag or mark).removeprefix("W/").strip('"')
        linked = one.headers.get("x-linked-size", "")
        size = int(linked) if linked.isdecimal() else size
    if span := re.fullmatch(r"bytes (?:\d+-\d+|\*)/(\d+)", answer.headers.get("content-range", "")):
        size = int(span[1])
    elif answer.status_code == 200:
        size = int(answer.headers.get("content-length", size))
    sha = mark if re.fullmatch(r"[0-9a-f]{64}", mark) else ""
    return _Told(sha, mark if re.fullmatch(r"[0-9a-f]{40}", mark) else "", size)


def _agree(wanted: Wanted, told: _Told, part: Path) -> None:
    """Gigabytes need not be fetched to see that the hub now has another file than the one expected."""
    if wanted.sha256 and told.sha256 and wanted.sha256 != told.sha256:
        part.unlink(missing_ok=True)
        raise _corrupt(wanted, f"the hub has another file now (sha256 {told.sha256})", wanted.sha256)


def _continues(answer: httpx.Response, have: int) -> bool:
    span = answer.headers.get("content-range", "")
    return answer.status_code == 206 and span.startswith(f"bytes {have}-")


def _write(
    answer: httpx.Response, wanted: Wanted, part: Path, have: int, report: Callable[[int], None]
) -> None:
    coming = int(answer.headers.get("content-length", max(wanted.spec.size - have, 0)))
    disk.require_room(part.parent, coming, wanted.spec.name)
    report(have)
    with disk.writing(part.parent, coming, wanted.spec.name), part.open("ab" if have else "wb") as out:
        for block in answer.iter_raw():  # as they come: blocks of a fixed size would lose the last at a cut
            out.write(block)
            out.flush()
            report(out.tell())


def _judge(wanted: Wanted, told: _Told, part: Path, resumed: bool) -> None:
    size, fault = part.stat().st_size, ""
    if told.size and size < told.size:
        raise _Again(f"the connection ended after {size} of {told.size} bytes")
    want = wanted.sha256 or told.sha256
    if want and (got := disk.sha256(part)) != want:
        fault = f"its sha256 is {got}"
    elif not want and told.blob and (got := _blob(part)) != told.blob:
        fault = f"its git blob id is {got} instead of {told.blob}"
    elif told.size and size != told.size:
        fault = f"it has {size} bytes instead of {told.size}"
    if not fault:
        return
    part.unlink()
    if resumed:  # two states of the file may have been joined; from the start it can still come out right
        raise _Torn(f"what was resumed does not fit together: {fault}")
    raise _corrupt(wanted, fault, want)


def _blob(path: Path) -> str:
    digest = hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    with contextlib.closing(path.open("rb")) as stream:
        while block := stream.read(disk.CHUNK):
            digest.update(block)
    return digest.hexdigest()


def _corrupt(wanted: Wanted, fault: str, want: str) -> ModelCorrupt:
    expected = f" instead of {want}" if want and "instead" not in fault else ""
    return ModelCorrupt(
        f"{wanted.spec.name} of '{wanted.model}' came damaged or changed: {fault}{expected}.",
        f"Try `mulakat models fetch {wanted.model} --force`; if it stays so, take the file from a source "
        f"you trust and run `mulakat models fetch {wanted.model} --from FILE`.",
    )
