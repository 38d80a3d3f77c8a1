"""The story assembled: which lines of the page are its paragraphs, captions and notices."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice

from variorum.model import Notice, reasons
from variorum.stages.extract import appeals, counts, phrases
from variorum.stages.extract.body import (
    ASIDE,
    HEADINGS,
    Anchor,
    Weighed,
    locate,
    own_article,
    size,
    weigh,
)
from variorum.stages.extract.byline import names_with_role
from variorum.stages.extract.captions import LEAD, is_of_picture, leads_on, lines_beside
from variorum.stages.extract.cards import stands_on_card
from variorum.stages.extract.dates import is_dateline, written_date
from variorum.stages.extract.endings import ends_sentence
from variorum.stages.extract.furniture import SiteFurniture
from variorum.stages.extract.judge import Judge, Verdict, drop
from variorum.stages.extract.named import says_standfirst
from variorum.stages.extract.notices import find_notices, kind_of, speaks_of_this
from variorum.stages.extract.points import is_verdict, key_points
from variorum.stages.extract.tree import BYLINE, Element, Line, Tree
from variorum.stages.extract.vocabulary import shared, words_in
from variorum.text.caseless import Caseless
from variorum.text.moments import without_age
from variorum.text.typography import fold

# A note about the text stands at most so many lines after the story; calibrated by reading where
# publishers put them: share bars, tags and an author box may come between.
_AFTER = 40
_STANDFIRST_REACH = 25
# Lines above the headline among which a figure or a note of the story's may stand.
_REACH_ABOVE = 12
_BELOW = 2  # lines below the story among which a list of terms begins
_WORD = re.compile(r"\w+")
_SUMMED_UP = 16  # characters of a lead that is all of the page's description
_STANDFIRST_LINES = 3  # of a box that is called one
_BRIEF = 4  # words of a lead, at least
_SHARED = 3  # words of a note above the headline that the story has, too
_MOST_KNOWN = 0.6  # share of a story
AWAY = frozenset({"nav", "aside", "footer", "form", "button", "dialog"})


@dataclass(slots=True)
class Story:
    """``verdicts`` has one entry a line of the page; ``paragraphs`` are the kept texts."""

    tree: Tree
    weighed: Weighed
    container: Element | None
    verdicts: list[Verdict]
    paragraphs: list[str] = field(default_factory=list)
    captions: list[Line] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    first: int = 0
    last: int = 0
    pictured: int = 0
    judge: Judge | None = None

    def role(self, line: Line) -> str:
        """What a line of the page was judged to be; "story" for what is kept as body."""
        if line.index >= len(self.verdicts):
            return "furniture"
        verdict = self.verdicts[line.index]
        return "story" if verdict.kept else verdict.role

    @property
    def length(self) -> int:
        return sum(size(p) for p in self.paragraphs)


def tell(
    tree: Tree,
    anchor: Anchor,
    site: SiteFurniture,
    description: str | None = None,
) -> Story:
    """The story on a walked page; ``site`` is what is known of its site, ``description`` is the
    head's description (a standfirst often repeats it)."""
    weighed = weigh(tree, anchor.host)
    container = locate(weighed, anchor)
    if container is None:
        outside = drop("no story found on the page")
        return Story(tree, weighed, None, [outside] * len(tree.lines), pictured=anchor.line)
    container = own_article(weighed, container, anchor)
    judge = Judge(weighed, container, anchor, site.knows, site.slots.settled)
    verdicts = judge.verdicts()
    if _most_is_known(tree, verdicts):
        judge = Judge(weighed, container, anchor, _nothing)
        verdicts = judge.verdicts()
    story = Story(tree, weighed, container, verdicts, judge=judge)
    kept = [i for i, v in enumerate(story.verdicts) if v.kept]
    story.first, story.last = (kept[0], kept[-1]) if kept else (container.first, container.last - 1)
    taken = _find_captions(story, anchor, description)
    _keep_points(story, anchor, taken)
    _keep_standfirst(story, anchor, description, taken)
    _keep_above(story, anchor, description)
    _keep_terms_below(story)
    _keep_notices(story, anchor)
    _assemble(story)
    story.pictured = _pictured_from(story, anchor) if anchor.found else story.first
    story.captions = [
        x
        for x, v in zip(tree.lines, story.verdicts, strict=True)
        if min(anchor.line, story.pictured) <= x.index <= story.last + 8
        and (v.role == "caption" or is_of_picture(x.context))
        and judge.blocks.reason_for(x.element) not in reasons.BY_WORDS  # "Picture of the day"
        and not leads_on(x)
    ]
    return story


