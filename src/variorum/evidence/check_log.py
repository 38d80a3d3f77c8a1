"""The log checked from its entries up: every tile, every checkpoint, every signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from variorum.evidence.entries import Entry, EntryError, parse
from variorum.evidence.keys import KEY_FILE, read_signer
from variorum.evidence.merkle import Frontier, consistency_proof, consistent, leaf_hash, root_of
from variorum.evidence.note import Checkpoint, Note, NoteError, Verifier
from variorum.evidence.report import Report, Status
from variorum.evidence.tiles import (
    CHECKPOINT,
    CHECKPOINTS,
    WIDTH,
    LogDamagedError,
    LogReader,
    bundle,
    notes_of,
    parse_note,
    tile_path,
    unbundle,
)

#: Entries about rows and WARC bytes: what the database knows of.
OF_ROWS = frozenset({"capture", "judged", "removed", "version", "withdrawn", "act", "warc"})


@dataclass(slots=True)
class Logged:
    """What the entries say, the last word on each row. Hashes are bytes: a log may have millions
    of entries (about 300 bytes of memory a capture)."""

    captures: dict[int, tuple[bytes, bytes, bytes]] = field(default_factory=dict)
    versions: dict[tuple[int, int], bytes | None] = field(default_factory=dict)
    acts: dict[int, bytes] = field(default_factory=dict)
    spans: dict[str, list[tuple[int, int, str]]] = field(default_factory=dict)
    stamps: dict[str, str] = field(default_factory=dict)
    adopted: int = 0
    restarted: bool = False
    whole: bool = False  # every entry could be read
    beyond: int = 0  # entries about rows that are later than the database that is checked
    first: str = ""
    last: Entry = field(default_factory=dict)
    newest: Checkpoint | None = None
    verifier: Verifier | None = None
    time: str = ""  # of the last entry that says what was observed

    def take(self, entry: Entry) -> None:
        """One more entry. Raises KeyError, TypeError or ValueError for one that says nothing."""
        kind = entry["kind"]
        self.first = self.first or entry["time"]
        self.last = entry
        self.adopted += entry.get("adopted", False) is True
        if kind == "capture":
            facts, verdict = _hash(entry["facts"]), _hash(entry["verdict"])
            record = _hash(entry["record"]) if entry["record"] else b""
            self.captures[entry["id"]] = facts, verdict, record
        elif kind == "judged":
            facts, _, record = self.captures[entry["id"]]
            self.captures[entry["id"]] = facts, _hash(entry["verdict"]), record
        elif kind == "removed":
            self.captures.pop(entry["id"], None)
        elif kind in ("version", "withdrawn"):
            row = _hash(entry["row"]) if kind == "version" else None
            self.versions[entry["article"], entry["number"]] = row
        elif kind == "act":
            self.acts[entry["id"]] = _hash(entry["row"])
        elif kind == "warc":
            span = entry["from"], entry["to"], entry["sha256"]
            self.spans.setdefault(entry["file"], []).append(span)
        elif kind == "stamped":
            self.stamps[entry["file"]] = _hash(entry["sha256"]).hex()
        elif kind == "exported":
            _hash(entry["sha256"])
        elif kind == "restart":
            self.restarted = True
        elif kind not in ("log", "key", "opened", "sealed"):
            raise ValueError(f"a kind that is not known: {kind[:40]!r}")
        if kind in ("capture", "judged", "version", "act"):
            self.time = entry["time"]


def check_log(
    directory: Path,
    report: Report,
    *,
    trusted: Verifier | None = None,
    until: int | None = None,
) -> Logged:
    """Check the log in ``directory`` and tell what it says.

    ``trusted`` is the key that its first entry is expected to name; ``until`` how many entries the
    database that is to be compared knows of. Whatever is found goes into the report; what can still
    be read after damage is used.
    """
    logged = Logged()
    reader = LogReader(directory)
    if not reader.exists():
        report.add("log", directory.name, Status.MISSING, "this archive has no log")
        return logged
    notes = _notes(directory, report)
    if not notes:
        return logged
    logged.newest = notes[-1][1]
    _TreeCheck(reader, notes, report, logged, trusted, until).run()
    _newest_file(directory, [note for note, _ in notes], report)
    if logged.restarted:
        why = "an earlier log was lost; nothing is claimed for the time before this one began"
        report.add("log", "restart", Status.MISSING, why)
    return logged


def check_key(archive: Path, logged: Logged, report: Report) -> None:
    """The private key fits the public one; it is never shown."""
    try:
        signer = read_signer(archive)
    except (NoteError, UnicodeDecodeError) as error:
        report.add("key", KEY_FILE, Status.ALTERED, str(error))
        return
    except OSError as error:
        report.add("key", KEY_FILE, Status.UNVERIFIABLE, f"cannot be read: {error.strerror}")
        return
    if signer is None:
        why = "not here, as it should be in a copy: nothing new can be signed with it"
        report.add("key", KEY_FILE, Status.UNVERIFIABLE, why)
        return
    fits = signer.verifier == logged.verifier
    report.check("key", KEY_FILE, None if fits else "it is not the key that signs this log")


def check_kept(kept: str, directory: Path, logged: Logged, report: Report) -> None:
    """A checkpoint of this log that was kept elsewhere: the log must go on from it."""
    try:
        _, head = parse_note(kept)
    except NoteError as error:
        report.add("kept checkpoint", "given", Status.UNVERIFIABLE, f"not a checkpoint: {error}")
        return
    name, newest = f"size {head.size}", logged.newest
    if newest is None or head.origin != newest.origin:
        report.add("kept checkpoint", name, Status.MISSING, f"it is of another log: {head.origin}")
        return
    if head.size > newest.size:
        why = f"the log has {newest.size} entries now: the later ones are gone"
        report.add("kept checkpoint", name, Status.MISSING, why)
        return
    try:
        proof = consistency_proof(LogReader(directory).nodes(newest.size), head.size, newest.size)
    except LogDamagedError as error:
        report.add("kept checkpoint", name, Status.UNVERIFIABLE, str(error))
        return
    same = consistent(head.size, head.root, newest.size, newest.root, proof)
    report.check("kept checkpoint", name, None if same else "the log's beginning is another now")


class _TreeCheck:
    """One walk over all entries: tiles and roots made anew and compared."""

    def __init__(
        self,
        reader: LogReader,
        notes: list[tuple[Note, Checkpoint]],
        report: Report,
        logged: Logged,
        trusted: Verifier | None,
        until: int | None,
    ) -> None:
        self._reader = reader
        self._notes = notes
        self._report = report
        self._logged = logged
        self._trusted = trusted
        self._until = until
        self._size = notes[-1][1].size
        self._known: set[str] = {CHECKPOINT, CHECKPOINTS}
        self._edges: list[list[bytes]] = [[]]
        self._frontier = Frontier()
        self._next = 0
        self._keys: list[tuple[int, Verifier]] = []

    def run(self) -> None:
        for index in range((self._size + WIDTH - 1) // WIDTH):
            entries = self._bundle(index)
            if entries is None:
                self._report.add(
                    "log", "entries", Status.ALTERED, "what follows could not be checked"
                )
                return
            for entry in entries:
                self._entry(entry)
        for level, edge in enumerate(self._edges):
            if edge:
                self._tile(level, self._size >> (8 * (level + 1)), edge)
        self._stray()
        self._logged.whole = True

    def _entry(self, data: bytes) -> None:
        number = self._frontier.size
        self._frontier.append(leaf_hash(data))
        self._push(0, leaf_hash(data))
        try:
            entry = parse(data)
            if entry["kind"] in ("log", "key"):
                self._keys.append((number, Verifier.parse(entry["verifier"])))
            elif number == 0:
                raise ValueError("the first entry names no key")  # noqa: TRY301
            if self._until is not None and number >= self._until and entry["kind"] in OF_ROWS:
                self._logged.beyond += 1
            else:
                self._logged.take(entry)
            self._report.add("entry", str(number), Status.OK)
        except (EntryError, KeyError, TypeError, ValueError, AttributeError) as error:
            self._report.add("entry", str(number), Status.ALTERED, f"says nothing: {error}")
        while self._next < len(self._notes) and self._notes[self._next][1].size == number + 1:
            self._checkpoint(*self._notes[self._next])
            self._next += 1

    def _checkpoint(self, note: Note, head: Checkpoint) -> None:
        """The root made from the entries, and the signature of the key that was in force."""
        name = f"size {head.size}"
        if head.root != self._frontier.root():
            self._report.add(
                "checkpoint", name, Status.ALTERED, "its root is not that of the entries"
            )
            return
        before = self._notes[self._next - 1][1].size if self._next else 0
        wanted = [key for number, key in self._keys if before <= number < head.size]
        in_force = [key for number, key in self._keys if number < before][-1:]
        keys = dict.fromkeys((*in_force, *wanted))
        missing = [str(key) for key in keys if not note.signed_by(key)]
        why = f"not signed by {missing[0]}" if missing else None
        if not keys:
            why = "no key is named that could have signed it"
        if self._trusted and not self._next and self._trusted not in keys:
            why = "its log was begun with another key than the one expected"
        if any(origin != key.name for key in keys for origin in (head.origin,)):
            why = "its origin is not the name of its key"
        self._report.check("checkpoint", name, why)
        if keys:
            self._logged.verifier = list(keys)[-1]

    def _push(self, level: int, value: bytes) -> None:
        if level == len(self._edges):
            self._edges.append([])
        edge = self._edges[level]
        edge.append(value)
        if len(edge) == WIDTH:
            self._tile(level, (self._frontier.size >> (8 * (level + 1))) - 1, edge)
            self._edges[level] = []
            self._push(level + 1, root_of(edge))

    def _tile(self, level: int, index: int, hashes: list[bytes]) -> None:
        """A tile and the narrower ones that still lie beside it."""
        self._files(level, index, len(hashes), lambda width: b"".join(hashes[:width]))

    def _bundle(self, index: int) -> list[bytes] | None:
        width = min(WIDTH, self._size - index * WIDTH)
        name = tile_path("entries", index, width)
        try:
            data = (self._reader.directory / name).read_bytes()
            entries = unbundle(data, width, name)
        except (OSError, LogDamagedError) as error:
            gone = isinstance(error, FileNotFoundError)
            status = Status.MISSING if gone else Status.ALTERED
            self._report.add("tile", name, status, "not there" if gone else str(error))
            return None
        self._files("entries", index, width, lambda wide: bundle(entries[:wide]))
        return entries

    def _files(self, level: int | str, index: int, width: int, told: Any) -> None:
        for wide in {width, *self._partials(level, index)}:
            name = tile_path(level, index, wide)
            self._known.add(name)
            path = self._reader.directory / name
            if wide > width:
                why = "of entries that no checkpoint names yet"
                self._report.add("tile", name, Status.PENDING, why)
            elif not path.exists():
                self._report.add("tile", name, Status.MISSING, "not there")
            else:
                same = path.read_bytes() == told(wide)
                self._report.check("tile", name, None if same else "not what the entries make it")

    def _partials(self, level: int | str, index: int) -> Iterator[int]:
        directory = self._reader.directory / f"{tile_path(level, index)}.p"
        if directory.is_dir():
            for path in directory.iterdir():
                if path.name.isdecimal() and 0 < int(path.name[:4]) < WIDTH:
                    yield int(path.name)

    def _stray(self) -> None:
        for path in sorted(self._reader.directory.rglob("*")):
            name = path.relative_to(self._reader.directory).as_posix()
            if path.is_file() and name not in self._known:
                why = "no part of the log as its checkpoints have it"
                self._report.add("log", name, Status.UNVERIFIABLE, why)


def _notes(directory: Path, report: Report) -> list[tuple[Note, Checkpoint]]:
    found: list[tuple[Note, Checkpoint]] = []
    path = directory / CHECKPOINTS
    try:
        with path.open("r", encoding="utf-8", newline="") as file:
            for told in notes_of(file):
                note, head = parse_note(told)
                if found and head.size <= found[-1][1].size:
                    report.add("checkpoint", f"size {head.size}", Status.ALTERED, "out of order")
                    continue
                found.append((note, head))
    except (NoteError, UnicodeDecodeError, LogDamagedError) as error:
        where = f"after size {found[-1][1].size}" if found else "first"
        report.add("checkpoint", where, Status.ALTERED, str(error))
    return found


def _newest_file(directory: Path, notes: Sequence[Note], report: Report) -> None:
    path = directory / CHECKPOINT
    if not path.exists():
        report.add("checkpoint", CHECKPOINT, Status.MISSING, "not there")
        return
    told = path.read_bytes()
    if len(notes) > 1 and told == str(notes[-2]).encode():
        why = "the one before the last: a process is at work, or was stopped at that moment"
        report.add("checkpoint", CHECKPOINT, Status.PENDING, why)
        return
    why_not = None if told == str(notes[-1]).encode() else f"not the last of {CHECKPOINTS}"
    report.check("checkpoint", CHECKPOINT, why_not)


def _hash(text: str) -> bytes:
    found = bytes.fromhex(text)
    if len(found) != 32:
        raise ValueError("a hash that is none")
    return found
