"""A comparison as a page of HTML that needs nothing else: the rendering, with a style of its own."""

from __future__ import annotations

from html import escape

from variorum.model import Document
from variorum.stages.publish.render_layout import safe

# No address is loaded and no script runs, whatever the compared texts hold.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """
:root { color-scheme: light dark; --paper: #fbfaf6; --ink: #1d1c1a; --soft: #57534c; --line: #ded9cd;
  --ins: #cce5ff; --ins-line: #1d5f9e; --del: #ffdfb0; --del-line: #9a5a00; --link: #1a4f80; }
@media (prefers-color-scheme: dark) { :root { --paper: #15171a; --ink: #e7e3da; --soft: #a9a498;
  --line: #363a40; --ins: #12395e; --ins-line: #7db8f2; --del: #5a3a00; --del-line: #e8b25e;
  --link: #9cc6ee; } }
body { margin: 0 auto; padding: 1.5rem 1rem 3rem; max-width: 46rem; background: var(--paper);
  color: var(--ink); font: 1.05rem/1.6 Charter, Georgia, serif; overflow-wrap: anywhere; }
body.sides { max-width: 80rem; }
header { color: var(--soft); font: .875rem/1.5 system-ui, sans-serif;
  border-bottom: 1px solid var(--line); padding-bottom: .6rem; }
h2 { line-height: 1.25; }
ins, del { color: var(--ink); border-radius: 2px; padding: 0 .1em; }
ins { background: var(--ins); text-decoration: underline; text-decoration-color: var(--ins-line);
  text-underline-offset: .16em; }
del { background: var(--del); text-decoration: line-through; text-decoration-color: var(--del-line); }
del + ins { margin-left: .2em; }
.vx-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.vx-same { color: var(--soft); }
.vx-move, .vx-move-old { outline: 1px dotted var(--soft); outline-offset: 2px; }
.vx-move-old { color: var(--soft); }
.vx-move-link { color: var(--link); font: .8em system-ui, sans-serif; }
table { width: 100%; border-collapse: collapse; table-layout: fixed; }
th, td { text-align: start; vertical-align: top; padding: .5rem .8rem; width: 50%;
  border-bottom: 1px solid var(--line); }
th { color: var(--soft); font: 600 .85rem system-ui, sans-serif; }
.vx-changed > .vx-old { border-inline-start: 3px solid var(--del-line); }
.vx-changed > .vx-new { border-inline-start: 3px solid var(--ins-line); }
.vx-same > td { border-inline-start: 3px solid transparent; }
.vx-headline > td { font-weight: 600; font-size: 1.15em; }
@media (max-width: 40rem) { thead { display: none; } tr, td { display: block; width: auto; }
  .vx-sides .vx-old:empty, .vx-sides .vx-new:empty, .vx-sides .vx-same .vx-old { display: none; } }
@media print { body { max-width: none; padding: 0; } ins, del { background: none; }
  tr { break-inside: avoid; } }
"""


def whole_page(rendering: str, old: Document, new: Document, *, sides: bool) -> str:
    """The page around what ``inline_html`` or ``side_by_side_html`` gave."""
    title = escape(safe(new.headline or old.headline or "Two texts compared"))
    body = "sides" if sides else "inline"
    return (
        f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        f"<title>{title}: what changed</title>\n<style>{_STYLE}</style>\n</head>\n"
        f'<body class="{body}">\n<header>What changed, as Variorum compares it: '
        f"<del>struck through</del> what went, <ins>underlined</ins> what came.</header>\n"
        f"<main>\n{rendering}\n</main>\n</body>\n</html>"
    )
