"""The folder a corpus is written to: what it is made of, what is done already, what it came to.

    corpus.json              inputs, software, partitions; at the end also what it came to
    schema.json              what each column means
    <table>/part-00012.parquet
    problems/part-00012.jsonl  records set aside, where there are any
    .work/                   while it is being made: units read, markers of finished partitions

Every file appears under its name when it is whole, and a marker only after all that it speaks for.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from variorum.about import __version__
from variorum.corpus.errors import CorpusError
from variorum.corpus.history import Counts
from variorum.corpus.units import Unit
from variorum.pipeline.exporting_tables import SCHEMA, schema
from variorum.store import durable

MANIFEST = "corpus.json"


@dataclass(frozen=True, slots=True)
class Place:
    """A corpus's folder. Cheap to send to a worker."""

    directory: str

    @property
    def path(self) -> Path:
        return Path(self.directory)

    @property
    def work(self) -> Path:
        return self.path / ".work"

    def part(self, table: str, partition: int, suffix: str = "parquet") -> Path:
        return self.path / table / f"part-{partition:05}.{suffix}"

    def marker(self, kind: str, number: int) -> Path:
        """``kind``: unit | part."""
        return self.work / "done" / f"{kind}-{number:06}.json"

    def done(self, kind: str, known: dict[int, Counts] | None = None) -> dict[int, Counts]:
        """The numbers that are done, with what each came to. Markers of those that are ``known``
        are not read again; what is new is added to it."""
        found = {} if known is None else known
        for path in sorted((self.work / "done").glob(f"{kind}-*.json")):
            number = int(path.stem.partition("-")[2])
            if number not in found:
                told = json.loads(path.read_text("utf-8"))
                found[number] = Counts(**told["counts"])
        return found

    def mark(self, kind: str, number: int, counts: Counts) -> None:
        _write(self.marker(kind, number), json.dumps({"counts": asdict(counts)}))

    def scratch(self, name: str) -> Path:
        """A new folder for one attempt; two attempts at one thing never meet."""
        place = self.work / "tmp" / f"{name}-{os.getpid()}-{os.urandom(4).hex()}"
        place.mkdir(parents=True)
        return place


def begin(directory: Path, units: Sequence[Unit], partitions: int | None) -> tuple[Place, int]:
    """Make the folder, or go on where an earlier run stopped; also gives the number of partitions.
    Raises CorpusError where the folder holds something else."""
    place = Place(str(directory.absolute()))
    manifest = read_manifest(directory)
    inputs = _inputs(units)
    if manifest is None:
        if directory.exists() and any(directory.iterdir()):
            raise CorpusError(f"{directory} is not empty and no corpus: name a new folder")
        count = partitions or _partitions(sum(u.size for u in units))
        manifest = {"software": __version__, "partitions": count, "inputs": inputs}
        manifest["complete"] = False
        for folder in (place.path, place.work / "done", place.work / "units"):
            durable.make_directory(folder)
        _write(place.path / MANIFEST, json.dumps(manifest, indent=1))
    for name, mine in (("inputs", inputs), ("software", __version__)):
        if manifest[name] != mine:
            raise CorpusError(f"{directory} was made of other {name}: name a new folder")
    if partitions not in (None, manifest["partitions"]):
        raise CorpusError(f"{directory} was begun with {manifest['partitions']} partitions")
    # What attempts left behind that were stopped; none is at work now.
    shutil.rmtree(place.work / "tmp", ignore_errors=True)
    return place, int(manifest["partitions"])


def finish(place: Place) -> Counts:
    """Write down what the corpus came to, and clear what only its making needed."""
    total = Counts()
    for counts in place.done("part").values():
        total.add(counts)
    manifest = read_manifest(place.path) or {}
    manifest |= {"complete": True, "counts": asdict(total)}
    _write(place.path / SCHEMA, json.dumps(schema(), indent=1) + "\n")
    _write(place.path / MANIFEST, json.dumps(manifest, indent=1) + "\n")
    shutil.rmtree(place.work, ignore_errors=True)
    return total


def read_manifest(directory: Path) -> dict[str, Any] | None:
    """What is written of the corpus in a folder; None where there is none."""
    try:
        told = json.loads((directory / MANIFEST).read_text("utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise CorpusError(f"{directory / MANIFEST} cannot be read: {error}") from None
    if not isinstance(told, dict) or not {"inputs", "partitions", "software"} <= told.keys():
        raise CorpusError(f"{directory / MANIFEST} is not that of a corpus")
    return told


def _write(path: Path, text: str) -> None:
    """A small file, which two workers may write at the same time."""
    durable.write_whole(path, text.encode(), tag=str(os.getpid()))


def _inputs(units: Sequence[Unit]) -> dict[str, Any]:
    """The files by name, size and time, as a digest: corpora have a hundred thousand files."""
    files = sorted({u.path for u in units})
    digest = hashlib.sha256()
    for name in files:
        status = Path(name).stat()
        digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode(errors="replace"))
    size = sum(u.size for u in units)
    return {"files": len(files), "bytes": size, "units": len(units), "sha256": digest.hexdigest()}


def _partitions(size: int) -> int:
    """Some 64 MB of input a partition: a minute's work, and what is done again after a crash. Up to
    16 of less, one a megabyte, so that no core waits long for the last; at most as many as file names
    are good for."""
    small = min(16, size // 1_000_000 + 1)
    return max(small, min(8192, size // 64_000_000 + 1))
