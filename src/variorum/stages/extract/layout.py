"""How the story lies in its container: which places hold its paragraphs, and where they begin and
end. What a line is depends on this more than on its own words."""

from __future__ import annotations

import re
from collections import Counter

from variorum.stages.extract import local
from variorum.stages.extract.body import ASIDE, HEADINGS, Anchor, Weighed, homes_of
from variorum.stages.extract.endings import SENTENCE_END, is_said, reports
from variorum.stages.extract.tree import Element, Line

# A home that holds this share of the container's prose holds the story itself. Calibrated on 356
# pages with a gold body: .08 to .2 give the same F1 within .002.
_MAIN_SHARE = 0.12
_RARE = 0.34  # share of the story's paragraphs that stand alike: a guess
_LEVELS = 4  # elements whose tags make a shape
_PARAGRAPHS = 3  # of prose in one cell: more than a table tells there
_DRESSED = 0.6  # of the story's paragraphs that have one class: a guess
_SENTENCE = 40  # characters
_POINT, _HEADED_POINT = 30, 20  # characters of a point, on the average, without and with a heading
_DIGITS = re.compile(r"\d+")
WITHIN = frozenset({"p", "li", "ul", "ol", "blockquote", "dd", "dl", "pre"})

Shape = tuple[object, ...]


def shape_of(line: Line) -> Shape:
    """The kind of place a line stands in: its depth and the tags of it and of what holds it."""
    shape: list[object] = [line.element.depth]
    here: Element | None = line.element
    while here is not None and len(shape) <= _LEVELS:
        shape.append(here.tag)
        here = here.parent
    return tuple(shape)


def table_of(line: Line) -> Element | None:
    """The innermost table that a line stands in."""
    return next((e for e in line.element.ancestors() if e.tag == "table"), None)


def cell_of(line: Line) -> Element | None:
    """The innermost cell that a line stands in."""
    return next((e for e in line.element.ancestors() if e.tag in ("td", "th")), None)


def names_of(e: Element) -> str:
    """An element's class without figures: slots are often numbered."""
    return _DIGITS.sub("", e.node.attributes.get("class") or "")


