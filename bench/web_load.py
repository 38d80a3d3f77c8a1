"""Many readers at once: wrk against ``variorum serve``, over thousands of different pages.

    .venv/bin/python bench/web_archive.py /tmp/archive --versions 100000     (once; minutes)
    .venv/bin/python bench/web_load.py --archive /tmp/archive [--seconds 20] [--connections 16]

What is asked for is drawn beforehand, with a fixed seed: 30 % front page (six in ten of them bare, the
others with filters, of one host, or of an older page), 30 % timelines, 25 % comparisons (seven in ten
of two neighbouring versions, the rest first to last; a quarter in another view than inline), 15 %
searches of one or two words, in all text, in removed or in added text. Which article is asked for goes
by Zipf's law (the nth most wanted of all articles of the archive is wanted 1/n as often as the first),
so does which search. wrk asks in that order, 16 connections from one thread, over loopback, without
Accept-Encoding. Each connection asks again at once when it has its answer, so that these rows say the
most that the servers can do, and how long one waits then.

*200 a second* is what the waits are at that rate: 48 readers, each of whom rests between two pages,
for a random time, 240 ms in the mean less what the pages take.

Told are: *cold*, the first seconds of servers that were just started (and had the time to load what
they need, but were asked for no page that is measured) and remember nothing; *warm*, the
seconds after it, other draws of the same law; *written to*, while another process commits to the
archive twice a second, so that no page lasts; and each kind of page by itself.

Each process remembers the pages that it made and finds those of the other. A page that is *new* was made
for sure; of the others a few, by both at once. What a page costs that is made, and one that is
remembered, is in web.md.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from web_archive import ALIKE, DID, WHEN
from web_paint import free_port, until_answered

from variorum.store.archive import open_for_reading, open_for_writing
from web import cpu_seconds

ROOT = Path(__file__).resolve().parent.parent
#: Connections at once in the rows that say how long pages take below the most the servers can do.
FEWER = (4, 6, 8)
#: So many readers rest so many ms in the mean between two pages: 200 requests a second, near enough.
RESTING, REST = 48, 220
KINDS = {"front": 0.30, "timeline": 0.30, "compare": 0.25, "search": 0.15}
HOSTS = 40
SEARCHES = 4_000


class Zipf:
    """Draws of things, the nth of them 1/n as often as the first."""

    def __init__(self, things: Sequence[object], rng: random.Random) -> None:
        self._things = list(things)
        rng.shuffle(self._things)
        self._sums = list(itertools.accumulate(1 / n for n in range(1, len(things) + 1)))

    def draw(self, rng: random.Random):  # type: ignore[no-untyped-def]
        return rng.choices(self._things, cum_weights=self._sums)[0]


class Readers:
    """What is asked for, drawn at random."""

    def __init__(self, archive: Path, seed: int = 6) -> None:
        self.rng = random.Random(seed)
        with open_for_reading(archive) as opened, opened.read() as records:
            self.counts = records.counts()
            self.last_change = records.last_change_id()
            known = [a for n in records.article_numbers() if (a := records.article(n))]
        articles = [(a.id, a.versions) for a in known]
        self.articles = Zipf(articles, self.rng)
        self.changed = Zipf([a for a in articles if a[1] > 1], self.rng)
        self.searches = Zipf([self._search() for _ in range(SEARCHES)], self.rng)

    def path(self, kind: str = "") -> str:
        kind = kind or self.rng.choices(list(KINDS), list(KINDS.values()))[0]
        make: Callable[[], str] = getattr(self, kind)
        return make()

    def front(self) -> str:
        rng = self.rng
        others = (
            lambda: f"/?kind={rng.choice(('figure', 'quote', 'hedge', 'headline', 'notice'))}",
            lambda: "/?announced=no",
            lambda: f"/?host=paper{rng.randrange(HOSTS)}.example",
            lambda: f"/?cursor=c{rng.randrange(1, self.last_change):x}",
        )
        return "/" if rng.random() < 0.6 else rng.choice(others)()

    def timeline(self) -> str:
        return f"/a/{self.articles.draw(self.rng)[0]}"

    def compare(self) -> str:
        number, versions = self.changed.draw(self.rng)
        n = self.rng.randrange(versions - 1)
        pair = (n, n + 1) if self.rng.random() < 0.7 else (0, versions - 1)
        view = self.rng.choices(("", "side", "reading", "changes"), (75, 15, 5, 5))[0]
        return f"/a/{number}/v{pair[0]}..v{pair[1]}" + (f"?view={view}" if view else "")

    def search(self) -> str:
        return str(self.searches.draw(self.rng))

    def _search(self) -> str:
        rng = self.rng
        things = [w for words in ALIKE for w in words]
        first = rng.choice([*things, *DID.split("|"), *WHEN.split("|"), "lot"])
        more = rng.choice(["", "", rng.choice(things), str(rng.randint(2, 900))])
        place = rng.choice(("", "", "&in=removed", "&in=added"))
        return f"/search?q={f'{first} {more}'.strip().replace(' ', '+')}{place}"


@dataclass(frozen=True, slots=True)
class Load:
    """What wrk told: requests a second, percentiles of the wait in ms, failures; the share of
    requests that were for a page not asked for before in this run; how many connections each process
    had amid it."""

    rate: float
    half: float
    most: float
    worst: float
    cpu: float
    failed: int
    new: float
    shares: str


SCRIPT = """
local paths = {}
for line in io.lines("%s") do paths[#paths + 1] = line end
local n = 0
request = function()
  n = n %% #paths + 1
  return wrk.format("GET", paths[n])
end
%s
done = function(summary, latency, requests)
  io.write(string.format("told %%f %%f %%f %%d %%d\\n", latency:percentile(50) / 1000,
    latency:percentile(99) / 1000, latency.max / 1000,
    summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.timeout,
    summary.requests))
end
"""


DELAY = "delay = function() return math.random(0, %d) end"


def load(
    base: str,
    paths: list[str],
    seconds: float,
    connections: int,
    processes: list[int],
    rest: int = 0,
) -> Load:
    """wrk over the paths, in their order; each connection rests ``rest`` ms in the mean between two."""
    with tempfile.TemporaryDirectory() as place:
        listed, script = Path(place, "paths"), Path(place, "mix.lua")
        listed.write_text("\n".join(paths))
        script.write_text(SCRIPT % (listed, DELAY % (2 * rest) if rest else ""))
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:.0f}s", "--timeout", "10s"]
        before, start = cpu_seconds(processes), time.monotonic()
        shares: list[str] = []
        looking = threading.Timer(seconds / 2, lambda: shares.append(connected(base, processes)))
        looking.start()
        done = subprocess.run(
            [*command, "-s", str(script), base], check=False, capture_output=True, text=True
        )
        took = time.monotonic() - start
    told = re.search(r"told (\S+) (\S+) (\S+) (\d+) (\d+)", done.stdout)
    if told is None:
        raise SystemExit(done.stdout + done.stderr)
    asked = int(told[5])
    used = 1000 * (cpu_seconds(processes) - before) / max(1, asked)
    seen = len(set(paths[:asked])) / max(1, min(asked, len(paths)))
    half, most, worst = (float(told[n]) for n in (1, 2, 3))
    looking.join()
    return Load(asked / took, half, most, worst, used, int(told[4]), seen, "".join(shares))


def connected(base: str, processes: list[int]) -> str:
    """How many connections to the address each process has, those that have none left out."""
    port = int(base.rsplit(":", 1)[1])
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    open_ones = {
        f"socket:[{row[9]}]"
        for row in rows
        if row[3] == "01" and int(row[1].split(":")[1], 16) == port
    }
    counts = [sum(name in open_ones for name in _descriptors(p)) for p in processes]
    return " + ".join(str(n) for n in counts if n)


def _descriptors(process: int) -> Iterator[str]:
    for entry in Path(f"/proc/{process}/fd").iterdir():
        with contextlib.suppress(OSError):
            yield str(entry.readlink())


@contextlib.contextmanager
def served(archive: Path, workers: int) -> Iterator[tuple[str, list[int]]]:
    """``variorum serve``, just started: its address and the numbers of its processes."""
    port = free_port()
    command = [sys.executable, "-m", "variorum", "serve", "--read-only", "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--workers", str(workers), "--archive", str(archive)], stderr=subprocess.DEVNULL
    )
    base = f"http://127.0.0.1:{port}"
    try:
        _until_awake(base, process.pid)
        yield base, [process.pid, *_children(process.pid)]
    finally:
        process.terminate()
        process.wait()


def _until_awake(base: str, process: int) -> None:
    """Wait until every process has loaded what it needs: until one answers, and then until none is
    at work any more. No page that is measured is asked for."""
    until_answered(base)
    processes = [process, *_children(process)]
    still = 0
    while still < 3:
        before = cpu_seconds(processes)
        time.sleep(1)
        still = still + 1 if cpu_seconds(processes) - before < 0.02 else 0
    subprocess.run(
        ["wrk", "-t1", "-c16", "-d2s", f"{base}/about"], check=False, capture_output=True
    )


def _children(process: int) -> list[int]:
    told = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    return [int(n) for n in told]


@contextlib.contextmanager
def written_to(archive: Path) -> Iterator[None]:
    """Commits twice a second while the block runs."""
    over = threading.Event()

    def write() -> None:
        with open_for_writing(archive) as opened:
            n = 0
            while not over.wait(0.5):
                n += 1
                with opened.write() as records:
                    records.set_setting("bench", n)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def row(name: str, found: Load) -> str:
    return (
        f"| {name} | {found.rate:.0f} | {found.half:.0f} | {found.most:.0f} | {found.worst:.0f} "
        f"| {found.cpu:.1f} | {found.new:.0%} | {found.failed} | {found.shares} |"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks/web_load.md")
    given = parser.parse_args()
    readers = Readers(given.archive)
    many = int(given.seconds * 2_500)
    rows = []

    def measure(name: str, kind: str = "", connections: int = 0, rest: int = 0) -> None:
        paths = [readers.path(kind) for _ in range(many)]
        at_once = connections or given.connections
        found = load(base, paths, given.seconds, at_once, processes, rest)
        rows.append(row(name, found))
        print(rows[-1], flush=True)

    with served(given.archive, given.workers) as (base, processes):
        measure("the mix, cold")
        measure("the mix, warm")
        measure("the mix, warm, again")
        for fewer in FEWER:
            measure(f"the mix, warm, {fewer} connections", connections=fewer)
        for kind in KINDS:
            measure(f"{kind} only", kind)
        measure("compare only, 4 connections", "compare", connections=4)
        for kind in ("", *KINDS):
            name = f"{kind or 'the mix'}, 200 a second"
            measure(name, kind, connections=RESTING, rest=REST)
        with written_to(given.archive):
            measure("the mix, written to")
    for kind in KINDS:
        with served(given.archive, given.workers) as (base, processes):
            measure(f"{kind} only, cold", kind)
    text = report(given, readers.counts, rows)
    print(text)
    if given.write:
        (ROOT / "docs" / "benchmarks" / "web_load.md").write_text(text)


def report(given: argparse.Namespace, counts: dict[str, int], rows: list[str]) -> str:
    cpu = Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*:\s*(.+)", cpu)
    description = (__doc__ or "").split("\n\n", 2)[2].strip()
    return f"""# Pages under load

`.venv/bin/python bench/web_load.py --archive … --seconds {given.seconds:.0f} --write` over an archive of
{counts["versions"]:,} versions of {counts["articles"]:,} articles (`bench/web_archive.py`).

{description}

Python {platform.python_version()}, {os.cpu_count()} cores ({model[1] if model else platform.processor()}), which
the servers ({given.workers} processes) share with wrk. The machine's load was {os.getloadavg()[1]:.1f} in the last
five minutes; of its own the measurement makes 3. {given.connections} connections, {given.seconds:.0f} s a row.
CPU is that of the servers; *new* is the share of requests for a page that was not asked for before in
the same row; *shares* are the connections that each process had amid it.

| pages | requests/s | median ms | 99th percentile ms | worst ms | CPU ms a request | new | failed | shares |
|---|---|---|---|---|---|---|---|---|
{chr(10).join(rows)}
"""


if __name__ == "__main__":
    main()
