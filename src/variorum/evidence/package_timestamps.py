"""Timestamps in a package: each answer, the checkpoint that it is of, and what shows that the log goes
on from there to the checkpoint of the package."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from variorum.evidence.entries import parse
from variorum.evidence.log_index import LogIndex
from variorum.evidence.merkle import consistency_proof, consistent
from variorum.evidence.note import Checkpoint, NoteError, Verifier
from variorum.evidence.report import Report
from variorum.evidence.tiles import parse_note
from variorum.evidence.timestamps import FOLDER, check_answer, notes_in

STAMPS = "evidence/timestamps.jsonl"


def stamps_of(log: LogIndex, archive: Path) -> Iterator[dict[str, Any]]:
    """A line for each timestamp that the log knows and that is what it was. What is altered or missing
    is for ``verify`` of the archive to say: a package claims nothing of it."""
    if log.head is None or not log.stamped:
        return
    notes = notes_in(archive / "log")
    for known in log.stamped:
        entry = parse(known[1])
        path, size = archive / FOLDER / Path(str(entry["file"])).name, _size(entry["file"])
        if size not in notes or size > log.head.size or not path.is_file():
            continue
        answer = path.read_bytes()
        if hashlib.sha256(answer).hexdigest() != entry["sha256"]:
            continue
        proof = consistency_proof(log.reader.nodes(log.head.size), size, log.head.size)
        yield {
            "file": path.name,
            "checkpoint": notes[size].decode(),
            "consistency": [node.hex() for node in proof],
            "answer": base64.b64encode(answer).decode(),
            "logged": log.proof(known),
        }


def check_stamp(
    line: dict[str, Any],
    entry: dict[str, Any],
    head: Checkpoint,
    keys: Sequence[Verifier],
    authorities: Sequence[bytes],
    report: Report,
) -> str | None:
    """What is wrong with a timestamp of a package whose ``entry`` is proven; None where nothing is, and
    then ``report`` has what can be said of its authority."""
    name = str(line["file"])
    answer = base64.b64decode(line["answer"], validate=True)
    same = base64.b64encode(answer).decode() == line["answer"]
    logged = entry["kind"] == "stamped" and entry["file"] == name
    if not same or not logged or entry["sha256"] != hashlib.sha256(answer).hexdigest():
        return "not the answer that was logged"
    try:
        note, at = parse_note(line["checkpoint"])
    except NoteError as error:
        return str(error)
    if str(note) != line["checkpoint"] or not any(map(note.signed_by, keys)):
        return "of a checkpoint that its log did not sign"
    proof = [bytes.fromhex(node) for node in line["consistency"]]
    if not consistent(at.size, at.root, head.size, head.root, proof):
        return "of a checkpoint that its log does not go on from"
    check_answer(name, answer, line["checkpoint"].encode(), report, authorities)
    return None


def _size(file: object) -> int:
    told = str(file).partition("-")[0]
    return int(told) if told.isdecimal() else -1
