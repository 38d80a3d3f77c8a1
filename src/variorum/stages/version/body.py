"""Two bodies of text compared word by word, each difference weighed against the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from rapidfuzz.distance import Indel

from variorum.stages.version.chrome import is_chrome
from variorum.stages.version.damage import same_but_for_losses
from variorum.stages.version.dress import (
    is_own_byline,
    is_own_stamp,
    moving_quotations,
    plain_quotations,
    presents_author,
)
from variorum.stages.version.evidence import Side
from variorum.stages.version.folding import Tokens, same, squeezed
from variorum.stages.version.turned import turned_over

# Above this product of lengths a gap is taken as one difference without a word diff; the
# bit-parallel comparison does some 10^9 cells a second, so this is about half a second.
_CELLS = 400_000_000

_LABEL = 3  # tokens of a lone label
_TAG = 6  # tokens within which an agency's tag closes
_LEAD = 6  # tokens of a sentence that is looked up in the page's description
_SAID = 8  # tokens of speech after a pull quote

Gap = tuple[list[Tokens], list[Tokens]]


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two bodies differ: the sentences around it on either side.

    ``kind``: changed | moved | delivery (it stood on the other page all the same) | chrome |
    damage (characters lost on the way) | turned (a box that is none of the story's turned over).
    """

    kind: str
    old: Tokens
    new: Tokens


def body_differences(old: Side, new: Side, *, strict: bool) -> list[Difference]:
    """Every difference between two bodies, in order; empty if they read the same.

    ``strict`` asks that a sentence stand on the other page as often as it does in this body; not
    so across a redesign, where pull quotes and summaries come and go with the template.
    """
    if same(*map(_flat, _but_for_ends(old.sentences, new.sentences))):
        return []
    gaps = list(_gaps(old.sentences, new.sentences))
    moved = _moved(gaps)
    found = [Difference("moved", s, s) for s in moved.elements()]
    judge = _Judge(old, new, moved, strict)
    for gap in gaps:
        found.extend(judge.gap(*gap))
    return found


def _but_for_ends(a: list[Tokens], b: list[Tokens]) -> Gap:
    """Two runs of sentences without those that both begin and end with."""
    most = min(len(a), len(b))
    first = next((at for at in range(most) if a[at] != b[at]), most)
    last = next((at for at in range(most - first) if a[-1 - at] != b[-1 - at]), most - first)
    return a[first : len(a) - last], b[first : len(b) - last]


def _gaps(old: Sequence[Tokens], new: Sequence[Tokens]) -> Iterator[Gap]:
    """Runs of sentences between those that are the same on both sides."""
    for i, k, j, m in hunks(old, new):
        a, b = list(old[i:k]), list(new[j:m])
        if not same(_flat(a), _flat(b)):
            yield a, b


def hunks(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int, int, int]]:
    """Where two sequences differ: ``old[i:k]`` stands in place of ``new[j:m]``."""
    if len(old) * len(new) > _CELLS:
        yield 0, len(old), 0, len(new)
        return
    i = j = 0
    for code in Indel.opcodes(old, new):
        if code.tag == "equal":
            if (i, j) != (code.src_start, code.dest_start):
                yield i, code.src_start, j, code.dest_start
            i, j = code.src_end, code.dest_end
    if (i, j) != (len(old), len(new)):
        yield i, len(old), j, len(new)


def kept_share(old: Tokens, new: Tokens) -> float:
    """The share of the old tokens that stand in the new text too, in order, 0..1."""
    if not old or len(old) * len(new) > _CELLS:
        return 0.0
    common = (len(old) + len(new) - Indel.distance(old, new)) / 2
    return common / len(old)


def _moved(gaps: Iterable[Gap]) -> Counter[Tokens]:
    """Sentences that were taken out at one place and put in at another."""
    gone: Counter[Tokens] = Counter()
    come: Counter[Tokens] = Counter()
    for a, b in gaps:
        gone.update(a)
        come.update(b)
    return gone & come


