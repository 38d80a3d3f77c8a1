"""The cheapest sound proof that nothing changed: before anything is parsed."""

from __future__ import annotations

import hashlib
import re

# Read by nobody: scripts without story data, styles, comments. JSON-LD and other JSON stays.
_DROP = re.compile(
    rb"<!--.*?-->|<style\b.*?</style\s*>|<script\b(?![^>]*json)[^>]*>.*?</script\s*>",
    re.DOTALL | re.I,
)
_NOISE = re.compile(
    rb"""\s+(?:nonce|integrity|style|on\w+|data-[\w-]+)\s*=\s*(?:"[^"]*"|'[^']*')""", re.I
)


def story_digest(body: bytes) -> str:
    """SHA-256 (hex) over whatever of a page can change its Document. Store it with a capture, so
    that the old body need not be read again."""
    return hashlib.sha256(_NOISE.sub(b"", _DROP.sub(b"", body))).hexdigest()


def unchanged(old_body: bytes, new_body: bytes) -> bool:
    """Whether two bodies certainly give the same Document; False means: not proven."""
    return old_body == new_body or story_digest(old_body) == story_digest(new_body)
