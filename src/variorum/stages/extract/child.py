"""The child process that reads pages for :class:`variorum.stages.extract.reader.Reader`.

It answers one request after another on its standard streams and ends when they close. A request is
two length-prefixed pieces: a JSON object of options and the page's bytes; an answer is one piece.
"""

from __future__ import annotations

import json
import resource
import signal
import struct
import sys
from typing import BinaryIO

from variorum.stages.extract import wire
from variorum.stages.extract.furniture import SiteFurniture
from variorum.stages.extract.page import read_page, unreadable

LENGTH = struct.Struct("!Q")


def main(grow: int) -> None:
    """Serve until end of file. ``grow`` is how many bytes the address space may grow."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's; we end with its pipe
    read_page(b"<p>warm</p>")
    _limit_memory(grow)
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    while (options := _take(source)) is not None and (body := _take(source)) is not None:
        answer = _answer(options, body)
        sink.write(LENGTH.pack(len(answer)))
        sink.write(answer)
        sink.flush()


def _answer(options: bytes, body: bytes) -> bytes:
    given = json.loads(options)
    url = given.get("url")
    known = given.get("furniture")
    page = read_page(
        body.decode("utf-8", "surrogatepass") if given.get("text") else body,
        url=url,
        content_type=given.get("content_type"),
        furniture=SiteFurniture.of_shared(known) if known else None,
    )
    try:
        return wire.dump(page)
    except MemoryError:
        reason = "the page needs more memory than it may have"
        return wire.dump(unreadable(reason, url, "memory-limit"))


def _limit_memory(grow: int) -> None:
    try:
        with open("/proc/self/statm", encoding="ascii") as status:  # noqa: PTH123
            size = int(status.read().split()[0]) * resource.getpagesize()
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        resource.setrlimit(resource.RLIMIT_AS, (size + grow, hard))
    except (OSError, ValueError):
        return  # no such limit on this system; the time limit still holds


def _take(source: BinaryIO) -> bytes | None:
    head = source.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    piece = source.read(length)
    return piece if len(piece) == length else None


if __name__ == "__main__":
    main(int(sys.argv[1]))
