"""Extraction measured against its peers on real pages with human gold.

    .venv/bin/python bench/extract.py [--only NAME;...] [--share 1.0] [--halves]

Scores, all from the published definitions:

- *body*: article-extraction-benchmark's shingle metric. Tokens are ``\\w+`` runs; the bags of
  4-grams of gold and result are compared; true and false positives and misses are normalised to
  sum to one on each page; precision and recall are averaged over pages, F1 is taken of the two.
- *snippets*: trafilatura's: each phrase that must be there is found or missed, each that must not
  be there is a false find if it is; F1 over all phrases.
- *headline* and *authors*: equal after folding typography and case (authors as sets).
- *day*: the first ten characters of the ISO date, or the same moment in another zone.

Time is process CPU time of the extraction call alone; peers are cut off after a given time.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import importlib
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from variorum.text.typography import fold

ROOT = Path(__file__).resolve().parents[1]
PAGES = ROOT.parent / "shared" / "data" / "pages"
REPORT = ROOT / "docs" / "benchmarks" / "extract.md"
CUT_OFF = 60.0  # CPU seconds a peer may take before its run is cut and scored on what it read
SETS = {
    "aeb": "AEB",
    "fundus": "fundus",
    "traf": "snippets",
    "postlight": "postlight",
    "hd": "htmldate",
}
_WORD = re.compile(r"\w+")
_NAMES = re.compile(r"\s*(?:[,;|]|\s(?:and|und|et|y|e)\s|\s&\s)\s*", re.IGNORECASE)


@dataclass(slots=True)
class Result:
    """What one extractor said of one page."""

    body: str = ""
    headline: str | None = None
    authors: Sequence[str] = ()
    published: str | None = None


@dataclass(slots=True)
class Score:
    """Running figures of one extractor over one set."""

    body: list[tuple[float, float]] = field(default_factory=list)
    snippets: Counter[str] = field(default_factory=Counter)
    headline: list[bool] = field(default_factory=list)
    authors: list[bool] = field(default_factory=list)
    day: list[bool] = field(default_factory=list)

    def f1(self) -> tuple[float, float, float]:
        precision, recall = (sum(x) / len(self.body) for x in zip(*self.body, strict=True))
        return precision, recall, harmonic(precision, recall)

    def snippet_f(self) -> float:
        hit, false, missed = (self.snippets[k] for k in ("hit", "false", "missed"))
        return harmonic(hit / max(1, hit + false), hit / max(1, hit + missed))


def harmonic(p: float, r: float) -> float:
    return 2 * p * r / (p + r) if p + r else 0.0


def shingles(text: str, n: int = 4) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(tuple(words[i : i + n]) for i in range(max(1, len(words) - n + 1)))


def page_score(gold: str, found: str) -> tuple[float, float]:
    """Precision and recall of one page (article-extraction-benchmark)."""
    a, b = shingles(gold), shingles(found)
    hit = sum((a & b).values())
    false, missed = sum((b - a).values()), sum((a - b).values())
    if not false and not missed:
        return 1.0, 1.0
    precision = hit / (hit + false) if hit + false else 0.0
    recall = hit / (hit + missed) if hit + missed else 0.0
    return precision, recall


def same_day(gold: str, found: str | None) -> bool:
    if not found:
        return False
    return gold[:10] == found[:10] or bool({*_days(gold)} & {*_days(found)} and _timed(gold, found))


def _timed(*dates: str) -> bool:
    return all(len(d) > 10 for d in dates)


def _days(date: str) -> Iterator[str]:
    yield date[:10]
    try:
        moment = datetime.fromisoformat(date)
    except ValueError:
        return
    if moment.tzinfo:
        yield moment.astimezone(UTC).date().isoformat()


def plain(text: str | None) -> str:
    return fold(text or "").casefold()


def names(authors: Sequence[str] | None) -> set[str]:
    """Persons as a set; a gold or a result that names several in one string is split."""
    parts = (p for a in authors or () for p in _NAMES.split(a))
    return {plain(p).strip(" .") for p in parts if p.strip()}


def judge(row: dict[str, Any], result: Result, score: Score) -> None:
    if row.get("body"):
        score.body.append(page_score("\n".join(row["body"]), result.body))
    if row.get("segments_with") or row.get("segments_without"):
        for phrase in row["segments_with"]:
            score.snippets["hit" if phrase in result.body else "missed"] += 1
        for phrase in row["segments_without"]:
            score.snippets["false" if phrase in result.body else "left"] += 1
    if row.get("title"):
        score.headline.append(plain(row["title"]) == plain(result.headline))
    if row.get("authors"):
        score.authors.append(names(row["authors"]) == names(result.authors))
    if row.get("published"):
        score.day.append(same_day(str(row["published"]), result.published))


# -- the extractors ------------------------------------------------------------------------------


def variorum_read(html: bytes, url: str | None) -> Result:
    from variorum.stages.extract import read_page

    doc = read_page(html, url=url).document
    return Result("\n".join(doc.paragraphs), doc.headline, doc.byline, doc.published)


def trafilatura_mode(**options: Any) -> Callable[[bytes, str | None], Result]:
    def read(html: bytes, url: str | None) -> Result:
        import trafilatura

        found: Any = trafilatura.bare_extraction(
            html, url=url, include_comments=False, with_metadata=True, **options
        )
        if found is None:
            return Result()
        return Result(found.text or "", found.title, (found.author or "").split(";"), found.date)

    return read


def readability(html: bytes, _url: str | None) -> Result:
    import lxml.html
    from readability import Document

    page = Document(html.decode("utf-8", "replace"))
    body = lxml.html.fromstring(page.summary() or "<p></p>")
    return Result("\n".join(body.itertext()), page.short_title())


def installed(name: str) -> ModuleType:
    """The installed library of a name that a file beside this one bears too."""
    here, kept = Path(__file__).resolve().parent, sys.path[:]
    sys.path[:] = [p for p in kept if Path(p).resolve() != here]
    try:
        return importlib.import_module(name)
    finally:
        sys.path[:] = kept


def newspaper(html: bytes, url: str | None) -> Result:
    library = installed("newspaper")
    page = library.Article(url or "http://example.org/", fetch_images=False)
    page.download(input_html=html.decode("utf-8", "replace"))
    page.parse()
    date = page.publish_date.isoformat() if page.publish_date else None
    return Result(page.text, page.title, page.authors, date)


def resiliparse(html: bytes, _url: str | None) -> Result:
    from resiliparse.extract.html2text import extract_plain_text
    from resiliparse.parse.html import HTMLTree

    tree = HTMLTree.parse_from_bytes(html)
    return Result(extract_plain_text(tree, main_content=True, alt_texts=False), tree.title)


def goose(html: bytes, _url: str | None) -> Result:
    from goose3 import Goose

    with Goose({"enable_image_fetching": False}) as g:
        page = g.extract(raw_html=html.decode("utf-8", "replace"))
    date = page.publish_date
    return Result(
        page.cleaned_text, page.title, page.authors, date if isinstance(date, str) else None
    )


def jsonld(html: bytes, _url: str | None) -> Result:
    text = html.decode("utf-8", "replace")
    match = re.search(r'"articleBody"\s*:\s*("(?:[^"\\]|\\.)*")', text)
    try:
        return Result(json.loads(match.group(1), strict=False) if match else "")
    except ValueError:
        return Result()


EXTRACTORS: dict[str, Callable[[bytes, str | None], Result]] = {
    "variorum": variorum_read,
    "trafilatura": trafilatura_mode(),
    "trafilatura, precision": trafilatura_mode(favor_precision=True),
    "trafilatura, fast": trafilatura_mode(fast=True),
    "readability-lxml": readability,
    "newspaper4k": newspaper,
    "resiliparse": resiliparse,
    "goose3": goose,
    "JSON-LD articleBody": jsonld,
}


# -- running ---------------------------------------------------------------------------------------


def gold(share: float = 1.0) -> list[dict[str, Any]]:
    """The gold rows; with ``share`` < 1 a fixed part of them, chosen by the hash of their ids."""
    with (PAGES / "gold.jsonl").open(encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [r for r in rows if bucket(r["id"]) < share]


def bucket(name: str) -> float:
    """A fixed number in [0, 1) for a name."""
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) / 0x100000000


def html_of(row: dict[str, Any]) -> bytes:
    return gzip.decompress((PAGES / "html" / f"{row['id']}.html.gz").read_bytes())


@dataclass(slots=True)
class Run:
    name: str
    scores: dict[str, Score]
    pages: int = 0
    spent: float = 0.0
    size: int = 0
    failed: int = 0
    cut: bool = False


def run(name: str, rows: Sequence[dict[str, Any]], cut_off: float = CUT_OFF) -> Run:
    read = EXTRACTORS[name]
    done = Run(name, {kind: Score() for kind in SETS})
    for row in rows:
        html = html_of(row)
        start = time.process_time()
        try:
            result = read(html, row.get("url"))
        except Exception:  # a peer that fails on a page found nothing there
            done.failed += 1
            result = Result()
        done.spent += time.process_time() - start
        done.pages, done.size = done.pages + 1, done.size + len(html)
        judge(row, result, done.scores[row["id"].split("-")[0]])
        if done.spent > cut_off:
            done.cut = True
            break
    return done


def total(done: Run, part: str) -> float:
    marks = [m for s in done.scores.values() for m in getattr(s, part)]
    return sum(marks) / len(marks) if marks else 0.0


def line(done: Run) -> str:
    def body(kind: str) -> str:
        score = done.scores[kind]
        return "{:.3f} / {:.3f} / **{:.3f}**".format(*score.f1()) if score.body else "–"

    speed = done.pages / done.spent if done.spent else 0.0
    note = f" (first {done.pages} pages)" if done.cut else ""
    cells = [
        done.name + note,
        body("aeb"),
        body("fundus"),
        f"{done.scores['traf'].snippet_f():.3f}",
        *(f"{total(done, part):.3f}" for part in ("headline", "authors", "day")),
        f"{speed:.0f}",
        str(done.failed),
    ]
    return "| " + " | ".join(cells) + " |"


HEAD = """| extractor | AEB P / R / F1 | fundus P / R / F1 | snippets F | headline | authors | day \
| pages/CPU s | failed |
|---|---|---|---|---|---|---|---|---|"""


def halves(rows: list[dict[str, Any]]) -> str:
    """Ours on two halves of the pages, chosen by the hash of their ids, as a table."""
    parts = [
        [r for r in rows if (bucket("half" + r["id"]) < 0.5) == first] for first in (True, False)
    ]
    runs = [run("variorum", part, 1_000) for part in parts]
    marks: dict[str, Callable[[Run], float]] = {
        "AEB body F1": lambda r: r.scores["aeb"].f1()[2],
        "fundus body F1": lambda r: r.scores["fundus"].f1()[2],
        "snippets F": lambda r: r.scores["traf"].snippet_f(),
        "headline": lambda r: total(r, "headline"),
        "authors": lambda r: total(r, "authors"),
        "published, day": lambda r: total(r, "day"),
    }
    lines = ["| | first half | second half |", "|---|--:|--:|"]
    for name, mark in marks.items():
        lines.append(f"| {name} | " + " | ".join(f"{mark(r):.3f}" for r in runs) + " |")
    return "\n".join(lines)


def spread(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows in a fixed order that mixes the sets, so that a run cut off early is a fair sample."""
    return sorted(rows, key=lambda r: bucket("order" + r["id"]))


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--only", help="extractors, set apart by semicolons")
    options.add_argument("--share", type=float, default=1.0)
    options.add_argument(
        "--cut-off", type=float, default=CUT_OFF, help="CPU seconds a peer may take"
    )
    options.add_argument("--no-report", action="store_true")
    options.add_argument("--halves", action="store_true", help="ours on two halves, nothing else")
    given = options.parse_args()
    rows = spread(gold(given.share))
    if given.halves:
        print(halves(rows))
        return
    wanted = given.only.split(";") if given.only else list(EXTRACTORS)
    table = [HEAD]
    print(HEAD)
    for name in wanted:
        try:
            done = run(name, rows, 1_000 if name == "variorum" else given.cut_off)
        except ImportError:
            print(f"{name}: not installed", file=sys.stderr)
            continue
        if done.failed == done.pages:
            print(f"{name}: fails on every page here, left out", file=sys.stderr)
            continue
        table.append(line(done))
        print(table[-1], flush=True)
    if not given.only and not given.no_report:
        REPORT.parent.mkdir(parents=True, exist_ok=True)
        REPORT.write_text(report(len(rows), table), encoding="utf-8")


def report(pages: int, table: Sequence[str]) -> str:
    return (
        "# Extraction, beside its peers\n\n"
        f"{pages} real news pages with human gold (article-extraction-benchmark, fundus, trafilatura,\n"
        "postlight/parser and htmldate test sets). Written by `bench/extract.py`, which defines every\n"
        "score; time is CPU time on one core, first sight of a page.\n\n" + "\n".join(table) + "\n"
    )


if __name__ == "__main__":
    main()
