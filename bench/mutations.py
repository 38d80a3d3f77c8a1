"""What happens to news pages between two fetches, written from the world and not from our rules.

Two kinds: *boilerplate* (the site changes, the story does not) and *article* (the story changes).
A page is first marked at the places where things happen; every mutation then fills the marks. The
places come from the gold text alone: the paragraphs that people said are the story.
"""

from __future__ import annotations

import html as entities
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_SPACE = re.compile(r"\s+")
_MARKS = ("HEAD", "TOP", "INSIDE", "DEEPER", "LAST", "AFTER", "FOOT")
_MARK = "\ue000{}\ue001"
_WORD = re.compile(r"(?<![\w'’-])[a-zA-Zà-ÿ]{5,}(?![\w'’-])")
_FIGURE = re.compile(r"(?<![\w.,])\d{1,6}(?![\w.,]*\d)")


@dataclass(slots=True)
class Marked:
    """A page with its marks. ``edits`` maps the name of a text to (mark, original text)."""

    id: str
    url: str
    html: str
    texts: dict[str, str]
    title: str | None

    def filled(
        self, marks: dict[str, str] | None = None, texts: dict[str, str] | None = None
    ) -> str:
        """The page with HTML at some marks and other words in some texts."""
        out = self.html
        for name in _MARKS:
            out = out.replace(_MARK.format(name), (marks or {}).get(name, ""))
        for name, text in self.texts.items():
            out = out.replace(
                _MARK.format(name), entities.escape((texts or {}).get(name, text), False)
            )
        return out


def mark(row: dict[str, Any], source: bytes) -> Marked | None:
    """The page marked; None where fewer than four of the story's paragraphs are found in it."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(source)
    gold = {_key(p) for p in row["body"] if len(p) > 60}
    found = _first_of_each([n for n in tree.css("p") if _key(n.text()) in gold])
    if len(found) < 4 or tree.body is None:
        return None
    texts: dict[str, str] = {}
    for name, node in (("early", found[1]), ("final", found[-1])):
        _take(node, name, texts)
    figures = (n for n in found[1:-1] if n.mem_id not in {found[1].mem_id})
    for node in figures:
        text = _longest(node)
        if text is not None and _FIGURE.search(text.text_content or ""):
            _take(node, "figure", texts)
            break
    heading = _own_heading(tree, row)
    title = _SPACE.sub(" ", heading.text()).strip() if heading else None
    if heading is not None and title and _longest(heading) is not None:
        _take(heading, "headline", texts)
    caption = _caption(tree, row)
    if caption is not None:
        _take(caption, "caption", texts)
    _place(tree, found)
    return Marked(row["id"], row["url"], tree.html or "", texts, title)


def _own_heading(tree: Any, row: dict[str, Any]) -> Any:
    """The heading that says what the gold calls the title, else the first h1 that a title of the page
    begins with, else the h1 that shares most words with them: others name the site, or are hidden."""
    wanted = _key(row.get("title") or "")
    headings = tree.css("h1, h2")
    for heading in headings:
        if wanted and _key(heading.text()) == wanted:
            return heading
    titles = [
        node.attributes.get("content") or "" for node in tree.css("meta[property='og:title']")
    ]
    titles += [node.text() for node in tree.css("title")]
    begun = [_key(title) for title in titles]
    first = [h for h in headings if h.tag == "h1"]
    for heading in first:
        key = _key(heading.text())
        if key and any(title.startswith(key) for title in begun):
            return heading
    told = set(_WORD.findall(" ".join(titles).casefold()))
    shared = {h: len(told.intersection(_WORD.findall(h.text().casefold()))) for h in first}
    best = max(first, key=lambda h: shared[h], default=None)
    return best if best is not None and shared[best] > 1 else None


def _first_of_each(nodes: list[Any]) -> list[Any]:
    """Paragraphs once each, in order: the same words further down are a teaser or a hidden copy."""
    seen: dict[str, Any] = {}
    for node in nodes:
        key = _key(node.text())
        if len(key) > 40:
            seen.setdefault(key, node)
    return list(seen.values())


def _place(tree: Any, found: list[Any]) -> None:
    middle = len(found) // 2
    found[0].insert_before(_MARK.format("TOP"))
    found[middle].insert_before(_MARK.format("INSIDE"))
    found[-1].insert_before(_MARK.format("DEEPER"))
    found[-1].insert_after(_MARK.format("LAST"))
    _container(found).insert_after(_MARK.format("AFTER"))
    first = tree.body.first_child
    if first is not None:
        first.insert_before(_MARK.format("HEAD"))
    last = tree.body.last_child
    if last is not None:
        last.insert_after(_MARK.format("FOOT"))


def _container(found: list[Any]) -> Any:
    """The smallest element that holds most of the story's paragraphs."""
    counts: dict[int, tuple[int, Any]] = {}
    for node in found:
        here = node.parent
        while here is not None and here.tag not in ("body", "html", None):
            counts[here.mem_id] = (counts.get(here.mem_id, (0, here))[0] + 1, here)
            here = here.parent
    most = max((c for c, _ in counts.values()), default=0)
    best = [n for c, n in counts.values() if c >= max(1, 0.8 * most)]
    return min(best, key=lambda n: len(n.html or ""), default=found[-1])


