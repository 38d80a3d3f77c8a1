"""What a package says for itself, in plain words, and no more than it can show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from variorum.about import __version__
from variorum.evidence.note import Checkpoint
from variorum.model import Article
from variorum.model.times import iso

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Brought:
    """What in a package was not fetched by its archive: how many captures each other archive has made
    and given (``others``), and how many were brought from files (``imports``, by what names these).
    Some may be both."""

    others: Mapping[str, int] = field(default_factory=dict)
    imports: Mapping[str, int] = field(default_factory=dict)


def statement(
    articles: Sequence[Article],
    times: Sequence[datetime],
    proven: int,
    head: Checkpoint | None,
    now: datetime,
    brought: Brought | None = None,
    timestamps: int = 0,
) -> str:
    """The text of ``evidence/statement.txt``. ``timestamps``: how many answers of outside authorities
    are in the package."""
    brought = brought or Brought()
    parts = [
        "WHAT THIS IS",
        f"{_copies(len(times), sum(brought.imports.values()))}, exported on {iso(now)}.",
        _what(articles, times),
        "",
        "WHAT IS CLAIMED",
        *_claims(len(times), proven, head),
        *_given(brought.others),
        *_imported(brought.imports),
        "",
        "WHAT IS NOT CLAIMED",
        "That the pages are true, or who wrote them; that everybody else was served the same; that"
        " nothing was published between two captures; that no other captures were made.",
        "Versions (versions.jsonl) are what a program, named there, took for the story on a page. What"
        " was received are the records.",
        _times(brought),
        _confirmed(timestamps),
        "Whoever holds the archive's key could have made all of this later. A checkpoint or key of"
        " the same log that was known to others before speaks against that: compare it.",
        "",
        "HOW TO CHECK IT",
        "variorum verify FILE.wacz checks every byte. By hand: each line of captures.jsonl has the"
        " facts of one capture; the SHA-256 of its canonical JSON (keys sorted, no spaces, UTF-8) is"
        ' "facts" in its log entry; the entry\'s inclusion proof (RFC 6962) leads to the root in'
        " checkpoint.txt; and that is a signed note (C2SP, Ed25519) of the last key that custody.jsonl"
        ' names: its first line has the first, each later one was handed over to. "record" is the'
        " SHA-256 of the WARC record as it lies in"
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


def _copies(captures: int, imported: int) -> str:
    if not imported:
        return f"Copies of web pages, as an installation of Variorum {__version__} received them"
    what = "Copies of web pages, or texts of them,"
    if imported == captures:
        return f"{what} that were brought from files to an installation of Variorum {__version__}"
    return (
        f"{what} that an installation of Variorum {__version__} received, or that were brought to it"
        " from files"
    )


def _imported(imports: Mapping[str, int]) -> list[str]:
    if not imports:
        return []
    named = [f"{name} ({count})" for name, count in list(imports.items())[:_SHOWN]]
    more = f" and {len(imports) - _SHOWN} more" if len(imports) > _SHOWN else ""
    return [
        f"{sum(imports.values())} of these captures were not fetched by this installation: they were"
        f" imported from {', '.join(named)}{more}. Of them it says only that it was given these bytes,"
        " with these addresses and times, no later than the time in their log entry, which is when they"
        " were imported; not that any server ever sent them."
    ]


def _times(brought: Brought) -> str:
    told = "Times are those of the clock of the machine that made the captures."
    if brought.others:
        told += " Those of captures that other archives made are what these say."
    if brought.imports:
        told += " Those of captures that were imported are what the files say."
    return told


def _confirmed(timestamps: int) -> str:
    if not timestamps:
        return "No outside authority has confirmed any time here."
    answers = "One answer" if timestamps == 1 else f"{timestamps} answers"
    return (
        f"{answers} of outside authorities (RFC 3161) in timestamps.jsonl can confirm by when the log"
        " as far as it went then existed; not when a page was captured. They count for as much as the"
        " authority does: variorum verify FILE.wacz --authority ROOT.pem checks them."
    )


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
