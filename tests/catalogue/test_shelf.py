import os
from typing import Any

import pytest

from mulakat import catalogue
from mulakat.catalogue import shelf
from mulakat.catalogue.entry import FileSpec
from mulakat.errors import CatalogueError
from mulakat.settings import Settings

from .conftest import GGUF, sha, small
from .test_locate import put


def state(settings: Settings) -> tuple[str, str]:
    (seen,) = catalogue.status(settings)
    return seen.state, seen.note


def test_from_absent_to_ready(settings: Settings, shelve: Any) -> None:
    shelve(small(sha256=sha(GGUF)))
    assert state(settings) == ("absent", "not fetched")
    assert catalogue.verify("small", settings).verdict == "missing"
    path = put(settings, GGUF)
    assert state(settings) == ("unverified", "")
    assert catalogue.verify("small", settings).ok
    assert state(settings) == ("ready", "")
    os.utime(path, ns=(1, 1))
    assert state(settings) == ("unverified", "")


def test_changed_content_of_the_same_size_is_found(settings: Settings, shelve: Any) -> None:
    shelve(small(sha256=sha(GGUF)))
    put(settings, GGUF[:-1] + b"?")
    result = catalogue.verify("small", settings)
    assert (result.verdict, result.ok) == ("corrupt", False)
    assert sha(GGUF) in result.faults[0]
    assert state(settings)[0] == "unverified"


def test_first_use_is_pinned_and_holds_from_then_on(settings: Settings, shelve: Any) -> None:
    shelve(small())
    path = put(settings, GGUF)
    assert catalogue.verify("small", settings).verdict == "first-use"
    assert catalogue.verify("small", settings).verdict == "ok"
    path.write_bytes(GGUF[:-1] + b"?")
    assert catalogue.verify("small", settings).verdict == "corrupt"
    path.write_bytes(GGUF[:-1])
    assert state(settings)[0] == "damaged"


def test_half_a_model_is_damaged(settings: Settings, shelve: Any) -> None:
    shelve(small(files=(FileSpec("a.bin", 1), FileSpec("b.bin", 1))))
    put(settings, b"x", "small/a.bin")
    assert state(settings) == ("damaged", "b.bin is missing")
    assert catalogue.verify("small", settings).faults == ("b.bin is missing",)


@pytest.mark.parametrize("text", ["", "[]", '{"small.gguf": 1}', '{"small.gguf": {"odd": 1}}', "\udcff"])
def test_unreadable_pins_are_no_pins(settings: Settings, shelve: Any, text: str) -> None:
    entry = shelve(small())
    put(settings, GGUF)
    pins = shelf.pins_path(entry, settings)
    pins.parent.mkdir(parents=True)
    pins.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert shelf.pins(entry, settings) == {}
    assert catalogue.verify("small", settings).verdict == "first-use"


def test_unknown_name(settings: Settings, shelve: Any) -> None:
    shelve(small())
    with pytest.raises(CatalogueError):
        catalogue.verify("else", settings)
