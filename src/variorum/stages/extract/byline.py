"""Who wrote it: persons without "By", or the agency where the byline names an agency.

Sources in order of trust: the story's JSON-LD, the head's meta elements, ``rel=author`` and
``itemprop=author`` near the story, a line "By …" beside the headline. Hidden lists of trending
authors are no byline: only what stands near the story counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, takewhile
from typing import Any

from variorum.stages.extract.endings import SENTENCE_END
from variorum.stages.extract.headline import clean
from variorum.stages.extract.jsonld import Node, strings
from variorum.stages.extract.meta import Meta
from variorum.stages.extract.tree import Line
from variorum.text.caseless import Caseless
from variorum.text.remember import remembered
from variorum.text.typography import fold

_META_NAMES = (
    "author",
    "article:author",
    "article:author_name",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "dc.contributor",
    "cxenseparse:author",
    "og:article:author",
    "citation_author",
    "article.author",
    "rbauthors",
    "vr:author",
    "creator",
    "authors",
)
_BY = re.compile(
    r"^\W*(?:(?:written|submitted|verfasst|écrit|escrito|scritto|reported|words|story|text|report|analysis|opinion|review|posted|published|compiled|"
    r"interview|exclusive)\s)?(?:by|von|par|por|di|door|av|af|przez|autor(?:/?in|en|a|es)?|author|text|texte|texto|"
    r"testo|tekst|words|foto|reporter|redaktion|автор|текст"
    r"|بقلم|كتب|كتبت|文|記者|取材|作者|오|ein \w+ von|eine \w+ von)"
    r"(?:\s?[:：|]\s?|\s+)",
    re.I,
)
_STRONG_BY = Caseless(
    r"^\W*(?:(?:(?:submitted|posted|written|published|reported|verfasst|écrit|escrito|scritto) )?"
    r"(?:by|von|par|por|di|door|av|af|words by)|(?:autor(?:in|en|a)?|author|words|text|texte|texto|testo):)\s+\S",
)
_SPLIT = re.compile(
    r"\s*(?:;|\||•|·|、|，|\n|\s&\s|&amp;|\s(?:and|und|et|y|e|en|och|og|i|ve|with|mit)\s)\s*", re.I
)
_MONTH = (
    r"(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)[a-zäé]*\.?\s\d"
    r"|\d{1,2}\.?\s(?:jan|feb|mar|mär|apr|may|mai|jun|jul|aug|sep|oct|okt|nov|dec|dez)"
)
_TAIL = re.compile(
    r"\s*(?:[|(@•·–—]|/\S{6,}|\s-\s|,\s(?!(?:jr|sr|ii+|iv|phd|md)\b)|\bfor\s|\son\s|\bin\s[A-Z]|\bupdated\b|\bpublished\b"
    rf"|\s\d|\d{{1,2}}[.:/]\d|\bvia\b|\bat\s[A-Z]|\s(?:am|on|le|el|il|em|den)\s\d|\s(?:{_MONTH})).*$",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:staff|reporter|correspondent|editor|writer|journalist|redakteur\w*|korrespondent\w*|reporterin|columnist|"
    r"contributor|producer|chief|desk|team|bureau|guest|special to|associated press writer|autor|autorin|redaktör|"
    r"journalistin|redazione|redacción|rédaction|redaktion|redaktionen)\b",
    re.I,
)
_ROLE_FOR = re.compile(rf"{_ROLE.pattern}\s(?:for|für|of|de|des|du|di|para|per)\s\S+$", re.I)
_NOBODY = re.compile(
    r"^(?:no author|admin(?:istrator)?|unknown|anonymous|staff|editor|guest|author|webmaster|agenc(?:y|ies)|web desk|"
    r"news desk|team|redaktion|redazione|redacción|rédaction|by|\d+ (?:min|comment|view|share).*)$",
    re.I,
)
# Who owns the paper, as it stands at the foot of its pages, is nobody who wrote.
_COMPANY = re.compile(
    r"\s(?:ltd|limited|llc|inc|plc|corp|gmbh|co\.?\s?kg|pty|s\.?a\.?r\.?l|s\.?p\.?a|b\.?v|a/s|株式会社)\.?$",
    re.I,
)
_URLISH = re.compile(r"https?:|www\.|@|\.(?:com|org|net|co|uk)\b|/\S+/", re.I)
_AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|es|in|ii)?|auteurs?|autori|profiles?|writers?|contributors?|"
    r"journalists?|journalistes?|reporters?|columnists?|redakteure?|firmas?|skribenter?|forfatter|yazar(?:lar)?|byline)/|[?&](?:author|autor)=|/@",
    re.I,
)
_TITLES = re.compile(r"\s?(?:기자|記者|특파원|선임기자|논설위원|さん)$")
_DATE = re.compile(rf"(?:{_MONTH}|\d)", re.I)
_MOST = 12


def byline_of(
    meta: Meta,
    node: Node | None,
    marked: Sequence[str],
    near: Sequence[Line],
    sites: Sequence[str | None],
    host: str = "",
    classed: Callable[[], Sequence[str]] = tuple,
) -> tuple[str, ...]:
    """The names; ``marked`` are the texts of elements marked as the author, ``near`` the lines
    between the headline and the first paragraphs, ``sites`` the site's own
    names, ``host`` the page's, ``classed`` gives what stands in elements whose class is the author's.

    Persons that the story's JSON-LD names are trusted as they are. Else the first source wins whose
    names stand near the headline; where none does, the first.
    """
    houses = _houses(meta, node, sites)
    spare: tuple[str, ...] = ()
    unseen: tuple[str, ...] = ()
    text = fold(" ".join(x.text for x in near if len(x.text) < 400)).casefold()
    given = persons(node.data.get("author") if node else None)
    for names in chain([given], _sources(meta, node, marked, near, classed)):
        found = tidy(names, houses)
        people = tuple(n for n in found if _bare(n) not in houses and not _is_host(n, host))
        seen = tuple(n for n in people if fold(n).casefold() in text)
        if seen or (people and names is given and _are_persons(node)):
            return _with_others(seen, near) or seen or people
        unseen = unseen or people
        spare = spare or found
    return unseen or spare or _as_given(meta, node)


_PERSON = r"[^\W\d_a-z][\w'’.-]*(?: (?:von|van|de|der|la|le|al|el|bin|dos|da))?(?: [^\W\d_a-z][\w'’.-]*){1,3}"
_AND = r"(?:,? (?:and|und|et|y|e|och|og|en) | & |, )"
_PERSONS = re.compile(rf"(?:[Bb]y|BY|Von|Par|Por|Di|Door|Av) ({_PERSON}(?:{_AND}{_PERSON}){{1,5}})")

_THEN = re.compile(r"\W+(?:\d|(?:first |last )?(?:updated|published|posted|modified)\b)", re.I)
_IS_NO_PERSON = re.compile(
    rf"{_ROLE.pattern}|\b(?:news|press|radio|tv|group|media|agency|service|times|magazine|post|network)\b"
    r"| (?:jan\w*|feb\w*|mar(?:ch|s)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?\w*|oct\w*|nov\w*|dec\w*)\.?$",
    re.I,
)


def _with_others(seen: Sequence[str], near: Sequence[Line]) -> tuple[str, ...]:
    """The names of a by-line that is nothing but names, where it has all of ``seen`` and others besides:
    code that nobody looks at is forgotten when a name is added."""
    for line in near:
        found = _PERSONS.match(line.text) if seen else None
        if found and (not line.text[found.end() :] or _THEN.match(line.text, found.end())):
            names = tuple(re.split(_AND, found[1]))
            alike = len(names) > 2 or "," not in found[1]  # "Ines Maro, Quay Radio"
            named = alike and not any(_IS_NO_PERSON.search(n) for n in names)
            if named and set(map(_bare, seen)) < set(map(_bare, names)):
                return names
    return ()


def _sources(
    meta: Meta,
    node: Node | None,
    marked: Sequence[str],
    near: Sequence[Line],
    classed: Callable[[], Sequence[str]],
) -> Iterator[Sequence[str]]:
    for key in _META_NAMES:
        yield _usable(meta.every(key))
    yield _labelled(meta)
    yield _usable(marked)
    yield _written(near)
    yield _linked(near)
    yield _with_role(near)
    yield [text for text in classed() if all(map(_looks_like_name, _split(text)))]
    yield persons(node.data.get("creator") if node else None)


def _are_persons(node: Node | None) -> bool:
    value = node.data.get("author") if node else None
    items = value if isinstance(value, list) else [value]
    return any(isinstance(x, Mapping) and "person" in _kind(x) for x in items)


def _kind(item: Mapping[str, Any]) -> str:
    return " ".join(strings(item.get("@type"))).lower()


def _as_given(meta: Meta, node: Node | None) -> tuple[str, ...]:
    """What stands in the author's place when nothing in it reads like a name."""
    given = [*persons(node.data.get("author") if node else None), *meta.every("author")]
    usable = (clean(g) for g in given if 1 < len(g) < 60 and not _URLISH.search(g))
    return tuple(g for g in usable if g and g.casefold() not in _BLANKS)[:1]


