"""Where the story is: the container whose lines are prose rather than links and labels.

No class name, id or order of attributes is looked at: a site may rename them every day. Prose is
recognised by its length, its sentence ends and the share of it that is links; the place of the
story is the element that holds most of it and little else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, compress

from variorum.stages.extract import phrases
from variorum.stages.extract.endings import SENTENCE_END
from variorum.stages.extract.lists import log_lines, own_links
from variorum.stages.extract.readers import comment_lines
from variorum.stages.extract.tree import Element, Line, Tree
from variorum.text.remember import remembered

_CJK = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
# What an element may say of itself that makes its lines unlikely to be the story.
ASIDE = frozenset({"nav", "footer", "form", "button", "dialog", "caption", "aside", "banner"})
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
# Characters of prose that one line of links or labels outweighs. Calibrated on 356 pages with a
# gold body: any value from 10 to 40 gives the same F1 within .002.
_LINK_COST, _LABEL_COST = 100, 20
# A list of links amid a short story must not outweigh half of it: beyond the first two in a row,
# links cost a part only.
_ROW, _ROW_COST = 2, 0.3


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is known of the story before its place is: its headline's line and its title's words, who
    wrote it, and what the site calls itself (``sites``)."""

    line: int = 0
    words: frozenset[str] = frozenset()
    found: bool = False
    titles: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    host: str = ""
    sites: tuple[str, ...] = ()


@dataclass(slots=True)
class Weighed:
    """The lines of a page with their prose weights, and prefix sums of the gain; ``comments``
    are the lines of readers' comments and ``log`` those of the page's change log, which weigh
    nothing; ``own_links`` are links that belong to the story."""

    tree: Tree
    gain: list[float]
    cost: list[float]
    ignored: frozenset[str]
    comments: frozenset[int] = frozenset()
    log: frozenset[int] = frozenset()
    own_links: frozenset[int] = frozenset()
    gains: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.gains = [0.0, *accumulate(self.gain)]

    def prose(self, e: Element) -> float:
        return self.gains[e.last] - self.gains[e.first]


def size(text: str) -> int:
    """Length in Latin letters' worth: a Han, kana, Hangul or Thai sign says about twice as much."""
    return len(text) if text.isascii() else len(text) + _signs(text)


@remembered
def _signs(text: str) -> int:
    return len(_CJK.findall(text))


def is_prose(line: Line) -> bool:
    """Whether a line reads like running text: long enough, or a sentence, and not mostly links."""
    return _is_prose(line, size(line.text))


def _is_prose(line: Line, length: int) -> bool:
    if line.linked * 2 > len(line.text) or line.tag == "h1":
        return False
    if line.tag in HEADINGS:  # a first paragraph may be set as a heading, a heading is not so long
        return length >= 150 and bool(SENTENCE_END.search(line.text))
    return length >= 80 or (length >= 25 and bool(SENTENCE_END.search(line.text)))


def weigh(tree: Tree, host: str = "") -> Weighed:
    """Every line's weight as prose. A context that holds most of the page's prose (a form round the
    whole page, an article in an aside) says nothing and is ignored."""
    lengths = [size(line.text) for line in tree.lines]
    prose = [_is_prose(line, length) for line, length in zip(tree.lines, lengths, strict=True)]
    comments, log = comment_lines(tree, prose), log_lines(tree)
    for index in (*comments, *log):
        prose[index] = False
    own = own_links(tree, prose, host)
    total = sum(compress(lengths, prose))
    ignored = _idle_contexts(tree.lines, prose, total)
    barred = ASIDE - ignored
    gain, cost = [], []
    row = 0  # links in a row so far
    for line, length, is_text in zip(tree.lines, lengths, prose, strict=True):
        apart = not barred.isdisjoint(line.context)
        share = line.linked / len(line.text)
        gain.append(length * (1 - share) if is_text and not apart else 0.0)
        row = row + 1 if share > 0.6 and line.index not in own else 0
        if row:
            full = float(min(length, _LINK_COST) + _LABEL_COST)
            cost.append(full if row <= _ROW else full * _ROW_COST)
        elif apart:
            cost.append(_LABEL_COST * 2.0)
        elif line.index in own or (line.tag in _CELLS and not line.linked):
            cost.append(1.0)  # a list or a table of plain text is as likely the story's as not
        else:
            free = is_text or (length >= 80 and line.index not in comments)
            cost.append(0.0 if free else float(_LABEL_COST))
    return Weighed(tree, gain, cost, ignored, comments, log, own)


