"""kill -9 at random moments: what was acknowledged is there, once, and the evidence is sound.

usage: python bench/kill.py [--kills 100] [--workers 4] [--seed 7] [--directory-kills 100]
       [--minutes M]      Ends after so many minutes for each archive, whatever is done by then.

Two archives are tried. In PostgreSQL: so many workers write pages with all that belongs to a look (WARC
record, capture, version, sentences, evidence log); one of them, chosen by chance, is killed after a time
chosen by chance, and started again. In a directory: the one process that may write. One kill in six may
come before the victim is ready, while it opens the archive and puts right what the last one left; the
others come while it writes. A worker says which page it has written once its transaction is committed.
After every kill: each page that was acknowledged is there with one capture, one version and a record that
can be read, none twice, and ``verify`` (quick: rows against the log both ways, texts, WARC bytes against
the log) finds nothing altered or missing; at the end the whole of it.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import text

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from postgres_server import Server  # noqa: E402
from variorum.bootstrap import open_archive  # noqa: E402
from variorum.evidence.report import Status  # noqa: E402
from variorum.evidence.verify import Options, Verified, verify_archive  # noqa: E402
from variorum.store.shared_archive import SharedArchive  # noqa: E402

OUT = ROOT / "docs" / "benchmarks" / "kill.md"

WRITER = """
import random
import sys
import time
from datetime import UTC, datetime
from variorum.bootstrap import open_archive
from variorum.model import Document, Fetched, Version
from variorum.stages.version import content_digest
from variorum.store.warc import payload_digest

place, start, pause = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
with open_archive(place) as archive:
    print(*archive.repairs, sep="\\n", file=sys.stderr, flush=True)
    print("ready", flush=True)
    for n in range(start, start + 100000):
        url = f"https://host{n % 7}.example/{n}"
        now = datetime.now(UTC)
        with archive.write(*([[f"host{n % 7}.example"]] if archive.shared else [])) as records:
            article = records.add_article(url, [url], None, now)
            body = f"story {n} ".encode() * 300
            digest = payload_digest(body)
            warc, offset, length = archive.warc.append(Fetched(url, now, url, 200, (), body))
            archive.warc_name_known(records, warc)
            records.add_capture(article.id, dict(
                url=url, time=now, status=200, outcome="ok", version=0, origin="observed",
                digest=digest, warc=warc, offset=offset, length=length, details={}))
            document = Document.build(f"Story {n}", [f"Text of story {n}."])
            records.add_version(Version(
                article.id, 0, document, now, now, "first", content_digest(document)))
            records.index_version(article.id, 0, [f"Text of story {n}."])
        print(n, flush=True)
        time.sleep(random.uniform(0, pause))
