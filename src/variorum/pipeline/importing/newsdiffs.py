"""Git stores of NewsDiffs: a file an article, named as its address is, a commit a version.

Each file is what its parser wrote: date, headline, by-line, an empty line, the body. git itself reads
the store; nothing that the store says is run, and nothing is fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

from variorum.model import Document
from variorum.pipeline.importing.items import Item, Items, Problem, TextItem, named
from variorum.pipeline.path import Brought

_MAX_FILE = 50_000_000
_MAX_NAME = 1 << 20
_COMMIT = b"\x01"
_SAFE = (
    *(
        "-c",
        "core.fsmonitor=false",
        "-c",
        "core.hooksPath=/dev/null",
        "-c",
        "log.showSignature=false",
    ),
    *("-c", "safe.directory=*", "-c", "core.quotePath=false"),
)
# No configuration but the store's own, no helper of it, no other place asked for what is missing.
_ALONE = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_PAGER": "cat",
    "LC_ALL": "C",
}


def is_git(folder: Path) -> bool:
    """Whether a folder is a git store, bare or with its files beside it."""
    return any(
        (f / "HEAD").is_file() and (f / "objects").is_dir() for f in (folder, folder / ".git")
    )


def read_newsdiffs(folder: Path) -> Items:
    """A text for each version of each file, in the order of their commits."""
    if shutil.which("git") is None:
        yield Problem(str(folder), "", "git is needed to read it, and is not installed")
        return
    try:
        with _git(folder, *_LOG) as log, _git(folder, "cat-file", "--batch", talks=True) as store:
            yield from _versions(folder, log, store)
            if log.wait() != 0:
                yield Problem(
                    str(folder), "", "not readable from here on: git says that it is damaged"
                )
    except (OSError, ValueError) as error:
        yield Problem(str(folder), "", f"not readable from here on ({error})")


_LOG = (
    *("log", "--all", "--reverse", "--first-parent", "-m", "--root", "--raw", "--no-abbrev", "-z"),
    *("--no-renames", "--no-ext-diff", "--no-textconv", "--format=%x01%H %ct"),
)


def _versions(folder: Path, log: subprocess.Popen[bytes], store: subprocess.Popen[bytes]) -> Items:
    """``git log --raw -z``: a commit as \\x01HASH TIME, then :MODES HASHES STATUS, then the path."""
    time: datetime | None = None
    blob = commit = ""
    assert log.stdout is not None
    for part in _parts(log.stdout):
        told = part.lstrip(b"\n")
        if told.startswith(_COMMIT):
            commit, _, seconds = told[1:].decode("ascii", "replace").strip().partition(" ")
            time = _time(seconds)
        elif told.startswith(b":"):
            fields = told.decode("ascii", "replace").split()
            # A link (120000) or a store within the store (160000) is no page.
            blob = fields[3] if len(fields) == 5 and fields[1].startswith("100") else ""
        elif blob and told:
            name = told.decode("utf-8", "replace")
            yield _item(folder, store, name, blob, commit, time)
            blob = ""


def _time(seconds: str) -> datetime | None:
    """A commit's time, None where it says none that there is: anything can be written into one."""
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (OSError, OverflowError, ValueError):
        return None


def _parts(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands between NUL bytes; a commit's line ends where its first file begins."""
    rest = b""
    while piece := stream.read(1 << 16):
        *whole, rest = (rest + piece).split(b"\0")
        if len(rest) > _MAX_NAME:
            raise ValueError("a name without end")
        for part in whole:
            yield from _lines(part)
    yield from _lines(rest)


def _lines(part: bytes) -> Iterator[bytes]:
    head, sign, files = part.partition(b"\n:")
    if sign and _COMMIT in head:
        yield from (head, b":" + files)
    else:
        yield part


def _item(
    folder: Path,
    store: subprocess.Popen[bytes],
    name: str,
    blob: str,
    commit: str,
    time: datetime | None,
) -> Item:
    place = (str(folder), f"{name} at {commit[:12]}")
    data = _blob(store, blob)
    if data is None:
        return Problem(*place, "not in the store, or larger than a page can be")
    if time is None:
        return Problem(*place, "its commit has no time")
    text = data.decode("utf-8", "replace").replace("\r\n", "\n")
    head, _, body = text.partition("\n\n")
    lines = head.split("\n")
    if not body.strip() and len(lines) > 4:  # an empty by-line: the body follows without a break
        lines, body = lines[:3], "\n".join(lines[3:])
    date, title, *rest = (*lines, "", "")
    paragraphs = [" ".join(p.split()) for p in body.split("\n") if p.strip()]
    if not paragraphs:
        return Problem(*place, "there is no text in it")
    byline = " ".join(" ".join(rest).split())
    url = name if name.startswith(("http://", "https://")) else f"http://{name}"
    document = Document.build(
        " ".join(title.split()) or None,
        paragraphs,
        url=url,
        byline=(byline,) if byline else (),
        published=date.strip() or None,
    )
    brought = Brought(
        url=url,
        time=time,
        document=document,
        data=commit.encode() + b"\n" + data,
        media_type="text/plain; charset=utf-8",
        origin=f"imported from {named(folder)}, a store of NewsDiffs",
        label=f"commit {commit[:12]}",
    )
    return TextItem(brought, place=place)


def _blob(store: subprocess.Popen[bytes], name: str) -> bytes | None:
    assert store.stdin is not None
    assert store.stdout is not None
    store.stdin.write(f"{name}\n".encode())
    store.stdin.flush()
    head = store.stdout.readline().split()
    if len(head) != 3:
        return None
    size = int(head[2])
    data = store.stdout.read(min(size, _MAX_FILE))
    left = size - len(data)
    while left > 0:
        left -= len(store.stdout.read(min(left, 1 << 20))) or left
    store.stdout.read(1)
    return data if size <= _MAX_FILE and head[1] == b"blob" else None


@contextmanager
def _git(folder: Path, *command: str, talks: bool = False) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        ["git", *_SAFE, "-C", str(folder), *command],
        stdin=subprocess.PIPE if talks else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**{k: v for k, v in os.environ.items() if not k.startswith("GIT_")}, **_ALONE},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()
