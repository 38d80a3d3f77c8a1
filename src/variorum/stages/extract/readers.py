"""Readers' comments found by what stands round them: a count that opens their block, or a row of
boxes that each end in "Reply". However long they are, they are no part of the story, and where it
lies is found without them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from variorum.stages.extract import phrases
from variorum.stages.extract.tree import Element, Line, Tree
from variorum.text.caseless import Caseless

# Prose that must stand before a count of comments, so that one on top of a story opens nothing.
_STORY = 200
# The buttons under a comment. Those that other texts have too ("Share") do not make one alone.
_ANSWER_WORDS = """
    reply replies respond report flag permalink antworten antwort melden répondre signaler responder
    reportar denunciar rispondi segnala reageer beantwoorden svar svara rapportera odpowiedz odpovědět
    ответить yanıtla رد 返信 返信する 답글 回复
"""
_OTHER_WORDS = """
    like likes share recommend upvote downvote vote more to up down gefällt mir empfehlen teilen j aime
    partager me gusta compartir mi piace condividi curtir gostei
"""
_BOX = 12  # lines of one comment, its name, date and buttons among them
_ANSWERS, _BESIDE = frozenset(_ANSWER_WORDS.split()), frozenset(_OTHER_WORDS.split())
_TOKEN = re.compile(r"\w+")
_NONE = re.compile(r"\W*0\b")


_SIGNED = Caseless(
    r"[^.:!?]{2,40} (?:said|says|wrote|writes|commented|replied|schrieb|meint|a écrit|dit|dijo|escribió|ha scritto"
    r"|escreveu)(?:,? (?:on|at|am|le|el|il|em|um)\b[^.!?]{2,40}?)?(?::|\W{0,3}$)"
)


def comment_lines(tree: Tree, prose: Sequence[bool]) -> frozenset[int]:
    """The indices of the lines that belong to readers' comments."""
    found: set[int] = set()
    for line in tree.lines:
        if line.index in found or len(line.text) > 60:
            continue
        if phrases.is_replies(line.text) and not _NONE.match(line.text):
            section = _opened_by(line, tree, prose)
            if section is not None:
                found.update(range(section.first, section.last))
            elif _signed_below(line, tree, prose):
                found.update(range(line.index, line.element.last))
    found.update(_answered(tree))
    return frozenset(found)


def _signed_below(label: Line, tree: Tree, prose: Sequence[bool]) -> bool:
    """Whether a count of comments stands in one block with the story before it, as on pages whose
    paragraphs are parted by line breaks, and what follows are readers' words: "Ann said:"."""
    e, at = label.element, label.index
    if not any(_SIGNED.match(x.text) for x in tree.lines[at + 1 : min(at + 3, e.last)]):
        return False
    return sum(len(x.text) for x in tree.lines[e.first : at] if prose[x.index]) >= _STORY


def _opened_by(label: Line, tree: Tree, prose: Sequence[bool]) -> Element | None:
    """The largest block that a count of comments opens, when a story stands before it."""
    best = None
    for e in label.element.ancestors():
        if e.first != label.index or e.tag in ("body", "main", "article"):
            break
        best = e
    if best is None or best.last - best.first < 2 or not any(prose[best.first : best.last]):
        return None
    if any(x.tag == "h1" for x in tree.lines[best.first : best.last]):
        return None
    before = sum(len(x.text) for x in tree.lines[: best.first] if prose[x.index])
    return best if before >= max(_STORY, _in_one_place(best, tree, prose)) else None


def _in_one_place(block: Element, tree: Tree, prose: Sequence[bool]) -> int:
    """The length of a block's prose if it reads like one text rather than many: if most of it stands
    directly in one element. 0 otherwise."""
    held: dict[Element | None, int] = {}
    for line in tree.lines[block.first : block.last]:
        if prose[line.index]:
            home = line.element.parent
            held[home] = held.get(home, 0) + len(line.text)
    total = sum(held.values())
    return total if max(held.values(), default=0) > 0.7 * total else 0


def _is_answer(text: str) -> bool:
    """A line of a comment's buttons and counts and nothing else."""
    small = text.casefold()
    first = _TOKEN.search(small)
    if first is None or not _is_of_buttons(first.group()):
        return False
    tokens = _TOKEN.findall(small)
    return not _ANSWERS.isdisjoint(tokens) and all(map(_is_of_buttons, tokens))


def _is_of_buttons(word: str) -> bool:
    return word in _ANSWERS or word in _BESIDE or word.isdecimal()


def _answered(tree: Tree) -> set[int]:
    """The lines of sibling boxes that each hold a line "Reply" or the like."""
    boxes: dict[tuple[Element, str], list[Element]] = {}
    for line in tree.lines:
        if len(line.text) > 60 or not _is_answer(line.text):
            continue
        box = _box_of(line)
        if box is not None and box.parent is not None:
            row = boxes.setdefault((box.parent, box.tag), [])
            if box not in row[-1:]:
                row.append(box)
    rows = [_filled(row, tree) for row in boxes.values() if len(row) > 1]
    return {i for row in rows for box in row for i in range(box.first, box.last)}


def _filled(row: list[Element], tree: Tree) -> list[Element]:
    """A row of boxes with those of its kind that stand between and are longer, when they are few."""
    first, last = row[0], row[-1]
    alike = [
        e
        for e in tree.elements
        if e.parent is first.parent and e.tag == first.tag and first.first <= e.first <= last.first
    ]
    return alike if len(row) > 2 and len(row) * 2 >= len(alike) else row


def _box_of(line: Line) -> Element | None:
    """The smallest block with another line beside an answer's button, of a few lines at most; the
    whole item where it stands in one of a list."""
    for e in line.element.ancestors():
        item = e.parent if e.parent is not None and e.parent.tag == "li" else None
        if e.tag in ("body", "main") or (e.tag == "article" and item is None):
            return None
        if e.last - e.first > 1:
            return (item or e) if e.last - e.first <= _BOX else None
    return None
