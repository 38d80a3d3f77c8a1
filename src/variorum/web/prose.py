"""Laid-out comparisons and claims as HTML. Every text is escaped here; structure only, no styles.

Class names: ``ins``/``del`` elements with ``vh`` (visually hidden) words for screen readers,
``mv`` a moved passage (``mv-old`` its old place), ``cl`` words of a claim change, ``ch`` any
changed passage, with the stable anchor ``c{number of the change}``; ``m{n}-new`` and ``m{n}-old``
are the two places of move n.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

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
    return _whole(_entry(e, notes) for e in block.entries)


def old_side(block: Block, notes: Notes) -> Markup:
    """The paragraph as it stood before."""
    shown = [e for e in block.entries if e.op != "added" and (e.move is None or e.origin)]
    return _whole(_entry(e, notes, "=-", whole=True) for e in shown)


def new_side(block: Block, notes: Notes) -> Markup:
    """The paragraph as it stands now."""
    shown = [e for e in block.entries if e.op != "removed" and not e.origin]
    return _whole(_entry(e, notes, "=+") for e in shown)


def clean(block: Block) -> Markup:
    """The paragraph as it stands now, unmarked."""
    shown = [e for e in block.entries if e.op != "removed" and not e.origin]
    text = "".join(p.text for e in shown for p in e.pieces if p.sign != "-")
    return escape(_SPACE.sub(" ", text).strip())


def word_edits(words: Sequence[Word], signs: str = "=+-") -> Markup:
    """Words with their marks, for a field."""
    return Markup("".join(_marked(sign, text) for sign, text in words if sign in signs))  # noqa: S704


def joined(parts: Sequence[Markup]) -> Markup:
    """Paragraphs that share a row, one under the other."""
    return Markup("<br>").join(p for p in parts if p)


# From here on strings are HTML already: each text went through ``_escaped``. (Markup would escape
# and copy at every step, which took half of the time of a comparison.)


def _escaped(text: str) -> str:
    return str(escape(text))


def _whole(parts: Iterable[str]) -> Markup:
    return Markup("".join(parts).strip())  # noqa: S704 - joined of escaped parts


def _entry(entry: Entry, notes: Notes, signs: str = "=+-", *, whole: bool = False) -> str:
    if entry.origin and not whole:
        return _stub(entry)
    inner = _pieces([p for p in entry.pieces if p.sign in signs], notes)
    if entry.number is None:
        return inner
    bare = inner.rstrip()
    space = inner[len(bare) :]
    if entry.move is not None:
        return _moved(entry, bare, notes) + space
    anchor = f"c{entry.number}{notes.suffix}"
    return f'<span class="ch {entry.op}" id="{anchor}" tabindex="-1">{bare}</span>{space}'


def _moved(entry: Entry, inner: str, notes: Notes) -> str:
    """A moved passage at its new or (``origin``) its old place, each linked to the other."""
    here, there = ("old", "new") if entry.origin else ("new", "old")
    anchor = "" if entry.origin else f' id="c{entry.number}{notes.suffix}" tabindex="-1"'
    link = ""
    if entry.leads:
        said = (
            gettext("moved away, to its new place")
            if entry.origin
            else gettext("moved here, to its old place")
        )
        n = entry.move
        link = (
            f'<a class="mvlink" id="m{n}-{here}" href="#m{n}-{there}" title="{_escaped(said)}">'
            f"{n}{_aside(f' {said}')}</a> "
        )
    return f'<span class="ch mv mv-{here}"{anchor}>{link}{inner}</span>'


def _stub(entry: Entry) -> str:
    """The old place of what moved, told in a few words."""
    if not entry.leads:
        return ""
    text = _SPACE.sub(" ", "".join(p.text for p in entry.pieces)).strip()
    short = text if len(text) <= _STUB else text[:_STUB].rsplit(" ", 1)[0] + "…"
    return _moved(entry, f'<span class="stub">{_escaped(short)}</span> ', Notes())


def _pieces(pieces: Sequence[Piece], notes: Notes) -> str:
    out = []
    for k, piece in enumerate(pieces):
        words = _marked(piece.sign, piece.text)
        for n in piece.notes:
            anchor = ""
            if n not in notes.placed:
                notes.placed.add(n)
                anchor = f' id="w{n}{notes.suffix}" tabindex="-1"'
            words = f'<span class="cl"{anchor}>{words}</span>'
        if k and piece.sign == "+" and pieces[k - 1].sign == "-":
            out.append(_gap(pieces[k - 1].text, piece.text))
        out.append(words)
        if piece.notes:
            after = pieces[k + 1].notes if k + 1 < len(pieces) else ()
            out.append(_references([n for n in piece.notes if n not in after], notes))
    return "".join(out)


def _gap(went: str, came: str) -> str:
    """A space between words that went and the words in their place, where the text has none."""
    return "" if went[-1:].isspace() or came[:1].isspace() else " "


def _references(ended: Sequence[int], notes: Notes) -> str:
    """A link from the words to their note, once for each note."""
    links = []
    for n in ended:
        if -n not in notes.placed:
            notes.placed.add(-n)
            said = _aside(gettext("claim change") + " ")
            links.append(f'<a class="ref" href="#n{n}">{said}{n}</a>')
    return "".join(links)


def _marked(sign: str, text: str) -> str:
    """Text with its sign; white space at its ends is left out of the mark."""
    if sign == "=":
        return _escaped(_SPACE.sub(" ", text))
    body = text.strip()
    if not body:
        return " " if sign == "+" else ""
    left = " " if text[0].isspace() else ""
    right = " " if text[-1].isspace() else ""
    shown = _escaped(_SPACE.sub(" ", body))
    return f"{left}{_opened(sign)}{shown}{_CLOSE[sign]}{right}"


def _opened(sign: str) -> str:
    tag, said = ("ins", gettext("[added: ")) if sign == "+" else ("del", gettext("[removed: "))
    return f"<{tag}>{_aside(said)}"


def _aside(said: str) -> str:
    """Words of ours for screen readers, amid a text in a language of its own."""
    language = current()
    tongue = "" if language is ENGLISH else f' lang="{language.code}"'
    return f'<span class="vh"{tongue}>{_escaped(said)}</span>'
