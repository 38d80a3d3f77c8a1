"""What the rules share: one reading, its quotations, and the statements found so far."""

from __future__ import annotations

from dataclasses import dataclass, field

from variorum.stages.claims.cue import Cue
from variorum.stages.claims.quotations import Quotation, quotations
from variorum.stages.claims.reading import Reading, all_of
from variorum.stages.claims.subjects import Range

_LONGEST_QUOTATION = 1000  # tokens of a quotation at its end that a sentence is stretched over
_NO_FRAMES: frozenset[str] = frozenset()


@dataclass(slots=True)
class Statement:
    """One attributed statement in tokens: content ranges, cue, source, and the rule that found it.

    ``inherits`` is the statement whose speaker it takes over, ``quotes`` the quotations it owns.
    """

    parts: list[Range]
    cue: Range | None
    source: Range | None
    rule: str
    lemma: str = ""
    negated: bool = False
    guess: bool = False
    inherits: Statement | None = None
    frames: frozenset[str] = _NO_FRAMES
    quotes: list[Quotation] = field(default_factory=list)

    @property
    def span(self) -> Range:
        """From the first token of the content to after its last."""
        return (self.parts[0][0], self.parts[-1][1])

    def moved(self, by: int, quotes: list[Quotation]) -> Statement:
        """A copy so many tokens further on, with its quotations there."""
        return Statement(
            [(i + by, j + by) for i, j in self.parts],
            self.cue and (self.cue[0] + by, self.cue[1] + by),
            self.source and (self.source[0] + by, self.source[1] + by),
            self.rule,
            self.lemma,
            self.negated,
            self.guess,
            self.inherits,
            self.frames,
            quotes,
        )


