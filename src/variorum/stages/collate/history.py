"""A whole history at once: which version brought each sentence, changed it, dropped it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from variorum.model import Document, Sentence
from variorum.stages.collate.align import align
from variorum.stages.collate.chain import Candidate
from variorum.stages.collate.moves import moves
from variorum.text.sentences import sentences
from variorum.text.typography import fold


@dataclass(frozen=True, slots=True)
class SentenceOrigin:
    """A sentence of some version, and what the history did to it.

    Numbers are positions in the history given, from 0. ``introduced`` is where the sentence first
    stood in any wording, ``worded`` where it got the wording it has here, ``dropped`` the first
    version without it (None: it is in the last one). ``index`` is its place in the last version
    that has it. ``moved`` lists the versions in which it stood elsewhere than before, ``absent``
    the spans ``(without it, back again)`` of versions that lacked it.
    """

    text: str
    introduced: int
    worded: int
    dropped: int | None
    index: int
    moved: tuple[int, ...] = ()
    absent: tuple[tuple[int, int], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "introduced": self.introduced,
            "worded": self.worded,
            "dropped": self.dropped,
            "index": self.index,
            "moved": list(self.moved),
            "absent": [list(span) for span in self.absent],
        }


@dataclass(frozen=True, slots=True)
class Blame:
    """The sentences of the last version in order, and those that went, in the order they went."""

    present: tuple[SentenceOrigin, ...]
    gone: tuple[SentenceOrigin, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "present": [s.to_dict() for s in self.present],
            "gone": [s.to_dict() for s in self.gone],
        }


def blame(documents: Sequence[Document]) -> Blame:
    """Who brought what, over a history given oldest first.

    A sentence that went and came back in the same words is one sentence with an absence, not two.
    """
    if not documents:
        return Blame((), ())
    history = _History(sentences(documents[0].text, documents[0].language))
    for number in range(1, len(documents)):
        history.add(number, sentences(documents[number].text, documents[number].language))
    return Blame(tuple(history.present), tuple(history.gone))


class _History:
    """The sentences of the newest version read so far, and all that went before it."""

    def __init__(self, first: Sequence[Sentence]) -> None:
        self.present = [SentenceOrigin(s.text, 0, 0, None, s.index) for s in first]
        self._gone: dict[int, SentenceOrigin] = {}
        self._gone_by_text: dict[str, list[int]] = {}
        self._serial = 0

    @property
    def gone(self) -> list[SentenceOrigin]:
        """Those that went and did not come back, in the order they went."""
        return list(self._gone.values())

    def add(self, number: int, after: Sequence[Sentence]) -> None:
        before = self.present
        blocks = align([s.text for s in before], [s.text for s in after]).blocks

        def letters(b: Candidate) -> int:
            olds, news = before[b.old : b.old_end], after[b.new : b.new_end]
            return sum(len(s.text) for s in olds) + sum(len(s.text) for s in news)

        moved = moves(blocks, letters) if blocks else {}
        now: dict[int, SentenceOrigin] = {}
        for k, b in enumerate(blocks):
            came = before[b.old : b.old_end]
            for s in after[b.new : b.new_end]:
                now[s.index] = _carried(number, came, s, moved=k in moved)
        linked = {i for b in blocks for i in range(b.old, b.old_end)}
        dropped = [replace(s, dropped=number) for i, s in enumerate(before) if i not in linked]
        for s in after:
            if s.index not in now:
                now[s.index] = self._new(number, s)
        for went in dropped:
            self._serial += 1
            self._gone[self._serial] = went
            self._gone_by_text.setdefault(went.text, []).append(self._serial)
        self.present = [now[j] for j in range(len(after))]

    def _new(self, number: int, sentence: Sentence) -> SentenceOrigin:
        """A sentence without a counterpart: new, or back again in its old words."""
        if waiting := self._gone_by_text.get(sentence.text):
            old = self._gone.pop(waiting.pop())
            absent = (*old.absent, (old.dropped or number, number))
            return replace(old, dropped=None, index=sentence.index, absent=absent)
        return SentenceOrigin(sentence.text, number, number, None, sentence.index)


def _carried(
    number: int, came: Sequence[SentenceOrigin], sentence: Sentence, *, moved: bool
) -> SentenceOrigin:
    """A sentence with what it had behind it in the version before."""
    first = came[0]
    kept = len(came) == 1 and fold(first.text) == fold(sentence.text)
    return SentenceOrigin(
        sentence.text,
        min(s.introduced for s in came),
        first.worded if kept else number,
        None,
        sentence.index,
        (*first.moved, number) if moved else first.moved,
        first.absent,
    )
