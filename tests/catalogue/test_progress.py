import io

from rich.console import Console

from mulakat.catalogue.disk import human
from mulakat.catalogue.progress import Counter, bars


def test_bars_show_each_model_once() -> None:
    out = io.StringIO()
    with bars(Console(file=out, force_terminal=False, width=100)) as report:
        report("one", 0, 10)
        report("two", 5, 5)
        report("one", 10, 10)
    text = out.getvalue()
    assert text.count("one") == 1
    assert "two" in text


def test_counter_adds_files_and_never_passes_the_total() -> None:
    told: list[tuple[str, int, int]] = []
    counter = Counter("m", 10, lambda *a: told.append(a))
    counter.at(4)
    counter.next(6)
    counter.at(9)
    counter.finish()
    assert told == [("m", 4, 10), ("m", 6, 10), ("m", 10, 10), ("m", 10, 10)]


def test_sizes_in_words() -> None:
    assert [human(n) for n in (0, 999, 1000, 1_500_000, 98_362_432, 7_000_000_000_000)] == [
        "0 bytes",
        "999 bytes",
        "1.0 kB",
        "1.5 MB",
        "98.4 MB",
        "7000.0 GB",
    ]
