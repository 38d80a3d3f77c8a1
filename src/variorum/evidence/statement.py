"""What a package says for itself, in plain words, and no more than it can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from variorum.about import __version__
from variorum.evidence.note import Checkpoint
from variorum.model import Article
from variorum.model.times import iso

_SHOWN = 20


def statement(
    articles: Sequence[Article],
    times: Sequence[datetime],
    proven: int,
    head: Checkpoint | None,
    now: datetime,
    others: Mapping[str, int] | None = None,
) -> str:
    """The text of ``evidence/statement.txt``. ``others``: how many captures each other archive has
    made and given, by its name."""
    parts = [
        "WHAT THIS IS",
        f"Copies of web pages, as an installation of Variorum {__version__} received them, exported"
        f" on {iso(now)}.",
        _what(articles, times),
        "",
        "WHAT IS CLAIMED",
        *_claims(len(times), proven, head),
        *_given(others or {}),
        "",
        "WHAT IS NOT CLAIMED",
        "That the pages are true, or who wrote them; that everybody else was served the same; that"
        " nothing was published between two captures.",
        "Times are those of the clock of the machine that made the captures. No outside authority"
        " has confirmed them here."
        + (" Those of captures that other archives made are what these say." if others else ""),
        "Whoever holds the archive's key could have made all of this later. A checkpoint or key of"
        " the same log that was known to others before speaks against that: compare it.",
        "",
        "HOW TO CHECK IT",
        "variorum verify FILE.wacz checks every byte. By hand: each line of captures.jsonl has the"
        " facts of one capture; the SHA-256 of its canonical JSON (keys sorted, no spaces) is"
        ' "facts" in its log entry; the entry\'s inclusion proof (RFC 6962) leads to the root in'
        " checkpoint.txt; and that is a signed note (C2SP, Ed25519) of the key in the first line of"
        ' custody.jsonl. "record" is the SHA-256 of the WARC record as it lies in'
        " archive/data.warc.gz at its place.",
        "",
    ]
    return "\n".join(parts)


def _what(articles: Sequence[Article], times: Sequence[datetime]) -> str:
    lines = [f"  {article.url}" for article in articles[:_SHOWN]]
    if len(articles) > _SHOWN:
        lines.append(f"  … and {len(articles) - _SHOWN} more (articles.jsonl)")
    span = f", from {iso(min(times))} to {iso(max(times))}" if times else ""
    return "\n".join([f"{len(times)} captures{span}, of:", *lines])


def _given(others: Mapping[str, int]) -> list[str]:
    return [
        f"{count} of these captures were made by {name}, not by this installation. Of them it says"
        " only that this archive gave it these bytes, as what it had captured at these times."
        for name, count in others.items()
    ]


def _claims(captures: int, proven: int, head: Checkpoint | None) -> list[str]:
    if head is None or not proven:
        return ["Nothing: this archive kept no evidence log when the captures were made."]
    rest = captures - proven
    told = [
        f"This installation held the bytes of {proven} of these captures no later than the time in"
        " the log entry of each, and they are unaltered since.",
        f"Its log is {head.origin}, with {head.size} entries; their root is {head.root.hex()}.",
        'An entry marked "adopted" is of a capture that was there before the log took it in: for it'
        " the entry's time counts, not the capture's.",
    ]
    if rest:
        told.append(f"Nothing is claimed of the other {rest}: they are not in the log.")
    return told
