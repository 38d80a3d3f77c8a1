"""Figures found, against gold: value, unit, bound. Peer: quantulum3 (MIT), where it installs.

Run as ``.venv/bin/python bench/claims_figures.py``; the table goes to
``docs/benchmarks/claims_figures.md``. The gold lies beside the project, in
``../shared/data/claims``. The peer lives in an environment of its own, not in the project's lock:
``python -m venv peers && peers/bin/pip install quantulum3`` beside the project, then run with its
``site-packages`` on ``PYTHONPATH``; without it the table says only what is ours.

What a hit is: a figure found whose value equals the gold's (1e-6 relative), one to one. ``+ unit``:
its unit or what it counts has the gold's words; ``+ bound``: and says "at least", "up to", "about"
alike. Gold entries without a value cannot be hit: they count for nobody, and neither does a figure
that lies on one. The specs label one kind of quantity a sentence: there, figures of another kind
(a percentage beside labelled money) are not counted as false.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT.parent / "shared" / "data" / "claims"
Row = dict[str, Any]
Finder = Callable[[str], list[Row]]


def ours(text: str) -> list[Row]:
    import variorum

    return [f.to_dict() for f in variorum.figures(text)]


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf8").splitlines()]


def number(value: Any) -> float | list[float] | None:
    """A gold or found value; percent strings lose their sign, anything else unreadable is None."""
    if isinstance(value, list | tuple):
        return [float(v) for v in value]
    try:
        return None if value is None else float(str(value).rstrip("%"))
    except ValueError:
        return None


def close(a: float | list[float], b: float | list[float]) -> bool:
    if isinstance(a, list) or isinstance(b, list):
        both = isinstance(a, list) and isinstance(b, list) and len(a) == len(b)
        return both and all(map(close, a, b))  # type: ignore[arg-type]
    return abs(a - b) <= 1e-6 * max(1.0, abs(b))


def _singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def unit_words(unit: str | None) -> str:
    plain = re.sub(r"[^a-z0-9$€£%/ ]", " ", (unit or "").lower())
    return " ".join(map(_singular, plain.split()))


def same_unit(found: Row, gold: Row) -> bool:
    if gold.get("unit") is None and not found.get("unit"):
        return True
    theirs = {unit_words(gold.get("unit")), unit_words(gold.get("normalized_unit"))} - {""}
    return bool({unit_words(found.get("unit")), unit_words(found.get("counted"))} & theirs)


def _touches(span: list[int], other: list[int] | None) -> bool:
    return other is not None and span[0] < other[1] and other[0] < span[1]


def _of_kind(figure: Row, kind: str | None) -> bool:
    """Whether a figure is of the one kind that a specs sentence labels."""
    unit = figure.get("unit") or ""
    if kind is None or kind == "number":
        return True
    money = figure.get("money", bool(set(unit_words(unit).split()) & _MONEY))
    if kind == "currency":
        return bool(money)
    if kind == "percent":
        return "percent" in unit or unit == "%"
    if kind == "temperature":
        return unit in {"celsius", "fahrenheit", "kelvin", "degree"}
    if kind == "age":
        return "of age" in unit
    if unit.split(" per ")[0] in _TIME or "of age" in unit:
        return False  # the specs of dimensions do not label durations
    return bool(unit) and not money and "percent" not in unit and not figure.get("counted")


_TIME = {
    "second",
    "minute",
    "hour",
    "day",
    "night",
    "week",
    "fortnight",
    "month",
    "year",
    "decade",
    "century",
}
_MONEY = {
    "dollar",
    "pound",
    "euro",
    "cent",
    "penny",
    "franc",
    "peso",
    "yen",
    "yuan",
    "krone",
    "dinar",
    "dirham",
    "riyal",
    "bitcoin",
}


def score(data: Iterable[Row], find: Finder, wrong: list[str] | None = None) -> Row:
    """Precision, recall and F1 of ``find`` over gold sentences, and texts a CPU second."""
    n, spent, texts = Counter[str](), 0.0, 0
    for row in data:
        start = time.process_time()
        found = find(row["text"])
        spent, texts = spent + time.process_time() - start, texts + 1
        _score_one(row, found, n, wrong)
    return {
        "texts": texts,
        "texts_per_cpu_second": round(texts / max(spent, 1e-9)),
        **{k: _prf(n[k], n["found"], n["gold"]) for k in ("value", "unit", "change")},
    }


def _score_one(row: Row, found: list[Row], n: Counter[str], wrong: list[str] | None) -> None:
    gold = [q for q in row["quantities"] if number(q["value"]) is not None]
    blank = [q.get("span") for q in row["quantities"] if number(q["value"]) is None]
    left = [f for f in found if not any(_touches(f["span"], b) for b in blank)]
    missed, total = [], Counter[str]()
    for q in gold:
        same = [f for f in left if close(number(f["value"]), number(q["value"]))]  # type: ignore[arg-type]
        if not same:
            missed.append(q)
            continue
        alike = [(same_unit(f, q), f.get("change", "=") == q.get("change", "=")) for f in same]
        best = max(range(len(same)), key=lambda i: alike[i])
        left.remove(same[best])
        total["value"] += 1
        total["unit"] += alike[best][0]
        total["change"] += alike[best][1]
        if wrong is not None and not all(alike[best]):
            wrong.append(f"~ {row['text'][:200]} | gold {_short(q)} | found {_short(same[best])}")
    false = [f for f in left if _of_kind(f, row.get("kind"))]
    n.update(total)
    n["gold"] += len(gold)
    n["found"] += total["value"] + len(false)
    if wrong is not None and (missed or false):
        unwanted = [f"{row['text'][slice(*f['span'])]} {_short(f)}" for f in false]
        wrong.append(
            f"! {row['text'][:400]}\n     missed {[_short(q) for q in missed]}"
            f"\n     false {unwanted}"
        )


def _short(q: Row) -> str:
    unit = q.get("normalized_unit") or q.get("unit")
    return f"{q['value']} {unit} {q.get('counted')} {q.get('change', '=')}"


def _prf(hit: int, found: int, gold: int) -> dict[str, float]:
    p, r = hit / max(found, 1), hit / max(gold, 1)
    f = 2 * p * r / (p + r) if p + r else 0.0
    return {"P": round(100 * p, 2), "R": round(100 * r, 2), "F": round(100 * f, 2)}


def quantulum() -> Finder | None:
    """quantulum3 as a peer, its classifier off (that one is a model to download)."""
    try:
        from quantulum3 import parser
    except ImportError:
        return None

    def find(text: str) -> list[Row]:
        signs = {"equal": "="}
        out = []
        for q in parser.parse(text):
            spread = q.uncertainty and 2 * q.value != 0
            value: Any = [q.value - q.uncertainty, q.value + q.uncertainty] if spread else q.value
            unit = None if q.unit.name == "dimensionless" else q.unit.name
            money = q.unit.entity.name == "currency"
            out.append({"span": list(q.span), "value": value, "unit": unit, "money": money,
                        "counted": None, "change": signs["equal"]})  # fmt: skip
        return out

    return find


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--wrong", action="store_true", help="list what is wrong, change nothing")
    options.add_argument("--set", default="figures", choices=["figures", "figures_specs"])
    chosen = options.parse_args()
    if not DATA.is_dir():
        sys.exit(f"no data at {DATA}")
    if chosen.wrong:
        listed: list[str] = []
        print(score(rows(DATA / f"{chosen.set}.jsonl"), ours, listed))
        print("\n".join(listed))
        return
    peer = quantulum()
    table = [
        "| | set | value F1 | + unit F1 | + bound F1 | texts/s of CPU |",
        "|---|---|---|---|---|---|",
    ]
    for name, find in (("variorum", ours), ("quantulum3, classifier off", peer)):
        for which in ("figures", "figures_specs") if find else ():
            got = score(rows(DATA / f"{which}.jsonl"), find)  # type: ignore[arg-type]
            cells = [f"{got[k]['F']:.1f}" for k in ("value", "unit", "change")]
            if which == "figures_specs":
                cells[1:] = ["–", "–"]
            speed = f"{got['texts_per_cpu_second']:,}"
            table.append(f"| {name} | {which} | {' | '.join(cells)} | {speed} |")
    text = "\n".join(table)
    print(text)
    target = ROOT / "docs" / "benchmarks" / "claims_figures.md"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(
        "# Figures found\n\nNewsQuant (475 news sentences) and Recognizers-Text specs (521); what "
        f"a hit is stands in `bench/claims_figures.py`.\n\n{text}\n",
        encoding="utf8",
    )


if __name__ == "__main__":
    main()
