"""Pages of an invented newspaper, written for these tests."""

from __future__ import annotations

from collections.abc import Sequence

PARAGRAPHS = (
    "The harbour bridge at Northwick will close to lorries from Monday, the council said, after "
    "engineers found cracks in two of its 14 piers.",
    "“We would rather have angry drivers than wet ones,” said Edda Holm, who leads the council’s "
    "roads committee.",
    "Some 3,200 lorries cross the bridge each day, according to figures from the port.",
    "The haulage federation called the decision hasty and said that it would cost its members "
    "£1.5m a week.",
    "Repairs are expected to take until 14 March, the council said in a statement on Friday.",
)
HEADLINE = "Harbour bridge to close to lorries"


def body(paragraphs: Sequence[str] = PARAGRAPHS) -> str:
    return "\n".join(f"<p>{p}</p>" for p in paragraphs)


def page(
    story: str | None = None,
    *,
    head: str = "",
    before: str = "",
    after: str = "",
    headline: str = HEADLINE,
    language: str = "en",
) -> str:
    """A page with a menu, a story and related links round it."""
    return f"""<!doctype html><html lang="{language}"><head><meta charset="utf-8">
<title>{headline} - The Northwick Echo</title>{head}</head><body>
<header><nav><ul><li><a href="/news">News</a></li><li><a href="/sport">Sport</a></li>
<li><a href="/weather">Weather</a></li></ul></nav></header>
<main><article><h1>{headline}</h1>{before}
<div>{body() if story is None else story}</div>{after}</article>
<section><h2>Most read</h2><ul>
<li><a href="/a">Lighthouse keeper retires after forty years at sea</a></li>
<li><a href="/b">Ferry to Saltmouth is late again, and nobody minds</a></li></ul></section></main>
<footer><p>© The Northwick Echo. All rights reserved. Contact the newsroom by telephone.</p></footer>
</body></html>"""
