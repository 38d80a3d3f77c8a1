"""The peers of the collation room, as published: sentence matching and word differences."""

from __future__ import annotations

import difflib
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence

Link = tuple[int, int]
Aligner = Callable[[Sequence[str], Sequence[str]], list[Link]]
_WORD = re.compile(r"\w+")


def difflib_in_order(old: Sequence[str], new: Sequence[str]) -> list[Link]:
    """Equal sentences by difflib; replaced ones paired in order."""
    links: list[Link] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag in ("equal", "replace"):
            links += zip(range(i, j), range(k, m), strict=False)
    return links


def _bleu2(a: list[str], b: list[str]) -> float:
    """BLEU-2 of a against b: geometric mean of 1- and 2-gram precision, with brevity penalty."""
    score = 1.0
    for n in (1, 2):
        grams = Counter(zip(*(a[k:] for k in range(n)), strict=False))
        others = Counter(zip(*(b[k:] for k in range(n)), strict=False))
        total = sum(grams.values())
        if not total:
            return 0.0
        score *= sum((grams & others).values()) / total
    penalty = min(1.0, math.exp(1 - len(b) / len(a))) if a else 0.0
    return penalty * math.sqrt(score)


def newsedits(threshold: float, *, top: bool) -> Aligner:
    """NewsEdits (NAACL 2022) with BLEU-2: each sentence linked to its best of the other side, each
    side by itself, above a threshold (``top``); or every pair above it."""

    def align(old: Sequence[str], new: Sequence[str]) -> list[Link]:
        a = [_WORD.findall(s.lower()) for s in old]
        b = [_WORD.findall(s.lower()) for s in new]
        scores = [[_bleu2(x, y) for y in b] for x in a]
        if not top:
            return [
                (i, j) for i, row in enumerate(scores) for j, s in enumerate(row) if s >= threshold
            ]
        links: set[Link] = set()
        for i, row in enumerate(scores):
            if row and max(row) >= threshold:
                links.add((i, row.index(max(row))))
        for j in range(len(b)):
            column = [row[j] for row in scores]
            if column and max(column) >= threshold:
                links.add((column.index(max(column)), j))
        return sorted(links)

    return align


def ratio_hungarian(threshold: float) -> Aligner:
    """rapidfuzz ratio of all pairs, assigned for the greatest sum, links above a threshold."""
    import numpy as np
    from rapidfuzz import fuzz, process
    from scipy.optimize import linear_sum_assignment

    def align(old: Sequence[str], new: Sequence[str]) -> list[Link]:
        if not old or not new:
            return []
        scores = process.cdist(old, new, scorer=fuzz.ratio, dtype=np.float32)
        rows, columns = linear_sum_assignment(-scores)
        return [
            (int(i), int(j))
            for i, j in zip(rows, columns, strict=True)
            if scores[i, j] >= threshold
        ]

    return align


def _alike(a: str, b: str) -> float:
    """wikidiff2's measure on lines: shared words, by their letters, over the letters of both."""
    x, y = Counter(_WORD.findall(a)), Counter(_WORD.findall(b))
    total = sum(len(w) * n for w, n in (x + y).items())
    return 2 * sum(len(w) * n for w, n in (x & y).items()) / total if total else 0.0


def wikidiff2(old: Sequence[str], new: Sequence[str]) -> list[Link]:
    """wikidiff2's published rules: in a changed block lines are paired from 0.2, one is split over
    up to three from 0.6; deleted and added lines elsewhere are a move from 0.4."""
    links: list[Link] = []
    gone: list[int] = []
    came: list[int] = []
    for tag, i, end_i, j, end_j in difflib.SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if tag == "equal":
            links += zip(range(i, end_i), range(j, end_j), strict=True)
            continue
        while i < end_i and j < end_j:
            split = max(
                ((_alike(old[i], " ".join(new[j : j + n])), n) for n in (2, 3) if j + n <= end_j),
                default=(0.0, 1),
            )
            if split[0] >= 0.6 and split[0] > _alike(old[i], new[j]):
                links += [(i, j + n) for n in range(split[1])]
                i, j = i + 1, j + split[1]
            elif _alike(old[i], new[j]) >= 0.2:
                links.append((i, j))
                i, j = i + 1, j + 1
            elif end_i - i >= end_j - j:
                gone.append(i)
                i += 1
            else:
                came.append(j)
                j += 1
        gone += range(i, end_i)
        came += range(j, end_j)
    for i in gone:
        best = max(((_alike(old[i], new[j]), j) for j in came), default=(0.0, -1))
        if best[0] >= 0.4:
            links.append((i, best[1]))
            came.remove(best[1])
    return links


