"""Pages that a browser built: exported with what the server sent, proven, and brought elsewhere."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from archives import BRIDGE, BRIDGE_FIRST, BRIDGE_LATER, NOON, fetched, page, take

from variorum.bootstrap import capture_path, open_archive
from variorum.evidence.check_package import verify_package
from variorum.evidence.package import CAPTURES, WARC, export_wacz
from variorum.evidence.package_file import PackageFile
from variorum.evidence.report import Report, Status
from variorum.evidence.verify import Options, verify_archive
from variorum.model import Fetched, Rendered
from variorum.pipeline.bodies import body_of, part_body, response_of
from variorum.pipeline.importing.run import read_items, run_import
from variorum.pipeline.rereading import Rereading
from variorum.store.errors import DamagedError
from variorum.store.parts import part_of

SHELL = b"<!doctype html><html><body><main></main><script src=app.js></script></body></html>"
PICTURE = b"\x89PNG\r\n\x1a\n, or so it says"


def built(hours: float, paragraphs: tuple[str, ...], picture: bytes | None = PICTURE) -> Fetched:
    dom = page(BRIDGE, "Bridge closed", paragraphs)
    told = Rendered(dom, "Chromium 140.0", True, 3, 2, ("not fetched (2): a ping",), picture)
    return replace(fetched(BRIDGE, hours, SHELL), rendered=told)


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    captures = [
        built(0, BRIDGE_FIRST),
        built(1, BRIDGE_FIRST),
        built(2, BRIDGE_LATER, None),
        built(3, BRIDGE_FIRST),
    ]
    take(tmp_path / "archive", captures)
    return tmp_path / "archive"


def export(archive: Path, to: Path) -> Path:
    with open_archive(archive, read_only=True) as store, store.read() as records:
        export_wacz(store, records, to, [1], datetime(2025, 4, 1, tzinfo=UTC))
    return to


def checked(path: Path) -> Report:
    report = Report()
    verify_package(path, report)
    return report


def test_the_page_as_built_goes_along_and_comes_back(archive: Path, tmp_path: Path) -> None:
    path = export(archive, tmp_path / "one.wacz")
    report = checked(path)
    assert report.items == [] and report.counts["part"] == {"ok": 6}
    other = tmp_path / "other"
    with open_archive(other) as store, capture_path(store) as steps:
        run_import(store, steps, read_items(path, None, lambda: NOON), lambda: NOON)
    for place in (archive, other):
        with open_archive(place, read_only=True) as store, store.read() as records:
            captures = records.captures(1)
            assert [c.version for c in captures] == [0, 0, 1, 2], place
            texts = [v.document.paragraphs for v in records.versions(1)]
            assert texts == [BRIDGE_FIRST, BRIDGE_LATER, BRIDGE_FIRST]
            for capture, told in zip(captures, (0, 0, 1, 0), strict=True):
                wanted = (BRIDGE_FIRST, BRIDGE_LATER)[told]
                body, _ = body_of(store, records, capture)
                assert body == page(BRIDGE, "Bridge closed", wanted)
                assert response_of(store, records, capture)[0] == SHELL
                assert capture.details["rendered"]["browser"] == "Chromium 140.0"
            shots = [part_of(c.details, "screenshot") for c in captures]
            assert [shot is not None for shot in shots] == [True, False, False, True]
            assert shots[0] is not None and part_body(store, shots[0]) == PICTURE
        with open_archive(place, read_only=True) as store, capture_path(store) as steps:
            derive = Rereading(steps.reader)
            done = verify_archive(place, Options(derive=derive, everything=True))
        assert done.report.sound
        assert done.report.counts["part"] == {"ok": 6}


def test_an_archive_whose_part_was_altered_is_not_exported(archive: Path, tmp_path: Path) -> None:
    with open_archive(archive) as store, store.write() as records:
        capture = records.captures(1)[0]
        told = {**capture.details["rendered"], "digest": "0" * 64}
        records.update_capture(capture.id, details={**capture.details, "rendered": told})
    done = verify_archive(archive, Options())
    assert [i.name for i in done.report.items if i.status is Status.ALTERED] == ["1/dom"]
    with pytest.raises(DamagedError, match="capture 1"):
        export(archive, tmp_path / "none.wacz")


def test_a_package_whose_part_points_elsewhere_is_not_sound(archive: Path, tmp_path: Path) -> None:
    path = export(archive, tmp_path / "one.wacz")
    with PackageFile(path) as package:
        lines = [dict(line) for line in package.lines(CAPTURES)]
        size = len(package.read(WARC))
    first = lines[0]["parts"]
    for parts in (
        {},
        {"dom": first["screenshot"], "screenshot": first["dom"]},
        {**first, "dom": [size, 10]},
        {**first, "dom": [first["dom"][0] + 1, first["dom"][1]]},
        {**first, "dom": "x"},
        {**first, "dom": [-1, 5]},
        7,
    ):
        _rewrite(path, tmp_path / "bad.wacz", [{**lines[0], "parts": parts}, *lines[1:]])
        report = checked(tmp_path / "bad.wacz")
        wrong = [i for i in report.items if i.status is Status.ALTERED and i.what == "part"]
        assert wrong or any(i.what == "package" for i in report.items), parts


def _rewrite(path: Path, to: Path, lines: list[dict[str, object]]) -> None:
    import zipfile

    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name == CAPTURES:
                data = "".join(json.dumps(line) + "\n" for line in lines).encode()
            new.writestr(name, data)