class Layout:
    """The places of one container.

    ``home`` maps each line of prose to what it stands in, ``held`` each home to its prose, ``main``
    is the home that holds most; ``large`` are the homes that hold a good
    share of it, ``homes`` those and their like; ``span`` is from the first to the last prose in
    ``homes``, ``core`` in ``large``.
    """

    def __init__(self, weighed: Weighed, container: Element, anchor: Anchor) -> None:
        self.weighed, self.container, self.anchor = weighed, container, anchor
        self.lines = weighed.tree.lines
        self.barred = ASIDE - weighed.ignored
        self.home = homes_of(weighed, container)
        self.total = weighed.prose(container) or 1.0
        self.held: dict[Element, float] = {}
        for index, e in self.home.items():
            self.held[e] = self.held.get(e, 0.0) + weighed.gain[index]
        self.loose = self._find_loose()
        self.main = max(self.held, key=lambda e: self.held[e], default=None)
        self.homes, self.large = self._main_homes()
        own = [i for i, home in self.home.items() if home in self.homes]
        self.span = (own[0], own[-1]) if own else (container.last, container.first)
        self.shapes = {shape_of(self.lines[i]) for i in own}
        core = [i for i in own if self.home[i] in self.large] or own
        self.core = (core[0], core[-1]) if core else self.span
        self._shapes = Counter(shape_of(self.lines[i]) for i in core)
        self.core_shapes = set(self._shapes)
        self.start = self._find_start()
        self.dress = self._find_dress(core)
        self._tables: dict[Element, bool] = {}
        self._laid_out: dict[Element, bool] = {}
        self._spoken: tuple[bool, ...] | None = None

    def _find_dress(self, core: list[int]) -> tuple[str, str]:
        """Tag and class that most of the story's paragraphs have; no class if they have none alike."""
        worn = Counter((x.tag, names_of(x.element)) for x in (self.lines[i] for i in core))
        dress, count = next(iter(worn.most_common(1)), (("p", ""), 0))
        return dress if count > _DRESSED * worn.total() else ("p", "")

    def wears_dress(self, line: Line) -> bool:
        """Whether a line, of whatever length, is set as the story's paragraphs are, to the class."""
        alike = (line.tag, names_of(line.element)) == self.dress
        return alike and shape_of(line) in self.core_shapes

    def is_dressed(self, line: Line) -> bool:
        """Whether a line is a plain sentence set just as the story's paragraphs are, to the class; where
        they have none, it is a paragraph that reports what somebody said."""
        tag, name = self.dress
        if line.links or not self.wears_dress(line):
            return False
        alike = name != "" or (tag == "p" and (is_said(line.text) or reports(line.text)))
        return alike and len(line.text) > _SENTENCE and bool(SENTENCE_END.search(line.text))

    def _find_loose(self) -> frozenset[int]:
        """Prose that stands in no element of the body (after the end of the page's code, say) while
        the story does."""
        inside = {i for i, home in self.home.items() if home.tag == "body"}
        loose = {i for i in inside if self.lines[i].element.tag == "body"}
        prose = sum(self.weighed.gain[i] for i in loose)
        return frozenset(loose if loose == inside and prose * 2 < self.total else ())

    def _main_homes(self) -> tuple[set[Element], set[Element]]:
        held = self.held
        least = _MAIN_SHARE * self.total
        large = {e for e, prose in held.items() if prose >= least}
        kinds = {(e.parent, e.tag) for e in large}
        return large | {e for e in held if (e.parent, e.tag) in kinds} or set(held), large

    def _find_start(self) -> int:
        """The headline's line, when most of the container's prose comes after it."""
        sums, first, last = self.weighed.gains, self.container.first, self.container.last
        head = self.anchor.line
        if not self.anchor.found or not first <= head < last:
            return first
        return head if sums[last] - sums[head] > 0.5 * self.total else first

    def spoken_of(self) -> tuple[bool, ...]:
        """Of weather, air, tides and roads whether the story speaks of them."""
        if self._spoken is None:
            head = self.lines[self.anchor.line].text if self.anchor.found else ""
            self._spoken = local.spoken_of(head, [self.lines[i].text for i in self.home])
        return self._spoken

    def is_set_apart(self, line: Line) -> bool:
        """Whether few of the story's paragraphs stand as this line does."""
        return self._shapes[shape_of(line)] <= _RARE * self._shapes.total()

    def in_core(self, line: Line) -> bool:
        """Whether a line stands in one of the story's large places, or where its like stands."""
        if self.core[0] <= line.index <= self.core[1] or shape_of(line) in self.core_shapes:
            return True
        return any(e in self.large for e in line.element.ancestors())

    def leads_in(self, line: Line) -> bool:
        """Whether a line opens the box of a paragraph that stands where the story's do."""
        box = next((e for e in line.element.ancestors() if e.last - e.first > 1), self.container)
        after = self.lines[line.index + 1 : min(line.index + 3, box.last)]
        return any(x.index in self.home and self.in_core(x) for x in after)

    def in_main_home(self, line: Line) -> bool:
        """Whether a line stands in the home that holds most of the story, or amid the story."""
        return self.amid(line) or any(e is self.main for e in line.element.ancestors())

    def stands_in_story(self, line: Line) -> bool:
        """Whether a line stands directly in a home of the story (lists and quotes let through)."""
        here: Element | None = line.element
        while here is not None and here.tag in WITHIN:
            here = here.parent
        return here in self.homes

    def amid(self, line: Line) -> bool:
        """Between the first and the last prose of the story's own places."""
        return self.span[0] < line.index < self.span[1]

    def in_plain_list(self, line: Line) -> bool:
        """An item of a list of phrases without links between the headline and the story's end: key
        points rather than a menu."""
        top = next((e for e in line.element.ancestors() if e.tag in ("ul", "ol")), None)
        if top is None or not self.start <= line.index < self.span[1] or not self.anchor.found:
            return False
        items = self.lines[top.first : top.last]
        length = sum(len(x.text) for x in items)
        if len(items) < 2 or any(x.linked for x in items):
            return False
        headed = top.first > self.start and self.lines[top.first - 1].tag in HEADINGS
        return length > (_HEADED_POINT if headed else _POINT) * len(items)

    def in_story_table(self, line: Line) -> bool:
        """A cell of a table that stands in the story, rather than one the page is laid out with."""
        return self.story_table(line) is not None

    def story_table(self, line: Line) -> Element | None:
        """The table of the story that a line stands in."""
        table = table_of(line)
        if table is None:
            return None
        if table not in self._tables:
            self._tables[table] = self._is_story_s(table)
        return table if self._tables[table] else None

    def is_laid_out(self, line: Line) -> bool:
        """Whether the table that a line stands in does no more than set the page."""
        table = table_of(line) if "table" in line.context else None
        return table is not None and self.lays_out(table)

    def lays_out(self, table: Element) -> bool:
        """Whether a table sets the page rather than tells something: one of its cells holds several
        paragraphs of prose, as on pages made by hand."""
        if table not in self._laid_out:
            held: Counter[Element | None] = Counter()
            for index in range(table.first, table.last):
                if index in self.home:
                    held[cell_of(self.lines[index])] += 1
            self._laid_out[table] = max(held.values(), default=0) >= _PARAGRAPHS
        return self._laid_out[table]

    def _is_story_s(self, table: Element) -> bool:
        if table.first <= self.container.first or self.lays_out(table):
            return False
        inside = self.lines[table.first : table.last]
        linked = sum(x.linked for x in inside)
        if linked * 2 >= sum(len(x.text) for x in inside):
            return False
        amid = self.span[0] < table.first and table.last <= self.span[1]
        amid = amid and not any(table in e.ancestors() for e in self.weighed.tree.inputs)
        return amid or any(e in self.homes for e in table.ancestors())
