"""Real captures through the whole archive: none lost, no change missed, hardly one invented."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from variorum.bootstrap import capture_path, open_archive
from variorum.model import Outcome
from variorum.model.times import iso
from variorum.pipeline.clock import system_clock
from variorum.pipeline.identity import find_article
from variorum.pipeline.importing.run import read_items, run_import

pytestmark = [pytest.mark.data, pytest.mark.slow, pytest.mark.timeout(1_800)]

# What a capture attests: the number of its version, -1 before the first, as the log lists it.
Attested = tuple[int, Outcome]


def tally(warc: Path, gold: Path, archive_place: Path) -> Counter[str]:
    """Counts of unchanged, changed, false, missed and lost captures, as the gold has them."""
    expected: dict[str, list[dict[str, str]]] = defaultdict(list)
    for line in gold.read_text("utf-8").splitlines():
        row = json.loads(line)
        expected[row["url"]].append(row)
    with open_archive(archive_place) as archive, capture_path(archive) as path:
        report = run_import(archive, path, read_items(warc, None, system_clock), system_clock)
    assert report.problems == []
    counts: Counter[str] = Counter()
    with open_archive(archive_place, read_only=True) as archive, archive.read() as records:
        for url, rows in expected.items():
            article = find_article(records, url)
            attests = {
                iso(c.time): (-1 if c.version is None else c.version, c.outcome)
                for c in records.captures(article.id if article else 0)
            }
            count(counts, [(r, attests.get(r["date"])) for r in rows])
    return counts


def count(counts: Counter[str], rows: list[tuple[dict[str, str], Attested | None]]) -> None:
    before: int | None = None
    for row, attested in rows:
        if attested is None:
            counts["lost"] += 1
            continue
        now, outcome = attested
        if before is not None and row["label"] in ("same", "changed"):
            group = row.get("group", "all")
            counts[row["label"]] += 1
            counts[f"{row['label']}, {group}"] += 1
            if (now != before) != (row["label"] == "changed"):
                wrong = "missed" if row["label"] == "changed" else "false"
                # A story taken down is recorded as gone, and its last text stays the last.
                wrong = "gone" if wrong == "missed" and outcome is Outcome.GONE else wrong
                counts[wrong] += 1
                counts[f"{wrong}, {group}"] += 1
        before = now


def test_government_news_pages(data: Path, tmp_path: Path) -> None:
    captures = data / "captures"
    counts = tally(captures / "govuk.warc.gz", captures / "govuk.gold.jsonl", tmp_path / "a")
    assert counts["lost"] == 0, counts
    assert counts["missed"] == 0, counts
    assert counts["gone"] <= 1, counts
    assert counts["false"] <= 0.005 * counts["same"], counts  # measured: none


def test_pairs_of_captures_of_one_page_from_many_hosts(data: Path, tmp_path: Path) -> None:
    captures = data / "captures"
    counts = tally(
        captures / "page_pairs.warc.gz", captures / "page_pairs.gold.jsonl", tmp_path / "a"
    )
    assert counts["lost"] == 0, counts
    assert counts["missed"] == 0, counts
    kept, rebuilt = "template kept", "template changed"
    assert counts[f"false, {kept}"] <= 0.01 * counts[f"same, {kept}"], counts  # measured 0
    assert counts[f"false, {rebuilt}"] <= 0.07 * counts[f"same, {rebuilt}"], counts  # measured 2%
