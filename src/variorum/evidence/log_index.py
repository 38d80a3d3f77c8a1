"""Where in the log the entries about a row are."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from variorum.evidence.entries import parse
from variorum.evidence.merkle import inclusion_proof
from variorum.evidence.note import Checkpoint, Note
from variorum.evidence.tiles import LogReader

_CUSTODY = frozenset({"log", "key", "opened", "exported", "restart"})


@dataclass(slots=True)
class LogIndex:
    """Which entry of a log is the last word on each row, with its number, and what happened to the
    archive (``custody``), and which timestamps came."""

    reader: LogReader
    note: Note | None = None
    head: Checkpoint | None = None
    captures: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    judged: dict[int, tuple[int, bytes]] = field(default_factory=dict)
    versions: dict[tuple[int, int], tuple[int, bytes]] = field(default_factory=dict)
    custody: list[tuple[int, bytes]] = field(default_factory=list)
    stamped: list[tuple[int, bytes]] = field(default_factory=list)

    @classmethod
    def read(cls, directory: Path) -> LogIndex:
        """The log in ``directory``, empty where there is none. Raises LogDamagedError."""
        found = cls(LogReader(directory))
        if not found.reader.exists():
            return found
        found.note, found.head = found.reader.newest()
        for number, data in enumerate(found.reader.entries(found.head.size)):
            found._take(number, data)
        return found

    def _take(self, number: int, data: bytes) -> None:
        entry = parse(data)
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