def _caption(tree: Any, row: dict[str, Any]) -> Any:
    wanted = {_key(c) for c in row.get("captions") or () if len(c) > 30}
    for node in tree.css("figcaption, figcaption *"):
        text = _longest(node)
        if text is None or len((text.text_content or "").strip()) < 30:
            continue
        key = _key(text.text_content or "")
        if any(key in w or w in key for w in wanted):
            return node
    return None


def _longest(node: Any) -> Any:
    """The longest run of text directly in a node, or in its only descendants."""
    best, most = None, 8
    stack = [node.first_child]
    while stack:
        here = stack.pop()
        if here is None:
            continue
        stack.append(here.next)
        if here.tag == "-text":
            size = len((here.text_content or "").strip())
            if size > most:
                best, most = here, size
        else:
            stack.append(here.first_child)
    return best


def _take(node: Any, name: str, texts: dict[str, str]) -> None:
    text = _longest(node)
    if text is None or "\ue000" in (text.text_content or ""):
        return
    texts[name] = text.text_content or ""
    text.replace_with(_MARK.format(name))


def _key(text: str) -> str:
    return re.sub(r"\W+", "", text).casefold()


# -- boilerplate ------------------------------------------------------------------------------------

Change = tuple[str, str, str]  # mark, what stands there first, what then

OUTSIDE: dict[str, Change] = {
    "breaking bar": (
        "HEAD",
        "",
        '<div><a href="/b/1">Breaking</a> Minister resigns over ferry deal</div>',
    ),
    "date and clock": (
        "HEAD",
        "<div>Tuesday 24 November 2026 09:31</div>",
        "<div>Wednesday 25 November 2026 17:02</div>",
    ),
    "most read": (
        "FOOT",
        "<div><h3>Most read</h3><ol><li><a href='/1'>Ferry prices to rise from May</a></li>"
        "<li><a href='/2'>Mayor opens bridge after six years</a></li></ol></div>",
        "<div><h3>Most read</h3><ol><li><a href='/3'>School meals to cost more</a></li>"
        "<li><a href='/4'>Storm closes two northern ports</a></li></ol></div>",
    ),
    "cookie notice": (
        "FOOT",
        "",
        "<div><p>We and our partners use cookies to give you the best experience. You can accept all"
        " cookies or manage your choices at any time.</p><button>Accept all</button></div>",
    ),
    "footer": (
        "FOOT",
        "<footer><p>© 2026 Harbour Media. All rights reserved.</p></footer>",
        "<footer><p>© 2027 Harbour Media. All rights reserved. Terms have been updated.</p></footer>",
    ),
    "other stories": (
        "FOOT",
        "<section><h2>More from World</h2><article><h3><a href='/5'>Talks end without a deal</a></h3>"
        "<p>Negotiators left the capital late on Monday.</p></article></section>",
        "<section><h2>More from World</h2><article><h3><a href='/6'>Vote set for the spring</a></h3>"
        "<p>The commission named a date after weeks of delay.</p></article></section>",
    ),
}
TELLING: dict[str, Change] = {
    "related": (
        "INSIDE",
        "",
        '<div class="related-articles"><h3>Related</h3><ul><li><a href="/1">Ferry prices to rise from'
        ' May</a></li><li><a href="/2">Mayor opens bridge after six years</a></li></ul></div>',
    ),
    "related changes": (
        "INSIDE",
        '<aside class="related-content"><a href="/1">Ferry prices to rise from May</a></aside>',
        '<aside class="related-content"><a href="/4">Storm closes two northern ports</a></aside>',
    ),
    "newsletter": (
        "INSIDE",
        "",
        '<div class="newsletter-signup"><h4>The Morning Tide</h4><p>Sign up for our daily newsletter and'
        " start the day well informed.</p><button>Subscribe</button></div>",
    ),
    "ad": ("DEEPER", "", '<div class="ad-slot advert"><span>Advertisement</span></div>'),
    "share counts": (
        "INSIDE",
        '<div class="social-share"><a href="#">Share</a> <span class="count">1,204 shares</span></div>',
        '<div class="social-share"><a href="#">Share</a> <span class="count">1,377 shares</span></div>',
    ),
    "read more": (
        "INSIDE",
        '<div class="read-more"><a href="/1">Read more: Ferry prices to rise from May</a></div>',
        '<div class="read-more"><a href="/4">Read more: Storm closes two northern ports</a></div>',
    ),
    "promoted video": (
        "INSIDE",
        "",
        '<div class="video-promo"><a href="/v/1">Watch: how the bridge was built</a></div>',
    ),
}
NAMELESS: dict[str, Change] = {
    "clock": ("INSIDE", "<p>Updated 3 minutes ago</p>", "<p>Updated 41 minutes ago</p>"),
    "clock of the page": ("INSIDE", "", "<div>Wednesday 25 November 2026, 17:02</div>"),
    "ad": ("INSIDE", "", "<div>Advertisement</div>"),
    "ad with words": (
        "INSIDE",
        "",
        "<div><div>Advertisement</div><div><a href='https://ads.example/x'>Winter tyres from 49 euros."
        " Order today</a></div></div>",
    ),
    "newsletter": (
        "INSIDE",
        "",
        "<div><p>Sign up to our morning newsletter and get the day's stories in your inbox.</p></div>",
    ),
    "read more": ("INSIDE", "", "<p>Read more: <a href='/1'>Ferry prices to rise from May</a></p>"),
    "read more changes": (
        "INSIDE",
        "<p><strong>READ MORE: <a href='/1'>Ferry prices to rise from May</a></strong></p>",
        "<p><strong>READ MORE: <a href='/4'>Storm closes two northern ports</a></strong></p>",
    ),
    "share counts": ("INSIDE", "<div>1,204 shares</div>", "<div>1,377 shares</div>"),
    "related links": (
        "INSIDE",
        "<div><div>Related</div><div><a href='/1'>Ferry prices to rise from May</a></div><div>"
        "<a href='/2'>Mayor opens bridge after six years</a></div></div>",
        "<div><div>Related</div><div><a href='/3'>School meals to cost more</a></div><div>"
        "<a href='/4'>Storm closes two northern ports</a></div></div>",
    ),
    "comment count": ("LAST", "<div>12 comments</div>", "<div>48 comments</div>"),
    "follow us": (
        "LAST",
        "",
        "<div><p>Follow us on Instagram and download our app for alerts.</p></div>",
    ),
}

