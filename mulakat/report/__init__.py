"""The finished or unfinished interview on paper: transcript as PDF, JSON and plain text.

Does not: call a model, read the store, or judge anybody. It is given a `Transcript` and writes it down.
"""

from mulakat.report.pdf import render_pdf
from mulakat.report.transcript import Transcript, as_json, as_text, from_json

__all__ = ["Transcript", "as_json", "as_text", "from_json", "render_pdf"]
