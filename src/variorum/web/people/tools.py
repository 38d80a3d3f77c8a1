"""What the pages need from outside to change more than words; whoever starts them brings it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from variorum.pipeline.path import CapturePath
from variorum.stages.fetch import PoliteFetcher
from variorum.web.errors import PageError


@dataclass(frozen=True, slots=True)
class Tools:
    """``workshop`` gives the stages in a row, for histories made anew; ``fetcher`` something to look
    at a source with. ``watching`` says whether sources are looked at by this very process."""

    workshop: Callable[[], AbstractContextManager[CapturePath]] | None = None
    fetcher: Callable[[], PoliteFetcher] | None = None
    watching: bool = False

    def stages(self) -> AbstractContextManager[CapturePath]:
        """The stages, or a 403 where there are none."""
        if self.workshop is None:
            raise PageError(403, "Not here", "These pages cannot make a history anew.")
        return self.workshop()

    def client(self) -> PoliteFetcher:
        """A fetcher, or a 403 where there is none."""
        if self.fetcher is None:
            raise PageError(403, "Not here", "These pages cannot look at other sites.")
        return self.fetcher()
