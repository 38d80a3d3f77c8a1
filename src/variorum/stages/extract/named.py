"""What a page's code calls a small box, where the name leaves no doubt: ``promo``, ``newsletter``; or
``factbox``, which is the story's.

Few names do. Of 859 real pages with gold bodies, lines in boxes so named that nothing else had told
apart were none of the story's, each time; ``ad``, ``more``, ``share``, ``social``, ``teaser``, ``widget``,
``inline`` and ``paywall`` also name what holds the story, and say nothing here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise

from variorum.text.remember import remembered

_TOLD = frozenset({"class", "id", "data-component", "data-testid"})
_LENGTH = 400  # characters of a name: what is longer is styling
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_ONE = _words(
    """
    promo promos promotion promotions promobox newsletter newsletters newsletterbox signup
    advert adverts advertisement advertisements advertorial advertising sponsored sponsor
    sponsors related relatedarticles relatedcontent relatedlinks recommended recommendation
    recommendations recirc recirculation outbrain taboola revcontent trending mostread
    mostpopular readmore readnext affiliate crosspromo teaserbox werbung anzeige publicite
    publicidad pubblicita publicidade adslot adunit adbox adcontainer adbanner adplaceholder adsbygoogle
    jobs jobsbox donate donation donations fundraiser fundraising
    """
)
_TWO = _words(
    """
    most-read most-popular most-viewed read-next read-more sign-up up-next also-read cross-promo
    top-stories other-stories ad-slot ads-slot ad-unit ad-container ad-wrapper ad-wrap ad-box ad-block
    ad-banner ad-placement ad-placeholder ad-space gpt-ad dfp-ad google-ad google-ads
    cta-card cta-box cta-banner cta-block market-ticker stock-ticker support-box support-us support-journalism
    """
)
# Names of what is set apart and is the story's own: figures, dates, a reviewer's verdict.
_FACTS = _words(
    """
    factbox factboxes factfile factfiles factsheet fact facts keyfacts infobox infoboxes verdict
    scorecard scorebox faktenbox faktenkasten infokasten factbook ficha scheda timeline chronology
    zeitleiste chronik steckbrief encadre chronologie reperes despiece cronologia claves specchietto
    """
)
_FACTS_TWO = _words(
    "fact-box fact-file fact-sheet key-facts info-box at-glance score-card star-rating"
)
# … and somebody's words set large.
_QUOTATION = _words("pullquote pullquotes pq zitat zitatbox exergue sumario citazione")
# … and the lead set apart under the headline.
_STANDFIRST = _words(
    """
    standfirst dek deck subtitle subheadline subhead chapo chapeau entradilla bajada sottotitolo
    vorspann strapline subdeck
    """
)
_STANDFIRST_TWO = _words("sub-title stand-first sub-head")
_OF_PICTURES = _words("image picture photo media caption bild video gallery figure")
_STANDFIRST_KEYS = _TOLD | {"data-gu-name", "data-component-name", "itemprop"}
_BUT = frozenset(
    {"correction", "corrections", "clarification", "note", "notes", "update", "no", "not"}
)


def says_other(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element's own names say that it is none of the story."""
    return any(_says(value) for key, value in attributes.items() if key in _TOLD and value)


def says_facts(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element's own names say that it is a box of facts or a reviewer's verdict."""
    return any(_says_facts(value) for key, value in attributes.items() if key in _TOLD and value)


def says_quotation(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element's own names say that it is a quotation set large."""
    return any(
        _says_quotation(value) for key, value in attributes.items() if key in _TOLD and value
    )


def says_standfirst(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element's own names say that it is the lead under a headline."""
    told = (value for key, value in attributes.items() if key in _STANDFIRST_KEYS and value)
    return any(map(_says_standfirst, told))


@remembered
def _says_standfirst(value: str) -> bool:
    of_picture = not _OF_PICTURES.isdisjoint(w.lower() for w in _WORD.findall(value))
    return not of_picture and _is_called(value, _STANDFIRST, _STANDFIRST_TWO)


@remembered
def _says_facts(value: str) -> bool:
    return _is_called(value, _FACTS, _FACTS_TWO)


@remembered
def _says_quotation(value: str) -> bool:
    return _is_called(value, _QUOTATION, frozenset({"pull-quote", "block-quote"}))


def _is_called(value: str, ones: frozenset[str], twos: frozenset[str]) -> bool:
    if len(value) > _LENGTH or _says(value):
        return False
    given = [[w.lower() for w in _WORD.findall(token)] for token in value.split()]
    return any(
        not ones.isdisjoint(words) or any(f"{a}-{b}" in twos for a, b in pairwise(words))
        for words in given
    )


@remembered
def _says(value: str) -> bool:
    return len(value) <= _LENGTH and any(map(_token_says, value.split()))


def _token_says(token: str) -> bool:
    words = [w.lower() for w in _WORD.findall(token)]
    if not _BUT.isdisjoint(words):
        return False
    if not _ONE.isdisjoint(words):
        return True
    return any(f"{a}-{b}" in _TWO for a, b in pairwise(words))
