"""What the gold links of ArgRewrite cannot hold, counted: moves, and splits linked by half.

``python bench/collate_gold.py`` prints a Markdown table; ``bench/collate.py`` puts it on its page.
Two habits of that annotation, which the other three sources do not share, cost any aligner that
finds moves and splits: its links never cross, so that nothing can have moved, and a sentence made
two is mostly linked to one of them. Counted here is how many of our links the gold lacks for
either reason, how often links of the same two kinds are right on the other sources, the score with
those links left out of count on ArgRewrite, and the score of an aligner that keeps those links and
has every other one as the gold has it: all that better evidence could give. Last, how many of our
links that the gold lacks the words themselves show: one of the two sentences holds ``SHOWN`` of the
other's words, by weight. No text is printed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from variorum.stages.collate.align import align
from variorum.stages.collate.chain import Candidate
from variorum.stages.collate.evidence import Evidence

DATA = Path(__file__).resolve().parents[2] / "shared/data/align/align.jsonl"
Link = tuple[int, int]
Row = dict[str, Any]
#: The source whose habits are counted.
ESSAYS = "argrewrite"
#: Share of the words of one sentence, by weight, that the other holds where a link is shown by them.
#: One reading of the half that was read would sign all 35 links with so much, and 3 of 9 with less.
SHOWN = 0.6


def gold_of(row: Row) -> set[Link]:
    return {(i, j) for i, j in row["links"]}


def crosses(link: Link, others: Iterable[Link]) -> bool:
    """Whether a link stands in another order on the two sides than one of the others."""
    return any((link[0] - i) * (link[1] - j) < 0 for i, j in others)


def links_of(block: Candidate) -> set[Link]:
    return {
        (i, j) for i in range(block.old, block.old_end) for j in range(block.new, block.new_end)
    }


def differs(row: Row, link: Link) -> bool:
    return bool(row["old"][link[0]] != row["new"][link[1]])


def habits(rows: Sequence[Row]) -> Counter[str]:
    """Counts over our links of some pairs: by kind, and of each kind those the gold has too."""
    count: Counter[str] = Counter()
    for row in rows:
        gold = gold_of(row)
        count["gold"] += len(gold)
        count["gold, crossing"] += sum(crosses(link, gold) for link in gold)
        for block in align(row["old"], row["new"]).blocks:
            for link in (links := links_of(block)):
                right = link in gold
                if crosses(link, gold):
                    kind = "moved, edited" if differs(row, link) else "moved, word for word"
                    count[kind] += 1
                    count[f"{kind}, in gold"] += right
                elif len(links) > 1 and links & gold:
                    count["split or merge"] += 1
                    count["split or merge, in gold"] += right
    return count


def lacking(row: Row) -> tuple[set[Link], set[Link]]:
    """Our links that the gold has not for crossing one of its own, and for being half of a split
    or merge."""
    gold = gold_of(row)
    moved: set[Link] = set()
    halves: set[Link] = set()
    for block in align(row["old"], row["new"]).blocks:
        links = links_of(block)
        for link in links - gold:
            if crosses(link, gold):
                moved.add(link)
            elif links & gold:
                halves.add(link)
    return moved, halves


def shown(row: Row, links: Iterable[Link]) -> set[Link]:
    """Those of some links of which one sentence holds ``SHOWN`` of the other's words."""
    old, new = row["old"], row["new"]
    words = Evidence(old, new, range(len(old)), range(len(new)))
    return {
        (i, j)
        for i, j in links
        if words.mass(words.old_stems[i] & words.new_stems[j])
        >= SHOWN * min(words.old_mass[i], words.new_mass[j])
    }


def shown_in(rows: Sequence[Row]) -> Counter[str]:
    """Our changed links by whether the gold has them, and of either those that are ``shown``."""
    count: Counter[str] = Counter()
    for row in rows:
        gold = gold_of(row)
        found = {link for link in align(row["old"], row["new"]).links if differs(row, link)}
        for kind, links in (("right", found & gold), ("lacking", found - gold)):
            count[kind] += len(links)
            count[f"{kind}, shown"] += len(shown(row, links))
    return count


