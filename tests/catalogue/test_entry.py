from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mulakat.catalogue.entry import Entry, WheelSource, entries, find, load_catalogue
from mulakat.errors import CatalogueError

BROKEN = """
["../escape"]
title = "Bad name"
kind = "poem"
licence = "MIT"
languages = []
memory = -1
files = [{ name = "a/b.gguf", size = 3, sha256 = "xyz" }]
sources = [{ kind = "ftp", host = "example.org" }]

[fine-llm]
title = "No chat format"
kind = "llm"
licence = "MIT"
languages = ["en"]
memory = 1
surprise = true
files = [{ name = "m.gguf", size = 3 }]
sources = [{ kind = "hub", repo = "a/b" }]
"""


def test_own_catalogue_has_what_the_room_needs() -> None:
    table = load_catalogue()
    embedded = {name for name, e in table.items() if e.embedded}
    assert embedded == {"smollm2-135m-instruct", "all-minilm-l6-v2", "silero-vad", "smart-turn-v3"}
    assert {"llm", "embedding", "vad", "turn_end", "tts", "stt"} == {e.kind for e in entries()}
    assert {e.name for e in entries() if e.kind == "tts" and e.speaks("tr")} >= {"tr_TR-dfki-medium"}


def test_embedded_models_stay_small_and_come_from_pinned_wheels() -> None:
    embedded = [e for e in entries() if e.embedded]
    assert sum(e.size for e in embedded) < 170_000_000
    for e in embedded:
        assert all(isinstance(s, WheelSource) for s in e.sources)
        assert all(len(f.sha256) == 64 for f in e.files)


def test_gated_model_names_the_page_with_its_licence() -> None:
    assert find("llama-3.1-8b-instruct").accept.startswith("https://huggingface.co/meta-llama/")


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    path = tmp_path / "models.toml"
    path.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(path)
    text = str(caught.value)
    for place in ("name", "kind", "languages", "memory", "files.0.name", "files.0.sha256", "sources.0"):
        assert f"../escape.{place}" in text
    assert "fine-llm.surprise" in text
    assert str(path) in text
    assert caught.value.fix


def test_incoherent_entries_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "models.toml"
    path.write_text(
        '[m]\ntitle = "t"\nkind = "llm"\nlicence = "MIT"\nlanguages = ["en"]\nmemory = 1\nembedded = true\n'
        'files = [{ name = "m.gguf", size = 3 }, { name = "m.gguf", size = 3 }]\n'
        'sources = [{ kind = "hub", repo = "a/b" }]\n',
        encoding="utf-8",
    )
    with pytest.raises(CatalogueError, match=r"'chat' and 'context'.*named twice.*sha256 of each"):
        load_catalogue(path)


@given(st.text() | st.dictionaries(st.sampled_from(["name", "kind", "m"]), st.integers()).map(repr))
def test_any_text_is_a_catalogue_or_a_catalogue_error(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("c") / "models.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        table = load_catalogue(path)
    except CatalogueError as error:
        said = str(error)
    else:
        said = str(path) if all(isinstance(e, Entry) for e in table.values()) else ""
    assert str(path) in said


def test_missing_file_is_a_catalogue_error(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="nowhere"):
        load_catalogue(tmp_path / "nowhere.toml")


def test_unknown_name_suggests_the_nearest() -> None:
    with pytest.raises(CatalogueError, match=r"qwen2\.5-1\.5b-instruct"):
        find("qwen2.5-1.5b")
