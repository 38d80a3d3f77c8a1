"""Whole corpora: versions a second and the share of each stage, memory and time as they grow.

Run: .venv/bin/python bench/corpus.py [shares] [growth] [history] [scaling] [--base N]
     .venv/bin/python bench/corpus.py big [--base N]           N versions (default 1,000,000) through
                                                               the command with all cores, sampled
     .venv/bin/python bench/corpus.py make FILE [VERSIONS]     synthetic JSON lines, default 1,000,000
`scaling` (two workers against one) needs a machine that does nothing else, and says if it does.
Writes docs/benchmarks/corpus.md. CPU time throughout; the parts may be run one by one, and what was
measured before is kept in the file.
"""

from __future__ import annotations

import argparse
import json
import os
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
from variorum.corpus.units import PIECE, units_of  # noqa: E402

REPORT = ROOT / "docs" / "benchmarks" / "corpus.md"
WARC = ROOT.parent / "shared" / "data" / "captures" / "govuk.warc.gz"
STAGES = {
    "decide": (history, "decide"),
    "collation": (history, "collate_documents"),
    "claims found": (history, "find_claims"),
    "claims compared": (history, "compare_ledgers"),
    "change summed up": (history, "summarise"),
}
# One run in a process of its own: CPU seconds of it and its workers, the largest of them, and what the
# largest had while the run went on: (phase, captures, MB) twice a second.
_RUN = """
import json, resource, sys, time
from pathlib import Path
from variorum.corpus.run import Settings, counts_of, run_corpus

def largest():
    found = [0.0]
    for pid in Path("/proc/self/task").iterdir():
        for child in (pid / "children").read_text().split():
            try:
                told = Path(f"/proc/{child}/status").read_text()
            except OSError:
                continue
            found += [int(x.split()[1]) / 1024 for x in told.splitlines() if x.startswith("VmRSS")]
    return max(found)

out, workers = Path(sys.argv[2]), int(sys.argv[3])
samples, started = [], time.monotonic()
for progress in run_corpus([Path(sys.argv[1])], out, Settings(workers=workers, piece=int(sys.argv[4]))):
    samples.append((progress.phase, progress.count, round(largest(), 1)))
usage = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({
    "versions": counts_of(out).versions,
    "seconds": usage.ru_utime + usage.ru_stime,
    "elapsed": time.monotonic() - started,
    "worker": usage.ru_maxrss / 1024,
    "parent": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    "samples": samples,
}))
"""
PLOT = ROOT / "docs" / "benchmarks" / "corpus-growth.svg"


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
    from variorum.corpus.sorting import sorted_sightings

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
    rows, runs = _grown(
        base,
        write_corpus,
        "One worker, in a process of its own; the parent, which only waits, is listed apart.",
    )
    return [*rows, "", *_drawn(runs)]


def _drawn(runs: list[dict[str, Any]]) -> list[str]:
    """CPU time by size, and the memory of the worker while the largest run went on."""
    try:
        import matplotlib
    except ImportError:
        return ["No drawing: matplotlib is not installed."]
    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    sizes, seconds = [r["versions"] for r in runs], [r["seconds"] for r in runs]
    left.plot(sizes, seconds, "o-", color="#12395e")
    left.set(title="CPU time", xlabel="versions", ylabel="s", xlim=0, ylim=0)
    for run, colour in zip(runs, ("#c58b00", "#7a7a7a", "#12395e"), strict=True):
        told = [(count, size) for phase, count, size in run["samples"] if phase == "comparing"]
        xs, ys = zip(*told, strict=True)
        right.plot(xs, ys, color=colour, label=f"{run['versions']:,} versions")
    right.set(title="Memory of the worker, comparing", xlabel="captures done", ylabel="MB", ylim=0)
    right.legend(frameon=False)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(PLOT, metadata={"Date": None})
    pyplot.close(figure)
    last = [(n, size) for phase, n, size in runs[-1]["samples"] if phase == "comparing"]
    middle, end = last[len(last) // 2], last[-1]
    return [
        f"![CPU time and memory as the corpus grows]({PLOT.name})",
        "",
        f"In the largest run the worker had {middle[1]:,.0f} MB when half was compared and"
        f" {end[1]:,.0f} MB at the end.",
    ]


def one_history(base: int) -> list[str]:
    """One article with all the versions: it must not be held in memory."""

    def write(path: Path, size: int) -> None:
        with path.open("w", encoding="utf-8") as file:
            for line in long_story(size):
                file.write(json.dumps(line) + "\n")

    return _grown(base, write, "As above, but all versions are of **one** article.")[0]


def long_story(versions: int) -> Iterator[dict[str, Any]]:
    [first, *_] = story(1)
    for number in range(versions):
        hour = f"2024-01-{1 + number // 1440 % 28:02}T{number // 60 % 24:02}:{number % 60:02}:00Z"
        lead = f"At least {number + 2} people were killed, the mayor said."
        yield {**first, "time": hour, "paragraphs": [lead, *first["paragraphs"][1:6]]}


def _run(texts: Path, out: Path, workers: int, piece: int = PIECE) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(texts), str(out), str(workers), str(piece)],
        check=True,
        capture_output=True,
        text=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _grown(
    base: int, write: Callable[[Path, int], object], says: str
) -> tuple[list[str], list[dict[str, Any]]]:
    rows, runs = [], []
    for factor in (1, 3, 10):
        with tempfile.TemporaryDirectory(prefix="variorum-corpus-") as scratch:
            texts, out = Path(scratch) / "texts.jsonl", Path(scratch) / "out"
            write(texts, base * factor)
            told = _run(texts, out, 1)
            runs.append(told)
            rows.append(_row(f"{factor}x", texts, out, told))
            print(rows[-1], flush=True)
    return [says, "", *_HEAD, *rows], runs


