"""Captures a second through each stage and through the whole path, and bytes a version.

usage: python bench/pipeline.py [WARC]   (default: the gov.uk captures beside the checkout)
Times are CPU seconds of this process; the extractor runs inside it, not in its child, so that its
cost is seen.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from variorum.bootstrap import open_archive
from variorum.pipeline import path as whole
from variorum.pipeline.clock import system_clock
from variorum.pipeline.importing.run import read_items, run_import
from variorum.stages.extract import read_page

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = ROOT.parent / "shared" / "data" / "captures" / "govuk.warc.gz"
OUT = ROOT / "docs" / "benchmarks" / "pipeline.md"


class InProcess:
    """A reader without a child process."""

    def read(self, body: bytes, **given: Any) -> Any:
        return read_page(body, **given)


class Stopwatch:
    """CPU seconds and calls of named functions; what one spends in another counts once, there."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.calls: dict[str, int] = defaultdict(int)
        self._inner: list[float] = []

    def around(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **given: Any) -> Any:
            start = time.process_time()
            self._inner.append(0.0)
            try:
                return function(*args, **given)
            finally:
                total = time.process_time() - start
                inner = self._inner.pop()
                self.spent[name] += total - inner
                self.calls[name] += 1
                if self._inner:
                    self._inner[-1] += total

        return timed


def main() -> None:
    warc = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    watch = Stopwatch()
    for name in ("judge_response", "story_digest", "decide", "collate_documents", "compare_claims"):
        setattr(whole, name, watch.around(name, getattr(whole, name)))
    reader = InProcess()
    reader.read = watch.around("read_page", reader.read)  # type: ignore[method-assign]
    with tempfile.TemporaryDirectory() as place, open_archive(Path(place) / "a") as archive:
        archive.warc._write = watch.around("WARC", archive.warc._write)  # type: ignore[method-assign]
        start = time.process_time()
        items = read_items(warc, None, system_clock)
        report = run_import(archive, whole.CapturePath(archive, reader), items, system_clock)  # type: ignore[arg-type]
        total = time.process_time() - start
        with archive.read() as records:
            texts = records.text_bytes()
            raw = sum(
                len(v.document.text.encode())
                for number in records.article_numbers()
                for v in records.versions(number)
            )
        database = (archive.directory / "variorum.db").stat().st_size
    lines = [
        "# The whole path, stage by stage",
        "",
        f"`make bench` on {warc.name}: {report.captures:,} captures, {report.versions:,} versions, "
        "one core, CPU time.",
        "",
        "| stage | calls | ms a call | share | a second |",
        "|---|---|---|---|---|",
    ]
    rest = total - sum(watch.spent.values())
    for name, spent in [
        *sorted(watch.spent.items(), key=lambda r: -r[1]),
        ("database and rest", rest),
    ]:
        calls = watch.calls.get(name, report.captures)
        rate = f"{calls / spent:,.0f}" if spent else "-"
        each = 1000 * spent / max(1, calls)
        lines.append(f"| {name} | {calls:,} | {each:.2f} | {spent / total:.0%} | {rate} |")
    lines += [
        f"| **whole path** | {report.captures:,} | {1000 * total / report.captures:.2f} | 100% "
        f"| **{report.captures / total:,.1f}** |",
        "",
        f"Texts: {texts['bytes'] / texts['versions']:,.0f} bytes a version stored, "
        f"{raw / texts['versions']:,.0f} raw (UTF-8). Database with search index: "
        f"{database / texts['versions']:,.0f} bytes a version.",
    ]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text("\n".join(lines) + "\n")
    print("\n".join(lines))


if __name__ == "__main__":
    main()
