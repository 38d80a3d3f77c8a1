"""Each line of a page judged: what part of the story it is, or why it is none.

Rules look at structure and words, in this order: where the line stands (navigation, figure,
another block of links), what it says of itself ("Read more", "Advertisement"), whether it reads
like the paragraphs around it. Every verdict carries its reason.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from variorum.model import reasons
from variorum.stages.extract import appeals, counts, local, offers, phrases
from variorum.stages.extract.blocks import Blocks
from variorum.stages.extract.body import HEADINGS, Anchor, Weighed, size
from variorum.stages.extract.captions import Captions, is_of_picture
from variorum.stages.extract.endings import SENTENCE_END, is_said
from variorum.stages.extract.facts import Facts, adds_to_news
from variorum.stages.extract.layout import WITHIN, Layout, names_of, shape_of
from variorum.stages.extract.live import entry_times, lone_times
from variorum.stages.extract.points import is_verdict
from variorum.stages.extract.signature import is_signature
from variorum.stages.extract.slots import Slots, is_site_s, leads_on
from variorum.stages.extract.sponsors import names_sponsor
from variorum.stages.extract.story_end import Ending
from variorum.stages.extract.terms import LISTED, Terms
from variorum.stages.extract.tree import Element, Line
from variorum.text.audience import counts_audience
from variorum.text.typography import fold

_TITLE = 60  # characters of a box's title
_ABOUT = 20  # characters beside a name in the heading of a writer's box ("About …", "Über …")
_QUOTED = re.compile('["“”„«»「]')
_END = 6  # lines of a writer's box, and of what may stand after it in the story's container
_BARE = "a heading with nothing under it"
_MOST_CLEARED = 0.6  # share of a story that may stand in the site's own slots
_TEXT_TAGS = WITHIN | {"dt"}


@dataclass(slots=True)
class Verdict:
    """``role`` as in :class:`variorum.model.Block`."""

    role: str
    kept: bool
    why: str


def drop(why: str, role: str = "furniture") -> Verdict:
    return Verdict(role, False, why)


_STROKES, _TOOL = re.compile("[|·•]"), 30  # characters of a link beside a time
_NEAR_END = 3  # lines of the last
_SET_ASIDE, _FOOT = frozenset({"aside"}), frozenset({"footer"})


def _signs_quotation(line: Line) -> bool:
    """Whether the foot that a line stands in is a quotation's own: whose words they are."""
    foot = next((e for e in line.element.ancestors() if e.tag == "footer"), None)
    return foot is not None and any(e.tag == "blockquote" for e in foot.ancestors())


def _is_clock_with_tools(line: Line) -> bool:
    """Whether a line is a time of the page and, set off by strokes, links to use it: "Published 21 Nov |
    Print this page | Mail"."""
    said, *tools = map(str.strip, _STROKES.split(line.text))
    if not tools or line.links < len(tools) or max(map(len, tools)) > _TOOL:
        return False
    return line.linked >= sum(map(len, tools)) - len(tools) and counts.is_clock(said)


def _place_of(line: Line) -> tuple[str, str]:
    """What the element that a paragraph stands in is called."""
    around = (e for e in line.element.ancestors() if e is not line.element)
    place = next((e for e in around if e.tag not in WITHIN), line.element)
    return place.tag, names_of(place)