# -- article ----------------------------------------------------------------------------------------


def _word(page: Marked, where: str) -> str | None:
    text = page.texts.get(where, "")
    words = _WORD.findall(text)
    if not words:
        return None
    word = words[len(words) // 2]
    return re.sub(rf"(?<![\w'’-]){re.escape(word)}(?![\w'’-])", "harvest", text, count=1)


def _figure(page: Marked) -> str | None:
    text = page.texts.get("figure", "")
    return _FIGURE.sub(lambda m: str(int(m.group()) + 1), text, count=1) if text else None


def _quoted(page: Marked) -> str | None:
    text = page.texts.get("early", "")
    found = _WORD.search(text)
    return (
        None if found is None else f"{text[: found.start()]}“{found.group()}”{text[found.end() :]}"
    )


def _edit(where: str, how: Callable[[Marked], str | None]) -> Callable[[Marked], str | None]:
    def apply(page: Marked) -> str | None:
        text = how(page)
        return (
            None if not text or text == page.texts.get(where) else page.filled(texts={where: text})
        )

    return apply


def _headline(page: Marked) -> str | None:
    text = _word(page, "headline")
    if text is None or page.title is None:
        return None
    given, wanted = page.texts["headline"].strip(), text.strip()
    for form in {given, entities.escape(given, False), entities.escape(given)}:
        if len(form) > 12:  # the head's titles follow the headline, as they do on real sites
            page = Marked(page.id, page.url, page.html.replace(form, wanted), page.texts, wanted)
    return page.filled(texts={"headline": text})


def _insert(where: str, what: str) -> Callable[[Marked], str | None]:
    return lambda page: page.filled({where: what})


ARTICLE: dict[str, Callable[[Marked], str | None]] = {
    "one word": _edit("early", lambda p: _word(p, "early")),
    "one word, last paragraph": _edit("final", lambda p: _word(p, "final")),
    "one figure": _edit("figure", _figure),
    "quotation marks": _edit("early", _quoted),
    "paragraph": _insert(
        "INSIDE",
        "<p>The inquiry heard on Thursday that three of the lifeboats had not been inspected since the"
        " spring, and that nobody had been told.</p>",
    ),
    "last paragraph": _insert(
        "LAST", "<p>A spokesman for the harbour said it would not comment on the matter.</p>"
    ),
    "headline": _headline,
    "sub-heading": _insert("INSIDE", "<h2>Lifeboats had not been inspected</h2>"),
    "caption": _edit("caption", lambda p: _word(p, "caption")),
    "update note on top": _insert(
        "TOP",
        "<p><em>Update: this story has been updated to include a statement from the port.</em></p>",
    ),
    "correction after the container": _insert(
        "AFTER",
        "<div><p><em>Correction: An earlier version of this article misstated the number of lifeboats."
        " There were four, not six.</em></p></div>",
    ),
}


def boilerplate(group: dict[str, Change], page: Marked) -> dict[str, tuple[str, str]]:
    """For each mutation the page before and after."""
    return {
        name: (page.filled({where: first}), page.filled({where: then}))
        for name, (where, first, then) in group.items()
    }
