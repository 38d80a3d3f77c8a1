"""Processes that answer beside the first one, on the same socket, where pages are only read."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
import socket
from collections.abc import Iterator, MutableSequence
from typing import TYPE_CHECKING

from variorum.cli.door import Door
from variorum.cli.listening import OneAtATime, Shares

if TYPE_CHECKING:
    from variorum.web.shelves import Shelf, Shelves

# More cores than these are left to whatever else the machine does, unless somebody asks for them.
_MOST = 4


def usual_number() -> int:
    """As many processes as the machine has cores for."""
    return min(_MOST, os.cpu_count() or 1)


@contextlib.contextmanager
def helpers(
    number: int, place: str, listener: socket.socket, door: Door
) -> Iterator[tuple[socket.socket, Shelf | None]]:
    """``number`` more processes that answer requests to ``listener`` until the block is left. Gives
    the socket that this process is to listen at, and what it sees of the pages that all of them
    make."""
    from variorum.web.shelves import Shelves

    if not number:
        yield listener, None
        return
    context = multiprocessing.get_context("spawn")
    shelves = Shelves(number + 1)
    counts = context.RawArray("i", Shares.of_nobody(number + 1))
    rest = door, shelves, counts
    processes = [
        context.Process(target=_serve, args=(place, listener, *rest, n + 1), daemon=True)
        for n in range(number)
    ]
    for process in processes:
        process.start()
    try:
        with OneAtATime.of(listener, Shares(counts, 0)) as shared:
            yield shared, shelves.part(0)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join(5)


def _serve(
    place: str,
    listener: socket.socket,
    door: Door,
    shelves: Shelves,
    counts: MutableSequence[int],
    number: int,
) -> None:
    from variorum.bootstrap import open_archive
    from variorum.cli.serving import page_server
    from variorum.pipeline.clock import clock_of

    # Ctrl-C reaches the whole group; the first process says when it is over.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with open_archive(place, read_only=True) as archive:
        server = page_server(archive, clock_of(archive), None, door, shelf=shelves.part(number))
        server.capture_signals = contextlib.nullcontext  # type: ignore[method-assign,assignment]
        asyncio.run(server.serve(sockets=[OneAtATime.of(listener, Shares(counts, number))]))
