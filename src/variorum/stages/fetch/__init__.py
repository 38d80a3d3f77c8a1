"""Fetching: one URL asked for, politely and safely, and what came back.

:class:`Fetcher` is guarded and bounded; :class:`PoliteFetcher` also waits its turn and obeys
robots.txt. Nothing here reads a page.
"""

from variorum.stages.fetch.agent import user_agent
from variorum.stages.fetch.browser import NoBrowserError, why_no_browser
from variorum.stages.fetch.client import Fetcher
from variorum.stages.fetch.guard import ForbiddenError, Guard, allowed_address, allowed_url
from variorum.stages.fetch.headers import retry_after
from variorum.stages.fetch.limits import Limits
from variorum.stages.fetch.outcome import outcome
from variorum.stages.fetch.page_traffic import RenderLimits
from variorum.stages.fetch.polite import PoliteFetcher, host_of
from variorum.stages.fetch.politeness import Gate
from variorum.stages.fetch.rendering import Renderer
from variorum.stages.fetch.robots import Robots, Verdict

__all__ = [
    "Fetcher",
    "ForbiddenError",
    "Gate",
    "Guard",
    "Limits",
    "NoBrowserError",
    "PoliteFetcher",
    "RenderLimits",
    "Renderer",
    "Robots",
    "Verdict",
    "allowed_address",
    "allowed_url",
    "host_of",
    "outcome",
    "retry_after",
    "user_agent",
    "why_no_browser",
]
