"""The whole path of one capture on one screen: keep, read, decide, store, collate, claim, publish.

The stages are pure and know nothing of each other; here they are called in order, and here alone
their results become rows and records.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from variorum.model import (
    Article,
    Capture,
    Change,
    Decision,
    DecisionKind,
    Fetched,
    History,
    Outcome,
    Page,
    Version,
)
from variorum.pipeline.bodies import body_of
from variorum.stages.claims import compare_claims
from variorum.stages.collate import collate_documents
from variorum.stages.extract import Reader, SiteFurniture
from variorum.stages.publish.summary import event, summarise
from variorum.stages.version import content_digest, decide, judge_response, story_digest
from variorum.store.archive import Archive
from variorum.store.records import Records
from variorum.store.warc import payload_digest
from variorum.text.sentences import sentences


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one capture. ``version`` is the one it attests, None when there is none."""

    article: int
    capture: int
    decision: Decision
    outcome: Outcome
    version: int | None
    change: Change | None = None


class CapturePath:
    """Takes captures, one after the other, into an archive that is open for writing."""

    def __init__(self, archive: Archive, reader: Reader) -> None:
        self.archive = archive
        self.reader = reader

    def take(
        self, records: Records, article: Article, fetched: Fetched, *, origin: str = "observed"
    ) -> Taken:
        """Put one fetch of ``article`` through every stage, inside the caller's transaction."""
        last = records.last_capture(article.id)
        digest = payload_digest(fetched.body if fetched.raw is None else fetched.raw)
        place = self._keep(records, fetched, digest, last)
        story = story_digest(fetched.body) if fetched.body else None
        decision, page, versions = self._judge(records, article, fetched, story)
        outcome = Outcome(decision.details.get("outcome", Outcome.OK))
        number = _attested(decision, versions)
        capture = records.add_capture(
            article.id,
            {
                **_response_columns(fetched),
                "outcome": str(outcome),
                "version": number,
                "reason": decision.reason,
                "digest": digest if fetched.status is not None else None,
                "story_digest": story,
                "warc": place[0],
                "offset": place[1],
                "length": place[2],
                "origin": origin,
                "details": _details(fetched, decision, page),
            },
        )
        change = self._settle(records, article, fetched, decision, page, versions)
        return Taken(article.id, capture, decision, outcome, number, change)

    def _keep(
        self, records: Records, fetched: Fetched, digest: str, last: Capture | None
    ) -> tuple[str, int, int]:
        same = last is not None and (fetched.status == 304 or last.digest == digest)
        repeats = (last.url, last.time) if same and last and fetched.status in (200, 304) else None
        place = self.archive.warc.append(fetched, repeats)
        self.archive.warc_name_known(records, place[0])
        return place

    def _judge(
        self, records: Records, article: Article, fetched: Fetched, story: str | None
    ) -> tuple[Decision, Page | None, Sequence[Version]]:
        versions = records.versions(article.id)
        decision = judge_response(fetched, article.url)
        if decision is not None:
            return decision, None, versions
        witness = records.last_capture(article.id, with_page=True)
        if _unchanged(witness, story, versions):
            return Decision(DecisionKind.SAME, "the story's bytes are the same"), None, versions
        page = self.read_page(records, article, fetched)
        history = History(versions, lambda: self._reread(records, article, witness))
        return decide(page, history, fetched), page, versions

    def read_page(self, records: Records, article: Article, fetched: Fetched) -> Page:
        """The page, read with what is known of its site."""
        known = records.furniture(_host(article.url))
        return self.reader.read(
            fetched.body,
            url=fetched.final_url,
            content_type=fetched.header("content-type"),
            furniture=SiteFurniture.from_dict(known) if known else None,
        )

    def _reread(self, records: Records, article: Article, witness: Capture | None) -> Page | None:
        if witness is None:
            return None
        body, content_type = body_of(self.archive, records, witness)
        known = records.furniture(_host(article.url))
        return self.reader.read(
            body,
            url=witness.final_url or witness.url,
            content_type=content_type,
            furniture=SiteFurniture.from_dict(known) if known else None,
        )

    def _settle(
        self,
        records: Records,
        article: Article,
        fetched: Fetched,
        decision: Decision,
        page: Page | None,
        versions: Sequence[Version],
    ) -> Change | None:
        """Rows that follow from the decision: a version with its change, or the article's state."""
        current = versions[-1] if versions else None
        values: dict[str, Any] = {
            "captures": article.captures + 1,
            "last_checked": fetched.time,
            "first_seen": article.first_seen or fetched.time,
        }
        change = None
        if decision.kind.makes_version:
            assert page is not None
            new = _new_version(article, fetched.time, decision, page, len(versions))
            change = self.publish(records, new, current)
            values |= {
                "versions": new.number + 1,
                "headline": new.document.headline,
                "last_change": new.first_seen,
                "last_seen": fetched.time,
            }
        elif decision.kind in _STILL_THERE and current is not None:
            records.seen_again(article.id, current.number, fetched.time)
            values["last_seen"] = fetched.time
        state = _STATES.get(decision.kind, "watching")
        if state != article.state and article.state != "imported":
            values["state"] = state
            if state != "watching":
                change = event(article.id, decision, current, fetched.time)
                records.add_change(change)
        records.update_article(article.id, **values)
        return change

    def publish(self, records: Records, new: Version, old: Version | None) -> Change | None:
        """Store a version, its sentences, and what changed since ``old``."""
        records.add_version(new)
        records.index_version(
            new.article,
            new.number,
            [s.text for s in sentences(new.document.text, new.document.language)],
        )
        if old is None:
            return None
        collation = collate_documents(old.document, new.document)
        claims = compare_claims(old.document, new.document, collation)
        change = summarise(old, new, collation, claims)
        records.add_change(change)
        records.add_claim_changes(new.article, new.number, claims)
        return change


