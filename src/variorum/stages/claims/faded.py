"""Signs that an encoding ate on the way: no publisher edits a text by dropping all of them at once.

A copy that went through ASCII has lost its quotation marks, apostrophes, pounds and euros; one that
came out of a PDF its ligatures ("bene ts"). Compared with a whole copy, each of them would look
like an altered quotation or a revised figure.
"""

from __future__ import annotations

from dataclasses import dataclass

# So many in one text, and none at all in the other (of ligatures, which a PDF loses font by font,
# less than half as many), for it to be the encoding's doing. Read off real pairs: below six, a short
# text can do without by itself.
MANY = 6

# Fewer will do for ligatures: a word must then also be the other but for them
_FEW = 3

_MONEY = "£€¥"
_MARKS = '“”„«»"'
_APOSTROPHES = "'’‘`"
_LIGATURES = ("ffi", "ffl", "ff", "fi", "fl")


@dataclass(frozen=True, slots=True)
class Faded:
    """What one of two texts has lost altogether. ``marks``: its quotation marks; ``signs``: all that
    is not ASCII, currencies with it; ``letters``: its ligatures."""

    marks: bool = False
    signs: bool = False
    letters: bool = False


NOTHING = Faded()


def faded(old: str, new: str) -> Faded:
    """What one of the two texts has lost while the other kept it."""
    signs = old.isascii() != new.isascii() and _foreign(old if new.isascii() else new) >= MANY
    marks = not (_has(old, _MARKS) and _has(new, _MARKS)) and _without_marks(old, new, signs)
    money = marks and not (_has(old, _MONEY) and _has(new, _MONEY))
    return Faded(
        marks, signs or money, any(_is_lost(old, new, pair) for pair in ("fi", "fl", "ff"))
    )


def _without_marks(old: str, new: str, signs: bool) -> bool:
    """Whether the text that has no quotation marks has lost them, or its apostrophes."""
    many = max(_count(old, _MARKS), _count(new, _MARKS))
    if many >= MANY or (signs and many > 0):
        return True
    less, more = sorted((_count(old, _APOSTROPHES), _count(new, _APOSTROPHES)))
    return less == 0 and more >= MANY


def _has(text: str, marks: str) -> bool:
    return any(map(text.__contains__, marks))


def _foreign(text: str) -> int:
    return len(text) - len(text.encode("ascii", "ignore"))


def _count(text: str, marks: str) -> int:
    return sum(map(text.count, marks))


def _is_lost(old: str, new: str, pair: str) -> bool:
    less, more = sorted((old.count(pair), new.count(pair)))
    return more >= _FEW and 2 * less <= more


def without_ligatures(word: str) -> frozenset[str]:
    """A word as a text that lost its ligatures may have it: of "difficult" a font that has "ffi" as
    one letter leaves "dicult", another "difcult"."""
    bare = word
    for letters in _LIGATURES:
        bare = bare.replace(letters, "")
    return frozenset({bare, word.replace("fi", "").replace("fl", "")})


def only_ascii(word: str) -> str:
    """A word as a text that went through ASCII has it, its accented letters gone."""
    return word.encode("ascii", "ignore").decode("ascii").replace("_", "")
