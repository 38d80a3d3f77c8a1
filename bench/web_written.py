"""What a page costs while its archive is written to: made, found still true after a commit, remembered.

    .venv/bin/python bench/web_written.py --archive /tmp/archive [--pages 60] [--write]

Pages of each kind (``bench/web_archive.py`` makes the archive, ``bench/web_load.py`` says how they are
drawn) are asked for once, again after a commit to the archive, and again at once; twice. Told is the CPU
of the process for a request, in ms. The commit sets a setting: it touches no article, as a look at one
touches none of the others. Counts over the whole archive are made again every five seconds, by whichever
page comes first: the 95th percentile has them.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import statistics
import time
from pathlib import Path

from web_load import KINDS, ROOT, Readers

from variorum.store.archive import open_for_writing
from variorum.web.warm import warm_up
from web import application, ask


def commit(directory: Path) -> None:
    """Write to the archive, and wait until pages are remembered again."""
    with open_for_writing(directory) as archive, archive.write() as records:
        records.set_setting("bench", time.time())
    time.sleep(0.2)


async def cost(app, paths: list[str]) -> list[float]:  # type: ignore[no-untyped-def]
    """ms of CPU of each request, the least first."""
    found = []
    for path in paths:
        start = time.process_time()
        await ask(app, path)
        found.append(1000 * (time.process_time() - start))
    return sorted(found)


def told(costs: list[float]) -> str:
    return (
        f"{statistics.mean(costs):.1f} | {statistics.median(costs):.1f} "
        f"| {costs[int(0.95 * len(costs))]:.1f}"
    )


async def measured(app, directory: Path, paths: list[str]) -> str:  # type: ignore[no-untyped-def]
    made = await cost(app, paths)
    true, kept = [], []
    for _ in range(2):
        commit(directory)
        true += await cost(app, paths)
        kept += await cost(app, paths)
    return f"{told(made)} | {told(sorted(true))} | {statistics.median(kept):.1f}"


async def everything(app, given: argparse.Namespace) -> list[str]:  # type: ignore[no-untyped-def]
    readers = Readers(given.archive)
    await ask(app, "/about")
    rows = []
    for kind in KINDS:
        drawn = dict.fromkeys(readers.path(kind) for _ in range(20 * given.pages))
        paths = list(drawn)[: given.pages]
        rows.append(f"| {kind} | {len(paths)} | {await measured(app, given.archive, paths)} |")
        print(rows[-1], flush=True)
    return rows


def report(rows: list[str], pages: int) -> str:
    description = (__doc__ or "").split("\n\n", 2)[2].strip()
    cpu = re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
    return f"""# Pages of an archive that is written to

`.venv/bin/python bench/web_written.py --archive … --pages {pages} --write`. {description}

{cpu[1] if cpu else ""}; the machine's load was {os.getloadavg()[1]:.0f} in the last five minutes.

| pages | n | made: mean | median | 95 % | found true: mean | median | 95 % | remembered |
|---|---|---|---|---|---|---|---|---|
{chr(10).join(rows)}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--archive", type=Path, required=True)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--write", action="store_true", help="into docs/benchmarks/web_written.md")
    given = parser.parse_args()
    app = application(given.archive, remember=True)
    warm_up(app).join()
    rows = asyncio.run(everything(app, given))
    if given.write:
        text = report(rows, given.pages)
        (ROOT / "docs" / "benchmarks" / "web_written.md").write_text(text)


if __name__ == "__main__":
    main()
