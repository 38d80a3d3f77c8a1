"""The whole of extraction on one screen: bytes -> text -> lines -> story -> Page."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from typing import Any
from urllib.parse import SplitResult, urljoin, urlsplit

from variorum.model import Block, Document, Page, PageKind, reasons
from variorum.stages.extract import headline, jsonld
from variorum.stages.extract.body import ASIDE, Anchor
from variorum.stages.extract.byline import byline_of
from variorum.stages.extract.captions import leads_on
from variorum.stages.extract.cards import on_card
from variorum.stages.extract.charset import decode_with_flags, safe, undo_double
from variorum.stages.extract.cut import cut_off
from variorum.stages.extract.dates import dates_of
from variorum.stages.extract.furniture import SiteFurniture
from variorum.stages.extract.kinds import Evidence, kind_of_page
from variorum.stages.extract.lists import keep_on_page
from variorum.stages.extract.media import media_of
from variorum.stages.extract.meta import Meta, marked, read_meta
from variorum.stages.extract.names import frame_of
from variorum.stages.extract.rescue import moved, rescue
from variorum.stages.extract.slots import slots_of
from variorum.stages.extract.story import AWAY, Story, is_labelled, near_headline, tell
from variorum.stages.extract.tree import Line, Spot, Tree, flatten_nesting, parse, walk
from variorum.text.typography import fold

_ODD = re.compile("[\ufffd\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
_BOX = 6  # lines of a small box
_MOST_AUTHORS = 40  # elements marked so; more stand in lists of other stories
RULES = "15"  # raise it whenever the rules change what is read


@cache
def extractor() -> str:
    """What reads the pages, with versions."""
    from importlib.metadata import version

    return f"variorum-extract/{RULES} selectolax/{version('selectolax')} trafilatura/2.3.1"


def read_page(
    body: bytes | str,
    *,
    url: str | None = None,
    content_type: str | None = None,
    furniture: SiteFurniture | None = None,
) -> Page:
    """What a captured page says. Pure, deterministic, never raises: a page that cannot be read
    comes back as a Page of kind ``unreadable`` with the reason.

    ``url`` is where it was captured, ``content_type`` the response's header, ``furniture`` what is
    known of the site from its other stories.
    """
    url = safe(url) if url else url
    try:
        return _read(body, url, content_type, furniture)
    except MemoryError:
        return unreadable("the page needs more memory than it may have", url, "memory-limit")
    except Exception as error:  # a page must never stop a run; the reason is kept
        return unreadable(f"{type(error).__name__} while reading", url)


def unreadable(reason: str, url: str | None = None, *flags: str) -> Page:
    """The named refusal."""
    document = Document.build(None, (), url=url)
    return Page(PageKind.UNREADABLE, document, reason, extractor=extractor(), flags=flags)


def _read(
    body: bytes | str, url: str | None, content_type: str | None, furniture: SiteFurniture | None
) -> Page:
    if isinstance(body, bytes):
        html, encoding, flags = decode_with_flags(body, content_type)
    else:
        html, encoding, flags = safe(body), "utf-8", ()
    html, doubled = undo_double(html)
    if doubled:
        flags = (*flags, "charset-doubled")
    if _is_binary(html):
        return unreadable("not text: binary data", url, *flags)
    html, flattened = flatten_nesting(html)
    parser = parse(html)
    tree = walk(parser)
    notes = [*flags, *(["deep-nesting"] if flattened else []), *tree.flags]
    return _Reading(parser, tree, html, url, furniture).page(encoding, notes)


def _is_binary(html: str) -> bool:
    """Control characters and replacement marks in plenty."""
    sample = html[:4096]
    return len(_ODD.findall(sample)) * 10 > len(sample)


class _Reading:
    """One page being read; holds what the parts share."""

    def __init__(
        self, parser: Any, tree: Tree, html: str, url: str | None, furniture: SiteFurniture | None
    ) -> None:
        self.parser, self.tree, self.html, self.url = parser, tree, html, url
        self.furniture = furniture or SiteFurniture()
        self.marks = marked(parser)
        self.meta: Meta = read_meta(parser, self.marks)
        self.node = jsonld.story(jsonld.nodes(self.marks.scripts), self.meta.title)
        self.canonical = self.find_canonical()
        self.base = _joined(url, self.meta.base) or url or self.canonical
        keep_on_page(tree, url, self.canonical)

    def page(self, encoding: str, notes: list[str]) -> Page:
        site = self.meta.first("og:site_name")
        lines = self.tree.lines
        titles = headline.titles_of(self.meta, self.node, lines)
        head = headline.choose(titles, site, lines)
        anchor = self.anchor(titles, head, site)
        about = headline.clean(self.meta.first("og:description", "description"))
        summed_up = about or headline.clean(self.node.text("description") if self.node else None)
        story = tell(self.tree, anchor, self.furniture, summed_up)
        story, extra = rescue(self, story, anchor)
        if story.tree is not self.tree:
            anchor = moved(anchor, self.tree, story.tree)
        kind, reason = kind_of_page(self.evidence(story, head))
        document = self.document(story, head, anchor, site)
        return Page(
            kind,
            document,
            reason,
            visible=tuple(x.text for x in lines),
            blocks=tuple(
                Block(v.role, x.text, v.kept, v.why)
                for x, v in zip(story.tree.lines, story.verdicts, strict=True)
            ),
            extractor=extractor(),
            encoding=encoding,
            canonical=self.canonical,
            flags=(*notes, *extra),
            titles={**titles, "description": about} if about else titles,
            slots=slots_of(story),
            frame=frame_of(self.html),
        )

    def document(
        self, story: Story, head: str | None, anchor: Anchor, site: str | None
    ) -> Document:
        near = near_headline(story.tree.lines, anchor, story)
        first = story.tree.lines[anchor.line] if anchor.found else None
        aside = [x for x in near if _may_date(x, story) and _of_headline(x, first)]
        place = self.url or self.canonical
        dates = dates_of(self.meta, self.node, aside, place, self.marked_dates())
        return Document.build(
            head,
            story.paragraphs,
            url=self.url,
            byline=self.authors(near, site),
            published=dates.published,
            modified=dates.modified,
            language=self.language(),
            section=self.section(),
            media=media_of(story.tree.spots, story.captions, self.base, self.wants(story)),
            notices=tuple(story.notices),
        )

    def anchor(self, titles: dict[str, str], head: str | None, site: str | None) -> Anchor:
        wanted = {headline.clean(t) for t in (titles.get("h1"), head) if t}
        line = next((x for x in self.tree.lines if x.text in wanted and x.tag == "h1"), None)
        line = line or next((x for x in self.tree.lines if x.text in wanted), None)
        words = headline.words(head or "")
        telling = frozenset(w for w in words if len(w) > 3 or (not w.isascii() and len(w) > 1))
        again = frozenset(fold(t).casefold() for t in (*titles.values(), head or "") if t)
        near = self.tree.lines[line.index + 1 : line.index + 12] if line else ()
        names = self.authors(near, site)
        host = _parts(self.url or self.canonical or "").hostname or ""
        at, found = (line.index, True) if line else (0, False)
        return Anchor(at, telling, found, again, names, host, self.sites(site))

    def authors(self, near: Sequence[Line], site: str | None) -> tuple[str, ...]:
        host = _parts(self.url or self.canonical or "").netloc
        return byline_of(
            self.meta,
            self.node,
            self.marked_authors,
            near,
            self.sites(site),
            host,
            lambda: self.classed_authors(near),
        )

    def sites(self, site: str | None) -> tuple[str, ...]:
        """What the site calls itself."""
        return tuple(filter(None, (site, headline.site_of(headline.clean(self.meta.title)))))

    def classed_authors(self, near: Sequence[Line]) -> list[str]:
        """The texts of elements that are the author's by their class, on lines beside the headline."""
        found = []
        lines = [line.text for line in near if line.context.isdisjoint(ASIDE)]
        for node in self.parser.css('[class*="author"], [class*="byline"]')[:12]:
            text = headline.clean(node.text(separator=" ") or "")
            if 4 < len(text) < 80 and any(text in line for line in lines):
                found.append(text)
        return found

    def evidence(self, story: Story, head: str | None) -> Evidence:
        return Evidence(
            title=headline.clean(self.meta.title),
            head=head or "",
            body=story.paragraphs,
            lines=self.tree.lines,
            around=self.tree.lines[max(0, story.first - 12) : story.last + 25],
            node=self.node,
            og_type=(self.meta.first("og:type") or "").lower(),
            cut_off=cut_off(self.html),
            path=_parts(self.url or self.canonical or "/story").path,
        )

    def wants(self, story: Story) -> Callable[[Spot], bool]:
        """Whether a picture belongs to the story: between where the story's pictures begin and its
        end, in no block that was judged furniture."""

        def wanted(spot: Spot) -> bool:
            inside = story.pictured <= spot.line <= story.last + 1
            if not inside or not AWAY.isdisjoint(spot.element.context):
                return False
            judge = story.judge
            if judge is None:
                return True
            if _is_of_the_site(spot, story):
                return False
            return not (judge.blocks.reason_for(spot.element) or judge.is_apart(spot.element))

        return wanted

    def find_canonical(self) -> str | None:
        for href in (*self.meta.links.get("canonical", ()), self.meta.first("og:url")):
            found = _joined(self.url, href)
            parts = _parts(found or "")
            if parts.scheme in ("http", "https") and parts.netloc:
                return found
        return None

    def language(self) -> str | None:
        for value in (
            self.meta.language,
            self.node.text("inLanguage") if self.node else None,
            self.meta.first("og:locale", "content-language", "language", "dc.language"),
        ):
            code = (value or "").replace("_", "-").split("-")[0].strip().lower()
            if 2 <= len(code) <= 3 and code.isascii() and code.isalpha():
                return code
        return None

    def section(self) -> str | None:
        given = self.meta.first(
            "article:section", "parsely-section", "section", "cxenseparse:section"
        )
        return (
            headline.clean(given or (self.node.text("articleSection") if self.node else None))
            or None
        )

    def marked_dates(self) -> list[str]:
        found = []
        for node, given in self.marks.dates[:5]:
            found.append(given.get("datetime") or given.get("content") or node.text() or "")
        return found

    @cached_property
    def marked_authors(self) -> list[str]:
        chosen = '[itemprop="author"] [itemprop="name"], [itemprop="author"], [rel="author"]'
        found: list[str] = []
        if not self.marks.authors:
            return found
        for node in self.parser.css(chosen)[:_MOST_AUTHORS]:
            text = node.attributes.get("content") or node.text(separator=" ") or ""
            if not on_card(node, self.meta.title or ""):
                found.append(headline.clean(text))
        return found[:8]


