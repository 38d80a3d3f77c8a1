"""How several processes share one listening socket."""

from __future__ import annotations

import socket


class OneAtATime(socket.socket):
    """A listening socket that gives one connection to each turn of an event loop.

    asyncio accepts all that wait whenever it looks; of two processes that share a socket, the one
    that looks first then has every connection, and the other nothing to do. So every other call
    says that nobody waits: the loop comes back in its next turn, and between two turns another
    process has its chance.
    """

    _took = False

    @classmethod
    def of(cls, plain: socket.socket) -> OneAtATime:
        """The same socket; ``plain`` is not to be used any more."""
        family, kind, protocol = plain.family, plain.type, plain.proto
        taken = cls(family, kind, protocol, fileno=plain.detach())
        taken.setblocking(False)
        return taken

    def accept(self) -> tuple[socket.socket, tuple[str, int]]:
        """The next connection; raises BlockingIOError at every other call."""
        if self._took:
            self._took = False
            raise BlockingIOError
        given = super().accept()
        self._took = True
        return given
