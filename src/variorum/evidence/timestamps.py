"""Timestamps of outside authorities over checkpoints (RFC 3161).

``timestamps/<size>-<authority>.tsq`` is what was asked, ``.tsr`` what the authority answered, both
as they went over the wire. ``<size>`` is the checkpoint's number of entries, ``<authority>`` begins
the SHA-256 of its address. What is asked is the SHA-256 of the signed note, to the byte, and nothing
of the archive leaves the machine but that. An answer is an entry of the log, so that it can be
neither altered nor taken away unnoticed. Until one comes the timestamp is pending.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from variorum.evidence.check_log import Logged
from variorum.evidence.note import NoteError
from variorum.evidence.report import Report, Status
from variorum.evidence.tiles import CHECKPOINTS, LogDamagedError, LogReader, notes_of, parse_note
from variorum.store import durable
from variorum.text.told import in_one_line

FOLDER = "timestamps"
_ASKED, _ANSWERED = ".tsq", ".tsr"
# An answer with its chain of certificates has some 6 kB.
LARGEST_ANSWER = 100_000
_NAME_SHOWN = 200

# Sends the bytes to an address and gives the answer's; raises OSError.
Post = Callable[[str, bytes], bytes]


class TimestampError(Exception):
    """Why there is no timestamp, in one line."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A timestamp that came: ``time`` as the authority says it."""

    authority: str
    file: str
    size: int
    sha256: str
    time: datetime


def ask(archive: Path, log: Path, authority: str, post: Post) -> Stamp:
    """Have the newest checkpoint stamped, or the one that was asked for last and not answered.
    Raises TimestampError; the request is kept, and ``verify`` shows it as pending."""
    need_library()
    import rfc3161_client as tsp

    try:
        note, head = LogReader(log).newest()
    except LogDamagedError as error:
        raise TimestampError(str(error)) from None
    name = _name(authority)
    folder = archive / FOLDER
    durable.make_directory(folder)
    for old in folder.glob(f"*-{name}{_ASKED}"):
        old.unlink()  # a newer checkpoint says all that the older one does
    request = (
        tsp.TimestampRequestBuilder()
        .data(str(note).encode())
        .hash_algorithm(tsp.HashAlgorithm.SHA256)
        .cert_request(cert_request=True)
        .build()
    )
    asked = folder / f"{head.size}-{name}{_ASKED}"
    durable.write_whole(asked, request.as_bytes())
    try:
        answer = post(authority, request.as_bytes())
    except OSError as error:
        raise TimestampError(f"{authority}: no answer ({error})") from None
    time = _time_in(answer, request, authority)
    file = f"{head.size}-{name}{_ANSWERED}"
    durable.write_whole(folder / file, answer)
    return Stamp(authority, file, head.size, hashlib.sha256(answer).hexdigest(), time)


def settle(archive: Path, stamp: Stamp) -> None:
    """The answer is in the log: the request has no further use."""
    (archive / FOLDER / stamp.file).with_suffix(_ASKED).unlink(missing_ok=True)


def post(authority: str, request: bytes) -> bytes:
    """Ask over HTTP. Raises OSError."""
    import urllib.request

    if not authority.startswith(("https://", "http://")):
        raise OSError("not an http(s) address")
    headers = {"Content-Type": "application/timestamp-query"}
    asking = urllib.request.Request(authority, request, headers)  # noqa: S310
    with urllib.request.urlopen(asking, timeout=30) as answer:  # noqa: S310
        data: bytes = answer.read(LARGEST_ANSWER + 1)
    if len(data) > LARGEST_ANSWER:
        raise OSError("the answer is longer than a timestamp is")
    return data


def check_timestamps(
    archive: Path, log: Path, logged: Logged, report: Report, authorities: Sequence[bytes]
) -> None:
    """Every timestamp that the log knows is there, unaltered, and of a checkpoint of this log; with
    ``authorities`` (root certificates, PEM) also signed by one of them."""
    folder = archive / FOLDER
    notes = notes_in(log) if logged.stamps or folder.is_dir() else {}
    for file, sha256 in sorted(logged.stamps.items()):
        path = folder / file
        if Path(file).name != file or not path.is_file():
            report.add("timestamp", file, Status.MISSING, "the log knows it, and it is not there")
            continue
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            report.add("timestamp", file, Status.ALTERED, "not the answer that was logged")
        else:
            _check(file, data, notes, report, authorities)
    for path in sorted(folder.glob("*")) if folder.is_dir() else ():
        if path.name in logged.stamps:
            continue
        why = "asked for and not answered yet: 'variorum timestamp' asks again"
        if path.suffix == _ANSWERED:
            why = "answered, and not in the log yet"
        report.add("timestamp", path.name, Status.PENDING, why)


