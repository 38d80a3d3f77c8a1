"""A dossier: articles in one page of HTML that needs nothing else, for a file or for printing.

Of each what was captured when, each version against the one before, who said what, and the digests
by which everything can be found again. No script, no address is loaded; every text is escaped.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape

from variorum.about import __version__
from variorum.evidence.as_logged import AsLogged, Compared
from variorum.evidence.entries import parse
from variorum.evidence.log_index import LogIndex
from variorum.model import Article, Capture, Claim, ClaimChange, Document, Version
from variorum.model.times import iso
from variorum.model.version import DIGEST_COVERS
from variorum.pipeline.damage import reason_told
from variorum.pipeline.tables import ArticleInHand
from variorum.stages.publish.render_html import inline_html
from variorum.stages.publish.render_layout import safe
from variorum.store.archive import Archive
from variorum.store.records import Records

_STYLE = """
:root { color-scheme: light; }
body { font: 16px/1.5 Charter, Georgia, serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem;
  color: #1a1a1a; background: #fff; overflow-wrap: break-word; }
h1, h2, h3 { line-height: 1.25; } h2 { border-top: 1px solid #bbb; padding-top: 1rem; }
table { border-collapse: collapse; width: 100%; font: .8rem/1.4 system-ui, sans-serif; }
th, td { text-align: left; vertical-align: top; padding: .2rem .6rem .2rem 0; overflow-wrap: anywhere; }
th { border-bottom: 1px solid #bbb; overflow-wrap: normal; } .time { white-space: nowrap; }
.cue { overflow-wrap: normal; } .given, .against { color: #555; font-size: .9rem; break-after: avoid; }
code, pre { font: .75rem/1.4 ui-monospace, monospace; }
pre { white-space: pre-wrap; background: #f4f4f1; padding: .6rem; }
ins { background: #cce5ff; text-decoration: underline; } del { background: #ffdfb0; }
.vx-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; }
.vx-same { color: #6b6b6b; } .vx-move, .vx-move-old { outline: 1px dotted #777; }
.quiet { color: #555; font-size: .9rem; } article { border-top: 3px solid #1a1a1a; margin-top: 3rem; }
[dir="rtl"] { direction: rtl; text-align: right; }
@page { size: A4; margin: 2cm 1.8cm; @bottom-right { content: counter(page) " / " counter(pages);
  font: 8pt sans-serif; color: #555; } }
@media print { body { margin: 0; max-width: none; font-size: 11pt; }
  article { break-before: page; border: 0; margin: 0; }
  ins, del { background: none; } ins { text-decoration: underline; } del { text-decoration: line-through; }
  .vx-hidden { position: static; clip-path: none; overflow: visible; font-size: 1px; color: transparent; }
  h2, h3, h4 { break-after: avoid; } tr { break-inside: avoid; }
  table { table-layout: fixed; } .n { width: 4.6em; } .t { width: 11.5em; } .o { width: 8.5em; }
  .s { width: 11em; } .c { width: 8em; } }
"""

# The end of words that went or came, with others right behind it, be it in the next sentence.
_BETWEEN = re.compile(r"</(?:del|ins)>(?=(?:</?span[^<>]*>){0,4}<(?:del|ins)[ >])")
_IMPORTED = "imported from "
_OF_NOTHING = hashlib.sha256(b"").hexdigest()


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an article stands in the page: the level of its heading, and what its ids begin with."""

    level: int
    prefix: str

    def heading(self, below: int, text: str, name: str = "") -> str:
        tag = f"h{min(self.level + below, 6)}"
        given = f' id="{name}"' if name else ""
        return f"<{tag}{given}>{text}</{tag}>"


def dossier(
    records: Records,
    articles: Sequence[Article],
    archive: Archive,
    now: datetime,
    tell: Callable[[int], None] = lambda done: None,
) -> Iterator[str]:
    """The page, in parts: an article after another, so that no more than one is in memory.
    ``tell`` is told how many articles are done. Raises LogDamagedError, and before anything is given
    DamagedError where rows or records are not what the log says."""
    logged = AsLogged.read(archive, records, places=True)
    compared = logged.articles([article.id for article in articles], records_too=True)
    log = logged.log
    several = len(articles) != 1
    title = f"{len(articles)} articles" if several else _title(articles[0])
    yield "<!doctype html>\n"
    yield '<html lang="en"><head><meta charset="utf-8">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield (
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
    )
    yield f"<title>{_text(title)}: dossier</title><style>{_STYLE}</style></head><body>\n"
    if several:
        yield from _lines(_contents(articles, now))
    for done, article in enumerate(articles, 1):
        place = _Place(2, f"a{article.id}-") if several else _Place(1, "")
        hand = ArticleInHand(records, article)
        yield f'<article id="a{article.id}">\n' if several else ""
        yield from _lines(_head(hand, place, now))
        yield from _lines(_timeline(hand.captures, place))
        yield from _lines(_comparisons(hand, place))
        yield from _lines(_ledger(hand.claims[-1:], hand.claim_changes, place))
        yield from _lines(_evidence(hand, log, place))
        yield "</article>\n" if several else ""
        tell(done)
    yield from _lines(_signed(log, compared))
    yield "</body></html>\n"


def _lines(parts: Iterator[str]) -> Iterator[str]:
    return (f"{part}\n" for part in parts)


def _title(article: Article) -> str:
    return article.headline or article.url


def _contents(articles: Sequence[Article], now: datetime) -> Iterator[str]:
    yield f"<h1>Dossier of {len(articles)} articles</h1>"
    yield f"<p>Made on {iso(now)} by Variorum {__version__}.</p><ol>"
    for article in articles:
        yield (
            f'<li dir="auto"><a href="#a{article.id}">{_text(_title(article))}</a>'
            f' <span class="quiet">{article.versions} versions</span></li>'
        )
    yield "</ol>"


def _head(hand: ArticleInHand, place: _Place, now: datetime) -> Iterator[str]:
    article, captures, versions = hand.article, hand.captures, hand.versions
    yield place.heading(0, f'<span dir="auto">{_text(_title(article))}</span>')
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
    if len(versions) > 1:
        yield (
            '<p class="quiet">Of each version after the first: words that <del>went</del> are struck'
            " through, words that <ins>came</ins> are underlined, what stayed is grey, what stands"
            " elsewhere is framed.</p>"
        )


def _table(*columns: tuple[str, str]) -> str:
    """The head of a table: what each column is called, and how wide it is on paper. A program that lays
    out pages takes as long again to find widths by itself."""
    head = "".join(
        f'<th class="{width}">{name}</th>' if width else f"<th>{name}</th>"
        for name, width in columns
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>"


def _timeline(captures: Sequence[Capture], place: _Place) -> Iterator[str]:
    yield place.heading(1, "What was captured")
    yield _table(("Time", "t"), ("Answer", "o"), ("Version", "n"), ("What it means", ""))
    for c in captures:
        status = "–" if c.status is None else str(c.status)
        version = "–" if c.version is None else str(c.version)
        origin = "" if c.origin == "observed" else f" ({_text(c.origin)})"
        yield (
            f'<tr><td class="time">{iso(c.time)}</td>'
            f"<td>{status} {_text(str(c.outcome))}</td>"
            f"<td>{version}</td><td>{_text(reason_told(c))}{origin}</td></tr>"
        )
    yield "</tbody></table>"


def _comparisons(hand: ArticleInHand, place: _Place) -> Iterator[str]:
    yield place.heading(1, "Versions")
    for first in hand.versions[:1]:
        yield place.heading(2, f"Version 0, first seen {iso(first.first_seen)}")
        yield from _given(first.document)
        language = f' lang="{_text(first.document.language)}"' if first.document.language else ""
        for paragraph in first.document.text.split("\n\n"):
            yield f'<p{language} dir="auto">{_text(paragraph)}</p>'
        yield from _beside_the_text(first.document)
    for old, new, collation in hand.collations:
        yield place.heading(2, f"Version {new.number}, first seen {iso(new.first_seen)}")
        yield f'<p class="against">{_text(new.reason)}; against version {old.number}</p>'
        yield from _given(new.document)
        prefix = f"{place.prefix}v{new.number}-"
        level = min(place.level + 3, 6)
        yield _apart(inline_html(collation, old.document, new.document, prefix=prefix, level=level))
        for edit in collation.fields:
            yield (
                f"<p>{_text(edit.field)}: {_told_word('del', 'removed', edit.old)}"
                f" {_told_word('ins', 'added', edit.new)}</p>"
            )
        for limit in collation.limits:
            yield f'<p class="quiet">Limit of this comparison: {_text(limit)}</p>'


def _given(document: Document) -> Iterator[str]:
    """Who wrote it and when, as the page says it."""
    told = [f"by {', '.join(document.byline)}"] if document.byline else []
    told += [f"published {document.published}"] if document.published else []
    told += [f"modified {document.modified}"] if document.modified else []
    if told:
        yield f'<p class="given" dir="auto">As the page gives it: {_text("; ".join(told))}</p>'


def _beside_the_text(document: Document) -> Iterator[str]:
    """Pictures with their captions, and notices that stand outside the body."""
    for media in document.media:
        told = [media.caption, f"({media.alt})" if media.alt else "", media.url]
        yield f'<p class="quiet" dir="auto">{_text(media.kind)}: {_text(" ".join(filter(None, told)))}</p>'
    for notice in document.notices:
        if notice.paragraph is None:
            yield f'<p dir="auto">{_text(notice.kind)}: {_text(notice.text)}</p>'


def _apart(comparison: str) -> str:
    """A comparison with a space between what went and what came in its place: on paper, and in text
    that is copied, nothing else keeps "12" from "19"."""
    return _BETWEEN.sub(r"\g<0> ", comparison)


def _told_word(tag: str, said: str, text: str) -> str:
    """Words that went or came, also for those who hear the page, or copy from it."""
    if not text:
        return ""
    return (
        f'<{tag} dir="auto"><span class="vx-hidden">{said}: </span>{_text(text)}'
        f'<span class="vx-hidden"> end {said}</span></{tag}>'
    )


def _ledger(
    newest: Sequence[tuple[Version, Sequence[Claim]]],
    changes: Sequence[tuple[Version, Version, Sequence[ClaimChange]]],
    place: _Place,
) -> Iterator[str]:
    yield place.heading(1, "Claims")
    for version, claims in newest:
        yield place.heading(2, f"Who says what in version {version.number}")
        yield _table(("Speaker", "s"), ("Said", ""), ("Words", "c"))
        text = version.document.text
        for claim in claims:
            start, end = claim.content
            cue = text[claim.cue[0] : claim.cue[1]] if claim.cue else ""
            name = claim.speaker.name or claim.speaker.organisation or claim.speaker.kind
            yield (
                f'<tr><td dir="auto">{_text(name)}</td><td dir="auto">{_text(text[start:end])}</td>'
                f'<td class="cue" dir="auto">{_text(cue)}</td></tr>'
            )
        yield "</tbody></table>"
    yield place.heading(2, "What became of claims")
    yield "<ul>"
    for _, new, found in changes:
        for change in found:
            told = "announced" if change.announced else "unannounced"
            yield f"<li>Version {new.number}, {told}: {_text(change.statement)}</li>"
    yield "</ul>"


def _evidence(hand: ArticleInHand, log: LogIndex, place: _Place) -> Iterator[str]:
    yield place.heading(1, "Evidence")
    yield "<p>SHA-256 of each payload (the body of the answer as it was sent), and of each record as it lies"
    yield "in the archive's WARC files. “Entry” is its number in the archive's log.</p>"
    yield _table(("Time", "t"), ("Payload", ""), ("Record", ""), ("Entry", "t"))
    for c in hand.captures:
        number, record = "–", ""
        known = log.captures.get(c.id)
        if known is not None:
            entry = parse(known[1])
            number, record = str(known[0]), entry["record"] or ""
            number += f"<br>{_text(entry['time'])}{'<br>(adopted)' if entry.get('adopted') else ''}"
        yield (
            f'<tr><td class="time">{iso(c.time)}</td><td><code>{c.digest or "–"}</code></td>'
            f'<td><code>{record or "–"}</code></td><td class="time">{number}</td></tr>'
        )
    yield "</tbody></table>"
    yield from _notes(hand.captures)
    if hand.versions:
        yield f"<p>“Content” is the SHA-256 of {DIGEST_COVERS}: no file has it, and two captures of which"
        yield "the story says the same have one. The bytes of a version are those of its captures.</p>"
    for v in hand.versions:
        yield f"<p>Version {v.number}: content <code>{_text(v.digest)}</code>, "
        by = "" if v.extractor.startswith(_IMPORTED) else "read by "
        yield f"{by}{_text(v.extractor)}</p>"


def _notes(captures: Sequence[Capture]) -> Iterator[str]:
    """What the table of digests does not say of itself."""
    if any(c.digest == _OF_NOTHING for c in captures):
        yield f"<p><code>{_OF_NOTHING}</code> is the SHA-256 of nothing: an answer without a body.</p>"
    imported = sum(c.origin.startswith(_IMPORTED) for c in captures)
    if imported:
        yield (
            f"<p>{imported} of {len(captures)} captures were not fetched by this installation but"
            " imported from files: their addresses and times are what the files say, and the time of an"
            " entry is when they were imported.</p>"
        )


def _signed(log: LogIndex, compared: Compared) -> Iterator[str]:
    if log.note is None:
        yield "<p>This archive keeps no evidence log: nothing is claimed of when it held these bytes.</p>"
        return
    if compared.lost:
        yield (
            f"<p>The log knows {compared.lost:,} captures that the archive has no longer. Whether they"
            " were of what is told here, it does not say.</p>"
        )
    if compared.waiting:
        yield (
            f"<p>{compared.waiting:,} captures and versions are not in the log yet, and what follows is"
            " not said of them.</p>"
        )
    yield "<p>The log as it stood when this page was made, signed by the archive's key:</p>"
    yield f"<pre>{_text(str(log.note))}</pre>"
    yield (
        "<p>It says: this installation held these bytes no later than the times of their entries, by"
        " its own clock, and they are unaltered since: all that is told here was compared with the log when"
        " this page was made. It says nothing about who wrote the pages or"
        " whether they are true. A WACZ export of the same articles proves each entry.</p>"
    )


def _text(text: str) -> str:
    return escape(safe(text))
