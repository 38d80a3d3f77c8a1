"""One process, one core: versions a second over the whole path, and the share of each stage."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import Any

from corpus_likeness import DATA, PAGE_PAIRS, TEXT_PAIRS, real_texts
from corpus_news import write_news
from made_corpus import write_corpus

from pipeline import InProcess, Stopwatch
from variorum.corpus import history, reading, writing
from variorum.corpus.place import begin
from variorum.corpus.sorting import sorted_sightings
from variorum.corpus.units import units_of

GOV_UK = DATA / "captures" / "govuk.warc.gz"
STAGES = {
    "decide": (history, "decide"),
    "version made (digest)": (history, "version_made"),
    "collation": (history, "collate_documents"),
    "claims found": (history, "find_claims"),
    "claims compared": (history, "compare_ledgers"),
    "change summed up": (history, "summarise"),
}
# The path from an extracted text: what a version says and how it differs from the one before.
TOLD_OF_TEXT = ("collation", "claims found", "claims compared", "change summed up")


def shares(base: int) -> list[str]:
    """A table for each kind of collection."""
    with tempfile.TemporaryDirectory(prefix="variorum-corpus-") as place:
        scratch = Path(place)
        short, news, real = (scratch / f"{name}.jsonl" for name in ("short", "news", "real"))
        write_corpus(short, base)
        write_news(news, base)
        kinds = [
            (f"{base:,} invented texts as long as news, as much changed (JSON lines)", news),
            (f"{base:,} invented texts, short (JSON lines)", short),
        ]
        if TEXT_PAIRS.exists():
            real_texts(real, base)
            kinds.append(("Real texts, two versions of each: pairs.jsonl (JSON lines)", real))
        kinds += [
            (title, path)
            for title, path in (
                ("gov.uk captures (WARC, HTML)", GOV_UK),
                ("news pages of many hosts (WARC, HTML)", PAGE_PAIRS),
            )
            if path.exists()
        ]
        lines = [
            "CPU time of one process, from the files to the last Parquet file; starting workers is"
            " left out, and extraction runs here instead of in a child. What the collections are like"
            " stands below.",
        ]
        _start(scratch)
        for number, (title, path) in enumerate(kinds):
            lines += ["", *_table(title, path, scratch / f"out-{number}")]
        if len(kinds) < 5:
            lines += [
                "",
                "Real collections left out: the measuring data is not beside the checkout.",
            ]
    return lines


def _start(scratch: Path) -> None:
    """What a worker does once: libraries and tables of words are loaded."""
    few = scratch / "few.jsonl"
    write_news(few, 20)
    whole_path(few, scratch / "few", InProcess())


def _table(title: str, path: Path, out: Path) -> list[str]:
    watch = Stopwatch()
    kept = {name: getattr(*where) for name, where in STAGES.items()}
    for name, (module, attribute) in STAGES.items():
        setattr(module, attribute, watch.around(name, kept[name]))
    reader = InProcess()
    reader.read = watch.around("extraction", reader.read)  # type: ignore[method-assign]
    try:
        started = time.process_time()
        counts, read = whole_path(path, out, reader)
        total = time.process_time() - started
    finally:
        for name, (module, attribute) in STAGES.items():
            setattr(module, attribute, kept[name])
    watch.spent["reading, packing, unit files"] = read - watch.spent["extraction"]
    watch.spent["sorting, rows, tables"] = total - sum(watch.spent.values())
    alone = sum(watch.spent[name] for name in TOLD_OF_TEXT)
    rows = sorted(watch.spent.items(), key=lambda item: -item[1])
    return [
        f"**{title}**: {counts.captures:,} captures, {counts.versions:,} versions;"
        f" **{counts.versions / total:,.0f} versions/s**, {counts.captures / total:,.0f} captures/s;"
        f" collation and claims alone: {counts.versions / alone:,.0f} versions/s.",
        "",
        "| stage | share | ms a capture |",
        "|---|---|---|",
        *(
            f"| {name} | {spent / total:.0%} | {1000 * spent / counts.captures:.2f} |"
            for name, spent in rows
            if spent > 0
        ),
    ]


def whole_path(path: Path, out: Path, reader: Any) -> tuple[history.Counts, float]:
    """A corpus of one file made in this process; also the seconds of its first half, reading."""
    writing.collect_seldom()  # as a worker does
    units = units_of([path])
    place, partitions = begin(out, units, None)
    started = time.process_time()
    for unit in units:
        writing.write_unit(place, unit.number, reading.read_unit(unit, reader, partitions))
    read = time.process_time() - started
    counts = history.Counts()
    for partition in range(partitions):
        with sorted_sightings(place, partition) as sightings:
            counts.add(writing.write_partition(place, partition, sightings))
    return counts, read
