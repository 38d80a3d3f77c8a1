"""Single bytes altered in an archive and in a package: how many are found."""

from __future__ import annotations

import random
import sys
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "evidence"))

from archives import story_captures, take  # noqa: E402

from variorum.bootstrap import open_archive  # noqa: E402
from variorum.evidence.check_package import verify_package  # noqa: E402
from variorum.evidence.package import export_wacz  # noqa: E402
from variorum.evidence.report import Report  # noqa: E402
from variorum.evidence.verify import Options, verify_archive  # noqa: E402

NOW = datetime(2025, 3, 1, tzinfo=UTC)
MUTATIONS = 1000


def mutations(scratch: Path, count: int = MUTATIONS) -> list[str]:
    place = scratch / "mutations"
    take(place, story_captures())
    assert verify_archive(place, Options()).report.sound
    files = sorted(p for p in place.rglob("*") if p.is_file() and p.stat().st_size)
    sizes = [p.stat().st_size for p in files]
    rng = random.Random(8)
    found = dict.fromkeys(("full", "quick"), 0)
    for number in range(count):
        [path] = rng.choices(files, sizes) if number % 2 else [rng.choice(files)]
        data = path.read_bytes()
        path.write_bytes(altered(data, rng))
        found["full"] += not verify_archive(place, Options()).report.sound
        found["quick"] += not verify_archive(place, Options(quick=True)).report.sound
        path.write_bytes(data)
    assert verify_archive(place, Options()).report.sound
    package = scratch / "mutations.wacz"
    with open_archive(place, read_only=True) as archive, archive.read() as records:
        export_wacz(archive, records, package, records.article_numbers(), NOW)
    data = package.read_bytes()
    in_package = 0
    for _ in range(count):
        package.write_bytes(altered(data, rng))
        report = Report()
        verify_package(package, report)
        in_package += not report.sound
    return [
        "## Single bytes altered",
        "",
        f"{count:,} random ones each, half of them anywhere, half in each file alike; untouched,"
        " everything is ok before and after.",
        "",
        "| in | found |",
        "|---|---|",
        f"| an archive ({len(files)} files: database, WARC, tiles, checkpoints, key) |"
        f" {found['full']:,} of {count:,} |",
        f"| the same, `--quick` | {found['quick']:,} of {count:,} |",
        f"| a WACZ package | {in_package:,} of {count:,} |",
        "",
    ]


def altered(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ rng.randrange(1, 256)]) + data[at + 1 :]
