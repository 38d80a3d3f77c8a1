"""A log as files (C2SP tlog-tiles): tiles of hashes, bundles of entries, signed checkpoints.

``checkpoint`` is the newest; ``checkpoints`` keeps all of them, one behind the other, and is what
makes an append count: entries and tiles are durable before it names them. Partial tiles stay until
the full one is there, as the specification asks.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from variorum.evidence.merkle import (
    HASH_SIZE,
    Frontier,
    leaf_hash,
    root_of,
)
from variorum.evidence.note import Checkpoint, Note, Signer
from variorum.store import durable

WIDTH = 256
_HEIGHT = 8
CHECKPOINT, CHECKPOINTS = "checkpoint", "checkpoints"
# An entry's length is two bytes in its bundle.
_MAX_ENTRY = 65_535
# A checkpoint with two signatures has under 600 bytes.
_TAIL = 8192


class LogDamagedError(Exception):
    """The log's files do not agree with each other; the message says where."""


def tile_path(level: int | str, index: int, width: int = WIDTH) -> str:
    """``tile/<L>/<N>[.p/<W>]``; the level of bundles is ``entries``."""
    parts = [f"{index % 1000:03d}"]
    while index >= 1000:
        index //= 1000
        parts.insert(0, f"x{index % 1000:03d}")
    partial = f".p/{width}" if width < WIDTH else ""
    return f"tile/{level}/{'/'.join(parts)}{partial}"


def bundle(entries: Sequence[bytes]) -> bytes:
    """Entries as a bundle: each behind its length, two bytes, the higher one first."""
    return b"".join(struct.pack(">H", len(entry)) + entry for entry in entries)


def unbundle(data: bytes, count: int, where: str) -> list[bytes]:
    """The inverse of :func:`bundle` for ``count`` entries. Raises LogDamagedError."""
    entries, at = [], 0
    for _ in range(count):
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        if at + 2 > len(data) or len(entry) < length:
            raise LogDamagedError(f"{where}: it ends in the middle of an entry")
        entries.append(entry)
        at += 2 + length
    if at != len(data):
        raise LogDamagedError(f"{where}: there is more in it than its entries")
    return entries


