"""Witnesses of a critical apparatus (TEI) can be found again in the archive, and checked."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from archives import BRIDGE, BRIDGE_FIRST, BRIDGE_LATER, page
from lxml import etree
from test_evidence_tables import run

from variorum.bootstrap import open_archive

NS = {"t": "http://www.tei-c.org/ns/1.0"}


def witnesses(out: str) -> list[etree._Element]:
    return list(etree.fromstring(out.encode()).iterfind(".//t:witness", NS))


def test_a_witness_is_a_version_by_number_time_and_digests(
    untouched: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, err = run(capsys, "diff", "1@0..1", "--as", "tei", "--archive", untouched)
    assert code == 0, err
    old, new = witnesses(out)
    with open_archive(untouched, read_only=True) as archive, archive.read() as records:
        digests = [records.version(1, n).digest for n in (0, 1)]  # type: ignore[union-attr]
    for witness, number, hour, digest, title, told in (
        (old, 0, 12, digests[0], "Bridge closed", BRIDGE_FIRST),
        (new, 1, 15, digests[1], "Bridge closed for a month", BRIDGE_LATER),
    ):
        time = f"2025-03-01T{hour}:00:00Z"
        received = hashlib.sha256(page(BRIDGE, title, told)).hexdigest()
        assert f"version {number}, first seen {time}" in "".join(witness.itertext())
        assert [e.get("when") for e in witness.iterfind("t:date", NS)] == [time]
        assert [e.text for e in witness.iterfind("t:idno", NS)] == [digest, received]


def test_a_file_is_a_witness_by_the_time_that_its_publisher_gives(
    untouched: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = tmp_path / "saved.html"
    saved.write_bytes(page(BRIDGE, "Bridge closed", BRIDGE_LATER))
    code, out, err = run(capsys, "diff", "1@0", saved, "--as", "tei", "--archive", untouched)
    assert code == 0, err
    old, new = witnesses(out)
    assert "version 0" in "".join(old.itertext())
    assert "version" not in "".join(new.itertext())
    assert new.find("t:idno", NS) is None
