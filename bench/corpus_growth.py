"""Runs of the command itself: time and memory as a corpus grows, with one worker and with several.

With a place that stays (``--place``) a run that is stopped goes on when it is asked for again, and one
that is done is not done again; its seconds are those of all attempts together.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus_news import news_story, write_news
from made_corpus import write_corpus

from variorum.corpus.units import PIECE

ROOT = Path(__file__).resolve().parent.parent
PLOT = ROOT / "docs" / "benchmarks" / "corpus-growth.svg"
_IDLE = 0.03  # share of the machine's time that others may use while it is taken for idle

# One attempt in a process of its own. Twice a second it tells what all its workers have used (CPU
# seconds), the most that one of them has and ever had (MB), and how far it is.
_ATTEMPT = """
import json, os, resource, sys, time
from pathlib import Path
from variorum.corpus.run import Settings, counts_of, run_corpus

TICKS = os.sysconf("SC_CLK_TCK")

def workers():
    now = most = ticks = 0.0
    for task in Path("/proc/self/task").iterdir():
        for child in (task / "children").read_text().split():
            try:
                status = Path(f"/proc/{child}/status").read_text()
                stat = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
            except OSError:
                continue
            told = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
            now = max(now, int(told.get("VmRSS", "0 kB").split()[0]) / 1024)
            most = max(most, int(told.get("VmHWM", "0 kB").split()[0]) / 1024)
            ticks += sum(map(int, stat[11:15]))
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return now, most, ticks / TICKS + ended.ru_utime + ended.ru_stime

started, last, asked_by = time.monotonic(), 0.0, os.getppid()
out = Path(sys.argv[2])
settings = Settings(workers=int(sys.argv[3]), piece=int(sys.argv[4]))
with open(sys.argv[5], "w") as log:
    def tell(phase, count):
        now, most, cpu = workers()
        parent = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        log.write(json.dumps({"phase": phase, "count": count, "now": now, "most": most, "cpu": cpu,
            "elapsed": time.monotonic() - started, "parent": parent}) + "\\n")
        log.flush()
    for progress in run_corpus([Path(sys.argv[1])], out, settings):
        if os.getppid() != asked_by:  # whoever asks again must not meet this attempt
            sys.exit(1)
        if time.monotonic() - last > 0.5:
            last = time.monotonic()
            tell(progress.phase, progress.count)
    tell("done", counts_of(out).captures)
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for: the number of versions, where to keep runs (None: nowhere), workers, and
    whether the texts of ``big`` are short."""

    base: int
    place: Path | None = None
    workers: int | None = None
    short: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """What a run came to. ``samples`` are those of its comparing: (captures done, MB)."""

    versions: int
    seconds: float
    elapsed: float
    worker: float
    parent: float
    samples: list[tuple[int, float]]
    input: int
    written: int


def growth(wanted: Wanted) -> list[str]:
    """The command's own run at 1x, 3x and 10x."""
    workers = wanted.workers or 1
    says = f"Workers: {workers}, each a process of its own; the parent, which only waits, is listed apart."
    rows, runs = _grown(wanted, "growth", write_news, says)
    return [*rows, "", *_drawn(runs)]


def one_history(wanted: Wanted) -> list[str]:
    """One article with all the versions: it must not be held in memory."""

    def write(path: Path, size: int) -> None:
        with path.open("w", encoding="utf-8") as file:
            for line in _long_story(size):
                file.write(json.dumps(line) + "\n")

    return _grown(wanted, "history", write, "As above, but all versions are of **one** article.")[0]


def _long_story(versions: int) -> Iterator[dict[str, Any]]:
    [first] = news_story(1, 1)
    for number in range(versions):
        hour = f"2024-01-{1 + number // 1440 % 28:02}T{number // 60 % 24:02}:{number % 60:02}:00Z"
        lead = f"At least {number + 2} people were killed, the mayor said."
        yield {**first, "time": hour, "paragraphs": [lead, *first["paragraphs"][1:6]]}


def scaling(wanted: Wanted) -> list[str]:
    """Two workers against one: seconds on the clock, so nothing else may run."""
    with _place(wanted) as place:
        texts = _texts(place, "scaling", write_news, wanted.base)
        # Pieces of a large corpus are of 32 MB; this one would be read by one worker alone.
        piece = texts.stat().st_size // 16 + 1
        busy, started = _busy(), time.monotonic()
        one, two = (_run(texts, place / f"scaling-{wanted.base}-{n}", n, piece) for n in (1, 2))
        others = _busy() - busy - one.seconds - two.seconds
    others = max(others, 0.0) / (time.monotonic() - started) / (os.cpu_count() or 1)
    warned = " **The machine was not idle: these are no measurements.**" if others > _IDLE else ""
    return [
        f"{one.versions:,} versions, seconds on the clock, from the start of the workers to the last"
        f" file. Meanwhile others used {others:.1%} of the machine's time.{warned}",
        "",
        "| workers | seconds | versions/s | CPU |",
        "|---|---|---|---|",
        *(
            f"| {n} | {run.elapsed:.1f} | {run.versions / run.elapsed:,.0f} | {run.seconds:.1f} s |"
            for n, run in ((1, one), (2, two))
        ),
        "",
        f"**{one.elapsed / two.elapsed:.2f} times** as fast with two.",
    ]


def _busy() -> float:
    """Seconds that all of the machine's processors have worked since it started (Linux)."""
    _, *told = Path("/proc/stat").read_text().partition("\n")[0].split()
    user, nice, system, _idle, _waiting, *rest = map(int, told)
    return (user + nice + system + sum(rest[:3])) / os.sysconf("SC_CLK_TCK")