"""
_COUNTED = """
SELECT a.url, count(DISTINCT c.id), count(DISTINCT v.id), min(c.warc), min(c."offset"), min(c.length)
FROM article a LEFT JOIN capture c ON c.article = a.id LEFT JOIN version v ON v.article = a.id
GROUP BY a.url
"""


# Longest rest between two pages, in seconds: alone, a writer is hit in the midst of a page; beside
# others it leaves them room, and every check a bearable number of pages.
_PAUSE_ALONE, _PAUSE_BESIDE = 0.01, 0.2
_EARLY = 1 / 6
_LONGEST_OPENING = 1.0


class Writer:
    """A process that writes, and what it has acknowledged."""

    def __init__(self, script: Path, place: str, start: int, pause: float) -> None:
        self.process = subprocess.Popen(
            [sys.executable, script, place, str(start), str(pause)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.acknowledged: set[int] = set()
        self.ready = threading.Event()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            if line == "ready\n":
                self.ready.set()
            elif line.endswith("\n"):
                self.acknowledged.add(int(line))
        self.ready.set()

    def kill(self) -> None:
        if self.process.stderr is None or self.process.stderr.closed:
            return
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self._reader.join()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()

    def trouble(self) -> str:
        """What it said where it ended by itself."""
        if self.process.poll() in (None, -signal.SIGKILL):
            return ""
        assert self.process.stderr is not None
        return self.process.stderr.read()[-600:] or "it ended by itself"


class Trial:
    """Kills in one archive. ``found`` counts what is wrong: it must stay empty."""

    def __init__(self, place: str, workers: int, chance: random.Random, folder: Path) -> None:
        self.place, self.chance = place, chance
        self.script = folder / "writer.py"
        self.script.write_text(WRITER)
        self.starts = 0
        self.acknowledged: set[int] = set()
        self.read: set[int] = set()
        self.found: Counter[str] = Counter()
        self.repairs: Counter[str] = Counter()
        self.kills = self.early = 0
        self.pause = _PAUSE_ALONE if workers == 1 else _PAUSE_BESIDE
        self.writers = [self._start() for _ in range(workers)]

    def _start(self) -> Writer:
        self.starts += 1
        return Writer(self.script, self.place, self.starts * 1_000_000, self.pause)

    def kill_one(self) -> None:
        at = self.chance.randrange(len(self.writers))
        victim = self.writers[at]
        if self.chance.random() < _EARLY:
            victim.ready.wait(self.chance.uniform(0, _LONGEST_OPENING))
        else:
            victim.ready.wait(120)
            time.sleep(self.chance.uniform(0, 0.6))
        self.early += not victim.ready.is_set()
        if why := victim.trouble():
            self.found[f"a process ended by itself: {why}"] += 1
        victim.kill()
        self.kills += 1
        self.acknowledged |= victim.acknowledged
        if len(self.writers) == 1:
            self._reopen()
        self.check(quick=True)
        self.writers[at] = self._start()

    def end(self) -> Verified:
        for writer in self.writers:
            writer.kill()
            self.acknowledged |= writer.acknowledged
        self._reopen()
        return self.check(quick=False)

    def _reopen(self) -> None:
        """As after a restart: what was not acknowledged is set aside, the log caught up."""
        with open_archive(self.place) as archive:
            for line in archive.repairs:
                self.repairs[line.split(":")[1].split()[0]] += 1

    def check(self, *, quick: bool) -> Verified:
        # Said before what is read is: so it must be there.
        said = self.acknowledged.union(*(set(w.acknowledged) for w in self.writers))
        with open_archive(self.place, read_only=True) as archive:
            with archive.read() as records:
                rows = {row[0]: row for row in records.db.execute(text(_COUNTED))}
            for url, captures, versions, *record in rows.values():
                number = int(url.rsplit("/", 1)[1])
                if (captures, versions) != (1, 1):
                    self.found[f"{captures} captures and {versions} versions of one page"] += 1
                if number not in self.read:
                    payload = archive.warc.read(tuple(record)).payload  # type: ignore[arg-type]
                    self.read.add(number)
                    if payload != f"story {number} ".encode() * 300:
                        self.found["a record that is another page's"] += 1
            there = {int(url.rsplit("/", 1)[1]) for url in rows}
            self.found["acknowledged, and lost"] += len(said - there)
            shared = archive if isinstance(archive, SharedArchive) else None
            done = verify_archive(archive.directory, Options(quick=quick), shared)
        for item in done.report.items:
            if item.status in (Status.ALTERED, Status.MISSING):
                self.found[f"verify: {item.what} {item.status}: {item.why}"] += 1
        self.found = +self.found
        return done


@contextmanager
def shared_place(folder: Path) -> Iterator[str]:
    server = Server()
    try:
        server.start()
        yield server.place(folder / "captures")
    finally:
        server.close()


def run(name: str, kills: int, workers: int, seed: int, minutes: float) -> dict[str, object]:
    started, cpu = time.monotonic(), time.process_time()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="variorum-kill-")))
        if name == "directory":
            place = str(folder / "archive")
            open_archive(place).close()
        else:
            place = stack.enter_context(shared_place(folder))
        trial = Trial(place, workers, random.Random(seed), folder)
        for _ in range(kills):
            trial.kill_one()
            if trial.kills % 10 == 0:
                print(f"{name}: {trial.kills} kills, {len(trial.acknowledged)} pages", flush=True)
            if trial.found or time.monotonic() - started > 60 * minutes:
                break
        last = trial.end()
        return {
            "archive": name,
            "writers": workers,
            "kills": trial.kills,
            "while opening": trial.early,
            "acknowledged": len(trial.acknowledged),
            "there": len(trial.read),
            "orphan tails": sum(trial.repairs.values()),
            "wrong": dict(trial.found),
            "entries": last.to_dict()["log"]["size"],
            "sound": last.report.sound,
            "seconds": round(time.monotonic() - started),
            "cpu": round(time.process_time() - cpu),
        }


def table(rows: list[dict[str, object]], seed: int) -> str:
    columns = [c for c in rows[0] if c != "cpu"]
    lines = [
        "# kill -9 at random moments",
        "",
        f"`nice -n 10 python bench/kill.py` (seed {seed}), {os.cpu_count()} cores.",
        "",
        "*acknowledged*: pages whose writer said that they are committed; *there*: pages in the archive",
        "at the end (a page may be committed and its writer killed before it says so); *orphan tails*:",
        "ends of WARC files that nobody acknowledged, set aside at an opening by this script (those that",
        "restarted writers set aside are not counted); *while opening*: kills before the victim was ready.",
        "After every kill the rows are counted and `verify --quick` run; at the end, the whole of it.",
        "",
        "| " + " | ".join(columns) + " |",
        "|" + " --- |" * len(columns),
    ]
    for row in rows:
        cells = [str(row[c]) if row[c] != {} else "nothing" for c in columns]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--directory-kills", type=int, default=100)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--minutes", type=float, default=120)
    given = parser.parse_args()
    rows = []
    if given.kills:
        try:
            rows.append(run("PostgreSQL", given.kills, given.workers, given.seed, given.minutes))
        except RuntimeError as error:
            print(f"PostgreSQL is left out: {error}", file=sys.stderr)
    if given.directory_kills:
        rows.append(run("directory", given.directory_kills, 1, given.seed, given.minutes))
    print(table(rows, given.seed))
    OUT.write_text(table(rows, given.seed), "utf-8")
    return 1 if any(row["wrong"] or not row["sound"] for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main())
