"""How like real versions the invented ones are: lengths, sentences, claims, how much is changed."""

from __future__ import annotations

import gzip
import json
import statistics
import sys
from collections.abc import Callable, Iterator
from itertools import islice, pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "corpus"))

from corpus_news import news_story  # noqa: E402
from made_corpus import story  # noqa: E402

from variorum.model import Document  # noqa: E402
from variorum.pipeline.importing.items import FetchedItem  # noqa: E402
from variorum.pipeline.importing.warc import read_warc  # noqa: E402
from variorum.stages.claims import find_claims  # noqa: E402
from variorum.stages.collate import collate_documents  # noqa: E402
from variorum.stages.extract import read_page  # noqa: E402
from variorum.text.sentences import sentences  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
TEXT_PAIRS = DATA / "align" / "pairs.jsonl.gz"
PAGE_PAIRS = DATA / "captures" / "page_pairs.warc.gz"
PAIRS = 250  # looked at of each kind
_NEWS = frozenset({"gitgovuk", "govuk", "18f", "digitalgov", "nodejs", "rustblog", "letsencrypt"})

Pair = tuple[Document, Document]


def likeness() -> list[str]:
    """The table, quartiles of each."""
    kinds: list[tuple[str, Callable[[], Iterator[Pair]]]] = [
        ("invented, short", lambda: _invented(story)),
        ("invented, as news is", lambda: _invented(news_story)),
    ]
    if TEXT_PAIRS.exists():
        kinds.append(("gov.uk news, agencies' and projects' posts (pairs.jsonl)", _text_pairs))
    if PAGE_PAIRS.exists():
        kinds.append(("news pages of many hosts (page_pairs.warc)", _page_pairs))
    rows = [_row(name, list(islice(pairs(), PAIRS))) for name, pairs in kinds]
    return [
        f"First quartile, median, third quartile of up to {PAIRS} pairs of versions each; of the news"
        " pages most pairs are of one text, so what changed is told of those that differ.",
        "",
        "| pairs | letters | sentences | words a sentence | sentences changed | claims | sentences that come twice |",
        "|---|---|---|---|---|---|---|",
        *rows,
    ]


def real_texts(path: Path, versions: int) -> int:
    """JSON lines of real versions, two an article, as the corpus reads them; returns how many."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        for number, (old, new) in enumerate(islice(_text_pairs(), versions // 2)):
            for day, document in ((1, old), (2, new)):
                told = {
                    "url": f"https://example.org/post-{number}",
                    "time": f"2024-01-0{day}T06:00:00Z",
                    "headline": document.headline,
                    "paragraphs": document.paragraphs,
                }
                file.write(json.dumps(told) + "\n")
                count += 1
    return count


def _invented(make: Callable[[int], Iterator[dict[str, object]]]) -> Iterator[Pair]:
    number = 0
    while True:
        number += 1
        for old, new in pairwise(make(number)):
            yield _document(old), _document(new)


def _document(told: dict[str, object]) -> Document:
    return Document.build(told["headline"], told["paragraphs"], language="en")  # type: ignore[arg-type]


def _text_pairs() -> Iterator[Pair]:
    with gzip.open(TEXT_PAIRS, "rt", encoding="utf-8") as file:
        told = [row for row in map(json.loads, file) if row["source"] in _NEWS]
    # Spread over all sources, which stand one after the other, and the same each time.
    for row in told[:: max(1, len(told) // PAIRS)]:
        yield _built(row, "old"), _built(row, "new")


def _built(row: dict[str, str], side: str) -> Document:
    gap = "\n\n" if "\n\n" in row[side] else "\n"
    return Document.build(row.get(f"{side}_title"), row[side].split(gap), language="en")


def _page_pairs() -> Iterator[Pair]:
    before: dict[str, Document] = {}
    for item in read_warc(PAGE_PAIRS):
        if not isinstance(item, FetchedItem):
            continue
        fetched = item.fetched
        page = read_page(fetched.body, url=fetched.url, content_type=fetched.header("content-type"))
        old = before.get(fetched.url)
        before[fetched.url] = page.document
        if old is not None and old.paragraphs and page.document.paragraphs:
            yield old, page.document


def _row(name: str, pairs: list[Pair]) -> str:
    letters, counts, lengths, changed, claims, twice = [], [], [], [], [], []
    for old, new in pairs:
        told = [s.text for s in sentences(new.text, new.language)]
        letters.append(len(new.text))
        counts.append(len(told))
        lengths.append(len(new.text.split()) / len(told))
        twice.append(1 - len(set(told)) / len(told))
        claims.append(len(find_claims(new)))
        if old.text != new.text:
            changed.append(_changed(old, new))
    cells = [
        _quartiles(letters, "{:,.0f}"),
        _quartiles(counts, "{:.0f}"),
        _quartiles(lengths, "{:.0f}"),
        _quartiles(changed, "{:.0%}"),
        _quartiles(claims, "{:.0f}"),
        f"{statistics.mean(twice):.0%}",
    ]
    return f"| {name} | {' | '.join(cells)} |"


def _changed(old: Document, new: Document) -> float:
    """The share of sentences that are not as they were, of those of the longer text's segments."""
    segments = collate_documents(old, new).segments
    sizes = [(s.op != "same", len(s.new) or len(s.old)) for s in segments]
    return sum(size for differs, size in sizes if differs) / max(1, sum(size for _, size in sizes))


def _quartiles(values: list[float], form: str) -> str:
    return " · ".join(form.format(v) for v in statistics.quantiles(values, n=4))