class LogReader:
    """The log in a directory, read as it is. Nothing is trusted: see ``verifying``."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def exists(self) -> bool:
        return (self.directory / CHECKPOINTS).exists()

    def newest(self) -> tuple[Note, Checkpoint]:
        """The last checkpoint that counts. Raises LogDamagedError."""
        path = self.directory / CHECKPOINTS
        try:
            with path.open("rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - _TAIL))
                tail = file.read()
            text, signatures = tail.decode(errors="replace").split("\n\n")[-3:-1]
            return parse_note(f"{text}\n\n{signatures}\n")
        except (OSError, ValueError) as error:
            raise LogDamagedError(f"{CHECKPOINTS}: no readable checkpoint ({error})") from error

    def read_tile(self, level: int | str, index: int, width: int) -> bytes:
        """A tile of at least ``width`` elements: the partial one, or the full one that took its
        place. Raises LogDamagedError."""
        for wide in dict.fromkeys((width, WIDTH)):
            path = self.directory / tile_path(level, index, wide)
            try:
                return path.read_bytes()
            except FileNotFoundError:
                continue
            except OSError as error:
                raise LogDamagedError(f"{path.name}: {error.strerror}") from error
        raise LogDamagedError(f"{tile_path(level, index, width)}: missing")

    def hashes(self, level: int, index: int, width: int) -> list[bytes]:
        data = self.read_tile(level, index, width)
        if len(data) < width * HASH_SIZE or len(data) % HASH_SIZE:
            raise LogDamagedError(f"{tile_path(level, index, width)}: cut short")
        return [data[i * HASH_SIZE : (i + 1) * HASH_SIZE] for i in range(width)]

    def entries(self, size: int, start: int = 0) -> Iterator[bytes]:
        """The entries ``[start, size)`` in order. Raises LogDamagedError at the first bad bundle."""
        for index in range(start // WIDTH, (size + WIDTH - 1) // WIDTH):
            width = min(WIDTH, size - index * WIDTH)
            partial = self.directory / tile_path("entries", index, width)
            wide = width if partial.exists() else WIDTH
            data = self.read_tile("entries", index, wide)
            found = unbundle(data, wide, tile_path("entries", index, wide))
            yield from found[max(0, start - index * WIDTH) : width]

    def nodes(self, size: int) -> _Nodes:
        """The nodes of the tree of ``size`` leaves, out of its tiles."""
        return _Nodes(self, size)


class _Nodes:
    """``merkle.Nodes`` over tiles; keeps the tiles that it has read."""

    def __init__(self, reader: LogReader, size: int) -> None:
        self._reader = reader
        self._size = size
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def __call__(self, level: int, index: int) -> bytes:
        tile, inside = divmod(level, _HEIGHT)
        start = index << inside
        hashes = self._tile(tile, start // WIDTH)
        within = start % WIDTH
        return root_of(hashes[within : within + (1 << inside)])

    def _tile(self, level: int, index: int) -> list[bytes]:
        known = self._tiles.get((level, index))
        if known is None:
            width = min(WIDTH, (self._size >> (_HEIGHT * level)) - index * WIDTH)
            known = self._reader.hashes(level, index, width)
            self._tiles[level, index] = known
        return known


class LogWriter:
    """The log in a directory, appended to by one process."""

    def __init__(self, directory: Path, origin: str, signer: Signer) -> None:
        self.directory = directory
        self.origin = origin
        self.signer = signer
        self.frontier = Frontier()
        self._edges: list[list[bytes]] = [[]]  # hashes of the last, partial tile of each level
        self._entries: list[bytes] = []

    @property
    def size(self) -> int:
        return self.frontier.size

    @classmethod
    def open(cls, directory: Path, origin: str, signer: Signer) -> LogWriter:
        """The log as its newest checkpoint has it, or an empty one. Raises LogDamagedError where
        the right edge of the tree is not what that checkpoint says."""
        log = cls(directory, origin, signer)
        reader = LogReader(directory)
        if not reader.exists():
            durable.make_directory(directory)
            return log
        _cut_stump(directory / CHECKPOINTS)
        note, head = reader.newest()
        if head.origin != origin or not note.signed_by(signer.verifier):
            raise LogDamagedError(f"{CHECKPOINTS}: the last checkpoint is not signed by its key")
        log._load(reader, head)
        _replace(directory / CHECKPOINT, str(note).encode())
        return log

    def append(self, entries: Sequence[bytes], *more: Signer) -> Checkpoint:
        """Add entries, make them durable, and sign the new head (``more`` signers as well).

        Raises OSError; nothing counts then, and the log must be opened anew.
        """
        written: set[Path] = set()
        spent: list[Path] = []
        for entry in entries:
            if len(entry) > _MAX_ENTRY:
                raise ValueError(f"an entry of {len(entry)} bytes")
            self._entries.append(entry)
            leaf = leaf_hash(entry)
            self.frontier.append(leaf)
            if self.size % WIDTH == 0:
                index = self.size // WIDTH - 1
                written.add(self._write(tile_path("entries", index), bundle(self._entries)))
                spent.append(self.directory / f"{tile_path('entries', index)}.p")
                self._entries = []
            self._push(0, leaf, written, spent)
        self._write_edges(written)
        for directory in sorted({path.parent for path in written}):
            durable.sync_directory(directory)
        head = Checkpoint(self.origin, self.size, self.frontier.root())
        self._publish(Note.signed(str(head), self.signer, *more))
        for path in spent:
            _remove_partials(path)
        return head

    def _push(self, level: int, value: bytes, written: set[Path], spent: list[Path]) -> None:
        if level == len(self._edges):
            self._edges.append([])
        edge = self._edges[level]
        edge.append(value)
        if len(edge) < WIDTH:
            return
        index = (self.size >> (_HEIGHT * (level + 1))) - 1
        written.add(self._write(tile_path(level, index), b"".join(edge)))
        spent.append(self.directory / f"{tile_path(level, index)}.p")
        self._edges[level] = []
        self._push(level + 1, root_of(edge), written, spent)

    def _write_edges(self, written: set[Path]) -> None:
        for level, edge in enumerate(self._edges):
            if edge:
                path = tile_path(level, self.size >> (_HEIGHT * (level + 1)), len(edge))
                written.add(self._write(path, b"".join(edge)))
        if self._entries:
            path = tile_path("entries", self.size // WIDTH, len(self._entries))
            written.add(self._write(path, bundle(self._entries)))

    def _write(self, name: str, data: bytes) -> Path:
        path = self.directory / name
        durable.make_directory(path.parent)
        # Not emptied first: an upper tile that a checkpoint names is written again with the bytes
        # that it has, and must be whole should the process be killed here.
        handle = os.open(path, os.O_WRONLY | os.O_CREAT, 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.truncate()
            file.flush()
            os.fsync(file.fileno())
        return path

    def _publish(self, note: Note) -> None:
        data = str(note).encode()
        with (self.directory / CHECKPOINTS).open("ab") as file:
            file.write(data + b"\n")
            file.flush()
            os.fsync(file.fileno())
        _replace(self.directory / CHECKPOINT, data)

    def _load(self, reader: LogReader, head: Checkpoint) -> None:
        size = head.size
        self._edges = []
        level = 0
        while size >> (_HEIGHT * level):
            width = (size >> (_HEIGHT * level)) % WIDTH
            index = size >> (_HEIGHT * (level + 1))
            self._edges.append(reader.hashes(level, index, width) if width else [])
            level += 1
        self._edges = self._edges or [[]]
        last = size - size % WIDTH
        self._entries = list(reader.entries(size, last)) if size % WIDTH else []
        if [leaf_hash(e) for e in self._entries] != self._edges[0]:
            raise LogDamagedError("the last entries are not those that the tree was made of")
        self.frontier = _frontier(reader, size)
        if self.frontier.root() != head.root:
            raise LogDamagedError("the tree's right edge is not what the last checkpoint says")


def notes_of(lines: Iterable[str]) -> Iterator[str]:
    """The notes of ``checkpoints``, one after the other: each ends with an empty line of its own.
    Raises LogDamagedError where the last one is cut short."""
    note: list[str] = []
    gaps = 0
    for line in lines:
        note.append(line)
        gaps += line == "\n"
        if gaps == 2:
            yield "".join(note[:-1])
            note, gaps = [], 0
    if note:
        raise LogDamagedError(f"{CHECKPOINTS}: the last one is cut short")


def parse_note(told: str) -> tuple[Note, Checkpoint]:
    note = Note.parse(told)
    return note, Checkpoint.parse(note.text)


def _frontier(reader: LogReader, size: int) -> Frontier:
    """The right edge of a tree of ``size`` out of its tiles."""
    nodes = reader.nodes(size)
    edge, start = [], 0
    for level in range(size.bit_length() - 1, -1, -1):
        if size >> level & 1:
            edge.append(nodes(level, start >> level))
            start += 1 << level
    return Frontier(size, edge)


def _cut_stump(path: Path) -> None:
    """Take away a checkpoint that a crash has left unfinished at the end of ``checkpoints``."""
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        start = max(0, size - _TAIL)
        file.seek(start)
        tail = file.read()
        end = len(tail)
        while (end := tail.rfind(b"\n\n", 0, end)) >= 0:
            if tail[tail.rfind(b"\n\n", 0, end) + 2 :].startswith("— ".encode()):
                break
        whole = start + end + 2 if end >= 0 else 0
        if whole < size:
            file.truncate(whole)
            os.fsync(file.fileno())


def _replace(path: Path, data: bytes) -> None:
    if path.exists() and path.read_bytes() == data:
        return
    durable.write_whole(path, data)


def _remove_partials(directory: Path) -> None:
    if directory.is_dir():
        for path in directory.iterdir():
            path.unlink()
        directory.rmdir()
