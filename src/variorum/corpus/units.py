"""What there is to read, cut into pieces that can be read at the same time."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from variorum.corpus.errors import CorpusError
from variorum.pipeline.importing.run import expand, guess_format

# A piece is some ten thousand texts: a quarter of a minute's work, and lost at most when a worker
# dies. Its captures are sorted in memory.
PIECE = 32_000_000
_LINES = (".jsonl", ".ndjson")
_PACKED_LINES = tuple(f"{end}{packed}" for end in _LINES for packed in (".gz", ".zst"))
# Packages and the pages of web archives carry histories that `import` takes as they were told.
_NOT_HERE = frozenset({"wacz"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A piece of a file. ``number`` orders the units; ``start`` and ``end`` are bytes of a JSONL
    file (lines that begin there belong to it) or row groups of a Parquet file; ``size`` bytes."""

    number: int
    path: str
    form: str
    start: int
    end: int
    size: int

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Unit:
        return cls(**json.loads(text))


def units_of(paths: Sequence[Path], piece: int = PIECE) -> list[Unit]:
    """The units of files and folders, in an order that depends on their names alone. Raises
    CorpusError where a path is not there or nothing can be read."""
    found: list[Unit] = []
    for path in sorted(set(expand(paths))):
        if path.is_dir():  # a git store, or tables: one thing, read by one worker
            size = sum(p.stat().st_size for p in path.rglob("*") if p.is_file())
            found.append(Unit(len(found), str(path.absolute()), _form(path), 0, size, size))
            continue
        if not path.is_file():
            raise CorpusError(f"{path}: no such file")
        if path.stat().st_size == 0:
            continue
        for form, start, end, size in _pieces(path, piece):
            found.append(Unit(len(found), str(path.absolute()), form, start, end, size))
    if not found:
        raise CorpusError("nothing to read: these paths hold no files, or only empty ones")
    return found


def _pieces(path: Path, piece: int) -> Iterator[tuple[str, int, int, int]]:
    name, size = path.name.lower(), path.stat().st_size
    if name.endswith(_PACKED_LINES):
        yield "jsonl.gz", 0, size, size
    elif name.endswith(".parquet"):
        yield from _row_groups(path, piece)
    else:
        form = _form(path)
        if form != "jsonl":
            yield form, 0, size, size
            return
        for start in range(0, size, piece):
            end = min(start + piece, size)
            yield form, start, end, end - start


def _form(path: Path) -> str:
    try:
        form = guess_format(path)
    except OSError as error:
        raise CorpusError(f"{path}: cannot be read: {error.strerror}") from None
    return "unknown" if form is None or form in _NOT_HERE else form


def _row_groups(path: Path, piece: int) -> Iterator[tuple[str, int, int, int]]:
    """Row groups together up to the size of a piece; a file that is no Parquet is one unit, and
    set aside when it is read."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        meta = pq.read_metadata(path)
    except (pa.ArrowException, OSError):
        yield "unknown", 0, 0, path.stat().st_size
        return
    start = size = 0
    for number in range(meta.num_row_groups):
        size += meta.row_group(number).total_byte_size
        if size >= piece or number == meta.num_row_groups - 1:
            yield "parquet", start, number + 1, size
            start, size = number + 1, 0
