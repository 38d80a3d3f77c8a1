"""Runs every measurement of this folder, one after the other, and says how each ended.

usage: python bench/all.py [NAME...]      Tables go to docs/benchmarks.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
# Shows real texts side by side for reading (what it writes must not be kept), and takes pictures.
NOT_A_MEASUREMENT = {"all", "reading", "screenshots"}
# They measure an archive that somebody makes first, and names.
OF_AN_ARCHIVE = {"web_archive", "web_load"}


def main() -> int:
    wanted = sys.argv[1:]
    names = sorted(p.stem for p in HERE.glob("*.py") if p.stem not in NOT_A_MEASUREMENT)
    failed = []
    for name in names:
        if wanted and name not in wanted:
            continue
        if name in OF_AN_ARCHIVE:
            print(f"== {name}: not here, it wants an archive: python bench/{name}.py --help\n")
            continue
        if not _is_script(HERE / f"{name}.py"):
            continue
        start = time.monotonic()
        print(f"== {name}", flush=True)
        done = subprocess.run([sys.executable, HERE / f"{name}.py"], check=False)
        print(f"== {name}: exit {done.returncode} after {time.monotonic() - start:.0f} s\n")
        if done.returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


def _is_script(path: Path) -> bool:
    return "__main__" in path.read_text("utf-8")


if __name__ == "__main__":
    sys.exit(main())
