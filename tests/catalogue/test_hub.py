import hashlib
from pathlib import Path

import pytest

from mulakat.catalogue import hub as hub_module
from mulakat.catalogue.entry import FileSpec, HubSource
from mulakat.catalogue.hub import HubOptions, Wanted, download, url
from mulakat.errors import ModelCorrupt, SourceUnreachable

from .conftest import GGUF, Hub, sha

PATH = "/some/small/resolve/main/small.gguf"


def want(sha256: str = sha(GGUF), accept: str = "") -> Wanted:
    return Wanted("small", FileSpec("small.gguf", len(GGUF)), sha256, accept)


@pytest.fixture
def part(tmp_path: Path, hub: Hub) -> Path:
    hub.files[PATH] = GGUF
    return tmp_path / "small.gguf.part"


def get(hub: Hub, part: Path, options: HubOptions, wanted: Wanted) -> list[int]:
    reports: list[int] = []
    download(f"{hub.url}{PATH}", wanted, part, options, reports.append)
    return reports


def test_address_follows_the_hub_and_its_endpoint() -> None:
    source = HubSource("hub", "a/b", "v1.0.0", "tr/x")
    assert url(source, "f.onnx", HubOptions()) == "https://huggingface.co/a/b/resolve/v1.0.0/tr/x/f.onnx"
    assert (
        url(source, "f.onnx", HubOptions(endpoint="http://m")) == "http://m/a/b/resolve/v1.0.0/tr/x/f.onnx"
    )


def test_environment_gives_endpoint_and_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://mirror/")
    monkeypatch.setenv("HF_TOKEN", "secret")
    options = HubOptions.from_environment()
    assert (options.endpoint, options.token) == ("http://mirror", "secret")
    assert "secret" not in repr(options)


def test_whole_file(hub: Hub, part: Path, options: HubOptions) -> None:
    reports = get(hub, part, options, want())
    assert part.read_bytes() == GGUF
    assert reports == sorted(reports)
    assert reports[-1] == len(GGUF)


def test_resumes_where_it_stopped(hub: Hub, part: Path, options: HubOptions) -> None:
    part.write_bytes(GGUF[:5000])
    get(hub, part, options, want())
    assert part.read_bytes() == GGUF
    assert hub.seen == [(PATH, "bytes=5000-")]


def test_server_without_ranges_begins_anew(hub: Hub, part: Path, options: HubOptions) -> None:
    hub.ranges = False
    part.write_bytes(GGUF[:5000])
    get(hub, part, options, want())
    assert part.read_bytes() == GGUF
    assert len(hub.seen) == 1


def test_cut_in_the_middle_goes_on(hub: Hub, part: Path, options: HubOptions) -> None:
    hub.faults = ["cut"] * 6  # more cuts than attempts: each brings new bytes, so none counts
    get(hub, part, options, want())
    assert part.read_bytes() == GGUF
    starts = [int(span.removeprefix("bytes=").rstrip("-") or 0) for _, span in hub.seen]
    assert len(starts) == 7
    assert starts == sorted(set(starts))


def test_wrong_hash_is_corrupt_and_leaves_nothing(hub: Hub, part: Path, options: HubOptions) -> None:
    with pytest.raises(ModelCorrupt, match="sha256") as caught:
        get(hub, part, options, want("0" * 64))
    assert "mulakat models fetch small --force" in caught.value.fix
    assert not part.exists()
    assert len(hub.seen) == 1


def test_foreign_part_is_thrown_away(hub: Hub, part: Path, options: HubOptions) -> None:
    part.write_bytes(b"x" * 5000)
    get(hub, part, options, want())
    assert part.read_bytes() == GGUF
    assert [span for _, span in hub.seen] == ["bytes=5000-", ""]


def test_tear_that_never_heals_ends(hub: Hub, part: Path, options: HubOptions) -> None:
    part.write_bytes(b"x" * 5000)
    hub.faults = ["", "cut", "cut", "cut", "cut", "cut", "cut"]
    with pytest.raises(SourceUnreachable):
        get(hub, part, options, want())
    assert len(hub.seen) == options.attempts


def test_part_longer_than_the_file(hub: Hub, part: Path, options: HubOptions) -> None:
    part.write_bytes(b"x" * (len(GGUF) + 10))
    get(hub, part, options, want())
    assert part.read_bytes() == GGUF


