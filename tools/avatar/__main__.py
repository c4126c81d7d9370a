"""`python -m tools.avatar build --out web/public/avatars` makes the interviewers.

`verify` builds them again and compares the bytes. `portraits` renders the still picture beside each GLB,
`preview` the contact sheets; both need Chromium.

Does not: run in the product; see PROVENANCE.md for where the data come from.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tools.avatar import verify
from tools.avatar.build import Workshop, person_glb
from tools.avatar.compress import compress
from tools.avatar.manifest import read_manifest, write_manifest
from tools.avatar.person import load_people
from tools.avatar.preview import sheets
from tools.avatar.source import Assets, SourceError, fetch

_HERE = Path(__file__).parent


def _build(out: Path, cache: Path, only: list[str], plain: bool) -> None:
    people = load_people(_HERE / "people.toml")
    out.mkdir(parents=True, exist_ok=True)
    workshop = Workshop.open(Assets(fetch(cache)))
    for person in people:
        if only and person.id not in only:
            continue
        data = person_glb(workshop, person)
        target = out / f"{person.id}.glb"
        target.write_bytes(data if plain else compress(data, cache / "npm"))
        print(f"{target.name}: {target.stat().st_size / 1e6:.2f} MB")
    write_manifest(people, _HERE / "expressions.toml", out, only or [person.id for person in people])


def _verify(glbs: Path, cache: Path, only: list[str]) -> None:
    """Builds into a folder that goes away. Raises SourceError when a GLB is not the one in the manifest."""
    document = read_manifest(glbs)
    with tempfile.TemporaryDirectory() as folder:
        _build(Path(folder), cache, only, plain=False)
        faults = verify.differences(document, Path(folder), only)
    if faults:
        raise SourceError("\n".join(faults))
    print("Every byte is the same.")


def main() -> int:
    """Parses the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tools.avatar", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", help="build the GLBs and manifest.json")
    build.add_argument("--out", type=Path, required=True)
    build.add_argument("--cache", type=Path, default=Path("out/avatar"), help="for the wheel and gltfpack")
    build.add_argument("--only", nargs="*", default=[], help="ids of people.toml")
    build.add_argument("--plain", action="store_true", help="leave out the compression")
    proof = commands.add_parser(
        "verify", help="build again and compare the bytes with the manifest's hashes"
    )
    proof.add_argument("--glbs", type=Path, default=Path("web/public/avatars"))
    proof.add_argument("--cache", type=Path, default=Path("out/avatar"), help="for the wheel and gltfpack")
    proof.add_argument("--only", nargs="*", default=[], help="ids of people.toml")
    preview = commands.add_parser("preview", help="render contact sheets in headless Chromium")
    preview.add_argument("--glbs", type=Path, default=Path("web/public/avatars"))
    preview.add_argument("--out", type=Path, default=Path("docs/avatars"))
    preview.add_argument("--cache", type=Path, default=Path("out/avatar"), help="for the npm packages")
    stills = commands.add_parser("portraits", help="render the still portrait beside each GLB")
    stills.add_argument("--glbs", type=Path, default=Path("web/public/avatars"))
    stills.add_argument("--cache", type=Path, default=Path("out/avatar"), help="for the npm packages")
    given = parser.parse_args()
    try:
        if given.command == "build":
            _build(given.out, given.cache, given.only, given.plain)
        elif given.command == "verify":
            _verify(given.glbs, given.cache, given.only)
        elif given.command == "portraits":
            sheets.portraits(given.glbs, given.cache / "preview")
        else:
            sheets.write(given.glbs, given.out, given.cache / "preview")
    except SourceError as fault:
        print(fault, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
