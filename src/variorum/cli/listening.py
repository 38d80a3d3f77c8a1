"""How several processes share one listening socket."""

from __future__ import annotations

import socket
import time
from collections.abc import MutableSequence

# Seconds that a process leaves a connection to those that have fewer before it takes it after all:
# they look within a hundredth, unless they are gone.
_PATIENCE = 0.03
# How many it takes so in a row before it takes the others for gone, and for how many seconds.
_ENOUGH, _GONE = 3, 1.0
# Seconds of sleep between two looks at a connection that is left to others.
_REST = 0.001
_AWAY = -1


class Shares:
    """How many connections each process has; ``counts`` lie in memory that all of them see, and each
    writes its own only."""

    def __init__(self, counts: MutableSequence[int], own: int) -> None:
        self._counts = counts
        self._own = own

    @staticmethod
    def of_nobody(processes: int) -> list[int]:
        """The counts before any of the processes listens."""
        return [_AWAY] * processes

    def listen(self) -> None:
        self._counts[self._own] = 0

    def leave(self) -> None:
        self._counts[self._own] = _AWAY

    def more(self) -> None:
        self._counts[self._own] += 1

    def fewer(self) -> None:
        if self._counts[self._own] > 0:
            self._counts[self._own] -= 1

    def is_anothers_turn(self) -> bool:
        """Whether a process that listens has fewer connections than this one."""
        here = self._counts[self._own]
        return any(0 <= count < here for count in self._counts)


class OneAtATime(socket.socket):
    """A listening socket that gives one connection to each turn of an event loop, and leaves the next
    one to the processes that have fewer.

    asyncio accepts all that wait whenever it looks; of two processes that share a socket, the one
    that looks first then has every connection, and the other nothing to do. So every other call
    says that nobody waits: the loop comes back in its next turn, and between two turns another
    process has its chance. As connections are kept for many requests, who has more of them answers
    all of its own late: such a process waits for the others before it takes one more.
    """

    _took = False
    _left: float | None = None
    _unwanted = 0
    _alone_until = 0.0
    _shares: Shares | None = None

    @classmethod
    def of(cls, plain: socket.socket, shares: Shares | None = None) -> OneAtATime:
        """The same socket; ``plain`` is not to be used any more."""
        family, kind, protocol = plain.family, plain.type, plain.proto
        taken = cls(family, kind, protocol, fileno=plain.detach())
        taken.setblocking(False)
        taken._shares = shares
        if shares is not None:
            shares.listen()
        return taken

    def accept(self) -> tuple[socket.socket, tuple[str, int]]:
        """The next connection; raises BlockingIOError at every other call, and where another process
        is to have it."""
        if self._took:
            self._took = False
            raise BlockingIOError
        if self._shares is not None and self._shares.is_anothers_turn():
            self._leave_to_others()
        else:
            self._unwanted = 0
        given, address = super().accept()
        self._left = None
        self._took = True
        if self._shares is None:
            return given, address
        return _Counted.of(given, self._shares), address

    def _leave_to_others(self) -> None:
        """Raises BlockingIOError as long as there is patience."""
        now = time.monotonic()
        if now < self._alone_until:
            return
        if self._left is None or now > self._left + 2 * _PATIENCE:
            self._left = now
        if now < self._left + _PATIENCE:
            # The event loop will ask again at once: this is what it does in the meantime.
            time.sleep(_REST)
            raise BlockingIOError
        self._unwanted += 1
        if self._unwanted >= _ENOUGH:
            self._unwanted, self._alone_until = 0, now + _GONE

    def close(self) -> None:
        if self._shares is not None:
            self._shares.leave()
        super().close()


class _Counted(socket.socket):
    """A connection that is counted until it is closed."""

    _shares: Shares | None = None

    @classmethod
    def of(cls, plain: socket.socket, shares: Shares) -> _Counted:
        family, kind, protocol = plain.family, plain.type, plain.proto
        taken = cls(family, kind, protocol, fileno=plain.detach())
        taken._shares = shares
        shares.more()
        return taken

    def close(self) -> None:
        shares, self._shares = self._shares, None
        if shares is not None:
            shares.fewer()
        super().close()