def aligners() -> dict[str, Aligner]:
    """Every peer that installs. Thresholds are the best for each on half of the set."""
    found: dict[str, Aligner] = {
        "difflib, in order": difflib_in_order,
        "NewsEdits BLEU-2, threshold": newsedits(0.45, top=False),
        "NewsEdits BLEU-2, top-1 a side": newsedits(0.3, top=True),
        "wikidiff2's rules": wikidiff2,
    }
    try:
        found["rapidfuzz ratio + Hungarian"] = ratio_hungarian(55)
    except ImportError:
        print("rapidfuzz ratio + Hungarian left out: no numpy or scipy")
    return found


#: From two lists of words to runs of them: shared (``=``), gone (``-``) and come (``+``).
WordDiff = Callable[[list[str], list[str]], list[tuple[str, list[str]]]]


def difflib_words(a: list[str], b: list[str]) -> list[tuple[str, list[str]]]:
    out: list[tuple[str, list[str]]] = []
    for tag, i, j, k, m in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        out += _parts(tag == "equal", a[i:j], b[k:m])
    return out


def cydifflib_words(a: list[str], b: list[str]) -> list[tuple[str, list[str]]]:
    import cydifflib

    out: list[tuple[str, list[str]]] = []
    for tag, i, j, k, m in cydifflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        out += _parts(tag == "equal", a[i:j], b[k:m])
    return out


def indel_words(a: list[str], b: list[str]) -> list[tuple[str, list[str]]]:
    from rapidfuzz.distance import Indel

    out: list[tuple[str, list[str]]] = []
    for op in Indel.opcodes(a, b):
        out += _parts(
            op.tag == "equal", a[op.src_start : op.src_end], b[op.dest_start : op.dest_end]
        )
    return out


def _parts(same: bool, gone: list[str], came: list[str]) -> list[tuple[str, list[str]]]:
    if same:
        return [("=", gone)]
    return [(sign, part) for sign, part in (("-", gone), ("+", came)) if part]


def dmp_words(a: list[str], b: list[str]) -> list[tuple[str, list[str]]]:
    """diff-match-patch on the text, with its semantic clean-up."""
    import diff_match_patch

    engine = diff_match_patch.diff_match_patch()
    engine.Diff_Timeout = 0
    parts = engine.diff_main(" ".join(a), " ".join(b))
    engine.diff_cleanupSemantic(parts)
    signs = {0: "=", -1: "-", 1: "+"}
    return [(signs[sign], text.split()) for sign, text in parts if text]


def fast_dmp_words(a: list[str], b: list[str]) -> list[tuple[str, list[str]]]:
    import fast_diff_match_patch

    parts = fast_diff_match_patch.diff(
        " ".join(a), " ".join(b), counts_only=False, cleanup="Semantic", timelimit=0
    )
    return [(sign, text.split()) for sign, text in parts if text]


def word_differs() -> dict[str, WordDiff]:
    found: dict[str, WordDiff] = {"difflib": difflib_words, "rapidfuzz Indel": indel_words}
    for name, module, differ in (
        ("cydifflib", "cydifflib", cydifflib_words),
        ("diff-match-patch, semantic", "diff_match_patch", dmp_words),
        ("fast-diff-match-patch, semantic", "fast_diff_match_patch", fast_dmp_words),
    ):
        try:
            __import__(module)
            found[name] = differ
        except ImportError:
            print(f"{name} left out: not installed")
    return found