_HEAD = (
    "| | versions | input | CPU | versions/s | worker, at most | parent | Parquet bytes a version |",
    "|---|---|---|---|---|---|---|---|",
)


def _row(name: str, texts: Path, out: Path, told: dict[str, Any]) -> str:
    written = sum(p.stat().st_size for p in out.rglob("*.parquet"))
    return (
        f"| {name} | {told['versions']:,} | {texts.stat().st_size / 1e6:,.1f} MB"
        f" | {told['seconds']:,.1f} s | {told['versions'] / told['seconds']:,.0f}"
        f" | {told['worker']:,.0f} MB | {told['parent']:,.0f} MB"
        f" | {written / told['versions']:,.0f} |"
    )


def scaling(base: int) -> list[str]:
    """Two workers against one: seconds on the clock, so nothing else may run."""
    [busy, _, _] = os.getloadavg()
    with tempfile.TemporaryDirectory(prefix="variorum-corpus-") as scratch:
        texts = Path(scratch) / "texts.jsonl"
        write_corpus(texts, base)
        # Pieces of a large corpus are of 32 MB; this one would be read by one worker alone.
        piece = texts.stat().st_size // 16 + 1
        one, two = (_run(texts, Path(scratch) / f"out-{n}", n, piece) for n in (1, 2))
    warned = " **The machine was not idle: these are no measurements.**" if busy > 0.5 else ""
    return [
        f"{one['versions']:,} versions, seconds on the clock, from the start of the workers to the last"
        f" file. Load before: {busy:.1f}.{warned}",
        "",
        "| workers | seconds | versions/s | CPU |",
        "|---|---|---|---|",
        *(
            f"| {n} | {run['elapsed']:.1f} | {run['versions'] / run['elapsed']:,.0f}"
            f" | {run['seconds']:.1f} s |"
            for n, run in ((1, one), (2, two))
        ),
        "",
        f"**{one['elapsed'] / two['elapsed']:.2f} times** as fast with two.",
    ]


def big(versions: int) -> list[str]:
    """As many as wanted with all cores, as the command does it."""
    with tempfile.TemporaryDirectory(prefix="variorum-corpus-") as scratch:
        texts, out = Path(scratch) / "texts.jsonl", Path(scratch) / "out"
        write_corpus(texts, versions)
        workers = len(os.sched_getaffinity(0))
        told = _run(texts, out, workers)
        row = _row(f"{workers} workers", texts, out, told)
    last = [size for phase, _, size in told["samples"] if phase == "comparing"]
    quarters = [last[len(last) * part // 4 - 1] for part in (1, 2, 3, 4)] if len(last) > 3 else last
    return [
        f"{told['elapsed']:,.0f} seconds on the clock.",
        "",
        *_HEAD,
        row,
        "",
        "The largest worker when a quarter, half, three quarters and all were compared: "
        + ", ".join(f"{size:,.0f} MB" for size in quarters)
        + ".",
    ]


PARTS = {
    "shares": ("Where the time goes", shares),
    "growth": ("As the corpus grows", growth),
    "history": ("As one history grows", one_history),
    "scaling": ("Two workers against one", scaling),
    "big": ("A large corpus", big),
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
    options.add_argument(
        "--base", type=int, help="versions at 1x (400; scaling 6,000; big 1,000,000)"
    )
    chosen = options.parse_args()
    if chosen.parts[:1] == ["make"]:
        _, path, *count = chosen.parts
        started = time.process_time()
        made = write_corpus(Path(path), int(count[0]) if count else 1_000_000)
        print(f"{made:,} versions in {time.process_time() - started:.1f} s of CPU")
        return
    told = _sections()
    usual = {"scaling": 6_000, "big": 1_000_000}
    for name in chosen.parts or [name for name in PARTS if name not in usual]:
        title, measure = PARTS[name]
        told[title] = "\n".join(measure(chosen.base or usual.get(name, 400)))
        ordered = [t for t, _ in PARTS.values() if t in told]
        REPORT.write_text(TITLE + "".join(f"\n## {t}\n\n{told[t]}\n" for t in ordered), "utf-8")


if __name__ == "__main__":
    main()