class _Judge:
    """Weighs the differences of two bodies, gap by gap."""

    def __init__(self, old: Side, new: Side, moved: Counter[Tokens], strict: bool) -> None:
        self._old, self._new, self._strict = old, new, strict
        self._moved_from, self._moved_to = Counter(moved), Counter(moved)

    def gap(self, a: list[Tokens], b: list[Tokens]) -> Iterator[Difference]:
        a = _without(a, self._moved_from)
        b = _without(b, self._moved_to)
        if same_but_for_losses(squeezed(_flat(a)), squeezed(_flat(b))):
            if a or b:
                yield Difference("damage", _flat(a), _flat(b))
            return
        gone, come = _touched(a, b)
        lost = [s for s in gone if not self._stands(s, self._old, self._new)]
        fresh = [s for s in come if not self._stands(s, self._new, self._old)]
        for s in gone:
            if s not in lost:
                yield Difference("delivery", s, ())
        for s in come:
            if s not in fresh:
                yield Difference("delivery", (), s)
        real_lost = [s for s in lost if not self._is_dress(s, self._old, self._new)]
        real_fresh = [s for s in fresh if not self._is_dress(s, self._new, self._old)]
        if not self._strict:
            real_lost = [s for s in real_lost if not self._ends_pull_quote(s, a, lost)]
            real_lost = self._but_for_quotations(real_lost, b)
            real_fresh = self._but_for_quotations(real_fresh, a)
        if (real_lost or real_fresh) and turned_over(real_lost, real_fresh, self._old, self._new):
            yield Difference("turned", _flat(real_lost), _flat(real_fresh))
        elif real_lost or real_fresh:
            yield Difference("changed", _flat(real_lost), _flat(real_fresh))
        elif lost or fresh:
            yield Difference("chrome", _flat(lost), _flat(fresh))

    def _stands(self, sentence: Tokens, own: Side, other: Side) -> bool:
        """Whether a sentence of ``own`` stands on the page of ``other`` all the same."""
        if not other.visible:
            return False
        if self._strict:
            return other.visible.count(sentence) >= max(1, own.count_of(sentence))
        told = other.visible.has(sentence) or other.visible.has_loosely(_without_tag(sentence))
        return told or (len(sentence) >= _LEAD and other.described.has(sentence))

    def _ends_pull_quote(self, sentence: Tokens, around: list[Tokens], lost: list[Tokens]) -> bool:
        """Whether a few words of speech ("said a minister.") follow a quotation that still stands
        on the other page: a pull quote, which goes with its template."""
        at = around.index(sentence)
        follows = at > 0 and around[at - 1] not in lost
        return follows and len(sentence) <= _SAID and sentence[0].islower()

    def _but_for_quotations(self, own: list[Tokens], other: list[Tokens]) -> list[Tokens]:
        """Those sentences that do not stand among the others when a template quotes shares in
        another way."""
        there = {squeezed(plain_quotations(s, self._moving)) for s in other}
        return [s for s in own if squeezed(plain_quotations(s, self._moving)) not in there]

    @cached_property
    def _moving(self) -> frozenset[str]:
        return moving_quotations(self._old.body) & moving_quotations(self._new.body)

    def _is_dress(self, sentence: Tokens, own: Side, other: Side) -> bool:
        """Whether a piece is the site's and not the story's: a set phrase, the story's own date, its
        author presented; across a redesign also a label ("Highlights", "Analysis") that says
        nothing of its own."""
        if is_chrome(sentence) or is_own_stamp(sentence, (own, other)):
            return True
        if presents_author(sentence, own, other) or is_own_byline(sentence, (own, other)):
            return True
        return not self._strict and len(sentence) <= _LABEL and all(t.isalpha() for t in sentence)


def _without_tag(sentence: Tokens) -> Tokens:
    """A first sentence without the agency's or site's tag before it: "(CNN) Winning…"."""
    if sentence[:1] == ("(",) and ")" in sentence[1:_TAG]:
        rest = sentence[sentence.index(")") + 1 :]
        return rest[1:] if rest[:1] == ("-",) else rest
    return sentence


def _without(sentences_: list[Tokens], taken: Counter[Tokens]) -> list[Tokens]:
    kept = []
    for s in sentences_:
        if taken[s] > 0:
            taken[s] -= 1
        else:
            kept.append(s)
    return kept


def _touched(a: list[Tokens], b: list[Tokens]) -> Gap:
    """The sentences of a gap in which a word differs; cuts between sentences may differ freely."""
    flat_a, flat_b = _flat(a), _flat(b)
    gone: set[int] = set()
    come: set[int] = set()
    of_a, of_b = _owners(a), _owners(b)
    for i, k, j, m in hunks(flat_a, flat_b):
        if not same(flat_a[i:k], flat_b[j:m]):
            gone.update(of_a[i:k])
            come.update(of_b[j:m])
    return [a[i] for i in sorted(gone)], [b[i] for i in sorted(come)]


def _owners(sentences_: list[Tokens]) -> list[int]:
    return [i for i, s in enumerate(sentences_) for _ in s]


def _flat(sentences_: Iterable[Tokens]) -> Tokens:
    return tuple(chain.from_iterable(sentences_))
