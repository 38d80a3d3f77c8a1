"""A whole history at once: which version brought each sentence, which dropped it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from variorum.model import Document
from variorum.stages.collate.documents import collate_documents
from variorum.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class SentenceOrigin:
    """A sentence of some version: the version it came in with, changed in, and went with.

    Numbers are positions in the history given, from 0. ``introduced`` is where the sentence first
    stood in any wording, ``worded`` where it got the wording it has here, ``dropped`` the first
    version without it (None: it is in the last one). ``index`` is its place in the last version
    that has it.
    """

    text: str
    introduced: int
    worded: int
    dropped: int | None
    index: int
    moved: tuple[int, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "introduced": self.introduced,
            "worded": self.worded,
            "dropped": self.dropped,
            "index": self.index,
            "moved": list(self.moved),
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
    """Who brought what, over a history given oldest first."""
    if not documents:
        return Blame((), ())
    now = [
        SentenceOrigin(s.text, 0, 0, None, s.index)
        for s in sentences(documents[0].text, documents[0].language)
    ]
    gone: list[SentenceOrigin] = []
    for number in range(1, len(documents)):
        now, dropped = _step(number, documents[number - 1], documents[number], now)
        gone += dropped
    return Blame(tuple(now), tuple(gone))


def _step(
    number: int, old: Document, new: Document, before: Sequence[SentenceOrigin]
) -> tuple[list[SentenceOrigin], list[SentenceOrigin]]:
    texts = sentences(new.text, new.language)
    now: dict[int, SentenceOrigin] = {}
    gone: list[SentenceOrigin] = []
    for segment in collate_documents(old, new).segments:
        came = [before[i] for i in segment.old]
        if segment.op == "removed":
            gone += [
                SentenceOrigin(s.text, s.introduced, s.worded, number, s.index, s.moved)
                for s in came
            ]
        for j in segment.new:
            kept = segment.op == "same"
            now[j] = SentenceOrigin(
                texts[j].text,
                min((s.introduced for s in came), default=number),
                came[0].worded if kept else number,
                None,
                j,
                (came[0].moved if came else ()) + ((number,) if segment.moved else ()),
            )
    return [now[j] for j in sorted(now)], gone
