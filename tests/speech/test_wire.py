"""Frames between server and engine: whole ones pass, anything else is an error and never a guess."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulakat.speech.wire import MAGIC, WireError, read_frame, write_frame

HEADERS = st.dictionaries(st.text(max_size=8), st.one_of(st.integers(), st.text(max_size=20)), max_size=5)


@given(st.lists(st.tuples(HEADERS, st.binary(max_size=200)), max_size=5))
def test_frames_come_back_as_written(frames: list[tuple[dict[str, object], bytes]]) -> None:
    stream = io.BytesIO()
    for header, body in frames:
        write_frame(stream, header, body)
    stream.seek(0)
    assert [read_frame(stream) for _ in frames] == frames
    assert read_frame(stream) is None


@given(HEADERS, st.binary(max_size=50), st.data())
def test_a_cut_frame_is_an_error(header: dict[str, object], body: bytes, data: st.DataObject) -> None:
    stream = io.BytesIO()
    write_frame(stream, header, body)
    whole = stream.getvalue()
    cut = data.draw(st.integers(1, len(whole) - 1))
    with pytest.raises(WireError):
        read_frame(io.BytesIO(whole[:cut]))


@given(st.binary(min_size=1, max_size=100).filter(lambda raw: not raw.startswith(MAGIC)))
def test_garbage_is_an_error(raw: bytes) -> None:
    with pytest.raises(WireError):
        read_frame(io.BytesIO(raw))


@pytest.mark.parametrize("header", [b"nonsense", b"[1]", b"\xff\xfe"])
def test_a_header_that_is_no_object_is_an_error(header: bytes) -> None:
    raw = MAGIC + len(header).to_bytes(4, "little") + bytes(4) + header
    with pytest.raises(WireError):
        read_frame(io.BytesIO(raw))


def test_a_monstrous_length_is_refused_before_it_is_read() -> None:
    with pytest.raises(WireError):
        read_frame(io.BytesIO(MAGIC + b"\xff" * 8))