_BLANKS = frozenset({"no author", "unknown", "anonymous", "admin", "administrator", "author", "by"})


def _houses(meta: Meta, node: Node | None, sites: Sequence[str | None]) -> set[str]:
    """Names of the publisher, which as a byline say less than a person's name does."""
    given = [*sites, meta.first("application-name", "publisher", "dc.publisher")]
    if node:
        given.append(node.text("publisher"))
    return {_bare(g) for g in given if g}


def _is_host(name: str, host: str) -> bool:
    """Whether a name is the site's own by its host: "The Northwick Echo" at northwickecho.example."""
    labels = [x for x in host.casefold().split(".")[:-1] if len(x) > 2 and x not in _HOSTS]
    bare = _bare(name)
    return any(bare == x or (len(x) > 3 and x in bare) for x in map(_bare, labels))


_HOSTS = frozenset({"www", "com", "news", "edition", "blog", "amp", "mobile"})


@remembered
def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name).casefold())


def leads_to_author(href: str) -> bool:
    """Whether a link leads to the page of somebody who writes."""
    return bool(_AUTHOR_PATH.search(href))


def _labelled(meta: Meta) -> list[str]:
    """Twitter's cards: a label, then what it labels."""
    for number in ("1", "2"):
        if re.match(
            r"\W*(?:written|by|author|verfasst|geschrieben|écrit|escrito|autor)",
            meta.first(f"twitter:label{number}") or "",
            re.I,
        ):
            return _usable(meta.every(f"twitter:data{number}"))
    return []


