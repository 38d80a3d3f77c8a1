"""Rows against entries, both ways, and rows against the records that they point at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from variorum.evidence.check_log import Logged
from variorum.evidence.entries import EntryError, act_of, facts_of, parse, verdict_of, version_of
from variorum.evidence.report import Report, Status
from variorum.evidence.warcscan import ScannedRecord, read_record
from variorum.model import Version
from variorum.model.times import parse_iso
from variorum.stages.version import content_digest
from variorum.store import observed
from variorum.store.errors import DamagedError
from variorum.store.records import Records
from variorum.store.warc import one_line


@dataclass(slots=True)
class Pending:
    """Rows that are committed and whose entries are not in the log yet."""

    captures: set[int] = field(default_factory=set)
    versions: set[tuple[int, int]] = field(default_factory=set)
    acts: set[int] = field(default_factory=set)
    files: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, state: Mapping[str, Any], logged: Logged) -> Pending:
        """Out of what the database keeps for the log (see ``recorder``)."""
        found = cls()
        size = state.get("size")
        if isinstance(size, int) and logged.newest is not None and logged.newest.size > size:
            return found
        for told in state.get("entries", ()):
            try:
                entry = parse(str(told).encode("utf-8", "surrogatepass"))
                found._take(entry)
            except (EntryError, KeyError, TypeError):
                continue
        return found

    def _take(self, entry: Mapping[str, Any]) -> None:
        kind = entry["kind"]
        if kind in ("capture", "judged", "removed"):
            self.captures.add(entry["id"])
        elif kind in ("version", "withdrawn"):
            self.versions.add((entry["article"], entry["number"]))
        elif kind == "act":
            self.acts.add(entry["id"])
        elif kind == "warc":
            self.files.add(entry["file"])

    def instead(self, waiting: bool, logged: Logged) -> tuple[Status, str]:
        """What to say of something that the log does not know."""
        if waiting:
            return Status.PENDING, "committed, and not in the log yet"
        if not logged.whole:
            return Status.UNVERIFIABLE, "the log could not be read to its end"
        return Status.ALTERED, "the log does not know it"


def check_rows(records: Records, logged: Logged, pending: Pending, report: Report) -> None:
    """Every row has its entry and is what that says; every entry has its row."""
    _check_captures(records, logged, pending, report)
    _check_versions(records, logged, pending, report)
    there: set[int] = set()
    for row in observed.all_acts(records.db):
        there.add(row.id)
        _judge(
            ("act", str(row.id)),
            logged.acts.get(row.id),
            act_of(row),
            row.id in pending.acts,
            pending,
            logged,
            report,
        )
    for number in logged.acts.keys() - there:
        report.add("act", str(number), Status.MISSING, "the log knows it, the database does not")


def _check_captures(records: Records, logged: Logged, pending: Pending, report: Report) -> None:
    there: set[int] = set()
    for row in observed.all_captures(records.db):
        there.add(row.id)
        name, waiting = str(row.id), row.id in pending.captures
        facts, verdict, _ = logged.captures.get(row.id, (None, None, None))
        _judge(("capture", name), facts, facts_of(row), waiting, pending, logged, report)
        if facts is not None:
            _judge(("verdict", name), verdict, verdict_of(row), waiting, pending, logged, report)
    for number in logged.captures.keys() - there:
        waiting = number in pending.captures
        status = Status.PENDING if waiting else Status.MISSING
        report.add("capture", str(number), status, "the log knows it, the database does not")


def _check_versions(records: Records, logged: Logged, pending: Pending, report: Report) -> None:
    there: set[tuple[int, int]] = set()
    for row in observed.all_versions(records.db):
        key = (row.article, row.number)
        there.add(key)
        name, waiting = f"{row.article}@{row.number}", key in pending.versions
        known = logged.versions.get(key)
        _judge(("version", name), known, version_of(row), waiting, pending, logged, report)
    for key, known in logged.versions.items():
        if known is not None and key not in there:
            status = Status.PENDING if key in pending.versions else Status.MISSING
            name = f"{key[0]}@{key[1]}"
            report.add("version", name, status, "the log knows it, the database does not")


def _judge(
    item: tuple[str, str],
    known: bytes | None,
    now: str,
    waiting: bool,
    pending: Pending,
    logged: Logged,
    report: Report,
) -> None:
    if known is not None and known.hex() == now:
        report.add(*item, Status.OK)
        return
    status, why = pending.instead(waiting, logged)
    if known is not None and status is Status.ALTERED:
        why = "the row is not what the log says"
    report.add(*item, status, why)


def check_texts(records: Records, report: Report) -> None:
    """Every version's text can be read, and is what its row says that it is."""
    numbers: dict[int, list[int]] = {}
    for row in observed.all_versions(records.db):
        numbers.setdefault(row.article, []).append(row.number)
    for article, told in numbers.items():
        try:
            for version in records.versions(article):
                _check_text(version, report)
        except DamagedError:
            for number in told:
                _check_alone(records, article, number, report)


