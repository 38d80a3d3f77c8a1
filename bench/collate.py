"""The collation room beside its peers: links, moves, words, sentences, speed.

``python bench/collate.py`` prints Markdown tables and writes them to
``docs/benchmarks/collate.md``, with the plot of time against length. It reads
``../shared/data/align`` (the page names its sources and licences); figures only are kept. Time is
process CPU time of one core.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from collate_gold import gold_table
from collate_moves import Moved, constructed
from collate_peers import Aligner, WordDiff, aligners, word_differs
from collate_speed import plot, speed_table, tokens
from collate_tables import Table, least, least_of_each, load, row_of, table_head, timed
from rapidfuzz.distance import Indel

from variorum.model import Document
from variorum.stages.collate import align_sentences, collate_documents
from variorum.stages.collate.function_words import FUNCTION_WORDS
from variorum.stages.collate.words import token_hunks
from variorum.text.sentences import sentences

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared/data/align"
OUT = ROOT / "docs/benchmarks/collate.md"


# -- links


def read_half(row: dict[str, Any]) -> bool:
    """Whether a pair is in the half that was read while the rules were written."""
    return int(hashlib.sha256(row["id"].encode()).hexdigest(), 16) % 2 == 0


def changed(row: dict[str, Any], links: Iterable[tuple[int, int]]) -> set[tuple[int, int]]:
    return {(i, j) for i, j in links if row["old"][i] != row["new"][j]}


def f1(hit: int, found: int, gold: int) -> str:
    return f"{2 * hit / (found + gold):.3f}" if found + gold else "–"


def link_scores(rows: Sequence[dict[str, Any]], align: Aligner) -> dict[str, str]:
    """F1 of links by group, and document pairs a second."""
    count: Counter[tuple[str, int]] = Counter()
    spent = 0.0
    for row in rows:
        got = set(align(row["old"], row["new"]))
        spent += least(lambda row=row: align(row["old"], row["new"]), short=0.005)
        gold = {(i, j) for i, j in row["links"]}
        english = row.get("lang", "en").startswith("en")
        half = "read" if read_half(row) else "unread"
        groups = [("all", gold, got)] if english else []
        names = ["changed", f"changed, {half} half"] if english else ["German changed"]
        groups += [(group, changed(row, gold), changed(row, got)) for group in names]
        for source, group in (("govuk", "gov.uk changed"), ("constructed", "constructed changed")):
            if row["source"].startswith(source):
                groups.append((group, changed(row, gold), changed(row, got)))
        for group, g, f in groups:
            count[group, 0] += len(g & f)
            count[group, 1] += len(f)
            count[group, 2] += len(g)
    scores = {group: f1(*(count[group, k] for k in range(3))) for group, _ in count}
    return scores | {"pairs/s": f"{len(rows) / spent:,.0f}", "seconds": str(spent)}


LINK_COLUMNS = (
    *("all", "changed", "changed, read half", "changed, unread half"),
    *("gov.uk changed", "constructed changed", "German changed", "pairs/s", "× our time"),
)


def link_table(rows: Sequence[dict[str, Any]]) -> Table:
    systems = {"**variorum**": align_sentences, **aligners()}
    lines = table_head("links, F1", LINK_COLUMNS)
    ours = 0.0
    for name, align in systems.items():
        scores = link_scores(rows, align)
        spent = float(scores["seconds"])
        ours = ours or spent
        scores["× our time"] = f"{spent / ours:.2f}"
        lines.append(row_of(name, [scores.get(c, "–") for c in LINK_COLUMNS]))
    return lines


# -- moves


def move_table(texts: Sequence[str]) -> Table:
    pairs = constructed([t for t in map(paragraphs, texts) if t], 300)
    lines = table_head("moves on 300 constructed pairs", ["precision", "recall"])
    count: Counter[str] = Counter()
    for pair in pairs:
        found = moved_blocks(pair)
        inside, gold = set().union(*found), set().union(*pair.blocks)
        count["sentence hit"] += len(inside & gold)
        count["sentence found"] += len(inside)
        count["sentence gold"] += len(gold)
        count["block hit"] += sum(b in pair.blocks for b in found)
        count["block found"] += len(found)
        count["block gold"] += len(pair.blocks)
    for kind, label in (("block", "blocks, exactly"), ("sentence", "sentences")):
        hit = count[f"{kind} hit"]
        precision, recall = hit / count[f"{kind} found"], hit / count[f"{kind} gold"]
        lines.append(row_of(label, [f"{precision:.3f}", f"{recall:.3f}"]))
    return lines


def paragraphs(text: str) -> list[list[str]] | None:
    """A text as paragraphs of sentences; None if written out anew it would be cut otherwise."""
    found: dict[int, list[str]] = defaultdict(list)
    for s in sentences(text, "en"):
        found[s.paragraph].append(s.text)
    parts = list(found.values())
    again = "\n\n".join(" ".join(p) for p in parts)
    same = [s.text for s in sentences(again, "en")] == [s for p in parts for s in p]
    return parts if same else None


def moved_blocks(pair: Moved) -> list[frozenset[int]]:
    old = Document.from_text(pair.old_text, language="en")
    new = Document.from_text(pair.new_text, language="en")
    blocks: dict[int, set[int]] = defaultdict(set)
    for s in collate_documents(old, new).segments:
        if s.move is not None:
            blocks[s.move].update(s.old)
    return [frozenset(b) for b in blocks.values()]


# -- words


def our_words(a: list[str], b: list[str]) -> list[tuple[str, list[str]]]:
    out: list[tuple[str, list[str]]] = []
    i = 0
    for a0, a1, b0, b1 in token_hunks(a, b):
        parts = (("=", a[i:a0]), ("-", a[a0:a1]), ("+", b[b0:b1]))
        out += [(sign, part) for sign, part in parts if part]
        i = a1
    return [*out, ("=", a[i:])] if i < len(a) else out


def word_table(
    rows: Sequence[dict[str, Any]],
    texts: Sequence[tuple[str, str]],
    only: Sequence[str] | None = None,
) -> Table:
    """Speed on pairs of 800 words with ten edits; hunks and stray words on heavy rewrites."""
    heavy = [
        (tokens(row["old"][i]), tokens(row["new"][j]))
        for row in rows
        for i, j in row["links"]
        if row["old"][i] != row["new"][j]
    ]
    heavy = [(a, b) for a, b in heavy if len(a) > 10 and Indel.normalized_similarity(a, b) < 0.6]
    edited = ten_edits([t for t, _ in texts], 200)
    real = [(tokens(a)[:800], tokens(b)[:800]) for a, b in texts]
    real = [(a, b) for a, b in real if len(a) == 800 == len(b) and a != b][:200]
    columns = [
        *("pairs/s, ten edits", "pairs/s, real", "× our time, ten edits", "hunks, heavy"),
        "stray words, heavy",
    ]
    lines = table_head(f"words ({len(heavy)} heavy rewrites)", columns)
    differs: dict[str, WordDiff] = {"**variorum**": our_words, **word_differs()}
    ours = 0.0
    for name, differ in differs.items():
        if only and name not in only:
            continue
        results = [differ(a, b) for a, b in heavy]
        hunks = statistics.mean(map(count_hunks, results))
        speed = rate(differ, edited)
        ours = ours or speed
        cells = [f"{speed:,.0f}", f"{rate(differ, real):,.0f}", f"{ours / speed:.2f}"]
        lines.append(row_of(name, [*cells, f"{hunks:.2f}", f"{sum(map(strays, results)):,}"]))
    return lines


def ten_edits(texts: Sequence[str], count: int) -> list[tuple[list[str], list[str]]]:
    chance = random.Random(3)
    pool = [t for text in texts[:400] for t in tokens(text)]
    pairs = []
    for _ in range(count):
        at = chance.randrange(len(pool) - 900)
        old = pool[at : at + 800]
        new = list(old)
        for _ in range(10):
            k = chance.randrange(len(new) - 5)
            kind = chance.random()
            if kind < 0.4:
                new[k] = chance.choice(pool)
            elif kind < 0.7:
                new[k:k] = [chance.choice(pool) for _ in range(chance.randint(1, 6))]
            else:
                del new[k : k + chance.randint(1, 4)]
        pairs.append((old, new))
    return pairs


def rate(differ: WordDiff, pairs: Sequence[tuple[list[str], list[str]]]) -> float:
    """Pairs a second, each pair at its least of several turns; slow ones on the first twenty."""
    few = pairs[:20]
    spent = timed(lambda: [differ(a, b) for a, b in few])
    if spent > 0.2:
        return len(few) / spent
    turns = [least_of_each([lambda a=a, b=b: differ(a, b) for a, b in pairs]) for _ in range(2)]
    return len(pairs) / min(turns)


def count_hunks(result: Sequence[tuple[str, list[str]]]) -> int:
    hunks, inside = 0, False
    for sign, _ in result:
        hunks += sign != "=" and not inside
        inside = sign != "="
    return hunks


def strays(result: Sequence[tuple[str, list[str]]]) -> int:
    """Shared runs between two changes that hold nothing but function words and marks."""
    found = 0
    for k in range(1, len(result) - 1):
        sign, run = result[k]
        says = any(w.lower() not in FUNCTION_WORDS and any(map(str.isalnum, w)) for w in run)
        found += sign == "=" and not says
    return found


# -- sentences


def sentence_table() -> Table:
    sys.path.insert(0, str(ROOT / "tests/text"))
    from sentence_cases import CASES, as_text

    lines = table_head(f"sentences ({len(CASES)} hard items of our own, 8 languages)", ["right"])
    splitters: dict[str, Callable[[str, str], list[str]]] = {
        "**variorum**": lambda text, code: [s.text for s in sentences(text, code)],
        "**variorum**, language guessed": lambda text, _: [s.text for s in sentences(text)],
    }
    try:
        import nupunkt

        splitters["nupunkt, line by line"] = lambda text, _: [
            s.strip() for line in text.split("\n") for s in nupunkt.sent_tokenize(line)
        ]
    except ImportError:
        print("nupunkt left out: not installed")
    for name, cut in splitters.items():
        right = sum(
            cut(as_text(parts, code), code) == [p.strip().lstrip("~") for p in parts]
            for code, parts in CASES
        )
        lines.append(row_of(name, [f"{right} / {len(CASES)}"]))
    return lines


# -- the page


INTRODUCTION = """# Collation, measured

