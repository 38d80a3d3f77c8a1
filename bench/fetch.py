"""Polite fetches a second on loopback, over 200 hosts; no host's pace exceeded by its own log.

Run: .venv/bin/python bench/fetch.py [--fetches N]; writes docs/benchmarks/fetch.md. Ends with 1 where
a host was asked within its rest, a fetch failed or memory went past its bound; a rate under the wanted
one is told, for it may be the machine's.
"""

from __future__ import annotations

import argparse
import asyncio
import gzip
import multiprocessing
import random
import resource
import socket
import sys
import time
from itertools import pairwise
from multiprocessing.connection import Connection
from pathlib import Path

from variorum.stages.fetch import Fetcher, Gate, Guard, PoliteFetcher, allowed_url

HOSTS = 200
# Seconds of rest for each host: 200 hosts could be asked 1,000 times a second.
DELAY = 0.2
# Polite fetches a second, and megabytes, that are asked of it.
WANTED, MEMORY = 400, 300
STORY = "<p>The bridge at {} was closed on Monday, said the county’s engineer, {}.</p>\n"
REPORT = Path(__file__).parent.parent / "docs" / "benchmarks" / "fetch.md"


def page() -> bytes:
    """An invented page of 79 KB, gzipped to 15 KB as servers send it."""
    rng = random.Random(1)
    lines = [STORY.format(rng.random(), rng.random()) for _ in range(700)]
    return gzip.compress("".join(lines).encode(), 6)


def serve(port: int, log: Connection) -> None:
    """A server in a process of its own that writes down when each host was asked."""
    body = page()
    head = (
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    ).encode()
    missing = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    asked: dict[str, list[float]] = {}

    class Host(asyncio.Protocol):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            self.transport = transport

        def data_received(self, data: bytes) -> None:
            name = data.split(b"Host: ", 1)[1].split(b":", 1)[0].decode()
            asked.setdefault(name, []).append(time.monotonic())
            robots = data.startswith(b"GET /robots.txt")
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.write(missing if robots else head + body)

    async def run() -> None:
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Host, "0.0.0.0", port, backlog=1000)  # noqa: S104
        log.send("ready")
        await loop.run_in_executor(None, log.recv)
        server.close()
        log.send((asked, time.process_time()))

    asyncio.run(run())


async def ask(port: int, fetches: int) -> tuple[float, float, list[int], int]:
    """Seconds by the wall and by the processor, megabytes along the way, failures."""
    memory, failures, done = [], 0, 0

    async def visit(fetcher: PoliteFetcher, host: int, count: int) -> None:
        nonlocal failures, done
        for number in range(count):
            name = f"127.0.{host // 100 + 1}.{host % 100 + 1}"
            fetched = await fetcher.get(f"http://{name}:{port}/news/{number}")
            failures += fetched.status != 200 or fetched.error is not None
            done += 1
            if done % max(fetches // 10, 1) == 0:
                memory.append(now_mb())

    gate = Gate(delay=DELAY, overall=128)
    started, spent = time.monotonic(), time.process_time()
    async with PoliteFetcher(guard=Guard(True), gate=gate, concurrency=256) as fetcher:
        each = fetches // HOSTS
        await asyncio.gather(*(visit(fetcher, host, each) for host in range(HOSTS)))
    return time.monotonic() - started, time.process_time() - spent, memory, failures


async def unpaced(port: int, fetches: int) -> float:
    """Fetches a second of processor time without manners: what fetching itself costs."""
    async with Fetcher(guard=Guard(True), concurrency=64) as fetcher:
        spent = time.process_time()

        async def visit(worker: int) -> None:
            for number in range(fetches // 32):
                await fetcher.get(f"http://127.0.3.{worker + 1}:{port}/{number}")

        await asyncio.gather(*(visit(worker) for worker in range(32)))
        return fetches / (time.process_time() - spent)


def now_mb() -> int:
    """Resident memory now, in megabytes."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() >> 20


def guard_speed() -> float:
    """URLs judged a second."""
    started = time.process_time()
    for number in range(20_000):
        allowed_url(f"https://news{number % 100}.example.org/2025/03/12/story-{number}")
    return 20_000 / (time.process_time() - started)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fetches", type=int, default=20_000)
    fetches = parser.parse_args().fetches
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    here, there = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(port, there))
    server.start()
    here.recv()
    wall, spent, memory, failures = asyncio.run(ask(port, fetches))
    plain = asyncio.run(unpaced(port, 3_200))
    here.send("stop")
    asked, serving = here.recv()
    server.join()
    paced = {host: times for host, times in asked.items() if not host.startswith("127.0.3.")}
    closest = min(b - a for times in paced.values() for a, b in pairwise(times))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    rate = fetches / wall
    # The client counts its rest from the answer's end, the server from the question.
    sound = closest >= DELAY and not failures and most < MEMORY and len(paced) == HOSTS
    lines = [
        "# Fetching politely",
        "",
        f"{fetches:,} pages of 79 KB (15 KB gzipped) from {HOSTS} hosts on loopback; robots.txt "
        f"asked of each; one request at a time and {DELAY} s of rest per host. Client one "
        "process, server another; the machine has two cores and is shared with other work. Made by "
        f"`.venv/bin/python bench/fetch.py --fetches {fetches}`.",
        "",
        "| | |",
        "|---|---|",
        f"| fetches a second by the wall (wanted: {WANTED}) | {rate:.0f} |",
        f"| fetches a second of the client's processor time | {fetches / spent:.0f} |",
        f"| … without manners (no pacing, no robots.txt) | {plain:.0f} |",
        f"| failures | {failures} |",
        f"| hosts asked | {len(paced)} |",
        f"| shortest time between requests to one host, by the server's log | {closest:.3f} s |",
        f"| memory at tenths of the way, MB | {', '.join(map(str, memory))} |",
        f"| most memory, MB (bound: {MEMORY}) | {most} |",
        f"| the server's processor time | {serving:.0f} s |",
        f"| URLs judged by the guard a second | {guard_speed():,.0f} |",
        "",
    ]
    REPORT.parent.mkdir(parents=True, exist_ok=True)
    REPORT.write_text("\n".join(lines), encoding="utf-8")
    sys.stdout.write("\n".join(lines))
    kept = "kept" if sound else "NOT KEPT"
    told = "as wanted" if rate >= WANTED else f"under the {WANTED} that are wanted"
    sys.stdout.write(f"\nbounds {kept}; {rate:.0f} a second, {told}\n")
    return 0 if sound else 1


if __name__ == "__main__":
    sys.exit(main())