def test_complete_part_needs_no_byte(hub: Hub, part: Path, options: HubOptions) -> None:
    part.write_bytes(GGUF)
    get(hub, part, options, want())
    assert part.read_bytes() == GGUF
    assert len(hub.seen) == 1


def test_busy_server_is_asked_again(hub: Hub, part: Path, options: HubOptions) -> None:
    hub.faults = [503, 429]
    get(hub, part, options, want())
    assert part.read_bytes() == GGUF


def test_server_that_stays_busy(hub: Hub, part: Path, options: HubOptions) -> None:
    hub.faults = [503] * 9
    with pytest.raises(SourceUnreachable, match="503"):
        get(hub, part, options, want())
    assert len(hub.seen) == options.attempts


def test_unknown_file_is_not_asked_for_twice(hub: Hub, part: Path, options: HubOptions) -> None:
    del hub.files[PATH]
    with pytest.raises(SourceUnreachable, match="404"):
        get(hub, part, options, want())
    assert len(hub.seen) == 1


@pytest.mark.parametrize("code", [401, 403])
def test_gate_names_the_licence_page(hub: Hub, part: Path, options: HubOptions, code: int) -> None:
    hub.faults = [code]
    with pytest.raises(SourceUnreachable) as caught:
        get(hub, part, options, want(accept="https://licence.example/page"))
    assert "https://licence.example/page" in caught.value.fix
    assert "HF_TOKEN" in caught.value.fix


def test_hanging_server_times_out_and_the_part_stays(hub: Hub, part: Path) -> None:
    part.write_bytes(GGUF[:5000])
    hub.faults = ["hang", "hang"]
    with pytest.raises(SourceUnreachable):
        get(hub, part, HubOptions(attempts=2, pause=0.01, read_timeout=0.2), want())
    assert part.read_bytes() == GGUF[:5000]
    assert len(hub.seen) == 2


def test_nobody_there(tmp_path: Path) -> None:
    with pytest.raises(SourceUnreachable):
        download(
            "http://127.0.0.1:1/x",
            want(),
            tmp_path / "p",
            HubOptions(attempts=2, pause=0.01),
            lambda n: None,
        )


def test_hub_record_is_held_against_the_file(hub: Hub, part: Path, options: HubOptions) -> None:
    hub.linked[PATH] = sha(b"something else")
    with pytest.raises(ModelCorrupt, match="sha256"):
        get(hub, part, options, want(""))


def test_changed_file_is_refused_before_it_is_fetched(hub: Hub, part: Path, options: HubOptions) -> None:
    hub.linked[PATH] = sha(GGUF)
    reports: list[int] = []
    with pytest.raises(ModelCorrupt, match="another file now"):
        download(f"{hub.url}{PATH}", want("1" * 64), part, options, reports.append)
    assert reports == []


@pytest.mark.parametrize("good", [True, False])
def test_small_files_are_held_to_their_git_id(
    hub: Hub, part: Path, options: HubOptions, good: bool
) -> None:
    body = GGUF if good else GGUF + b"!"
    hub.etag = hashlib.sha1(f"blob {len(body)}\0".encode() + body).hexdigest()
    if good:
        get(hub, part, options, want(""))
        assert part.read_bytes() == GGUF
    else:
        with pytest.raises(ModelCorrupt, match="git blob"):
            get(hub, part, options, want(""))


def test_token_does_not_follow_to_another_host(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    sent: list[str | None] = []

    def respond(request: hub_module.httpx.Request) -> hub_module.httpx.Response:
        sent.append(request.headers.get("authorization"))
        if request.url.host == "hub.example":
            return hub_module.httpx.Response(302, headers={"location": "https://storage.example/f"})
        return hub_module.httpx.Response(404)

    real = hub_module.httpx.Client
    transport = hub_module.httpx.MockTransport(respond)
    monkeypatch.setattr(hub_module.httpx, "Client", lambda **kw: real(transport=transport, **kw))
    with pytest.raises(SourceUnreachable):
        download("https://hub.example/f", want(), Path("unused"), HubOptions(token="t"), lambda n: None)
    assert sent == ["Bearer t", None]
