"""Makes the CVs that reading is measured on, and says what is in them. All people are invented.

    python -m tests.cvs.make FOLDER     writes every CV and its gold JSON

Does not: read a CV. `people_dev.yaml` was used while the rules were written, `people_held.yaml` (its
people and its layouts) was not.
"""

from __future__ import annotations

import json
import sys
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

import typst
import yaml

from . import word

Half = Literal["dev", "held"]
Person = dict[str, Any]
HERE = Path(__file__).parent


@lru_cache(maxsize=2)
def people(half: Half) -> tuple[Person, ...]:
    """The people of one half, with every key filled."""
    raw = yaml.safe_load((HERE / f"people_{half}.yaml").read_text("utf-8"))
    return tuple({"summary": "", "projects": [], "private": [], **person} for person in raw)


def document(person: Person) -> tuple[str, bytes]:
    """File name and bytes of a person's CV."""
    template = person["template"]
    if template.startswith("w_"):
        return f"{person['id']}.docx", word.build(person)
    if template == "d_scan":
        return f"{person['id']}.pdf", _scan(person)
    return f"{person['id']}.pdf", _compile(HERE / "templates" / f"{template}.typ", person)


def gold(person: Person) -> dict[str, Any]:
    """What a reader should find."""
    return {
        "name": person["name"],
        "roles": [
            {"title": r[0], "employer": r[1], "start": str(r[3]), "end": str(r[4])} for r in person["roles"]
        ],
        "skills": [skill for _, skills in person["skills"] for skill in skills],
        "education": [{"degree": e[0], "school": e[1]} for e in person["education"]],
        "projects": [p[0] for p in person["projects"]],
        "languages": [x[0] for x in person["languages"]],
    }


def _compile(template: Path, person: Person, output: str = "pdf") -> bytes:
    fonts = Path(str(files("mulakat.report") / "fonts"))
    made = typst.compile(
        str(template),
        font_paths=[str(fonts)],
        sys_inputs={"data": json.dumps(person, ensure_ascii=False)},
        format=output,
        ppi=200,
    )
    assert isinstance(made, bytes)
    return made


def _scan(person: Person) -> bytes:
    """A page that is a picture and nothing else."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "page.png"
        filled = {
            **person,
            "headings": {**person["headings"], "summary": "", "projects": "", "languages": ""},
        }
        picture.write_bytes(_compile(HERE / "templates" / "d_plain.typ", filled, "png"))
        page = Path(folder) / "page.typ"
        page.write_text('#set page(margin: 0pt, paper: "a4")\n#image("page.png", width: 100%)', "utf-8")
        made = typst.compile(str(page))
        assert isinstance(made, bytes)
        return made


def main() -> None:
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    halves: tuple[Half, Half] = ("dev", "held")
    for half in halves:
        for person in people(half):
            name, data = document(person)
            (folder / name).write_bytes(data)
            text = json.dumps(gold(person), ensure_ascii=False, indent=1)
            (folder / f"{person['id']}.json").write_text(text + "\n", "utf-8")


if __name__ == "__main__":
    main()