def ceiling_f1(rows: Sequence[Row], *, changed: bool) -> float:
    """F1 of an aligner with the moves and splits of ours that the gold lacks, and no other error."""
    hit = total = 0
    for row in rows:
        gold = gold_of(row)
        moved, halves = lacking(row)
        found = gold | moved | halves
        if changed:
            gold = {link for link in gold if differs(row, link)}
            found = {link for link in found if differs(row, link)}
        hit += len(gold)
        total += len(gold) + len(found)
    return 2 * hit / total


def forgiving_f1(
    rows: Sequence[Row], *, changed: bool, moves: bool, halves: bool, words: bool = False
) -> float:
    """F1 of links; on ArgRewrite, links that the gold cannot hold are left out of count, and with
    ``words`` those that it lacks though they are :func:`shown`."""
    hit = total = 0
    for row in rows:
        gold = gold_of(row)
        found = set(align(row["old"], row["new"]).links)
        if row["source"].startswith(ESSAYS):
            moved, halved = lacking(row)
            found -= (moved if moves else set()) | (halved if halves else set())
            found -= shown(row, found - gold) if words else set()
        if changed:
            gold = {link for link in gold if differs(row, link)}
            found = {link for link in found if differs(row, link)}
        hit += len(gold & found)
        total += len(gold) + len(found)
    return 2 * hit / total


def gold_table(rows: Sequence[Row]) -> list[str]:
    """The counts and the scores as lines of Markdown."""
    english = [r for r in rows if r.get("lang", "en").startswith("en")]
    essays = [r for r in rows if r["source"].startswith(ESSAYS)]
    others = [r for r in rows if not r["source"].startswith(ESSAYS)]
    ours, theirs = habits(essays), habits(others)
    lines = [
        "| what the gold of ArgRewrite lacks | ArgRewrite | the other sources |",
        "|---|---|---|",
        "| pairs | " + f"{len(essays)} | {len(others)} |",
    ]
    label = "gold links that cross another gold link"
    one, other = (f"{c['gold, crossing']:,} of {c['gold']:,}" for c in (ours, theirs))
    lines.append(f"| {label} | {one} | {other} |")
    for kind, label in (
        ("moved, word for word", "our moves, word for word: in the gold"),
        ("moved, edited", "our moves, edited: in the gold"),
        ("split or merge", "our links of splits and merges: in the gold"),
    ):
        one, other = (f"{c[f'{kind}, in gold']:,} of {c[kind]:,}" for c in (ours, theirs))
        lines.append(f"| {label} | {one} | {other} |")
    theirs = shown_in([r for r in others if r in english])
    for kind, label in (
        ("right", "our changed links in the gold: shown by their words (English)"),
        ("lacking", "our changed links not in the gold: shown by their words (English)"),
    ):
        one, other = (f"{c[f'{kind}, shown']:,} of {c[kind]:,}" for c in (shown_in(essays), theirs))
        lines.append(f"| {label} | {one} | {other} |")
    lines += ["", "| English F1 | all | changed |", "|---|---|---|"]
    for label, left_out in (
        ("as scored", {}),
        ("ArgRewrite's missing moves left out of count", {"moves": True}),
        ("its half-linked splits and merges too", {"moves": True, "halves": True}),
        (
            "all that it lacks and the words show too",
            {"moves": True, "halves": True, "words": True},
        ),
    ):
        kinds = {"moves": False, "halves": False, **left_out}
        scores = [forgiving_f1(english, changed=c, **kinds) for c in (False, True)]
        lines.append(f"| {label} | {scores[0]:.3f} | {scores[1]:.3f} |")
    scores = [ceiling_f1(english, changed=c) for c in (False, True)]
    label = "all other links as in the gold, these moves and halves kept"
    lines.append(f"| {label} | {scores[0]:.3f} | {scores[1]:.3f} |")
    return lines


if __name__ == "__main__":
    print("\n".join(gold_table([json.loads(s) for s in DATA.read_text("utf8").splitlines()])))