Written by `bench/collate.py`; time is process CPU time on a shared machine, so ratios say more than
figures: from run to run it varied by a factor of 2.5, the peers' as much as ours. In the tables of
words and of speed each pair is taken at its least of seven turns. Links: the
alignment set of 373 pairs (ArgRewrite CC BY 4.0, gov.uk news OGL, constructed pairs on WikiSplit
CC BY-SA, DEplain CC BY 4.0); rules were written on the half of the pairs that a hash of their id
picks, the other half was only measured. Peers are re-implemented from their published descriptions
where no package exists, with their best threshold on the first half. Words: hunks and stray
function words (shared runs between two changes that say nothing) on the linked sentences that
share less than 0.6 of their words.
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--no-plot", action="store_true")
    parser.add_argument("--speed", action="store_true", help="the speed alone, printed only")
    args = parser.parse_args()
    rows = load(DATA / "align.jsonl")
    pairs = load(DATA / "pairs.jsonl.gz")
    texts = [(p["old"], p["new"]) for p in pairs]
    latest = list({p.get("doc", p["id"]): p["old"] for p in pairs}.values())
    if args.speed:
        own = ("**variorum**", "rapidfuzz Indel")
        found = [*speed_table(rows, texts), "", *word_table(rows, texts, only=own)]
        print("\n".join(found))
        return
    tables = [
        link_table(rows),
        gold_table(rows),
        move_table(latest),
        word_table(rows, texts),
        sentence_table(),
        speed_table(rows, texts),
    ]
    page = INTRODUCTION + "\n" + "\n\n".join("\n".join(t) for t in tables) + "\n"
    if not args.no_plot:
        plot(latest)
        page += "\n![Time against length](collate-time.svg)\n"
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(page, encoding="utf8")
    print(page)


if __name__ == "__main__":
    main()
