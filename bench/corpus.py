"""Whole corpora: versions a second and the share of each stage, memory and time as they grow.

Run: .venv/bin/python bench/corpus.py [shares] [growth] [history] [--base N]
     .venv/bin/python bench/corpus.py make FILE [VERSIONS]     synthetic JSON lines, default 1,000,000
Writes docs/benchmarks/corpus.md. CPU time throughout; the parts may be run one by one, and what was
measured before is kept in the file.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "corpus"))

from made_corpus import story, write_corpus  # noqa: E402

from pipeline import InProcess, Stopwatch  # noqa: E402
from variorum.corpus import history, reading, writing  # noqa: E402
from variorum.corpus.place import begin  # noqa: E402
from variorum.corpus.units import units_of  # noqa: E402

REPORT = ROOT / "docs" / "benchmarks" / "corpus.md"
WARC = ROOT.parent / "shared" / "data" / "captures" / "govuk.warc.gz"
STAGES = {
    "decide": (history, "decide"),
    "collation": (history, "collate_documents"),
    "claims found": (history, "find_claims"),
    "claims compared": (history, "compare_ledgers"),
    "change summed up": (history, "summarise"),
}
# One run in a process of its own: CPU seconds of it and its workers, and the largest of them.
_RUN = """
import json, resource, sys
from pathlib import Path
from variorum.corpus.run import Settings, counts_of, run_corpus
out = Path(sys.argv[2])
list(run_corpus([Path(sys.argv[1])], out, Settings(workers=1)))
workers = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "versions": counts_of(out).versions,
    "seconds": workers.ru_utime + workers.ru_stime,
    "worker": workers.ru_maxrss / 1024,
    "parent": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
}))
"""


def shares(base: int) -> list[str]:
    """One process, one core: where the time goes."""
    with tempfile.TemporaryDirectory(prefix="variorum-corpus-") as scratch:
        texts = Path(scratch) / "texts.jsonl"
        write_corpus(texts, base)
        lines = [
            "CPU time of one process, from the files to the last Parquet file; starting workers is"
            " left out.",
            "",
            *_share_table(f"{base:,} synthetic texts (JSON lines)", texts, Path(scratch) / "a"),
        ]
        if WARC.exists():
            lines += ["", *_share_table("gov.uk captures (WARC, HTML)", WARC, Path(scratch) / "b")]
        else:
            lines += [
                "",
                "gov.uk captures: left out, the measuring data is not beside the checkout.",
            ]
    return lines


def _share_table(title: str, path: Path, out: Path) -> list[str]:
    watch = Stopwatch()
    kept = {name: getattr(*where) for name, where in STAGES.items()}
    for name, (module, attribute) in STAGES.items():
        setattr(module, attribute, watch.around(name, kept[name]))
    reader = InProcess()
    reader.read = watch.around("extraction", reader.read)  # type: ignore[method-assign]
    try:
        started = time.process_time()
        counts, read = _whole_path(path, out, reader)
        total = time.process_time() - started
    finally:
        for name, (module, attribute) in STAGES.items():
            setattr(module, attribute, kept[name])
    watch.spent["reading, packing, unit files"] = read - watch.spent["extraction"]
    watch.spent["sorting, rows, tables"] = total - sum(watch.spent.values())
    rows = sorted(watch.spent.items(), key=lambda item: -item[1])
    return [
        f"**{title}**: {counts.captures:,} captures, {counts.versions:,} versions;"
        f" **{counts.versions / total:,.0f} versions/s**, {counts.captures / total:,.0f} captures/s.",
        "",
        "| stage | share | ms a capture |",
        "|---|---|---|",
        *(
            f"| {name} | {spent / total:.0%} | {1000 * spent / counts.captures:.2f} |"
            for name, spent in rows
            if spent > 0
        ),
    ]


def _whole_path(path: Path, out: Path, reader: Any) -> tuple[Any, float]:
    from variorum.corpus.local import sorted_sightings

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


def growth(base: int) -> list[str]:
    """The command's own run at 1x, 3x and 10x."""
    return _grown(
        base,
        write_corpus,
        "One worker, in a process of its own; the parent, which only waits, is listed apart.",
    )


def one_history(base: int) -> list[str]:
    """One article with all the versions: it must not be held in memory."""

    def write(path: Path, size: int) -> None:
        with path.open("w", encoding="utf-8") as file:
            for line in long_story(size):
                file.write(json.dumps(line) + "\n")

    return _grown(base, write, "As above, but all versions are of **one** article.")


def long_story(versions: int) -> Iterator[dict[str, Any]]:
    [first, *_] = story(1)
    for number in range(versions):
        hour = f"2024-01-{1 + number // 1440 % 28:02}T{number // 60 % 24:02}:{number % 60:02}:00Z"
        lead = f"At least {number + 2} people were killed, the mayor said."
        yield {**first, "time": hour, "paragraphs": [lead, *first["paragraphs"][1:6]]}


def _grown(base: int, write: Callable[[Path, int], object], says: str) -> list[str]:
    rows = []
    for factor in (1, 3, 10):
        with tempfile.TemporaryDirectory(prefix="variorum-corpus-") as scratch:
            texts = Path(scratch) / "texts.jsonl"
            write(texts, base * factor)
            size = texts.stat().st_size
            done = subprocess.run(
                [sys.executable, "-c", _RUN, str(texts), str(Path(scratch) / "out")],
                check=True,
                capture_output=True,
                text=True,
            )
            told = json.loads(done.stdout)
            written = sum(p.stat().st_size for p in (Path(scratch) / "out").rglob("*.parquet"))
            rows.append(
                f"| {factor}x | {told['versions']:,} | {size / 1e6:,.1f} MB | {told['seconds']:,.1f} s"
                f" | {told['versions'] / told['seconds']:,.0f} | {told['worker']:,.0f} MB"
                f" | {told['parent']:,.0f} MB | {written / told['versions']:,.0f} |"
            )
            print(rows[-1], flush=True)
    return [
        says,
        "",
        "| | versions | input | CPU | versions/s | worker, at most | parent | Parquet bytes a version |",
        "|---|---|---|---|---|---|---|---|",
        *rows,
    ]


PARTS = {
    "shares": ("Where the time goes", shares),
    "growth": ("As the corpus grows", growth),
    "history": ("As one history grows", one_history),
}
TITLE = "# Whole corpora, measured\n\n`.venv/bin/python bench/corpus.py`, on a machine that others used too.\n"


def _sections() -> dict[str, str]:
    if not REPORT.exists():
        return {}
    found = re.split(r"^## (.+)$", REPORT.read_text("utf-8"), flags=re.MULTILINE)
    return {name: text.strip() for name, text in zip(found[1::2], found[2::2], strict=True)}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("parts", nargs="*")
    options.add_argument("--base", type=int, default=400, help="versions at 1x")
    chosen = options.parse_args()
    if chosen.parts[:1] == ["make"]:
        _, path, *count = chosen.parts
        started = time.process_time()
        made = write_corpus(Path(path), int(count[0]) if count else 1_000_000)
        print(f"{made:,} versions in {time.process_time() - started:.1f} s of CPU")
        return
    told = _sections()
    for name in chosen.parts or PARTS:
        title, measure = PARTS[name]
        told[title] = "\n".join(measure(chosen.base))
        ordered = [t for t, _ in PARTS.values() if t in told]
        REPORT.write_text(TITLE + "".join(f"\n## {t}\n\n{told[t]}\n" for t in ordered), "utf-8")


if __name__ == "__main__":
    main()
