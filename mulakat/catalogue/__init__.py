"""Models by name: what they are, where they come from, whether they are here and whole.

Does not: run a model.
"""

from mulakat.catalogue.entry import Entry, entries, find, load_catalogue
from mulakat.catalogue.fetch import fetch, fetch_embedded
from mulakat.catalogue.locate import adapter, locate
from mulakat.catalogue.progress import Progress, bars, silent
from mulakat.catalogue.shelf import EntryStatus, VerifyResult, status, verify

__all__ = [
    "Entry",
    "EntryStatus",
    "Progress",
    "VerifyResult",
    "adapter",
    "bars",
    "entries",
    "fetch",
    "fetch_embedded",
    "find",
    "load_catalogue",
    "locate",
    "silent",
    "status",
    "verify",
]
