"""Whole blocks judged: a box of links, a sign-up form, an advertisement, a gate.

A block is an element that is not one of the story's large places. What it holds goes together: the
text of an advertisement reads like a story, its label does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice

from variorum.model import reasons
from variorum.stages.extract import appeals, local, offers, phrases
from variorum.stages.extract.body import HEADINGS
from variorum.stages.extract.cards import is_teaser
from variorum.stages.extract.endings import SENTENCE_END, is_said, reports
from variorum.stages.extract.facts import ASKS, is_fact
from variorum.stages.extract.house import is_of_house, is_of_the_hour, is_service, sends_to_whole
from variorum.stages.extract.layout import Layout, names_of, shape_of
from variorum.stages.extract.lists import is_link, last_link
from variorum.stages.extract.named import says_other
from variorum.stages.extract.nesting import begins_with_box, below
from variorum.stages.extract.polls import is_poll
from variorum.stages.extract.strange import Strange
from variorum.stages.extract.tree import Element, Line
from variorum.stages.extract.vocabulary import shared, words_in
from variorum.text.caseless import Caseless
from variorum.text.moments import is_fed
from variorum.text.remember import remembered

_DOCUMENT = re.compile(r"\.(?:pdf|docx?|odt|xlsx?|ods|csv|pptx?|odp|rtf|zip)(?:$|[?#])", re.I)
# Sizes of boxes in characters: what newsrooms' promotion boxes hold. Guesses, on the small side, so
# that a section of a story is not taken for one.
_NAMED_SHARE = (
    0.25  # of the story's prose in boxes with telling names: with more the names tell nothing
)
_BOX, _GATE_BOX, _EMBED_BOX, _NAMED_BOX, _LINES = 500, 1_500, 800, 800, 5
_APPEAL_LINES = 9  # of a short block after the story that asks for money anywhere in it
_ADDRESS_FIELD = "input[type=email], input[name*=mail]"
_POLL_LINES = 9
_HEADED_LINES = 30  # under a label such as "Latest scores"
_FACTS = 2
_PROMOTED, _SELLING = 2, 3  # lines of a promotion of another story, and of an advertisement
_FEW = 3  # teasers in a story: more are what it tells of
_SHARES = Caseless(
    r"\W{0,3}(?:share|tweet|copy|embed|save|teilen|partager|compartir|condividi|compartilhar|link kopieren)\b"
)
_OFFER_LINES = 3  # of a promotion
_OFFERED = 12  # lines of a table of offers under its label
_CELLS = 40  # lines of a box of figures that are of the hour
_BLURB = 80  # characters of a line that ends in a link
_CARD, _BUTTON = 2, 40  # lines of a card, and characters of its button
_ROW = 1  # more boxes than that in a row with one
_ENTRIES = 3  # boxes of prose side by side, each with a button: entries of a live blog


def is_download(line: Line) -> bool:
    """A link to a document: an attachment of the story, not a way to another one."""
    return line.href is not None and _names_document(line.href)


@remembered
def _names_document(address: str) -> bool:
    return _DOCUMENT.search(address) is not None


def _heads_other(lines: Sequence[Line]) -> bool:
    """Whether a heading such as "Latest" stands over lines of which none is a long sentence."""
    first, *rest = lines
    return (
        first.tag in HEADINGS
        and (phrases.ends_story(first.text) or is_service(first.text))
        and not any(_reads_on(x.text) for x in rest)
    )


def _reads_on(text: str) -> bool:
    return len(text) > 60 and bool(SENTENCE_END.search(text))


class Blocks:
    """Why blocks of one container are furniture; verdicts are remembered."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.reasons: dict[Element, str] = {}
        self.strange = Strange(layout)
        self.asking = {
            e
            for i in layout.weighed.tree.inputs
            for e, _ in zip(i.ancestors(), range(3), strict=False)
        }

        weighed = layout.weighed
        self.rows = Counter((e.parent, e.tag) for e in self.asking if weighed.prose(e))
        self.appeals = self._find_appeals()

    def _find_appeals(self) -> set[Element]:
        """The blocks after the story's main place whose text asks for money."""
        layout, weighed = self.layout, self.layout.weighed
        end = layout.main.last if layout.main else layout.container.last
        found = set()
        for index in layout.home:
            line = layout.lines[index]
            if index >= end and appeals.asks_for_money(line.text):
                block = [e for e in line.element.ancestors() if e.first >= end][-1]
                prose = weighed.prose(block)
                small = prose < _GATE_BOX and block.last - block.first <= _APPEAL_LINES
                if small or weighed.gain[index] * 2 > prose:
                    found.add(block)
        return found

    def reason_for(self, element: Element) -> str:
        """Why what stands in ``element`` is furniture by the block it stands in, or ""."""
        for e in element.ancestors():
            if e in self.appeals:
                return reasons.ASKS_FOR_MONEY
            if e is self.layout.container:
                return ""
            if self._is_large(e):
                return ""
            if e not in self.reasons:
                self.reasons[e] = self._why(e)
            if self.reasons[e]:
                return self.reasons[e]
        return ""

    def _is_large(self, e: Element) -> bool:
        """Whether an element holds the story itself, or so much of it that it is no box."""
        if e not in self.layout.large:
            return False
        return not (
            self._signs_up(e) or self._is_gate(e) or self._set_by_house(e) or self._appeals(e)
        )

    def _why(self, e: Element) -> str:
        lines = self.layout.lines[e.first : e.last]
        if self._set_by_house(e):
            return reasons.OTHER_STORIES
        if self._is_gate(e):
            return reasons.ASKS_FOR_SUBSCRIPTION
        if self._appeals(e):
            return reasons.ASKS_FOR_MONEY
        if not lines or self.layout.weighed.prose(e) > 0.5 * self.layout.total:
            return ""
        if e.tag == "table" and any(local.is_delayed(x.text) for x in lines[-2:]):
            return reasons.LOCAL
        if e.tag in ("table", "blockquote"):
            return ""
        if e in self._teasers:
            return reasons.TEASER
        text = sum(len(x.text) for x in lines)
        if (
            text < _NAMED_BOX
            and self._is_called_other(e, lines)
            and not self._tells_as_others(e, lines)
        ):
            return reasons.NAMED_OTHER
        if e.tag == "p" or self._is_plain(e, lines):
            return ""
        reason = self._by_what_it_holds(e, lines, text)
        tells = self._tells_as_others if reason == reasons.FORM else self._tells
        return self._by_links(lines, text) if reason and tells(e, lines) else reason

    @cached_property
    def _teasers(self) -> frozenset[Element]:
        """The boxes that are a teaser each, where the story is no list of such."""
        layout, found = self.layout, set()
        first, last = layout.span
        pictures = [s for s in layout.weighed.tree.spots if first <= s.line <= last]
        for spot in pictures:
            box = next((e for e in spot.element.ancestors() if e.last - e.first > 1), None)
            if box is None or box in layout.large or box is layout.container:
                continue
            if is_teaser(layout.lines[box.first : box.last], pictures):
                found.add(box)
        return frozenset(found if len(found) <= _FEW else ())

    def _by_what_it_holds(self, e: Element, lines: Sequence[Line], text: int) -> str:
        if text < _BOX and len(lines) <= _LINES and self._asks_alone(e, lines):
            return reasons.FORM
        one_sent_on = (
            e.tag in ("ul", "ol") and len(lines) > 2 and sum(x.links > 0 for x in lines) == 1
        )
        if one_sent_on:  # points of the story with a link to another one among them
            return self._by_words(lines, text)
        if text < _BOX and len(lines) <= _SELLING and self._sells(e, lines):
            return reasons.ADVERTISEMENT
        told = lines[0].text
        if len(lines) == 1 and self.layout.wears_dress(lines[0]) and not any(x(told) for x in ASKS):
            return self._by_links(lines, text)
        return (
            self._by_words(lines, text)
            or self._of_the_moment(e, lines)
            or self._by_links(lines, text)
            or (reasons.STRANGE if self.strange.is_one(e, lines) else "")
        )

    def _is_plain(self, e: Element, lines: Sequence[Line]) -> bool:
        """Whether an element is no more than a paragraph that stands where the story's do, or a table of
        the story's: its words ("Share", "cookies", "consent") are what is told."""
        if len(lines) == 1 and lines[0].element is e and e not in self.asking:
            return self.layout.wears_dress(lines[0])
        return all("table" in x.context and self.layout.in_story_table(x) for x in lines)

    def _tells(self, e: Element, lines: Sequence[Line]) -> bool:
        """Whether a box holds a paragraph of the story's: pages put a few of them into one box, and what
        the site sets among them into the same."""
        own = [x for x in lines if self.layout.is_dressed(x)]
        if e in self.asking:
            own = [x for x in own if not any(a.tag == "form" for a in below(x, e))]
        return any(not any(asks(x.text) for asks in ASKS) for x in own)

    def _tells_as_others(self, e: Element, lines: Sequence[Line]) -> bool:
        """As :meth:`_tells`, of a box that stands in a row with others which hold the story: neither its
        name nor a form in it says anything then."""
        return self._tells(e, lines) and len(self._small_boxes.get(e.depth, set()) - {e}) > _ROW

    @cached_property
    def _small_boxes(self) -> dict[int, set[Element]]:
        """The boxes of a few lines that hold paragraphs in the story's places, by their depth."""
        found: dict[int, set[Element]] = {}
        for i, home in self.layout.home.items():
            if home in self.layout.homes:
                for a in self.layout.lines[i].element.ancestors():
                    if a.last - a.first > _LINES:
                        break
                    found.setdefault(a.depth, set()).add(a)
        return found

    def _asks_alone(self, e: Element, lines: Sequence[Line]) -> bool:
        """Whether a block has a field or button, and neither others of its kind beside it nor points
        in it, which have buttons to open or share them."""
        alone = e in self.asking and self.rows[e.parent, e.tag] < _ENTRIES
        return alone and not any(map(self.layout.in_plain_list, lines))

    def _of_the_moment(self, e: Element, lines: Sequence[Line]) -> str:
        """Whether a box tells of the reader's own place or moment."""
        if 1 < len(lines) <= _CELLS and (is_fed(lines[0].text) or self._is_of_the_hour(lines)):
            return reasons.FED
        if len(lines) > local.LINES:
            return ""
        texts = [x.text for x in lines]
        if local.is_player(texts):
            return reasons.ON_AIR
        return reasons.LOCAL if local.is_readings(texts, self.layout.spoken_of) else ""

    def _is_of_the_hour(self, lines: Sequence[Line]) -> bool:
        """Whether a box amid the story is headed as of this hour or day, and ends in a link."""
        *told, last = lines
        if not last.links or len(last.text) > _BLURB or not self.layout.amid(last):
            return False
        if self.is_own(last) or any(_reads_on(x.text) or is_said(x.text) for x in told):
            return False
        first, *rest = told[0].text.split()
        matter = " ".join([first, *(w for w in rest if not w[:1].isupper())])  # no places
        spoken = shared(matter, self._words) > 0
        return is_of_the_hour(told[0].text, spoken_of=spoken) and not self._in_row(lines)

    def _is_called_other(self, e: Element, lines: Sequence[Line]) -> bool:
        """Whether a box's own name says that it is none of the story; facts are, whatever their box
        is called."""
        if not says_other(e.node.attributes) or not self._names_tell:
            return False
        return sum(is_fact(x.text) for x in lines) < _FACTS

    @cached_property
    def _names_tell(self) -> bool:
        """Whether names such as "promo" say anything on this page: on most they stand on little of
        the story's place, on some on all of it."""
        container, weighed = self.layout.container, self.layout.weighed
        within = [e for e in weighed.tree.elements if container.first <= e.first < container.last]
        called = {e for e in within if says_other(e.node.attributes)}
        if container in called or not called.isdisjoint(self.layout.large):
            return False
        outermost = [e for e in called if called.isdisjoint(islice(e.ancestors(), 1, None))]
        return sum(map(weighed.prose, outermost)) <= _NAMED_SHARE * self.layout.total

    def _signs_up(self, e: Element) -> bool:
        """Whether a block has a field for a mail address: it is no place of the story, however the
        words beside the field are set."""
        return e in self.asking and e.node.css_first(_ADDRESS_FIELD) is not None

    def _is_gate(self, e: Element) -> bool:
        """Whether a small block after the story's beginning is headed by what one must do to read on;
        where the story was cut off there, it may be more than what is left of the story."""
        lines = self.layout.lines[e.first : e.last]
        if len(lines) < 2 or lines[0].tag not in HEADINGS or e.first <= self.layout.span[0]:
            return False
        small = sum(len(x.text) for x in lines) < _GATE_BOX
        answered = any(x.links or "button" in x.context for x in lines[1:])
        return small and answered and phrases.is_gate(lines[0].text)

    def _calls(self, lines: Sequence[Line]) -> bool:
        """Whether a box is an appeal and its sentences are set unlike the story's paragraphs."""
        told = appeals.told_before_call(lines)
        return bool(told) and all(map(self.layout.is_set_apart, told))

    def _appeals(self, e: Element) -> bool:
        """Whether a box is an appeal beside the story's main place, that says so; a long one holds as
        much as a place of the story does."""
        lines = self.layout.lines[e.first : e.last]
        if e is self.layout.main or not _OFFER_LINES < len(lines) <= _APPEAL_LINES:
            return False
        small = sum(len(x.text) for x in lines) < _GATE_BOX
        return small and appeals.asks(lines) and self._calls(lines)

    def _offers(self, lines: Sequence[Line]) -> bool:
        """A line or two to the reader, set unlike the story's paragraphs, and a link, alone or at their
        end, that is nothing but a call to take part, buy or install: the paper's own promotion, another
        at every look."""
        *told, last = lines
        if not offers.calls(last_link(last)):
            return False
        told = told if is_link(last) else list(lines)
        spoken = [offers.speaks_to_reader(x.text) or offers.bids(x.text) for x in told]
        facts = any(is_fact(x.text) and not said for x, said in zip(told, spoken, strict=True))
        if not any(spoken) or facts or any(x.links for x in lines[:-1]):
            return False
        sells = all(phrases.is_promotion(x.text) for x in told)
        return sells or all(map(self.layout.is_set_apart, told))

    def _by_words(self, lines: Sequence[Line], text: int) -> str:
        first = lines[0].text
        small = text < _BOX and 1 < len(lines) <= _LINES
        if small and phrases.is_advert(first):
            return reasons.ADVERTISEMENT
        if text < _BOX and 1 < len(lines) <= _OFFERED and phrases.is_labelled_advert(first):
            return reasons.ADVERTISEMENT
        if text < _GATE_BOX and self._mostly(lines, phrases.is_gate):
            return reasons.ASKS_FOR_SUBSCRIPTION
        if text < _BOX and self._mostly(lines, phrases.is_consent):
            return reasons.ASKS_FOR_CONSENT
        if text < _BOX and 1 < len(lines) <= _POLL_LINES and is_poll(lines):
            return reasons.POLL
        if text < _EMBED_BOX and self._mostly(lines, phrases.is_placeholder):
            return reasons.EMBED
        asks = text < _BOX and self._mostly(lines[:2], phrases.is_invitation)
        if asks and not self._in_row(lines):
            return reasons.ASKS_TO_DO
        if text < _BOX and len(lines) > 1 and self._leads_on(lines):
            return reasons.OTHER_STORIES
        if text < _BOX and 1 < len(lines) <= _POLL_LINES and self._calls(lines):
            return reasons.ASKS_FOR_MONEY
        if text < _BOX and 1 < len(lines) <= _OFFER_LINES and self._offers(lines):
            return reasons.ASKS_TO_DO
        if text < _BOX and 1 < len(lines) <= _HEADED_LINES and _heads_other(lines):
            return reasons.OTHER_STORIES
        return self._of_house(lines) if small else ""

    def _set_by_house(self, e: Element) -> bool:
        """Whether a box of a few lines beside the story's main place opens or ends as those do that a
        paper sets into its stories by itself."""
        lines, main = self.layout.lines[e.first : e.last], self.layout.main
        if not 1 <= len(lines) <= _LINES or sum(len(x.text) for x in lines) >= _BOX:
            return False
        if len(lines) == 1 and lines[0].element is e:
            return False  # a paragraph
        if main is None or e is main or e.first <= main.first < e.last or begins_with_box(e, lines):
            return False
        last = lines[-1]
        if self._sends_on_alone(lines) or self._is_digest(lines):
            return True
        leads = is_link(last) or "button" in last.context or not SENTENCE_END.search(last.text)
        return is_of_house([x.text for x in lines], last_leads=leads)

    def _is_digest(self, lines: Sequence[Line]) -> bool:
        """Whether a box amid the story is another one's title, a line on it, and where to read it all."""
        *told, last = lines
        if not 1 <= len(told) <= _CARD or not sends_to_whole(last.text) or self._in_row(lines):
            return False
        return self.layout.amid(last) and not any(is_said(x.text) or reports(x.text) for x in told)

    def _sends_on_alone(self, lines: Sequence[Line]) -> bool:
        """Whether all that a box amid the story holds is a line or two and a link of a few words to
        another page: a card with its button."""
        *told, last = lines
        if (
            self._in_row(lines)
            or not 1 <= len(told) <= _CARD
            or not is_link(last)
            or len(last.text) > _BUTTON
        ):
            return False
        if self.is_own(last) or SENTENCE_END.search(last.text) or not self.layout.amid(last):
            return False
        if last.lead or _SHARES.match(last.text):
            return False
        plain = all(x.tag in ("p", "div", "span") and not x.links for x in told)
        if plain and not any(map(str.isalnum, last.text)):  # an arrow leads off, whatever is told
            return not any(is_said(x.text) for x in told)
        if any(is_said(x.text) or reports(x.text) or shared(x.text, self._words) > 1 for x in told):
            return False
        return plain and not any(is_fact(x.text) for x in told)

    @cached_property
    def _words(self) -> frozenset[str]:
        """The words of the story's main place."""
        home, main = self.layout.home, self.layout.main
        return words_in(self.layout.lines[i].text for i, e in home.items() if e is main)

    def _in_row(self, lines: Sequence[Line]) -> bool:
        """Whether a box is one of several of a few lines each: entries with a button."""
        return self._rows_of_boxes[lines[0].element.depth - 1] > _FEW

    @cached_property
    def _rows_of_boxes(self) -> Counter[int]:
        """How many boxes of a few lines each there are, by their depth."""
        boxes = (b for alike in self._small_boxes.values() for b in alike)
        return Counter(b.depth for b in boxes if b.last - b.first > 1)

    def _leads_on(self, lines: Sequence[Line]) -> bool:
        """Whether a box is headed as one of other stories."""
        first = lines[0].text
        if len(lines) <= _LINES and phrases.is_of_the_day(first):
            return True
        if phrases.is_read_more(first) and len(first) < 60:
            return True
        return len(lines) == _PROMOTED and self._is_promotion(lines)

    def _of_house(self, lines: Sequence[Line]) -> str:
        """Why a box is the paper's own: headed as its podcast, shop or subscriptions, or with a link to
        what readers say of the story, one of whom is quoted above."""
        head, *rest = lines
        if offers.leads_to_comments(rest[-1].text):
            return reasons.COMMENT
        if is_link(rest[-1]) and offers.is_episode(head.text, [x.text for x in rest]):
            return reasons.PROMOTION
        if head.tag not in HEADINGS and head.bold < len(head.text) - 2:
            return ""
        sells = offers.names_shop(head.text) and not any(is_fact(x.text) for x in rest)
        own = sells or offers.is_podcast(head.text, [x.text for x in rest])
        return reasons.PROMOTION if own and len(rest) <= _OFFER_LINES else ""

    def _is_promotion(self, lines: Sequence[Line]) -> bool:
        """A bold label that names one of the paper's own pages, over a line set otherwise."""
        label, about = lines
        marked = label.tag in HEADINGS or label.bold >= len(label.text) - 2
        return marked and about.bold * 2 < len(about.text) and offers.names_section(label.text)

    def _sells(self, e: Element, lines: Sequence[Line]) -> bool:
        """Whether a box says what advertisements say, or is named and set as one on this page that
        does."""
        if not self._sold or not self._may_sell(lines):
            return False
        named = names_of(e)
        alike = bool(named) and len(lines) == 1 and (e.parent, e.tag, named) in self._sold
        return alike or any(offers.sells(x.text) for x in lines)

    def _may_sell(self, lines: Sequence[Line]) -> bool:
        """Set unlike the story's paragraphs, and no list or table."""
        plain = all(x.tag not in ("li", "td", "th", "dd") for x in lines)
        return plain and all(map(self.layout.is_set_apart, lines))

    @cached_property
    def _sold(self) -> set[tuple[Element | None, str, str]]:
        """Place, tag and names of the small boxes on this page whose words sell something."""
        inside = self.layout.lines[self.layout.container.first : self.layout.container.last]
        selling = [x for x in inside if offers.sells(x.text) and self._may_sell([x])]
        boxes = {b for x in selling for b in x.element.ancestors() if b.last - b.first <= _SELLING}
        return {(b.parent, b.tag, names_of(b)) for b in boxes}

    def is_own(self, line: Line) -> bool:
        """Whether a link is the story's: to a document, or one of a list that is part of it."""
        return is_download(line) or line.index in self.layout.weighed.own_links

    def _mostly(self, lines: Sequence[Line], says: Callable[[str], bool]) -> bool:
        """Whether a line of a block says it, and hardly any prose of the story's shape stands
        beside; nor is that line itself prose in the story's shape."""
        found = [x for x in lines if says(x.text)]
        if not found:
            return False
        layout = self.layout
        own = [x for x in lines if x.tag == "p" and shape_of(x) in layout.core_shapes]
        if any(x in own and not x.linked and _reads_on(x.text) for x in found):
            return False
        return sum(layout.weighed.gain[x.index] for x in own if x not in found) < 250

    def _by_links(self, lines: Sequence[Line], text: int) -> str:
        linked = sum(x.linked for x in lines)
        first = lines[0]
        if linked > 0.5 * text and not all(self.is_own(x) for x in lines if x.links):
            return reasons.LINK_BLOCK
        if any(self.is_own(x) for x in lines):
            return ""
        if first.tag in HEADINGS and first.linked > 0.8 * len(first.text) and len(lines) > 1:
            return reasons.TEASER
        teasers = sum(1 for x in lines if not x.lead and x.linked > 25)
        if len(lines) > 2 and teasers * 10 >= 7 * len(lines):
            return reasons.OTHER_STORIES_LIST
        return ""