def _pictured_from(story: Story, anchor: Anchor) -> int:
    """The line from which pictures are the story's: its headline's, or that of a figure with a
    caption right above it, in the block that holds the headline and the story."""
    figures = (
        _figure_of(x)
        for x in _above_headline(story, anchor)
        if "caption" in x.context and AWAY.isdisjoint(x.context)
    )
    return min((f.first for f in figures if f is not None), default=anchor.line)


def _above_headline(story: Story, anchor: Anchor) -> Sequence[Line]:
    """The lines right above the headline in the block that holds it and the story."""
    lines, container = story.tree.lines, story.container
    if container is None or not anchor.found or anchor.line >= len(lines):
        return ()
    shared = (
        e for e in lines[anchor.line].element.ancestors() if e.first <= container.first < e.last
    )
    home = next(shared, None)
    if home is None or home.tag in ("body", "html"):
        return ()
    return lines[max(home.first, anchor.line - _REACH_ABOVE) : anchor.line]


def _figure_of(line: Line) -> Element | None:
    return next((e for e in line.element.ancestors() if e.tag == "figure"), None)


def _nothing(_text: str) -> bool:
    return False


def _most_is_known(tree: Tree, verdicts: Sequence[Verdict]) -> bool:
    """Whether what is known of the site would take most of a story away: then it was learned from
    this story under other names, and is not used."""
    each = list(zip(tree.lines, verdicts, strict=True))
    lost = sum(size(x.text) for x, v in each if v.why == reasons.KNOWN)
    kept = sum(size(x.text) for x, v in each if v.kept)
    return lost > _MOST_KNOWN * (lost + kept)


def _find_captions(story: Story, anchor: Anchor, description: str | None) -> set[int]:
    """Captions of pictures between the headline and the body, outside the container: marked so, and
    the indices of their lines."""
    found: set[int] = set()
    about = fold(description or "").casefold()
    start = anchor.line if anchor.found else story.first
    for spot in story.tree.spots:
        if not start <= spot.line <= story.first:
            continue
        for line in lines_beside(spot, story.tree.lines):
            named = any(line.text.startswith(name) for name in anchor.names)
            other = named or _begins(line, about) or is_dateline(line)
            if not other and not story.verdicts[line.index].kept:
                story.verdicts[line.index] = drop("beside a picture", "caption")
                found.add(line.index)
    return found


def _keep_points(story: Story, anchor: Anchor, captions: set[int]) -> None:
    """The key points between the headline and the body, outside the container."""
    if not anchor.found or story.judge is None:
        return
    between = story.tree.lines[anchor.line + 1 : min(story.first, anchor.line + _STANDFIRST_REACH)]
    for line in key_points(between, story.judge.known):
        if line.index not in captions and not story.verdicts[line.index].kept:
            story.verdicts[line.index] = Verdict("list", True, "a key point under the headline")
    for line in filter(is_verdict, between):
        story.verdicts[line.index] = Verdict("paragraph", True, "the critic's verdict")


def _keep_terms_below(story: Story) -> None:
    """A list of terms right below the story in its article: who paid for a study, what was measured."""
    container, judge, lines = story.container, story.judge, story.tree.lines
    if container is None or judge is None or container.last >= len(lines):
        return
    below = lines[container.last : container.last + _BELOW]
    listed = (next((e for e in x.element.ancestors() if e.tag == "dl"), None) for x in below)
    box = next(filter(None, listed), None)
    if box is None or box.first < container.last or not _in_one_article(box, container):
        return
    if judge.terms.are_told_below(box):
        for line in lines[box.first : box.last]:
            story.verdicts[line.index] = Verdict("list", True, "terms right below the story")


def _in_one_article(one: Element, other: Element) -> bool:
    around = set(other.ancestors())
    shared = next((e for e in one.ancestors() if e in around), None)
    return shared is not None and shared.tag in ("article", "main")


def _keep_standfirst(
    story: Story, anchor: Anchor, description: str | None, captions: set[int]
) -> None:
    """The lead that many pages set between the headline and the body, outside the container."""
    lines = story.tree.lines
    about = fold(description or "").casefold()[:60]
    start = anchor.line + 1 if anchor.found else max(0, story.first - 6)
    between = lines[start : min(story.first, start + _STANDFIRST_REACH)]
    told = {lines[i].text for i in range(story.first, story.last + 1)}
    open_to = [
        x
        for x in between
        if x.index not in captions
        and not story.verdicts[x.index].kept
        and x.text not in told
        and _may_lead(x, about, story)
    ]
    may = [x for x in open_to if _may_stand_first(x, story.weighed)]
    lead = next((x for x in may if _reads_as_lead(x, about)), None)
    brief = next((x for x in may if _is_called_lead(x) or _sums_up(x, about)), None)
    kept = any(story.verdicts[x.index].kept for x in between)
    first = open_to[0] if open_to and anchor.found and open_to[0].index == start else None
    if lead is brief is None and not kept and first is not None:
        plain = story.verdicts[start].role != "caption"
        lead = first if plain and _is_brief(first, anchor) else None
    for line in filter(None, (lead, brief)):
        story.verdicts[line.index] = Verdict("paragraph", True, "a lead under the headline")