class Workspace:
    """A reading with its quotations; ``quoted[i]`` numbers the one token i stands in, or is -1."""

    __slots__ = ("found", "owner", "quoted", "quotes", "r")

    def __init__(self, reading: Reading) -> None:
        self.r = reading
        self.quotes = quotations(reading)
        self.quoted = [-1] * reading.size
        for number, q in enumerate(self.quotes):
            self.quoted[q.first : q.last + 1] = [number] * (q.last + 1 - q.first)
        self.owner: dict[int, Statement] = {}
        self.found: list[Statement] = []

    # -- adding ----------------------------------------------------------------------------------
    def add(self, cue: Cue, parts: list[Range], rule: str) -> Statement:
        """A new statement for a cue."""
        statement = Statement(
            [p for p in parts if p[1] > p[0]] or parts,
            (cue.first, cue.end),
            cue.source,
            rule,
            cue.lemma,
            cue.negated,
            frames=cue.frames,
        )
        self.found.append(statement)
        return statement

    def own(self, statement: Statement, used: list[Quotation], *, front: bool = False) -> Statement:
        """Gives quotations to a statement (a new one when it has no content yet)."""
        parts = [(q.first, q.last + 1) for q in used]
        if not statement.parts:
            self.found.append(statement)
        at = 0 if front else len(statement.parts)
        statement.parts[at:at] = parts
        at = 0 if front else len(statement.quotes)
        statement.quotes[at:at] = used
        for q in used:
            self.owner[q.first] = statement
        return statement

    def owned(self, q: Quotation) -> Statement | None:
        """The statement that a quotation belongs to already."""
        return self.owner.get(q.first)

    # -- places ----------------------------------------------------------------------------------
    def clause_floor(self, i: int) -> int:
        """The first token of token i's sentence."""
        return self.r.sent_first[self.r.sentence[i]]

    def sentence_stop(self, i: int) -> int:
        """The end of token i's sentence without its stop; a quotation begun in it stays whole."""
        r = self.r
        stop = r.sentence_end(i)
        if stop < r.size and self.quoted[stop - 1] >= 0:
            q = self.quotes[self.quoted[stop - 1]]
            fits = q.first < stop <= q.last < stop + _LONGEST_QUOTATION
            if fits and q.first > r.sent_first[r.sentence[i]]:
                stop = q.last + 1
        while stop > i + 1 and r.tag[stop - 1] == "." and self.quoted[stop - 1] < 0:
            stop -= 1
        return stop

    def comma(self, start: int, stop: int, marks: str = ",") -> int | None:
        """The first comma (or one of ``marks``) of [start, stop) outside quotations."""
        tag, quoted = self.r.tag, self.quoted
        return next((j for j in range(start, stop) if tag[j] in marks and quoted[j] < 0), None)

    # -- quotations ------------------------------------------------------------------------------
    def walls(self) -> bytearray:
        """A one for each token that a clause cannot reach across: semicolons and quotations, but not a
        few words cited in passing."""
        walls = bytearray(self.r.size)
        for q in self.quotes:
            if not self.cited(q):
                walls[q.first : q.last + 1] = b"\1" * (q.last + 1 - q.first)
        for i in all_of(":", self.r.tags):
            if self.r.low[i] == ";":
                walls[i] = 1
        return walls

    def cited(self, q: Quotation) -> bool:
        """A few words amid a sentence, not a sentence of their own."""
        r = self.r
        return (
            q.first != self.clause_floor(q.first)
            and q.closed
            and q.size <= 12
            and r.word[q.inside][0].islower()
            and r.tag[q.first - 1] not in ",:"
            and r.sentence[q.last] == r.sentence[q.first]
        )

    def last_mark(self, q: Quotation) -> int:
        """The token that ends the words of a quotation, inner quotation marks passed over."""
        tag, j = self.r.tag, q.outside - 1
        while j > q.inside and tag[j] in 'q")':
            j -= 1
        return j

    def clause_edge(self, q: Quotation) -> bool:
        """Whether a quotation ends as one before "he said" does: with a comma, ? or ! or a dash."""
        r = self.r
        after = r.tag[q.last + 1] if q.last + 1 < r.size else "."
        return r.tag[self.last_mark(q)] in ",.-" or after in ",-"

    def sentence_like(self, q: Quotation) -> bool:
        """Begins as a sentence does."""
        word = self.r.word[q.inside]
        return q.size >= 2 and (word[0].isupper() or word[0].isdigit() or word[0] in "‘'…[.$")

    def title(self, q: Quotation) -> bool:
        """The title of a work, every long word with a capital, rather than speech."""
        if q.size > 14 or q.size < 2:
            return False
        long_words = [w for w in self.r.word[q.inside : q.outside] if len(w) > 3 and w[0].isalpha()]
        return len(long_words) > 1 and all(w[0].isupper() for w in long_words)

    def before(self, i: int) -> Quotation | None:
        """The quotation that closes right before token i, a comma or dash between allowed."""
        r = self.r
        j = i - 1
        if j >= 0 and r.tag[j] in ",-q" and self.quoted[j] < 0:
            j -= 1
        if j < 0 or self.quoted[j] < 0 or r.paragraph[j] != r.paragraph[i]:
            return None
        return self.quotes[self.quoted[j]]

    def after(self, i: int) -> Quotation | None:
        """The quotation that opens at token i, or after a comma, colon or "that" there; a colon may
        end the paragraph."""
        r = self.r
        j = i
        while j < r.size and r.tag[j] in ",:-T" and self.quoted[j] < 0 and j - i < 2:
            j += 1
        if j >= r.size or self.quoted[j] < 0 or j == 0:
            return None
        q = self.quotes[self.quoted[j]]
        near = r.paragraph[j] - r.paragraph[i - 1] <= (1 if r.tag[j - 1] == ":" else 0)
        return q if q.first == j and near else None

    def next_paragraph(self, q: Quotation) -> Quotation | None:
        """The quotation that opens this one anew in the next paragraph."""
        if not q.runs_on:
            return None
        number = self.quoted[q.first] + 1
        return self.quotes[number] if number < len(self.quotes) else None

    def paragraphs_of(self, q: Quotation) -> list[Quotation]:
        """The quotation and those that open it anew in the paragraphs that follow."""
        used = [q]
        more = self.next_paragraph(q)
        while more is not None:
            used.append(more)
            more = self.next_paragraph(more)
        return used
