"""Units into sightings: each record read and its page extracted, as far as no history is needed."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from variorum.corpus.sighting import (
    NO_ARTICLE,
    Sighting,
    article_number,
    microseconds,
    packed,
)
from variorum.corpus.units import Unit
from variorum.model import Decision, Fetched, Page, PageKind
from variorum.pipeline.clock import system_clock
from variorum.pipeline.importing.items import FetchedItem, Item, Problem, RevisitItem, TextItem
from variorum.pipeline.importing.jsonl import read_line
from variorum.pipeline.importing.packed import opened, skip_line
from variorum.pipeline.importing.run import read_items
from variorum.pipeline.path import Brought
from variorum.pipeline.storable import storable
from variorum.stages.extract import wire
from variorum.stages.version import identify, judge_response
from variorum.store.warc import payload_digest
from variorum.text.told import in_one_line

_LONGEST_LINE = 64_000_000
_ROWS = 256
# Bytes that are read to count the lines before a piece: a tenth of a second.
_COUNTED = 256_000_000
# Records of a unit in the order of all inputs: the unit's number stands in the upper bits.
_PLACES = 1 << 40


class PageReader(Protocol):
    """What extracts: a :class:`~variorum.stages.extract.Reader`, or one that stands in for it."""

    def read(self, body: bytes, *, url: str | None = None, content_type: str | None = None) -> Page:
        """The page; never raises for any bytes."""


def read_unit(unit: Unit, reader: PageReader, partitions: int) -> Iterator[Sighting]:
    """The sightings of a unit in file order, then one that counts what was skipped. What cannot be
    used comes as a problem of its own; nothing that is in a file raises."""
    skipped, place = 0, 0
    problem_partition = unit.number % partitions
    for item in _items(unit):
        place += 1
        order = unit.number * _PLACES + place
        if isinstance(item, Problem):
            yield _aside(item, order, problem_partition)
        elif isinstance(item, FetchedItem | RevisitItem | TextItem):
            yield _taken(item, order, reader, partitions, unit)
        else:
            skipped += 1
    if skipped:
        told_skipped = packed({"skipped": skipped})
        order = unit.number * _PLACES + place + 1
        yield Sighting(problem_partition, NO_ARTICLE, "", 0, order, told_skipped)


def _aside(problem: Problem, order: int, partition: int) -> Sighting:
    told = {"problem": {"path": problem.path, "where": problem.where, "why": problem.why}}
    return Sighting(partition, NO_ARTICLE, "", 0, order, packed(told))


def _taken(
    item: FetchedItem | RevisitItem | TextItem,
    order: int,
    reader: PageReader,
    partitions: int,
    unit: Unit,
) -> Sighting:
    try:
        return _sighting(item, order, reader, partitions)
    except Exception as error:  # an address or a text of any form; the next must not suffer
        url = item.brought.url if isinstance(item, TextItem) else item.fetched.url
        why = f"cannot be taken ({type(error).__name__}: {str(error)[:120]})"
        return _aside(Problem(unit.path, url, why), order, unit.number % partitions)


def group_key(url: str) -> str:
    """What the captures of one article share: host and article number where the address has a
    number and a slug, else the address without what does not tell articles apart. A page's own
    rel=canonical is not followed: in one pass nobody knows how many pages name the same."""
    return identify(url).aliases[-1]


def _sighting(
    item: FetchedItem | RevisitItem | TextItem, order: int, reader: PageReader, partitions: int
) -> Sighting:
    if isinstance(item, TextItem):
        url, time = item.brought.url, item.brought.time
        told, page = _text(item.brought)
    elif isinstance(item, RevisitItem):
        url, time = item.fetched.url, item.fetched.time
        told, page = _revisit(item), None
    else:
        url, time = item.fetched.url, item.fetched.time
        told, page = _capture(item.fetched, item.origin, reader)
    key = group_key(url)
    number = article_number(key)
    data = wire.dump(page) if page is not None else None
    when = microseconds(time)
    return Sighting(number % partitions, number, key, when, order, packed(told), data)


def _capture(
    fetched: Fetched, origin: str, reader: PageReader
) -> tuple[dict[str, Any], Page | None]:
    told = _told(fetched, origin)
    told["digest"] = payload_digest(fetched.body if fetched.raw is None else fetched.raw)
    decision = judge_response(fetched, fetched.url)
    if decision is not None:
        return {**told, "decision": _decision(decision)}, None
    content_type = fetched.header("content-type")
    return told, reader.read(fetched.body, url=fetched.final_url, content_type=content_type)


def _revisit(item: RevisitItem) -> dict[str, Any]:
    told = _told(item.fetched, item.origin)
    if item.fetched.status == 304:
        decision = judge_response(item.fetched, item.fetched.url)
        assert decision is not None
        return {**told, "decision": _decision(decision)}
    return {**told, "revisit": item.refers_to[1] if item.refers_to else ""}


def _text(brought: Brought) -> tuple[dict[str, Any], Page]:
    told: dict[str, Any] = {
        "url": brought.url,
        "final_url": brought.url,
        "status": None,
        "media_type": brought.media_type,
        "origin": brought.origin,
        "digest": payload_digest(brought.data),
        "text": True,
    }
    if brought.decision is not None:
        told["decision"] = _decision(brought.decision)
    page = Page(PageKind.ARTICLE, storable(brought.document), extractor=brought.origin)
    return told, page


def _told(fetched: Fetched, origin: str) -> dict[str, Any]:
    return {
        "url": fetched.url,
        "final_url": fetched.final_url,
        "status": fetched.status,
        "media_type": (fetched.header("content-type") or "").split(";")[0].strip() or None,
        "origin": origin,
        "truncated": fetched.truncated,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "kind": str(decision.kind),
        "reason": decision.reason,
        "fields": list(decision.fields),
        "same_as": decision.same_as,
        "outcome": decision.details.get("outcome"),
    }


# -- files --------------------------------------------------------------------------------------


def _items(unit: Unit) -> Iterator[Item]:
    path = Path(unit.path)
    try:
        if unit.form == "jsonl":
            yield from _lines(unit, path)
        elif unit.form == "jsonl.gz":
            yield from _packed_lines(path)
        elif unit.form == "parquet":
            yield from _rows(unit, path)
        elif unit.form == "unknown":
            yield Problem(unit.path, "", "not a file that a corpus can be read from")
        else:
            yield from read_items(path, unit.form, system_clock)
    except (OSError, EOFError, zlib.error) as error:
        yield Problem(unit.path, "", f"not readable from here on ({error})")


def _lines(unit: Unit, path: Path) -> Iterator[Item]:
    """The lines that begin in the unit. One that reaches over its end is read whole, and left out
    by the next unit."""
    with path.open("rb") as file:
        if unit.start:
            file.seek(unit.start - 1)
            skip_line(file)
        at = file.tell()
        numbers = _Numbers(path, at)
        while at < unit.end:
            line = file.readline(_LONGEST_LINE)
            if not line:
                return
            numbers.here += 1
            at += len(line)
            if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
                at += skip_line(file)
                why = f"a line of more than {_LONGEST_LINE:,} bytes"
                yield Problem(str(path), numbers.told(), why)
            elif line.strip():
                item = _item(line, path, f"line {numbers.here} of unit {unit.number}")
                yield replace(item, where=numbers.told()) if isinstance(item, Problem) else item


class _Numbers:
    """What a line is called in a file of which a unit begins at ``first``, in bytes. The lines before
    it are counted for the first that is named, where they are not too many."""

    def __init__(self, path: Path, first: int) -> None:
        self._path, self._first = path, first
        self._before: int | None = None
        #: Lines of the unit so far.
        self.here = 0

    def told(self) -> str:
        """The name of the line that is read now."""
        if self._first > _COUNTED:
            return f"line {self.here} from byte {self._first} on"
        if self._before is None:
            self._before = _lines_before(self._path, self._first)
        return f"line {self._before + self.here}"


def _lines_before(path: Path, place: int) -> int:
    count = 0
    with path.open("rb") as file:
        while place and (piece := file.read(min(place, 1 << 20))):
            count += piece.count(b"\n")
            place -= len(piece)
    return count


def _packed_lines(path: Path) -> Iterator[Item]:
    with opened(path) as file:
        number = 0
        while line := file.readline(_LONGEST_LINE):
            number += 1
            if len(line) == _LONGEST_LINE and not line.endswith(b"\n"):
                skip_line(file)
                line = b"{"
            if line.strip():
                yield _item(line, path, f"line {number}")


def _item(line: bytes, path: Path, where: str) -> Item:
    """As the import reads it; whatever else a hostile line makes go wrong is told of that line."""
    try:
        return read_line(line, path, where, len(line))
    except (AttributeError, TypeError, ValueError, OverflowError, RecursionError) as error:
        return Problem(str(path), where, f"not a capture or text ({type(error).__name__})")


def _rows(unit: Unit, path: Path) -> Iterator[Item]:
    """The rows of a Parquet file with the columns that JSON lines have."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            groups = range(unit.start, unit.end)
            number = 0
            for batch in file.iter_batches(batch_size=_ROWS, row_groups=list(groups)):
                for row in batch.to_pylist():
                    number += 1
                    where = f"row {number} from row group {unit.start}"
                    line = json.dumps(row, default=_plain).encode("utf-8", "replace")
                    yield _item(line, path, where)
    except pa.ArrowException as error:
        short = in_one_line(error)
        yield Problem(str(path), f"row group {unit.start}", f"not readable from here on ({short})")


def _plain(value: Any) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return str(value)