def _linked(near: Sequence[Line]) -> list[str]:
    """The first link of a short line beside the headline, when it leads to an author's page."""
    return [
        x.text[x.lead : x.lead + x.linked + 2] if x.lead < 8 else x.text
        for x in near
        if len(x.text) < 160 and x.linked > 4 and leads_to_author(x.href or "")
    ]


def _with_role(near: Sequence[Line]) -> list[str]:
    """The name in a short line "Name, role" without "By"."""
    for line in near:
        if len(line.text) >= 90 or SENTENCE_END.search(line.text) or _BY.match(line.text):
            continue
        match = _NAME_COMMA_ROLE.match(line.text) or _NAME_ROLE.match(line.text)
        if match and _ROLE.search(match.group(2)):
            return [match.group(1)]
    return []


_FIRST = r"[^\W\d_a-zß-ÿ][\w'’.-]+"
_NEXT = rf"\s(?:(?:von|van|de|der|la|le|al|el|bin|ben)\s)?{_FIRST}"
_NAME_COMMA_ROLE = re.compile(rf"({_FIRST}(?:{_NEXT}){{1,3}})\s?[,|·•–-]\s(.{{4,60}})$")
_NAME_ROLE = re.compile(rf"({_FIRST}{_NEXT})\s(.{{4,60}})$")


def names_with_role(text: str) -> bool:
    """A short line "Name | role" or "Name, role"."""
    match = _NAME_COMMA_ROLE.match(text) if len(text) < 90 else None
    return bool(match and _ROLE.search(match.group(2)) and not SENTENCE_END.search(text))


def persons(value: Any) -> list[str]:
    """The names in a schema.org author value, persons before organisations."""
    people: list[str] = []
    others: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            names = strings(item.get("name"))
            (others if "organization" in _kind(item) else people).extend(names)
        else:
            people.extend(s for s in strings(item))
    return people or others


