"""The archive's own key: made on first use, readable by its owner only."""

from __future__ import annotations

import secrets
from pathlib import Path

from variorum.evidence.note import NoteError, Signer
from variorum.store import durable

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
    durable.write_whole(directory / name, f"{signer.secret()}\n".encode(), private=True)


def take_next_signer(directory: Path) -> None:
    """The key that was prepared is the key."""
    durable.rename(directory / NEXT_KEY_FILE, directory / KEY_FILE)


def signer_of(archive: Path) -> Signer | None:
    """The archive's key where it is there and may be read, else None."""
    try:
        return read_signer(archive)
    except (NoteError, OSError):
        return None
