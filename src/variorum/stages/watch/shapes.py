"""What the shape of a URL says: an article, a section, or furniture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

from variorum.model.hosts import host_of

# Path segments of pages that list or serve rather than tell a story, in the languages of the big
# news markets. As a first or middle segment they rule a link out; so does one standing last.
_FURNITURE = frozenset(
    """
    tag tags topic topics thema themen sujet sujets temas tema etiqueta category categories
    categoria kategorie rubrik rubrique seccion secciones section sections author authors auteur
    auteurs autor autoren autores autore people profile profiles profil staff contributor
    contributors byline search suche recherche buscar cerca archive archives archiv hemeroteca
    login signin sign-in signup sign-up register registration account konto compte mi-cuenta
    my-account user users logout subscribe subscription subscriptions abo abonnement abonnements
    suscripcion suscribete newsletter newsletters about about-us ueber-uns a-propos contact
    contact-us kontakt contacto privacy privacy-policy datenschutz terms terms-of-use
    terms-of-service agb legal imprint impressum mentions-legales cookie cookies cookie-policy
    help hilfe aide faq faqs support accessibility advertise advertising werbung mediadaten jobs
    careers stellen shop store feed feeds rss sitemap sitemaps widget widgets app apps page
    comments comment kommentare share print amp-menu donate cart checkout event events
    cdn-cgi wp-admin wp-login wp-json wp-content weather wetter meteo horoscope horoskop tv-guide
    puzzles games crossword sudoku quiz lottery
    """.split()  # noqa: SIM905
)
_FILES = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|avif|ico|css|js|json|xml|rss|atom|pdf|docx?|xlsx?|zip|gz|mp[34]"
    r"|m4[av]|ogg|wav|webm|mov|woff2?|ttf|eot|txt|ics|apk|exe)\Z",
    re.IGNORECASE,
)
_EXTENSION = re.compile(r"\.(?:s?html?|php|aspx?|jsp|cms|ece|story)\Z", re.IGNORECASE)
_DATE = re.compile(r"(?:^|[/_.-])(?:19|20)\d{2}[/_.-]?(?:0?[1-9]|1[0-2]|[a-z]{3})(?:[/_.-]|$)")
_COMPACT = re.compile(r"(?:^|[/_-])20\d{2}(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?:[/_.-]|\d|$)")
_DIGITS = re.compile(r"\d+")
_WORDS = re.compile(r"[^\W\d_]+")
_OPAQUE = re.compile(r"(?=[a-z0-9]*\d)(?=[a-z0-9]*[a-z])[a-z0-9]{6,40}\Z")
_ID_KEYS = frozenset(
    {"id", "p", "article", "articleid", "newsid", "story", "storyid", "aid", "nid"}
)


@dataclass(frozen=True, slots=True)
class Shape:
    """``score`` 0 to 6: how much the URL looks like an article's; ``furniture``: it surely is none.

    ``pattern`` is the URL with its varying parts blanked, the same for all articles of a template.
    """

    score: int
    furniture: bool
    pattern: str


def shape(url: str) -> Shape:
    """The shape of an absolute URL."""
    parts = urlsplit(url)
    path = unquote(parts.path).lower()
    segments = [s for s in path.split("/") if s]
    pattern = (
        f"{(parts.hostname or '').removeprefix('www.')}/{'/'.join(_blank(s) for s in segments)}"
    )
    ids = {k.lower(): v for k, v in parse_qsl(parts.query[:1000])} if parts.query else {}
    named = next((v.lower() for k, v in ids.items() if k in _ID_KEYS and v), None)
    if not segments and named is None:
        return Shape(0, True, pattern)
    last = segments[-1] if segments else ""
    if _FILES.search(last):
        return Shape(0, True, pattern)
    score = _slug_score(_EXTENSION.sub("", last))
    if _DATE.search(path) or _COMPACT.search(path):
        score += 3
    if _EXTENSION.search(last) and not last.startswith("index.") and len(segments) > 1:
        score += 1
    if named is not None:
        score += max(2, _slug_score(named))
    if _is_furniture(segments, score):
        return Shape(0, True, pattern)
    return Shape(min(score, 6), False, pattern + ("?id" if named is not None else ""))


def _is_furniture(segments: list[str], score: int) -> bool:
    bare = [_EXTENSION.sub("", segment) for segment in segments]
    if not bare:
        return False
    if bare[-1] in _FURNITURE:
        return True
    words = _FURNITURE.intersection(bare[:-1])
    return bool(words) and not (score >= FILED and words <= _FILED_UNDER)


# Points from which a URL under one of the words below is a story: a slug with a date or an id.
FILED = 5
# Furniture that stories are filed under as well.
_FILED_UNDER = frozenset(
    """
    weather wetter meteo events games topic topics thema themen sujet sujets tema temas archive
    archives archiv people shop store jobs legal section rubrik rubrique newsletter newsletters
    """.split()  # noqa: SIM905
)


def _slug_score(last: str) -> int:
    words = _WORDS.findall(last)
    longest = max((len(d) for d in _DIGITS.findall(last)), default=0)
    score = 0
    if len(words) >= 4 or (len(words) >= 3 and len(last) >= 20):
        score = 3
    elif len(words) == 3 or (len(words) == 1 and not last.isascii() and len(last) >= 8):
        score = 1
    if longest >= 5:
        score += 2
    elif longest >= 3 and len(words) != 1:
        score += 1
    if score == 0 and _OPAQUE.match(last):
        score = 1
    return score


def _blank(segment: str) -> str:
    """A segment's kind: digits, slug, opaque id or, when short, the word itself."""
    extension = _EXTENSION.search(segment)
    bare = _EXTENSION.sub("", segment)
    if bare.isdigit():
        kind = "#" if len(bare) < 5 else "##"
    elif len(_WORDS.findall(bare)) >= 3 or len(bare) > 24:
        kind = "~#" if _DIGITS.search(bare) else "~"
    elif _OPAQUE.match(bare) or _DIGITS.search(bare):
        kind = "@"
    else:
        kind = bare
    return kind + (extension.group(0) if extension else "")


def same_site(one: str, other: str) -> bool:
    """Whether two URLs belong to one publisher's site: the same host, or hosts under one
    registrable name as far as their labels tell (no list of public suffixes is consulted)."""
    a, b = _site(one), _site(other)
    return bool(a) and a == b


def _site(url: str) -> str:
    host = host_of(url).rstrip(".")
    labels = host.split(".")
    if len(labels) <= 2 or ":" in host or labels[-1].isdigit():
        return host
    # co.uk, com.au, gov.in: a short second level under a two-letter country.
    second = len(labels[-1]) == 2 and (len(labels[-2]) <= 3 or labels[-2] in _SECOND_LEVEL)
    return ".".join(labels[-3:] if second else labels[-2:])


_SECOND_LEVEL = frozenset({"gouv", "govt", "asso", "info", "school", "firm"})
