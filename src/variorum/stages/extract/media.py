"""The story's pictures, videos and embeds with their captions.

A caption is part of the story ("video shows…") and lives here, never among the paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urljoin

from variorum.model import Media
from variorum.stages.extract import counts
from variorum.stages.extract.tree import Element, Line, Spot
from variorum.text.caseless import Caseless

_KINDS = {
    "img": "image",
    "amp-img": "image",
    "picture": "image",
    "video": "video",
    "amp-video": "video",
    "amp-youtube": "video",
    "audio": "audio",
    "iframe": "embed",
    "amp-iframe": "embed",
}
_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-hi-res-src", "src", "poster")
_SETS = ("srcset", "data-srcset")
_VIDEO = re.compile(r"youtube|vimeo|dailymotion|jwplayer|brightcove|/video|player", re.I)
_NO_STORY = Caseless(
    r"googletagmanager|doubleclick|/ads?[/.]|pixel|beacon|analytics|recaptcha|1x1|spacer|blank\.|facebook\.com/tr"
    r"|consent|newsletter|/like\.php|disqus|outbrain|taboola",
)
# What screen readers are told before a caption.
_PREFIX = re.compile(r"^(?:image|media|video|photo)\s(?:source|caption)\s?[,:]\s?", re.I)
_SOURCE = re.compile(r"(?:image|media|video|photo)\s+source\s?[,:]", re.I)
_SMALL = 60  # pixels: anything narrower or lower is an icon
_MOST = 100
_MOST_TOLD = 1_000  # letters of what is told of one picture


def media_of(
    spots: Sequence[Spot],
    captions: Sequence[Line],
    base: str | None,
    wanted: Callable[[Spot], bool],
) -> tuple[Media, ...]:
    """The media at ``spots`` that are ``wanted``, in order, each URL once, with the caption that
    stands in the same figure or right beside."""
    found: dict[str, Media] = {}
    left = list(captions)
    for spot in spots:
        if len(found) >= _MOST or not wanted(spot):
            continue
        kind, url = describe(spot.node, base, small_too=_has_own_caption(spot, left))
        if not url or _NO_STORY.search(url):
            continue
        caption = _caption(spot, left)
        before = found.get(url)
        if before is None:
            found[url] = Media(kind, url, caption, _alt(spot.node))
        elif caption and not before.caption:
            found[url] = Media(before.kind, url, caption, before.alt)
    for line in left:  # a caption whose picture comes by script is still the story's
        if len(found) < _MOST and _is_lone_caption(line):
            found[f"#{line.index}"] = Media("image", "", line.text)
    return tuple(found.values())


def describe(node: Any, base: str | None, *, small_too: bool = False) -> tuple[str, str | None]:
    """The kind and absolute URL of a media element; no URL for icons (unless ``small_too``) and
    placeholders."""
    given = node.attributes
    kind = _KINDS.get(node.tag, "embed")
    if (
        kind == "image"
        and not small_too
        and (_tiny(given.get("width")) or _tiny(given.get("height")))
    ):
        return kind, None
    for name in _SOURCES:
        value = (given.get(name) or "").strip()
        if value and not value.startswith(("data:", "javascript:", "about:")):
            break
    else:
        value = next((v.split()[0] for n in _SETS if (v := (given.get(n) or "").strip())), "")
        if not value and node.tag in ("video", "audio"):
            source = node.css_first("source[src]")
            value = (source.attributes.get("src") or "") if source is not None else ""
    if not value or len(value) > 2_000 or value.startswith("data:"):
        return kind, None
    if kind == "embed" and _VIDEO.search(value):
        kind = "video"
    try:
        return kind, urljoin(base or "", value)
    except ValueError:
        return kind, None


def _alt(node: Any) -> str:
    """What a picture shows, told in words; a bare name of a file says nothing."""
    told = " ".join((node.attributes.get("alt") or "").split())
    return told[:_MOST_TOLD] if " " in told else ""


def _has_own_caption(spot: Spot, captions: Sequence[Line]) -> bool:
    """Whether a block of hardly more than the picture has a caption in it: then it is no icon,
    however small the placeholder that stands for it."""
    blocks = [e for e, _ in zip(spot.element.ancestors(), range(2), strict=False)]
    return any(
        e.last - e.first <= 2 and any(e.first <= x.index < e.last for x in captions) for e in blocks
    )


def _tiny(value: str | None) -> bool:
    pixels = (value or "").strip().rstrip("px")
    return pixels.isdecimal() and len(pixels) < 6 and int(pixels) < _SMALL


def _caption(spot: Spot, left: list[Line]) -> str:
    """The caption lines in the smallest element that holds the picture and a caption."""
    homes: list[Element] = []
    for depth, e in enumerate(spot.element.ancestors()):
        if depth > 4:
            break
        homes.append(e)
        inside = [x for x in left if e.first <= x.index < e.last]
        if inside:
            if e.last - e.first > 8 and e.tag != "figure":
                inside = [x for x in inside if x.index == spot.line and "caption" in x.context]
            for x in inside:
                left.remove(x)
            told = " ".join(x.text for x in inside if _tells(x.text))
            if told:
                return _PREFIX.sub("", told)
        if e.tag == "figure":
            return ""
    return ""


def _tells(text: str) -> bool:
    """Whether a line under a picture is none of its source or its place in a row ("Image 1 of 6")."""
    return not (_SOURCE.match(text) or counts.is_clock(text))


def _is_lone_caption(line: Line) -> bool:
    return "caption" in line.context and "figure" in line.context and len(line.text) > 15
