"""How fast the collation room is, and how much memory it takes: pairs, long pages, worst cases."""

from __future__ import annotations

import random
import statistics
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from collate_peers import word_differs
from collate_tables import Table, least, least_of_each, row_of, table_head, timed

from variorum.model import Document
from variorum.stages.collate import align_sentences, collate_documents
from variorum.text import sentences as splitter
from variorum.text.sentences import sentences
from variorum.text.tokens import pieces

PLOT = Path(__file__).resolve().parent.parent / "docs/benchmarks/collate-time.svg"


def tokens(text: str) -> list[str]:
    return pieces(text)[1::2]


def speed_table(rows: Sequence[dict[str, Any]], texts: Sequence[tuple[str, str]]) -> Table:
    lines = table_head("speed, one core", ["figure"])
    pairs = [(r["old"], r["new"]) for r in rows]
    spent = least_of_each([lambda a=a, b=b: align_sentences(a, b) for a, b in pairs])
    lines.append(row_of("`align`, document pairs of the alignment set", [per_s(len(pairs), spent)]))
    median = statistics.median(len(a) for a, _ in texts)
    near = sorted(texts, key=lambda t: abs(len(t[0]) - median))[:400]
    documents = [
        (Document.from_text(a, language="en"), Document.from_text(b, language="en"))
        for a, b in near
    ]
    acts = [lambda a=a, b=b: collate_documents(a, b) for a, b in documents]
    spent = least_of_each(acts, before=splitter.forget)
    label = f"whole collation, 400 pairs of about {median:,.0f} letters"
    lines.append(row_of(label, [per_s(len(documents), spent)]))
    size = sum(len(a.encode()) for a, _ in texts)
    spent = least(lambda: afresh(lambda: [sentences(a, "en") for a, _ in texts]))
    lines.append(row_of("sentences", [f"{size / spent / 1e6:.1f} MB/s"]))
    spent = least(lambda: [pieces(a) for a, _ in texts])
    lines.append(row_of("tokens", [f"{size / spent / 1e6:.1f} MB/s"]))
    for letters in (364_000, 1_500_000):
        a, b = long_pair([t for t, _ in texts], letters)
        old, new = Document.from_text(a, language="en"), Document.from_text(b, language="en")
        whole = [lambda o=old, n=new: collate_documents(o, n)]
        spent = least_of_each(whole, before=splitter.forget)
        count = len(sentences(a, "en"))
        label = f"a pair of {letters:,} letters ({count:,} sentences)"
        lines.append(row_of(label, [f"{spent * 1000:,.0f} ms"]))
    lines += memory_rows(texts)
    for label, old, new in worst_cases():
        found: list[Any] = []
        spent = timed(lambda o=old, n=new, f=found: f.append(collate_documents(o, n)))
        limits = ", ".join(found[0].limits) or "no limit hit"
        lines.append(row_of(label, [f"{spent * 1000:,.0f} ms ({limits})"]))
    return lines


def afresh(act: Callable[[], object]) -> None:
    """``act`` as for a text never seen before."""
    splitter.forget()
    act()


def memory_rows(texts: Sequence[tuple[str, str]]) -> Table:
    """The highest memory of a collation above that of its two texts, at three lengths."""
    lines: Table = []
    for letters in (182_000, 364_000, 1_456_000):
        a, b = long_pair([t for t, _ in texts], letters)
        old, new = Document.from_text(a, language="en"), Document.from_text(b, language="en")
        splitter.forget()
        tracemalloc.start()
        collate_documents(old, new)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        cell = f"{peak / 1e6:.0f} MB ({peak / letters:.0f} bytes a letter)"
        lines.append(row_of(f"memory for a pair of {letters:,} letters", [cell]))
    return lines


def per_s(count: int, spent: float) -> str:
    return f"{count / spent:,.0f} pairs/s"


def long_pair(texts: Sequence[str], letters: int) -> tuple[str, str]:
    """A long text of many stories, and the same with one word in a hundred replaced."""
    chance = random.Random(5)
    parts: list[str] = []
    size = 0
    while size < letters:
        parts.append(chance.choice(texts))
        size += len(parts[-1]) + 2
    old = "\n\n".join(parts)[:letters]
    words = old.split(" ")
    for _ in range(len(words) // 100):
        words[chance.randrange(len(words))] = chance.choice(words)
    return old, " ".join(words)


def worst_cases() -> list[tuple[str, Document, Document]]:
    def listing(word: str, of: str) -> Document:
        lines = (f"{of} {k} {word} {k * 7919 % 10007} was seen." for k in range(20_000))
        return Document.from_text("\n\n".join(lines), language="en")

    same = Document.from_text("\n\n".join(["Advertisement"] * 20_000), language="en")
    fewer = Document.from_text("\n\n".join(["Advertisement"] * 19_000), language="en")
    one = Document.from_text("word " * 100_000, language="en")
    other = Document.from_text("word other " * 50_000, language="en")
    return [
        (
            "20,000 sentences, each with its figures changed",
            listing("a", "Item"),
            listing("b", "Thing"),
        ),
        ("20,000 times one sentence against 19,000", same, fewer),
        ("one sentence of 100,000 words, rewritten", one, other),
    ]


def plot(texts: Sequence[str]) -> None:
    """Time of a whole collation against length, beside peers that compare words only."""
    try:
        import matplotlib as mpl
    except ImportError:
        print("plot left out: matplotlib not installed")
        return
    mpl.use("svg")
    mpl.rcParams["svg.hashsalt"] = "variorum"
    import matplotlib.pyplot as plt

    differs = word_differs()
    curves: dict[str, Callable[[str, str], object]] = {
        "variorum, whole collation": lambda a, b: collate_documents(
            Document.from_text(a, language="en"), Document.from_text(b, language="en")
        )
    }
    for name in ("difflib", "diff-match-patch, semantic"):
        if name in differs:
            curves[f"{name}, words only"] = lambda a, b, d=differs[name]: d(tokens(a), tokens(b))
    figure, axes = plt.subplots(figsize=(7, 4.2))
    for name, act in curves.items():
        sizes: list[int] = []
        times: list[float] = []
        for letters in (2_000, 5_000, 12_000, 30_000, 75_000, 180_000, 364_000):
            a, b = long_pair(texts, letters)
            splitter.forget()
            spent = timed(lambda a=a, b=b, act=act: act(a, b))
            sizes.append(letters)
            times.append(max(spent, 1e-4) * 1000)
            if spent > 8:
                break
        axes.plot(sizes, times, marker="o", label=name)
    axes.set(xscale="log", yscale="log", xlabel="letters on each side", ylabel="ms of CPU time")
    axes.grid(visible=True, which="both", alpha=0.2)
    axes.legend()
    figure.tight_layout()
    figure.savefig(PLOT, metadata={"Date": None})
