"""The names that a template gives its elements, without what a tool made of them.

``class``, ``id``, ``role`` and ``data-`` attributes are a site's own words for the parts of its
template. None of them means anything here: they are only compared with those of other pages of the same
site, or of another capture of the same page.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping

_NAMES = frozenset({"class", "id", "role", "itemprop", "placeholder"})
_VALUE = 40  # characters of a data attribute that may be a name
_CHUNK = re.compile(r"[^\W_]+")
# What the usual tools make of a name: "css-1x2y3z", "sc-a1b2-0", "name__hAsh1".
_MADE = re.compile(
    r"\b(?:css|jsx|emotion|svelte|styled)-[\w-]+|\bsc-[\w-]+(?:\s+[A-Za-z0-9]{5,7}(?!\S))?"
    r"|__[A-Za-z0-9+-]{5,6}(?!\S)"
)
_VOWEL = re.compile("[aeiouyAEIOUY]")
_BRIEF, _SURE = 3, 4  # letters of a name; without a vowel longer ones are hashes
_GIVEN = re.compile(
    r"""\s(?:class|id|data-(?:component|test-?id|module|type|name|block))\s?=\s?"""
    r"""(?:"([^"<>]{1,400})"|'([^'<>]{1,400})'|([\w-]{1,80}))"""
)
_MOST = 2_000  # names of one page


def names_of(attributes: Mapping[str, str | None]) -> Iterator[str]:
    """The words in an element's own names, in order."""
    for key, value in attributes.items():
        if key in _NAMES:
            yield from words_of_name(value or "")
            if key == "placeholder":
                yield key
        elif key.startswith("data-"):
            yield key
            if value and len(value) <= _VALUE and " " not in value:
                yield from words_of_name(value)


def words_of_name(value: str) -> Iterator[str]:
    """The words of a name, hashes and numbers left out."""
    for chunk in _CHUNK.findall(_MADE.sub(" ", value)):
        if len(chunk) < _BRIEF or not chunk.isalpha():
            continue
        if len(chunk) <= _SURE or _VOWEL.search(chunk):
            yield chunk


def frame_of(html: str) -> tuple[int, ...]:
    """The words in all names of a page's code, as numbers, ascending: what its template is known
    by, whatever stands in it."""
    given = {next(filter(None, found), "") for found in _GIVEN.findall(html)}
    words = {word for value in given for word in words_of_name(value)}
    numbers = {zlib.crc32(word.encode("utf-8", "replace")) & 0xFFFFFF for word in words}
    return tuple(sorted(numbers)[:_MOST])
