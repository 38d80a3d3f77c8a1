"""False versions where only what stands around a real story changed.

    .venv/bin/python bench/surroundings.py [--peers NAME;...] [--share 1] [--show] [--write]

Two ways, on the pages of public extractors' test sets. *Set elsewhere*: a story with its headline is
put into the place of another story on another page of its host: other menus, lists, boxes and
advertisements, years apart. *Thinned*: of the lines amid and around a story that are none of it, half
are taken away, and half stand where there were none (which lines these are our own reader says, for all).
"""

from __future__ import annotations

import argparse
import copy
import gzip
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

import lxml.html

sys.path.insert(0, str(Path(__file__).parent))
from stability import Differs, ours, peer

import extract as peers
from variorum.model import Page, PageKind
from variorum.stages.extract import read_page

REPORT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks" / "surroundings.md"
_TEXT = ("h1", "h2", "h3", "p", "blockquote", "li", "div")
_NONE = frozenset({"script", "style", "html", "body", "head"})
_OWN = frozenset({"caption", "byline", "date", "notice", "headline"})
_PICTURES = ".//img|.//video|.//iframe|.//picture"
_LONGEST = 3_000  # characters of one block of a story
_YEAR = re.compile(r"(?:19|20)\d\d")


class Real(NamedTuple):
    """A page of the test sets that is read as an article."""

    id: str
    url: str
    tree: Any
    html: str
    page: Page


class Pair(NamedTuple):
    """Two captures of one story; ``alike``: both have the one page's template."""

    id: str
    url: str
    before: str
    after: str


def pages(share: float) -> Iterator[Real]:
    """The articles among a fixed part (by hash of the id) of the pages."""
    for row in peers.gold(share):
        place = peers.PAGES / "html" / f"{row['id']}.html.gz"
        tree = _parsed(gzip.decompress(place.read_bytes())) if place.is_file() else None
        if tree is None:
            continue
        html, url = _written(tree), row["url"] or f"https://{row['id'].lower()}.example/story"
        page = read_page(html, url=url)
        if page.kind is PageKind.ARTICLE:
            yield Real(row["id"], url, tree, html, page)


def _parsed(body: bytes) -> Any:
    try:
        return lxml.html.fromstring(body.decode("utf-8", "replace"))
    except (ValueError, lxml.etree.ParserError):
        return None


def _written(tree: Any) -> str:
    return "<!doctype html>" + lxml.html.tostring(tree, encoding="unicode")


def _flat(text: str | None) -> str:
    return " ".join((text or "").split())


# -- a story set elsewhere


def set_elsewhere(real: list[Real]) -> Iterator[Pair]:
    """Each story in the surroundings of every other one of its host."""
    hosts: dict[str, list[tuple[Real, Any]]] = defaultdict(list)
    for one in real:
        block = _block_of(one)
        if block is not None and block.tag not in _NONE:
            hosts[_host(one)].append((one, block))
    for found in hosts.values():
        for (one, block), (other, place) in permutations(found, 2):
            yield Pair(one.id, one.url, one.html, _moved(one, block, other, place))


def _host(one: Real) -> str:
    """The host of a page; one of an archive of many sites is by itself."""
    host = urlsplit(one.url).hostname or one.id
    return one.id if host == "web.archive.org" else host


def _block_of(one: Real) -> Any:
    """The smallest element that holds the headline and the paragraphs; None if it cannot be told."""
    document = one.page.document
    told = {_flat(p)[:60] for p in document.paragraphs if len(p) > 40}
    shared: list[Any] | None = None
    headed = False
    for e in one.tree.iter(*_TEXT):
        text = _flat(e.text_content())
        head = e.tag == "h1" and text == _flat(document.headline)
        if len(text) > _LONGEST or not (head or text[:60] in told):
            continue
        headed = headed or head
        path = [e, *e.iterancestors()][::-1]
        shared = (
            path if shared is None else [x for x, y in zip(shared, path, strict=False) if x is y]
        )
    return shared[-1] if shared and headed else None


def _moved(one: Real, block: Any, other: Real, place: Any) -> str:
    tree = copy.deepcopy(other.tree)
    target = tree.getroottree().xpath(other.tree.getroottree().getpath(place))[0]
    story = copy.deepcopy(block)
    story.tail = target.tail
    target.getparent().replace(target, story)
    head, own = tree.find("head"), one.tree.find("head")
    if head is not None and own is not None:
        tree.replace(head, copy.deepcopy(own))
    return _written(tree)