def _check_alone(records: Records, article: int, number: int, report: Report) -> None:
    name = f"{article}@{number}"
    try:
        version = records.version(article, number)
    except DamagedError as error:
        report.add("text", name, Status.ALTERED, str(error))
        return
    if version is not None:
        _check_text(version, report)


def _check_text(version: Version, report: Report) -> None:
    same = content_digest(version.document) == version.digest
    why = None if same else "the text is not the one that its digest was made of"
    report.check("text", f"{version.article}@{version.number}", why)


def check_records(
    records: Records,
    name: str,
    data: memoryview,
    logged: Logged,
    report: Report,
    *,
    as_logged: bool,
) -> int:
    """The records of one WARC file, each checked in itself and against the captures that point at
    it. Returns how many bytes they have unpacked. ``as_logged``: the file's bytes are known to be
    those that were logged, and need no second look record by record."""
    rows = _Rows(observed.captures_in(records.db, name))
    at = unpacked = 0
    while at < len(data):
        for row in rows.before(at):
            report.add("record", _place(name, row), Status.ALTERED, "no record begins there")
        pointing = rows.at(at)
        expected = pointing[0].length if pointing else 0
        end = len(data) if pointing else rows.next_offset(len(data))
        record = read_record(data, at, end, expected)
        unpacked += record.size
        length = record.length or expected
        why = record.trouble
        for row in pointing:
            why = why or contradiction(row, record, row.milliseconds)
            if not as_logged:
                why = why or _not_as_logged(row, record, data, logged)
        report.check("record", f"{name}@{at}", why)
        if length <= 0:
            length = rows.next_offset(len(data)) - at
        at += length
    for row in rows.before(len(data) + 1):
        report.add("record", _place(name, row), Status.MISSING, "the file ends before it")
    return unpacked


def contradiction(row: Any, record: ScannedRecord, milliseconds: int) -> str | None:
    """What a row, of that time, says otherwise than the record that it points at; None where they
    agree."""
    if record.length != row.length:
        return f"it has {record.length} bytes, its row says {row.length}"
    if record.url != one_line(row.final_url or row.url):
        return "its address is not that of its row"
    if record.payload is not None and record.payload != row.digest:
        return "its payload digest is not that of its row"
    if _milliseconds(record.time) != milliseconds:
        return "its time is not that of its row"
    return None


def _not_as_logged(row: Any, record: ScannedRecord, data: memoryview, logged: Logged) -> str | None:
    known = logged.captures.get(row.id)
    if known is None or not known[2]:
        return None
    member = data[record.offset : record.offset + record.length]
    same = hashlib.sha256(member).digest() == known[2]
    return None if same else "it is not the record that was logged"


class _Rows:
    """The captures of a file in order, taken as the reading comes by."""

    def __init__(self, rows: Iterator[Any]) -> None:
        self._rows = rows
        self._step()

    def before(self, offset: int) -> list[Any]:
        """Rows that point before ``offset``, where no record began."""
        found = []
        while self._next is not None and self._offset < offset:
            found.append(self._next)
            self._step()
        return found

    def at(self, offset: int) -> list[Any]:
        found = []
        while self._next is not None and self._offset == offset:
            found.append(self._next)
            self._step()
        return found

    def next_offset(self, end: int) -> int:
        return end if self._next is None else min(end, self._offset)

    def _step(self) -> None:
        self._next: Any = next(self._rows, None)
        self._offset = -1 if self._next is None else self._next.offset


def _place(name: str, row: Any) -> str:
    return f"{name}@{row.offset}"


def _milliseconds(text: str) -> int | None:
    try:
        return round(parse_iso(text).timestamp() * 1000)
    except (ValueError, OverflowError):
        return None
