"""Lists that only look like something else: links that are the story's own, a page's change log."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin

from variorum.model.hosts import host_of
from variorum.stages.extract import phrases
from variorum.stages.extract.dates import written_date
from variorum.stages.extract.tree import Element, Line, Tree

_HEADS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_LISTS, _ITEMS = frozenset({"ul", "ol"}), frozenset({"li"})
_LOG_ENTRY = 200  # characters of an entry of a change log; those seen have up to 150


_BESIDE = 3  # characters of a line that are neither its link's nor before it: spaces, a stop


def is_link(line: Line) -> bool:
    """Whether (almost) all of a line leads somewhere."""
    return line.linked > 0.8 * len(line.text.replace(" ", ""))


def last_link(line: Line) -> str:
    """The words of a line's one link where it ends in it, else all of them."""
    alone = line.links == 1 and line.lead + line.linked + _BESIDE >= len(line.text)
    return line.text[line.lead :].strip() if alone else line.text


def own_links(tree: Tree, prose: Sequence[bool], host: str) -> frozenset[int]:
    """The lines of lists beside a paragraph of the story, in one element with it, whose links
    mostly (two in three) leave the site: events, sources, petitions. Lists of other stories stay
    on the site, and boxes of advertisements have an element of their own. ``host`` is the page's;
    none without it."""
    if not host:
        return frozenset()
    house = _site(host)
    beside = {
        line.element.parent
        for line, is_text in zip(tree.lines, prose, strict=True)
        if is_text and line.tag == "p"
    }
    lists = [e for e in tree.elements if e.tag in _LISTS and e.parent in beside]
    linked = [
        [x for x in tree.lines[e.first : e.last] if x.href and _ancestor(x, _LISTS) is e]
        for e in lists
    ]
    return frozenset(
        line.index
        for lines in linked
        if sum(_site(host_of(x.href or "")) not in ("", house) for x in lines) * 3 >= 2 * len(lines)
        for line in lines
    )


def keep_on_page(tree: Tree, *pages: str | None) -> None:
    """Takes for no links those lines that lead to a place within their own page ("/news/bridge#entry-3", the
    heading of an entry), as if no more than the place had been given."""
    known = {page.partition("#")[0] for page in pages if page}
    if not known:
        return
    base = next(page for page in pages if page)
    heads = (x for x in tree.lines if x.links == 1 and x.tag in _HEADS and "#" in (x.href or ""))
    for line in heads:
        if _led_to(base, line.href or "") in known:
            line.links = line.linked = 0
            line.href = None


def _led_to(base: str, href: str) -> str:
    try:
        return urljoin(base, href.partition("#")[0])
    except ValueError:
        return ""


def log_lines(tree: Tree) -> frozenset[int]:
    """The lines of the page's own change log: behind a line that announces it, the items of a list
    that are a date alone on its line and a short entry. (A chronicle sets its dates as headings.)"""
    found: set[int] = set()
    lines = tree.lines
    for line in lines:
        if not phrases.is_log(line.text):
            continue
        at = line.index + 1
        while at + 1 < len(lines) and _is_entry(lines[at], lines[at + 1]):
            found |= {at, at + 1}
            at += 2
    return frozenset(found)


def _is_entry(date: Line, told: Line) -> bool:
    item = _ancestor(date, _ITEMS)
    if item is None or item is not _ancestor(told, _ITEMS):
        return False
    alone = len(date.text) < 40 and written_date(date.text) is not None
    return alone and len(told.text) < _LOG_ENTRY


def _ancestor(line: Line, tags: frozenset[str]) -> Element | None:
    return next((e for e in line.element.ancestors() if e.tag in tags), None)


def _site(host: str) -> str:
    """The end of a host's name that its pages share: two labels, three below "co.uk" and the like."""
    labels = host.split(".")
    short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3 if short else -2 :])
