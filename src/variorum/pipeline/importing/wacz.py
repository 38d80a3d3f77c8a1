"""WACZ packages: those of other programs as the WARC files in them, our own as they were.

A package of our own is checked in full before anything is taken from it. Its captures then bring
with them what their archive concluded from them, so that versions, texts and times are the same;
they are marked as imported, with the log that they come from.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from variorum.evidence.check_package import document_of, verify_package
from variorum.evidence.package import ARTICLES, CAPTURES, CHECKPOINT, VERSIONS, WARC
from variorum.evidence.package_file import PackageError, PackageFile
from variorum.evidence.report import Report, Status
from variorum.evidence.tiles import parse_note
from variorum.model import (
    OBSERVED_BY,
    Decision,
    DecisionKind,
    Document,
    Fetched,
    Outcome,
    Page,
    PageKind,
    Rendered,
)
from variorum.pipeline.identity import article_at
from variorum.pipeline.importing.items import (
    NOWHERE,
    UNUSABLE,
    FetchedItem,
    Item,
    Items,
    Place,
    Problem,
    RevisitItem,
    named,
)
from variorum.pipeline.importing.warc import read_warc
from variorum.pipeline.path import Brought, CapturePath, Judged
from variorum.pipeline.renderings import rendered_again
from variorum.pipeline.stored import StoredVersions
from variorum.stages.fetch.decoding import Decoder
from variorum.stages.fetch.limits import Limits
from variorum.store.errors import DamagedError
from variorum.store.records import Records
from variorum.store.warc import StoredResponse, WarcStore
from variorum.text.told import in_one_line

_WARC_NAME = "data.warc.gz"
_WARC_ENDS = (".warc", ".warc.gz", ".warc.zst")
# Between where a package is from and who made a capture in it, where that was another archive.
_AND = "; "
# A package may hold 4 GB stored; WARC files of other programs are let be compressed once more.
_LARGEST_WARC = 20_000_000_000


@dataclass(frozen=True, slots=True)
class ToldItem:
    """A capture out of a package of our own. ``decision`` is what its archive concluded,
    ``document`` the text of the version that begins with it, ``data`` the bytes of a text that was
    itself brought to that archive."""

    url: str
    aliases: tuple[str, ...]
    fetched: Fetched
    digest: str | None
    columns: Mapping[str, Any]
    decision: Decision
    document: Document | None
    extractor: str
    label: str | None
    data: bytes | None
    origin: str
    size: int = 0
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class ToldTaken:
    """What became of one: which article, whether it is new, whether a version began, whether it
    came too late for its place in a history that was there."""

    article: int
    new: bool
    version: bool
    late: bool


def read_wacz(path: Path) -> Items:
    """The captures in a package. One that is altered, or no package, is one Problem."""
    try:
        with PackageFile(path) as package:
            ours = package.has(CAPTURES)
            yield from _own(path, package) if ours else _foreign(path, package)
    except PackageError as error:
        yield Problem(str(path), "", str(error))


def _foreign(path: Path, package: PackageFile) -> Iterator[Item]:
    names = [n for n in package.names() if n.startswith("archive/")]
    warcs = [n for n in names if n.endswith(_WARC_ENDS)]
    if not warcs:
        yield Problem(str(path), "", "no WARC file in it")
    for name in warcs:
        why = package.difference(name)
        if why is None and package.size(name) > _LARGEST_WARC:
            why = "larger than a WARC file should be"
        if why is not None:
            yield Problem(str(path), name, why)
            continue
        with tempfile.TemporaryDirectory(prefix="variorum-") as directory:
            # Under a name of ours: what the package calls it is never a path here.
            copy = Path(directory) / f"a{next(e for e in _WARC_ENDS if name.endswith(e))}"
            _copy(package, name, copy)
            for item in read_warc(copy):
                yield _renamed(item, path, name)


def _copy(package: PackageFile, name: str, to: Path) -> None:
    with package.open(name) as source, to.open("wb") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def _renamed(item: Item, path: Path, name: str) -> Item:
    """An item as of the package, not of the copy that it was read from."""
    if isinstance(item, Problem):
        return Problem(str(path), f"{name}, {item.where}", item.why)
    if isinstance(item, FetchedItem | RevisitItem):
        place = (str(path), f"{name}, {item.place[1]}")
        return replace(item, origin=f"imported from {named(path)}", place=place)
    return item


def _own(path: Path, package: PackageFile) -> Iterator[Any]:
    report = Report()
    verify_package(path, report)
    if not report.sound:
        wrong = next(i for i in report.items if i.status in (Status.ALTERED, Status.MISSING))
        why = f"altered, nothing was taken: {wrong.what} {wrong.name}: {wrong.why}"
        yield Problem(str(path), "", why)
        return
    with tempfile.TemporaryDirectory(prefix="variorum-") as directory:
        _copy(package, WARC, Path(directory) / _WARC_NAME)
        yield from _Captures(path, package, WarcStore(Path(directory))).items()


class _Captures:
    """The captures of a package of our own, in time order."""

    def __init__(self, path: Path, package: PackageFile, warc: WarcStore) -> None:
        self._path = path
        self._package = package
        self._warc = warc
        self._articles = {a["id"]: a for a in package.lines(ARTICLES)}
        self._places: dict[str, tuple[int, int]] = {}  # of the first record with each payload
        log = ""
        if package.has(CHECKPOINT):
            log = f", log {parse_note(package.read(CHECKPOINT).decode())[1].origin}"
        self._origin = f"imported from {named(path)}{log}"

    def items(self) -> Iterator[Any]:
        if not self._package.has(VERSIONS):
            yield from self._told(memoryview(b""), {})
            return
        with self._package.mapped(VERSIONS) as lines:
            yield from self._told(lines, _version_places(self._package))

    def _told(
        self, lines: memoryview, places: Mapping[tuple[int, int], tuple[int, int]]
    ) -> Iterator[Any]:
        for number, line in enumerate(self._package.lines(CAPTURES), 1):
            place = (str(self._path), f"capture {number}")
            try:
                verdict = line["verdict"]
                kind = DecisionKind(verdict["details"]["decision"])
                version = None
                if kind.makes_version:
                    start, end = places[verdict["article"], verdict["version"]]
                    version = json.loads(bytes(lines[start:end]))
                item: Item | ToldItem = replace(self._item(line, kind, version), place=place)
            except (*UNUSABLE, DamagedError) as error:
                item = Problem(
                    *place, f"cannot be used ({type(error).__name__}: {in_one_line(error)})"
                )
            yield item

    def _item(
        self, line: Mapping[str, Any], kind: DecisionKind, version: dict[str, Any] | None
    ) -> ToldItem:
        facts, verdict = line["facts"], line["verdict"]
        article = self._articles[verdict["article"]]
        row = version["row"] if version else {}
        stored = self._stored(line)
        fetched = self._fetched(facts, verdict, stored, line["place"])
        fetched = replace(fetched, rendered=self._rendered(verdict["details"], line.get("parts")))
        brought = stored is not None and stored.kind == "resource"
        return ToldItem(
            url=str(article["url"]),
            aliases=tuple(str(a) for a in article["aliases"]),
            fetched=fetched,
            digest=facts["digest"],
            columns={
                **{name: facts[name] for name in ("media_type", "etag", "last_modified")},
                **{
                    name: verdict[name]
                    for name in ("outcome", "version", "reason", "story_digest", "details")
                },
            },
            decision=Decision(
                kind,
                str(row.get("reason", verdict["reason"])),
                tuple(row.get("fields", ())),
                row.get("same_as"),
                {"outcome": Outcome(verdict["outcome"])},
            ),
            document=document_of(version) if version else None,
            extractor=str(row.get("extractor", "")),
            label=row.get("label"),
            data=stored.payload if brought and stored else None,
            origin=self._origin_of(str(facts["origin"])),
            size=line["place"][0] if line["place"] else 0,
        )

    def _origin_of(self, told: str) -> str:
        """Where a capture comes from: who made it, if not the archive of the package, is kept."""
        _, by, name = told.rpartition(OBSERVED_BY)
        return f"{self._origin}{_AND}{by}{name}" if by else self._origin

    def _stored(self, line: Mapping[str, Any]) -> StoredResponse | None:
        if not line["place"]:
            return None
        offset, length = line["place"]
        stored = self._warc.read((_WARC_NAME, offset, length))
        if stored.kind == "response":
            self._places.setdefault(str(line["facts"]["digest"]), (offset, length))
        return stored

    def _fetched(
        self,
        facts: Mapping[str, Any],
        verdict: Mapping[str, Any],
        stored: StoredResponse | None,
        place: tuple[int, int] | None,
    ) -> Fetched:
        details = verdict["details"]
        url, final_url = str(facts["url"]), str(facts["final_url"] or facts["url"])
        time = datetime.fromtimestamp(facts["time"] / 1000, UTC)
        if facts["status"] is None or stored is None:
            error = str(details.get("error") or verdict["reason"])
            return Fetched(url, time, final_url, None, error=error)
        head = self._head(place) if place else {}
        raw = self._payload(facts, stored)
        return Fetched(
            url=url,
            time=time,
            final_url=final_url,
            status=int(facts["status"]),
            headers=stored.headers,
            body=_decoded(stored, raw) if raw is not None else b"",
            raw=raw,
            hops=tuple(details.get("hops", ())),
            error=details.get("error"),
            truncated="warc-truncated" in head,
            remote=head.get("warc-ip-address"),
        )

    def _rendered(
        self, details: Mapping[str, Any], parts: Mapping[str, Any] | None
    ) -> Rendered | None:
        """What a browser had made of the page, with what the package has of it."""
        if not parts:
            return None
        bodies = {
            name: self._warc.read((_WARC_NAME, *place)).payload for name, place in parts.items()
        }
        return rendered_again(details["rendered"], bodies["dom"], bodies.get("screenshot"))

    def _payload(self, facts: Mapping[str, Any], stored: StoredResponse) -> bytes | None:
        """The body as it lies in its record, or in the one that it repeats."""
        if stored.kind != "revisit":
            return stored.payload
        if facts["status"] == 304:
            return None
        offset, length = self._places[str(facts["digest"])]
        return self._warc.read((_WARC_NAME, offset, length)).payload

    def _head(self, place: tuple[int, int]) -> dict[str, str]:
        """The named fields of a record that its reader does not give."""
        with (self._warc.directory / _WARC_NAME).open("rb") as file:
            file.seek(place[0])
            told = zlib.decompressobj(31).decompress(file.read(place[1]), 16_384)
        lines = told.partition(b"\r\n\r\n")[0].decode("utf-8", "replace").split("\r\n")
        fields = (line.partition(": ") for line in lines)
        return {name.lower(): value for name, _, value in fields}


def take_told(
    path: CapturePath, records: Records, item: ToldItem, now: datetime
) -> ToldTaken | None:
    """Put a capture into the archive as its own archive had it; None where it is there already.

    Where the article has a history of its own here, the capture is judged like any other.
    """
    article, new = article_at(records, item.url, None, now, state="imported")
    if not new and records.capture_at(article.id, item.fetched.url, item.fetched.time, item.digest):
        return None
    records.add_aliases(article.id, item.aliases, "as its archive had it")
    last = records.last_capture(article.id)
    versions = StoredVersions(records, article)
    same = last is not None and _package(last.origin) == _package(item.origin)
    follows = last is None or (same and last.time <= item.fetched.time)
    begins = item.decision.kind.makes_version
    fits = not begins or (item.document is not None and item.columns["version"] == len(versions))
    if item.data is not None and item.document is not None:
        brought = path.take_text(records, article, _brought(item, follows and fits))
        return ToldTaken(article.id, new, brought.judged.decision.kind.makes_version, False)
    if not follows or not fits:
        taken = path.take(records, article, item.fetched, origin=item.origin)
        judged = taken.judged.decision.kind.makes_version
        return ToldTaken(taken.article, new, judged, taken.late)
    page = (
        Page(PageKind.ARTICLE, item.document, extractor=item.extractor) if item.document else None
    )
    same = last is not None and (item.fetched.status == 304 or last.digest == item.digest)
    repeats = (last.url, last.time) if last and same and item.fetched.status in (200, 304) else None
    place = path.archive.warc.append(item.fetched, repeats)
    path.archive.warc_name_known(records, place[0])
    built = path.keep_built(records, item.fetched, last, picture=True)
    details = {k: v for k, v in item.columns["details"].items() if k != "rendered"}
    if built is not None:
        details["rendered"] = built
    records.add_capture(
        article.id,
        {
            "url": item.fetched.url,
            "final_url": item.fetched.final_url,
            "time": item.fetched.time,
            "status": item.fetched.status,
            **item.columns,
            "details": details,
            "digest": item.digest,
            "warc": place[0],
            "offset": place[1],
            "length": place[2],
            "origin": item.origin,
        },
    )
    judged_as = Judged(article, versions, item.decision, page, item.columns["story_digest"])
    path.settle(records, judged_as, item.fetched.time, label=item.label)
    return ToldTaken(article.id, new, begins, False)


def _package(origin: str) -> str:
    return origin.partition(_AND)[0]


def _brought(item: ToldItem, as_told: bool) -> Brought:
    assert item.data is not None
    assert item.document is not None
    return Brought(
        url=item.fetched.url,
        time=item.fetched.time,
        document=item.document,
        data=item.data,
        media_type=str(item.columns["media_type"] or "application/octet-stream"),
        origin=item.origin,
        label=item.label,
        decision=item.decision if as_told else None,
    )


def _decoded(stored: StoredResponse, raw: bytes) -> bytes:
    coding = next((v for k, v in stored.headers if k.lower() == "content-encoding"), None)
    decoder = Decoder(coding, Limits())
    decoder.feed(raw)
    decoder.close()
    return decoder.body


def _version_places(package: PackageFile) -> dict[tuple[int, int], tuple[int, int]]:
    """Where the line of each version lies, by (article, number): the texts stay on the disk."""
    places: dict[tuple[int, int], tuple[int, int]] = {}
    start = 0
    with package.open(VERSIONS) as file:
        for line in file:
            row = json.loads(line)["row"]
            places[row["article"], row["number"]] = (start, start + len(line))
            start += len(line)
    return places