def _is_of_the_site(spot: Spot, story: Story) -> bool:
    """Whether a picture or sound stands in a small box whose words are the site's own: a podcast's
    player under its praise."""
    box = next((e for e in spot.element.ancestors() if e.last > e.first), None)
    if box is None or box.last - box.first > _BOX:
        return False
    if any(map(leads_on, story.tree.lines[box.first : box.last])):
        return True
    told = story.verdicts[box.first : box.last]
    if any(v.kept or v.role in ("caption", "notice") for v in told):
        return False
    return any(v.why in reasons.BY_WORDS for v in told)


def _may_date(line: Line, story: Story) -> bool:
    """A line that may carry the story's date: none of its text, no link to another story."""
    if line.index > story.last and not is_labelled(line):
        return False
    short = len(line.text) < 60
    return short or (story.role(line) != "story" and line.linked * 2 <= len(line.text))


def _of_headline(line: Line, head: Line | None) -> bool:
    """Whether a line before the headline belongs to it rather than to the page's masthead: it
    stands in one block with it."""
    if head is None or line.index > head.index:
        return True
    here = next(e for e in line.element.ancestors() if e.first <= head.index < e.last)
    return here.parent is not None or line.element is head.element.parent


def _parts(url: str) -> SplitResult:
    """The parts of a URL, all of them empty where it cannot be taken apart."""
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def _joined(base: str | None, href: str | None) -> str | None:
    if not href:
        return None
    try:
        return urljoin(base or "", href.strip())
    except ValueError:
        return None


__all__ = ["Line", "extractor", "read_page", "unreadable"]
