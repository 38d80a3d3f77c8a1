"""What py-wacz and pywb make of a package."""

from __future__ import annotations

import random
import re
import subprocess
import sys
import time
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "evidence"))

from archives import BRIDGE, story_captures, take  # noqa: E402
from evidence_mutations import altered  # noqa: E402

from variorum.bootstrap import open_archive  # noqa: E402
from variorum.evidence.package import export_wacz  # noqa: E402
from variorum.model.exchange import Exchange, Tls  # noqa: E402

NOW = datetime(2025, 3, 1, tzinfo=UTC)


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
    with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310
        text: str = answer.read().decode("utf-8", "replace")
        return text


def replayed(scratch: Path, peers: Path, package: Path) -> str:
    """What pywb serves of the package, against what the archive has."""
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