_STILL_THERE = frozenset({DecisionKind.SAME, DecisionKind.TYPOGRAPHIC, DecisionKind.FURNITURE})
_STATES = {DecisionKind.GONE: "gone", DecisionKind.MOVED: "moved"}


def _unchanged(witness: Capture | None, story: str | None, versions: Sequence[Version]) -> bool:
    """Whether the last page that was read tells the same story, byte for byte, as this one."""
    return bool(
        witness
        and story
        and versions
        and witness.story_digest == story
        and witness.version == versions[-1].number
    )


def _attested(decision: Decision, versions: Sequence[Version]) -> int | None:
    """The version that the capture is listed under: the new one, or the one still current."""
    if decision.kind.makes_version:
        return len(versions)
    return versions[-1].number if versions else None


def _new_version(
    article: Article, time: datetime, decision: Decision, page: Page, number: int
) -> Version:
    return Version(
        article=article.id,
        number=number,
        document=page.document,
        first_seen=time,
        last_seen=time,
        reason=decision.reason,
        digest=content_digest(page.document),
        extractor=page.extractor,
        kind=decision.kind,
        fields=decision.fields,
        same_as=decision.same_as,
    )


def _response_columns(fetched: Fetched) -> dict[str, Any]:
    return {
        "url": fetched.url,
        "final_url": fetched.final_url,
        "time": fetched.time,
        "status": fetched.status,
        "media_type": (fetched.header("content-type") or "").split(";")[0].strip() or None,
        "etag": fetched.header("etag"),
        "last_modified": fetched.header("last-modified"),
    }


def _details(fetched: Fetched, decision: Decision, page: Page | None) -> dict[str, Any]:
    details: dict[str, Any] = {"decision": str(decision.kind)}
    if fetched.hops:
        details["hops"] = list(fetched.hops)
    if fetched.error:
        details["error"] = fetched.error
    if page is not None and page.flags:
        details["flags"] = list(page.flags)
    return details


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").lower()
