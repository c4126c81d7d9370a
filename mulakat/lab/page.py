"""One HTML page without scripts or addresses, in the house's colours; light and dark.

Does not: know what stands on it.
"""

from __future__ import annotations

import html

_STYLE = """
:root{color-scheme:light dark;--paper:#faf6ee;--ink:#22272b;--quiet:#5d646b;--line:#d9d2c3;--accent:#0b7285}
@media(prefers-color-scheme:dark){:root{--paper:#161b22;--ink:#e9e4d8;--quiet:#a5abb3;--line:#343c46;--accent:#5cc3d1}}
body{background:var(--paper);color:var(--ink);font:16px/1.55 "Source Sans 3",system-ui,sans-serif;margin:0
auto; max-width:62rem;padding:2.5rem 1.25rem}
h1,h2{font-family:Alegreya,Georgia,serif;line-height:1.2}h2{margin-top:2.2rem}
p.lead{color:var(--quiet)}table{border-collapse:collapse;width:100%;font-size:.94rem}
th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
th{color:var(--quiet);font-weight:600}summary{cursor:pointer;color:var(--accent)}
figure{margin:1.5rem 0;background:#fffdf8;border-radius:.5rem;padding:.5rem;overflow-x:auto}
figure svg,figure img{max-width:100%;height:auto}
"""


def page(title: str, lead: str, body: str, language: str = "en") -> str:
    """A whole page; `body` is HTML, title and lead are plain text."""
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{html.escape(title)}</title><style>{_STYLE}</style></head><body>"
        f'<h1>{html.escape(title)}</h1><p class="lead">{html.escape(lead)}</p>\n{body}\n</body></html>\n'
    )
