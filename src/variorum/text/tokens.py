"""Words, figures, marks: the pieces that are compared and shown.

A figure keeps its sign, currency and unit (``-5%``, ``£3.5m``, ``10am``, ``12,000 €``); a word
keeps its apostrophes and hyphens (``don’t``, ``COVID-19``, ``13-year-old``); abbreviations keep
their dots (``U.S.``); addresses, handles and hashtags are one token. Quotation marks and other
punctuation are tokens of their own. Han characters, Hiragana and Thai letters, written without
spaces, stand alone; a run of Katakana is a word.
"""

from __future__ import annotations

import re
from itertools import chain

from variorum.model.span import Token
from variorum.text.remember import Vocabulary
from variorum.text.typography import fold

# Letters, with the marks that Python's \w leaves out (vowel signs, tone marks, joiners).
_MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u0610-\u061a"
    "\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u0900-\u0963\u0971-\u0dff\u200c\u200d"
)
_ALONE = (
    "\u0e00-\u0eff\u1780-\u17ff\u3005-\u3007\u3040-\u309f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
)
_ALONE_MARKS = (
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u3099\u309a\ufe0e\ufe0f"
)
_KATAKANA = "\u30a0-\u30ff\u31f0-\u31ff\uff66-\uff9f"
_LETTER = rf"(?:[^\W\d_{_ALONE}{_KATAKANA}]|[{_MARKS}])"
_ALNUM = rf"(?:[^\W_{_ALONE}{_KATAKANA}]|[{_MARKS}])"
_CURRENCY = r"[$€£¥₹₽₩₺₪฿￥]"
_JOINER = r"(?:['’‑-]|\.(?=[a-z\d]))"
_TAIL = rf"{_LETTER}{_ALNUM}*+(?:[’'‑-]{_LETTER}{_ALNUM}*+)*+"
_FIGURE = (
    rf"(?:(?<![\w.)])[-+−±])?(?:{_CURRENCY}[ \u00a0\u202f]?)?"
    r"(?:\d{1,3}(?: \d{3})+(?!\d)|\d+)(?:[.,:/'’\u00a0\u202f–-]\d+)*+"
    rf"(?:[ \u00a0\u202f]?[%‰€£°]C?(?!\w)|[-‑]?{_TAIL})?"
)
_PATTERN = (
    # most words, soon found; what follows rules every longer token out
    r"[A-Za-z][a-z]*+(?=[ ,;\n])"
    r"|(?:https?://|www\.)[^\s<>\"”»)]*[^\s<>\"”»).,;:!?’'\]]"
    rf"|[A-Z]{{1,2}}\$\d+(?:[.,]\d+)*+(?:{_TAIL})?"
    rf"|(?:[A-Za-z]\.){{2,12}}(?!\w)(?:[-‑]{_TAIL})?"
    rf"|{_LETTER}{_ALNUM}*+(?:{_JOINER}{_ALNUM}++)*+(?:@{_ALNUM}++(?:[.-]{_ALNUM}++)*+)?"
    rf"|{_FIGURE}"
    rf"|[{_KATAKANA}]++"
    rf"|[{_ALONE}][{_ALONE_MARKS}]*+"
    r"|[@#]\w++"
    r"|\.{2,}|\S"
)
_TOKEN = re.compile(_PATTERN)
_SPLIT = re.compile(f"({_PATTERN})")


def tokenize(text: str, start: int = 0, end: int | None = None) -> list[Token]:
    """The tokens of ``text[start:end]``, white space left out; offsets are into ``text``."""
    stop = len(text) if end is None else end
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, stop):
        piece = match.group()
        norm = piece if piece.isascii() else normal(piece)
        found.append(Token(*match.span(), piece, norm))
    return found


def pieces(text: str) -> list[str]:
    """White space and tokens in turn, white space first and last: joined, they are ``text``.

    Piece ``2k + 1`` is token k, piece ``2k`` the white space before it (often empty).
    """
    body = text.rstrip()
    if _SPACED_FIGURE.search(body):
        return _SPLIT.split(text)
    try:
        found = list(chain.from_iterable(map(_cut_word, body.split(" "))))
    except _MoreSpaceError:
        return _SPLIT.split(text)
    found[0] = found[0][1:]
    found.append(text[len(body) :])
    return found


#: Where a token goes on over a space, as figures alone may: ``12 000``, ``£ 5``, ``5 %``. Between
#: all others, what stands between two spaces is cut for itself, and its pieces are remembered.
_SPACED_FIGURE = re.compile(r" (?<=[\d$€£¥₹₽₩₺₪฿￥] )[\d%‰€£°]")


class _MoreSpaceError(Exception):
    """A space with more white space before it: one piece, though of two stretches."""


def _cut(stretch: str) -> tuple[str, ...]:
    """The space before a stretch, and the :func:`pieces` of it but for the last, an empty one."""
    found = _SPLIT.split(stretch)
    if found[-1] or len(found) == 1:
        raise _MoreSpaceError
    return (f" {found[0]}", *found[1:-1])


_cut_word = Vocabulary(_cut).__getitem__


def _normal(piece: str) -> str:
    return piece if piece.isascii() else fold(piece)


#: The form of a token in which typography does not count (:func:`fold`).
normal = Vocabulary(_normal).__getitem__
