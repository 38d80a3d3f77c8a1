"""What a page writes by itself beside the name of a firm: its share, the price now and what it gained today."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

_SHARE = re.compile(r"[(\[]?\$?[A-Z][A-Z0-9]{0,5}(?:[.:-][A-Z0-9]{1,6})?[\]),:]*")
_GAIN = re.compile(r"\(?[+\-−–▲▼△▽]\s?\d{1,4}(?:[.,]\d{1,3})?\s?%\)?")
_PRICED_GAIN = re.compile(r"[$€£¥]?\d[\d.,]{0,12}p? [▲▼△▽]\s?\d{1,4}(?:[.,]\d{1,3})?\s?%")
_ARROWS = "▲▼△▽"
# … in brackets of its own: "(LKY 214.5p +0.4%)".
_QUOTED_GAIN = re.compile(
    r"[(\[]\s?(?:[A-Z]{2,6}[:.]\s?)?[A-Z][A-Z0-9]{1,5},? [$€£¥]?\d[\d.,]{0,12}(?: ?[$€£¥]|[pc])?,?"
    r" [+\-−–▲▼△▽]\s?\d[\d.,]{0,5}\s?%\s?[)\]]"
)
_SHARE_LAST = re.compile(r"(?:^|[\s(:])[A-Z][A-Z0-9]{0,5}(?:[.:-][A-Z0-9]{1,6})?\s*$")
_PRICE = re.compile(r"[$€£¥]?\d[\d.,]{0,12}(?: ?[$€£¥]|[pc])?")
_OF_A_SHARE = re.compile(r"quote|ticker|stock|price")
# How a page's own script finds the element: by the share's sign, or by what of its quote is shown.
_BY_SIGN = ("data-symbol", "data-ticker", "data-ric")
_QUOTE = re.compile(
    r"/(?:quotes?|stocks?|kurse?|aktien|bourse|cotizacion(?:es)?|quotazioni)/[^/?#]{1,24}/?(?:$|[?#])"
)
_MOVED = re.compile(r"(?:^|[\s_-])(?:change|chg|pct|percent|gain|delta)(?:$|[\s_-])")
_SHOWN = re.compile(r"\d[.,]\d")
_TEXT = 60  # characters of such an element


def tell(tag: str) -> bool:
    """Whether an element of the site's own is named as a share's price."""
    return _OF_A_SHARE.search(tag) is not None


def gained(text: str, parts: Sequence[str], linked: bool, link_from: int) -> int:
    """Whether a text is what the share named before it gained today: in one link with it ("HRW -4.9%"),
    or with an arrow in a piece of its own. 0: it is not; else -1, or the part of the line that is the
    share's price and goes with it."""
    if not parts:
        return 0
    told = " ".join(text.split())
    if _QUOTED_GAIN.fullmatch(told):
        return -1
    if _PRICED_GAIN.fullmatch(told):
        return -1 if _ends_in_share(parts) else 0
    if not _GAIN.fullmatch(text.strip()):
        return 0
    if linked:
        return -1 if _SHARE.fullmatch("".join(parts[link_from:]).strip()) else 0
    if text.strip()[0] not in _ARROWS:
        return 0
    return -1 if _ends_in_share(parts) else _price_before(parts)


def _ends_in_share(parts: Sequence[str]) -> bool:
    return _SHARE_LAST.search("".join(parts[-4:])) is not None


def _price_before(parts: Sequence[str]) -> int:
    """The part that is a share's price, where a share and, in a piece of its own, its price were the last
    (``HRW 88.38 ▼ 0.05%``); else 0."""
    at = len(parts) - 1
    while at > 0 and not parts[at].strip():
        at -= 1
    if not _PRICE.fullmatch(parts[at].strip()):
        return 0
    return at if _SHARE_LAST.search("".join(parts[max(0, at - 4) : at])) else 0


def is_live(attributes: Mapping[str, str | None], node: Any, parts: Sequence[str]) -> bool:
    """Whether an element within a sentence shows a price or a gain that the page's own script keeps up to
    date: so its attributes say, or its class behind a share's name."""
    quoted = any(name in attributes for name in _BY_SIGN) or "Market" in (
        attributes.get("data-field") or ""
    )
    quoted = quoted or _QUOTE.search(attributes.get("href") or "") is not None
    moved = _MOVED.search(attributes.get("class") or "") is not None
    if not quoted and not moved:
        return False
    text = " ".join((node.text() or "").split())
    if len(text) > _TEXT:
        return False
    if quoted and (_SHOWN.search(text) or "%" in text):
        return True
    return moved and _GAIN.fullmatch(text) is not None and _ends_in_share(parts)
