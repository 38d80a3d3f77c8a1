"""The tree against published proofs, notes against the specification's own, the log as files."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from variorum.evidence.merkle import (
    Frontier,
    consistency_proof,
    consistent,
    included,
    inclusion_proof,
    leaf_hash,
    range_root,
    root_of,
)
from variorum.evidence.note import Checkpoint, Note, NoteError, Signer, Verifier
from variorum.evidence.tiles import LogDamagedError, LogReader, LogWriter, notes_of, tile_path

PUBLISHED = json.loads((Path(__file__).parent / "published_proofs.json").read_text())
SIGNER = Signer("log.example/test", bytes(range(32)))


def _bytes(text: str) -> bytes:
    return base64.b64decode(text)


def _flipped(data: bytes, bit: int) -> bytes:
    return bytes([data[0] ^ 1 << bit]) + data[1:]


def _other_proofs(proof: list[bytes], root: bytes) -> Iterator[list[bytes]]:
    """The published alterations of a proof, each of which must be refused."""
    for place in range(len(proof)):
        yield [*proof[:place], _flipped(proof[place], 4), *proof[place + 1 :]]
    for stray in (b"", b"\0" * 32, root, *proof[:1]):
        yield [stray, *proof]
        yield [*proof, stray]
    if proof:
        yield proof[:-1]
        yield []


@pytest.mark.parametrize("case", PUBLISHED["inclusion"])
def test_published_inclusion_proofs_hold_and_their_alterations_do_not(case: dict[str, Any]) -> None:
    index, size, root = case["index"], case["size"], _bytes(case["root"])
    leaf, proof = _bytes(case["leaf"]), [_bytes(p) for p in case["proof"]]

    assert included(leaf, index, size, proof, root)
    for other in _other_proofs(proof, root):
        assert not included(leaf, index, size, other, root)
    for place in {index - 1, index + 1, index ^ 2} - {index}:
        assert not included(leaf, place, size, proof, root)
    for count in (size * 2, size // 2):
        assert not included(leaf, index, count, proof, root)
    assert not included(_flipped(leaf, 1), index, size, proof, root)
    assert not included(leaf, index, size, proof, _flipped(root, 1))
    assert not included(leaf, index, size, proof, b"")


@pytest.mark.parametrize("case", PUBLISHED["consistency"])
def test_published_consistency_proofs_hold_and_their_alterations_do_not(
    case: dict[str, Any],
) -> None:
    old, new = case["old"], case["new"]
    was, now = _bytes(case["old_root"]), _bytes(case["new_root"])
    proof = [_bytes(p) for p in case["proof"]]

    assert consistent(old, was, new, now, proof)
    for other in _other_proofs(proof, now):
        assert not consistent(old, was, new, now, other)
    if old == new:
        return
    assert not consistent(old, now, new, was, proof)
    assert not consistent(old, _flipped(was, 1), new, now, proof)
    assert not consistent(old, was, new, _flipped(now, 1), proof)
    for count in (old - 1, old + 1, old ^ 2):
        assert not consistent(count, was, new, now, proof)
    for count in (new * 2, new // 2):
        assert not consistent(old, was, count, now, proof)


def test_the_published_trees_and_proofs_are_what_we_make() -> None:
    leaves = [leaf_hash(bytes.fromhex(text)) for text in PUBLISHED["leaves"]]

    def nodes(level: int, index: int) -> bytes:
        return root_of(leaves[index << level : (index + 1) << level])

    for case in PUBLISHED["inclusion"]:
        assert leaves[case["index"]] == _bytes(case["leaf"])
        assert root_of(leaves[: case["size"]]) == _bytes(case["root"])
        made = inclusion_proof(nodes, case["index"], case["size"])
        assert made == [_bytes(p) for p in case["proof"]]
    for case in PUBLISHED["consistency"]:
        made = consistency_proof(nodes, case["old"], case["new"])
        assert made == [_bytes(p) for p in case["proof"]]


@given(st.integers(1, 300), st.data())
@settings(max_examples=60, deadline=None)
def test_every_proof_that_is_made_holds(size: int, data: st.DataObject) -> None:
    leaves = [leaf_hash(str(n).encode()) for n in range(size)]

    def nodes(level: int, index: int) -> bytes:
        return root_of(leaves[index << level : (index + 1) << level])

    index = data.draw(st.integers(0, size - 1))
    old = data.draw(st.integers(0, size))
    root = range_root(nodes, 0, size)
    assert root == root_of(leaves)
    assert included(leaves[index], index, size, inclusion_proof(nodes, index, size), root)
    proof = consistency_proof(nodes, old, size)
    assert consistent(old, root_of(leaves[:old]), size, root, proof)


def test_a_checkpoint_out_of_the_specification_is_read_to_the_byte() -> None:
    told = (
        "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n"
        "— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5"
        "/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n"
    )
    note = Note.parse(told)
    assert str(note) == told
    assert Checkpoint.parse(note.text).size == 20852163


def test_keys_read_back_and_damaged_ones_are_refused() -> None:
    assert Signer.parse(SIGNER.secret()).verifier == SIGNER.verifier
    assert Verifier.parse(str(SIGNER.verifier)) == SIGNER.verifier
    for text, parse in ((SIGNER.secret(), Signer.parse), (str(SIGNER.verifier), Verifier.parse)):
        for place in range(len(text)):
            other = text[:place] + ("A" if text[place] != "A" else "B") + text[place + 1 :]
            with pytest.raises(NoteError):
                parse(other)


def test_no_byte_of_a_signed_note_can_be_another() -> None:
    told = str(Note.signed(str(Checkpoint("log.example/test", 3, bytes(32))), SIGNER)).encode()
    for place in range(len(told)):
        other = told[:place] + bytes([told[place] ^ 1]) + told[place + 1 :]
        try:
            note = Note.parse(other.decode())
            Checkpoint.parse(note.text)
        except (NoteError, UnicodeDecodeError):
            continue
        assert not note.signed_by(SIGNER.verifier)


def _grown(directory: Path, sizes: list[int]) -> LogWriter:
    log = LogWriter.open(directory, "log.example/test", SIGNER)
    for size in sizes:
        log.append([f"entry {n}".encode() for n in range(log.size, size)])
    return log


def test_a_log_grows_through_full_tiles_and_is_opened_again(tmp_path: Path) -> None:
    sizes = [1, 2, 255, 256, 257, 600, 70_000]
    for size in sizes:
        _grown(tmp_path, [size])  # opened anew each time
    leaves = [leaf_hash(f"entry {n}".encode()) for n in range(70_000)]
    reader = LogReader(tmp_path)

    assert reader.newest()[1] == Checkpoint("log.example/test", 70_000, root_of(leaves))
    assert list(reader.entries(70_000)) == [f"entry {n}".encode() for n in range(70_000)]
    nodes = reader.nodes(70_000)
    for index in (0, 255, 256, 65_535, 65_536, 69_999):
        proof = inclusion_proof(nodes, index, 70_000)
        assert included(leaves[index], index, 70_000, proof, root_of(leaves))
    with (tmp_path / "checkpoints").open() as file:
        kept = [Checkpoint.parse(Note.parse(n).text) for n in notes_of(file)]
    assert [c.size for c in kept] == sizes
    for head in kept:
        proof = consistency_proof(nodes, head.size, 70_000)
        assert consistent(head.size, head.root, 70_000, root_of(leaves), proof)


def test_the_files_of_a_log_are_those_that_the_specification_names(tmp_path: Path) -> None:
    _grown(tmp_path, [70_000])
    found = {str(p.relative_to(tmp_path)) for p in tmp_path.rglob("*") if p.is_file()}
    hashes = {f"tile/0/{n:03d}" for n in range(273)} | {"tile/0/273.p/112"}
    hashes |= {"tile/1/000", "tile/1/001.p/17", "tile/2/000.p/1"}
    bundles = {f"tile/entries/{n:03d}" for n in range(273)} | {"tile/entries/273.p/112"}
    assert found == hashes | bundles | {"checkpoint", "checkpoints"}
    assert tile_path(0, 1_234_067) == "tile/0/x001/x234/067"


def test_partial_tiles_stay_until_the_full_one_is_there(tmp_path: Path) -> None:
    _grown(tmp_path, [3, 200])
    assert (tmp_path / "tile/0/000.p/3").exists()
    _grown(tmp_path, [300])
    assert not (tmp_path / "tile/0/000.p").exists()
    assert list(LogReader(tmp_path).entries(200, 198)) == [b"entry 198", b"entry 199"]


def test_a_checkpoint_cut_short_by_a_crash_does_not_count(tmp_path: Path) -> None:
    _grown(tmp_path, [5])
    whole = (tmp_path / "checkpoints").read_bytes()
    _grown(tmp_path, [9])
    both = (tmp_path / "checkpoints").read_bytes()
    for end in range(len(whole), len(both)):
        (tmp_path / "checkpoints").write_bytes(both[:end])
        assert LogWriter.open(tmp_path, "log.example/test", SIGNER).size == 5
        assert (tmp_path / "checkpoints").read_bytes() == whole
    for end in range(len(whole)):
        (tmp_path / "checkpoints").write_bytes(whole[:end])
        with pytest.raises(LogDamagedError):
            LogWriter.open(tmp_path, "log.example/test", SIGNER)


def test_a_log_whose_edge_is_damaged_is_not_appended_to(tmp_path: Path) -> None:
    _grown(tmp_path, [300])
    for name in ("tile/0/001.p/44", "tile/entries/001.p/44", "tile/1/000.p/1"):
        path = tmp_path / name
        data = path.read_bytes()
        path.write_bytes(_flipped(data, 0))
        with pytest.raises(LogDamagedError):
            LogWriter.open(tmp_path, "log.example/test", SIGNER)
        path.write_bytes(data)
    assert LogWriter.open(tmp_path, "log.example/test", SIGNER).size == 300


def test_a_process_killed_in_an_append_leaves_whole_what_a_checkpoint_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Upper tiles keep their name while the lower ones grow: they are written again and again."""
    _grown(tmp_path, [300])
    log = LogWriter.open(tmp_path, "log.example/test", SIGNER)
    opened = os.fdopen

    def killed(handle: int, *rest: Any) -> Any:
        opened(handle, *rest).close()
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fdopen", killed)
    for level, name in enumerate(("tile/0/001.p/45", "tile/1/000.p/1")):
        with pytest.raises(KeyboardInterrupt):
            log._write(name, b"\x00" * 32 * (45 if level == 0 else 1))
    monkeypatch.undo()
    assert LogWriter.open(tmp_path, "log.example/test", SIGNER).size == 300


def test_an_interrupted_append_is_done_again(tmp_path: Path) -> None:
    _grown(tmp_path, [5])
    head = {n: (tmp_path / n).read_bytes() for n in ("checkpoint", "checkpoints")}
    _grown(tmp_path, [300])
    for name, data in head.items():
        (tmp_path / name).write_bytes(data)
    log = _grown(tmp_path, [300])
    assert log.size == 300
    assert len(list(LogReader(tmp_path).entries(300))) == 300


def test_an_empty_tree_has_the_root_of_nothing() -> None:
    assert Frontier().root().hex().startswith("e3b0c442")
