"""Claim changes: kinds and hedges on our own pairs, false alarms and speed on real ones.

Run as ``.venv/bin/python bench/claims_changes.py``; the table goes to
``docs/benchmarks/claims_changes.md``. No other tool that we know gives claim changes, so there is
no peer in the run; the baseline is what a plain comparison of two ledgers gives (every claim whose
words are not in the other version is dropped or added), on the same pairs.

The seen half of our pairs was read while the rules were made; of the unseen half only the score.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import statistics
import sys
import time
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import variorum
from variorum.model import ClaimChange, Document
from variorum.stages.claims import find_claims, find_figures, find_hedges
from variorum.stages.claims.changes import compare_ledgers
from variorum.stages.claims.memory import Memory
from variorum.text.typography import fold

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT.parent / "shared" / "data" / "align" / "pairs.jsonl.gz"
EVERY = 12  # one real pair of so many is timed: some 170 pairs, a minute


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


def plain_comparison(old: Document, new: Document) -> list[ClaimChange]:
    """The baseline: claims whose words the other version does not have."""
    out = []
    for mine, other, kind in ((old, new, "dropped"), (new, old, "added")):
        text = fold(other.text)
        for claim in find_claims(mine):
            words = mine.text[slice(*claim.content)]
            if fold(words) not in text:
                gone = kind == "dropped"
                out.append(
                    ClaimChange(kind, None, None, words if gone else "", "" if gone else words)  # type: ignore[arg-type]
                )
    return out


def baseline_score(own: ModuleType, unseen: bool) -> float:
    n: Counter[str] = Counter()
    for pair in own.version_pairs():
        if pair.unseen == unseen:
            found = plain_comparison(pair.old, pair.new)
            n.update(hit=own.matched(pair, found)[1], found=len(found), gold=len(pair.expected))
    return float(own.f1(n["hit"], n["found"], n["gold"]))


def joined(text: Any) -> str:
    return text if isinstance(text, str) else "\n\n".join(text)


def speeds() -> list[tuple[str, str]]:
    with gzip.open(PAIRS, "rt", encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines][::EVERY]
    pairs = [
        (Document.from_text(joined(r["old"])), Document.from_text(joined(r["new"]))) for r in rows
    ]
    path_of_versions(pairs[:10])  # the lexicons are read once
    first, collating, reading, comparing = path_of_versions(pairs)
    start = time.process_time()
    for a, _ in pairs:
        find_figures(a.text)
    figures = time.process_time() - start
    start = time.process_time()
    for a, _ in pairs:
        find_hedges(a.text, 0, len(a.text))
    hedges = time.process_time() - start
    size = statistics.median(len(a.text.split()) for a, _ in pairs)
    count = len(pairs)
    whole = collating + reading + comparing
    return [
        ("real pairs timed, median words", f"{count}, {size:.0f}"),
        ("whole path from extracted text, versions/s", f"{count / whole:.0f}"),
        ("– collation alone, pairs/s", f"{count / collating:.0f}"),
        ("– ledger of the new version alone, articles/s", f"{count / reading:.0f}"),
        ("– comparison of two ledgers alone, pairs/s", f"{count / comparing:.0f}"),
        ("ledger of a first version, articles/s", f"{count / first:.0f}"),
        ("two versions never met before, pairs/s", f"{count / (whole + first):.0f}"),
        ("find_figures, texts/s", f"{count / figures:.0f}"),
        ("find_hedges, texts/s", f"{count / hedges:.0f}"),
    ]


def path_of_versions(
    pairs: list[tuple[Document, Document]],
) -> tuple[float, float, float, float]:
    """CPU seconds spent in the ledgers of the older versions, in collating, in the ledgers of the
    newer ones and in comparing, in the order and with the memory of a story in which an archive's
    versions go through them: the ledger of the older one is kept from when that was new.
    """
    spent = [0.0] * 4
    for old, new in pairs:
        memory = Memory()
        times = [time.process_time()]
        before = find_claims(old, memory)
        times.append(time.process_time())
        collation = variorum.collate(old, new)
        times.append(time.process_time())
        after = find_claims(new, memory)
        times.append(time.process_time())
        compare_ledgers(old, new, collation, before, after)
        times.append(time.process_time())
        spent = [s + b - a for s, a, b in zip(spent, times, times[1:], strict=False)]
    return spent[0], spent[1], spent[2], spent[3]


def main() -> None:
    own = load(ROOT / "tests" / "claims" / "claim_pairs.py")
    rows: list[tuple[str, str]] = []
    for half, unseen in (("seen", False), ("unseen", True)):
        kinds, n = own.kinds_score(unseen)
        hedges, _ = own.hedges_score(unseen)
        rows.append((f"kinds F1, {half} half ({n['pairs']} pairs)", f"{100 * kinds:.1f}"))
        rows.append((f"– plain comparison, {half}", f"{100 * baseline_score(own, unseen):.1f}"))
        rows.append((f"hedge cues F1, {half} half", f"{100 * hedges:.1f}"))
    later, n = own.score_of(own.version_pairs(own.FOLDER / "later"))
    rows.append((f"kinds F1, later pairs ({n['pairs']})", f"{100 * later:.1f}"))
    third, n = own.score_of(own.version_pairs(own.FOLDER / "third"))
    rows.append((f"kinds F1, third pairs ({n['pairs']})", f"{100 * third:.1f}"))
    if PAIRS.exists():
        quality = load(ROOT / "tests" / "quality" / "test_claims_changes.py")
        quiet = list(quality.punctuation_only())
        false = sum(bool(variorum.claim_changes(a, b)) for _, a, b in quiet)
        rows.append(("real pairs changed in punctuation only", str(len(quiet))))
        rows.append(("… of them with a claim change", str(false)))
        rows += speeds()
    table = "\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)])
    print(table)
    target = ROOT / "docs" / "benchmarks" / "claims_changes.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        "# Claim changes\n\nOn our own 75 version pairs (`tests/claims/pairs`) and on real version "
        f"pairs; CPU time of one core.\n\n{table}\n",
        encoding="utf8",
    )


if __name__ == "__main__":
    main()
