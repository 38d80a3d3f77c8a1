"""False and missed versions under changes written from the real world.

    .venv/bin/python bench/stability.py [--share 0.25] [--peers NAME;...] [--show] [--write]

Each page of the sample is read before and after one mutation (``bench/mutations.py``). For us the
two readings go through ``decide``; for a peer a version is any difference in its title or text,
white space aside. Missed: an article mutation that makes no version. False: a boilerplate one that
does.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from mutations import ARTICLE, NAMELESS, OUTSIDE, TELLING, Marked, boilerplate, mark

import extract as peers
from variorum.model import DecisionKind, History, Page, Version
from variorum.stages.extract import read_page
from variorum.stages.version import content_digest, decide

REPORT = Path(__file__).resolve().parents[1] / "docs" / "benchmarks" / "stability.md"
_SPACE = re.compile(r"\s+")
_WHEN = datetime(2026, 1, 1, tzinfo=UTC)
GROUPS = {
    "boilerplate outside the body": OUTSIDE,
    "boilerplate inside, telling names": TELLING,
    "boilerplate inside, no names": NAMELESS,
}
Differs = Callable[[str, str, str], bool]


def ours(before: str, after: str, url: str) -> bool:
    """Whether the second page makes a version after the first."""
    first, then = _read(before, url), _read(after, url)
    start = decide(first, History())
    if start.kind is not DecisionKind.FIRST:
        return False
    doc = first.document
    version = Version(0, 0, doc, _WHEN, _WHEN, "", content_digest(doc))
    return decide(then, History([version], lambda: first)).kind.makes_version


_pages: dict[str, Page] = {}


def _read(html: str, url: str) -> Page:
    if html not in _pages:
        if len(_pages) > 50:
            _pages.clear()
        _pages[html] = read_page(
            html.encode("utf-8", "replace"), url=url, content_type="text/html; charset=utf-8"
        )
    return _pages[html]


def peer(name: str) -> Differs:
    """A peer as a judge of versions: any difference in title or text."""
    read = peers.EXTRACTORS[name]
    known: dict[str, tuple[str, str]] = {}

    def state(html: str, url: str) -> tuple[str, str]:
        if html not in known:
            if len(known) > 50:
                known.clear()
            found = read(html.encode("utf-8", "replace"), url)
            known[html] = (_flat(found.headline), _flat(found.body))
        return known[html]

    return lambda before, after, url: state(before, url) != state(after, url)


def _flat(text: str | None) -> str:
    return _SPACE.sub(" ", text or "").strip()


def sample(share: float) -> list[Marked]:
    """A fixed part of the pages with a gold body, marked."""
    found = []
    for row in peers.gold(share):
        place = peers.PAGES / "html" / f"{row['id']}.html.gz"
        if row.get("body") and place.is_file():
            page = mark(row, gzip.decompress(place.read_bytes()))
            if page is not None:
                found.append(page)
    return found


Tally = Counter[tuple[str, str]]


def run(pages: list[Marked], differs: Differs, show: bool = False) -> tuple[Tally, Tally]:
    """How often each mutation was tried and how often it went wrong, by (group, mutation)."""
    tried: Tally = Counter()
    wrong: Tally = Counter()

    def note(group: str, name: str, bad: bool, page: Marked) -> None:
        tried[group, name] += 1
        wrong[group, name] += bad
        if bad and show:
            print("  wrong", group, "|", name, "|", page.id)

    for page in pages:
        plain = page.filled()
        for group, mutations in GROUPS.items():
            for name, (before, after) in boilerplate(mutations, page).items():
                note(group, name, _try(differs, before, after, page.url), page)
        for name, change in ARTICLE.items():
            mutated = change(page)
            if mutated is not None and mutated != plain:
                note("article", name, not _try(differs, plain, mutated, page.url), page)
    return tried, wrong


def _try(differs: Differs, before: str, after: str, url: str) -> bool:
    try:
        return differs(before, after, url)
    except ImportError:
        raise
    except Exception:  # a peer that fails on a page reads nothing from it
        return False


def share_of(tried: Tally, wrong: Tally, group: str, name: str | None = None) -> float:
    """Per cent wrong, of a group or of one mutation in it."""
    of = [k for k in tried if k[0] == group and name in (None, k[1])]
    count = sum(tried[k] for k in of)
    return 100 * sum(wrong[k] for k in of) / count if count else 0.0


def table(results: dict[str, tuple[Tally, Tally]]) -> str:
    """The figures as Markdown: one column an extractor."""
    names = list(results)
    lines = ["| % | " + " | ".join(names) + " |", "|---|" + "--:|" * len(names)]

    def row(label: str, group: str, name: str | None = None) -> None:
        cells = [f"{share_of(*results[n], group, name):.1f}" for n in names]
        lines.append(f"| {label} | " + " | ".join(cells) + " |")

    for group, mutations in GROUPS.items():
        row(f"**false: {group}**", group)
        for name in mutations:
            row(f"… {name}", group, name)
    row("**missed: article**", "article")
    for name in ARTICLE:
        row(f"… {name}", "article", name)
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--share", type=float, default=0.25, help="part of the pages, by hash")
    parser.add_argument("--peer-share", type=float, default=0.03, help="the same for the peers")
    parser.add_argument("--peers", default="", help="names of bench/extract.py, or all")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks")
    given = parser.parse_args()
    pages = sample(given.share)
    chosen = [n for n in peers.EXTRACTORS if n != "variorum" and "JSON" not in n]
    if given.peers != "all":
        chosen = [n for n in given.peers.split(";") if n]
    few = [p for p in pages if peers.bucket(p.id) < given.peer_share]
    results: dict[str, tuple[Tally, Tally]] = {}
    for name, differs in {"variorum": ours, **{n: peer(n) for n in chosen}}.items():
        start = time.process_time()
        own = name == "variorum"
        try:
            results[name] = run(pages if own else few, differs, given.show and own)
        except ImportError:
            print(f"{name}: not installed", file=sys.stderr)
            continue
        print(f"{name}: {time.process_time() - start:.0f} s of CPU", file=sys.stderr)
    text = f"{len(pages)} pages, {len(few)} of them for the peers.\n\n{table(results)}\n"
    print(text)
    if given.write:
        REPORT.write_text(f"# Stability under mutations\n\n{_ABOUT}\n\n{text}", encoding="utf-8")


_ABOUT = """\
Made by `.venv/bin/python bench/stability.py --peers all --write`. Pages: a fixed part (by hash of
the id) of public extractors' test sets with a gold body; mutations: `bench/mutations.py`. A peer
makes a version of any difference in its title or text, white space aside; Variorum decides."""

if __name__ == "__main__":
    main()
