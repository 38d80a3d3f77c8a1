"""Which picture a URL means, whatever size, crop, format or delivery host it asks for."""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

# Size and crop words in paths: 640x360, w_640, /800/, -300x200, @2x, _thumb, q75, .webp
_SIZE = re.compile(
    r"(?:^|[-_@,.x])(?:\d{2,4}x\d{2,4}|\d{2,4}[wh]|[wh]_?\d{2,4}|[1-4]x|q_?\d{1,3}"
    r"|thumb(?:nail)?|small|medium|large|scaled|original|master|crop(?:ped)?)(?=$|[-_@,.])",
    re.IGNORECASE,
)
_SUFFIX = re.compile(r"\.(?:jpe?g|png|webp|avif|gif|svg|jxl|mp4|m3u8|mp3)$", re.IGNORECASE)
# A name too short to be one picture's on a whole site, but one picture's in its folder: g1, img04.
_NUMBERED = re.compile(r"[a-z]{1,3}\d{1,2}", re.IGNORECASE)
_INNER = re.compile(r"https?(?::|%3a)/{0,2}", re.IGNORECASE)


def picture_key(url: str) -> str:
    """A short key that stays when only delivery changes: the name of the file without size, crop,
    format and query. A URL carried inside another (image proxies) is the one that counts."""
    carried = [m.start() for m in _INNER.finditer(url, 1)]
    if carried:
        url = unquote(url[carried[-1] :])
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        path = url
    pieces = [p for p in path.split("/") if p]
    while pieces:
        name = _SUFFIX.sub("", pieces.pop())
        name = _SIZE.sub("", name).strip("-_.,@")
        if len(name) >= 6 or not pieces:
            return name.casefold()
        if _NUMBERED.fullmatch(name):
            return f"{pieces[-1]}/{name}".casefold()
    return ""