class Judge:
    """The lines of one container judged; see :meth:`verdicts`. ``known`` says whether a line stands
    on other stories of the site; ``settled`` are the slots in which the site sets what is none of a
    story."""

    def __init__(
        self,
        weighed: Weighed,
        container: Element,
        anchor: Anchor,
        known: Callable[[str], bool],
        settled: frozenset[str] = frozenset(),
    ) -> None:
        self.layout = Layout(weighed, container, anchor)
        self.blocks = Blocks(self.layout)
        self.captions = Captions(self.layout)
        self.facts = Facts(self.layout, known)
        self.terms = Terms(self.layout, known)
        self.slots, self.settled = Slots(self.layout), settled
        self.lines = weighed.tree.lines
        self.gain = weighed.gain
        self.container, self.anchor, self.known = container, anchor, known
        self.leads = self.repeated_leads()
        self.ending = Ending(self.layout)
        self.stop = self.ending.stop()
        self.following = self.ending.another_story(self.stop)
        self.times = entry_times(weighed, container)
        own = [i for i in self.layout.home if self.gain[i] and not known(self.lines[i].text)]
        self.own_span = (own[0], own[-1]) if own else (container.last, container.first)
        self.own_places = {_place_of(self.lines[i]) for i in own}

    def repeated_leads(self) -> set[str]:
        """Words that stand before a link on several lines of this page: its way of saying "read
        more", in whatever language."""
        times: dict[str, int] = {}
        for line in self.lines[self.container.first : self.container.last]:
            if 2 < line.lead < 60 and line.linked > 20 and line.linked * 3 > len(line.text):
                lead = line.text[: line.lead].strip()
                times[lead] = times.get(lead, 0) + 1
        return {lead for lead, count in times.items() if count > 1}

    def verdicts(self) -> list[Verdict]:
        """One verdict a line of the whole page."""
        outside = drop(reasons.OUTSIDE)
        found = [outside] * len(self.lines)
        stop = self.stop
        seen: set[str] = set()
        again = False  # whether the line before was said before, as where a page stands twice
        for line in self.lines[self.container.first : self.container.last]:
            if line.index >= stop:
                verdict = drop("after the end of the story")
            elif line.index in self.following:
                verdict = drop(reasons.OTHER_STORIES)
            else:
                verdict = self.judge(line)
                if verdict.kept:
                    again = line.text in seen and (again or size(line.text) > 40)
                    verdict = drop("said again") if again else verdict
                    seen.add(line.text)
            found[line.index] = verdict
        if self.settled:
            self.clear_slots(found)
        for i in lone_times(self.times, [v.kept for v in found]):
            found[i] = drop(reasons.TIME_OR_COUNT)
        self.headings(found)
        return found

    def clear_slots(self, found: list[Verdict]) -> None:
        """Drop what stands in the site's own slots, unless that were much of the story: then the
        slots were learned from other kinds of pages."""
        inside = range(self.container.first, self.container.last)
        filled = [
            i
            for i in inside
            if (found[i].kept or leads_on(found[i].why)) and self.is_elsewhere(self.lines[i])
        ]
        kept = sum(size(self.lines[i].text) for i in inside if found[i].kept)
        lost = sum(size(self.lines[i].text) for i in filled if found[i].kept)
        if lost <= _MOST_CLEARED * kept:
            for index in filled:
                found[index] = drop(reasons.ELSEWHERE)

    def is_elsewhere(self, line: Line) -> bool:
        """Whether a line stands in a slot that the site fills with what is none of a story."""
        return any(name in self.settled for name, _, _ in self.slots.around(line))

    def is_apart(self, element: Element) -> bool:
        """Whether a picture stands in such a slot."""
        return bool(self.settled) and any(n in self.settled for n in self.slots.boxes(element))

    # -- one line -----------------------------------------------------------------------------

    def judge(self, line: Line) -> Verdict:
        return (
            self.by_place(line)
            or (None if self.is_of_table(line) else self.by_words(line))
            or self.by_block(line)
            or self.by_form(line)
            or Verdict(self.role(line), True, self.why_kept(line))
        )

    def why_kept(self, line: Line) -> str:
        apart = self.blocks.strange.stands_apart(line)
        return reasons.APART if apart else "reads like the story"

    def by_place(self, line: Line) -> Verdict | None:
        context, layout = line.context, self.layout
        if is_of_picture(context):
            return drop("a picture's caption", "caption")
        apart = layout.barred & context
        if apart == _FOOT and "quote" in context and _signs_quotation(line):
            apart = frozenset()
        if apart and not (apart == _SET_ASIDE and self.is_of_facts(line)):
            return drop(f"inside <{min(apart)}>")
        if (
            (line.index == self.anchor.line and self.anchor.found)
            or fold(line.text).casefold() in self.anchor.titles
            or (line.tag == "h1" and not self.anchor.found)
        ):
            return drop("the headline", "headline")
        if line.index in layout.loose:
            return drop("loose on the page, outside every block")
        if line.index in layout.weighed.comments:
            return drop(reasons.COMMENT)
        if line.index < layout.start:
            return drop("before the headline")
        late = line.index > layout.core[1] and not layout.in_core(line)
        opens = line.tag in HEADINGS or line.index in self.times
        if late and not (self.terms.holds(line) or (opens and layout.leads_in(line))):
            return drop("after the story's last place")
        return None

    def is_of_facts(self, line: Line) -> bool:
        """Whether a line set aside is one of facts, or of a list of terms and its title."""
        listed = line.tag in LISTED or line.tag in HEADINGS
        return self.facts.holds(line) or (listed and self.terms.holds(line))

    def is_of_table(self, line: Line) -> bool:
        """Whether a line is a cell or a value: what its words mean, what stands beside them says."""
        return self.is_cell(line) or self.terms.is_value(line) or self.terms.holds(line)

    def is_cell(self, line: Line) -> bool:
        """Whether a line is a cell beside others of the story's own table: its words ("Share", "Print",
        "Comments", "08:13") are what the table tells."""
        if "table" not in line.context or line.links or not self.layout.in_story_table(line):
            return False
        row = next((e for e in line.element.ancestors() if e.tag == "tr"), None)
        return row is not None and row.last - row.first > 1

    def by_words(self, line: Line) -> Verdict | None:
        return (
            self.as_label(line) or self.as_link(line) or self.as_prompt(line) or self.as_note(line)
        )

    def as_label(self, line: Line) -> Verdict | None:
        """Labels, clocks and counts: lines that are nothing else."""
        text = line.text
        if phrases.is_advert(text):
            return drop(reasons.ADVERTISEMENT_LABEL)
        if (phrases.is_labelled_advert(text) or names_sponsor(text)) and line.tag not in HEADINGS:
            return drop(reasons.ADVERTISEMENT)
        if "table" in line.context and self.layout.in_story_table(line):
            return None
        if line.index in self.times:
            return Verdict("paragraph", True, reasons.ENTRY)
        if is_verdict(line):
            return Verdict("paragraph", True, "the critic's verdict")
        if counts_audience(text):
            return drop(reasons.AUDIENCE)
        if local.is_on_air(text):
            return drop(reasons.ON_AIR)
        if local.is_line(line.tag, text, self.layout.spoken_of):
            return drop(reasons.LOCAL)
        if counts.is_clock(text) or counts.is_ticker(text) or _is_clock_with_tools(line):
            return drop(reasons.TIME_OR_COUNT)
        if phrases.is_copyright(text):
            return drop(reasons.COPYRIGHT)
        labels = phrases.ends_story(text) or phrases.is_read_more(text)
        if line.tag in HEADINGS and labels and not self.ending.heads_story(line):
            return drop("a label over something else")
        if is_signature(line, self.layout):
            return drop("a byline or a date")
        return None

    def as_link(self, line: Line) -> Verdict | None:
        """Lines that send the reader to another page."""
        text, share = line.text, line.linked / len(line.text)
        if line.lead and share > 0.3 and (phrases.is_read_more(text) or phrases.is_also_in(text)):
            return drop(reasons.NAMES_OTHER)
        brief = size(text) < 200 and text.rstrip()[-1:] in ":：…>»→"
        if phrases.is_read_more(text) and (share > 0.3 or brief):
            return drop(reasons.SENT_ON)
        if line.lead and line.linked > 20 and text[: line.lead].strip() in self.leads:
            return drop(reasons.SENT_ON_AGAIN)
        if size(text) < 200 and phrases.is_download_note(text):
            return drop("about a download")
        return None

    def as_prompt(self, line: Line) -> Verdict | None:
        """Calls to sign up, follow, download or pay. Prose about such a thing is none: it is longer,
        quotes people and leads nowhere."""
        text, share = line.text, line.linked / len(line.text)
        if not line.links and is_said(text):
            return None
        short = size(text) < 200
        asks = phrases.is_promotion if line.tag in HEADINGS else phrases.is_invitation
        if short and asks(text) and (share > 0.2 or not SENTENCE_END.search(text)):
            return drop(reasons.ASKS_TO_DO)
        if line.links and short and phrases.is_promotion(text):
            return drop(reasons.PROMOTION)
        if line.tag not in HEADINGS and not SENTENCE_END.search(text) and offers.pitches(text):
            return drop(reasons.ADVERTISEMENT)
        if phrases.is_prompt(text) or offers.offers_letter(text):
            return drop(reasons.ASKS_TO_DO)
        if line.tag != "li" and appeals.is_one(text, linked=line.links > 0):
            return drop(reasons.ASKS_TO_DO)
        if appeals.is_offer(line) or appeals.sends_to_channels(line):
            return drop(reasons.PROMOTION)
        if appeals.is_polled(text) or appeals.is_of_poll(self.lines, line.index):
            return drop(reasons.POLL)
        if line.index >= self.layout.core[1] - 1 and size(text) < 300 and phrases.is_gate(text):
            return drop(reasons.ASKS_FOR_SUBSCRIPTION)
        if phrases.is_meter(text):
            return drop("says that a meter has run out")
        return None

    def as_note(self, line: Line) -> Verdict | None:
        """Set phrases of the site and its authors' biographies."""
        text = line.text
        if phrases.is_small_print(text) or phrases.is_log(text):
            return drop(reasons.SET_PHRASE)
        if line.index in self.layout.weighed.log:
            return drop(reasons.CHANGE_LOG)
        if size(text) < 200 and phrases.is_placeholder(text):
            return drop(reasons.EMBED)
        if self.is_bio(line):
            return drop(reasons.AUTHOR_BOX)
        if self.known(text) and not self.is_told(line):
            return drop(reasons.KNOWN)
        return None

    def is_told(self, line: Line) -> bool:
        """Whether a line is a plain sentence between sentences of this story alone, set and placed as
        they are: newsrooms use their own again ("The company did not comment"), and the site's stand
        before or after the story, in boxes, with links or in other type."""
        if "table" in line.context and self.layout.in_story_table(line):
            return True  # a cell says what it says; that others hold such a figure means nothing
        first, last = self.own_span
        if not first < line.index < last or line.links:
            return False
        plain = max(line.bold, line.slanted) * 2 < len(line.text)
        sentence = size(line.text) >= 40 and bool(SENTENCE_END.search(line.text))
        placed = _place_of(line) in self.own_places and shape_of(line) in self.layout.core_shapes
        return plain and sentence and placed

    def is_bio(self, line: Line) -> bool:
        """The author presented, in a block of its own or at the very end."""
        text, first, last = line.text, self.layout.span[0], min(self.layout.span[1], self.stop - 1)
        if size(text) > 700 or line.index < (first + last) // 2:
            return False
        if line.index >= last - _END and self.is_under_a_name(line):
            return True
        name = next((n for n in self.anchor.names if text.startswith(n)), None)
        if name is None:
            return False
        apart = not self.layout.stands_in_story(line)
        closes = line.index >= self.layout.span[1] and not _QUOTED.search(text)
        if apart and closes and size(text) > len(name) + _ABOUT:
            return True  # whatever it says: behind the story's own places it is about its writer
        near = (
            last - _NEAR_END if line.bold else last - 1
        )  # a name in bold type opens a writer's box
        return phrases.is_bio(text[len(name) :]) and (apart or line.index >= near)

    def is_under_a_name(self, line: Line) -> bool:
        """Whether the line before, in one small block with this one, is a writer's name and little
        else ("About Ann Writer"). A name that stands so more than once is a speaker's."""
        if line.index == 0:
            return False
        before = self.lines[line.index - 1]
        name = next((n for n in self.anchor.names if n in before.text), None)
        if name is None or len(before.text) > len(name) + _ABOUT or adds_to_news(before.text):
            return False
        box = next(e for e in line.element.ancestors() if e.first < line.index)
        small = box not in self.layout.large and box.last - box.first <= _END
        first, last = self.layout.span
        spoken = sum(x.text == before.text for x in self.lines[first : last + 1])
        return small and spoken < 2

    def by_block(self, line: Line) -> Verdict | None:
        table = self.layout.story_table(line) if "table" in line.context else None
        reason = self.blocks.reason_for(table or line.element)
        return drop(reason) if reason else None

    def by_form(self, line: Line) -> Verdict | None:
        text, share, layout = line.text, line.linked / len(line.text), self.layout
        if self.captions.is_caption(line):
            return drop("beside a picture", "caption")
        ended = bool(SENTENCE_END.search(text)) and text[-1] not in ":;"
        if self.blocks.is_own(line):
            return None
        if share > (0.75 if size(text) < 60 else 0.85) and not (ended and size(text) > 80):
            return drop(reasons.BARE_LINK)
        if line.tag in HEADINGS or line.element in layout.homes:
            return None
        if layout.stands_in_story(line) and line.tag in _TEXT_TAGS:
            return None
        if size(text) < 80 and not ended and "quote" not in line.context:
            plain = not line.linked and (line.tag in _TEXT_TAGS or self.is_bold_heading(line))
            plain = plain and (layout.amid(line) or layout.in_plain_list(line))
            cell = line.tag in ("td", "th", "caption") and layout.in_story_table(line)
            boxed = "aside" in line.context and self.facts.holds(line)
            boxed = boxed or self.facts.lists(line) or self.terms.holds(line)
            boxed = boxed or self.facts.quotes(line)
            if not (plain or cell or boxed):
                return drop("a label")
        return None

    def is_bold_heading(self, line: Line) -> bool:
        """A sub-heading that is no more than bold type in a block among the story's."""
        return line.bold >= len(line.text) - 2 and line.element.parent in self.layout.homes

    def role(self, line: Line) -> str:
        if self.blocks.is_own(line):
            return "list"
        if line.tag in HEADINGS and not self.gain[line.index]:
            return "heading"
        for name in ("table", "list", "quote"):
            if name == "table" and self.layout.is_laid_out(line):
                continue
            if name in line.context and name not in self.container.context:
                return name
        return "paragraph"

    # -- headings -----------------------------------------------------------------------------

    def headings(self, found: list[Verdict]) -> None:
        """A heading stands with what follows it: with nothing kept before the next one of its rank
        or higher, or in a box of which nothing else is kept, it goes."""
        for line in self.lines[self.container.first : self.container.last]:
            verdict = found[line.index]
            heads = verdict.role == "heading" or self.is_bold_title(line)
            if verdict.kept and heads and self.heads_box(line, found):
                found[line.index] = drop(_BARE)
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
                found[line.index] = drop(_BARE)
            else:
                below = rank

    def is_bold_title(self, line: Line) -> bool:
        """Whether a line is a few words in bold type, set as a title, and no sentence."""
        short = size(line.text) < _TITLE and not SENTENCE_END.search(line.text)
        return short and line.bold >= len(line.text) - 2

    def heads_box(self, line: Line, found: list[Verdict]) -> bool:
        """Whether a heading heads a box of the site's: the smallest one that it shares with other
        lines holds some that are the site's by their words or slot, and no other of the story."""
        box = next((e for e in line.element.ancestors() if e.last - e.first > 1), None)
        if box is None or box is self.container:
            return False
        others = [found[i] for i in range(box.first, box.last) if i != line.index]
        if any(v.kept for v in others):
            return False
        return any(is_site_s(v.why) or v.why.startswith(reasons.SENT_ON) for v in others)
