"""A blind reading: real pairs rendered by us, by difflib and by diff-match-patch, shuffled.

Writes ``artefacts/reading.html`` (not kept in the repository: it holds news text) with the key at
its end. Usage: ``python bench/reading.py [PAIRS.jsonl.gz] [--pairs 30] [--seed 1] [--open-key]``.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import itertools
import json
import random
import re
from collections import defaultdict
from html import escape
from pathlib import Path
from typing import Any

import diff_match_patch

from variorum import collate
from variorum.model import Document
from variorum.stages.publish import inline_html

ROOT = Path(__file__).resolve().parent.parent
PAIRS = ROOT.parent / "shared/data/align/pairs.jsonl.gz"
OUT = ROOT / "artefacts/reading.html"
STYLE = """
body { font: 16px/1.55 Georgia, serif; max-width: 76rem; margin: 1rem auto; padding: 0 1rem }
section { border-top: 3px solid #444; margin-top: 2rem }
.three { display: grid; grid-template-columns: repeat(3, minmax(0, 1fr)); gap: 1.2rem }
.three > div { border: 1px solid #ccc; padding: .6rem .8rem; overflow-wrap: break-word }
ins { background: #cce5ff; text-decoration: underline } del { background: #ffdfb0 }
.vx-hidden { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden }
.vx-same.vx-p { color: #888; max-height: 1.2em; margin: 0; overflow: hidden; font-size: .6em }
.vx-move, .vx-move-old { outline: 1px dotted #555 } .vx-move-old { opacity: .6 }
h2 { font-size: 1.15rem }
"""
#: Letters of unchanged text shown before and after a change.
SHARED = 160
_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")


def ours(old: Document, new: Document) -> str:
    return inline_html(collate(old, new), old, new, level=3)


def by_difflib(old: Document, new: Document) -> str:
    a, b = _TOKEN.findall(old.text), _TOKEN.findall(new.text)
    parts: list[tuple[int, str]] = []
    matcher = difflib.SequenceMatcher(None, a, b, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            parts.append((0, "".join(a[i:j])))
            continue
        parts += [(-1, "".join(a[i:j])), (1, "".join(b[k:m]))]
    return marked(parts)


def by_diff_match_patch(old: Document, new: Document) -> str:
    engine = diff_match_patch.diff_match_patch()
    parts = engine.diff_main(old.text, new.text)
    engine.diff_cleanupSemantic(parts)
    return marked(parts)


def marked(parts: list[tuple[int, str]]) -> str:
    tags = {0: ("", ""), -1: ("<del>", "</del>"), 1: ("<ins>", "</ins>")}
    html = "".join(
        tags[sign][0]
        + escape(text if sign else folded(text)).replace("\n\n", "<br><br>")
        + tags[sign][1]
        for sign, text in parts
        if text
    )
    return f"<div>{html}</div>"


def folded(text: str) -> str:
    """What is shared, without the middle of a long stretch: the reading is about the changes."""
    if len(text) <= 2 * SHARED:
        return text
    return f"{text[:SHARED].rsplit(' ', 1)[0]} […] {text[-SHARED:].split(' ', 1)[-1]}"


WAYS = {"variorum": ours, "difflib": by_difflib, "diff-match-patch": by_diff_match_patch}


def chosen(path: Path, count: int, chance: random.Random) -> list[dict[str, Any]]:
    """Pairs that differ, none of them very long, from each source in turn."""
    with gzip.open(path, "rt", encoding="utf8") as lines:
        rows = [json.loads(line) for line in lines]
    usable = [r for r in rows if r["old"] != r["new"] and len(r["old"]) + len(r["new"]) < 14_000]
    chance.shuffle(usable)
    sources: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in usable:
        sources[row["source"]].append(row)
    turns = itertools.zip_longest(*sources.values())
    return [row for turn in turns for row in turn if row][:count]


def document(row: dict[str, Any], side: str) -> Document:
    return Document.build(row.get(f"{side}_title"), row[side].split("\n\n"), language="en")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", nargs="?", type=Path, default=PAIRS)
    parser.add_argument("--pairs", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--open-key", action="store_true", help="name the renderings in place")
    args = parser.parse_args()
    chance = random.Random(args.seed)
    sections, key = [], []
    for number, row in enumerate(chosen(args.path, args.pairs, chance), 1):
        old, new = document(row, "old"), document(row, "new")
        names = list(WAYS)
        chance.shuffle(names)
        key.append(f"{number}: {', '.join(names)}")
        cells = "".join(
            f"<div><h3>{name if args.open_key else 'ABC'[k]}</h3>{WAYS[name](old, new)}</div>"
            for k, name in enumerate(names)
        )
        heading = f"<h2>{number}. {escape(row['id'])}</h2>"
        sections.append(f"<section>{heading}<div class=three>{cells}</div></section>")
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(
        "<!doctype html><meta charset=utf-8><title>A blind reading</title>"
        f"<style>{STYLE}</style><h1>A blind reading</h1>{''.join(sections)}"
        f"<details><summary>Key</summary><pre>{escape(chr(10).join(key))}</pre></details>",
        encoding="utf8",
    )
    print(OUT.relative_to(ROOT))


if __name__ == "__main__":
    main()
