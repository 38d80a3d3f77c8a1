"""A page as lines of text: the parsed tree walked once, block by block.

The parser is lexbor (through selectolax): it follows the HTML standard and, unlike libxml2, keeps
text behind 300 nested elements and 12 MB nodes. A :class:`Line` is the text of one block (a
paragraph, a heading, a list item, a bare run of text in a ``div``), with the place where it stands.
Nothing here looks at class names or ids.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from variorum.stages.extract import shares
from variorum.stages.extract.link_hints import is_hint
from variorum.stages.extract.robots import hidden_address
from variorum.stages.extract.tags import CONTEXT, KINDS, ROLES, TABLE_ROLES

# A share amid a sentence with what it gained today, set there by the page and not by its writer.
# What a link from a note back to the text says.
_BACK = frozenset(
    {"↩", "↩︎", "↩️", "↵", "⏎", "⤴", "↑", "^", "back", "return", "zurück", "retour", "volver"}
)
_PICTURES = "img, picture, video, audio, iframe, svg, canvas, object, embed"
_SET_APART = frozenset({"span", "a", "time"})  # where one follows a span at once
_PHRASES = frozenset({"p", "li", "dd", "td", "h1", "h2", "h3", "h4", "blockquote", "figcaption"})
_CLOSES = ".,;:!?…)"
_BRIEF = 40  # letters of a word or figure in an element of its own
_SIGN = 8  # code points of one emoji, at most
_WORD = 3  # letters at least: "1" and "st" are one
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
BYLINE = re.compile(
    r"(?:[Bb]y|BY|Von|von|Par|par|Por|por|Di|di|Door|door|Av|av)\s+[^\W\d_]+\s[^\W\d_]"
)
_EMPTY: frozenset[str] = frozenset()
_NONE: dict[str, str | None] = {}

# Real news pages stay under 20,000 elements and depth 120; ten times that is no story.
MAX_NODES = 400_000
MAX_DEPTH = 1_500
_NESTING = r"(?:div|section|article|ul|ol|dl|dd|table|tr|td|span|b|i|font|blockquote|a)\b"
_NESTED = re.compile(rf"<(/?){_NESTING}[^<>]*>", re.I)
_OPENING = re.compile(rf"<{_NESTING}", re.I)


@dataclass(slots=True, eq=False)
class Element:
    """One element, with the half-open range of lines inside it."""

    tag: str
    parent: Element | None
    depth: int
    node: Any
    context: frozenset[str]
    first: int
    last: int = -1

    def ancestors(self) -> Iterator[Element]:
        """This element, then what it stands in, outermost last."""
        here: Element | None = self
        while here is not None:
            yield here
            here = here.parent


@dataclass(slots=True, eq=False)
class Line:
    """The text of one block. ``linked``, ``bold`` and ``slanted`` count its characters inside
    links, strong type and italics, ``lead`` those before its first link, ``head`` those of a piece set
    apart (in strong type, or a span) with which it begins; ``links`` counts the links;
    ``times`` are ``datetime`` attributes; ``tag`` and ``context`` are its element's."""

    index: int
    element: Element
    tag: str
    context: frozenset[str]
    text: str
    linked: int = 0
    links: int = 0
    bold: int = 0
    slanted: int = 0
    times: tuple[str, ...] = ()
    href: str | None = None
    lead: int = 0
    head: int = 0


@dataclass(slots=True, eq=False)
class Spot:
    """A picture, video, sound or frame, standing before line ``line``."""

    element: Element
    node: Any
    line: int


@dataclass(slots=True)
class Tree:
    """A page walked. ``lines`` and ``elements`` are in document order; ``inputs``
    are the elements that hold a form's field or button."""

    root: Any
    lines: list[Line] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)
    inputs: list[Element] = field(default_factory=list)
    flags: list[str] = field(default_factory=list)
    hidden: int = 0


@dataclass(slots=True)
class _Run:
    """The line being gathered. ``ended`` is how many parts there were when the last span or time closed,
    ``timed`` the same of times alone, ``seam`` whether the next text stands right behind such a one;
    ``head`` is None while the line is still in the piece with which it began; ``gap`` is how many parts
    there were when something was left out."""

    parts: list[str] = field(default_factory=list)
    linked: int = 0
    links: int = 0
    bold: int = 0
    slanted: int = 0
    times: list[str] = field(default_factory=list)
    href: str | None = None
    lead: int = 0
    head: int | None = 0
    ended: int = 0
    timed: int = 0
    seam: bool = False
    gap: int = 0