def _check(
    file: str, data: bytes, notes: dict[int, bytes], report: Report, authorities: Sequence[bytes]
) -> None:
    size = file.partition("-")[0]
    note = notes.get(int(size)) if size.isdecimal() else None
    if note is None:
        report.add("timestamp", file, Status.ALTERED, "of a checkpoint that this log does not have")
    else:
        check_answer(file, data, note, report, authorities)


def check_answer(
    file: str, data: bytes, note: bytes, report: Report, authorities: Sequence[bytes]
) -> None:
    """Say of an answer whether it is a timestamp of these bytes, and by an authority that is given."""
    if find_spec("rfc3161_client") is None:
        why = "cannot be read: pip install 'variorum[timestamps]'"
        report.add("timestamp", file, Status.UNVERIFIABLE, why)
    elif not authorities:
        why = "unaltered; whether an authority signed it was not checked: give its --authority"
        said = _said_of(data, note)
        status = Status.ALTERED if said else Status.UNVERIFIABLE
        report.add("timestamp", file, status, said or why)
    else:
        status, said = _signed(data, note, authorities)
        report.add("timestamp", file, status, said)


def _said_of(data: bytes, note: bytes) -> str | None:
    """What is wrong with an answer, its signature apart."""
    import rfc3161_client as tsp

    try:
        said = tsp.decode_timestamp_response(data).tst_info.message_imprint.message
    except ValueError as error:
        return f"no timestamp ({_line(error)})"
    return None if said == hashlib.sha256(note).digest() else "of other bytes than this checkpoint"


def _signed(data: bytes, note: bytes, authorities: Sequence[bytes]) -> tuple[Status, str]:
    """Whether an answer is a timestamp of ``note`` under a root that was given. One that names no such
    root speaks against nothing: whom to believe was not said. One that names it must hold."""
    import rfc3161_client as tsp
    from cryptography import x509

    said = _said_of(data, note)
    if said:
        return Status.ALTERED, said
    answer = tsp.decode_timestamp_response(data)
    if answer.status == tsp.PKIStatus.GRANTED_WITH_MODS:
        why = "unaltered; granted with modifications, which is not checked here"
        return Status.UNVERIFIABLE, why
    roots = [root for pem in authorities for root in x509.load_pem_x509_certificates(pem)]
    try:
        tsp.VerifierBuilder(roots=roots).build().verify_message(answer, note)
    except (tsp.VerificationError, ValueError) as error:
        names = _issuers(answer)
        if names and not any(root.subject in names for root in roots):
            who = " ".join(names[0].rfc4514_string().split())[:_NAME_SHOWN]
            return Status.UNVERIFIABLE, f"unaltered; its authority is none of those given: {who}"
        return Status.ALTERED, f"not signed by an authority that was given ({_line(error)})"
    return Status.OK, ""


def _issuers(answer: Any) -> list[Any]:
    """The names under which an answer says that it is signed, the signer's own issuer first."""
    from cryptography import x509

    signed = answer.signed_data
    names = [info.issuer for info in signed.signer_infos]
    for certificate in signed.certificates:
        with suppress(ValueError):
            names.append(x509.load_der_x509_certificate(certificate).issuer)
    return names


def _time_in(answer: bytes, request: Any, authority: str) -> datetime:
    """The time that an answer to ``request`` gives. Whether the authority is to be trusted is for
    ``verify`` to say; an answer to something else is none."""
    import rfc3161_client as tsp

    try:
        told = tsp.decode_timestamp_response(answer)
        if tsp.PKIStatus(told.status) not in (
            tsp.PKIStatus.GRANTED,
            tsp.PKIStatus.GRANTED_WITH_MODS,
        ):
            raise TimestampError(f"{authority}: refused ({'; '.join(told.status_string)})")
        info = told.tst_info
    except ValueError as error:
        raise TimestampError(f"{authority}: no timestamp came ({_line(error)})") from None
    if info.message_imprint.message != request.message_imprint.message:
        raise TimestampError(f"{authority}: its timestamp is of something else")
    if info.nonce != request.nonce:
        raise TimestampError(f"{authority}: its timestamp is the answer to another request")
    time: datetime = info.gen_time
    return time


def notes_in(log: Path) -> dict[int, bytes]:
    """The checkpoints by their size, to the byte; as far as they can be read."""
    found: dict[int, bytes] = {}
    told: list[str] = []
    with suppress(OSError, UnicodeDecodeError, LogDamagedError):
        told = list(notes_of((log / CHECKPOINTS).read_text("utf-8").splitlines(keepends=True)))
    for one in told:
        with suppress(NoteError):
            note, head = parse_note(one)
            found[head.size] = str(note).encode()
    return found


def _name(authority: str) -> str:
    return hashlib.sha256(authority.encode()).hexdigest()[:16]


def need_library() -> None:
    """Raises TimestampError where the extra is not installed."""
    if find_spec("rfc3161_client") is None:
        raise TimestampError("rfc3161-client missing: pip install 'variorum[timestamps]'")


def _line(error: BaseException) -> str:
    return in_one_line(error)
