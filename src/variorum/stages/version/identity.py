"""Is this URL an article that we know? Two URLs of one never become two, two articles never one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from variorum.stages.version.address import canonical_url, host_of, identity_key, path_of

__all__ = ["Identity", "canonical_url", "identify", "identity_key", "redirect_leaves", "story_id"]

# An article number as content systems give it: six figures or more in the last part of the path,
# set off by marks. Shorter ones are years, days, pages.
_NUMBER = re.compile(r"(?<![0-9a-z])([a-z]{0,3}-?)?(\d{6,19})(?![0-9])", re.IGNORECASE)
_HEX = re.compile(
    r"(?<![0-9a-z])(?=[a-f]*\d)(?=\d*[a-f])([0-9a-f]{8,40})(?![0-9a-z])", re.IGNORECASE
)
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_M, _D = "(?:0[1-9]|1[0-2])", "(?:0[1-9]|[12][0-9]|3[01])"
# 20261124 with an hour or none, 24112026, 11242026; 261124 and 241126, of this century's first decades.
_DAY = re.compile(
    rf"(?:19|20)\d{{2}}{_M}{_D}(?:\d{{2}}){{0,3}}|(?:{_D}{_M}|{_M}{_D})(?:19|20)\d{{2}}"
    rf"|[0-3]\d{_M}{_D}|(?:{_D}{_M}|{_M}{_D})[0-3]\d"
)
_SLUG = re.compile(r"[^\W\d_]{2,}[-_][^\W\d_]")  # words joined by marks
_FRONT = re.compile(
    r"^/?(?:[a-z]{2}(?:[-_][a-z]{2})?|home|index|news|startseite|accueil|portada)?/?$", re.I
)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a URL was taken for.

    ``article`` is the number of the known article, None if it is a new one. ``url`` is the
    canonical form to store; ``aliases`` the keys under which it should be found from now on;
    ``reason`` one plain line; ``doubts`` what was distrusted and why.
    """

    url: str
    article: int | None
    aliases: tuple[str, ...]
    reason: str
    doubts: tuple[str, ...] = ()


def identify(
    url: str,
    canonical: str | None = None,
    known: Callable[[str], int | None] = lambda key: None,
    *,
    redirects: Sequence[str] = (),
    claimed_by: Callable[[str], int] = lambda key: 0,
) -> Identity:
    """Which article a URL is.

    ``canonical`` is the page's own rel=canonical (None before it was read), ``known`` looks up an
    alias key (as given in :attr:`Identity.aliases`), ``redirects`` are the URLs gone through to
    the one read (the last), ``claimed_by`` says how many known articles name a key as their
    rel=canonical.
    """
    doubts: list[str] = []
    for hop in redirects:
        why = redirect_leaves(url, hop)
        if why:
            doubts.append(why)
    names = [url, *(h for h in redirects if not redirect_leaves(url, h))]
    if canonical:
        why = _distrust(url, canonical, claimed_by)
        if why:
            doubts.append(why)
        else:
            names.append(canonical)
    best = canonical_url(names[-1])
    keys = list(dict.fromkeys(identity_key(n) for n in names))
    numbers = list(dict.fromkeys(filter(None, map(_number_key, names))))
    for key, why in [
        *((k, "this URL is known") for k in keys),
        *((k, "the same article number under another slug") for k in numbers),
    ]:
        article = known(key)
        if article is not None:
            return Identity(best, article, tuple(keys + numbers), why, tuple(doubts))
    return Identity(
        best, None, tuple(keys + numbers), "no article is known by this URL", tuple(doubts)
    )


def _distrust(url: str, canonical: str, claimed_by: Callable[[str], int]) -> str:
    """Why a rel=canonical should not be followed; "" if it may."""
    if not canonical.lower().startswith(("http://", "https://")):
        return "rel=canonical is no web address"
    if is_front(canonical) and not is_front(url):
        return "rel=canonical points to a front page"
    if host_of(url) != host_of(canonical) and path_of(url) != path_of(canonical):
        return "rel=canonical points to another publisher: a syndicated copy is kept apart"
    if host_of(url) != host_of(canonical) and not _related(host_of(url), host_of(canonical)):
        return "rel=canonical points to another publisher: a syndicated copy is kept apart"
    if path_of(url).startswith(path_of(canonical) + "/"):
        return "rel=canonical points to a section above the article"
    a, b = story_id(url), story_id(canonical)
    if a and b and a != b:
        return "rel=canonical has another article number"
    if claimed_by(identity_key(canonical)) > 1:
        return "many articles give this same rel=canonical"
    return ""


def redirect_leaves(article_url: str, final_url: str) -> str:
    """Why a redirect did not lead to the article (one plain line); "" if it may have."""
    if identity_key(article_url) == identity_key(final_url):
        return ""
    if is_front(final_url) and not is_front(article_url):
        return "redirected to a front page"
    above = path_of(final_url)
    if path_of(article_url).startswith(above + "/"):
        return "redirected to a section"
    a, b = story_id(article_url), story_id(final_url)
    if a and a == b:
        return ""
    if host_of(article_url) != host_of(final_url) and not _related(
        host_of(article_url), host_of(final_url)
    ):
        if path_of(article_url) == path_of(final_url):
            return ""
        return "redirected to another site"
    if a and b:
        return "redirected to another article"
    return ""


def is_front(url: str) -> bool:
    """Whether a URL is a front page: no path, or only a language or edition."""
    parts = urlsplit(canonical_url(url))
    return not parts.query and _FRONT.fullmatch(parts.path) is not None


def story_id(url: str) -> str:
    """The article's own number in a URL; "" if there is none that one may rely on."""
    last = path_of(url).rpartition("/")[2]
    found = _UUID.search(last)
    if found:
        return found.group().lower()
    for match in reversed(list(_NUMBER.finditer(last))):
        digits = match.group(2)
        if not _DAY.fullmatch(digits) and not digits.endswith("000"):
            return digits
    hexed = _HEX.search(last)
    return hexed.group(1).lower() if hexed else ""


def _number_key(url: str) -> str:
    """A key that stays when only the slug changes: host and article number; "" without a slug, for
    a bare number may count recipes in one section and videos in another."""
    number = story_id(url)
    if not number:
        return ""
    *_, parent, last = ["", *path_of(url).split("/")]
    slug = last if len(last) > len(number) + 3 else parent
    return f"{host_of(url)}#{number}" if _SLUG.search(slug) else ""


def _related(a: str, b: str) -> bool:
    """Whether two hosts are one publisher's: the same registrable name, as far as labels tell."""
    return a.endswith("." + b) or b.endswith("." + a) or _stem(a) == _stem(b)


def _stem(host: str) -> str:
    labels = host.split(".")
    short = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= 3
    return ".".join(labels[-3:] if short else labels[-2:])
