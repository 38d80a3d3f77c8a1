"""Real captures checked, packed and brought back; imports: rate and memory as files grow."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "corpus"))

from made_corpus import write_corpus  # noqa: E402

from variorum.bootstrap import capture_path, open_archive  # noqa: E402
from variorum.evidence.package import export_wacz  # noqa: E402
from variorum.evidence.verify import Options, verify_archive  # noqa: E402
from variorum.pipeline.clock import system_clock  # noqa: E402
from variorum.pipeline.exporting import export_jsonl  # noqa: E402
from variorum.pipeline.importing.run import Report, read_items, run_import  # noqa: E402
from variorum.pipeline.rereading import Rereading  # noqa: E402
from variorum.stages.extract import Reader  # noqa: E402

DATA = ROOT.parent / "shared" / "data" / "captures" / "govuk.warc.gz"
NOW = datetime(2025, 3, 1, tzinfo=UTC)
LINES = 50_000


def real_archive(scratch: Path, captures: int | None = None) -> list[str]:
    """``captures``: of the file only the first so many."""
    if not DATA.exists():
        return [
            "## Real captures",
            "",
            "Left out: the measuring data is not beside the checkout.",
            "",
        ]
    place, again = scratch / "govuk", scratch / "govuk-again"
    bring(DATA, place, captures)
    with Reader() as reader:
        started = time.process_time()
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = verify_archive(place, Options(derive=Rereading(reader)))
        spent = time.process_time() - started
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    extractors = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    package = scratch / "govuk.wacz"
    started = time.process_time()
    with open_archive(place, read_only=True) as archive, archive.read() as records:
        export_wacz(archive, records, package, records.article_numbers(), NOW)
    exported = time.process_time() - started
    started = time.process_time()
    report = bring(package, again)
    imported = time.process_time() - started
    same = told(place, scratch / "a") == told(again, scratch / "b")
    readings = dict(done.report.counts["reading"])
    return [
        "## Real captures",
        "",
        f"govuk.warc.gz: {done.report.counts['capture']['ok']:,} captures,"
        f" {done.report.counts['version']['ok']:,} versions, of gov.uk (OGL v3.0).",
        "",
        f"- `verify`: {'sound' if done.report.sound else 'NOT SOUND'} in {spent:.1f} s of CPU here, of"
        f" which {done.seconds['warc']:.2f} for {done.warc_bytes / 1e6:.1f} MB of WARC; items not ok:"
        f" {len(done.report.items)}; texts read again: {readings}.",
        f"- Texts derived again: {sum(readings.values()) / (done.seconds['readings'] + extractors):,.0f}"
        f" a second of CPU ({done.seconds['readings']:.1f} s here and {extractors:.1f} s in the"
        " extractor's process).",
        f"- As WACZ: {exported:.1f} s of CPU, {package.stat().st_size / 1e6:.1f} MB.",
        f"- Imported from it: {report.captures:,} captures, {len(report.problems)} problems,"
        f" {report.captures / imported:,.0f} a second; every version with its text, times and"
        f" captures the same: {'yes' if same else 'NO'}.",
        "",
    ]


def bring(path: Path, to: Path, captures: int | None = None) -> Report:
    items = islice(read_items(path, None, system_clock), captures)
    with open_archive(to) as archive, capture_path(archive) as steps:
        return run_import(archive, steps, items, system_clock)


def told(place: Path, to: Path) -> list[str]:
    """Every version as exported, ids of articles left out."""
    with open_archive(place, read_only=True) as archive, archive.read() as records:
        export_jsonl(records, to)
    lines = [json.loads(line) for line in to.read_text("utf-8").splitlines()]
    return sorted(json.dumps({k: v for k, v in x.items() if k != "article"}) for x in lines)


# One import in a process of its own.
_IMPORT = """
import json, resource, sys, time
from pathlib import Path
from variorum.bootstrap import capture_path, open_archive
from variorum.pipeline.clock import system_clock
from variorum.pipeline.importing.run import read_items, run_import

def largest():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

path, to, half = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]) // 2
middle, seen = 0.0, 0

def tell(item, report):
    global middle, seen
    seen += 1
    if seen == half:
        middle = largest()

started = time.process_time()
with open_archive(to) as archive, capture_path(archive) as steps:
    report = run_import(archive, steps, read_items(path, None, system_clock), system_clock, tell)
children = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps({"captures": report.captures, "versions": report.versions,
    "problems": len(report.problems), "middle": middle, "end": largest(),
    "seconds": time.process_time() - started + children.ru_utime + children.ru_stime}))
"""
_READ = """
import resource, sys, time
from pathlib import Path
from variorum.pipeline.clock import system_clock
from variorum.pipeline.importing.run import read_items

def largest():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

started, count, early = time.process_time(), 0, 0.0
for item in read_items(Path(sys.argv[1]), None, system_clock):
    count += 1
    if count == 1000:
        early = largest()
print(count, time.process_time() - started, early, largest())
"""


def imports(scratch: Path) -> list[str]:
    rows = []
    for name, size in (("invented texts, JSON lines", 300), ("the same", 1000), ("the same", 3000)):
        path = scratch / f"{size}.jsonl"
        count = write_corpus(path, size)
        rows.append(_imported(name, path, scratch / f"import-{size}", count))
    if DATA.exists():
        rows.append(_imported("govuk.warc.gz", DATA, scratch / "import-gov", 1042))
    path = scratch / "long.jsonl"
    write_corpus(path, LINES)
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path)], check=True, capture_output=True, text=True
    )
    count, seconds, early, late = map(float, done.stdout.split())
    return [
        "## Imports",
        "",
        "CPU time of the process and its extractor, everything done that the archive does (stored,"
        " decided, collated, claims); memory at most, half way and at the end.",
        "",
        "| file | captures | versions | a second | half way | at the end |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
        f"Reading alone: {count:,.0f} JSON lines, {count / seconds:,.0f} a second; {early:,.0f} MB after"
        f" a thousand, {late:,.0f} MB at the end.",
        "",
    ]


def _imported(name: str, path: Path, to: Path, count: int) -> str:
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT, str(path), str(to), str(count)],
        check=True,
        capture_output=True,
        text=True,
    )
    told = json.loads(done.stdout)
    assert told["problems"] == 0, told
    return (
        f"| {name} | {told['captures']:,} | {told['versions']:,}"
        f" | {told['captures'] / told['seconds']:,.0f} | {told['middle']:,.0f} MB"
        f" | {told['end']:,.0f} MB |"
    )