# -- half of what is not the story taken away


def thinned(real: list[Real]) -> Iterator[Pair]:
    """Each page before and after half of its furniture went, and after and before."""
    chance = random.Random(7)
    for one in real:
        blocks = _furniture(one)
        gone = [e for e in blocks if chance.random() < 0.5] or blocks[:1]
        if not gone:
            continue
        tree, root = copy.deepcopy(one.tree), one.tree.getroottree()
        for path in [root.getpath(e) for e in gone][::-1]:
            for e in tree.getroottree().xpath(path)[:1]:
                e.drop_tree()
        less = _written(tree)
        yield Pair(one.id, one.url, one.html, less)
        yield Pair(one.id, one.url, less, one.html)


def _furniture(one: Real) -> list[Any]:
    """The elements amid and right around the story that hold nothing of it, pictures aside."""
    blocks, document = one.page.blocks, one.page.document
    kept = [i for i, b in enumerate(blocks) if b.kept]
    if len(kept) < 4:
        return []
    told = " ".join(document.paragraphs)
    own = {b.text for b in blocks if b.kept} | {m.caption for m in document.media}
    texts = {
        b.text
        for b in blocks[kept[0] : kept[-1] + 8]
        if not b.kept and b.role not in _OWN and len(b.text) > 3 and b.text not in own
    }
    texts = {t for t in texts if t not in told and not _YEAR.search(t)}
    texts = {t for t in texts if not any(name in t for name in document.byline)}
    found = [
        e
        for e in one.tree.iter()
        if isinstance(e.tag, str) and e.tag not in _NONE and _flat(e.text_content()) in texts
    ]
    inner = set(found)
    return [
        e
        for e in found
        if not any(a in inner or a.tag == "figure" for a in e.iterancestors())
        and not e.xpath(_PICTURES)
    ]


# -- the measure


def measure(pairs: list[Pair], differs: Differs, show: bool = False) -> float:
    """Per cent of the pairs that make a version."""
    wrong: Counter[str] = Counter()
    for pair in pairs:
        try:
            wrong[pair.id] += differs(pair.before, pair.after, pair.url)
        except ImportError:
            raise
        except Exception:  # noqa: S112  (a peer that fails on a page reads nothing from it)
            continue
    if show:
        print("\n".join(f"  {name}" for name, count in wrong.items() if count))
    return 100 * wrong.total() / len(pairs) if pairs else 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="part of the pages, by hash")
    parser.add_argument("--peers", default="", help="names of bench/extract.py")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks")
    given = parser.parse_args()
    real = list(pages(given.share))
    ways = {"set elsewhere": list(set_elsewhere(real)), "thinned": list(thinned(real))}
    judges = {"variorum": ours, **{n: peer(n) for n in given.peers.split(";") if n}}
    lines = ["| % of pairs that make a version | pairs | " + " | ".join(judges) + " |"]
    lines.append("|---|--:|" + "--:|" * len(judges))
    for name, pairs in ways.items():
        shares = [
            measure(pairs, differs, given.show and judge == "variorum")
            for judge, differs in judges.items()
        ]
        cells = " | ".join(f"{s:.1f}" for s in shares)
        lines.append(f"| {name} | {len(pairs):,} | {cells} |")
    text = f"{len(real)} pages.\n\n" + "\n".join(lines) + "\n"
    print(text)
    if given.write:
        REPORT.write_text(f"# Other surroundings\n\n{_ABOUT}\n\n{text}", encoding="utf-8")


_ABOUT = """\
Made by `bench/surroundings.py --write`, with peers on the path, on the pages of public extractors' test sets.
*Set elsewhere*: a story with its headline in the place of another story on another page of its host. *Thinned*:
half of the lines amid and around a story that are none of it are taken away, or come. No sentence of a story
changes, so that every version is false, but for by-lines that stood outside the block that was moved: all of ours
of *set elsewhere* but one are of by-lines, most of them the other page's own. A peer makes a version of any
difference in its title or text."""

if __name__ == "__main__":
    main()
