"""A Collation in plain words, a line a change."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby

from variorum.model import Collation, Document, FieldEdit, Word
from variorum.stages.publish.render_layout import Item, Layout, Paragraph, lay_out, one_line

#: Letters of a quotation; a longer one is cut in the middle.
LONGEST = 240
# One or two words before a change, quoted with it when it is short.
_LAST_WORDS = re.compile(r"(?:[^\W_][\w’'%£$€.-]{0,30}\s+)?[^\W_][\w’'%£$€.-]{0,30}\s*\Z")
_FIELD_NAMES = {"published": "date of publication", "media": "media"}


def apparatus(
    collation: Collation,
    old: Document,
    new: Document,
    *,
    longest: int = LONGEST,
    layout: Layout | None = None,
) -> list[str]:
    """One line for each change, in reading order; then the fields that changed.

    ``In paragraph 3 'at least 12' became 'at least 21'.`` Paragraphs are counted from 1, without
    the headline, in the new text unless the line says otherwise. ``layout`` is what ``lay_out`` gives
    for the three, where that is at hand.
    """
    layout = layout or lay_out(collation, old, new)
    say = _Sayer(layout, longest)
    lines = [line for p in layout.paragraphs for line in say.paragraph(p)]
    covered = layout.old_headline and layout.new_headline
    fields = [f for f in collation.fields if not (covered and f.field == "headline")]
    return [_ended(line) for line in lines + [say.field(f) for f in fields]]


def _ended(line: str) -> str:
    """One stop at the end: a quotation that ends in one needs no other."""
    return line[:-1] if line[-3:-1] in (".'", "!'", "?'", "…'") else line


class _Sayer:
    """Says the changes of one layout; a move where its first segment stands."""

    def __init__(self, layout: Layout, longest: int) -> None:
        self.layout, self.longest = layout, longest
        self.moves: dict[int, list[Item]] = {}
        for item in (i for p in layout.paragraphs for i in p.items):
            if item.move is not None and not item.origin:
                self.moves.setdefault(item.move, []).append(item)

    def paragraph(self, paragraph: Paragraph) -> list[str]:
        lines: list[str] = []
        runs = groupby(paragraph.items, key=lambda i: (i.segment.op, i.move, i.origin))
        for (op, move, origin), group in runs:
            items = list(group)
            if origin or items[0].number is None:
                continue
            if op in ("added", "removed"):
                lines.append(self._whole(op, items))
                continue
            if move is not None and items[0].leads:
                lines.append(self._moved(self.moves[move]))
            for item in items:
                lines += self._edited(item)
        return lines

    def field(self, edit: FieldEdit) -> str:
        name = f"The {_FIELD_NAMES.get(edit.field, edit.field)}"
        before, after = self._quote(edit.old), self._quote(edit.new)
        if edit.old and edit.new:
            return f"{name} {before} became {after}."
        return f"{name} {after} was added." if edit.new else f"{name} {before} was removed."

    def _edited(self, item: Item) -> list[str]:
        where = self._where(item.segment.new[0])
        lines: list[str] = []
        count = len(item.segment.new if item.segment.op == "split" else item.segment.old)
        if item.segment.op == "split":
            lines.append(f"{where} one sentence was made {count}.")
        elif item.segment.op == "merged":
            lines.append(f"{where} {count} sentences were made one.")
        words = item.words
        k = 0
        while k < len(words):
            if words[k][0] == "=":
                k += 1
                continue
            before = words[k - 1][1] if k else ""
            gone, came, k = _pair(words, k)
            if _only_marks(gone) and _only_marks(came) and lines:
                continue  # the stop and the comma of a split or merger
            lines.append(f"{where} {self._change(before, gone, came)}")
        return lines

    def _change(self, before: str, gone: str, came: str) -> str:
        short = max(len(gone.split()), len(came.split())) == 1
        found = _LAST_WORDS.search(before[-80:])
        lead = found.group() if found else ""
        if gone and came:
            lead = lead if short else ""
            return f"{self._quote(lead + gone)} became {self._quote(lead + came)}."
        after = f" after {self._quote(lead)}" if lead else ""
        return f"{self._quote(gone or came)} was {'removed' if gone else 'added'}{after}."

    def _whole(self, op: str, items: Sequence[Item]) -> str:
        text = "".join(t for i in items for _, t in i.segment.words)
        numbers = [n for i in items for n in (i.segment.new or i.segment.old)]
        layout = self.layout
        sentences = layout.after if op == "added" else layout.before
        headline = layout.new_headline if op == "added" else layout.old_headline
        paragraph = sentences[numbers[0]].paragraph
        last = sentences[numbers[-1]]
        entire = (numbers[0] == 0 or sentences[numbers[0] - 1].paragraph != paragraph) and (
            last.index + 1 == len(sentences)
            or sentences[last.index + 1].paragraph != last.paragraph
        )
        place = self._place(paragraph, headline=headline)
        old = "" if op == "added" else " of the old text"
        if entire:
            return f"{place[0].upper()}{place[1:]}{old} was {op}: {self._quote(text)}."
        what = "a sentence" if len(numbers) == 1 else f"{len(numbers)} sentences"
        verb = "was" if len(numbers) == 1 else "were"
        return f"In {place}{old} {what} {verb} {op}: {self._quote(text)}."

    def _moved(self, items: Sequence[Item]) -> str:
        layout = self.layout
        old = layout.before[items[0].segment.old[0]].paragraph
        new = layout.after[items[0].segment.new[0]].paragraph
        text = "".join(t for i in items for sign, t in i.segment.words if sign != "-")
        source = self._place(old, headline=layout.old_headline)
        target = self._place(new, headline=layout.new_headline)
        if source == target:
            first = items[0].segment.new[0]
            if not first:
                return f"{self._quote(text)} moved to the beginning."
            return f"{self._quote(text)} moved after {self._quote(layout.after[first - 1].text)}."
        return f"{self._quote(text)} moved from {source} of the old text to {target}."

    def _where(self, sentence: int) -> str:
        paragraph = self.layout.after[sentence].paragraph
        return f"In {self._place(paragraph, headline=self.layout.new_headline)}"

    def _place(self, paragraph: int, *, headline: bool) -> str:
        if headline:
            return f"paragraph {paragraph}" if paragraph else "the headline"
        return f"paragraph {paragraph + 1}"

    def _quote(self, text: str) -> str:
        bare = one_line(text)
        if len(bare) > self.longest:
            half = self.longest // 2
            bare = f"{bare[:half].rstrip()} […] {bare[-half:].lstrip()}"
        return f"'{bare}'"


def _pair(words: Sequence[Word], k: int) -> tuple[str, str, int]:
    """What went and what came from word k on, and the place after them."""
    gone = came = ""
    while k < len(words) and words[k][0] != "=":
        if words[k][0] == "-":
            gone += words[k][1]
        else:
            came += words[k][1]
        k += 1
    return gone, came, k


_is_word: Callable[[str], re.Match[str] | None] = re.compile(r"\w").search


def _only_marks(text: str) -> bool:
    return _is_word(text) is None