def big(wanted: Wanted) -> list[str]:
    """As many as wanted with all cores, as the command does it."""
    workers = wanted.workers or len(os.sched_getaffinity(0))
    name, write = ("big-short", write_corpus) if wanted.short else ("big", write_news)
    with _place(wanted) as place:
        texts = _texts(place, name, write, wanted.base)
        run = _run(texts, place / f"{name}-{wanted.base}-{workers}", workers)
    sizes = [size for _, size in run.samples]
    quarters = [sizes[len(sizes) * part // 4 - 1] for part in (1, 2, 3, 4)] if sizes[3:] else sizes
    kind = "short invented texts" if wanted.short else "invented texts as long as news"
    return [
        f"{wanted.base:,} {kind}, {run.elapsed:,.0f} seconds on the clock.",
        "",
        *_HEAD,
        _row(f"{workers} workers", run),
        "",
        "The largest worker when a quarter, half, three quarters and all were compared: "
        + ", ".join(f"{size:,.0f} MB" for size in quarters)
        + ".",
    ]


def _grown(
    wanted: Wanted, name: str, write: Callable[[Path, int], object], says: str
) -> tuple[list[str], list[Run]]:
    rows, runs = [], []
    workers = wanted.workers or 1
    for factor in (1, 3, 10):
        size = wanted.base * factor
        with _place(wanted) as place:
            texts = _texts(place, name, write, size)
            runs.append(_run(texts, place / f"{name}-{size}-{workers}", workers))
        rows.append(_row(f"{factor}x", runs[-1]))
        print(rows[-1], flush=True)
    return [says, "", *_HEAD, *rows], runs


@contextmanager
def _place(wanted: Wanted) -> Iterator[Path]:
    if wanted.place is not None:
        wanted.place.mkdir(parents=True, exist_ok=True)
        yield wanted.place
        return
    with tempfile.TemporaryDirectory(prefix="variorum-corpus-") as scratch:
        yield Path(scratch)


def _texts(place: Path, name: str, write: Callable[[Path, int], object], size: int) -> Path:
    path = place / f"{name}-{size}.jsonl"
    if not path.exists():
        part = path.with_suffix(".part")
        write(part, size)
        part.replace(path)
    return path


def _run(texts: Path, out: Path, workers: int, piece: int = PIECE) -> Run:
    """The run into ``out``, or the rest of it, or what it came to where it is done."""
    attempts = sorted(out.parent.glob(f"{out.name}.attempt-*"))
    if not attempts or _told(attempts[-1])[-1:] == [] or _told(attempts[-1])[-1]["phase"] != "done":
        log = out.parent / f"{out.name}.attempt-{len(attempts):03}"
        given = [str(texts), str(out), str(workers), str(piece), str(log)]
        subprocess.run([sys.executable, "-c", _ATTEMPT, *given], check=True)
        attempts.append(log)
    told = [samples for log in attempts if (samples := _told(log))]
    return Run(
        versions=json.loads((out / "corpus.json").read_text("utf-8"))["counts"]["versions"],
        seconds=sum(samples[-1]["cpu"] for samples in told),
        elapsed=sum(samples[-1]["elapsed"] for samples in told),
        worker=max(s["most"] for samples in told for s in samples),
        parent=max(samples[-1]["parent"] for samples in told),
        samples=[
            (s["count"], s["now"]) for samples in told for s in samples if s["phase"] == "comparing"
        ],
        input=texts.stat().st_size,
        written=sum(p.stat().st_size for p in out.rglob("*.parquet")),
    )


def _told(log: Path) -> list[dict[str, Any]]:
    """The lines of an attempt; one that a stop cut short is left out."""
    lines = log.read_text("utf-8").split("\n")
    return [json.loads(line) for line in lines[:-1] if line]


_HEAD = (
    "| | versions | input | CPU | versions/s | worker, at most | parent | Parquet bytes a version |",
    "|---|---|---|---|---|---|---|---|",
)


def _row(name: str, run: Run) -> str:
    return (
        f"| {name} | {run.versions:,} | {run.input / 1e6:,.1f} MB | {run.seconds:,.1f} s"
        f" | {run.versions / run.seconds:,.0f} | {run.worker:,.0f} MB | {run.parent:,.0f} MB"
        f" | {run.written / run.versions:,.0f} |"
    )


def _drawn(runs: list[Run]) -> list[str]:
    """CPU time by size, and the memory of the worker while each run went on."""
    try:
        import matplotlib
    except ImportError:
        return ["No drawing: matplotlib is not installed."]
    matplotlib.use("svg")
    from matplotlib import pyplot

    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.2), layout="constrained")
    sizes, seconds = [r.versions for r in runs], [r.seconds for r in runs]
    left.plot(sizes, seconds, "o-", color="#12395e")
    left.set(title="CPU time", xlabel="versions", ylabel="s", xlim=0, ylim=0)
    for run, colour in zip(runs, ("#c58b00", "#7a7a7a", "#12395e"), strict=True):
        if run.samples:
            xs, ys = zip(*run.samples, strict=True)
            right.plot(xs, ys, color=colour, label=f"{run.versions:,} versions")
    right.set(title="Memory of the worker, comparing", xlabel="captures done", ylabel="MB", ylim=0)
    right.legend(frameon=False)
    for axes in (left, right):
        axes.spines[["top", "right"]].set_visible(False)
    figure.savefig(PLOT, metadata={"Date": None})
    pyplot.close(figure)
    last = runs[-1].samples or [(0, 0.0)]
    middle, end = last[len(last) // 2], last[-1]
    return [
        f"![CPU time and memory as the corpus grows]({PLOT.name})",
        "",
        f"In the largest run the worker had {middle[1]:,.0f} MB when half was compared and"
        f" {end[1]:,.0f} MB at the end.",
    ]
