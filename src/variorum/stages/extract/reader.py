"""Reading under limits: a child process that can be killed reads the pages.

A page may be built to hang or to fill the memory. The child has ten seconds of processor time a
page (a busy machine gives them late, so the clock may show six times as many) and may grow by 512
MB; beyond that it is killed, the page comes back as ``unreadable`` with a flag, and the next page
gets a new child. A warm child is reused; it ends when its reader is closed, garbage-collected
or gone, Ctrl-C and kill -9 included.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
import threading
import time
import weakref
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from variorum.model import Page
from variorum.stages.extract import wire
from variorum.stages.extract.child import LENGTH
from variorum.stages.extract.furniture import SiteFurniture
from variorum.stages.extract.page import unreadable

SECONDS = 10.0
MEMORY = 512 * 1024 * 1024
_PATIENCE = 6  # times the processor time that may go by on the clock
# A child is replaced after so many pages, so that no leak of a library lasts.
_PAGES = 2_000
_PIECE = 1 << 16
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


class Reader:
    """``with Reader() as reader: page = reader.read(body, url=…)``. Threads may share one."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self.seconds = seconds
        self.memory = memory
        self._lock = threading.Lock()
        self._child: subprocess.Popen[bytes] | None = None
        self._finish: weakref.finalize[..., Any] | None = None
        self._served = 0

    def __enter__(self) -> Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def read(
        self,
        body: bytes | str,
        *,
        url: str | None = None,
        content_type: str | None = None,
        furniture: SiteFurniture | None = None,
    ) -> Page:
        """As :func:`read_page`, within the limits. Never raises for any page."""
        options = {
            "url": url,
            "content_type": content_type,
            "text": isinstance(body, str),
            "furniture": furniture.shared() if furniture else None,
        }
        raw = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
        head = json.dumps(options).encode()
        with self._lock:
            try:
                answer = self._ask(LENGTH.pack(len(head)) + head + LENGTH.pack(len(raw)), raw)
            except TimeoutError:
                self._stop()
                reason = f"not read within {self.seconds:g} seconds"
                return unreadable(reason, url, "time-limit")
            except (OSError, EOFError):
                self._stop()
                return unreadable("the reader died on this page", url, "reader-died")
            except BaseException:  # Ctrl-C in the middle: the pipe is out of step from here on
                self._stop()
                raise
        try:
            return wire.load(answer)
        except (ValueError, KeyError, TypeError):
            return unreadable("the reader gave no sensible answer", url, "reader-died")

    def close(self) -> None:
        """Ends the child, if there is one."""
        with self._lock:
            self._stop()

    # -- the child ----------------------------------------------------------------------------

    def _ask(self, head: bytes, body: bytes) -> bytes:
        child = self._started()
        stdin, stdout = child.stdin, child.stdout
        assert stdin is not None
        assert stdout is not None
        budget = _Budget(child.pid, self.seconds)
        for piece in (head, body):
            _send(stdin, piece, budget)
        (length,) = LENGTH.unpack(_receive(stdout, LENGTH.size, budget))
        self._served += 1
        return _receive(stdout, length, budget)

    def _started(self) -> subprocess.Popen[bytes]:
        if self._child is not None and (self._served >= _PAGES or self._child.poll() is not None):
            self._stop()
        if self._child is None:
            self._child = subprocess.Popen(
                [sys.executable, "-m", "variorum.stages.extract.child", str(self.memory)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                bufsize=0,
            )
            for pipe in (self._child.stdin, self._child.stdout):
                assert pipe is not None
                os.set_blocking(pipe.fileno(), False)
            self._served = 0
            self._finish = weakref.finalize(self, _end, self._child)
        return self._child

    def _stop(self) -> None:
        if self._finish is not None:
            self._finish()
        self._child = self._finish = None


class _Budget:
    """What is left of the time that a page may take."""

    def __init__(self, pid: int, seconds: float) -> None:
        self.pid, self.seconds = pid, seconds
        self.start, self.spent = time.monotonic(), _processor_time(pid)

    def left(self) -> float:
        """Seconds that must go by before the budget can be used up; 0 or less: it is."""
        gone = time.monotonic() - self.start
        spent = _processor_time(self.pid)
        if spent is None or self.spent is None:  # no such count on this system: the clock's time
            return self.seconds - gone
        return min(self.seconds - (spent - self.spent), _PATIENCE * self.seconds - gone)


def _processor_time(pid: int) -> float | None:
    """Seconds of processor time that a process has used (Linux; elsewhere None)."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text("ascii", "replace")
        user, system = told.rpartition(")")[2].split()[11:13]
    except (OSError, ValueError):
        return None
    return (int(user) + int(system)) / _TICKS


def _end(child: subprocess.Popen[bytes]) -> None:
    for pipe in (child.stdin, child.stdout):
        if pipe is not None:
            with contextlib.suppress(OSError):
                pipe.close()
    child.kill()
    child.wait()


def _send(pipe: IO[bytes], piece: bytes, budget: _Budget) -> None:
    view = memoryview(piece)
    while view:
        _wait(pipe, select.POLLOUT, budget)
        with contextlib.suppress(BlockingIOError):
            view = view[os.write(pipe.fileno(), view[:_PIECE]) :]


def _receive(pipe: IO[bytes], size: int, budget: _Budget) -> bytes:
    parts: list[bytes] = []
    while size:
        _wait(pipe, select.POLLIN, budget)
        with contextlib.suppress(BlockingIOError):
            part = os.read(pipe.fileno(), min(size, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
    return b"".join(parts)


def _wait(pipe: IO[bytes], event: int, budget: _Budget) -> None:
    poll = select.poll()
    poll.register(pipe.fileno(), event)
    while (left := budget.left()) > 0:
        if poll.poll(1 + left * 1000):
            return
    raise TimeoutError
