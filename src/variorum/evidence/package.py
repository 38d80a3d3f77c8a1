"""Articles as a WACZ package: their records as they lie in the archive, with the evidence of them.

The WARC records are copied byte for byte, so the hashes in the log are hashes of what is in the
package. ``evidence/`` holds the rows, their entries with inclusion proofs, the signed checkpoint
that the proofs lead to, what happened to the archive, and a statement in plain words.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import uuid
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from variorum.about import __version__
from variorum.evidence.as_logged import AsLogged
from variorum.evidence.beside import records_beside
from variorum.evidence.cdxj import IndexedRecord, index_files
from variorum.evidence.container import Container
from variorum.evidence.entries import told
from variorum.evidence.keys import signer_of
from variorum.evidence.note import Note
from variorum.evidence.package_layout import Layout, member_of
from variorum.evidence.package_timestamps import STAMPS, stamps_of
from variorum.evidence.statement import Brought, statement
from variorum.model import OBSERVED_BY, Article, Outcome, Version
from variorum.model.times import iso
from variorum.store import durable, observed
from variorum.store.archive import Archive
from variorum.store.records import Records

WACZ_VERSION = "1.1.1"
WARC = "archive/data.warc.gz"
PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
CAPTURES, VERSIONS = "evidence/captures.jsonl", "evidence/versions.jsonl"
ARTICLES, CUSTODY = "evidence/articles.jsonl", "evidence/custody.jsonl"
CHECKPOINT, STATEMENT = "evidence/checkpoint.txt", "evidence/statement.txt"
_SIGNED = "variorum package"
_CHUNK = 1 << 20
_IMPORTED = "imported from "


@dataclass(frozen=True, slots=True)
class Packaged:
    """What an export came to. ``proven`` captures have an entry in the log with its proof."""

    articles: int
    captures: int
    versions: int
    proven: int
    signed: bool

    def to_dict(self) -> dict[str, Any]:
        return {
            "articles": self.articles,
            "captures": self.captures,
            "versions": self.versions,
            "proven": self.proven,
            "signed": self.signed,
        }


def export_wacz(
    archive: Archive,
    records: Records,
    path: Path,
    articles: Sequence[int],
    now: datetime,
    advance: Callable[[int], None] = lambda done: None,
) -> Packaged:
    """Write a package of these articles; it appears under its name only when it is complete.

    Raises DamagedError where the archive is not what its log says, TooLargeError, OSError.
    """
    log = AsLogged.read(archive, records, places=True)
    log.articles(articles)
    known = [a for a in (records.article(n) for n in articles) if a is not None]
    rows = [row for a in known for row in observed.captures_of(records.db, a.id)]
    rows.sort(key=lambda row: (row.time, row.id))
    with durable.whole(path) as file:
        made = _Package(archive, records, log, Container(file), now)
        return made.write(known, rows, advance)


def _brought(rows: Sequence[Any]) -> Brought:
    others: Counter[str] = Counter()
    imports: Counter[str] = Counter()
    for row in rows:
        before, sign, name = row.origin.rpartition(OBSERVED_BY)
        if sign and _is_origin(before):
            others[name] += 1
        if row.origin.startswith(_IMPORTED):
            origin = before.removesuffix("; ") if sign and _is_origin(before) else row.origin
            imports[origin.removeprefix(_IMPORTED)] += 1
    return Brought(others, imports)


def _is_origin(before: str) -> bool:
    """Whether what stands before such a name leads to it: nothing, or what it was imported from."""
    return not before or before.endswith("; ")


class _Package:
    def __init__(
        self,
        archive: Archive,
        records: Records,
        checked: AsLogged,
        container: Container,
        now: datetime,
    ) -> None:
        self._archive = archive
        self._records = records
        self._checked = checked
        self._log = checked.log
        self._container = container
        self._now = now
        self._resources: list[dict[str, Any]] = []

    def write(
        self, articles: Sequence[Article], rows: Sequence[Any], advance: Callable[[int], None]
    ) -> Packaged:
        head = _warcinfo(self._now)
        beside = records_beside(self._records.db, self._archive.warc, rows)
        layout = Layout.of(rows, len(head), beside)
        self._stream(WARC, layout.size, _chunks(head, self._members(layout, advance)))
        versions = {a.id: self._records.versions(a.id) for a in articles}
        for name, data in index_files(self._indexed(rows, layout.captures)).items():
            self._add(name, data)
        self._add("pages/pages.jsonl", _pages(rows, versions))
        captures, proven = self._captures(rows, layout)
        self._add(CAPTURES, captures)
        self._add(VERSIONS, self._versions(versions))
        self._add(ARTICLES, _lines(_article(a) for a in articles))
        self._add(CUSTODY, self._custody())
        if self._log.note is not None:
            self._add(CHECKPOINT, str(self._log.note).encode())
        stamps = list(stamps_of(self._log, self._archive.directory))
        self._add(STAMPS, _lines(stamps))
        times = [row.time for row in rows]
        head_of_log, given = self._log.head, _brought(rows)
        said = statement(articles, times, proven, head_of_log, self._now, given, len(stamps))
        self._add(STATEMENT, said.encode("utf-8", "replace"))
        signed = self._close(articles)
        count = sum(len(told) for told in versions.values())
        return Packaged(len(articles), len(rows), count, proven, signed)

    def _add(self, name: str, data: bytes) -> None:
        """A file of the package; one without content is left out, for checkers take it for a
        table without columns."""
        if data:
            self._stream(name, len(data), iter((data,)))

    def _stream(self, name: str, size: int, chunks: Iterator[bytes]) -> None:
        digest = hashlib.sha256()

        def hashing() -> Iterator[bytes]:
            for chunk in chunks:
                digest.update(chunk)
                yield chunk

        self._container.stream(name, size, hashing())
        self._resources.append(
            {
                "name": name.rsplit("/", 1)[-1].lower(),
                "path": name,
                "hash": f"sha256:{digest.hexdigest()}",
                "bytes": size,
            }
        )

    def _members(self, layout: Layout, advance: Callable[[int], None]) -> Iterator[bytes]:
        """The records, byte for byte, each checked against its entry."""
        done = 0
        for row, part in layout.members:
            member = member_of(self._archive.warc, row, part)
            if part is None:
                self._checked.member(row, member)
            yield member
            done += len(member)
            advance(done)

    def _captures(self, rows: Sequence[Any], layout: Layout) -> tuple[bytes, int]:
        places = layout.captures
        lines, proven = [], 0
        for row in rows:
            entry = self._log.proof(self._log.captures.get(row.id))
            judged = self._log.proof(self._log.judged.get(row.id))
            proven += entry is not None
            lines.append(
                {
                    "facts": told(row, observed.FACTS),
                    "verdict": told(row, observed.VERDICT),
                    "place": list(places[row.id]) if row.id in places else None,
                    "logged": entry,
                    "judged": judged,
                    **({"parts": layout.parts[row.id]} if row.id in layout.parts else {}),
                    **({"beside": layout.beside[row.id]} if row.id in layout.beside else {}),
                }
            )
        return _lines(lines), proven

    def _versions(self, versions: dict[int, list[Version]]) -> bytes:
        lines = []
        for article, told_versions in versions.items():
            rows = observed.versions_of(self._records.db, article)
            for row, version in zip(rows, told_versions, strict=True):
                entry = self._log.proof(self._log.versions.get((article, row.number)))
                document = version.document
                lines.append(
                    {
                        "row": told(row, observed.VERSION),
                        "last_seen": round(row.last_seen.timestamp() * 1000),
                        "document": document.to_dict(),
                        "notice_paragraphs": [n.paragraph for n in document.notices],
                        "logged": entry,
                    }
                )
        return _lines(lines)

    def _custody(self) -> bytes:
        """What happened to the archive, out of its log, and this export at the end."""
        lines = [{"what": "logged", **(self._log.proof(k) or {})} for k in self._log.custody]
        export = {
            "what": "export",
            "time": iso(self._now),
            "software": f"variorum {__version__}",
            "log": self._log.head.origin if self._log.head else None,
        }
        return _lines([*lines, export])

    def _indexed(
        self, rows: Iterable[Any], places: dict[int, tuple[int, int]]
    ) -> list[IndexedRecord]:
        found = []
        for row in rows:
            if row.id not in places or row.status is None:
                continue
            repeated = row.status == 304 or _repeats(self._archive, row)
            found.append(
                IndexedRecord(
                    url=row.final_url or row.url,
                    time=row.time,
                    mime="warc/revisit" if repeated else row.media_type or "unk",
                    status=row.status,
                    digest=row.digest,
                    filename=WARC.rsplit("/", 1)[-1],
                    offset=places[row.id][0],
                    length=places[row.id][1],
                )
            )
        return found

    def _close(self, articles: Sequence[Article]) -> bool:
        title = articles[0].headline or articles[0].url if len(articles) == 1 else ""
        package = {
            "profile": "data-package",
            "resources": self._resources,
            "wacz_version": WACZ_VERSION,
            "title": title or f"{len(articles)} articles",
            "description": "Every capture of it, with the evidence: see evidence/statement.txt.",
            "created": iso(self._now),
            "software": f"variorum {__version__}",
        }
        data = json.dumps(package, indent=1, ensure_ascii=False).encode()
        self._container.add(PACKAGE, data)
        digest = f"sha256:{hashlib.sha256(data).hexdigest()}"
        signer = signer_of(self._archive.directory)
        note = {"note": str(Note.signed(signed_text(digest), signer))} if signer else {}
        self._container.add(DIGEST, digest_file(digest, note.get("note")))
        self._container.close()
        return signer is not None


def digest_file(digest: str, note: str | None) -> bytes:
    """``datapackage-digest.json``, with the archive's own signature where it could sign."""
    told: dict[str, str] = {"path": PACKAGE, "hash": digest, **({"note": note} if note else {})}
    return json.dumps(told, indent=1, ensure_ascii=False).encode()


