"""The whole path of one capture on one screen: keep, read, decide, store, collate, claim, publish.

The stages are pure and know nothing of each other; here they are called in order, and here alone
their results become rows and records.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from variorum.model import (
    Article,
    Capture,
    Change,
    Decision,
    DecisionKind,
    Document,
    Fetched,
    History,
    Outcome,
    Page,
    PageKind,
    Version,
)
from variorum.pipeline.bodies import body_if_there, still_there
from variorum.pipeline.capture_rows import response_columns, verdict_columns
from variorum.pipeline.damage import damage_of, damage_told
from variorum.pipeline.identity import settle_identity
from variorum.pipeline.leaving_out import left_out
from variorum.pipeline.renderings import as_read, keep_rendered
from variorum.pipeline.sequence import in_sequence, of_the_look
from variorum.pipeline.sites import SiteMemory
from variorum.pipeline.storable import storable
from variorum.pipeline.stored import StoredVersions
from variorum.pipeline.upset import unless_upset
from variorum.stages.claims import compare_claims
from variorum.stages.collate import collate_documents
from variorum.stages.extract import Reader, SiteFurniture
from variorum.stages.fetch import outcome
from variorum.stages.publish.summary import event, summarise
from variorum.stages.version import (
    Steady,
    content_digest,
    decide,
    judge_response,
    steady,
    still,
    story_digest,
    telling,
    version_made,
)
from variorum.store.archive import Archive
from variorum.store.parts import parts_of
from variorum.store.records import Records
from variorum.store.warc import payload_digest
from variorum.text.sentences import sentences

# What is known of the pages looked at last, for the next look: a few KB each.
_STEADY_KEPT = 4_096
# Pages of a few hundred KB each; imports in page order find theirs among the last one or two.
_PAGES_KEPT = 16
_Known = tuple[int, str | None]


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one capture."""

    article: int
    capture: int
    judged: Judged
    change: Change | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """A text that was extracted elsewhere: the Document, and the bytes that it came in.

    ``decision`` says what it is where that is known already, ``label`` how the archive that it
    comes from called the version, ``origin`` where it comes from.
    """

    url: str
    time: datetime
    document: Document
    data: bytes
    media_type: str
    origin: str
    label: str | None = None
    decision: Decision | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A capture judged. ``article`` may have turned out to be another one that was known; ``twin``
    is the number of another one whose page its address leads to."""

    article: Article
    versions: Sequence[Version]
    decision: Decision
    page: Page | None = None
    story: str | None = None
    steady: Steady | None = None
    twin: int | None = None
    #: what the text lost on its way, where the page was not read because the last one tells the same
    known_damage: str = ""

    @property
    def damage(self) -> str:
        """One line on what the text lost on its way; "" where nothing was."""
        return damage_of(self.page.document) if self.page is not None else self.known_damage

    @property
    def current(self) -> Version | None:
        return self.versions[-1] if self.versions else None

    @property
    def number(self) -> int | None:
        """The number of the current version; needs no text to be read."""
        return len(self.versions) - 1 if self.versions else None

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.decision.details.get("outcome", Outcome.OK))

    @property
    def attested(self) -> int | None:
        """The version that the capture is listed under: the new one, or the one still current."""
        return len(self.versions) if self.decision.kind.makes_version else self.number


class CapturePath:
    """Takes captures, one after the other, into an archive that is open for writing."""

    def __init__(self, archive: Archive, reader: Reader) -> None:
        self.archive = archive
        self.reader = reader
        # By number and digest: the number of a capture that was undone is given again.
        self._pages: OrderedDict[_Known, Page] = OrderedDict()
        self._steady: OrderedDict[_Known, Steady] = OrderedDict()
        self._sites = SiteMemory()
        self._named: tuple[Records, int, str] | None = None

    def take(
        self, records: Records, article: Article, fetched: Fetched, *, origin: str = "observed"
    ) -> Taken:
        """Put one fetch of ``article`` through every stage, inside the caller's transaction.

        A capture older than the newest one is kept and marked ``late``: the article's history must
        then be made anew (see ``pipeline.replay``).
        """
        last = records.last_capture(article.id)
        clock = fetched.time
        fetched, jumped = in_sequence(fetched, last, origin)
        digest = payload_digest(fetched.body if fetched.raw is None else fetched.raw)
        place = self._keep(records, fetched, digest, last)
        late = last is not None and fetched.time < last.time
        known = last if _attests(last) else None
        read = as_read(fetched)
        judged = _put_off(article) if late else self.judge(records, article, read, known)
        new = judged.decision.kind.makes_version
        built = self.keep_built(records, fetched, last, picture=new)
        capture = records.add_capture(
            judged.article.id,
            {
                **response_columns(fetched),
                **verdict_columns(
                    judged, fetched, of_the_look(fetched, built, clock if jumped else None)
                ),
                "digest": digest if fetched.status is not None else None,
                "warc": place[0],
                "offset": place[1],
                "length": place[2],
                "origin": origin,
            },
        )
        if judged.steady is not None:
            self._steady[capture, digest] = judged.steady
            while len(self._steady) > _STEADY_KEPT:
                self._steady.popitem(last=False)
        if judged.page is not None:
            self._remember((capture, digest), judged.page)
            self._sites.learn(records, judged.article, judged.page)
        change = None if late else self.settle(records, judged, fetched.time)
        return Taken(judged.article.id, capture, judged, change, late)

    def judge(
        self,
        records: Records,
        article: Article,
        fetched: Fetched,
        witness: Capture | None = None,
        *,
        joining: bool = True,
    ) -> Judged:
        """Decide what a capture means for its article; reads the page only when it must. With
        ``joining`` it may turn out to be of another article that is known. ``witness`` is the
        newest capture that attests a version, where it is at hand."""
        decision = judge_response(fetched, article.url)
        if decision is not None:
            decision = _refused(decision, fetched)
            return Judged(article, StoredVersions(records, article), decision)
        pieces = telling(fetched.body)
        story = story_digest(fetched.body, fetched.header("content-type"), pieces)
        witness = witness or records.last_capture(article.id, with_page=True)
        versions: Sequence[Version] = StoredVersions(records, article)
        known_by = self._steady.get((witness.id, witness.digest)) if witness else None
        same = _proven(witness, story, versions)
        if same is None and _attests_current(witness, versions) and known_by is not None:
            same = _still_the_same(known_by, pieces, fetched)
        if same is not None:
            damage = damage_told(witness) if witness else ""
            return Judged(
                article, versions, same, story=story, steady=known_by, known_damage=damage
            )
        page = self.read_page(records, article.url, fetched)
        known, twin = settle_identity(records, article, fetched, page, joining=joining)
        if known.id != article.id:
            versions = StoredVersions(records, known)
            witness = records.last_capture(known.id, with_page=True)
        history = History(versions, lambda: self._reread(records, known, witness))
        # At first sight nobody knows whether there will be a second.
        to_know = None
        if witness is not None:
            to_know = steady(fetched.body, fetched.header("content-type"), page, pieces)
        decision = decide(page, history, fetched)
        if decision.kind.makes_version and not versions:
            decision = left_out(records, known, page.document.language) or decision
        return Judged(known, versions, decision, page, story, to_know, twin if versions else None)

    def take_text(self, records: Records, article: Article, brought: Brought) -> Taken:
        """Put a text that somebody else extracted through the stages that are left.

        ``brought.decision`` is kept where there is one (another archive's versions stay what they
        were); else the text is judged like a page.
        """
        place = self.archive.warc.append_resource(
            brought.url, brought.time, brought.media_type, brought.data
        )
        self._name_known(records, place[0])
        versions = StoredVersions(records, article)
        page = Page(PageKind.ARTICLE, storable(brought.document), extractor=brought.origin)
        decision = brought.decision or decide(page, History(versions))
        judged = Judged(article, versions, decision, page)
        fetched = Fetched(brought.url, brought.time, brought.url, None)
        capture = records.add_capture(
            article.id,
            {
                **response_columns(fetched),
                **verdict_columns(judged, fetched),
                "media_type": brought.media_type,
                "digest": payload_digest(brought.data),
                "warc": place[0],
                "offset": place[1],
                "length": place[2],
                "origin": brought.origin,
            },
        )
        change = self.settle(records, judged, brought.time, label=brought.label)
        return Taken(article.id, capture, judged, change)

    def tells_the_same(self, records: Records, article: Article, page: Page) -> bool:
        """Whether a page tells what an article's current version tells."""
        witness = records.last_capture(article.id, with_page=True)
        history = History(
            StoredVersions(records, article), lambda: self._reread(records, article, witness)
        )
        return history.current is not None and decide(page, history).kind in STILL_THERE

    def read_page(self, records: Records, url: str, fetched: Fetched) -> Page:
        """The page, read with what is known of its site."""
        return self.reader.read(
            fetched.body,
            url=fetched.final_url,
            content_type=fetched.header("content-type"),
            furniture=self._sites.of(records, url),
        )

    def finish(self, records: Records) -> None:
        """Write down what was learned of the sites; called at the end of each transaction."""
        self._sites.store(records)
        if self.archive.shared:
            self.forget_sites()

    def forget_sites(self) -> None:
        """Read anew what is known of the sites: another process may have learned more."""
        self._sites = SiteMemory()

    def settle(
        self, records: Records, judged: Judged, time: datetime, *, label: str | None = None
    ) -> Change | None:
        """Rows that follow from a decision: a version with its change, or the article's state."""
        article, decision = judged.article, judged.decision
        values: dict[str, Any] = {
            "captures": article.captures + 1,
            "last_checked": time,
            "first_seen": article.first_seen or time,
        }
        change = None
        if decision.kind.makes_version:
            new = _new_version(judged, time, label)
            change = self.publish(records, new, self._better_told(records, judged, time))
            if judged.number is None:
                # Stubs and failures seen before it are listed under the first version there is.
                records.list_under_first(article.id, time)
            values |= {
                "versions": new.number + 1,
                "headline": new.document.headline,
                "last_change": time,
                "last_seen": time,
            }
        elif decision.kind in STILL_THERE and judged.number is not None:
            records.seen_again(article.id, judged.number, time)
            values["last_seen"] = time
        state = _state_after(article, decision)
        if state != article.state:
            values["state"] = state
            if state in _ENDED:
                change = event(article.id, decision, judged.current, time)
                records.add_change(change)
                values["last_change"] = time
        records.update_article(article.id, **values)
        return change

    def _keep(
        self, records: Records, fetched: Fetched, digest: str, last: Capture | None
    ) -> tuple[str, int, int]:
        same = last is not None and (
            fetched.status == 304
            or (last.digest == digest and still_there(self.archive, records, last))
        )
        repeats = (last.url, last.time) if same and last and fetched.status in (200, 304) else None
        place = self.archive.warc.append(fetched, repeats)
        self._name_known(records, place[0])
        return place

    def keep_built(
        self, records: Records, fetched: Fetched, last: Capture | None, *, picture: bool
    ) -> dict[str, Any] | None:
        """Write down what a browser made of a page, if one did: see ``renderings.keep_rendered``."""
        built = keep_rendered(self.archive.warc, fetched, last, picture=picture)
        for part in parts_of({"rendered": built}):
            self._name_known(records, part.record[0])
        return built

    def _name_known(self, records: Records, name: str) -> None:
        """Make sure, once a transaction, that a WARC file has its row."""
        named = (records, records.undone, name)
        if self._named != named:
            self.archive.warc_name_known(records, name)
            self._named = named

    def _remember(self, capture: _Known, page: Page) -> None:
        """Keep the pages read last: a capture soon followed by its next is not read twice."""
        self._pages[capture] = page
        while len(self._pages) > _PAGES_KEPT:
            self._pages.popitem(last=False)

    def known_of(self, records: Records, article: Article) -> SiteFurniture:
        """What is known of an article's site."""
        return self._sites.of(records, article.url)

    def read_again(self, records: Records, capture: Capture, known: SiteFurniture) -> Page | None:
        """The page of a capture, read with what is known of its site now; None where its bytes are
        not there."""
        page = self._pages.get((capture.id, capture.digest))
        if page is not None and not known.would_clear(page):
            return page
        kept = body_if_there(self.archive, records, capture)
        if kept is None:
            return None
        body, content_type = kept
        return self.reader.read(
            body,
            url=capture.final_url or capture.url,
            content_type=content_type,
            furniture=known,
        )

    def _reread(self, records: Records, article: Article, witness: Capture | None) -> Page | None:
        if witness is None:
            return None
        return self.read_again(records, witness, self.known_of(records, article))

    def _better_told(self, records: Records, judged: Judged, time: datetime) -> Version | None:
        """The current version, its text read again when more of the site's furniture is known than
        when it was stored: else the old advertisement would seem to be a sentence removed."""
        current = judged.current
        if current is None or judged.page is None or judged.page.extractor != current.extractor:
            return current
        furniture = self._sites.of(records, judged.article.url)
        told = current.document.paragraphs
        if not (furniture.slots.settled or any(map(furniture.knows, told))):
            return current
        witness = records.last_capture_before(judged.article.id, current.number, time)
        page = self._reread(records, judged.article, witness)
        if page is None or page.kind is not PageKind.ARTICLE or not page.document.paragraphs:
            return current
        if not furniture.has_cleared(page, told):
            return current
        told_anew = replace(current, document=page.document, digest=content_digest(page.document))
        records.retell_version(told_anew)
        self._index(records, told_anew)
        return told_anew

    def publish(self, records: Records, new: Version, old: Version | None) -> Change | None:
        """Store a version, its sentences, and what changed since ``old``."""
        records.add_version(new)
        self._index(records, new)
        if old is None:
            return None
        collation = collate_documents(old.document, new.document)
        claims = unless_upset(
            f"version {new.number} of article {new.article}",
            lambda: compare_claims(old.document, new.document, collation),
        )
        claims = claims or ()
        change = summarise(old, new, collation, claims)
        records.add_change(change)
        records.add_claim_changes(new.article, new.number, claims)
        return change

    def _index(self, records: Records, version: Version) -> None:
        document = version.document
        told = [s.text for s in sentences(document.text, document.language)]
        records.index_version(version.article, version.number, told)