def tidy(names: Iterable[str], houses: Set[str] = frozenset()) -> tuple[str, ...]:
    """Names split, without "By", roles, places and dates; each once, in order. The staff of one of the
    ``houses`` is nobody's office: "Kestrel Wire staff" stays whole."""
    found: dict[str, str] = {}
    for given in names:
        for part in _split(clean(given)):
            name = _name(part)
            if name and _bare(name) in houses and _ROLE.search(part):
                name = _BY.sub("", part.strip())
            if name:
                found.setdefault(fold(name).casefold(), name)
    return tuple(found.values())[:_MOST]


@remembered
def _split(text: str) -> tuple[str, ...]:
    text = _BY.sub("", text).strip()
    parts = _SPLIT.split(text)
    found: list[str] = []
    for before, part in zip(("", *parts), parts, strict=False):
        if _ROLE_FOR.search(before) and " " not in part:
            continue  # "Redakteur für Wirtschaft und Umwelt"
        pieces = [p.strip() for p in part.split(",")]
        if len(pieces) > 1 and all(_looks_like_name(p) for p in pieces):
            found.extend(pieces)
        else:
            found.append(part)
    return tuple(found)


def _looks_like_name(text: str) -> bool:
    words = text.split()
    return (
        2 <= len(words) <= 4
        and not _ROLE.search(text)
        and all(w[:1].isupper() for w in words if len(w) > 3)
    )


@remembered
def _name(text: str) -> str | None:
    text = _BY.sub("", text.strip())
    kept = text.rfind(">") + 1  # markup that stands in a name as text is the page's own: kept whole
    text = text[:kept] + _TAIL.sub("", text[kept:])
    text = _TITLES.sub("", text.strip(" ,;:|-–—•·\"'"))
    role = _ROLE.search(text)
    if role and len(_named(text[: role.start()])) > 1:
        text = " ".join(_named(text[: role.start()])).strip(" ,-–—")
    if text.endswith(".") and not re.search(r"\b(?:\w|[JS]r|Dr|Inc|St)\.$", text):
        text = text.rstrip(".")
    if not 2 <= len(text) <= 80 or _URLISH.search(text) or not any(c.isalpha() for c in text):
        return None
    if (
        _COMPANY.search(text)
        or _NOBODY.match(text)
        or _is_handle(text)
        or len(text.split()) > 7
        or _DATE.match(text)
    ):
        return None
    return text


def _named(text: str) -> list[str]:
    """The words of a name before its office: "Ann Adler political", of whom "editor" is cut off; one
    or none of "Local democracy", which is no name."""
    return list(takewhile(lambda w: len(w) <= _PARTICLE or not w[0].islower(), text.split()))


_PARTICLE = 3  # letters of "von", "al"


def _is_handle(text: str) -> bool:
    """A login rather than a name: "emma-mackenzie", "link78"; an agency's "dpa" is none."""
    if " " in text or not text.isascii() or text != text.lower():
        return False
    return len(text) > 5 and "/" not in text


def _usable(values: Sequence[str]) -> list[str]:
    return [v for v in values if v.strip() and len(v) < 200 and not _URLISH.search(v)]


def _written(near: Sequence[Line]) -> list[str]:
    """Names from a line "By …" beside the headline, or after "Author:" within one."""
    for line in near:
        if len(line.text) <= 120 and _STRONG_BY.match(line.text):
            return [line.text]
        labelled = len(line.text) <= 200 and ":" in line.text
        if labelled and (match := _LABELLED.search(line.text)):
            return [match.group(1)]
    return []


_LABELLED = re.compile(
    r"(?:^|\s)(?:author|autor(?:in)?|auteur|autore|verfasser(?:in)?|written by|geschrieben von)\s?:\s?"
    r"([^\W\d_a-zß-ÿ][\w'’.-]+(?:\s(?:(?:von|van|de|der|la|le|al|el|bin|ben)\s)?[^\W\d_a-zß-ÿ][\w'’.-]+){1,3}?)"
    r"(?=$|\s(?:[A-ZÄÖÜ]\w+:|\d|[|·•–-])|[,;|])",
    re.I,
)
