"""The evidence log, verify and packages: cost, speed, single-byte changes found, other programs.

Run: .venv/bin/python bench/evidence.py [--peers DIR]; writes docs/benchmarks/evidence.md.
DIR is a separate environment with py-wacz and pywb (pip install wacz pywb), default
/tmp/peers-evidence; without it that part is left out and said to be.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "evidence"))

from archives import BRIDGE, story_captures, take  # noqa: E402

from variorum.bootstrap import capture_path, open_archive  # noqa: E402
from variorum.evidence import warcscan  # noqa: E402
from variorum.evidence.check_package import verify_package  # noqa: E402
from variorum.evidence.package import export_wacz  # noqa: E402
from variorum.evidence.report import Report  # noqa: E402
from variorum.evidence.verify import Options, Verified, verify_archive  # noqa: E402
from variorum.model import Fetched  # noqa: E402
from variorum.model.exchange import Exchange, Tls  # noqa: E402
from variorum.pipeline.clock import system_clock  # noqa: E402
from variorum.pipeline.exporting import export_jsonl  # noqa: E402
from variorum.pipeline.importing.run import read_items, run_import  # noqa: E402
from variorum.pipeline.rereading import Rereading  # noqa: E402
from variorum.stages.extract import Reader  # noqa: E402
from variorum.store.archive import open_for_writing  # noqa: E402
from variorum.store.warc import payload_digest  # noqa: E402

REPORT = ROOT / "docs" / "benchmarks" / "evidence.md"
DATA = ROOT.parent / "shared" / "data" / "captures" / "govuk.warc.gz"
NOW = datetime(2025, 3, 1, tzinfo=UTC)
MUTATIONS = 1000
CAPTURES = 1500
LINES = 50_000
HTML = (("Content-Type", "text/html"),)
BATCH = 50


Body = tuple[bytes, tuple[tuple[str, str], ...]]


def gzipped() -> Iterator[Body]:
    """Invented pages of 72 KB that unpack to twice that, as servers send them."""
    rng = random.Random(1)
    for number in range(CAPTURES):
        told = f"<h1>{number}</h1>".encode() + rng.randbytes(72_000).hex().encode()
        yield gzip.compress(told, 1), (*HTML, ("Content-Encoding", "gzip"))


def plain() -> Iterator[Body]:
    """Invented pages of 150 KB whose text repeats itself as HTML does, as far as random letters do."""
    rng = random.Random(1)
    lines = [f"<p class='story'>{rng.randbytes(60).hex()}</p>\n".encode() for _ in range(600)]
    for number in range(CAPTURES // 5):
        yield f"<h1>{number}</h1>".encode() + b"".join(rng.choices(lines, k=1050)), HTML


def real() -> Iterator[Body]:
    """The pages of gov.uk as they were captured: plain HTML."""
    from variorum.pipeline.importing.warc import read_warc

    for item in read_warc(DATA):
        fetched = getattr(item, "fetched", None)
        if fetched is not None:
            yield fetched.raw or fetched.body, HTML


KINDS: dict[str, Callable[[], Iterator[Body]]] = {
    "bodies gzipped, as servers send them": gzipped,
    "bodies plain, invented": plain,
    "bodies plain, gov.uk": real,
}


def fill(directory: Path, pages: Iterator[Body], opened: Callable[[Path], object]) -> float:
    """An archive of captures without stages, so that storing is all that is measured. Returns CPU
    seconds a capture, those of making the pages left out."""
    spent = 0.0
    started = time.process_time()
    with opened(directory) as archive:  # type: ignore[attr-defined]
        number = 0
        while True:
            spent += time.process_time() - started
            batch = [page for page, _ in zip(pages, range(BATCH), strict=False)]
            started = time.process_time()
            if not batch:
                break
            with archive.write() as records:
                for body, headers in batch:
                    number += 1
                    store(archive, records, number, body, headers)
    return (spent + time.process_time() - started) / number


def store(archive, records, number, body, headers) -> None:  # type: ignore[no-untyped-def]
    url = f"https://news.example.org/{number % 400}"
    when = NOW + timedelta(seconds=number)
    article = records.article(number % 400 + 1) if number >= 400 else None
    if article is None:
        article = records.add_article(f"{url}/{number}", [f"{url}/{number}"], None, when)
    place = archive.warc.append(Fetched(url, when, url, 200, headers, b"", raw=body))
    archive.warc_name_known(records, place[0])
    columns = {"url": url, "time": when, "outcome": "ok", "origin": "observed", "details": {}}
    columns |= {"warc": place[0], "offset": place[1], "length": place[2], "status": 200}
    records.add_capture(article.id, {**columns, "digest": payload_digest(body)})


def speeds(scratch: Path) -> list[str]:
    rows = [
        "| WARC | on disk | unpacked | `--quick`, on disk | whole, on disk | whole, unpacked |"
        " … with zlib |",
        "|---|---|---|---|---|---|---|",
    ]
    costs = []
    for name, pages in KINDS.items():
        if pages is real and not DATA.exists():
            continue
        place, bare = scratch / "speed", scratch / "bare"
        with_log = fill(place, pages(), open_archive)
        without = fill(bare, pages(), open_for_writing)
        quick, whole = best(place, Options(quick=True)), best(place, Options())
        slow = with_zlib(place)
        disk, unpacked = whole.warc_bytes / 1e6, whole.unpacked / 1e6
        rows.append(
            f"| {name} | {disk:,.0f} MB | {unpacked:,.0f} MB"
            f" | **{disk / quick.seconds['warc']:,.0f} MB/s**"
            f" | {disk / whole.seconds['warc']:,.0f} MB/s"
            f" | **{unpacked / whole.seconds['warc']:,.0f} MB/s**"
            f" | {unpacked / slow.seconds['warc']:,.0f} MB/s |"
        )
        count = whole.report.counts["capture"]["ok"]
        costs.append(f"| {name} | {1000 * without:.2f} ms | {1000 * with_log:.2f} ms |")
        log_bytes = sum(p.stat().st_size for p in (place / "log").rglob("*") if p.is_file())
        costs.append(f"| … bytes of log | | {log_bytes / count:,.0f} a capture |")
        shutil.rmtree(place)
        shutil.rmtree(bare)
    return [
        "## Speed of `verify` on one core",
        "",
        "Structure and digests: CPU time of the WARC part, the best of three. `--quick` hashes the bytes"
        " and compares them with the log; whole also unpacks each record, checks its digests (two over"
        " its payload) and its row. Unpacked by libdeflate (`variorum[fast]`), and by zlib where that is"
        " not installed. What reading texts again costs besides stands under real captures.",
        "",
        *rows,
        "",
        "## What the log costs a stored capture",
        "",
        f"CPU time of storing alone (no page is read), {BATCH} captures a transaction.",
        "",
        "| | without | with the log |",
        "|---|---|---|",
        *costs,
        "",
    ]


def best(place: Path, options: Options) -> Verified:
    """The quickest of three."""
    done = [verify_archive(place, options) for _ in range(3)]
    assert all(one.report.sound for one in done), done[0].to_dict()
    return min(done, key=lambda one: one.seconds["warc"])


def with_zlib(place: Path) -> Verified:
    kept = warcscan._unpack, warcscan._UnpackError
    plain_zlib = lambda member, size: zlib.decompress(member, 31, max(size, 1))  # noqa: E731
    warcscan._unpack, warcscan._UnpackError = plain_zlib, zlib.error
    try:
        return best(place, Options())
    finally:
        warcscan._unpack, warcscan._UnpackError = kept


def mutations(scratch: Path) -> list[str]:
    place = scratch / "mutations"
    take(place, story_captures())
    assert verify_archive(place, Options()).report.sound
    files = sorted(p for p in place.rglob("*") if p.is_file() and p.stat().st_size)
    sizes = [p.stat().st_size for p in files]
    rng = random.Random(8)
    found = dict.fromkeys(("full", "quick"), 0)
    for number in range(MUTATIONS):
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
    for _ in range(MUTATIONS):
        package.write_bytes(altered(data, rng))
        report = Report()
        verify_package(package, report)
        in_package += not report.sound
    return [
        "## Single bytes altered",
        "",
        f"{MUTATIONS:,} random ones each, half of them anywhere, half in each file alike; untouched,"
        " everything is ok before and after.",
        "",
        "| in | found |",
        "|---|---|",
        f"| an archive ({len(files)} files: database, WARC, tiles, checkpoints, key) |"
        f" {found['full']:,} of {MUTATIONS:,} |",
        f"| the same, `--quick` | {found['quick']:,} of {MUTATIONS:,} |",
        f"| a WACZ package | {in_package:,} of {MUTATIONS:,} |",
        "",
    ]


def altered(data: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(data))
    return data[:at] + bytes([data[at] ^ rng.randrange(1, 256)]) + data[at + 1 :]


def real_archive(scratch: Path) -> list[str]:
    if not DATA.exists():
        return [
            "## Real captures",
            "",
            "Left out: the measuring data is not beside the checkout.",
            "",
        ]
    place, again = scratch / "govuk", scratch / "govuk-again"
    bring(DATA, place)
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


def bring(path: Path, to: Path):  # type: ignore[no-untyped-def]
    with open_archive(to) as archive, capture_path(archive) as steps:
        return run_import(archive, steps, read_items(path, None, system_clock), system_clock)


def told(place: Path, to: Path) -> list[str]:
    """Every version as exported, ids of articles left out."""
    with open_archive(place, read_only=True) as archive, archive.read() as records:
        export_jsonl(records, to)
    lines = [json.loads(line) for line in to.read_text("utf-8").splitlines()]
    return sorted(json.dumps({k: v for k, v in x.items() if k != "article"}) for x in lines)


def others(scratch: Path, peers: Path) -> list[str]:
    head = ["## Other programs", ""]
    if not (peers / "bin" / "wacz").exists():
        return [*head, f"Left out: no py-wacz and pywb in {peers.name}.", ""]
    place, package = scratch / "others", scratch / "others.wacz"
    how = Exchange("GET / HTTP/1.1", (("Host", "example.org"),), Tls("TLSv1.3", "AES", (b"0",)))
    take(place, [replace(c, exchange=how) if c.status else c for c in story_captures()])
    with open_archive(place, read_only=True) as archive, archive.read() as records:
        export_wacz(archive, records, package, records.article_numbers(), NOW)
    valid = ran([peers / "bin" / "wacz", "validate", "--verify-auth", "-f", package])
    rng, data, refused = random.Random(9), package.read_bytes(), 0
    for _ in range(20):
        (scratch / "bad.wacz").write_bytes(altered(data, rng))
        refused += ran([peers / "bin" / "wacz", "validate", "-f", scratch / "bad.wacz"]) != 0
    return [
        *head,
        f"- py-wacz {version(peers, 'wacz')} `wacz validate --verify-auth`:"
        f" {'passes' if valid == 0 else 'FAILS'} the package; of 20 with one byte altered it refuses"
        f" {refused}, `variorum verify` all (above).",
        f"- pywb {version(peers, 'pywb')}: {replayed(scratch, peers, package)}",
        "",
    ]


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
    sys.path.insert(0, str(ROOT / "tests" / "corpus"))
    from made_corpus import write_corpus

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


def ran(command: list[object], **options: object) -> int:
    done = subprocess.run(
        [str(c) for c in command],
        capture_output=True,
        check=False,
        **options,  # type: ignore[call-overload]
    )
    code: int = done.returncode
    return code


def version(peers: Path, name: str) -> str:
    code = f"import importlib.metadata as m; print(m.version('{name}'))"
    done = subprocess.run(
        [peers / "bin" / "python", "-c", code], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()


def got(address: str) -> str:
    import urllib.request

    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310
        text: str = answer.read().decode("utf-8", "replace")
        return text


def replayed(scratch: Path, peers: Path, package: Path) -> str:
    """What pywb serves of the package, against what the archive has."""
    import re

    home = scratch / "pywb"
    home.mkdir()
    ran([peers / "bin" / "wb-manager", "init", "c"], cwd=home)
    ran([peers / "bin" / "wb-manager", "add", "--unpack-wacz", "c", package], cwd=home)
    server = subprocess.Popen(
        [peers / "bin" / "wayback", "-p", "8397", "-b", "127.0.0.1"],
        cwd=home,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        base = "http://127.0.0.1:8397/c"
        for _ in range(120):
            time.sleep(0.5)
            try:
                listed = re.findall(r"/c/(\d{14})mp_/", got(f"{base}/timemap/link/{BRIDGE}"))
                break
            except OSError:
                listed = []
        whole = "within a month" in got(f"{base}/20250301150000mp_/{BRIDGE}")
        whole = whole and "within a week" in got(f"{base}/20250301130000mp_/{BRIDGE}")
    finally:
        server.terminate()
        server.wait()
    with open_archive(scratch / "others", read_only=True) as archive, archive.read() as records:
        ours = [c.time.strftime("%Y%m%d%H%M%S") for c in records.captures(1) if c.status]
    same = (
        "lists the same captures as the archive"
        if listed == ours
        else f"lists {listed}, not {ours}"
    )
    return f"its TimeMap {same} ({len(ours)}); replays the pages: {'yes' if whole else 'NO'}."


PARTS: dict[str, Callable[[Path, Path], list[str]]] = {
    "speeds": lambda scratch, _: speeds(scratch),
    "mutations": lambda scratch, _: mutations(scratch),
    "real": lambda scratch, _: real_archive(scratch),
    "imports": lambda scratch, _: imports(scratch),
    "others": others,
}
TITLE = [
    "# Evidence, measured",
    "",
    "`.venv/bin/python bench/evidence.py`; CPU time throughout, on a machine that others used too.",
    "",
]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--peers", type=Path, default=Path("/tmp/peers-evidence"))  # noqa: S108
    options.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    chosen = options.parse_args()
    for name in chosen.parts or PARTS:
        with tempfile.TemporaryDirectory(prefix="variorum-evidence-") as scratch:
            put(PARTS[name](Path(scratch), chosen.peers))
    print(REPORT.read_text("utf-8"))
    return 0


def put(lines: list[str]) -> None:
    """Write sections of the report anew, and leave its others as they are."""
    sections = split(lines)
    if REPORT.exists():
        sections = {**split(REPORT.read_text("utf-8").splitlines()), **sections}
    told = "\n".join([*TITLE, *(line for part in sections.values() for line in part)])
    REPORT.write_text(told.rstrip() + "\n", "utf-8")


def split(lines: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in lines:
        if line.startswith("## "):
            name = line
        if name:
            found.setdefault(name, []).append(line)
    return {head: [*"\n".join(part).strip().split("\n"), ""] for head, part in found.items()}


if __name__ == "__main__":
    sys.exit(main())
