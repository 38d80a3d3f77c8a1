"""A package checked on its own: every byte, every proof, offline and without the archive."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from variorum.evidence.beside import OF_ANOTHER, why_not_beside
from variorum.evidence.check_parts import why_not_part
from variorum.evidence.container import ContainerError, check_container
from variorum.evidence.entries import EntryError, hashed, parse
from variorum.evidence.merkle import consistent, included, leaf_hash
from variorum.evidence.note import Checkpoint, Note, NoteError, Verifier
from variorum.evidence.package import (
    CAPTURES,
    CHECKPOINT,
    CUSTODY,
    DIGEST,
    PACKAGE,
    VERSIONS,
    WARC,
    digest_file,
    signed_text,
)
from variorum.evidence.package_file import PackageError, PackageFile
from variorum.evidence.package_timestamps import STAMPS, check_stamp
from variorum.evidence.report import Report, Status
from variorum.evidence.tiles import parse_note
from variorum.evidence.warcscan import read_record
from variorum.model import Document, Notice
from variorum.stages.version import content_digest
from variorum.store.parts import part_of

_FACTS, _VERDICT = "facts", "verdict"


class _ProofError(ValueError):
    """What is wrong with a line of evidence."""


@dataclass(frozen=True, slots=True)
class PackageLog:
    """The log that a package names: its checkpoint, and the key that it began with."""

    head: Checkpoint
    key: Verifier

    def to_dict(self) -> dict[str, Any]:
        return {
            "origin": self.head.origin,
            "size": self.head.size,
            "root": self.head.root.hex(),
            "key": str(self.key),
        }


def verify_package(
    path: Path,
    report: Report,
    trusted: Verifier | None = None,
    authorities: Sequence[bytes] = (),
    kept: str | None = None,
) -> PackageLog | None:
    """Check a package; what is found goes into ``report``. ``trusted`` is the key that its log is
    expected to begin with, ``authorities`` root certificates (PEM) of those whose timestamps are to be
    believed, ``kept`` a checkpoint that was kept elsewhere. Returns the log, where it can be read."""
    try:
        with PackageFile(path) as package:
            check = _Check(package, report, trusted, authorities, kept)
            check.run()
            return check.log
    except PackageError as error:
        report.add("package", path.name, Status.ALTERED, str(error))
    except (LookupError, TypeError, ValueError, AttributeError, OverflowError) as error:
        why = f"its evidence is not written as evidence is ({type(error).__name__})"
        report.add("package", path.name, Status.ALTERED, why)
    return None


class _Check:
    def __init__(
        self,
        package: PackageFile,
        report: Report,
        trusted: Verifier | None,
        authorities: Sequence[bytes],
        kept: str | None,
    ) -> None:
        self._authorities = authorities
        self._kept = kept
        self._package = package
        self._report = report
        self._trusted = trusted
        self._keys: list[Verifier] = []
        self._head: Checkpoint | None = None

    @property
    def log(self) -> PackageLog | None:
        return PackageLog(self._head, self._keys[0]) if self._head and self._keys else None

    def run(self) -> None:
        for name in sorted({*self._package.names(), *self._package.resources} - {PACKAGE, DIGEST}):
            self._report.check("file", name, self._package.difference(name))
        if not self._package.has(CAPTURES):
            why = "a package of another program: no evidence of ours is in it"
            self._report.add("package", self._package.path.name, Status.UNVERIFIABLE, why)
            return
        self._container()
        if self._package.has(CHECKPOINT):
            self._custody()
            self._checkpoint()
            self._stamps()
        else:
            why = "its archive kept no log: nothing is claimed of when it was there"
            self._report.add("checkpoint", CHECKPOINT, Status.UNVERIFIABLE, why)
        if self._kept is not None:
            self._kept_elsewhere(self._kept)
        self._signature()
        self._captures()
        self._versions()

    def _container(self) -> None:
        why = None
        try:
            check_container(self._package.path)
        except ContainerError as error:
            why = str(error)
        self._report.check("package", self._package.path.name, why)

    def _signature(self) -> None:
        told = self._package.digest()
        note, wanted = told.get("note"), self._package.package_hash()
        same = self._package.read(DIGEST) == digest_file(wanted, note)
        self._report.check("package", DIGEST, None if same else "not that of its list of contents")
        if note is None:
            why = "the archive's key was not at hand when it was made"
            self._report.add("signature", DIGEST, Status.UNVERIFIABLE, why)
            return
        try:
            parsed = Note.parse(str(note))
            signed = parsed.text == signed_text(wanted) and any(map(parsed.signed_by, self._keys))
        except NoteError:
            signed = False
        if not self._keys:
            why = "its archive kept no log that names the key"
            self._report.add("signature", DIGEST, Status.UNVERIFIABLE, why)
        else:
            self._report.check("signature", DIGEST, None if signed else "not of the archive's key")

    def _custody(self) -> None:
        for number, line in enumerate(self._package.lines(CUSTODY)):
            if line.get("what") != "logged":
                continue
            try:
                entry = parse(str(line.get("entry")).encode("utf-8", "surrogatepass"))
                if entry["kind"] in ("log", "key"):
                    self._keys.append(Verifier.parse(entry["verifier"]))
            except (EntryError, NoteError, KeyError, TypeError, AttributeError) as error:
                self._report.add("custody", str(number), Status.ALTERED, str(error))
        if self._trusted is not None and self._keys[:1] != [self._trusted]:
            self._report.add("key", str(self._trusted), Status.MISSING, "the log has another key")

    def _checkpoint(self) -> None:
        why = None
        try:
            note, self._head = parse_note(self._package.read(CHECKPOINT).decode())
            if not self._keys or not note.signed_by(self._keys[-1]):
                why = "not signed by the key that its log names"
        except (NoteError, UnicodeDecodeError) as error:
            why = str(error)
        self._report.check("checkpoint", CHECKPOINT, why)
        for number, line in enumerate(self._package.lines(CUSTODY)):
            if line.get("what") == "logged":
                self._say("custody", str(number), lambda line=line: self._entry(line))

    def _stamps(self) -> None:
        head = self._head
        if head is None or not self._package.has(STAMPS):
            return  # a checkpoint that cannot be read is told of already
        for number, line in enumerate(self._package.lines(STAMPS)):
            try:
                entry = self._entry(line["logged"])
                given = self._authorities
                why = check_stamp(line, entry, head, self._keys, given, self._report)
            except (_ProofError, EntryError, LookupError, TypeError, ValueError) as error:
                why = f"not written as evidence is ({str(error)[:80]})"
            name = str(line.get("file", number))
            if why is not None:
                self._report.add("timestamp", name, Status.ALTERED, why)

    def _kept_elsewhere(self, kept: str) -> None:
        """The package's log must go on from that checkpoint. What shows it is in the package where the
        two are as long as each other, or a timestamp is of just that one."""
        _, at = parse_note(kept)
        name, head = f"size {at.size}", self._head
        if head is None or at.origin != head.origin:
            self._report.add(
                "kept checkpoint", name, Status.MISSING, f"of another log: {at.origin}"
            )
            return
        proof = [] if at.size == head.size else self._proof_from(at.size)
        if proof is not None:
            same = consistent(at.size, at.root, head.size, head.root, proof)
            why = None if same else "the log's beginning is another now"
            self._report.check("kept checkpoint", name, why)
        else:
            why = (
                f"the package's log has {head.size} entries, and nothing in it shows how the two go "
                "together: give the archive itself to verify"
            )
            self._report.add("kept checkpoint", name, Status.UNVERIFIABLE, why)

    def _proof_from(self, size: int) -> list[bytes] | None:
        for line in self._package.lines(STAMPS) if self._package.has(STAMPS) else ():
            try:
                _, at = parse_note(line["checkpoint"])
                proof = [bytes.fromhex(node) for node in line["consistency"]]
            except (NoteError, LookupError, TypeError, ValueError):
                continue  # told of already
            if at.size == size:
                return proof
        return None

    def _captures(self) -> None:
        with self._package.mapped(WARC) as warc:
            self._records(warc)

    def _records(self, warc: memoryview) -> None:
        end = read_record(warc, 0, len(warc)).length
        for line in self._package.lines(CAPTURES):
            name = str((line.get(_FACTS) or {}).get("id"))
            self._say("capture", name, lambda line=line: self._capture(line))
            end = self._beside(line, warc, end)
            place: Any = line.get("place")
            if _is_place(place):
                at, length = place
                self._say(
                    "record",
                    f"{WARC}@{at}",
                    lambda line=line, at=at, length=length, end=end: _record(
                        line, warc, at, length, end
                    ),
                )
                end = at + length
            end = self._parts(line, warc, end)
        if end != len(warc):
            self._report.add("record", f"{WARC}@{end}", Status.ALTERED, "more than its captures")

    def _beside(self, line: dict[str, Any], warc: memoryview, end: int) -> int:
        """The request that a response answers, and how it came: before it, or (a certificate) where
        it was written before. Returns where the next record begins."""
        places: Any = line.get("beside") or ()
        for place in places if isinstance(places, list) else ():
            name = f"{WARC}@{place[0] if _is_place(place) else place}"
            self._say(
                "record",
                name,
                lambda line=line, place=place, end=end: _beside(line, place, warc, end),
            )
            if _is_place(place) and place[0] == end:
                end += int(place[1])
        return end

    def _parts(self, line: dict[str, Any], warc: memoryview, end: int) -> int:
        """What is kept beside a response: behind it, or where it was written before. Returns where
        the next record begins."""
        name = str((line.get(_FACTS) or {}).get("id"))
        for kind in ("dom", "screenshot"):
            if kind not in (line.get("parts") or {}) and not _names_part(line, kind):
                continue
            self._say(
                "part", f"{name}/{kind}", lambda kind=kind, end=end: _part(line, warc, kind, end)
            )
            place: Any = (line.get("parts") or {}).get(kind)
            if _is_place(place) and place[0] == end:
                end += int(place[1])
        return end

    def _capture(self, line: dict[str, Any]) -> str | None:
        if line["logged"] is None:
            return "it is not in the log"
        entry = self._entry(line["logged"])
        last = self._entry(line["judged"]) if line["judged"] else entry
        if entry[_FACTS] != hashed(line[_FACTS]) or entry["id"] != line[_FACTS]["id"]:
            raise _ProofError("its facts are not those that were logged")
        if last[_VERDICT] != hashed(line[_VERDICT]) or last["id"] != entry["id"]:
            raise _ProofError("its verdict is not the one that was logged")
        return None

    def _versions(self) -> None:
        if not self._package.has(VERSIONS):
            return
        for line in self._package.lines(VERSIONS):
            row = line.get("row") or {}
            name = f"{row.get('article')}@{row.get('number')}"
            self._say("version", name, lambda line=line: self._version(line))

    def _version(self, line: dict[str, Any]) -> str | None:
        row = line["row"]
        if content_digest(document_of(line)) != row["digest"]:
            raise _ProofError("its text is not the one that its digest was made of")
        if line["logged"] is None:
            return "it is not in the log"
        if self._entry(line["logged"])["row"] != hashed(row):
            raise _ProofError("it is not what was logged")
        return None

    def _entry(self, logged: dict[str, Any]) -> dict[str, Any]:
        """An entry whose proof leads to the checkpoint. Raises _ProofError."""
        data = logged["entry"].encode("utf-8", "surrogatepass")
        proof = [bytes.fromhex(node) for node in logged["proof"]]
        head = self._head
        if head is None:
            raise _ProofError("there is no checkpoint that could prove it")
        if not included(leaf_hash(data), logged["index"], head.size, proof, head.root):
            raise _ProofError("its proof does not lead to the checkpoint")
        return parse(data)

    def _say(self, what: str, name: str, check: Any) -> None:
        """ok; unverifiable where ``check`` returns why; altered where it finds something wrong."""
        try:
            why = check()
        except (_ProofError, EntryError) as error:
            self._report.add(what, name, Status.ALTERED, str(error))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            why = f"not written as evidence is ({type(error).__name__})"
            self._report.add(what, name, Status.ALTERED, why)
        else:
            status = Status.UNVERIFIABLE if isinstance(why, str) else Status.OK
            self._report.add(what, name, status, why if isinstance(why, str) else "")


def document_of(line: dict[str, Any]) -> Document:
    """The Document in a line of ``versions.jsonl``."""
    document = Document.from_dict(line["document"])
    places = line.get("notice_paragraphs") or [None] * len(document.notices)
    notices = tuple(
        Notice(n.kind, n.text, place) for n, place in zip(document.notices, places, strict=True)
    )
    from dataclasses import replace

    return replace(document, notices=notices)


def _is_place(place: Any) -> bool:
    whole = isinstance(place, list) and len(place) == 2
    return whole and all(isinstance(n, int) and n >= 0 for n in place)


def _names_part(line: dict[str, Any], kind: str) -> bool:
    try:
        return part_of(line[_VERDICT]["details"], kind) is not None
    except (KeyError, TypeError, ValueError, AttributeError):
        return True  # said in a way that is none: let the check say so


def _part(line: dict[str, Any], warc: memoryview, kind: str, end: int) -> None:
    part = part_of(line[_VERDICT]["details"], kind)
    place: Any = (line.get("parts") or {}).get(kind)
    if part is None and place is None:
        return
    if part is None or not _is_place(place):
        raise _ProofError("its capture says otherwise")
    at, length = place
    if at > end:
        raise _ProofError("there is something between it and the record before it")
    why = why_not_part(warc[at : at + length], part.digest)
    if why is not None:
        raise _ProofError(why)


def _beside(line: dict[str, Any], place: Any, warc: memoryview, end: int) -> str | None:
    if not _is_place(place) or not _is_place(line["place"]):
        raise _ProofError("its capture does not say where it lies")
    at, length = place
    if at > end:
        raise _ProofError("there is something between it and the record before it")
    own, size = line["place"]
    response = read_record(warc, own, own + size)
    member = warc[at : at + length]
    why = why_not_beside(member, response.id)
    if why == OF_ANOTHER and response.trouble:  # which is told where the response is checked
        return "the response that it stands beside cannot be read"
    if why is not None:
        raise _ProofError(why)
    return None


def _record(line: dict[str, Any], warc: memoryview, at: int, length: int, end: int) -> None:
    if at != end:
        raise _ProofError("there is something between it and the record before it")
    record = read_record(warc, at, at + length)
    if record.trouble or record.length != length:
        raise _ProofError(record.trouble or "it is not as long as it was")
    if record.payload is not None and record.payload != line[_FACTS]["digest"]:
        raise _ProofError("its payload is not that of its capture")
    logged = line["logged"]
    said = parse(logged["entry"].encode("utf-8", "surrogatepass"))["record"] if logged else None
    if said and hashlib.sha256(warc[at : at + length]).hexdigest() != said:
        raise _ProofError("it is not the record that was logged")
