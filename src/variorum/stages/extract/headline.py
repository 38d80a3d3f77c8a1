"""The headline, chosen among the titles a page gives: its h1, og:title, JSON-LD and <title>.

The h1 is what readers see, so it wins when it is the story's: when the other titles share its
words. A site's name in an h1, a logo or a section's name shares none. A kicker run into the h1
("Climate: …") is taken off when another title gives the headline without it. Where the h1 is made
for search and the headline stands as an h2 under it, the h2 is what readers see.
"""

from __future__ import annotations

import html
import itertools
import re
from collections.abc import Sequence

from variorum.stages.extract import phrases
from variorum.stages.extract.jsonld import Node
from variorum.stages.extract.meta import Meta
from variorum.stages.extract.tags import UNSEEN
from variorum.stages.extract.tree import Line
from variorum.text.typography import fold

_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[\w'’]+")
_CUT = re.compile(r"\s+[|–—·•»«:/~-]+\s+|\s*[|｜：]\s*|(?<=\S)_(?=\S)|\s?:\s")
_SIGNS = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# "标题-新华网", "题_频道_网站": a short last part without figures, after a title of some length.
_CJK_SITE = re.compile(
    r"(?<=[\u3040-\u9fff\uff01-\uff60])(?<=.{8})(?:[-_|｜ㅣ]+[^\W\d_]{2,10}){1,3}$"
)
# Calibrated on 504 pages with a gold headline: .25 to .5 choose the same h1 but for two pages.
_ALIKE = 0.34
_KICKER = 100  # characters; longer first parts are headlines
_UNDER = 4  # lines from the h1 to the h2 that is the headline; between them a kicker or a clock
_SET_OFF = " :|/–—-"


def clean(text: str | None) -> str:
    """One line, entities that were escaped twice undone, white space collapsed."""
    if not text:
        return ""
    if "&" in text:
        text = html.unescape(text)
    return _SPACE.sub(" ", text).strip()


def words(text: str) -> set[str]:
    """The words of a title for comparing; pairs of signs where no spaces are written."""
    low = fold(text).casefold()
    if len(_SIGNS.findall(low)) * 3 > len(low):
        signs = _SIGNS.findall(low)
        return {a + b for a, b in itertools.pairwise(signs)}
    return {w.removesuffix("'s") for w in _WORD.findall(low)}


def likeness(a: str, b: str) -> float:
    """The share of the shorter title's words that the other has (0..1)."""
    left, right = words(a), words(b)
    small = min(len(left), len(right))
    if small == 0:
        return 1.0 if fold(a) == fold(b) else 0.0
    shared = len(left & right) / small
    return shared if small > 2 else shared * max(0.3, small / max(len(left), len(right)))


def overlap(a: str, b: str) -> float:
    """Dice's coefficient of two titles' words."""
    left, right = words(a), words(b)
    return 2 * len(left & right) / ((len(left) + len(right)) or 1)


def unsuffixed(title: str, site: str | None = None) -> str:
    """A <title> without the site's name and section after (or before) it."""
    if tail := _CJK_SITE.search(title):
        return title[: tail.start()]
    parts = _CUT.split(title)
    if len(parts) < 2:
        return title
    if site and (end := _without_site(title, site)):
        return end
    cuts = list(_CUT.finditer(title))
    longest = max(parts, key=len)
    if longest == parts[0]:
        return longest if len(longest) * 2 > len(title) else title[: cuts[-1].start()].strip()
    last = parts[-1]
    if len(words(last)) <= 4 and len(last) < 35 and cuts[-1].group().strip(" :") != "":
        return title[: cuts[-1].start()].strip()
    return title


def site_of(title: str) -> str:
    """The site's name after the last bar or dash of a <title>, "" where none reads like one."""
    last = _CUT.split(title)[-1]
    return last if last != title and len(last.split()) <= 4 else ""


def _without_site(title: str, site: str) -> str:
    for cut in _CUT.finditer(title):
        before, after = title[: cut.start()].strip(), title[cut.end() :].strip()
        if fold(after).casefold() == fold(site).casefold():
            return before
        if fold(before).casefold() == fold(site).casefold():
            return after
    return ""


def titles_of(meta: Meta, node: Node | None, lines: Sequence[Line]) -> dict[str, str]:
    """The competing titles: ``h1`` (the story's), ``kicker``, ``h2`` (where it is the headline under
    an h1 made for search), ``title``, ``og``, ``twitter``, ``jsonld``."""
    found = {
        "title": clean(meta.title),
        "og": clean(meta.first("og:title")),
        "twitter": clean(meta.first("twitter:title")),
        "jsonld": clean(node.text("headline") or node.text("name")) if node else "",
    }
    site = meta.first("og:site_name")
    others = [unsuffixed(t, site) for t in (found["og"], found["jsonld"], found["title"]) if t]
    line = story_head(_no_sites(heads_of(lines), site, found["title"]), others)
    if line is not None:
        head = {"h1": _head_text(line, others), "kicker": _kicker(line)}
        found = {**head, "h2": _under(line, lines, others), **found}
    return {k: v for k, v in found.items() if v}


def _no_sites(heads: Sequence[Line], site: str | None, title: str) -> list[Line]:
    """The h1s that are not just the site's name."""
    names = {fold(n).casefold() for n in (site, site_of(title)) if n}
    return [h for h in heads if fold(h.text).casefold() not in names]


def _head_text(line: Line, others: Sequence[str]) -> str:
    """The text of an h1. One that begins with a colon goes on from a kicker that was set apart; the
    title that ends in it gives both."""
    text = clean(line.text)
    bare = text.lstrip(":|/ ")
    if text.startswith(":"):
        return next((o for o in others if o.endswith(f": {bare}")), bare)
    return bare


def _under(head: Line, lines: Sequence[Line], others: Sequence[str]) -> str:
    """The h2 under an h1 that is one of the page's other titles, alone or after a kicker; "" where
    none is."""
    own = fold(head.text).casefold()
    low = {fold(o).casefold(): o for o in others if len(words(o)) >= 3}
    for line in lines[head.index + 1 : head.index + 1 + _UNDER]:
        if line.tag != "h2" or line.linked * 2 > len(line.text):
            continue
        text = fold(line.text).casefold()
        if text in low and text != own:
            return clean(line.text)
        for end, title in low.items():
            if text.endswith(end) and len(text) - len(end) <= _KICKER and end != own:
                return title
    return ""


def story_head(heads: Sequence[Line], others: Sequence[str]) -> Line | None:
    """The h1 that heads the story, or None when every h1 is a site's or a section's name."""
    if not heads:
        return None
    if not others:
        return max(heads, key=lambda h: len(h.text))
    alike = [h for h in heads if max(likeness(h.text, o) for o in others) >= _ALIKE]
    if alike:
        return max(alike, key=lambda h: (max(overlap(h.text, o) for o in others), -h.index))
    lone = [h for h in heads if len(words(h.text)) >= 4 and not phrases.ends_story(h.text)]
    return lone[0] if len(lone) == 1 else None


def choose(titles: dict[str, str], site: str | None, lines: Sequence[Line]) -> str | None:
    """The headline."""
    og = unsuffixed(titles.get("og", ""), site)
    ld = titles.get("jsonld", "")
    title = unsuffixed(titles.get("title", ""), site)
    head = titles.get("h1")
    if "h2" in titles:
        return titles["h2"]
    if head:
        others = [t for t in (og, ld, title) if t]
        return (
            _without_set_kicker(head, titles.get("kicker", ""), [*others, titles.get("og", "")])
            or _same_words(head, others)
            or _after_colon(head, og)
            or _without_kicker(head, others)
            or head
        )
    shown = {fold(x.text).casefold() for x in lines if len(x.text) < 400}
    for candidate in (ld, og, title):
        if candidate and fold(candidate).casefold() in shown:
            return candidate
    parts = [p.strip() for p in _CUT.split(titles.get("title", "")) if len(words(p)) >= 3]
    # With a byline behind it in one line: "Ferry to run one more year by E. J. Hartnoll".
    begun = [p for p in parts if any(t.startswith(f"{fold(p).casefold()} ") for t in shown)]
    part = max(
        (p for p in parts if p in begun or fold(p).casefold() in shown), key=len, default=None
    )
    return part or ld or og or title or None


def _same_words(head: str, others: list[str]) -> str | None:
    """The title with the same letters but more spaces or signs between the words: an h1 whose parts
    stand on two lines of the page runs together in its text."""
    found = _same_letters(head, others)
    return found if found and len(_WORD.findall(found)) > len(_WORD.findall(head)) else None


def _same_letters(head: str, others: list[str]) -> str | None:
    bare = _bare(head)
    return next((o for o in others if _bare(o) == bare and len(o) > len(head)), None)


def _bare(text: str) -> str:
    """Letters and digits only."""
    return re.sub(r"[\W_]+", "", fold(text).casefold())


def _after_colon(head: str, og: str) -> str | None:
    """``og`` where it is the h1 without what a colon sets off before it."""
    low, rest = fold(head).casefold(), fold(og).casefold()
    kicked = len(words(og)) >= 3 and low.endswith(rest)
    return og if kicked and low[: -len(rest)].rstrip().endswith(":") else None


def _without_kicker(head: str, others: list[str]) -> str | None:
    """``head`` without a kicker before it, when another title is exactly the rest."""
    low = fold(head).casefold()
    if any(fold(other).casefold() == low for other in others):
        return head
    for other in others:
        rest = fold(other).casefold()
        if len(words(other)) >= 3 and low != rest and low.endswith(rest):
            return other
    return None


def _without_set_kicker(head: str, kicker: str, others: list[str]) -> str | None:
    """The headline of an h1 set in two parts, the first in an element of its own.

    The other titles decide: the part that stands alone or first in one of them is the headline; a
    dash between the two sets the first off as a kicker, a colon makes both one headline. Where none
    has both, a first part without a sign at its end is a kicker.
    """
    if not kicker or not head.startswith(kicker):
        return None
    first, rest = kicker.strip(_SET_OFF), head[len(kicker) :].strip(_SET_OFF)
    low = [fold(o).casefold() for o in others]
    kick, tail = fold(first).casefold(), fold(rest).casefold()
    leads = [part for part in (tail, kick) if any(_leads(o, part) for o in low)]
    if tail in leads[:1] and len(words(rest)) >= 3:
        return rest
    joins = [o[len(kick) : -len(tail)].strip() for o in low if _joined(o, kick, tail)]
    if joins and "-" not in joins:
        return _same_letters(head, others)
    if kick in low:
        return first
    signed = bool({kicker[-1:], head[len(kicker) :].strip()[:1]} & {*":-–—/|"})
    return rest if (joins or not signed) and len(words(rest)) >= 3 else None


def _leads(title: str, part: str) -> bool:
    """Whether a title is a part, or begins with it and goes on after a dash or a bar."""
    return title == part or title.startswith((f"{part} - ", f"{part} | "))


def _joined(title: str, kicker: str, rest: str) -> bool:
    return bool(rest) and title.startswith(kicker) and title.endswith(rest)


def _kicker(line: Line) -> str:
    """The first part of an h1 that is set in parts, when it has an element of its own; "" for an h1
    of one piece."""
    parts = [
        (node.tag, text)
        for node in line.element.node.iter(include_text=True)
        if node.tag not in UNSEEN and (text := clean(node.text()))
    ]
    if line.tag != "h1" or len(parts) < 2 or parts[0][0] == "-text":
        return ""
    first = parts[0][1]
    return first if len(first) <= _KICKER else ""


def heads_of(lines: Sequence[Line]) -> list[Line]:
    return [x for x in lines if x.tag == "h1"]
