"""A dossier: one article in one page of HTML that needs nothing else, for a file or for printing.

What was captured when, each version against the one before, who said what, and the digests by
which everything can be found again. No script, no address is loaded; every text is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from pathlib import Path

from variorum.about import __version__
from variorum.evidence.entries import parse
from variorum.evidence.log_index import LogIndex
from variorum.model import Capture, Claim, ClaimChange, Version
from variorum.model.times import iso
from variorum.pipeline.tables import ArticleInHand
from variorum.stages.publish.render_html import inline_html
from variorum.stages.publish.render_layout import safe

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 Charter, Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff; overflow-wrap: anywhere; }
h1, h2, h3 { line-height: 1.25; } h2 { border-top: 1px solid #bbb; padding-top: 1rem; }
table { border-collapse: collapse; width: 100%; font: .8rem/1.4 system-ui, sans-serif; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; }
th { border-bottom: 1px solid #bbb; } code, pre { font: .75rem/1.4 ui-monospace, monospace; }
pre { white-space: pre-wrap; background: #f4f4f1; padding: .6rem; }
ins { background: #cce5ff; text-decoration: underline; } del { background: #ffdfb0; }
.vx-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.vx-same { color: #6b6b6b; } .vx-move, .vx-move-old { outline: 1px dotted #777; }
.quiet { color: #555; font-size: .9rem; }
@media print { body { margin: 0; max-width: none; font-size: 11pt; }
  ins, del { background: none; } ins { text-decoration: underline; } del { text-decoration: line-through; }
  h2, h3 { break-after: avoid; } tr { break-inside: avoid; } }
"""


def dossier(hand: ArticleInHand, archive: Path, now: datetime) -> str:
    """The page. ``archive`` is the archive's directory, for its log."""
    title = hand.article.headline or hand.article.url
    log = LogIndex.read(archive / "log")
    parts = [
        "<!doctype html>",
        '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">",
        f"<title>{_text(title)}: dossier</title><style>{_STYLE}</style></head><body>",
        *_head(hand, title, now),
        *_timeline(hand.captures),
        *_comparisons(hand),
        *_ledger(hand.claims[-1:], hand.claim_changes),
        *_evidence(hand, log),
        "</body></html>",
    ]
    return "\n".join(parts) + "\n"


def _head(hand: ArticleInHand, title: str, now: datetime) -> Iterator[str]:
    article, captures, versions = hand.article, hand.captures, hand.versions
    yield f"<h1>{_text(title)}</h1>"
    yield f'<p class="quiet">{_text(article.url)}</p>'
    times = [c.time for c in captures]
    span = f", from {iso(min(times))} to {iso(max(times))}" if times else ""
    yield (
        f"<p>{len(versions)} versions in {len(captures)} captures{span}. Made on {iso(now)} by"
        f" Variorum {__version__}.</p>"
    )
    yield (
        '<p class="quiet">This page states what was observed. “Unannounced” means that no notice of'
        " the publisher's own named the change in the text that was captured, and no more.</p>"
    )


def _timeline(captures: Sequence[Capture]) -> Iterator[str]:
    yield "<h2>What was captured</h2>"
    yield "<table><thead><tr><th>Time</th><th>Answer</th><th>Version</th><th>What it means</th>"
    yield "</tr></thead><tbody>"
    for c in captures:
        status = "–" if c.status is None else str(c.status)
        version = "–" if c.version is None else str(c.version)
        origin = "" if c.origin == "observed" else f" ({_text(c.origin)})"
        yield (
            f"<tr><td>{iso(c.time)}</td><td>{status} {_text(str(c.outcome))}</td>"
            f"<td>{version}</td><td>{_text(c.reason)}{origin}</td></tr>"
        )
    yield "</tbody></table>"


def _comparisons(hand: ArticleInHand) -> Iterator[str]:
    yield "<h2>Versions</h2>"
    for first in hand.versions[:1]:
        yield f"<h3>Version 0, first seen {iso(first.first_seen)}</h3>"
        yield from (f"<p>{_text(p)}</p>" for p in first.document.text.split("\n\n"))
    for old, new, collation in hand.collations:
        yield f"<h3>Version {new.number}, first seen {iso(new.first_seen)}</h3>"
        yield f'<p class="quiet">{_text(new.reason)}; against version {old.number}</p>'
        prefix = f"v{new.number}-"
        yield inline_html(collation, old.document, new.document, prefix=prefix, level=4)
        for edit in collation.fields:
            yield (
                f"<p>{_text(edit.field)}: <del>{_text(edit.old)}</del>"
                f" <ins>{_text(edit.new)}</ins></p>"
            )
        for limit in collation.limits:
            yield f'<p class="quiet">Limit of this comparison: {_text(limit)}</p>'


def _ledger(
    newest: Sequence[tuple[Version, list[Claim]]],
    changes: Sequence[tuple[Version, Version, list[ClaimChange]]],
) -> Iterator[str]:
    yield "<h2>Claims</h2>"
    for version, claims in newest:
        yield f"<h3>Who says what in version {version.number}</h3>"
        yield "<table><thead><tr><th>Speaker</th><th>Said</th><th>Words</th></tr></thead><tbody>"
        text = version.document.text
        for claim in claims:
            start, end = claim.content
            cue = text[claim.cue[0] : claim.cue[1]] if claim.cue else ""
            name = claim.speaker.name or claim.speaker.organisation or claim.speaker.kind
            yield (
                f"<tr><td>{_text(name)}</td><td>{_text(text[start:end])}</td>"
                f"<td>{_text(cue)}</td></tr>"
            )
        yield "</tbody></table>"
    yield "<h3>What became of claims</h3><ul>"
    for _, new, found in changes:
        for change in found:
            told = "announced" if change.announced else "unannounced"
            yield f"<li>Version {new.number}, {told}: {_text(change.statement)}</li>"
    yield "</ul>"


def _evidence(hand: ArticleInHand, log: LogIndex) -> Iterator[str]:
    yield "<h2>Evidence</h2>"
    yield "<p>SHA-256 of each payload, and of each record as it lies in the archive's WARC files."
    yield "“Entry” is its number in the archive's log.</p>"
    yield "<table><thead><tr><th>Time</th><th>Payload</th><th>Record</th><th>Entry</th></tr></thead>"
    yield "<tbody>"
    for c in hand.captures:
        number, record = "–", ""
        known = log.captures.get(c.id)
        if known is not None:
            entry = parse(known[1])
            number, record = str(known[0]), entry["record"] or ""
            number += f", {_text(entry['time'])}{' (adopted)' if entry.get('adopted') else ''}"
        yield (
            f"<tr><td>{iso(c.time)}</td><td><code>{c.digest or '–'}</code></td>"
            f"<td><code>{record or '–'}</code></td><td>{number}</td></tr>"
        )
    yield "</tbody></table>"
    for v in hand.versions:
        yield f"<p>Version {v.number}: content <code>{_text(v.digest)}</code>, "
        yield f"read by {_text(v.extractor)}</p>"
    if log.note is None:
        yield "<p>This archive keeps no evidence log.</p>"
        return
    yield "<p>The log as it stood when this page was made, signed by the archive's key:</p>"
    yield f"<pre>{_text(str(log.note))}</pre>"
    yield (
        "<p>It says: this installation held these bytes no later than the times of their entries, by"
        " its own clock, and they are unaltered since. It says nothing about who wrote the pages or"
        " whether they are true. A WACZ export of the article proves each entry.</p>"
    )


def _text(text: str) -> str:
    return escape(safe(text))
