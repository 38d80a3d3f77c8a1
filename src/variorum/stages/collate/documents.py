"""Two Documents collated: segments over their sentences, fields outside the text."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from variorum.model import Collation, Document, FieldEdit, Op, Segment, Sentence
from variorum.stages.collate.align import METHOD, Link, align_sentences
from variorum.stages.collate.moves import in_place
from variorum.stages.collate.words import word_edits
from variorum.text.sentences import sentences
from variorum.text.typography import fold


def collate_documents(old: Document, new: Document) -> Collation:
    """The Collation of two versions: segments in the reading order of the new text."""
    before, after = sentences(old.text, old.language), sentences(new.text, new.language)
    links = align_sentences([s.text for s in before], [s.text for s in after])
    pairs = _pairs(links)
    a, b = _extents(old.text, before), _extents(new.text, after)
    return Collation(METHOD, tuple(_segments(pairs, a, b)), tuple(field_edits(old, new)))


def _pairs(links: Sequence[Link]) -> list[Link]:
    seen_old: set[int] = set()
    seen_new: set[int] = set()
    kept = []
    for i, j in links:
        if i not in seen_old and j not in seen_new:
            kept.append((i, j))
            seen_old.add(i)
            seen_new.add(j)
    return kept


def _extents(text: str, parts: Sequence[Sentence]) -> list[str]:
    """Each sentence with the white space after it; the first with what stands before it too."""
    cuts = [0, *(s.start for s in parts[1:]), len(text)] if parts else []
    return [text[s:e] for s, e in itertools.pairwise(cuts)]


def _segments(pairs: Sequence[Link], a: Sequence[str], b: Sequence[str]) -> list[Segment]:
    by_new = sorted(pairs, key=lambda p: p[1])
    stays = in_place([i for i, _ in by_new])
    moves = {
        pair: n for n, pair in enumerate((p for k, p in enumerate(by_new) if k not in stays), 1)
    }
    linked_old, linked_new = {i for i, _ in pairs}, {j: i for i, j in pairs}
    found: list[Segment] = []
    gone = 0
    for j in range(len(b)):
        i = linked_new.get(j)
        if i is not None and (i, j) not in moves:
            found += [_only("removed", k, a) for k in range(gone, i) if k not in linked_old]
            gone = max(gone, i + 1)
        if i is None:
            found.append(_only("added", j, b))
        else:
            op: Op = "same" if fold(a[i]) == fold(b[j]) else "edited"
            found.append(Segment(op, (i,), (j,), word_edits(a[i], b[j]), moves.get((i, j))))
    return found + [_only("removed", k, a) for k in range(gone, len(a)) if k not in linked_old]


def _only(op: Op, index: int, texts: Sequence[str]) -> Segment:
    if op == "added":
        return Segment(op, (), (index,), (("+", texts[index]),))
    return Segment(op, (index,), (), (("-", texts[index]),))


def field_edits(old: Document, new: Document) -> list[FieldEdit]:
    """What differs outside the text, one edit a field; ``modified`` alone is no difference."""
    return [
        FieldEdit(name, before, after, word_edits(before, after))
        for name, before, after in _fields(old, new)
        if fold(before) != fold(after)
    ]


def _fields(old: Document, new: Document) -> list[tuple[str, str, str]]:
    def captions(doc: Document) -> str:
        return "\n".join(m.caption for m in doc.media if m.caption)

    def notices(doc: Document) -> str:
        return "\n".join(n.text for n in doc.notices)

    return [
        ("headline", old.headline or "", new.headline or ""),
        ("byline", ", ".join(old.byline), ", ".join(new.byline)),
        ("published", old.published or "", new.published or ""),
        ("section", old.section or "", new.section or ""),
        ("media", "\n".join(m.url for m in old.media), "\n".join(m.url for m in new.media)),
        ("caption", captions(old), captions(new)),
        ("notice", notices(old), notices(new)),
    ]
