"""What a URL is: a feed, a sitemap, a page of links, or one article."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from variorum.model import Fetched, SourceKind
from variorum.stages.watch.feeds import FEED_ROOTS
from variorum.stages.watch.front import structured
from variorum.stages.watch.listing import Classified, Unreadable
from variorum.stages.watch.page import html_text, parse
from variorum.stages.watch.shapes import shape
from variorum.stages.watch.sitemaps import SITEMAP_ROOTS
from variorum.stages.watch.xml import decoded, root_name, unpacked

_ARTICLE_TYPES = re.compile(
    r"(?:NewsArticle|Article|ReportageNewsArticle|AnalysisNewsArticle|OpinionNewsArticle"
    r"|BackgroundNewsArticle|ReviewNewsArticle|AdvertiserContentArticle|BlogPosting"
    r"|LiveBlogPosting|Report)\Z"
)
_LIST_TYPES = frozenset({"CollectionPage", "ItemList", "Blog", "WebSite"})
# Characters of a paragraph that counts as running text, if it ends like a sentence: short enough
# for tabloids, long enough that captions, bylines and buttons stay out.
PARAGRAPH = 50
_FEW = 3  # paragraphs that make a story
_UNMARKED = "div, td, font, span, center, blockquote, section, article, body"
_MOST_LOOKED_AT = 4_000  # elements
_SENTENCE_ENDS = tuple(".!?…。！？।؟\"'”’»)")
_CHARSET = re.compile(r"charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9._-]{2,40})", re.IGNORECASE)


def charset_of(fetched: Fetched) -> str | None:
    """The charset of the Content-Type header, if it names one."""
    found = _CHARSET.search((fetched.header("Content-Type") or "")[:300])
    return found.group(1) if found else None


def classify(fetched: Fetched) -> Classified:
    """What the answer for a URL is, judged by its content; its Content-Type is not believed."""
    trouble = unusable(fetched)
    if trouble is not None:
        return Classified(None, trouble)
    try:
        body = unpacked(fetched.body)
    except Unreadable as error:
        return Classified(None, str(error))
    head = body[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"{") and b"jsonfeed.org" in body[:20_000]:
        return Classified(SourceKind.FEED, "a JSON Feed")
    text = decoded(body[:200_000], charset_of(fetched))
    root = root_name(text)
    if root in FEED_ROOTS:
        return Classified(SourceKind.FEED, "an Atom feed" if root == "feed" else "an RSS feed")
    if root in SITEMAP_ROOTS:
        index = root == "sitemapindex"
        return Classified(SourceKind.SITEMAP, "a sitemap index" if index else "a sitemap")
    if text.lstrip().startswith(("http://", "https://")):
        return Classified(SourceKind.SITEMAP, "a sitemap in plain text")
    if root is None or not _is_html(fetched, root):
        return Classified(None, "it is neither a page, nor a feed, nor a sitemap; check the URL")
    return _page(fetched)


def unusable(fetched: Fetched) -> str | None:
    """Why an answer cannot be read as a list, in one plain line; None when it can."""
    if fetched.error is not None:
        return fetched.error
    status = fetched.status
    if status is None:
        return "there was no answer; it will be tried again later"
    if status in (404, 410):
        return f"it is gone (the server says {status}); look for its new address on the site"
    if status in (401, 402, 403, 407, 429, 451):
        return f"the server refuses (status {status}); it may not want to be archived"
    if status >= 500:
        return f"the server failed (status {status}); it will be tried again later"
    if not 200 <= status < 300:
        return f"the server answered {status}, which is no list; check the URL"
    if not fetched.body.strip():
        return "the answer is empty; it will be tried again later"
    return None


def _is_html(fetched: Fetched, root: str) -> bool:
    kind = (fetched.header("Content-Type") or "text/html").lower()
    return root in ("html", "head", "body", "title", "meta") or "html" in kind


def _page(fetched: Fetched) -> Classified:
    tree = parse(html_text(fetched.body, charset_of(fetched)).encode("utf-8", "replace"))
    if tree is None:
        return Classified(SourceKind.FRONT, "a page too large or too deep to look into")
    story, reasons = _signs_of_a_story(tree, fetched.final_url)
    front, front_reasons = _signs_of_a_front(tree, fetched.final_url)
    if story > front:
        return Classified(SourceKind.ARTICLE, f"an article: {reasons}")
    if front or tree.css_first("a[href]") is not None:
        return Classified(SourceKind.FRONT, f"a page of links: {front_reasons or 'no story on it'}")
    return Classified(None, "the page holds neither a story nor links; check the URL")


def _signs_of_a_story(tree: LexborHTMLParser, url: str) -> tuple[int, str]:
    signs: list[tuple[int, str]] = []
    if _meta(tree, "og:type").lower() == "article":
        signs.append((3, "it says so (og:type)"))
    if any(_ARTICLE_TYPES.match(kind) for kind in _top_types(tree)):
        signs.append((3, "it says so (JSON-LD)"))
    if _meta(tree, "article:published_time"):
        signs.append((1, "it has a time of publication"))
    if _paragraphs(tree) >= _FEW or _stands_unmarked(tree):
        signs.append((2, "it has paragraphs of text"))
    if _titled(tree):
        signs.append((1, "its title is its one heading"))
    seen = shape(url)
    if seen.score >= 3 and not seen.furniture:
        signs.append((2, "its URL looks like one"))
    return sum(points for points, _ in signs), ", ".join(words for _, words in signs)


def _signs_of_a_front(tree: LexborHTMLParser, url: str) -> tuple[int, str]:
    signs: list[tuple[int, str]] = []
    parts = urlsplit(url)
    if parts.path.rstrip("/") == "" and not parts.query:
        signs.append((4, "it is the root of the site"))
    if _meta(tree, "og:type").lower() == "website":
        signs.append((1, "it says that it is a website (og:type)"))
    if _LIST_TYPES & set(_top_types(tree)):
        signs.append((1, "it says that it is a list (JSON-LD)"))
    if len(tree.css("h2 a[href], h3 a[href], a[href] h2, a[href] h3")[:50]) >= 5:
        signs.append((2, "many headlines that are links"))
    return sum(points for points, _ in signs), ", ".join(words for _, words in signs)


def _meta(tree: LexborHTMLParser, name: str) -> str:
    node = tree.css_first(f'meta[property="{name}"], meta[name="{name}"]')
    return (node.attributes.get("content") or "").strip() if node else ""


def _top_types(tree: LexborHTMLParser) -> list[str]:
    """The JSON-LD types of the page itself: of things with a headline or of its own kind, those in
    lists left out."""
    found: list[str] = []
    for thing in structured(tree):
        kinds = thing.get("@type")
        names = [str(k) for k in (kinds if isinstance(kinds, list) else [kinds]) if k]
        found += names
        if "ItemList" in names:
            break  # what follows may be the list's entries
    return found[:50]


def _paragraphs(tree: LexborHTMLParser) -> int:
    """Paragraphs of running text that are no part of a link."""
    found = 0
    for node in tree.css("p")[:2_000]:
        text = node.text(strip=True)
        linked = sum(len(a.text(strip=True)) for a in node.css("a"))
        running = len(text) - linked >= PARAGRAPH and text.endswith(_SENTENCE_ENDS)
        if running and not _inside_link(node):
            found += 1
    return found


def _stands_unmarked(tree: LexborHTMLParser) -> bool:
    """Whether running text stands outside ``<p>``: several passages set off by ``<br>`` in one element,
    or in elements side by side, with hardly a link among them (hand-made pages)."""
    places: dict[int, list[LexborNode]] = {}
    for node in tree.css(_UNMARKED)[:_MOST_LOOKED_AT]:
        own = [
            child.text_content or "" for child in node.iter(include_text=True) if not _tag(child)
        ]
        told = sum(_is_running(text.strip()) for text in own)
        place = node if told > 1 or not told else _shared_place(node)
        if told and place is not None and not _inside_link(node):
            places.setdefault(place.mem_id, []).extend([place] * told)
    return any(len(p) >= _FEW and 2 * len(p[0].css("a[href]")) < len(p) for p in places.values())


def _shared_place(node: LexborNode) -> LexborNode | None:
    """The nearest element around a node that holds others beside it."""
    here, above = node, node.parent
    while above is not None and above.parent is not None:
        if here.next is not None or here.prev is not None:
            return above
        here, above = above, above.parent
    return above


def _tag(node: LexborNode) -> str:
    return "" if node.tag in ("-text", "_text") else node.tag or "!"


def _is_running(text: str) -> bool:
    return len(text) >= PARAGRAPH and text.endswith(_SENTENCE_ENDS)


def _titled(tree: LexborHTMLParser) -> bool:
    """Whether the page has one first-level heading of several words, and its title begins so."""
    headings, title = tree.css("h1"), tree.css_first("title")
    if len(headings) != 1 or title is None or _inside_link(headings[0]):
        return False
    words = headings[0].text(strip=True).split()
    return len(words) >= 3 and title.text(strip=True).split()[:3] == words[:3]


def _inside_link(node: object) -> bool:
    parent = getattr(node, "parent", None)
    for _ in range(4):
        if parent is None:
            return False
        if parent.tag == "a":
            return True
        parent = parent.parent
    return False
