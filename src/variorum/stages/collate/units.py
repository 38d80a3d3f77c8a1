"""Figures with units, dates, names: what is changed in part is shown changed as a whole."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

_SCALES = """million millions billion billions trillion thousand hundred dozen m bn per percent
    cent pounds pound euros euro dollars dollar cents yen km kilometres kilometers miles
    mile metres meters feet kg tonnes tons years year months weeks days hours minutes
    seconds points degrees millionen mio milliarden milliarde mrd tausend prozent jahre
    jahren tage milliard milliards mille pour ans jours heures millones mil años días horas
    milioni miliardi mila anni giorni ore milhões milhão bilhões anos dias"""
SCALES = frozenset(_SCALES.split())
_MONTH_NAMES = """january february march april may june july august september october november
    december jan feb mar apr jun jul aug sep sept oct nov dec janvier février mars avril mai
    juin juillet août septembre octobre novembre décembre januar februar märz juni juli
    oktober dezember enero febrero marzo abril mayo junio julio agosto septiembre octubre
    noviembre diciembre gennaio febbraio aprile maggio giugno luglio settembre ottobre
    dicembre janeiro fevereiro março maio junho julho setembro outubro novembro dezembro"""
MONTHS = frozenset(_MONTH_NAMES.split())
#: Words of a name that a change may be widened over, on each side.
_NAME_WORDS = 2
#: Likeness of letters from which one word is the other in another spelling (*Paterson’s*,
#: *Patersons*; but not *Jean*, *Joan*), and how many words of both sides may be meant. A guess.
_SPELT_ANEW = 0.85
_SPELT_TOKENS = 3
#: Said of a run of capitals longer than that: a headline in title case, and no name.
_TITLE_CASE = -1


#: Words that a figure before them may take in.
_TAILS = SCALES | MONTHS | {"per", "pour"}


def may_widen(a: Sequence[str], start: int, end: int) -> bool:
    """Whether the replacement of ``a[start:end]`` might widen, by the words beside it: a quick look
    that spares most of them :func:`stretch`, which answers 0, 0 wherever this is false."""
    if end < len(a):
        after = a[end]
        if after[:1].isupper() or after.lower() in _TAILS:
            return True
    if not start:
        return False
    before = a[start - 1]
    return before[:1].isupper() or (not before.isalpha() and any(map(str.isdigit, before)))


def stretch(
    a: Sequence[str], b: Sequence[str], hunk: tuple[int, int, int, int], room: tuple[int, int]
) -> tuple[int, int]:
    """How far a replacement ``(a0, a1, b0, b1)`` must widen to hold a figure, date or name whole.

    ``room`` is how many shared tokens stand before and after it; the answer, tokens to take in on
    either side, keeps within. Insertions and deletions stay as they are.
    """
    a0, a1, b0, b1 = hunk
    if a0 == a1 or b0 == b1:
        return 0, 0
    left = min(room[0], _rest_left(a, b, a0, b0)) if room[0] else 0
    right = min(room[1], _rest_right(a, b, a1, b1)) if room[1] else 0
    if left < 0 or right < 0 or ((left or right) and _spelt_anew(a, b, hunk)):
        return 0, 0
    return left, right


def _spelt_anew(a: Sequence[str], b: Sequence[str], hunk: tuple[int, int, int, int]) -> bool:
    """Whether a word or two are the same but for a letter or a space: no other name then."""
    a0, a1, b0, b1 = hunk
    if a1 - a0 + b1 - b0 > _SPELT_TOKENS or not (a[a0][0].isupper() and b[b0][0].isupper()):
        return False
    return Indel.normalized_similarity("".join(a[a0:a1]), "".join(b[b0:b1])) >= _SPELT_ANEW


def _rest_right(a: Sequence[str], b: Sequence[str], a1: int, b1: int) -> int:
    """Shared tokens after the hunk that belong to its last word on both sides."""
    if a1 >= len(a) or b1 >= len(b) or a[a1] != b[b1]:
        return 0
    one, other = a[a1 - 1], b[b1 - 1]
    if one.isalpha() and one.islower():
        return 0
    if _is_figure(one) and _is_figure(other):
        after = a[a1].lower()
        if after in ("per", "pour") and a1 + 1 < len(a) and a[a1 + 1].lower() == "cent":
            return 2 if b1 + 1 < len(b) and b[b1 + 1] == a[a1 + 1] else 0
        return 1 if after in SCALES or after in MONTHS else 0
    if not (_is_name(one) and _is_name(other)):
        return 0
    count = 0
    while (
        a1 + count < len(a)
        and b1 + count < len(b)
        and a[a1 + count] == b[b1 + count]
        and _is_name(a[a1 + count])
    ):
        count += 1
        if count > _NAME_WORDS:
            return _TITLE_CASE
    return count


def _rest_left(a: Sequence[str], b: Sequence[str], a0: int, b0: int) -> int:
    """Shared tokens before the hunk that belong to its first word on both sides."""
    if not a0 or not b0 or a[a0 - 1] != b[b0 - 1]:
        return 0
    one, other, before = a[a0], b[b0], a[a0 - 1]
    if before.isalpha() and one.isalpha() and one.islower():
        return 0
    if _is_figure(before):
        pair = (one.lower(), other.lower())
        return int(all(w in SCALES for w in pair) or all(w in MONTHS for w in pair))
    if _is_figure(one) and _is_figure(other):
        return int(before.lower() in MONTHS and before[0].isupper())
    if not (_is_name(one) and _is_name(other)):
        return 0
    count = 0
    while (
        a0 - 1 - count > 0
        and b0 - 1 - count > 0
        and a[a0 - 1 - count] == b[b0 - 1 - count]
        and _is_name(a[a0 - 1 - count])
        and a[a0 - 2 - count] not in _BEGINS
    ):
        count += 1
        if count > _NAME_WORDS:
            return _TITLE_CASE
    return count


_BEGINS = frozenset(
    [".", "!", "?", "…", ":", "“", '"', "‘", "'", "«", "„", "(", "—", "–", "-", "•"]
)


def _is_figure(token: str) -> bool:
    return not token.isalpha() and any(map(str.isdigit, token))


def _is_name(token: str) -> bool:
    return token[0].isupper() and len(token) > 1 and token.lower() not in MONTHS
