"""Names and passwords: what is taken, and how passwords are kept (scrypt, RFC 7914)."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading
from functools import lru_cache

#: Shortest password taken. NIST SP 800-63B asks for 8 and counts length for more than mixture.
SHORTEST = 10
LONGEST = 256
# OWASP's "Password Storage Cheat Sheet" gives N=2^15, r=8, p=3 as one of its equivalents: 32 MB and
# some 0.2 s for each guess.
_COST, _BLOCK, _PARALLEL = 2**15, 8, 3
_MEMORY = 64 * 1024 * 1024
# Hashes at a time: each takes 32 MB and a core.
_ROOM = threading.Semaphore(2)


def hash_password(password: str) -> str:
    """What is stored of a password: the parameters, the salt and the hash."""
    salt = secrets.token_bytes(16)
    digest = _scrypt(password, salt, _COST, _BLOCK, _PARALLEL)
    return "$".join(("scrypt", f"{_COST},{_BLOCK},{_PARALLEL}", _text(salt), _text(digest)))


def matches(password: str, stored: str) -> bool:
    """Whether ``stored`` was made of this password. The time does not tell how far it fits."""
    kind, numbers, salt, digest = stored.split("$")
    if kind != "scrypt":
        return False
    cost, block, parallel = map(int, numbers.split(","))
    found = _scrypt(password, base64.b64decode(salt), cost, block, parallel)
    return hmac.compare_digest(found, base64.b64decode(digest))


@lru_cache(maxsize=1)
def nobodys() -> str:
    """A hash that no password fits: names that do not exist take as long as those that do."""
    return hash_password(secrets.token_urlsafe(32))


def name_complaint(name: str) -> str | None:
    """Why a name is not taken, in one plain line."""
    if not 1 <= len(name) <= 60 or not all(c.isalnum() or c in "._-@" for c in name):
        return "a name has 1 to 60 letters, digits and . _ - @"
    return None


def complaint(password: str) -> str | None:
    """Why a password is not taken, in one plain line."""
    if len(password) < SHORTEST:
        return f"a password needs at least {SHORTEST} characters"
    if len(password) > LONGEST:
        return f"a password may have at most {LONGEST} characters"
    if len(set(password)) < 4:
        return "a password of so few different characters is easily guessed"
    return None


def _scrypt(password: str, salt: bytes, cost: int, block: int, parallel: int) -> bytes:
    with _ROOM:
        return hashlib.scrypt(
            password.encode("utf-8", "surrogatepass"),
            salt=salt,
            n=cost,
            r=block,
            p=parallel,
            maxmem=_MEMORY,
            dklen=32,
        )


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
