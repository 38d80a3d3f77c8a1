"""Laid-out comparisons and claims as HTML. Every text is escaped here; structure only, no styles.

Class names: ``ins``/``del`` elements with ``vh`` (visually hidden) words for screen readers,
``mv`` a moved passage (``mv-from`` its old place), ``cl`` words of a claim change, ``ch`` any
changed passage, with the stable anchor ``c{segment number}``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup, escape

from variorum.model import Word
from variorum.web.collated import Block, Entry, Piece

_SPACE = re.compile(r"\s+")
_STUB = 60

_OPEN = {
    "+": '<ins><span class="vh">[added: </span>',
    "-": '<del><span class="vh">[removed: </span>',
    "=": "",
}
_CLOSE = {
    "+": '<span class="vh">]</span></ins>',
    "-": '<span class="vh">]</span></del>',
    "=": "",
}


class Notes:
    """Which notes have been given their reference already, so that each gets one place.

    ``suffix`` sets the anchors of a second text on the same page apart.
    """

    def __init__(self, suffix: str = "") -> None:
        self.placed: set[int] = set()
        self.suffix = suffix


def inline(block: Block, notes: Notes) -> Markup:
    """One paragraph of the new text with what came and went marked in it."""
    return _joined(_entry(e, "=+-", notes) for e in block.entries)


def old_side(block: Block, notes: Notes) -> Markup:
    """The paragraph as it stood before."""
    shown = [e for e in block.entries if e.op != "added" and (e.move is None or e.origin)]
    return _joined(_entry(e, "=-", notes, whole=True) for e in shown)


def new_side(block: Block, notes: Notes) -> Markup:
    """The paragraph as it stands now."""
    shown = [e for e in block.entries if e.op != "removed" and not e.origin]
    return _joined(_entry(e, "=+", notes) for e in shown)


def clean(block: Block) -> Markup:
    """The paragraph as it stands now, unmarked."""
    shown = [e for e in block.entries if e.op != "removed" and not e.origin]
    text = "".join(p.text for e in shown for p in e.pieces if p.sign != "-")
    return escape(_SPACE.sub(" ", text).strip())


def word_edits(words: Sequence[Word], signs: str = "=+-") -> Markup:
    """Words with their marks, for a field."""
    return Markup("").join(_marked(sign, text) for sign, text in words if sign in signs)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup(str(Markup("").join(parts)).strip())  # noqa: S704 - joined of escaped parts


def _entry(entry: Entry, signs: str, notes: Notes, *, whole: bool = False) -> Markup:
    if entry.origin and not whole:
        return _stub(entry)
    inner = _pieces([p for p in entry.pieces if p.sign in signs], notes)
    if not entry.changed:
        return inner
    if entry.move is not None:
        return _moved(entry, inner)
    return Markup('<span class="ch {}" id="c{}" tabindex="-1">{}</span> ').format(
        entry.op, f"{entry.number}{'o' if signs == '=-' else ''}", inner
    )


def _moved(entry: Entry, inner: Markup) -> Markup:
    """A moved passage at its new or (``origin``) its old place, each linked to the other."""
    n = entry.move
    here, there = ("from", "to") if entry.origin else ("to", "from")
    anchor = Markup("") if entry.origin else Markup(' id="c{}" tabindex="-1"').format(entry.number)
    label = "moved away" if entry.origin else "moved here"
    return Markup(
        '<span class="ch mv mv-{}"{}><a class="mvlink" id="m{}-{}-{}" href="#m{}-{}-{}" '
        'title="{}; follow to the other place">{}<span class="vh"> {}</span></a> {}</span> '
    ).format(here, anchor, n, entry.number, here, n, entry.number, there, label, n, label, inner)


def _stub(entry: Entry) -> Markup:
    """The old place of what moved, told in a few words."""
    text = _SPACE.sub(" ", "".join(p.text for p in entry.pieces)).strip()
    short = text if len(text) <= _STUB else text[:_STUB].rsplit(" ", 1)[0] + "…"
    return _moved(entry, Markup('<span class="stub">{}</span>').format(short))


def _pieces(pieces: Sequence[Piece], notes: Notes) -> Markup:
    out = []
    for k, piece in enumerate(pieces):
        words = _marked(piece.sign, piece.text)
        for n in piece.notes:
            if n not in notes.placed:
                notes.placed.add(n)
                words = Markup('<span class="cl" id="w{}{}" tabindex="-1">{}</span>').format(
                    n, notes.suffix, words
                )
            else:
                words = Markup('<span class="cl">{}</span>').format(words)
        after = pieces[k + 1].notes if k + 1 < len(pieces) else ()
        ended = [n for n in piece.notes if n not in after]
        out.append(words + _references(ended, notes))
    return Markup("").join(out)


def _references(ended: Sequence[int], notes: Notes) -> Markup:
    """A link from the words to their note, once for each note."""
    links = []
    for n in ended:
        if -n not in notes.placed:
            notes.placed.add(-n)
            links.append(
                Markup(
                    '<a class="ref" href="#n{0}"><span class="vh">claim change </span>{0}</a>'
                ).format(n)
            )
    return Markup("").join(links)


def _marked(sign: str, text: str) -> Markup:
    """Text with its sign; white space at its ends is left out of the mark."""
    if sign == "=":
        return escape(_SPACE.sub(" ", text))
    body = text.strip()
    if not body:
        return escape(" " if sign == "+" else "")
    left = " " if text[0].isspace() else ""
    right = " " if text[-1].isspace() else ""
    shown = escape(_SPACE.sub(" ", body))
    return Markup(left + _OPEN[sign]) + shown + Markup(_CLOSE[sign] + right)  # noqa: S704 - constants


Side = Callable[[Block, Notes], Markup]
