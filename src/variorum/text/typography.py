"""What counts as typographic noise: the same words in other curls, dashes, spaces or Unicode forms.

Nothing that can carry meaning is folded: digits, signs, currency, case, whether there is a
quotation mark at all. Original text is never replaced by its folded form, only compared by it.
"""

from __future__ import annotations

import re
import unicodedata

from variorum.text.remember import remembered

_SAME: dict[str, str] = {
    # double marks, then single marks and apostrophes
    **dict.fromkeys("“”„‟″«»〝〞＂", '"'),
    **dict.fromkeys("‘’‚‛′`´ʼ＇", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    "…": "...",
    # soft hyphen, zero-width space and joiners, BOM
    **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
}
_NOISE = re.compile(f"[{''.join(map(re.escape, _SAME))}]")


def _level(found: re.Match[str]) -> str:
    return _SAME[found.group()]


@remembered
def fold(text: str) -> str:
    """``text`` with typographic noise taken out: equal folds differ in typography only."""
    if text.isascii():
        return " ".join(text.replace("`", "'").split())
    # A pattern and a split: several times as fast as str.translate on text that is not ASCII.
    return " ".join(_NOISE.sub(_level, unicodedata.normalize("NFC", text)).split())