_CELLS = frozenset({"li", "td", "th", "dd", "dt"})


def _idle_contexts(lines: Sequence[Line], prose: Sequence[bool], total: int) -> frozenset[str]:
    """Contexts that say nothing here: they hold most of the page's prose, or a story's length of it
    while hardly any stands elsewhere."""
    share = dict.fromkeys(ASIDE, 0)
    free = 0
    for line, is_text in zip(lines, prose, strict=True):
        if is_text:
            apart = line.context & ASIDE
            free += 0 if apart else size(line.text)
            for name in apart:
                share[name] += size(line.text)
    return frozenset(
        name
        for name, held in share.items()
        if total and (held > 0.6 * total or (held > 1_500 and held > 3 * free))
    )


def homes_of(weighed: Weighed, container: Element) -> dict[int, Element]:
    """For each line of prose in the container, what it stands in: the nearest element that holds
    another line of prose too (paragraphs may each have a wrapper of their own)."""
    counts = [0, *accumulate(1 if g else 0 for g in weighed.gain)]
    homes: dict[int, Element] = {}
    for line in weighed.tree.lines[container.first : container.last]:
        if weighed.gain[line.index]:
            here = line.element
            while (
                here is not container
                and here.parent is not None
                and (counts[here.last] - counts[here.first] < 2 or here.tag in _WITHIN)
            ):
                here = here.parent
            homes[line.index] = here
    return homes


# A list, a quote or a table stands in the story; it is not the place of the story.
_WITHIN = frozenset({"p", "li", "ul", "ol", "blockquote", "dd", "dl", "tr", "tbody"})


def locate(weighed: Weighed, anchor: Anchor) -> Element | None:
    """The story's container: the element whose lines are worth most, links and labels deducted.

    A line is worth its prose; more when it shares words with the title, stands in an article or
    main element or soon after the headline; less before the headline; nothing when it speaks of
    cookies and consent. All of this is a guess, and only the order of the guesses counts.
    """
    worth = [0.0]
    for line, gain, cost in zip(weighed.tree.lines, weighed.gain, weighed.cost, strict=True):
        worth.append(worth[-1] + (evidence(line, anchor) * gain if gain else 0.0) - cost)
    best, most = None, 0.0
    for e in weighed.tree.elements:
        if e.tag in _WITHIN:
            continue
        value = worth[e.last] - worth[e.first]
        if value >= most and weighed.prose(e):
            best, most = e, value
    return best


def own_article(weighed: Weighed, container: Element, anchor: Anchor) -> Element:
    """``container``, or the one article in it that the headline heads where whole other stories,
    each with an h1 of its own or a heading that leads to it, follow on the same page."""
    inside = [
        e
        for e in weighed.tree.elements
        if e.tag == "article"
        and e.depth > container.depth
        and container.first <= e.first < e.last <= container.last
        and not any(a.tag == "article" for a in e.ancestors() if a is not e)
    ]
    own = next((e for e in inside if e.first <= anchor.line < e.last), None)
    if not anchor.found or own is None or weighed.prose(own) < _OWN:
        return container
    others = [e for e in inside if e is not own and weighed.prose(e)]
    held = weighed.prose(own) + sum(weighed.prose(e) for e in others)
    heads = [any(map(_heads_story, weighed.tree.lines[e.first : e.first + 4])) for e in others]
    return own if others and all(heads) and held > 0.8 * weighed.prose(container) else container


def _heads_story(line: Line) -> bool:
    """A story's headline: the page's first kind of heading, or one that leads to the story's own page."""
    if line.tag == "h1":
        return True
    led = line.tag in HEADINGS and line.linked > 0.8 * len(line.text.replace(" ", ""))
    return led and line.href is not None and "#" not in line.href


_OWN = 200  # characters of prose that an article element must hold to be a story: a guess


def evidence(line: Line, anchor: Anchor) -> float:
    """How much a line of prose speaks for the place where it stands (1: nothing known)."""
    text = line.text
    if phrases.is_consent(text):
        return 0.0
    weight = 1.0
    if not _HOUSES.isdisjoint(line.context):
        weight *= 1.3
    if line.index < anchor.line:
        weight *= 0.4
    elif line.index < anchor.line + 40:
        weight *= 1.2
    if anchor.words:
        low = text.casefold()
        shared = sum(1 for w in anchor.words if w in low)
        weight *= 1.0 + min(shared, 3) / 2
    return weight


_HOUSES = frozenset({"article", "main"})
