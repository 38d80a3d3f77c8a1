"""The archive's own key: made on first use, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from variorum.evidence.note import NoteError, Signer

KEY_FILE = "signing-key"
NEXT_KEY_FILE = "signing-key.next"


def make_signer(name: str | None = None) -> Signer:
    """A new key. Without a name it gets one that no other archive has."""
    return Signer(name or f"variorum/{secrets.token_hex(8)}", secrets.token_bytes(32))


def read_signer(directory: Path, name: str = KEY_FILE) -> Signer | None:
    """The key of the archive in ``directory``, None when it has none.

    Raises NoteError for a file that is no key, OSError for one that cannot be read.
    """
    path = directory / name
    if not path.exists():
        return None
    text = path.read_bytes().decode("ascii", "replace")
    if not text.endswith("\n"):
        raise NoteError("a key file that is cut short")
    return Signer.parse(text[:-1])


def write_signer(directory: Path, signer: Signer, name: str = KEY_FILE) -> None:
    """Keep the key, instead of the one that was there."""
    path = directory / name
    part = path.with_name(f"{name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(signer.secret() + "\n")
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def take_next_signer(directory: Path) -> None:
    """The key that was prepared is the key."""
    (directory / NEXT_KEY_FILE).replace(directory / KEY_FILE)


def signer_of(archive: Path) -> Signer | None:
    """The archive's key where it is there and may be read, else None."""
    try:
        return read_signer(archive)
    except (NoteError, OSError):
        return None
