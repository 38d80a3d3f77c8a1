"""What the pages need from outside to change more than words; whoever starts them brings it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from variorum.pipeline.notices import Send
from variorum.pipeline.path import CapturePath
from variorum.stages.fetch import Guard, PoliteFetcher
from variorum.web.errors import PageError


@dataclass(frozen=True, slots=True)
class Tools:
    """``workshop`` gives the stages in a row, for histories made anew; ``fetcher`` something to look
    at a source with; ``send`` sends a message elsewhere, as far as ``guarded`` lets it go.
    ``watching`` says whether sources are looked at, and notices told, by this very process; ``wake``
    tells the one who looks that something is due."""

    workshop: Callable[[], AbstractContextManager[CapturePath]] | None = None
    fetcher: Callable[[], PoliteFetcher] | None = None
    watching: bool = False
    send: Send | None = None
    guarded: Guard = field(default_factory=Guard)
    wake: Callable[[], None] = lambda: None

    def stages(self) -> AbstractContextManager[CapturePath]:
        """The stages, or a 403 where there are none."""
        if self.workshop is None:
            raise PageError(403, "Not here", "These pages cannot rebuild a history.")
        return self.workshop()

    def guard(self) -> Guard:
        """The rules on where a message may go."""
        return self.guarded

    def sender(self) -> Send:
        """What sends a message, or a 403 where nothing does."""
        if self.send is None:
            raise PageError(403, "Not here", "These pages cannot send anything.")
        return self.send

    def client(self) -> PoliteFetcher:
        """A fetcher, or a 403 where there is none."""
        if self.fetcher is None:
            raise PageError(403, "Not here", "These pages cannot reach other sites.")
        return self.fetcher()
