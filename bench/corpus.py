"""Whole corpora: versions a second and the share of each stage, memory and time as they grow.

Run: .venv/bin/python bench/corpus.py [shares] [likeness] [growth] [history] [--base N]
     .venv/bin/python bench/corpus.py scaling [--base N]       two workers against one (6,000 versions);
                                                               needs a machine that does nothing else,
                                                               and says if it does
     .venv/bin/python bench/corpus.py big [--base N] --place DIR   N versions (100,000) through the command
                                                               with all cores, sampled;
                                                               --short: of a third of the length
     .venv/bin/python bench/corpus.py make FILE [VERSIONS]     invented JSON lines, default 1,000,000
--place DIR keeps texts and tables: a run that was stopped goes on, one that is done is not done again.
--workers N: for growth (else 1) and big (else all cores). --dry: the report is not written.
Writes docs/benchmarks/corpus.md. CPU time throughout; the parts may be run one by one, and what was
measured before is kept in the file.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Callable
from pathlib import Path

from corpus_growth import Wanted, big, growth, one_history, scaling
from corpus_likeness import likeness
from corpus_news import write_news
from corpus_shares import shares

REPORT = Path(__file__).resolve().parent.parent / "docs" / "benchmarks" / "corpus.md"
PARTS: dict[str, tuple[str, Callable[[Wanted], list[str]]]] = {
    "shares": ("Where the time goes", lambda wanted: shares(wanted.base)),
    "likeness": ("What the collections are like", lambda _: likeness()),
    "growth": ("As the corpus grows", growth),
    "history": ("As one history grows", one_history),
    "scaling": ("Two workers against one", scaling),
    "big": ("A large corpus", big),
}
USUAL = {"scaling": 6_000, "big": 100_000}
TITLE = "# Whole corpora, measured\n\n`.venv/bin/python bench/corpus.py`, on a machine that others used too.\n"


def _sections() -> dict[str, str]:
    if not REPORT.exists():
        return {}
    found = re.split(r"^## (.+)$", REPORT.read_text("utf-8"), flags=re.MULTILINE)
    return {name: text.strip() for name, text in zip(found[1::2], found[2::2], strict=True)}


def main() -> None:
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("parts", nargs="*")
    options.add_argument("--base", type=int)
    options.add_argument("--workers", type=int)
    options.add_argument("--place", type=Path)
    options.add_argument("--short", action="store_true")
    options.add_argument("--dry", action="store_true")
    chosen = options.parse_args()
    if chosen.parts[:1] == ["make"]:
        _, path, *count = chosen.parts
        started = time.process_time()
        made = write_news(Path(path), int(count[0]) if count else 1_000_000)
        print(f"{made:,} versions in {time.process_time() - started:.1f} s of CPU")
        return
    for name in chosen.parts or [name for name in PARTS if name not in USUAL]:
        title, measure = PARTS[name]
        wanted = Wanted(
            chosen.base or USUAL.get(name, 400), chosen.place, chosen.workers, chosen.short
        )
        lines = measure(wanted)
        print("\n".join([f"## {title}", "", *lines]), flush=True)
        if not chosen.dry:
            _write(title, lines)


def _write(title: str, lines: list[str]) -> None:
    told = {**_sections(), title: "\n".join(lines)}
    ordered = [t for t, _ in PARTS.values() if t in told]
    REPORT.write_text(TITLE + "".join(f"\n## {t}\n\n{told[t]}\n" for t in ordered), "utf-8")


if __name__ == "__main__":
    main()
