"""What judging a passage needs at hand: both ledgers by place, and how a change is written up."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import Any

from variorum.model import Claim, ClaimChange, Span
from variorum.model.claim import ChangeKind
from variorum.stages.claims.comparable import is_impersonal
from variorum.stages.claims.match import Pair
from variorum.stages.claims.passages import Passage
from variorum.stages.claims.weights import weight

# Claims that begin before a place and may still reach it: looked for among so many.
_BACK = 40


@dataclass(slots=True)
class Ledger:
    """The claims of one side, found again by place."""

    text: str
    claims: Sequence[Claim]
    order: list[int] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    tops: list[int] = field(default_factory=list)  # the greatest end up to each

    def __post_init__(self) -> None:
        self.order = sorted(range(len(self.claims)), key=lambda i: self.claims[i].content[0])
        inside = [self.claims[i].content_spans for i in self.order]
        self.starts = [self.claims[i].content[0] for i in self.order]
        self.ends = [max((end for _, end in spans), default=0) for spans in inside]
        self.tops = list(accumulate(self.ends, max))

    def touching(self, ranges: Sequence[Span]) -> list[tuple[int, Claim]]:
        """The claims (with their numbers) whose content touches one of the ranges."""
        found: dict[int, Claim] = {}
        for start, end in ranges:
            last = bisect_left(self.starts, end)
            first = bisect_right(self.tops, start)  # those before it end before the range
            for place in range(max(first, last - _BACK), last):
                if self.ends[place] <= start:
                    continue
                i = self.order[place]
                claim = self.claims[i]
                if any(s < end and start < e for s, e in claim.content_spans):
                    found[i] = claim
        return sorted(found.items())

    def around(self, span: Span | None) -> Claim | None:
        """The innermost claim whose content holds ``span``."""
        if span is None:
            return None
        holding = [c for _, c in self.touching([span])
                   if any(s <= span[0] and span[1] <= e for s, e in c.content_spans)]  # fmt: skip
        return min(holding, key=lambda c: c.content[1] - c.content[0], default=None)


@dataclass(slots=True)
class Desk:
    """What judging one passage needs at hand."""

    both: Passage
    before: Ledger
    after: Ledger
    pairs: list[Pair]
    found: list[ClaimChange] = field(default_factory=list)

    def add(
        self,
        kind: ChangeKind,
        old: range,
        new: range,
        statement: str,
        *,
        claims: tuple[Claim | None, Claim | None] | None = None,
        before: str | None = None,
        after: str | None = None,
        weighs: dict[str, Any] | None = None,
        details: dict[str, Any] | None = None,
    ) -> None:
        was, now = self.both.old.span(old.start, old.stop), self.both.new.span(new.start, new.stop)
        mine, theirs = claims or (self.before.around(was), self.after.around(now))
        self.found.append(
            ClaimChange(
                kind,
                mine,
                theirs,
                self.both.old.quote(old.start, old.stop) if before is None else before,
                self.both.new.quote(new.start, new.stop) if after is None else after,
                weight=weight(kind, headline=self.both.headline, **(weighs or {})),
                statement=statement,
                old_span=was,
                new_span=now,
                details=details or {},
            )
        )


def became(was: str, now: str) -> str:
    if was and now:
        return f"“{was}” became “{now}”"
    return f"“{was}” is gone" if was else f"“{now}” is new"


def plain(text: str) -> str:
    return " ".join(text.split())


def short(text: str, most: int = 90) -> str:
    """The beginning of a text, cut between words, without its quotation marks."""
    words = _bare(text)
    return words if len(words) <= most else words[: words.rfind(" ", 0, most)].rstrip(" …") + " …"


def came_statement(claim: Claim, text: str, kind: str, part: Span | None = None) -> str:
    """The line of a statement that came or went; ``part``: of which only so much did. A report is
    quoted with the words that attribute it, for these may turn it down ("X denied that …")."""
    which = "gone" if kind == "dropped" else "new"
    whole = _phrase(claim) if claim.type != "direct" or claim.negated else None
    if whole is not None and (part is None or part == claim.content):
        return f"“{short(text[slice(*whole)], _PHRASE)}” is {which}"
    what = short(" … ".join(_unquoted(text[s:e]) for s, e in pieces_in(claim, part)))
    who = f", said by “{plain(text[slice(*claim.source)])}”," if claim.source else ""
    return f"“{what}”{who} is {which}"


_PHRASE = 150  # letters of a report and its attribution
_FRAME = 60  # letters of an attribution that leaves room for what is attributed
# Of what somebody denied: it may never be told as said
_LONG_FRAME = 110
_FAR = 60
_GAP = 16  # letters between the parts of a phrase: ", ", " that ", " on Monday "


def _phrase(claim: Claim) -> Span | None:
    """Where a statement and its attribution stand, if they follow each other: "Ofcom said that
    prices rose"; None for others."""
    if is_impersonal(claim):
        return claim.content
    if claim.source is None or claim.cue is None or len(claim.content_spans) > 1:
        return None
    parts = sorted((claim.source, claim.cue, claim.content))
    frame = sum(e - s for s, e in (claim.source, claim.cue))
    near = all(0 <= b[0] - a[1] <= (_FAR if claim.negated else _GAP) for a, b in pairwise(parts))
    first, last = parts[0][0], parts[-1][1]
    cut_off = parts[0] == claim.content and last - first > _PHRASE  # "…, the council said"
    room = _LONG_FRAME if claim.negated else _FRAME
    return (first, last) if near and frame <= room and not cut_off else None


def attribution(claim: Claim, text: str) -> str:
    """Source and cue as they stand; what is between them is left out if it is more than a little."""
    spans = sorted(span for span in (claim.source, claim.cue) if span is not None)
    if len(spans) == 2 and spans[1][0] - spans[0][1] <= _GAP:
        spans = [(spans[0][0], spans[1][1])]
    return " … ".join(short(text[slice(*span)]) for span in spans)


def pieces_in(claim: Claim, part: Span | None) -> list[Span]:
    """The pieces of a statement's words, those in ``part`` of its text if that is given."""
    if part is None:
        return list(claim.content_spans)
    inside = [(max(s, part[0]), min(e, part[1])) for s, e in claim.content_spans]
    return [(s, e) for s, e in inside if s < e] or [part]


def _unquoted(text: str) -> str:
    return _bare(text).rstrip(",")


_MARKS = '“”"„«»'
_OPEN_TO_CLOSE = {"“": "”", "«": "»", "„": "“", '"': '"'}


def _bare(text: str) -> str:
    """A text without the quotation marks around the whole of it and without one that has no partner;
    those around some of its words become single, as it will stand in marks itself."""
    words = plain(text)
    inside = sum(map(words.count, _MARKS))
    if inside % 2 or (inside and _is_whole(words)):
        words = words.strip(_MARKS + " ")
    return words.replace("“", "‘").replace("”", "’")


def _is_whole(words: str) -> bool:
    """Whether the mark that opens a text is closed by the one at its end, and not before."""
    close = _OPEN_TO_CLOSE.get(words[0])
    return close is not None and words.find(close, 1) == len(words) - 1
