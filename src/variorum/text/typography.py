"""What counts as typographic noise: the same words in other curls, dashes, spaces or Unicode forms.

Nothing that can carry meaning is folded: digits, signs, currency, case, whether there is a
quotation mark at all. Original text is never replaced by its folded form, only compared by it.
"""

from __future__ import annotations

import re
import unicodedata

_SAME = str.maketrans(
    {
        # double marks, then single marks and apostrophes
        **dict.fromkeys("“”„‟″«»〝〞＂", '"'),
        **dict.fromkeys("‘’‚‛′`´ʼ＇", "'"),
        **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
        "…": "...",
        # soft hyphen, zero-width space and joiners, BOM
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None),
    }
)
_SPACE = re.compile(r"\s+")


def fold(text: str) -> str:
    """``text`` with typographic noise taken out: equal folds differ in typography only."""
    if text.isascii():
        return " ".join(text.replace("`", "'").split())
    composed = unicodedata.normalize("NFC", text).translate(_SAME)
    return _SPACE.sub(" ", composed).strip()
