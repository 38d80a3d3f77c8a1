"""The evidence log, verify and packages: cost, speed, single-byte changes found, other programs.

Run: .venv/bin/python bench/evidence.py [PART...] [--mutations N] [--captures N] [--peers DIR]
PART is speeds, mutations, real, imports or others; all without one. Writes docs/benchmarks/evidence.md,
each part its own section. With --mutations under 1,000 or with --captures N (of the real part only the
first so many) it only shows that all runs, and writes nothing.
DIR is a separate environment with py-wacz and pywb (pip install wacz pywb), default
/tmp/peers-evidence; without it that part is left out and said to be.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from evidence_exchange import imports, real_archive
from evidence_mutations import MUTATIONS, mutations
from evidence_others import others
from evidence_speed import speeds

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "benchmarks" / "evidence.md"


def parts(chosen: argparse.Namespace) -> dict[str, Callable[[Path], list[str]]]:
    return {
        "speeds": speeds,
        "mutations": lambda scratch: mutations(scratch, chosen.mutations),
        "real": lambda scratch: real_archive(scratch, chosen.captures),
        "imports": imports,
        "others": lambda scratch: others(scratch, chosen.peers),
    }


TITLE = [
    "# Evidence, measured",
    "",
    "`.venv/bin/python bench/evidence.py`; CPU time throughout, on a machine that others used too.",
    "",
]


def main() -> int:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--peers", type=Path, default=Path("/tmp/peers-evidence"))  # noqa: S108
    options.add_argument("--mutations", type=int, default=MUTATIONS)
    options.add_argument("--captures", type=int)
    options.add_argument("parts", nargs="*", metavar="PART")
    chosen = options.parse_args()
    known = parts(chosen)
    if unknown := [name for name in chosen.parts if name not in known]:
        options.error(f"no part {unknown[0]}: {', '.join(known)}")
    for name in chosen.parts or known:
        with tempfile.TemporaryDirectory(prefix="variorum-evidence-") as scratch:
            lines = known[name](Path(scratch))
        print("\n".join(lines), flush=True)
        if chosen.captures is None and chosen.mutations >= MUTATIONS:
            put(lines)
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
