"""Quotations that no verb has claimed: they continue a speaker, or stand alone."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from variorum.stages.claims.named_quotations import told_whose
from variorum.stages.claims.nounphrases import clause_subject, left_phrase, right_phrase
from variorum.stages.claims.quotations import Quotation
from variorum.stages.claims.subjects import Range
from variorum.stages.claims.workspace import Statement, Workspace

Subject = Callable[[int, int], Range | None]


def left_over(w: Workspace, subject: Subject | None = None) -> None:
    """Gives each quotation that reads as speech to a statement; scare quotes to none. ``subject`` finds
    that of a sentence in another language, in which a full stop may follow the closing mark."""
    covered = [-1] * (w.r.size + 1)
    for n, s in enumerate(w.found):
        for a, b in s.parts:
            covered[a:b] = [n] * (b - a)
    last: Statement | None = None
    spoken = _Spoken(w, subject)
    for q in w.quotes:
        owner = w.owned(q)
        if owner is None and covered[q.inside] >= 0:
            owner = w.found[covered[q.inside]]
        if owner is None and (q.closed or not q.single):
            owner = told_whose(w, q) or _orphan(w, q, last, spoken)
        last = owner or last


def _ends_sentence(w: Workspace, q: Quotation) -> bool:
    """ "“Me equivoqué”. |": the full stop stands after the closing mark."""
    k = q.last + 1
    return k >= w.r.size or (w.r.tag[k] == "." and w.r.paragraph[k] == w.r.paragraph[q.last])


class _Spoken:
    """The statements of a workspace that have a source, by place: who spoke last before a token."""

    def __init__(self, w: Workspace, subject: Subject | None) -> None:
        self.foreign = subject is not None
        self._reading, self._subject = w.r, subject
        known = [s for s in w.found if s.source is not None and s.cue is not None and s.parts]
        known.sort(key=lambda s: (s.span[0], -s.span[1]))
        self._firsts: list[int] = []
        self._known: list[Statement] = []
        end = -1
        for s in known:
            if s.span[1] > end:  # not one inside another
                self._firsts.append(s.span[0])
                self._known.append(s)
                end = s.span[1]

    def subject(self, first: int, end: int) -> Range | None:
        """The subject of the clause [first, end)."""
        if self._subject is None:
            return clause_subject(self._reading, first, end)
        return self._subject(first, end)

    def before(self, at: int) -> Statement | None:
        k = bisect_left(self._firsts, at)
        return self._known[k - 1] if k else None


def _orphan(
    w: Workspace, q: Quotation, last: Statement | None, spoken: _Spoken
) -> Statement | None:
    r = w.r
    own = q.first == w.clause_floor(q.first)
    whole = spoken.foreign and _ends_sentence(w, q) and (own or r.tag[q.first - 1] == ":")
    short = 2 if whole else 3
    ended = spoken.foreign and r.tag[w.last_mark(q)] == "."  # no title of a work: "Keine Ahnung."
    if q.size < short or not w.sentence_like(q) or (w.title(q) and not ended):
        return None
    head = q.first == r.para_first[r.paragraph[q.first]]
    if not own and r.tag[q.first - 1] not in ":,":
        return None
    ending = r.tag[w.last_mark(q)]
    if ending == ",":
        return _unknown_verb(w, q)
    if ending not in ".-" and q.closed and not whole:
        return None
    used = w.paragraphs_of(q)
    signed = _signature(w, used[-1])
    if signed is not None:
        return w.own(Statement([], None, signed, "quotation, dash, source"), used)
    joined = _joined(w, q, used, head, last)
    if joined is not None:
        return joined
    nearest = spoken.before(q.first)
    if nearest is not None and (last is None or nearest.span[0] > last.span[0]):
        last = nearest
    source, inherits, rule = _speaker_nearby(w, q, last, spoken, head=head, own=own)
    return w.own(Statement([], None, source, rule, guess=True, inherits=inherits), used)


def _speaker_nearby(
    w: Workspace, q: Quotation, last: Statement | None, spoken: _Spoken, *, head: bool, own: bool
) -> tuple[Range | None, Statement | None, str]:
    r = w.r
    named = _before_colon(w, q)
    if named is not None and spoken.foreign:
        named = spoken.subject(w.clause_floor(q.first - 1), q.first - 1) or named
    if named is not None:
        return named, None, "source, colon, quotation"
    gap = r.paragraph[q.first] - r.paragraph[last.span[1] - 1] if last is not None else 99
    if head:
        colon = q.first > 0 and r.tag[q.first - 1] == ":"
        if colon:
            first = w.clause_floor(q.first - 1)
            source = spoken.subject(first, q.first - 1)
            inherits = last if source is None and spoken.foreign and gap <= 1 else None
            return source, inherits, "sentence with a colon, quotation"
        if last is not None and gap <= 1:
            return last.source, last, "quotation that continues the last speaker"
        return None, None, "quotation alone"
    before = w.clause_floor(q.first) - 1 if own else q.first
    first = w.clause_floor(before)
    if last is not None and _says_the_sentence(last, first, before):
        return last.source, last, "quotation after a sentence about its speaker"
    source = spoken.subject(first, before) if w.quoted[first] < 0 else None
    if source is None and last is not None and gap == 0:
        return last.source, last, "quotation after a sentence about its speaker"
    if source is not None and last is not None and _begins_alike(last, source):
        return last.source, last, "quotation after a sentence about its speaker"
    return source, None, "quotation after a sentence about its speaker"


def _begins_alike(last: Statement, source: Range) -> bool:
    """Whether the subject of the sentence is whose statement was the last: "Sol's mother | , Bisi"."""
    return last.source is not None and last.source[0] == source[0]


def _says_the_sentence(last: Statement, first: int, before: int) -> bool:
    """Whether the sentence is what somebody says of another: "She had, he said, the hands"."""
    source = last.source
    return source is not None and first <= last.parts[0][0] < source[0] < before


_LONGEST_SIGNATURE = 14  # tokens of "— Name, role" under a quotation


def _signature(w: Workspace, q: Quotation) -> Range | None:
    """The source under a quotation that stands alone: "…" — Name, role."""
    r = w.r
    k = q.last + 1
    if k + 1 >= r.size or r.tag[k] != "-" or r.paragraph[k] - r.paragraph[q.last] > 1:
        return None
    stop = r.paragraph_end(k)
    end = right_phrase(r, k + 1, stop, wide=True)
    if end == k + 1 or stop - k > _LONGEST_SIGNATURE or (end < stop and r.tag[end] not in ",.("):
        return None
    return (k + 1, end)


def _before_colon(w: Workspace, q: Quotation) -> Range | None:
    """The name or thing right before a colon: "From the report: …", "HEADING - Anna Holt: …"."""
    r = w.r
    colon = q.first - 1
    if colon < 1 or r.tag[colon] != ":":
        return None
    floor = w.clause_floor(colon)
    start = left_phrase(r, colon, floor)
    if start is None:
        return None
    if start > floor + 1 and r.tag[start - 1] == "R" and r.tag[start - 2] == ",":
        named = left_phrase(r, start - 2, floor)  # "Our reporter X, in Riva: …"
        if named is not None and r.tag[start - 3] == "M":
            return (named, start - 2)
    opens = start == floor or r.tag[start - 1] in "-(R," or r.tag[start - 1] == "."
    printed = any(r.low[j] in r.lex.artefacts for j in range(start, colon))
    place = r.tag[start - 1] == "R" and start > floor + 1  # "X is on | the quay at Riva:"
    thing = printed or (not place and "M" in r.tags[start:colon])
    return (start, colon) if opens and thing else None


def _joined(
    w: Workspace, q: Quotation, used: list[Quotation], head: bool, last: Statement | None
) -> Statement | None:
    """A quotation next to another one, nothing between, is one statement with it: with the one that
    follows when that has its tag, else with the one before."""
    r = w.r
    stop = r.paragraph_end(used[-1].last)
    if head and used[-1].last + 1 >= stop:
        number = w.quoted[used[-1].first] + 1
        following = w.quotes[number] if number < len(w.quotes) else None
        if following is not None and following.first == stop:
            owner = w.owned(following)
            if owner is not None and owner.parts[0][0] == stop and owner.cue is not None:
                return w.own(owner, used, front=True)
    if last is None or not last.parts:
        return None
    end = last.span[1]
    if r.paragraph[q.first] - r.paragraph[end - 1] > 1 or (head and not last.quotes):
        return None
    if last.cue is not None and last.cue[0] >= end:
        end = max(end, last.cue[1], last.source[1] if last.source else 0)
        if r.sentence_end(end - 1) == q.first and end < q.first:
            end = q.first if q.first - end <= 12 else end
    while end < q.first and r.tag[end] in '.,"q':
        end += 1
    return w.own(last, used) if end == q.first else None


def _unknown_verb(w: Workspace, q: Quotation) -> Statement | None:
    """ "…," she chirped: the place shows a verb of saying that the lexicon does not know."""
    r = w.r
    k = q.last + 1
    if k >= r.size or r.sentence[k] != r.sentence[q.last]:
        return None
    stop = w.sentence_stop(k)
    end = right_phrase(r, k, stop)
    if end == k or end >= stop or r.tag[end] not in "VE":
        return None
    rule = "quotation, source, unknown verb"
    return w.own(Statement([], (end, end + 1), (k, end), rule, guess=True), [q])