def signed_text(digest: str) -> str:
    """What the note in ``datapackage-digest.json`` says."""
    return f"{_SIGNED}\n{digest}\n"


def _chunks(head: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield head
    yield from rest


def _repeats(archive: Archive, row: Any) -> bool:
    return archive.warc.read((row.warc, row.offset, row.length)).kind == "revisit"


def _warcinfo(now: datetime) -> bytes:
    block = (
        f"software: variorum {__version__}\r\nformat: WARC File Format 1.1\r\n"
        "description: records copied byte for byte out of an archive\r\n"
    ).encode()
    digest = f"sha256:{_base32(hashlib.sha256(block).digest())}"
    date = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    head = (
        "WARC/1.1\r\nWARC-Type: warcinfo\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\nWARC-Date: {date}\r\n"
        f"WARC-Filename: data.warc.gz\r\nWARC-Block-Digest: {digest}\r\n"
        f"Content-Type: application/warc-fields\r\nContent-Length: {len(block)}\r\n\r\n"
    ).encode()
    return gzip.compress(head + block + b"\r\n\r\n", mtime=0)


def _base32(data: bytes) -> str:
    import base64

    return base64.b32encode(data).decode()


def _pages(rows: Iterable[Any], versions: dict[int, list[Version]]) -> bytes:
    lines: list[dict[str, Any]] = [
        {"format": "json-pages-1.0", "id": "pages", "title": "Captures", "hasText": False}
    ]
    for row in rows:
        if row.outcome != str(Outcome.OK) or row.status != 200 or row.version is None:
            continue
        told_versions = versions[row.article]
        number = row.version
        title = told_versions[number].document.headline if number < len(told_versions) else None
        lines.append(
            {
                "id": f"capture-{row.id}",
                "url": row.final_url or row.url,
                "ts": iso(row.time),
                "title": title or row.url,
            }
        )
    return _lines(lines)


def _article(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "url": article.url,
        "aliases": list(article.aliases),
        "headline": article.headline,
    }


def _lines(values: Iterable[Any]) -> bytes:
    """JSON lines; the values' order stays as it is."""
    told = [json.dumps(value, ensure_ascii=False) + "\n" for value in values]
    return "".join(told).encode("utf-8", "surrogatepass")
