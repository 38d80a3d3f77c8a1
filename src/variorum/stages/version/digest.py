"""A Document's content as one number: what must be equal for two captures to say the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache

from variorum.model import Document
from variorum.model.pictures import picture_key
from variorum.stages.version.chrome import is_chrome, without_credit
from variorum.stages.version.dates import day_of
from variorum.stages.version.folding import line_key, squeezed, tokens
from variorum.stages.version.people import names
from variorum.text.remember import remembered


@lru_cache(maxsize=128)
def content_digest(document: Document) -> str:
    """SHA-256 (hex) over the meaning-bearing content, typographic noise, set phrases of the site
    and the order of media aside.

    In it: headline, body, by-line, day of publication, media and captions, notices. Not in it:
    ``modified`` (a stamp, not content), section, language, URL.
    """
    content = {
        "headline": line_key(document.headline or ""),
        "body": squeezed(filter(None, map(_told, _body(document)))),
        "byline": sorted(names(document.byline)),
        "published": day_of(document.published),
        "media": sorted({picture_key(m.url) for m in document.media}),
        "captions": sorted({squeezed(without_credit(tokens(m.caption))) for m in document.media}),
        "notices": sorted({line_key(n.text) for n in document.notices}),
    }
    packed = json.dumps(content, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(packed.encode()).hexdigest()


def _body(document: Document) -> Sequence[str]:
    paragraphs = document.paragraphs
    return paragraphs if paragraphs or document.headline else (document.text,)


@remembered
def _told(paragraph: str) -> str:
    """A paragraph squeezed; empty where it is the site's and not the story's."""
    words = tokens(paragraph)
    return "" if is_chrome(words) else squeezed(words)


def same_content(a: Document, b: Document) -> bool:
    """Whether two Documents say the same, typographic noise aside."""
    return a == b or content_digest(a) == content_digest(b)
