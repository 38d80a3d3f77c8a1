"""Laid-out comparisons and claims as HTML. Every text is escaped here; structure only, no styles.

Class names: ``ins``/``del`` elements with ``vh`` (visually hidden) words for screen readers,
``mv`` a moved passage (``mv-old`` its old place), ``cl`` words of a claim change, ``ch`` any
changed passage, with the stable anchor ``c{number of the change}``; ``m{n}-new`` and ``m{n}-old``
are the two places of move n.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from markupsafe import Markup, escape

from variorum.model import Word
from variorum.web.collated import Block, Entry, Piece
from variorum.web.languages import ENGLISH, current, gettext

_SPACE = re.compile(r"\s+")
_STUB = 60

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
    return _joined(_entry(e, notes) for e in block.entries)


def old_side(block: Block, notes: Notes) -> Markup:
    """The paragraph as it stood before."""
    shown = [e for e in block.entries if e.op != "added" and (e.move is None or e.origin)]
    return _joined(_entry(e, notes, "=-", whole=True) for e in shown)


def new_side(block: Block, notes: Notes) -> Markup:
    """The paragraph as it stands now."""
    shown = [e for e in block.entries if e.op != "removed" and not e.origin]
    return _joined(_entry(e, notes, "=+") for e in shown)


def clean(block: Block) -> Markup:
    """The paragraph as it stands now, unmarked."""
    shown = [e for e in block.entries if e.op != "removed" and not e.origin]
    text = "".join(p.text for e in shown for p in e.pieces if p.sign != "-")
    return escape(_SPACE.sub(" ", text).strip())


def word_edits(words: Sequence[Word], signs: str = "=+-") -> Markup:
    """Words with their marks, for a field."""
    return Markup("").join(_marked(sign, text) for sign, text in words if sign in signs)


def joined(parts: Sequence[Markup]) -> Markup:
    """Paragraphs that share a row, one under the other."""
    return Markup("<br>").join(p for p in parts if p)


def _joined(parts: Iterable[Markup]) -> Markup:
    return Markup(str(Markup("").join(parts)).strip())  # noqa: S704 - joined of escaped parts


def _entry(entry: Entry, notes: Notes, signs: str = "=+-", *, whole: bool = False) -> Markup:
    if entry.origin and not whole:
        return _stub(entry)
    inner = _pieces([p for p in entry.pieces if p.sign in signs], notes)
    if entry.number is None:
        return inner
    bare, space = _without_space(inner)
    if entry.move is not None:
        return _moved(entry, bare, notes) + space
    return (
        Markup('<span class="ch {}" id="c{}{}" tabindex="-1">{}</span>').format(
            entry.op, entry.number, notes.suffix, bare
        )
        + space
    )


def _moved(entry: Entry, inner: Markup, notes: Notes) -> Markup:
    """A moved passage at its new or (``origin``) its old place, each linked to the other."""
    here, there = ("old", "new") if entry.origin else ("new", "old")
    anchor = escape("")
    if not entry.origin:
        anchor = Markup(' id="c{}{}" tabindex="-1"').format(entry.number, notes.suffix)
    link = escape("")
    if entry.leads:
        said = (
            gettext("moved away, to its new place")
            if entry.origin
            else gettext("moved here, to its old place")
        )
        link = Markup(
            '<a class="mvlink" id="m{0}-{1}" href="#m{0}-{2}" title="{3}">{0}{4}</a> '
        ).format(entry.move, here, there, said, _aside(f" {said}"))
    return Markup('<span class="ch mv mv-{}"{}>{}{}</span>').format(here, anchor, link, inner)


def _stub(entry: Entry) -> Markup:
    """The old place of what moved, told in a few words."""
    if not entry.leads:
        return escape("")
    text = _SPACE.sub(" ", "".join(p.text for p in entry.pieces)).strip()
    short = text if len(text) <= _STUB else text[:_STUB].rsplit(" ", 1)[0] + "…"
    return _moved(entry, Markup('<span class="stub">{}</span> ').format(short), Notes())


def _without_space(inner: Markup) -> tuple[Markup, Markup]:
    """Markup and the white space at its end, which is left out of what is marked."""
    bare = inner.rstrip()
    return bare, inner[len(bare) :]


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
        if k and piece.sign == "+" and pieces[k - 1].sign == "-":
            out.append(_gap(pieces[k - 1].text, piece.text))
        after = pieces[k + 1].notes if k + 1 < len(pieces) else ()
        ended = [n for n in piece.notes if n not in after]
        out.append(words + _references(ended, notes))
    return Markup("").join(out)


def _gap(went: str, came: str) -> Markup:
    """A space between words that went and the words in their place, where the text has none."""
    return escape("" if went[-1:].isspace() or came[:1].isspace() else " ")


def _references(ended: Sequence[int], notes: Notes) -> Markup:
    """A link from the words to their note, once for each note."""
    links = []
    for n in ended:
        if -n not in notes.placed:
            notes.placed.add(-n)
            links.append(
                Markup('<a class="ref" href="#n{0}">{1}{0}</a>').format(
                    n, _aside(gettext("claim change") + " ")
                )
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
    return Markup(left) + _opened(sign) + shown + Markup(_CLOSE[sign] + right)  # noqa: S704 - constants


def _opened(sign: str) -> Markup:
    tag, said = ("ins", gettext("[added: ")) if sign == "+" else ("del", gettext("[removed: "))
    return Markup("<{}>").format(tag) + _aside(said)


def _aside(said: str) -> Markup:
    """Words of ours for screen readers, amid a text in a language of its own."""
    language = current()
    if language is ENGLISH:
        return Markup('<span class="vh">{}</span>').format(said)
    return Markup('<span class="vh" lang="{}">{}</span>').format(language.code, said)


Side = Callable[[Block, Notes], Markup]