STILL_THERE = frozenset({DecisionKind.SAME, DecisionKind.TYPOGRAPHIC, DecisionKind.FURNITURE})
_ENDED = {"gone", "moved"}


def _state_after(article: Article, decision: Decision) -> str:
    """``watching`` unless the page is gone or moved away; what was imported stays so."""
    if article.state in ("imported", "paused"):
        return article.state
    if decision.kind in (DecisionKind.GONE, DecisionKind.MOVED):
        return str(decision.kind)
    failed = decision.kind is DecisionKind.NOT_ARTICLE
    return article.state if failed else "watching"


def _refused(decision: Decision, fetched: Fetched) -> Decision:
    """Where nothing was asked for because robots.txt or the host says so: blocked, not failed."""
    if fetched.status is not None or outcome(fetched)[0] is not Outcome.BLOCKED:
        return decision
    return replace(decision, details={**decision.details, "outcome": Outcome.BLOCKED.value})


def _put_off(article: Article) -> Judged:
    late = Decision(DecisionKind.NOT_ARTICLE, "older than the newest capture; read in its place")
    return Judged(article, (), late)


def _attests(capture: Capture | None) -> bool:
    return bool(capture and capture.outcome is Outcome.OK and capture.version is not None)


def _attests_current(witness: Capture | None, versions: Sequence[Version]) -> bool:
    return bool(witness and versions and witness.version == len(versions) - 1)


def _proven(witness: Capture | None, story: str, versions: Sequence[Version]) -> Decision | None:
    """That nothing changed, where the last page that was read tells the same byte for byte."""
    if witness is None or not _attests_current(witness, versions) or witness.story_digest != story:
        return None
    return Decision(DecisionKind.SAME, "everything the story is read from is the same")


def _still_the_same(known_by: Steady, pieces: Sequence[bytes], fetched: Fetched) -> Decision | None:
    """That nothing changed, where the page tells the same but for clocks and counts."""
    if not still(known_by, pieces, fetched.header("content-type")):
        return None
    return Decision(DecisionKind.FURNITURE, "only clocks and counts beside the story differ")


def _new_version(judged: Judged, time: datetime, label: str | None) -> Version:
    assert judged.page is not None, "only a page that was read can make a version"
    number = len(judged.versions)
    return version_made(judged.article.id, number, judged.page, judged.decision, time, label)
