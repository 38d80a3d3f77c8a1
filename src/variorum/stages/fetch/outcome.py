"""What a fetch came to, as far as its status and errors tell; the page itself is read later."""

from __future__ import annotations

from variorum.model import Fetched, Outcome
from variorum.stages.fetch.polite import REFUSED


def outcome(fetched: Fetched) -> tuple[Outcome, str]:
    """The outcome and why, in one plain line. ``OK`` says only that a whole answer came: whether
    it is the article, a paywall or an error page is for the extractor to see."""
    status = fetched.status
    if fetched.error is not None:
        refused = status is None and REFUSED in fetched.error
        return (Outcome.BLOCKED if refused else Outcome.FAILED), fetched.error
    if status is None:
        return Outcome.FAILED, "there was no answer; it will be tried again later"
    if status == 304:
        return Outcome.UNMODIFIED, "the server says that nothing changed (304)"
    if status in (404, 410):
        return Outcome.GONE, f"the server says that the page is gone ({status})"
    if status == 402:
        return Outcome.PAYWALL, "the server asks for payment (402)"
    if status in (401, 403, 407, 429, 451):
        return Outcome.BLOCKED, _BLOCKED[status]
    if 200 <= status < 300:
        return Outcome.OK, f"a whole answer came ({status})"
    if status >= 500:
        return Outcome.FAILED, f"the server failed ({status}); it will be tried again later"
    return Outcome.FAILED, f"the server answered {status}, which is no page; check the URL"


_BLOCKED = {
    401: "the server asks for a login (401), and the archive goes around none",
    403: "the server refuses (403); it may not want to be archived",
    407: "a proxy asks for a login (407)",
    429: "the server asks for fewer requests (429); it is left alone for a while",
    451: "the page is withheld for legal reasons (451)",
}