def _is_word(node: Any) -> bool:
    """Whether an element holds a few letters and no other element."""
    text = node.text(deep=False) or ""
    return 0 < len(text.strip()) <= _BRIEF and len(node.css("*")) <= 1


def _is_emoji(alt: str) -> bool:
    """Whether a picture is a sign of the text that was replaced by one: its words are the sign."""
    return 0 < len(alt) <= _SIGN and not any(c.isalnum() or c.isascii() for c in alt)


def _leads_back(node: Any, href: str | None) -> bool:
    """Whether a link goes from a note back to where the text refers to it."""
    if not href or href[0] != "#":
        return False
    return node.text().strip(" []()").casefold() in _BACK


def _are_two_words(one: str, other: str, after_time: bool) -> bool:
    """Whether two pieces that touch are words of their own: "Votes|Share", "200|homes", and behind a time
    "14:35|12 min ago"."""
    last, first = one[-1:], other[:1]
    if (last.islower() and first.isupper()) or (after_time and (last + first).isalnum()):
        return True
    return (last.isdigit() and other[:_WORD].isalpha() and len(other) >= _WORD) or (
        first.isdigit() and one[-_WORD:].isalpha() and len(one) >= _WORD
    )


def leads_away(href: str | None) -> bool:
    """Whether a link goes to another page, rather than within this one or to a mail program; "#/join" is
    the way of an application on the page, "#comments" leads out of the story to what readers say."""
    bound = bool(href) and not (href or "").startswith(("#", "mailto:", "tel:"))
    return bound or _OUT_OF_STORY.match(href or "") is not None


_OUT_OF_STORY = re.compile(
    r"#(?:/|!/|(?:leser-?)?(?:comments?|respond|disqus|kommentare?|commentaires?|comentarios?|commenti|reacties|kommentarer"
    r"|conversation|discussion|viafoura|coral|openweb|spotim|replies|reactions)(?![a-z]))",
    re.I,
)


