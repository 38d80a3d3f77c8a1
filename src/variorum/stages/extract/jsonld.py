"""What a page says of itself to search engines: schema.org in JSON-LD.

Publishers' JSON-LD is often broken (control characters, comments, trailing commas) and often about
something else on the page as well; the story's own node is found by its type and its headline.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

# Types that are a story, best first (schema.org/Article and below; pending types included).
_STORIES = [
    "newsarticle",
    "reportagenewsarticle",
    "analysisnewsarticle",
    "opinionnewsarticle",
    "backgroundnewsarticle",
    "reviewnewsarticle",
    "askpublicnewsarticle",
    "liveblogposting",
    "report",
    "article",
    "socialmediaposting",
    "blogposting",
    "techarticle",
    "scholarlyarticle",
    "satiricalarticle",
    "advertisercontentarticle",
    "review",
    "medicalscholarlyarticle",
    "discussionforumposting",
    "podcastepisode",
    "creativework",
    "webpage",
    "itempage",
    "newsmediaorganization",
    "videoobject",
]
_USABLE = frozenset(_STORIES) - {"newsmediaorganization", "videoobject", "podcastepisode"}
# Where a page lists other stories ("more of the day", a carousel): what stands under these is the page's
# own only if the page's title says so.
_LISTS = frozenset(
    {"itemListElement", "hasPart", "mentions", "relatedLink", "isBasedOn", "citation"}
)
_MAX_SCRIPT = 2_000_000
_MAX_NODES = 5_000
_DECODER = json.JSONDecoder(strict=False)
_TRAILING_COMMA = re.compile(r",\s*([}\]])")
_WRAPPER = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)


@dataclass(frozen=True, slots=True)
class Node:
    """One typed object of the page's JSON-LD; ``listed`` if it stands in a list of stories."""

    kind: str
    data: Mapping[str, Any]
    listed: bool = False

    def text(self, name: str) -> str | None:
        """The first string under ``name``; objects give their name or @value."""
        return next(iter(strings(self.data.get(name))), None)


def nodes(scripts: Iterable[Any]) -> list[Node]:
    """Every typed object in the page's JSON-LD, which stands in ``scripts``; outer ones first."""
    found: list[Node] = []
    ids: dict[str, Mapping[str, Any]] = {}
    for script in scripts:
        for data in _load(script.text() or ""):
            for item, listed in _objects(data):
                if len(found) >= _MAX_NODES:
                    return found
                if isinstance(item.get("@id"), str) and len(item) > 1:
                    ids.setdefault(item["@id"], item)
                found.extend(
                    Node(kind.rsplit("/", 1)[-1].lower(), _Linked(item, ids), listed)
                    for kind in strings(item.get("@type"))[:4]
                )
    return found


class _Linked(dict[str, Any]):
    """A node whose ``{"@id": …}`` values are looked up among the page's other nodes."""

    def __init__(self, item: Mapping[str, Any], ids: Mapping[str, Mapping[str, Any]]) -> None:
        super().__init__(item)
        self.ids = ids

    def get(self, name: str, default: Any = None) -> Any:
        return self.resolve(super().get(name, default))

    def resolve(self, value: Any) -> Any:
        if isinstance(value, list):
            return [self.resolve(v) for v in value[:50]]
        if isinstance(value, dict) and set(value) <= {"@id", "@type"} and "@id" in value:
            return self.ids.get(str(value["@id"]), value)
        return value


def story(found: list[Node], title: str | None = None) -> Node | None:
    """The node about the page's own story: the best type; among equals the one whose headline the
    page's title contains, else the first. One of a list of stories is the page's own only by its
    headline."""
    title = (title or "").casefold()

    def is_titled(node: Node) -> bool:
        headline = (node.text("headline") or node.text("name") or "").casefold()
        return bool(headline) and headline in title

    stories = [n for n in found if n.kind in _USABLE and _tells(n)]
    stories = [n for n in stories if not n.listed or is_titled(n)]
    if not stories:
        return None

    def rank(node: Node) -> tuple[int, bool]:
        return _STORIES.index(node.kind), not is_titled(node)

    best = min(stories, key=rank)
    same_kind = [n for n in stories if rank(n)[0] <= _STORIES.index("article")]
    return min(same_kind, key=lambda n: (rank(n)[1], rank(n)[0])) if same_kind else best


def _tells(node: Node) -> bool:
    return bool(node.text("headline") or node.text("name") or node.text("datePublished"))


def strings(value: Any) -> list[str]:
    """The strings of a JSON-LD value: itself, of a list, or the name of an object."""
    if isinstance(value, str):
        return [value.strip()] if value.strip() else []
    if isinstance(value, bool):
        return [str(value)]
    if isinstance(value, (int, float)):
        return [str(value)]
    if isinstance(value, list):
        return [s for v in value[:50] for s in strings(v)]
    if isinstance(value, Mapping):
        return strings(value.get("name") or value.get("@value") or value.get("url"))
    return []


def _load(text: str) -> list[Any]:
    if not text.strip() or len(text) > _MAX_SCRIPT:
        return []
    for attempt in (text.strip(), _tidied(text)):
        try:
            return [
                _DECODER.raw_decode(attempt)[0]
            ]  # what follows the value is a slip, and ignored
        except (ValueError, RecursionError):
            continue
    return []


def _tidied(text: str) -> str:
    text = _WRAPPER.sub("", _WRAPPER.sub("", text)).strip().rstrip(";")
    return _TRAILING_COMMA.sub(r"\1", text)


def _objects(data: Any) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """Every object of a JSON value, breadth first, to a sane depth, and whether it stands in a list of
    stories."""
    queue: list[tuple[Any, int, bool]] = [(data, 0, False)]
    for value, depth, listed in queue:
        if depth > 8 or len(queue) > _MAX_NODES:
            continue
        if isinstance(value, list):
            queue.extend((v, depth + 1, listed) for v in value)
        elif isinstance(value, dict):
            yield value, listed
            queue.extend(
                (v, depth + 1, listed or name in _LISTS)
                for name, v in value.items()
                if isinstance(v, (dict, list))
            )
