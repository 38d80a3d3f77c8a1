"""Who wrote it: persons without "By", or the agency where the byline names an agency.

Sources in order of trust: the story's JSON-LD, the head's meta elements, ``rel=author`` and
``itemprop=author`` near the story, a line "By …" beside the headline. Hidden lists of trending
authors are no byline: only what stands near the story counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from variorum.stages.extract.headline import clean
from variorum.stages.extract.jsonld import Node, strings
from variorum.stages.extract.meta import Meta
from variorum.stages.extract.tree import Line
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
    "twitter:data1",
)
_BY = re.compile(
    r"^\W*(?:(?:written|reported|words|story|text|report|analysis|opinion|review|posted|published|compiled|"
    r"interview|exclusive)\s)?(?:by|von|par|por|di|door|av|af|przez|autor(?:in|en|a|es)?|author|text|texte|texto|"
    r"testo|tekst|foto|reporter|redaktion|автор|بقلم|كتب|كتبت|文|記者|取材|作者|오|ein \w+ von|eine \w+ von)"
    r"(?:\s?[:：|]\s?|\s+)",
    re.I,
)
_STRONG_BY = re.compile(
    r"^\W*(?:by|von|par|por|di|door|av|af|autor(?:in|en|a)?:|author:)\s+\S", re.I
)
_SPLIT = re.compile(
    r"\s*(?:;|\||•|·|、|，|\n|\s/\s|\s&\s|&amp;|\s(?:and|und|et|y|e|en|och|og|i|ve|with|mit)\s)\s*",
    re.I,
)
_TAIL = re.compile(
    r"\s*(?:[|/(@•·–—]|\s-\s|,\s(?!(?:jr|sr|ii+|iv|phd|md)\b)|\bfor\s|\bin\s[A-Z]|\bupdated\b|\bpublished\b|\d{1,2}[.:/]\d"
    r"|\bvia\b|\bat\s[A-Z]).*$",
    re.I,
)
_ROLE = re.compile(
    r"\b(?:staff|reporter|correspondent|editor|writer|journalist|redakteur\w*|korrespondent\w*|reporterin|columnist|"
    r"contributor|producer|chief|desk|team|bureau|guest|special to|associated press writer|autor|autorin|redaktör|"
    r"journalistin|redazione|redacción|rédaction|redaktion|redaktionen)\b",
    re.I,
)
_URLISH = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|fr|co|uk|jp)\b|/", re.I)
_MOST = 12


def byline_of(
    meta: Meta, node: Node | None, marked: Sequence[str], near: Sequence[Line], site: str | None
) -> tuple[str, ...]:
    """The names; ``marked`` are the texts of elements marked as the author, ``near`` the lines
    between the headline and the first paragraphs."""
    for names in (
        persons(node.data.get("author") if node else None),
        [n for key in _META_NAMES for n in _usable(meta.every(key))][:_MOST],
        _usable(marked),
        _written(near),
        persons(node.data.get("creator") if node else None),
    ):
        found = tidy(names, site)
        if found:
            return found
    return ()


def persons(value: Any) -> list[str]:
    """The names in a schema.org author value, persons before organisations."""
    people: list[str] = []
    others: list[str] = []
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, Mapping):
            kind = " ".join(strings(item.get("@type"))).lower()
            names = strings(item.get("name"))
            (others if "organization" in kind else people).extend(names)
        else:
            people.extend(s for s in strings(item))
    return people or others


def tidy(names: Iterable[str], site: str | None) -> tuple[str, ...]:
    """Names split, without "By", roles, places and dates; each once, in order."""
    found: dict[str, str] = {}
    for given in names:
        for part in _split(clean(given)):
            name = _name(part)
            if name:
                found.setdefault(fold(name).casefold(), name)
    bare = {k: v for k, v in found.items() if not site or k != fold(site).casefold()}
    return tuple((bare or found).values())[:_MOST]


def _split(text: str) -> list[str]:
    text = _BY.sub("", text).strip()
    parts = _SPLIT.split(text)
    found: list[str] = []
    for part in parts:
        pieces = [p.strip() for p in part.split(",")]
        if len(pieces) > 1 and all(_looks_like_name(p) for p in pieces):
            found.extend(pieces)
        else:
            found.append(part)
    return found


def _looks_like_name(text: str) -> bool:
    words = text.split()
    return (
        2 <= len(words) <= 4
        and not _ROLE.search(text)
        and all(w[:1].isupper() for w in words if len(w) > 3)
    )


def _name(text: str) -> str | None:
    text = _TAIL.sub("", _BY.sub("", text.strip())).strip(" ,.;:|-–—•·\"'")
    if not 2 <= len(text) <= 80 or _URLISH.search(text) or not any(c.isalpha() for c in text):
        return None
    return text if len(text.split()) <= 7 else None


def _usable(values: Sequence[str]) -> list[str]:
    return [v for v in values if v.strip() and len(v) < 200 and not _URLISH.search(v)]


def _written(near: Sequence[Line]) -> list[str]:
    """Names from a line "By …" beside the headline."""
    for line in near:
        if len(line.text) <= 120 and _STRONG_BY.match(line.text):
            return [line.text]
    return []
