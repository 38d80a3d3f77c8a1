"""Files as the commands are given them: by name, packed or not, or "-" for standard input."""

from __future__ import annotations

import sys
from pathlib import Path

from variorum.cli.common import fail

STDIN = "-"
_MOST = 50_000_000
_PACKED = (".gz", ".zst")
_PAGES = (".html", ".htm", ".xhtml", ".php", ".asp", ".aspx", ".jsp", ".shtml")
_TEXTS = (".txt", ".md")
# Where a page begins, the tags by which it is known stand.
_HEAD = 4_096
_CONTROLS = frozenset(map(chr, (*range(32), *range(127, 160)))) - set("\t\n\r\f")
_TAGS = ("<!doctype html", "<html", "<head", "<body")


def is_given(name: str) -> bool:
    """Whether a file, or standard input, is meant."""
    return name == STDIN or Path(name).is_file()


def bytes_of(name: str) -> bytes:
    """What a file holds, unpacked; ends with one clear line where it is too large or damaged."""
    try:
        return _bounded(name, _read(name))
    except OSError as error:
        fail(f"{name} cannot be read: {error.strerror or error}")


def text_of(name: str, data: bytes) -> str:
    """Bytes as text, in the encoding that they are in; ends with one clear line for what is none."""
    from variorum.stages.extract import decode

    text = decode(data)[0].removeprefix("\ufeff").replace("\r\n", "\n")
    if _is_binary(text):
        fail(f"{name}: not text")
    return text


def _is_binary(text: str) -> bool:
    """Control characters, and what no encoding explains (U+FFFD), are few amid text."""
    sample = text[:_HEAD]
    odd = sum(1 for c in sample if c == "\ufffd" or c in _CONTROLS)
    return odd * 10 > len(sample)


def is_page(name: str, text: str) -> bool:
    """Whether a text is HTML: by the ending of its name, else by the tags at its beginning."""
    end = ending(name)
    if end in _PAGES:
        return True
    head = text[:_HEAD].lower()
    begins = head.lstrip().startswith(_TAGS[:2])
    return begins or (end not in _TEXTS and any(tag in head for tag in _TAGS))


def ending(name: str) -> str:
    """The ending of a file's name, of what is packed in it where it is packed."""
    path = Path(name)
    return (Path(path.stem) if path.suffix.lower() in _PACKED else path).suffix.lower()


def refuse_folder(name: str) -> None:
    """End with one clear line where a folder is named and a file wanted."""
    if Path(name).is_dir():
        fail(f"{name} is a folder, and a file is wanted")


def _read(name: str) -> bytes:
    if name == STDIN:
        return sys.stdin.buffer.read(_MOST + 1)
    from variorum.pipeline.importing.packed import opened

    with opened(Path(name)) as file:
        return file.read(_MOST + 1)


def _bounded(name: str, data: bytes) -> bytes:
    if len(data) > _MOST:
        fail(f"{name}: more than {_MOST:,} bytes, the most a text may have")
    return data
