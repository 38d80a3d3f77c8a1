"""Each line of a page judged: what part of the story it is, or why it is none.

Rules look at structure and words, in this order: where the line stands (navigation, figure,
another block of links), what it says of itself ("Read more", "Advertisement"), whether it reads
like the paragraphs around it. Every verdict carries its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from variorum.stages.extract import phrases
from variorum.stages.extract.body import (
    ASIDE,
    HEADINGS,
    SENTENCE_END,
    Anchor,
    Weighed,
    homes_of,
    size,
)
from variorum.stages.extract.dates import written_date
from variorum.stages.extract.tree import Element, Line
from variorum.text.typography import fold

# A home that holds this share of the container's prose holds the story itself.
_MAIN_SHARE = 0.12
_WITHIN = frozenset({"p", "li", "ul", "ol", "blockquote", "dd", "dl", "pre"})
_TEXT_TAGS = _WITHIN | {"dt"}
_DOCUMENT = re.compile(r"\.(?:pdf|docx?|odt|xlsx?|ods|csv|pptx?|odp|rtf|zip)(?:$|[?#])", re.I)


@dataclass(slots=True)
class Verdict:
    """``role`` as in :class:`variorum.model.Block`."""

    role: str
    kept: bool
    why: str


def drop(why: str, role: str = "furniture") -> Verdict:
    return Verdict(role, False, why)


def shape_of(line: Line) -> tuple[object, ...]:
    """The kind of place a line stands in: its depth and the tags of it and of what holds it."""
    tags = [e.tag for e, _ in zip(line.element.ancestors(), range(4), strict=False)]
    return (line.element.depth, *tags)


def is_dateline(line: Line) -> bool:
    """A line of names, dates and dots rather than a sentence."""
    text = line.text
    if len(text) > 160 or (SENTENCE_END.search(text) and not _STAMP_FIRST.match(text)):
        return False
    dated = bool(line.times) or written_date(text) is not None
    return dated and bool(_STAMPED.search(text))


_STAMP_FIRST = re.compile(
    r"\W*(?:(?:first |last )?(?:posted|published|updated|modified)|veröffentlicht|aktualisiert|publié|mis à jour|publicado"
    r"|actualizado|pubblicato|aggiornato|atualizado)\W{0,3}(?:on |am |le |el |em |il )?[\w.]{0,10}\W{0,2}\d",
    re.I,
)
_STAMPED = re.compile(
    r"\b(?:posted|published|updated|modified|created|veröffentlicht|aktualisiert|erstellt|stand:|publié|mis à jour|publicado"
    r"|actualizado|pubblicato|aggiornato|atualizado|gepubliceerd|publicerad|uppdaterad|publisert|oppdatert|lesezeit|min read"
    r"|uhr|a\.?m\.?|p\.?m\.?|e[sd]?t|gmt|utc|cet|cest|ist|wib)\b|\d:\d\d|公開|更新|配信|입력|نشر|تحديث",
    re.I,
)


def is_download(line: Line) -> bool:
    """A link to a document: an attachment of the story, not a way to another one."""
    return bool(_DOCUMENT.search(line.href or ""))


class Judge:
    """The lines of one container judged; see :meth:`verdicts`."""

    def __init__(
        self,
        weighed: Weighed,
        container: Element,
        anchor: Anchor,
        known: Callable[[str], bool],
    ) -> None:
        self.weighed = weighed
        self.lines = weighed.tree.lines
        self.container = container
        self.known = known
        self.anchor = anchor
        self.barred = ASIDE - weighed.ignored
        self.home = homes_of(weighed, container)
        self.total = weighed.prose(container) or 1.0
        self.homes, self.large = self.main_homes()
        own = [i for i, home in self.home.items() if home in self.homes]
        self.span = (own[0], own[-1]) if own else (container.last, container.first)
        self.shapes = {shape_of(self.lines[i]) for i in own}
        core = [i for i in own if self.home[i] in self.large] or own
        self.core = (core[0], core[-1]) if core else self.span
        self.core_shapes = {shape_of(self.lines[i]) for i in core}
        self.start = self.find_start()
        self.leads = self.repeated_leads()
        self.media = [s for s in weighed.tree.spots if container.first <= s.line <= container.last]
        self.around: dict[Element, bool] = {}
        self.reasons: dict[Element, str] = {}

    def find_start(self) -> int:
        """The headline's line, when most of the container's prose comes after it."""
        sums, first, last = self.weighed.gains, self.container.first, self.container.last
        head = self.anchor.line
        if not self.anchor.found or not first <= head < last:
            return first
        return head if sums[last] - sums[head] > 0.5 * self.total else first

    def repeated_leads(self) -> set[str]:
        """Words that stand before a link on several lines of this page: its way of saying "read
        more", in whatever language."""
        counts: dict[str, int] = {}
        for line in self.lines[self.container.first : self.container.last]:
            if 2 < line.lead < 60 and line.linked > 20 and line.linked * 3 > len(line.text):
                lead = line.text[: line.lead].strip()
                counts[lead] = counts.get(lead, 0) + 1
        return {lead for lead, count in counts.items() if count > 1}

    def main_homes(self) -> tuple[set[Element], set[Element]]:
        """Where the story's paragraphs stand: the elements that hold a good share of the prose, and
        their siblings of the same shape (a story cut into sections); and the former alone."""
        held: dict[Element, float] = {}
        for index, e in self.home.items():
            held[e] = held.get(e, 0.0) + self.weighed.gain[index]
        least = _MAIN_SHARE * self.total
        large = {e for e, prose in held.items() if prose >= least}
        shapes = {(e.parent, e.tag) for e in large}
        return large | {e for e in held if (e.parent, e.tag) in shapes} or set(held), large

    def verdicts(self) -> list[Verdict]:
        """One verdict a line of the whole page."""
        outside = drop("outside the story's container")
        found = [outside] * len(self.lines)
        stop = self.end()
        seen: dict[str, int] = {}
        for line in self.lines[self.container.first : self.container.last]:
            if line.index >= stop:
                verdict = drop("after the end of the story")
            else:
                verdict = self.judge(line)
                if verdict.kept and line.text in seen and size(line.text) > 40:
                    verdict = drop("said again")
                elif verdict.kept:
                    seen[line.text] = line.index
            found[line.index] = verdict
        self.headings(found)
        return found

    # -- where the story ends -----------------------------------------------------------------

    def end(self) -> int:
        """The line at which comments, related stories and the like begin, or the container's end.

        A label inside the story ("Related") does not end it: most of the prose must be before.
        """
        sums, start, stop = self.weighed.gains, self.container.first, self.container.last
        for line in self.lines[start:stop]:
            if len(line.text) > 120 or (line.linked and line.tag not in HEADINGS):
                continue
            if not phrases.ends_story(line.text) or self.runs_on(line):
                continue
            before, after = sums[line.index] - sums[start], sums[stop] - sums[line.index]
            enough = before > 0.6 * after
            if phrases.is_replies(line.text):
                enough = enough or before > 500
            if before > 200 and enough and not self.goes_on(line):
                return line.index
        return stop

    def runs_on(self, label: Line) -> bool:
        """Whether a label is itself a paragraph with another right after it ("UP NEXT" in a match
        report), rather than a heading over something else."""
        if label.tag != "p" or label.index + 1 >= self.container.last:
            return False
        after = self.lines[label.index + 1]
        return (
            after.tag == "p" and not after.linked and after.element.parent is label.element.parent
        )

    def goes_on(self, label: Line) -> bool:
        """Whether more of what stood before a label comes after it, in the same shape of place."""
        gain = self.weighed.gain
        before: dict[tuple[object, ...], float] = {}
        after: dict[tuple[object, ...], float] = {}
        for index in self.home:
            held = before if index < label.index else after
            shape = shape_of(self.lines[index])
            held[shape] = held.get(shape, 0.0) + gain[index]
        most, total = max(before.values(), default=0.0), sum(before.values())
        for shape, prose in after.items():
            again = before.get(shape, 0.0)
            if (again > 0.4 * most and prose > 0.08 * again) or (again and prose > 0.4 * total):
                return True
        ended = {home for i, home in self.home.items() if i < label.index and home in self.large}
        rest = sum(gain[i] for i, home in self.home.items() if i > label.index and home in ended)
        return rest > 0.02 * self.total

    # -- one line -----------------------------------------------------------------------------

    def judge(self, line: Line) -> Verdict:
        return (
            self.by_place(line)
            or self.by_words(line)
            or self.by_block(line)
            or self.by_form(line)
            or Verdict(self.role(line), True, "reads like the story")
        )

    def by_place(self, line: Line) -> Verdict | None:
        context = line.context
        if "caption" in context or "figure" in context:
            return drop("a picture's caption", "caption")
        apart = self.barred & context
        if apart:
            return drop(f"inside <{min(apart)}>")
        if (
            (line.index == self.anchor.line and self.anchor.found)
            or fold(line.text).casefold() in self.anchor.titles
            or (line.tag == "h1" and not self.anchor.found)
        ):
            return drop("the headline", "headline")
        if line.index < self.start:
            return drop("before the headline")
        if line.index > self.core[1] and shape_of(line) not in self.core_shapes:
            if not any(e in self.large for e in line.element.ancestors()):
                return drop("after the story's last place")
        return None

    def by_words(self, line: Line) -> Verdict | None:
        text = line.text
        share = line.linked / len(text)
        short = size(text) < 200
        if phrases.is_advert(text):
            return drop("an advertisement's label")
        if phrases.is_clock(text):
            return drop("a time or a count")
        if phrases.is_copyright(text):
            return drop("a copyright line")
        if phrases.is_read_more(text) and (
            share > 0.3 or (short and text.rstrip()[-1:] in ":：…>»→")
        ):
            return drop("sends the reader elsewhere")
        asks = phrases.is_promotion if line.tag in HEADINGS else phrases.is_invitation
        if asks(text) and short and (share > 0.2 or not SENTENCE_END.search(text)):
            return drop("asks the reader to do something")
        if share > 0.05 and short and phrases.is_promotion(text):
            return drop("promotes a newsletter, an app or a channel")
        if phrases.is_small_print(text) or phrases.is_log(text):
            return drop("a set phrase of the site")
        if phrases.is_download_note(text) and short:
            return drop("about a download")
        if line.lead and line.linked > 20 and text[: line.lead].strip() in self.leads:
            return drop("sends the reader elsewhere, as other lines do")
        if line.tag in HEADINGS and (phrases.ends_story(text) or phrases.is_read_more(text)):
            return drop("a label over something else")
        if phrases.is_placeholder(text) and short:
            return drop("stands in for an embed")
        if line.index >= self.core[1] - 1 and size(text) < 300 and phrases.is_gate(text):
            return drop("asks for a subscription")
        if is_dateline(line):
            return drop("a byline or a date")
        if self.is_bio(line):
            return drop("about the author")
        if self.known(text):
            return drop("stands on other stories of this site")
        return None

    def is_bio(self, line: Line) -> bool:
        """The author presented, in a block of its own or at the very end."""
        text, last = line.text, self.span[1]
        if size(text) > 700 or line.index < (self.span[0] + last) // 2:
            return False
        if not any(text.startswith(name) for name in self.anchor.names):
            return False
        return not self.stands_in_story(line) or line.index >= last - 1

    def by_block(self, line: Line) -> Verdict | None:
        """Judges the largest block round the line that is not the story's own."""
        for e in line.element.ancestors():
            if e is self.container or e in self.large:
                return None
            reason = self.block_reason(e)
            if reason:
                return drop(reason)
        return None

    def in_furniture(self, element: Element) -> bool:
        """Whether an element stands in a block that is not the story's."""
        for e in element.ancestors():
            if e is self.container or e in self.large:
                return False
            if self.block_reason(e):
                return True
        return False

    def block_reason(self, e: Element) -> str:
        """Why the whole of a block is furniture, or ""."""
        if e not in self.reasons:
            self.reasons[e] = self.why_block(e)
        return self.reasons[e]

    def why_block(self, e: Element) -> str:
        lines = self.lines[e.first : e.last]
        if not lines or self.weighed.prose(e) > 0.5 * self.total:
            return ""
        if e.tag in ("p", "table", "blockquote"):
            return ""
        return self.why_by_words(lines) or self.why_by_links(lines)

    def why_by_words(self, lines: Sequence[Line]) -> str:
        text = sum(len(x.text) for x in lines)
        first, last = lines[0].text, lines[-1].text
        if text < 1500 and self.mostly(lines, phrases.is_gate):
            return "asks for a subscription"
        if text < 600 and (phrases.is_consent(first) or phrases.is_consent(last)):
            return "asks for consent"
        if text < 800 and self.mostly(lines, phrases.is_placeholder):
            return "stands in for an embed"
        if text < 500 and any(phrases.is_invitation(x.text) for x in lines[:2]):
            return "asks the reader to do something"
        if text < 600 and len(lines) > 1 and phrases.is_read_more(first) and len(first) < 60:
            return "a box of other stories"
        return ""

    def mostly(self, lines: Sequence[Line], says: Callable[[str], bool]) -> bool:
        """Whether a line of a block says it, and little prose of the story's shape stands beside."""
        if not any(says(x.text) for x in lines):
            return False
        rest = sum(
            self.weighed.gain[x.index]
            for x in lines
            if x.tag == "p" and shape_of(x) in self.shapes and not says(x.text)
        )
        return rest < 250

    def why_by_links(self, lines: Sequence[Line]) -> str:
        text, linked = sum(len(x.text) for x in lines), sum(x.linked for x in lines)
        first = lines[0]
        if linked > 0.5 * text and not all(is_download(x) for x in lines if x.links):
            return "a block of links"
        if any(is_download(x) for x in lines):
            return ""
        if first.tag in HEADINGS and first.linked > 0.8 * len(first.text) and len(lines) > 1:
            return "a teaser of another story"
        teasers = sum(1 for x in lines if not x.lead and x.linked > 25)
        if len(lines) > 2 and teasers * 10 >= 7 * len(lines):
            return "a list of other stories"
        return ""

    def by_form(self, line: Line) -> Verdict | None:
        text, share = line.text, line.linked / len(line.text)
        if self.is_caption(line):
            return drop("beside a picture", "caption")
        ended = bool(SENTENCE_END.search(text)) and text[-1] not in ":;"
        if is_download(line):
            return None
        if share > (0.75 if size(text) < 60 else 0.85) and not (ended and size(text) > 80):
            return drop("nothing but a link")
        if line.tag in HEADINGS:
            return None
        if self.stands_in_story(line) and line.tag in _TEXT_TAGS:
            return None
        if line.element in self.homes:
            return None
        if size(text) < 80 and not ended and "quote" not in line.context:
            if not line.linked and line.tag in _TEXT_TAGS and self.amid(line):
                return None
            if line.tag in ("td", "th") and self.in_story_table(line):
                return None
            return drop("a label")
        return None

    def in_story_table(self, line: Line) -> bool:
        """A cell of a table that stands in the story, rather than one the page is laid out with."""
        table = next((e for e in line.element.ancestors() if e.tag == "table"), None)
        if table is None or table.first <= self.container.first:
            return False
        inside = self.lines[table.first : table.last]
        linked = sum(x.linked for x in inside)
        return linked * 2 < sum(len(x.text) for x in inside) and self.holds_story(table)

    def holds_story(self, element: Element) -> bool:
        return any(e in self.homes for e in element.ancestors())

    def amid(self, line: Line) -> bool:
        """Between the first and the last prose of the story's own places."""
        return self.span[0] < line.index < self.span[1]

    def stands_in_story(self, line: Line) -> bool:
        here: Element | None = line.element
        while here is not None and here.tag in _WITHIN:
            here = here.parent
        return here in self.homes

    def is_caption(self, line: Line) -> bool:
        """A short block that holds a picture and nothing much besides this line."""
        if size(line.text) > 400 or line.tag in HEADINGS or "quote" in line.context:
            return False
        if len(line.text) < 100 and written_date(line.text):
            return False
        if phrases.is_credit(line.text) and line.element not in self.large:
            return not self.stands_in_story(line) or phrases.starts_as_credit(line.text)
        if self.stands_in_story(line) and SENTENCE_END.search(line.text):
            return False
        for e in line.element.ancestors():
            if e is self.container or e in self.homes or e.last - e.first > 4:
                return False
            if self.has_media(e) or self.has_credit(e, line):
                return True
        return False

    def has_credit(self, e: Element, line: Line) -> bool:
        """A block of a few lines, one of them a picture's credit."""
        others = [x for x in self.lines[e.first : e.last] if x is not line]
        return any(phrases.starts_as_credit(x.text) and len(x.text) < 120 for x in others)

    def has_media(self, e: Element) -> bool:
        if e not in self.around:
            self.around[e] = any(e in s.element.ancestors() for s in self.media)
        return self.around[e]

    def role(self, line: Line) -> str:
        if is_download(line):
            return "list"
        if line.tag in HEADINGS and not self.weighed.gain[line.index]:
            return "heading"
        for name in ("table", "list", "quote"):
            if name in line.context and name not in self.container.context:
                return name
        return "paragraph"

    # -- headings -----------------------------------------------------------------------------

    def headings(self, found: list[Verdict]) -> None:
        """A heading stands with what follows it: with nothing kept before the next one of its rank
        or higher, it goes."""
        below = 0  # the rank of what was last kept, seen from the end; 9 for text
        for line in reversed(self.lines[self.container.first : self.container.last]):
            verdict = found[line.index]
            if not verdict.kept:
                continue
            if verdict.role != "heading":
                below = 9
                continue
            rank = int(line.tag[1])
            if below <= rank:
                found[line.index] = drop("a heading with nothing under it")
            else:
                below = rank
