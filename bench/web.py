"""Time of the pages on an archive of many versions: in the process itself, and over uvicorn.

    .venv/bin/python bench/web.py [--versions 10000] [--seconds 5] [--keep]

The archive is synthetic (``bench/web_archive.py``); no two of its articles have a text in common, so
that no collation is remembered from another. What many readers get at once is measured by
``bench/web_load.py``.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import multiprocessing
import os
import platform
import random
import shutil
import socket
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from web_archive import DID, START, WHAT, Press

from variorum.store.archive import Archive, open_for_reading, open_for_writing

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


def pages_of(archive: Archive, rng: random.Random) -> dict[str, list[str]]:
    """Paths to ask for, by kind of page: many articles, so that memory helps as it would."""
    with archive.read() as records:
        last = records.counts()["articles"] + 1
        known = [a for n in range(1, min(last, 2000)) if (a := records.article(n))]
    known = [a for a in known if a.versions > 3]
    some = rng.sample(known, min(150, len(known)))
    words = [w.replace(" ", "+") for part in (WHAT, DID) for w in part.split("|")]
    pairs = [(a, rng.randrange(a.versions - 1)) for a in some]
    return {
        "front": ["/"] * 150,
        "front, filtered": [
            f"/?host=paper{n % 40}.example&kind=figure&weight=0.3" for n in range(150)
        ],
        "front, page 2": ["/?cursor=" + cursor(archive)] * 150,
        "timeline": [f"/a/{a.id}" for a in some],
        "version": [f"/a/{a.id}/v{n}" for a, n in pairs],
        "compare, inline": [f"/a/{a.id}/v{n}..v{n + 1}" for a, n in pairs],
        "compare, side by side": [f"/a/{a.id}/v{n}..v{n + 1}?view=side" for a, n in pairs],
        "claims": [f"/a/{a.id}/claims" for a in some],
        "search, rare": [f"/search?q=%22lot+{rng.randint(2, 900)}%22" for _ in range(150)],
        "search, common": [f"/search?q={rng.choice(words)}" for _ in range(150)],
        "search, by speaker": [
            f"/search?q={rng.choice(words)}&speaker=maro&in=removed" for _ in range(150)
        ],
        "statistics": [f"/statistics?host=paper{n % 40}.example" for n in range(150)],
        "search, removed": [f"/search?q={rng.choice(words)}&in=removed" for _ in range(150)],
        "front.json": ["/index.json"] * 150,
    }


def cursor(archive: Archive) -> str:
    from variorum.web.asking import make_cursor

    with archive.read() as records:
        return make_cursor(max(1, records.last_change_id() // 2))


def application(directory: Path, *, remember: bool):  # type: ignore[no-untyped-def]
    """The pages; without ``remember`` each is made anew, as it is after every write."""
    from variorum.web import create_app
    from variorum.web.memory import PageMemory

    app = create_app(open_for_reading(directory), clock=lambda: START + timedelta(days=300))
    if not remember:
        app.state.site.pages = PageMemory(room=0)
    return app


async def ask(app, path: str) -> int:  # type: ignore[no-untyped-def]
    """One request straight into the application; returns the size of the body."""
    path, _, query = path.partition("?")
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "scheme": "http",
        "server": ("127.0.0.1", 80),
        "headers": [(b"host", b"127.0.0.1")],
        "root_path": "",
    }
    size = status = 0
    asked = False

    async def receive() -> dict[str, object]:
        nonlocal asked
        if asked:  # an answer in parts listens for somebody who leaves: nobody does
            await asyncio.Event().wait()
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, object]) -> None:
        nonlocal size, status
        if message["type"] == "http.response.start":
            status = int(str(message["status"]))
        size += len(bytes(message.get("body", b"")))  # type: ignore[arg-type]

    await app(scope, receive, send)
    assert status == 200, (path, status)
    return size


async def in_process(directory: Path, pages: dict[str, list[str]]) -> dict[str, tuple[float, ...]]:
    """CPU ms a page, the lowest tenth of its times (other work on the machine only ever adds to
    them): the first time; made again, with collations and claims at hand; out of memory, while
    nothing is written. And its kB."""
    app = application(directory, remember=False)
    keeping = application(directory, remember=True)
    found = {}
    for name, paths in pages.items():
        cold, size = await timed(app, paths)
        again, _ = await timed(app, paths)
        await timed(keeping, paths)
        kept, _ = await timed(keeping, paths)
        found[name] = (cold, again, kept, size / 1000)
    return found


async def timed(app, paths: list[str]) -> tuple[float, int]:  # type: ignore[no-untyped-def]
    times = []
    size = 0
    for path in paths:
        before = time.process_time()
        size = await ask(app, path)
        times.append(1000 * (time.process_time() - before))
    return statistics.quantiles(times, n=10)[0], size


def serve(directory: Path, listener: socket.socket, remember: bool) -> None:
    import uvicorn

    app = application(directory, remember=remember)
    config = uvicorn.Config(app, log_level="error", access_log=False)
    asyncio.run(uvicorn.Server(config).serve(sockets=[listener]))


@contextlib.contextmanager
def served(directory: Path, remember: bool) -> Iterator[tuple[str, list[int]]]:
    """Server processes on one socket: their address and numbers."""
    listener = socket.create_server(("127.0.0.1", 0))
    # asyncio sets this only on sockets that name their protocol; without it every second answer on
    # a kept connection waits 40 ms for an acknowledgement (Nagle's algorithm).
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    context = multiprocessing.get_context("spawn")
    processes = [
        context.Process(target=serve, args=(directory, listener, remember)) for _ in range(WORKERS)
    ]
    for process in processes:
        process.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}", [int(p.pid or 0) for p in processes]
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()


def cpu_seconds(processes: list[int]) -> float:
    """What the processes have used so far, as the system counts it."""
    ticks = 0
    for process in processes:
        told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(told[11]) + int(told[12])
    return ticks / os.sysconf("SC_CLK_TCK")


async def over_http(
    base: str, processes: list[int], paths: list[str], seconds: float
) -> tuple[float, float, float]:
    """Requests a second and 99th percentile of the wait in ms, eight clients at once; CPU ms that
    the servers used for a request."""
    import aiohttp

    times: list[float] = []
    end = 0.0

    async def client(session: aiohttp.ClientSession, k: int) -> None:
        n = k
        while time.monotonic() < end:
            before = time.perf_counter()
            async with session.get(base + paths[n % len(paths)]) as answer:
                await answer.read()
                assert answer.status == 200
            times.append(1000 * (time.perf_counter() - before))
            n += 8

    async with aiohttp.ClientSession() as session:
        await client_once(session, base)
        for path in paths[: 20 * WORKERS]:  # every process has imported and opened what it needs
            async with session.get(base + path) as answer:
                await answer.read()
        before = cpu_seconds(processes)
        end = time.monotonic() + seconds
        await asyncio.gather(*(client(session, k) for k in range(8)))
    used = 1000 * (cpu_seconds(processes) - before) / len(times)
    return len(times) / seconds, statistics.quantiles(times, n=100)[98], used


async def client_once(session, base: str) -> None:  # type: ignore[no-untyped-def]
    """Wait until the server answers."""
    for _ in range(300):
        try:
            async with session.get(base + "/about"):
                return
        except OSError:
            await asyncio.sleep(0.1)


def report(
    versions: int,
    articles: int,
    own: dict[str, tuple[float, ...]],
    http: dict[str, list[tuple[float, float, float]]],
) -> str:
    model = next(
        (
            line.split(":")[1].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if line.startswith("model name")
        ),
        platform.processor(),
    )
    lines = [
        f"## {versions:,} versions of {articles:,} articles",
        "",
        f"Python {platform.python_version()}, {os.cpu_count()} cores ({model}), {WORKERS} server "
        f"processes. The machine was shared: its load was {os.getloadavg()[1]:.0f} meanwhile.",
        "",
        "CPU ms a page (the lowest tenth of many): the first time; made again, when its collation "
        "and claims are at hand; remembered, while nothing is written.",
    ]
    head = ["page", "first", "again", "remembered", "kB"]
    if all(http.values()):
        lines += [
            "",
            "Then uvicorn on loopback, eight clients at once: requests a second, the 99th percentile "
            "of the wait in ms, and the CPU ms that the servers used for a request; made anew each "
            "time, and remembered.",
        ]
        head += ["anew req/s", "p99", "CPU", "remembered req/s", "p99", "CPU"]
    lines += ["", f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for name, (cold, again, kept, size) in own.items():
        own_part = f"| {name} | {cold:.1f} | {again:.1f} | {kept:.1f} | {size:.0f} "
        if not http[name]:
            lines.append(own_part + "|")
            continue
        (rate, tail, used), (rate2, tail2, used2) = http[name]
        lines.append(
            own_part
            + f"| {rate:.0f} | {tail:.0f} | {used:.1f} | {rate2:.0f} | {tail2:.0f} | {used2:.2f} |"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--versions", type=int, default=10_000)
    parser.add_argument("--seconds", type=float, default=3.0, help="of load on each page, 0: none")
    parser.add_argument("--asks", type=int, default=150, help="times that each page is asked for")
    parser.add_argument("--keep", action="store_true", help="use the archive of the last run again")
    parser.add_argument("--archive", type=Path, help="where it is, or is to be made")
    given = parser.parse_args()
    directory = given.archive or ROOT / "build" / f"bench-web-{given.versions}"
    if not given.keep or not directory.exists():
        shutil.rmtree(directory, ignore_errors=True)
        with open_for_writing(directory) as archive:
            Press(archive).fill(given.versions)
    with open_for_reading(directory) as archive:
        pages = pages_of(archive, random.Random(3))
        with archive.read() as records:
            counts = records.counts()
    pages = {name: paths[: given.asks] for name, paths in pages.items()}
    own = asyncio.run(in_process(directory, pages))
    http: dict[str, list[tuple[float, float, float]]] = {name: [] for name in pages}
    for remember in (False, True) if given.seconds else ():
        with served(directory, remember) as (base, processes):
            for name, paths in pages.items():
                print(f"{name} over HTTP", file=sys.stderr)
                http[name].append(asyncio.run(over_http(base, processes, paths, given.seconds)))
    text = report(counts["versions"], counts["articles"], own, http)
    print(text)
    place = ROOT / "docs" / "benchmarks" / "web.md"
    parts = place.read_text().split("\n## ") if place.exists() else [HEAD]
    title = text.removeprefix("## ").split(" versions")[0] + " versions"
    kept = [p for p in parts[1:] if not p.startswith(title)]
    sections = sorted(
        [*kept, text.removeprefix("## ").rstrip()], key=lambda p: len(p.split(" ")[0])
    )
    place.write_text(HEAD + "".join(f"\n## {p.rstrip()}\n" for p in sections))


HEAD = """# Pages: time

`.venv/bin/python bench/web.py [--versions N]` makes a synthetic archive and asks its pages.
"""

if __name__ == "__main__":
    main()
