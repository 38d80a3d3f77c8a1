"""What the log says of rows, and where in it the entries about them are."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from variorum.evidence.check_log import OF_ROWS, Logged
from variorum.evidence.entries import Entry
from variorum.evidence.merkle import Frontier, inclusion_proof, leaf_hash
from variorum.evidence.note import Checkpoint, Note, NoteError, Verifier
from variorum.evidence.tiles import CHECKPOINTS, LogDamagedError, LogReader

_CUSTODY = frozenset({"log", "key", "opened", "exported", "restart"})
_SAY_NOTHING = (KeyError, TypeError, ValueError, AttributeError)


@dataclass(slots=True)
class LogIndex:
    """What a log says of rows (``said``), which entry is the last word on each, with its number, what
    happened to the archive (``custody``), and which timestamps came."""

    reader: LogReader
    note: Note | None = None
    head: Checkpoint | None = None
    said: Logged = field(default_factory=Logged)
    captures: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    judged: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    versions: dict[tuple[int, int], tuple[int, bytes]] = field(default_factory=dict)
    custody: list[tuple[int, bytes]] = field(default_factory=list)
    stamped: list[tuple[int, bytes]] = field(default_factory=list)

    @classmethod
    def read(cls, directory: Path, until: int | None = None, *, places: bool = True) -> LogIndex:
        """The log in ``directory``, empty where there is none. Entries of rows from number ``until`` on
        are later than what it is to be compared with, and left out. Without ``places`` only ``said`` is
        filled, which takes half the memory. Raises LogDamagedError, also where the entries are not
        those that its newest checkpoint was signed over."""
        found = cls(LogReader(directory))
        if not found.reader.exists():
            return found
        found.note, found.head = found.reader.newest()
        for number, data, entry in _signed_entries(found.reader, found.note, found.head):
            if until is not None and number >= until and entry["kind"] in OF_ROWS:
                continue
            try:
                found.said.take(entry)
            except _SAY_NOTHING as error:
                raise LogDamagedError(f"entry {number} says nothing ({error})") from error
            if places:
                found._take(number, data, entry)
        return found

    def _take(self, number: int, data: bytes, entry: Entry) -> None:
        kind = entry["kind"]
        if kind == "capture":
            self.captures[entry["id"]] = number, data
        elif kind == "judged":
            self.judged[entry["id"]] = number, data
        elif kind == "version":
            self.versions[entry["article"], entry["number"]] = number, data
        elif kind == "stamped":
            self.stamped.append((number, data))
        elif kind in _CUSTODY:
            self.custody.append((number, data))

    def proof(self, known: tuple[int, bytes] | None) -> dict[str, Any] | None:
        """An entry with what shows that it is in the log; None where there is none."""
        if known is None or self.head is None:
            return None
        number, data = known
        nodes = self.reader.nodes(self.head.size)
        path = inclusion_proof(nodes, number, self.head.size)
        return {
            "entry": data.decode("utf-8", "surrogatepass"),
            "index": number,
            "proof": [node.hex() for node in path],
        }


def _signed_entries(
    reader: LogReader, note: Note, head: Checkpoint
) -> Iterator[tuple[int, bytes, Entry]]:
    """The entries with their numbers. At the end, LogDamagedError where the checkpoint's root is not
    theirs, or the key that they name last has not signed it."""
    frontier, key = Frontier(), ""
    for number, data in enumerate(reader.entries(head.size)):
        frontier.append(leaf_hash(data))
        try:
            entry = json.loads(data.decode("utf-8", "surrogatepass"))
            if entry["kind"] in ("log", "key"):
                key = str(entry["verifier"])
        except (*_SAY_NOTHING, RecursionError) as error:
            raise LogDamagedError(f"entry {number} says nothing ({error})") from error
        yield number, data, entry
    if frontier.size != head.size or frontier.root() != head.root:
        raise LogDamagedError(f"{CHECKPOINTS}: the last one is not of these entries")
    try:
        signed = note.signed_by(Verifier.parse(key))
    except NoteError:
        signed = False
    if not signed:
        raise LogDamagedError(f"{CHECKPOINTS}: the last one is not signed by the log's key")
