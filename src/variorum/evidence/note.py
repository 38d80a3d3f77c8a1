"""Signed notes (C2SP signed-note, Ed25519) and the checkpoints of a log (C2SP tlog-checkpoint)."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

_ED25519 = b"\x01"
_DASH = "— "
_PRIVATE = "PRIVATE+KEY+"
_MAX_SIGNATURES = 16


class NoteError(ValueError):
    """A note, key or checkpoint that is not written as it must be; the message says how."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key with its name: ``name+keyid+base64``."""

    name: str
    public: bytes

    @property
    def key_id(self) -> bytes:
        """SHA-256(name, newline, signature type, public key), its first four bytes."""
        told = self.name.encode() + b"\n" + _ED25519 + self.public
        return hashlib.sha256(told).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_base64(_ED25519 + self.public)}"

    @classmethod
    def parse(cls, text: str) -> Verifier:
        """The inverse of ``str``. Raises NoteError on anything else."""
        name, key = _split_key(text)
        found = cls(name, key)
        if str(found) != text:
            raise NoteError("a public key whose id does not fit it")
        return found

    def verifies(self, signature: bytes, text: bytes) -> bool:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text)
        except (InvalidSignature, ValueError):
            return False
        return True


class Signer:
    """A private key with its name."""

    def __init__(self, name: str, seed: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        self._key: Ed25519PrivateKey = Ed25519PrivateKey.from_private_bytes(seed)
        self._seed = seed
        self.verifier = Verifier(name, self._key.public_key().public_bytes_raw())

    def secret(self) -> str:
        """The key as text, ``PRIVATE+KEY+name+keyid+base64``: for a file that nobody else reads."""
        told = _base64(_ED25519 + self._seed)
        return f"{_PRIVATE}{self.verifier.name}+{self.verifier.key_id.hex()}+{told}"

    @classmethod
    def parse(cls, text: str) -> Signer:
        """The inverse of :meth:`secret`. Raises NoteError, also where id and key do not fit."""
        if not text.startswith(_PRIVATE):
            raise NoteError("not a private key")
        name, seed = _split_key(text.removeprefix(_PRIVATE))
        found = cls(name, seed)
        if found.secret() != text:
            raise NoteError("a private key whose id does not fit it")
        return found

    def sign(self, text: bytes) -> bytes:
        return self._key.sign(text)


@dataclass(frozen=True, slots=True)
class Note:
    """A text with signatures: (name, key id, signature)."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    def __str__(self) -> str:
        lines = [
            f"{_DASH}{name} {_base64(key_id + signature)}\n"
            for name, key_id, signature in self.signatures
        ]
        return f"{self.text}\n{''.join(lines)}"

    def signed_by(self, verifier: Verifier) -> bool:
        """Whether this key has signed the text; an unknown key's signature says nothing."""
        return any(
            verifier.verifies(signature, self.text.encode())
            for name, key_id, signature in self.signatures
            if name == verifier.name and key_id == verifier.key_id
        )

    @classmethod
    def signed(cls, text: str, *signers: Signer) -> Note:
        made = [(s.verifier.name, s.verifier.key_id, s.sign(text.encode())) for s in signers]
        return cls(text, tuple(made))

    @classmethod
    def parse(cls, told: str) -> Note:
        """The inverse of ``str``, to the byte. Raises NoteError."""
        text, gap, tail = told.rpartition("\n\n")
        if not gap or not tail.endswith("\n"):
            raise NoteError("no text followed by signatures")
        lines = tail[:-1].split("\n")
        if len(lines) > _MAX_SIGNATURES:
            raise NoteError("more signatures than a note may have")
        note = cls(text + "\n", tuple(_signature(line) for line in lines))
        if str(note) != told:
            raise NoteError("a note that is not written as notes are")
        return note


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: who keeps it, how many entries, the root over them."""

    origin: str
    size: int
    root: bytes

    def __str__(self) -> str:
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """The inverse of ``str``; lines behind the third are refused, for nobody could audit them.
        Raises NoteError."""
        lines = text.split("\n")
        if len(lines) != 4 or not lines[1].isascii() or not lines[1].isdigit():
            raise NoteError("not a checkpoint: origin, size and root are wanted, a line each")
        found = cls(lines[0], int(lines[1][:20]), _unbase64(lines[2]))
        if str(found) != text or len(found.root) != 32 or not found.origin:
            raise NoteError("a checkpoint that is not written as checkpoints are")
        return found


def _split_key(text: str) -> tuple[str, bytes]:
    parts = text.split("+", 2)
    if len(parts) != 3 or not parts[0] or any(c.isspace() for c in parts[0]):
        raise NoteError("not a key: name+id+base64 is wanted")
    key = _unbase64(parts[2])
    if len(key) != 33 or key[:1] != _ED25519:
        raise NoteError("not an Ed25519 key")
    return parts[0], key[1:]


def _signature(line: str) -> tuple[str, bytes, bytes]:
    name, gap, told = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not gap or not name:
        raise NoteError("a line that is no signature")
    data = _unbase64(told)
    if len(data) <= 4:
        raise NoteError("a signature that is too short")
    return name, data[:4], data[4:]


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _unbase64(text: str) -> bytes:
    try:
        return base64.b64decode(text.encode(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise NoteError(f"not base64 ({error})") from None
