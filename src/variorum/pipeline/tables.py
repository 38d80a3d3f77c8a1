"""The archive as tables, for people who count: what each has, and the rows of one article.

One schema for CSV and Parquet. Offsets are code points into the version's ``text``; sentences are
counted from 0; times are UTC.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import pairwise
from typing import Any, Literal, Protocol, get_args

from variorum.model import Article, Capture, Change, Claim, ClaimChange, Collation, Version
from variorum.model.change import BADGES
from variorum.model.claim import CHANGE_KINDS, SpeakerKind
from variorum.model.version import DIGEST_COVERS
from variorum.pipeline.damage import reason_told
from variorum.pipeline.upset import unless_upset
from variorum.stages.claims import find_claims
from variorum.stages.claims.changes import compare_ledgers
from variorum.stages.claims.memory import Memory
from variorum.stages.collate import collate_documents
from variorum.store.change_records import ChangeFilter
from variorum.store.records import Records
from variorum.text.sentences import cuts

Type = Literal["integer", "number", "boolean", "text", "time", "texts"]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """``type``: ``texts`` is a list of them; in CSV they are joined by " | "."""

    name: str
    type: Type
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    """``rows`` gives those of one article, in the order of ``columns``."""

    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[InHand], Iterator[Row]] = field(repr=False)


class InHand(Protocol):
    """What rows are made of: an article, or a part of its history."""

    @property
    def article(self) -> Article: ...
    @property
    def captures(self) -> Sequence[Capture]: ...
    @property
    def versions(self) -> Sequence[Version]: ...
    @property
    def collations(self) -> Sequence[tuple[Version, Version, Collation]]: ...
    @property
    def claims(self) -> Sequence[tuple[Version, Sequence[Claim]]]: ...
    @property
    def claim_changes(self) -> Sequence[tuple[Version, Version, Sequence[ClaimChange]]]: ...
    @property
    def changes(self) -> Sequence[Change]: ...


class ArticleInHand:
    """One article with everything that rows are made of; what is costly is made when asked for,
    and once."""

    def __init__(self, records: Records, article: Article) -> None:
        self.records = records
        self._article = article

    @property
    def article(self) -> Article:
        return self._article

    @cached_property
    def captures(self) -> Sequence[Capture]:
        return self.records.captures(self.article.id)

    @cached_property
    def versions(self) -> Sequence[Version]:
        return self.records.versions(self.article.id)

    @cached_property
    def collations(self) -> list[tuple[Version, Version, Collation]]:
        """Each version with the one before it."""
        pairs = zip(self.versions, self.versions[1:], strict=False)
        return [(a, b, collate_documents(a.document, b.document)) for a, b in pairs]

    @cached_property
    def claims(self) -> list[tuple[Version, Sequence[Claim]]]:
        found = zip(self.versions, self._ledgers, strict=True)
        return [(version, ledger or ()) for version, ledger in found]

    @cached_property
    def _ledgers(self) -> list[Sequence[Claim] | None]:
        """The claims of each version; None where its text upsets the rules."""
        memory = Memory()
        return [
            unless_upset(
                f"version {v.number} of article {v.article}",
                partial(find_claims, v.document, memory),
            )
            for v in self.versions
        ]

    @cached_property
    def claim_changes(self) -> list[tuple[Version, Version, Sequence[ClaimChange]]]:
        ledgers = pairwise(self._ledgers)
        return [
            (old, new, _compared(old, new, collation, *both))
            for (old, new, collation), both in zip(self.collations, ledgers, strict=True)
        ]

    @cached_property
    def changes(self) -> Sequence[Change]:
        return self.records.recorded(ChangeFilter(article=self.article.id), limit=1_000_000)


def _compared(
    old: Version,
    new: Version,
    collation: Collation,
    before: Sequence[Claim] | None,
    after: Sequence[Claim] | None,
) -> Sequence[ClaimChange]:
    if before is None or after is None or all(s.op == "same" for s in collation.segments):
        return ()
    compare = partial(compare_ledgers, old.document, new.document, collation, before, after)
    return unless_upset(f"version {new.number} of article {new.article}", compare) or ()


def _articles(hand: InHand) -> Iterator[Row]:
    article = hand.article
    yield (
        article.id,
        article.url,
        article.headline,
        article.state,
        article.first_seen,
        article.last_seen,
        article.versions,
        article.captures,
    )


def _captures(hand: InHand) -> Iterator[Row]:
    for c in hand.captures:
        yield (
            c.article,
            c.id,
            c.time,
            c.url,
            c.final_url,
            c.status,
            str(c.outcome),
            c.version,
            reason_told(c),
            c.digest,
            c.media_type,
            c.origin,
        )


def _versions(hand: InHand) -> Iterator[Row]:
    for v in hand.versions:
        yield (
            v.article,
            v.number,
            v.first_seen,
            v.last_seen,
            str(v.kind),
            v.reason,
            list(v.fields),
            v.same_as,
            v.document.headline,
            list(v.document.byline),
            v.document.published,
            v.document.modified,
            v.document.language,
            [f"{n.kind}: {n.text}" for n in v.document.notices],
            v.document.text,
            v.digest,
            v.extractor,
        )


def _sentences(hand: InHand) -> Iterator[Row]:
    for v in hand.versions:
        found = cuts(v.document.text, v.document.language)
        for number, (start, text) in enumerate(zip(found.starts, found.texts, strict=True)):
            yield v.article, v.number, number, start, start + len(text), text


def _links(hand: InHand) -> Iterator[Row]:
    for old, new, collation in hand.collations:
        for number, segment in enumerate(collation.segments):
            for before in segment.old or (None,):
                for after in segment.new or (None,):
                    yield (
                        new.article,
                        old.number,
                        new.number,
                        number,
                        before,
                        after,
                        segment.op,
                        segment.moved,
                        collation.method,
                    )


def _words(hand: InHand) -> Iterator[Row]:
    for old, new, collation in hand.collations:
        for number, segment in enumerate(collation.segments):
            for position, (op, text) in enumerate(segment.words):
                if op != "=":
                    what = "removed" if op == "-" else "added"
                    yield new.article, old.number, new.number, number, position, what, text


def _changes(hand: InHand) -> Iterator[Row]:
    for c in hand.changes:
        yield (
            c.article,
            c.old,
            c.new,
            c.time,
            list(c.kinds),
            c.weight,
            c.announced,
            c.meaningful,
            c.headline_old,
            c.headline_new,
            c.lead.statement if c.lead else None,
        )


def _claims(hand: InHand) -> Iterator[Row]:
    for v, claims in hand.claims:
        text = v.document.text
        for number, c in enumerate(claims):
            start, end = c.content
            yield (
                v.article,
                v.number,
                number,
                c.type,
                start,
                end,
                text[start:end],
                text[c.cue[0] : c.cue[1]] if c.cue else None,
                c.speaker.name,
                c.speaker.role,
                c.speaker.organisation,
                c.speaker.kind,
                c.negated,
                [h.text for h in c.hedges],
                [text[f.span[0] : f.span[1]] for f in c.figures],
            )


def _claim_changes(hand: InHand) -> Iterator[Row]:
    for old, new, changes in hand.claim_changes:
        for change in changes:
            claim = change.new or change.old
            yield (
                new.article,
                old.number,
                new.number,
                change.kind,
                claim.speaker.name if claim else None,
                change.before,
                change.after,
                change.statement,
                change.announced,
                change.weight,
            )


_ID = "the article's id in this archive, or of its address in a corpus"
_ARTICLE = Column("article", "integer", _ID)
_OLD = Column("old", "integer", "number of the version before")
_NEW = Column("new", "integer", "number of the version")
_VERSION = Column("version", "integer", "the version's number, from 0")

TABLES = (
    Table(
        "articles",
        "one row an article",
        (
            Column("id", "integer", _ID),
            Column("url", "text", "its own address"),
            Column("headline", "text", "that of its newest version"),
            Column("state", "text", "watching, gone, moved, paused, imported, merged"),
            Column("first_seen", "time", "first capture"),
            Column("last_seen", "time", "last capture that showed the story"),
            Column("versions", "integer", "how many versions are kept"),
            Column("captures", "integer", "how many captures are kept"),
        ),
        _articles,
    ),
    Table(
        "captures",
        "one row a fetch, also those that brought no page",
        (
            _ARTICLE,
            Column("id", "integer", "the capture's id; in a corpus counted within its article"),
            Column("time", "time", "when it was made"),
            Column("url", "text", "the address asked for"),
            Column("final_url", "text", "the address that answered"),
            Column(
                "status",
                "integer",
                "HTTP status; empty where nothing answered, or a text was imported",
            ),
            Column("outcome", "text", "ok, unmodified, gone, moved, blocked, paywall, failed"),
            Column("version", "integer", "the version it attests, or that stood then"),
            Column(
                "reason",
                "text",
                "what was decided, in words, and what the text lost to a wrong charset",
            ),
            Column("digest", "text", "SHA-256 of the payload, hex"),
            Column("media_type", "text", "the answer's media type"),
            Column("origin", "text", "observed, or imported and from where"),
        ),
        _captures,
    ),
    Table(
        "versions",
        "one row a version, with its text",
        (
            _ARTICLE,
            Column("number", "integer", "counted from 0"),
            Column("first_seen", "time", "first capture that showed it"),
            Column("last_seen", "time", "last capture that showed it"),
            Column("kind", "text", "first, changed, returned, flapping"),
            Column("reason", "text", "why it is a version"),
            Column(
                "fields",
                "texts",
                "what changed: body, headline, byline, published, media, caption, notice",
            ),
            Column("same_as", "integer", "the earlier version whose text it is again"),
            Column("headline", "text", "as read from the page"),
            Column("byline", "texts", "names, as read from the page"),
            Column("published", "text", "as the publisher gives it"),
            Column("modified", "text", "as the publisher gives it"),
            Column("language", "text", "as the page says it"),
            Column(
                "notices",
                "texts",
                "the publisher's own corrections and updates, as kind: text",
            ),
            Column("text", "text", "headline and paragraphs, set off by blank lines"),
            Column(
                "digest",
                "text",
                f"SHA-256 of {DIGEST_COVERS}",
            ),
            Column("extractor", "text", "what read the page"),
        ),
        _versions,
    ),
    Table(
        "sentences",
        "one row a sentence of a version",
        (
            _ARTICLE,
            _VERSION,
            Column("sentence", "integer", "its number in the version"),
            Column("start", "integer", "offset into the text"),
            Column("end", "integer", "offset of its end"),
            Column("text", "text", "the sentence"),
        ),
        _sentences,
    ),
    Table(
        "links",
        "which sentence of a version became which of the next: one row a pair",
        (
            _ARTICLE,
            _OLD,
            _NEW,
            Column("segment", "integer", "segment of the comparison, in reading order"),
            Column("old_sentence", "integer", "empty: added"),
            Column("new_sentence", "integer", "empty: removed"),
            Column("op", "text", "same, edited, added, removed, split, merged"),
            Column("moved", "boolean", "whether it stands elsewhere"),
            Column("method", "text", "how the two were aligned"),
        ),
        _links,
    ),
    Table(
        "words",
        "the words that differ in a segment of a comparison",
        (
            _ARTICLE,
            _OLD,
            _NEW,
            Column("segment", "integer", "as in links"),
            Column("position", "integer", "order within the segment"),
            Column("op", "text", "removed, added"),
            Column("text", "text", "the words"),
        ),
        _words,
    ),
    Table(
        "changes",
        "one row a step in an article's history, as readers are told it",
        (
            _ARTICLE,
            _OLD,
            _NEW,
            Column("time", "time", "when it was first seen"),
            Column("kinds", "texts", f"gravest first, of {', '.join(BADGES)}"),
            Column("weight", "number", "0 to 1, for ranking"),
            Column("announced", "boolean", "whether notices name every claim change of it"),
            Column("meaningful", "boolean", "false: wording, dates, media only"),
            Column("headline_old", "text", "that of the version before"),
            Column("headline_new", "text", "that of the version"),
            Column("statement", "text", "its strongest difference in a line"),
        ),
        _changes,
    ),
    Table(
        "claims",
        "one row an attributed statement of a version",
        (
            _ARTICLE,
            _VERSION,
            Column("claim", "integer", "its number in the version"),
            Column("type", "text", "direct, mixed, indirect"),
            Column("start", "integer", "offset of its content"),
            Column("end", "integer", "offset of its end"),
            Column("content", "text", "what is said"),
            Column("cue", "text", "the words that attribute it"),
            Column("speaker", "text", "name"),
            Column("role", "text", "what the speaker is called: minister, docker"),
            Column("organisation", "text", "whom the speaker speaks for"),
            Column("speaker_kind", "text", ", ".join(get_args(SpeakerKind))),
            Column("negated", "boolean", "whether it is told as not so"),
            Column("hedges", "texts", "words that say how surely (may) or how nearly (at least)"),
            Column("figures", "texts", "quantities in it, as written"),
        ),
        _claims,
    ),
    Table(
        "claim_changes",
        "one row for what became of a claim from one version to the next",
        (
            _ARTICLE,
            _OLD,
            _NEW,
            Column("kind", "text", ", ".join(CHANGE_KINDS)),
            Column("speaker", "text", "name"),
            Column("before", "text", "the words concerned, before"),
            Column("after", "text", "and after"),
            Column("statement", "text", "in a line"),
            Column("announced", "boolean", "whether a notice names it"),
            Column("weight", "number", "0 to 1, for ranking"),
        ),
        _claim_changes,
    ),
)
