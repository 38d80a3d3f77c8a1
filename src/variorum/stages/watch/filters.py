"""Which of the listed articles somebody wants: by URL, section, word and language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fnmatch import translate
from functools import lru_cache
from urllib.parse import urlsplit

from variorum.model import Discovered

MAX_PATTERN = 200  # characters of a pattern
MAX_STARS = 4  # its wildcards: each multiplies the time that a hostile URL can cost


@dataclass(frozen=True, slots=True)
class Filter:
    """``only`` and ``never`` are URL patterns: with ``*`` one for the whole URL
    ("https://a.example/news/*"), without it a piece of its path, so that "/sport/" is a section.
    ``words`` and ``without`` are words of the title, whole and in any case. ``languages`` are codes
    ("en"), judged once the page is read. Empty ones ask nothing.
    """

    only: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for pattern in (*self.only, *self.never):
            if len(pattern) > MAX_PATTERN or pattern.count("*") > MAX_STARS:
                raise ValueError(
                    f"the pattern {pattern[:40]!r} is too long or has more than {MAX_STARS} '*'"
                )

        for language in self.languages:
            if not (2 <= len(language) <= 3 and language.isascii() and language.isalpha()):
                raise ValueError(f"{language[:40]!r} is no code of a language: 'en', say, or 'fr'")

    def refusal_of_language(self, language: str | None) -> str | None:
        """None when a page in this language (as it says itself: "en-GB") is wanted, else why not.
        One that names no language is not judged by it."""
        if not self.languages or not language:
            return None
        code = language.replace("_", "-").split("-")[0].lower()
        if code in {wanted.lower() for wanted in self.languages}:
            return None
        return f"its language ({code}) is none of those asked for ({', '.join(self.languages)})"

    def refusal(self, item: Discovered) -> str | None:
        """None when the article is wanted, else why not, as one plain phrase. An article whose
        title is not known is not judged by its words."""
        if self.only and not any(_fits(pattern, item.url) for pattern in self.only):
            return "its URL is none of those asked for"
        unwanted = next((p for p in self.never if _fits(p, item.url)), None)
        if unwanted is not None:
            return f"its URL is like {unwanted}, which is left out"
        if item.title is None:
            return None
        title = item.title.casefold()
        if self.words and not any(_says(word, title) for word in self.words):
            return "its title has none of the words asked for"
        said = next((word for word in self.without if _says(word, title)), None)
        return f"its title says {said}, which is left out" if said else None


def _fits(pattern: str, url: str) -> bool:
    if "*" in pattern:
        return _compiled(pattern).match(url) is not None
    return pattern in urlsplit(url).path


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    escaped = pattern.replace("[", "[[]").replace("?", "[?]")
    return re.compile(translate(escaped))


def _says(word: str, title: str) -> bool:
    folded = re.escape(word.casefold().strip())
    return re.search(rf"(?<!\w){folded}(?!\w)", title) is not None