def _may_lead(line: Line, about: str, story: Story) -> bool:
    """Whether a line is no caption, or a long one, or begins as the page's own description does."""
    caption = story.verdicts[line.index].role == "caption"
    return not caption or size(line.text) >= LEAD or _begins(line, about)


def _keep_above(story: Story, anchor: Anchor, description: str | None) -> None:
    """What is set over the headline and is of the story: a sentence in its words, which no other page
    of the site has ("Change of place: the drop-in will be held in the library")."""
    above = [
        x for x in _above_headline(story, anchor) if not x.links and AWAY.isdisjoint(x.context)
    ]
    judge = story.judge
    if not above or judge is None:
        return
    about = fold(description or "").casefold()[:60]
    place = story.tree.lines[anchor.line].element.parent
    kept = (x.text for x, v in zip(story.tree.lines, story.verdicts, strict=True) if v.kept)
    words = words_in(kept)
    for line in above:
        beside = any(e is place for e in islice(line.element.ancestors(), 1, 3))
        if (
            not beside
            or judge.known(line.text)
            or judge.blocks.reason_for(line.element)
            or judge.by_words(line)
        ):
            continue
        if not ends_sentence(line.text) or not _is_standfirst(line, about, story.weighed):
            continue
        if shared(line.text, words) >= _SHARED and kind_of(line.text) is None:
            story.verdicts[line.index] = Verdict(
                "paragraph", True, "of the story, over its headline"
            )


def _begins(line: Line, about: str) -> bool:
    """Whether a line begins as the page's own description does."""
    return len(about) > 30 and fold(line.text).casefold().startswith(about[:40])


def _sums_up(line: Line, about: str) -> bool:
    """Whether a line is all of the page's own description."""
    return size(about) >= _SUMMED_UP and fold(line.text).casefold() == about


def _is_called_lead(line: Line) -> bool:
    """Whether a plain line stands in a box of its own that is called a standfirst."""
    plain = line.tag not in HEADINGS and not line.links and len(line.text.split()) >= _BRIEF
    boxes = islice(line.element.ancestors(), 3)
    own = (e for e in boxes if e.last - e.first <= _STANDFIRST_LINES)
    return plain and any(says_standfirst(e.node.attributes) for e in own)


def _is_brief(line: Line, anchor: Anchor) -> bool:
    """Whether a line of a few words, a paragraph or heading of its own, may be a lead: neither a label
    nor a byline, a date, the headline again, or what the paper says of itself."""
    text = line.text
    small = [w for w in text.split() if w[0].islower() and len(w) > 2]
    own = _WORD.findall(text.casefold())
    titled = set(_WORD.findall(" ".join(anchor.titles).casefold()))
    if len(small) < 2 or sum(w in titled for w in own) * 2 > len(own):
        return False
    if (
        line.tag not in ("p", "h2")
        or not AWAY.isdisjoint(line.context)
        or line.links
        or len(text.split()) < _BRIEF
        or text[-1] == ":"
    ):
        return False
    if is_dateline(line) or written_date(text) or BYLINE.match(text) or names_with_role(text):
        return False
    if appeals.speaks_for_paper(text):
        return False
    return not (phrases.is_read_more(text) or phrases.is_prompt(text) or phrases.is_promotion(text))


def _is_standfirst(line: Line, about: str, weighed: Weighed) -> bool:
    return _may_stand_first(line, weighed) and _reads_as_lead(line, about)


def _reads_as_lead(line: Line, about: str) -> bool:
    long = size(line.text) >= 60 and (ends_sentence(line.text) or size(line.text) >= 100)
    return long or _begins(line, about)


def _may_stand_first(line: Line, weighed: Weighed) -> bool:
    """Whether a line is no picture's, link, clock, credit, date or request."""
    text = line.text
    barred = (ASIDE - {"banner"}) - weighed.ignored
    if not barred.isdisjoint(line.context) or "figure" in line.context or line.tag == "h1":
        return False
    if line.linked * 3 > len(text) or counts.is_clock(text) or phrases.is_credit(text):
        return False
    if phrases.is_gate(text) or phrases.is_invitation(text) or phrases.is_consent(text):
        return False
    if appeals.speaks_for_paper(text):
        return False
    return ends_sentence(text) or size(text) >= 200 or not written_date(text)