def parse(html: str) -> Any:
    """The lexbor tree of ``html``."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(html)


def flatten_nesting(html: str, limit: int = MAX_DEPTH) -> tuple[str, bool]:
    """``html`` without the tags nested deeper than ``limit``, and whether any were dropped.

    The standard's tree building takes quadratic time on such input; the text is kept whole, and so are
    its paragraphs and items, which cannot nest in themselves.
    """
    if html.count("<") < limit * 2 or len(_OPENING.findall(html)) <= limit:
        return html, False
    depth, cut = 0, 0
    parts: list[str] = []
    for tag in _NESTED.finditer(html):
        if tag.group(1):
            drop = depth > limit
            depth = max(0, depth - 1)
        else:
            depth += 1
            drop = depth > limit
        if drop:
            parts.append(html[cut : tag.start()])
            cut = tag.end()
    if not parts:
        return html, False
    parts.append(html[cut:])
    return " ".join(parts), True


def walk(parser: Any, *, with_hidden: bool = False) -> Tree:
    """The lines, elements and media of a parsed page, in one pass over at most MAX_NODES nodes."""
    tree = Tree(parser.root)
    root = parser.body or parser.root
    if root is not None:
        _Walker(tree, with_hidden).walk(root)
    return tree


class _Walker:
    def __init__(self, tree: Tree, with_hidden: bool) -> None:
        self.tree = tree
        self.with_hidden = with_hidden
        self.run = _Run()
        self.linked = self.bold = self.slanted = 0  # open links, strong type, italics
        self.link_from = 0  # the part of the line with which the last link began
        self.spans = 0
        self.breaks = 0

    def walk(self, root: Any) -> None:
        top = Element(root.tag or "body", None, 0, root, _EMPTY, 0)
        self.tree.elements.append(top)
        # Where to go on, and in which block, when the children of an element are done; and what
        # closes then.
        stack: list[tuple[Any, Element, str, Element]] = []
        node, inside = root.first_child, top
        kinds, text, close = KINDS, self.text, self.close
        # Each gives the block in which the children of an element stand and what closes after them;
        # no block where they are not to be seen.
        visit = {
            "block": self.open_block,
            "inline": self.open_inline,
            "br": self.line_break,
            "media": self.take_media,
            "field": self.take_field,
        }
        seen = 0
        while True:
            if node is None:
                if not stack:
                    break
                node, inside, closing, closed = stack.pop()
                if closing:
                    close(closing, closed)
                continue
            seen += 1
            if seen > MAX_NODES:
                self.tree.flags.append("too-many-nodes")
                self.flush(inside)
                break
            tag = node.tag or "!"
            if tag == "-text":
                text(node.text_content)
                node = node.next
                continue
            kind = kinds[tag]
            if kind == "unseen":
                node = node.next
                continue
            within, closing = visit[kind](node, tag, inside)
            if within is None:
                node = node.next
            else:
                stack.append((node.next, inside, closing, within))
                node, inside = node.first_child, within
        self.flush(top)
        for element in self.tree.elements:
            if element.last < 0:
                element.last = len(self.tree.lines)

    def take_media(self, node: Any, tag: str, inside: Element) -> tuple[Element | None, str]:
        if tag == "img" and _is_emoji(alt := node.attributes.get("alt") or ""):
            self.text(alt)
            return None, ""
        self.tree.spots.append(Spot(inside, node, len(self.tree.lines)))
        return (inside if tag in ("picture", "amp-img") else None), ""

    def take_field(self, node: Any, _tag: str, inside: Element) -> tuple[Element | None, str]:
        """A field makes a form of its box, but not the box to tick before an item of a list."""
        if inside.tag != "li" or node.attributes.get("type") != "checkbox":
            self.tree.inputs.append(inside)
        return None, ""

    def open_inline(self, node: Any, tag: str, inside: Element) -> tuple[Element | None, str]:
        attributes = node.attributes if tag in _SET_APART else _NONE
        if attributes:
            if self.is_hidden(attributes):
                return None, ""
            if attributes.get("role") in TABLE_ROLES:
                return self.open_block(node, tag, inside)
            if self.is_set_in(node, tag, attributes):
                self.run.gap = len(self.run.parts)
                return None, ""
        if tag == "sup" and self.run.parts and node.css_first('a[href^="#"]') is not None:
            self.text(f"[{node.text().strip(' []()')}]")  # however a note's mark is drawn
            return None, ""
        closing = ""
        if tag in _SET_APART:
            self.run.seam = self.run.ended == len(self.run.parts) > 0
        if tag == "a" and leads_away(attributes.get("href")):
            self.linked += 1
            self.link_from = len(self.run.parts)
            self.run.links += 1
            self.run.href = self.run.href or attributes.get("href")
            closing = "a"
        elif tag in ("b", "strong"):
            self.bold += 1
            closing = "bold"
        elif tag in ("i", "em"):
            self.slanted += 1
            closing = "slanted"
        elif tag == "span":
            self.spans += 1
            closing = "span"
        elif tag == "time":
            self.run.times.extend(filter(None, [attributes.get("datetime")]))
            closing = "time"
        return inside, closing

    def is_set_in(self, node: Any, tag: str, attributes: dict[str, str | None]) -> bool:
        """Whether an inline element is what the page sets into a line by itself: a hidden address, whose
        words are put in its place, a share's price, the way back from a note, how a link opens."""
        if address := attributes.get("data-cfemail"):
            self.text(hidden_address(address))
            return True
        if not self.run.parts:
            return False
        if tag == "a" and _leads_back(node, attributes.get("href")):
            return True
        told = self.linked == 0 or len(self.run.parts) > self.link_from
        if tag == "span" and self.run.links and told and is_hint(node):
            return True
        return shares.is_live(attributes, node, self.run.parts)

    def open_block(self, node: Any, tag: str, inside: Element) -> tuple[Element | None, str]:
        attributes, context, tree = node.attributes, inside.context, self.tree
        if attributes:
            if self.is_hidden(attributes):
                tree.hidden += 1
                return None, ""
            given = attributes.get("role") or ""
            role = ROLES.get(given)
            if role == "figure" and node.css_first(_PICTURES) is None:
                role = None  # a chart made of rows of text
            if role and role not in context:
                context = context | {role}
            tag = TABLE_ROLES.get(given, tag)
        if "-" in tag and inside.tag in _PHRASES and self.run.parts and _is_word(node):
            # An element of the site's own amid a sentence is inline (CSS); a share's price is the page's.
            return (None if shares.tell(tag) else inside), ""
        self.flush(inside)
        if tag in ("button", "form", "select"):
            tree.inputs.append(inside)
        if (name := CONTEXT.get(tag)) and name not in context:
            context = context | {name}
        element = Element(tag, inside, inside.depth + 1, node, context, len(tree.lines))
        tree.elements.append(element)
        return element, "block"

    def is_hidden(self, attributes: dict[str, str | None]) -> bool:
        if self.with_hidden:
            return False
        if "hidden" in attributes and attributes["hidden"] != "until-found":
            return True
        style = attributes.get("style")
        return bool(style) and bool(_HIDDEN_STYLE.search(style or ""))

    def close(self, what: str, inside: Element) -> None:
        if what == "block":
            self.flush(inside)
            inside.last = len(self.tree.lines)
        elif what == "span":
            self.spans -= 1
            self.end_head()
            self.run.ended = len(self.run.parts)
        elif what == "time":
            self.run.ended = self.run.timed = len(self.run.parts)
        elif what == "a":
            self.linked -= 1
        elif what == "bold":
            self.bold -= 1
            self.end_head()
        else:
            self.slanted -= 1

    def end_head(self) -> None:
        """The piece with which the line began may close here."""
        if self.run.head is None:
            self.run.head = len(" ".join("".join(self.run.parts).split()))

    def text(self, text: str | None) -> None:
        run = self.run
        if not text or text.isspace():
            if run.parts:
                run.parts.append(" ")
            return
        self.breaks = 0
        if "%" in text and (at := shares.gained(text, run.parts, self.linked > 0, self.link_from)):
            self.take_back_price(at)
            return
        if run.seam and _are_two_words(run.parts[-1], text, run.timed == len(run.parts)):
            run.parts.append(" ")  # two spans side by side are set apart by the page's styles
        if run.gap == len(run.parts) > 0 and text[0] in _CLOSES:
            run.parts[-1] = run.parts[-1].rstrip()  # "Brandvold Group [OSL 214 +0.4%]."
        if not run.parts and (self.bold or self.spans):
            run.head = None
        run.seam = False
        run.parts.append(text)
        size = len(text.strip())
        if self.linked:
            run.linked += size
        elif not run.linked:
            run.lead += size
        if self.bold:
            run.bold += size
        if self.slanted:
            run.slanted += size

    def take_back_price(self, at: int) -> None:
        """Takes the price of a share, part ``at`` of the line, out of it; -1: there is none."""
        if at < 0:
            return
        if not self.run.linked:
            self.run.lead -= len(self.run.parts[at].strip())
        self.run.parts[at] = ""

    def line_break(self, _node: Any, _tag: str, inside: Element) -> tuple[Element | None, str]:
        """One ``<br>`` is a space in the line, two in a row end the paragraph; one after a byline
        or a row of labels ends it."""
        self.breaks += 1
        if self.breaks > 1 or self.is_byline():
            self.flush(inside)
        else:
            self.run.parts.append(" ")
        return None, ""

    def is_byline(self) -> bool:
        text = "".join(self.run.parts[:12]).strip() if len(self.run.parts) < 12 else ""
        if not text or len(text) >= 100 or text[-1] in "!?…:;":
            return False
        return bool(BYLINE.match(text) or (" | " in text and text[-1] != "."))

    def flush(self, inside: Element) -> None:
        run = self.run
        self.breaks = 0
        if not run.parts:
            if run.links or run.times:
                self.run = self.fresh()
            return
        text = " ".join("".join(run.parts).split())
        if text:
            line = Line(
                len(self.tree.lines),
                inside,
                inside.tag,
                inside.context,
                text,
                min(run.linked, len(text)),
                run.links,
                run.bold,
                run.slanted,
                tuple(run.times),
                run.href,
                run.lead,
                run.head or 0,
            )
            self.tree.lines.append(line)
        self.run = self.fresh()

    def fresh(self) -> _Run:
        """A new line; an open link goes on in it."""
        run = _Run()
        if self.linked:
            run.links, run.href = 1, self.run.href
        return run
