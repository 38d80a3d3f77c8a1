"""The names that a template gives its elements, without what a tool made of them.

``class``, ``id``, ``role`` and ``data-`` attributes are a site's own words for the parts of its
template. None of them means anything here: they are only compared with those of other pages of the same
site, or of another capture of the same page.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator, Mapping

from variorum.text.remember import Vocabulary

_NAMES = frozenset({"class", "id", "role", "itemprop"})
_VALUE = 40  # characters of a data attribute that may be a name
_CHUNK = re.compile(r"[^\W_]+")
# What the usual tools make of a name: "css-1x2y3z", "sc-a1b2-0 hXyZab", "name__hAsh1".
_MADE = ("css-", "jsx-", "sc-", "emotion-", "svelte-", "styled-")
_MADE_END = re.compile(r"__[A-Za-z0-9+-]{5,6}$")
_MADE_PAIR = re.compile(r"[A-Za-z0-9]{5,7}")
_VOWEL = re.compile("[aeiouyAEIOUY]")
_BRIEF, _SURE = 3, 4  # letters of a name; without a vowel longer ones are hashes
_GIVEN = (" class=", " id=", " data-component=", " data-testid=")
_QUOTES = frozenset("\"'")
_LONGEST = 400  # characters of what is given in quotation marks
_BARE = re.compile(r"[\w-]{1,80}")
_MOST = 2_000  # names of one page


def names_of(attributes: Mapping[str, str | None]) -> Iterator[str]:
    """The words in an element's own names, in order."""
    for key, value in attributes.items():
        if key in _NAMES:
            yield from words_of_name(value or "")
        elif key.startswith("data-"):
            yield key
            if value and len(value) <= _VALUE and " " not in value:
                yield from words_of_name(value)


def _words_of_name(value: str) -> tuple[str, ...]:
    return tuple(word for token in tokens_of_name(value) for word in _cut_token(token))


#: The words of a name, hashes and numbers left out.
words_of_name: Callable[[str], tuple[str, ...]]
words_of_name = Vocabulary(_words_of_name, longest=_LONGEST).__getitem__


def tokens_of_name(value: str) -> list[str]:
    """The tokens of a name, without those that a styled component's brings along."""
    tokens = value.split()
    return _not_paired(tokens) if "sc-" in value else tokens


def _not_paired(tokens: list[str]) -> list[str]:
    kept = []
    paired = False  # styled components: what stands behind "sc-…" is made too
    for token in tokens:
        if paired and _MADE_PAIR.fullmatch(token):
            paired = False
            continue
        paired = token.startswith("sc-")
        kept.append(token)
    return kept


def _cut_token(token: str) -> tuple[str, ...]:
    if token.startswith(_MADE):
        return ()
    if "__" in token:
        token = _MADE_END.sub("", token)
    chunks = [token] if token.isalpha() else _CHUNK.findall(token)
    return tuple(filter(_TELLING.__getitem__, chunks))


def _is_telling(chunk: str) -> bool:
    if len(chunk) < _BRIEF or not chunk.isalpha():
        return False
    return len(chunk) <= _SURE or _VOWEL.search(chunk) is not None


_TELLING = Vocabulary(_is_telling)


def frame_of(html: str) -> tuple[int, ...]:
    """The words in all names of a page's code, as numbers, ascending: what its template is known
    by, whatever stands in it."""
    given = set().union(*(_given(html, start) for start in _GIVEN))
    made = [value for value in given if "sc-" in value]
    tokens = {token for value in made for token in tokens_of_name(value)}
    tokens.update(" ".join(given.difference(made)).split())
    numbers = set().union(*map(_NUMBERS.__getitem__, tokens))
    return tuple(sorted(numbers)[:_MOST])


def _given(html: str, start: str) -> set[str]:
    """The values behind each ``start`` in a page's code, from left to right."""
    found: set[str] = set()
    find, size = html.find, len(start)
    at = find(start)
    while at >= 0:
        at += size
        quote = html[at : at + 1]
        if quote in _QUOTES:
            end = find(quote, at + 1)
            value = html[at + 1 : end] if end > 0 else ""
            if value in found or _may_be_given(value):
                found.add(value)
                at = end
        elif bare := _BARE.match(html, at):
            found.add(bare.group())
        at = find(start, at)
    return found


def _may_be_given(value: str) -> bool:
    return 0 < len(value) <= _LONGEST and "<" not in value and ">" not in value


def _numbers_of_token(token: str) -> frozenset[int]:
    return frozenset(map(_NUMBER.__getitem__, _cut_token(token)))


_NUMBER = Vocabulary(lambda word: zlib.crc32(word.encode("utf-8", "replace")) & 0xFFFFFF)
_NUMBERS = Vocabulary(_numbers_of_token)