def _keep_notices(story: Story, anchor: Anchor) -> None:
    """Notices in the story, above it and after its container; those inside it are kept in place."""
    container = story.container
    assert container is not None
    away = frozenset({"nav", "button", "dialog", "form"}) - story.weighed.ignored
    start = anchor.line + 1 if anchor.found else container.first
    stop = max(container.last, story.last) + _AFTER
    region = [
        x
        for x in (*_noted_above(story, anchor), *story.tree.lines[start:stop])
        if away.isdisjoint(x.context) and not x.linked * 2 > len(x.text)
    ]
    found, used = find_notices(region, story.last)
    inside = range(story.first, story.last + 1)
    for index in used:
        verdict = story.verdicts[index]
        line = story.tree.lines[index]
        at_home = story.judge is None or story.judge.layout.in_main_home(line)
        if verdict.role != "caption" and at_home and (verdict.kept or index in inside):
            story.verdicts[index] = Verdict("notice", True, "the publisher's own note")
        else:
            story.verdicts[index] = drop("the publisher's own note, outside the body", "notice")
    story.notices = found


def _noted_above(story: Story, anchor: Anchor) -> list[Line]:
    """The lines above the headline that may be the story's own notices: in the block that holds both,
    and across the page those that speak of this story or in its words."""
    if not anchor.found or story.judge is None:
        return []
    known = story.judge.known
    near = [x for x in _above_headline(story, anchor) if not known(x.text)]
    first = near[0].index if near else anchor.line
    reach = story.tree.lines[max(0, anchor.line - _REACH_ABOVE) : first]
    bars = [x for x in reach if not x.links and kind_of(x.text) and not known(x.text)]
    if not bars:
        return near
    words = words_in(story.tree.lines[i].text for i in range(story.first, story.last + 1))
    own = (x for x in bars if speaks_of_this(x.text) or shared(x.text, words) >= _SHARED)
    return [*own, *near]


def _assemble(story: Story) -> None:
    """Paragraphs from the kept lines, the cells of a table row joined; notices get their place."""
    row: Element | None = None
    for line, verdict in zip(story.tree.lines, story.verdicts, strict=True):
        if not verdict.kept:
            continue
        here = _row_of(line) if verdict.role == "table" else None
        if here is not None and here is row:
            story.paragraphs[-1] += " | " + line.text
        else:
            story.paragraphs.append(_without_age(line, verdict))
        row = here
    placed: list[Notice] = []
    for notice in story.notices:
        place = next(
            (i for i, p in enumerate(story.paragraphs) if p and notice.text.endswith(p)), None
        )
        placed.append(Notice(notice.kind, notice.text, place))
    story.notices = placed


def _without_age(line: Line, verdict: Verdict) -> str:
    """A line's text; the time of a live entry without how long ago that is, which grows by itself."""
    return without_age(line.text) if verdict.why == reasons.ENTRY else line.text


def _row_of(line: Line) -> Element | None:
    return next((e for e in line.element.ancestors() if e.tag == "tr"), None)


_LONGEST_BYLINE = 160  # letters of a line that says who wrote it, and when


def near_headline(lines: Sequence[Line], anchor: Anchor, story: Story) -> list[Line]:
    """The lines where bylines and dates stand, captions left out: from the headline to the first
    paragraphs, just before the headline, and what is labelled so after the story's end."""
    head = anchor.line if anchor.found else max(0, story.first - 15)
    between = lines[head + 1 : max(head + 25, story.first + 3)]
    before = lines[max(0, head - 8) : head]
    after = lines[story.last + 1 : story.last + 30]
    labelled = [
        x
        for x in after
        if is_labelled(x) or (x.index < story.last + 10 and x.linked * 2 > len(x.text))
    ]
    near = (x for x in (*between, *before, *labelled) if story.role(x) != "caption")
    return [x for x in near if len(x.text) > _LONGEST_BYLINE or not stands_on_card(x, lines)]


def is_labelled(line: Line) -> bool:
    """A line that begins "Published", "By" or the like."""
    return bool(_LABEL.match(line.text))


_LABEL = Caseless(
    r"\W*(?:published|posted|updated|date|first published|by |author|datum|veröffentlicht|erstellt|stand|von |autor"
    r"|publié|par |publicado|fecha|por |pubblicato|data|di |autore|gepubliceerd|door |publicerad|publisert|av "
    r"|опубликовано|автор|نشر|公開|更新|配信|입력)",
)


__all__ = ["Story", "kind_of", "near_headline", "tell"]
