"""Decisions that need no reading: what status, headers and redirects say on their own."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from variorum.model import Decision, DecisionKind, Fetched, Outcome
from variorum.stages.version.address import canonical_url, host_of, path_of
from variorum.stages.version.identity import redirect_leaves

_BLOCKED = frozenset({401, 403, 407, 429, 451})
_GONE = frozenset({404, 410})
# Doors in front of the story: the redirect is about the reader, not about the article.
_DOOR = re.compile(
    r"(?:^|[/._-])(?:log-?in|sign-?in|sso|auth|oauth|account|consent|gdpr|privacy-?(?:wall|gate)"
    r"|cookie-?(?:wall|consent)|captcha|challenge|verify|blocked|sorry|geo-?block\w*)(?:[/._-]|$)",
    re.IGNORECASE,
)
_SALE = re.compile(
    r"(?:^|[/._-])(?:subscri(?:be|ption|ptions)|paywall|abo|premium-?access)(?:[/._-]|$)",
    re.IGNORECASE,
)
_DIGITS = 19
_PAGE_TYPES = ("text/", "application/xhtml", "application/xml")


def judge_response(fetched: Fetched, article_url: str) -> Decision | None:
    """What an answer means for an article before its body is read; None if it must be read.

    ``details["outcome"]`` is the :class:`Outcome` value to record. A capture judged here attests
    no text of its own: list it under the version that was current (a 304 confirms that one).
    """
    if fetched.status is None:
        return _no_article(Outcome.FAILED, fetched.error or "no answer")
    if fetched.status == 304:
        reason = "the server says that nothing was modified (304)"
        return _decision(DecisionKind.SAME, Outcome.UNMODIFIED, reason)
    return (
        _by_status(fetched.status) or _by_place(article_url, fetched.final_url) or _by_form(fetched)
    )


def _by_status(status: int) -> Decision | None:
    if status in _GONE:
        reason = f"the server says that the page is gone ({status})"
        return _decision(DecisionKind.GONE, Outcome.GONE, reason)
    if status == 402:
        return _no_article(Outcome.PAYWALL, "the server asks for payment (402)")
    if status in _BLOCKED:
        return _no_article(Outcome.BLOCKED, f"the server does not let us read it ({status})")
    if not 200 <= status < 300:
        return _no_article(Outcome.FAILED, f"the server gave no page ({status})")
    return None


def _by_place(asked: str, final: str) -> Decision | None:
    """Where the redirects led, if they led away."""
    if (host_of(asked), path_of(asked)) == (host_of(final), path_of(final)):
        return None
    place = _place(final)
    if _DOOR.search(place) and not _DOOR.search(_place(asked)):
        return _no_article(Outcome.BLOCKED, "redirected to a log-in, consent or block page")
    if _SALE.search(place) and not _SALE.search(_place(asked)):
        return _no_article(Outcome.PAYWALL, "redirected to an offer to subscribe")
    away = redirect_leaves(asked, final)
    if not away:
        return None
    return _decision(DecisionKind.MOVED, Outcome.MOVED, away, to=canonical_url(final))


def _place(url: str) -> str:
    parts = urlsplit(canonical_url(url))
    return f"{parts.hostname or ''}{parts.path}"


def _by_form(fetched: Fetched) -> Decision | None:
    """Whether what came is a whole page."""
    if fetched.error or fetched.truncated:
        return _no_article(Outcome.FAILED, fetched.error or "the answer was cut short")
    kind = (fetched.header("content-type") or "text/html").strip().lower()
    if not kind.startswith(_PAGE_TYPES):
        return _no_article(Outcome.FAILED, f"no page but {kind.partition(';')[0]}")
    told = (fetched.header("content-length") or "").strip()
    coded = fetched.header("content-encoding") or fetched.header("transfer-encoding")
    came = len(fetched.body if fetched.raw is None else fetched.raw)
    numbers = told.isascii() and told.isdigit() and len(told) < _DIGITS
    if numbers and not coded and came < int(told):
        return _no_article(Outcome.FAILED, f"{came} of {told} bytes came")
    return None


def _no_article(outcome: Outcome, reason: str) -> Decision:
    return _decision(DecisionKind.NOT_ARTICLE, outcome, reason)


def _decision(kind: DecisionKind, outcome: Outcome, reason: str, **more: str) -> Decision:
    return Decision(kind, reason, details={"outcome": outcome.value, **more})
