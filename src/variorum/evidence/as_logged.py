"""What is about to leave the archive, compared with what its log says of it.

Rows of captures and versions by the hashes of their entries (a version's row has the digest of its
text), records by the hashes of their bytes. Where there is no log, records are still compared with
what their rows say of them, and nothing is claimed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from variorum.evidence.check_parts import why_not_part
from variorum.evidence.check_rows import contradiction
from variorum.evidence.entries import EntryError, facts_of, parse, verdict_of, version_of
from variorum.evidence.log_index import LogIndex
from variorum.evidence.recorder import LOG, SETTING, known_entries
from variorum.evidence.warcscan import read_record
from variorum.store import observed
from variorum.store.archive import Archive
from variorum.store.errors import DamagedError
from variorum.store.parts import parts_of
from variorum.store.records import Records
from variorum.store.warc import RecordPlace

_WHAT_NOW = "nothing was exported; try 'variorum verify'"
_NOT_HERE = "and the database does not"
_KINDS = ("facts", "verdict", "row", "record")


@dataclass(slots=True)
class Compared:
    """What was compared: rows of captures and versions, records, and how many rows are committed and
    not in the log yet (a process is at work or was stopped). ``logged``: whether there is a log.
    ``lost``: captures of the archive that the log knows and the database does not, of whatever
    article they were."""

    logged: bool
    captures: int = 0
    versions: int = 0
    records: int = 0
    waiting: int = 0
    lost: int = 0


class AsLogged:
    """Comparisons with the log of one archive; each raises DamagedError where something is not as
    logged. ``records`` must be what the log was read for (see :meth:`read`)."""

    def __init__(self, archive: Archive, records: Records, log: LogIndex) -> None:
        self._archive = archive
        self._records = records
        self._log = log
        self._waiting = _waiting(records.setting(SETTING), log)
        self.compared = Compared(log.head is not None)

    @classmethod
    def read(cls, archive: Archive, records: Records, *, places: bool = False) -> AsLogged:
        """With the log as these records know it: what others append meanwhile is left out. Raises
        LogDamagedError."""
        until = known_entries(records.setting(SETTING))
        return cls(archive, records, LogIndex.read(archive.directory / LOG, until, places=places))

    @property
    def log(self) -> LogIndex:
        return self._log

    def articles(
        self,
        numbers: Sequence[int],
        *,
        records_too: bool = False,
    ) -> Compared:
        """All captures and versions of these articles, and with ``records_too`` their WARC records.
        What was lost of the archive's captures stops this only where it is of all articles: the log
        does not say of which one a capture was."""
        wanted = set(numbers)
        lost = self._log.said.captures.keys() - observed.capture_ids(self._records.db)
        self.compared.lost = len(lost)
        if lost and wanted.issuperset(self._records.article_numbers()):
            raise DamagedError(f"the log knows capture {min(lost)}, {_NOT_HERE}: {_WHAT_NOW}")
        versions = self._log.said.versions.items()
        expected = {key for key, known in versions if known is not None and key[0] in wanted}
        # Closed at once where a comparison fails: the database may keep a cursor for each.
        with closing(observed.versions_of_all(self._records.db, numbers)) as rows:
            for row in rows:
                expected.discard((row.article, row.number))
                self.version(row)
        for article, number in sorted(expected)[:1]:
            raise DamagedError(
                f"the log knows version {article}@{number}, {_NOT_HERE}: {_WHAT_NOW}"
            )
        with closing(observed.captures_of_all(self._records.db, numbers)) as rows:
            for row in rows:
                self.capture(row)
                if records_too:
                    self.record(row)
        return self.compared

    def capture(self, row: Any) -> None:
        """A capture's facts, and what was concluded from it."""
        facts, verdict, _ = self._log.said.captures.get(row.id, (None, None, None))
        name = f"capture {row.id}"
        self._judge(name, ("facts", row.id, facts_of(row)), facts)
        self._judge(name, ("verdict", row.id, verdict_of(row)), verdict)
        self.compared.captures += 1

    def version(self, row: Any) -> None:
        known = self._log.said.versions.get((row.article, row.number))
        key = row.article, row.number
        self._judge(f"version {row.article}@{row.number}", ("row", key, version_of(row)), known)
        self.compared.versions += 1

    def record(self, row: Any) -> None:
        """The bytes of a capture's record, and of what a browser made of it."""
        if row.warc:
            self.member(row, self._member((row.warc, row.offset, row.length)))
        for part in parts_of(row.details):
            why = why_not_part(self._member(part.record), part.digest)
            if why is not None:
                raise DamagedError(f"the {part.name} of capture {row.id}: {why}: {_WHAT_NOW}")

    def member(self, row: Any, member: bytes) -> None:
        """Bytes that are to be a capture's record."""
        self.compared.records += 1
        if len(member) != row.length:
            raise DamagedError(
                f"{row.warc} ends before the record of capture {row.id}: {_WHAT_NOW}"
            )
        known = self._log.said.captures.get(row.id)
        if known is not None and known[2]:
            same = known[2] == hashlib.sha256(member).digest()
            why = None if same else "is not what the log says"
        else:
            why = _not_as_told(row, member)
        if why is not None:
            raise DamagedError(f"the record of capture {row.id} {why}: {_WHAT_NOW}")

    def _judge(self, name: str, now: tuple[str, Any, str], known: bytes | None) -> None:
        if not self.compared.logged or (known is not None and known.hex() == now[2]):
            return
        if now in self._waiting:
            self.compared.waiting += now[0] != "verdict"
            return
        why = "is not known to the log" if known is None else "is not what the log says"
        raise DamagedError(f"{name} {why}: {_WHAT_NOW}")

    def _member(self, place: RecordPlace) -> bytes:
        try:
            return self._archive.warc.member(*place)
        except (OSError, ValueError) as error:
            why = getattr(error, "strerror", None) or error
            raise DamagedError(f"{place[0]}: {why}: {_WHAT_NOW}") from error


def _waiting(state: Mapping[str, Any] | None, log: LogIndex) -> set[tuple[str, Any, str]]:
    """The hashes in entries that are committed and not in the log yet, by what they are of."""
    until = known_entries(state)
    if state is None or log.head is None or (until is not None and until <= log.head.size):
        return set()
    found: set[tuple[str, Any, str]] = set()
    for told in state.get("entries", ()):
        try:
            entry = parse(str(told).encode("utf-8", "surrogatepass"))
            of = entry["id"] if "id" in entry else (entry["article"], entry["number"])
        except (EntryError, KeyError):
            continue
        found |= {(kind, of, str(entry[kind])) for kind in _KINDS if kind in entry}
    return found


def _not_as_told(row: Any, member: bytes) -> str | None:
    """What is wrong with a record by itself and by its row; None where nothing is."""
    record = read_record(memoryview(member), 0, len(member), len(member))
    why = record.trouble or contradiction(row, record, round(row.time.timestamp() * 1000))
    return f"is damaged ({why})" if why else None
