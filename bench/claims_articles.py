"""Claims, speakers, hedges and figures against the project's own annotated articles.

Run as ``.venv/bin/python bench/claims_articles.py``; the table goes to
``docs/benchmarks/claims_articles.md``. ``--wrong`` prints what is wrong, for the seen half only.
The articles and how they are counted: ``tests/claims/articles`` (README.md, scoring.py). They are
split by the SHA-256 of their id: even is seen, odd unseen. ``fresh``, ``later`` and ``third`` are 32, 28 and
46 written afterwards, all seen since their first run was counted; of ``fourth`` (46) twelve are still unseen,
of ``fifth`` (36) ten. ``sixth``, ``seventh`` and ``eighth`` (30 each) have statements and speakers alone, no
hedges and figures; of the last two every other article is unread.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests" / "claims" / "articles"))

from scoring import (  # noqa: E402
    ARTICLES,
    Row,
    Tally,
    articles,
    measure,
    summary,
    unread,
    unseen,
    unseen_fifth,
    unseen_fourth,
)


def halves() -> dict[str, list[Row]]:
    rows = list(articles())
    later, third = list(articles(ARTICLES / "later")), list(articles(ARTICLES / "third"))
    fourth = list(articles(ARTICLES / "fourth"))
    fifth = list(articles(ARTICLES / "fifth"))
    seventh, eighth = list(articles(ARTICLES / "seventh")), list(articles(ARTICLES / "eighth"))
    return {
        "seen": [r for r in rows if not unseen(r)],
        "unseen": [r for r in rows if unseen(r)],
        "English, seen": [r for r in rows if r["language"] == "en" and not unseen(r)],
        "English, unseen": [r for r in rows if r["language"] == "en" and unseen(r)],
        "French, German, Spanish": [r for r in rows if r["language"] != "en"],
        "fresh, English": list(articles(ARTICLES / "fresh")),
        "later, English": [r for r in later if r["language"] == "en"],
        "later, French, German, Spanish": [r for r in later if r["language"] != "en"],
        "third, English": [r for r in third if r["language"] == "en"],
        "third, French, German, Spanish": [r for r in third if r["language"] != "en"],
        "fourth, seen": [r for r in fourth if not unseen_fourth(r)],
        "fourth, unseen": [r for r in fourth if unseen_fourth(r)],
        "fifth, English, seen": [r for r in fifth if r["language"] == "en" and not unseen_fifth(r)],
        "fifth, French, German, Spanish, seen": [
            r for r in fifth if r["language"] != "en" and not unseen_fifth(r)
        ],
        "fifth, unseen": [r for r in fifth if unseen_fifth(r)],
        "sixth, English": list(articles(ARTICLES / "sixth")),
        "seventh, English, seen": [r for r in seventh if not unread(r)],
        "seventh, English, unread": [r for r in seventh if unread(r)],
        "eighth, French, German, Spanish, seen": [r for r in eighth if not unread(r)],
        "eighth, French, German, Spanish, unread": [r for r in eighth if unread(r)],
    }


def table(groups: dict[str, Tally]) -> str:
    scores = {g: summary(t) for g, t in groups.items()}
    lines = [
        "| | " + " | ".join(f"{g} ({t.n['articles']})" for g, t in groups.items()) + " |",
        "|---|" + "---:|" * len(groups),
    ]
    lines += [
        f"| {name} | " + " | ".join(_told(g, name, s[name]) for g, s in scores.items()) + " |"
        for name in next(iter(scores.values()))
    ]
    return "\n".join(lines)


def _told(group: str, name: str, score: float) -> str:
    """A score, where the articles of the group have marks for it."""
    alone = group.startswith(("sixth", "seventh", "eighth")) and not name.startswith(
        ("claims", "speaker")
    )
    return "–" if alone else f"{score:.1f}"


_READ = (
    "fresh",
    "later",
    "third",
    "fourth, seen",
    "fifth, English, seen",
    "fifth, French",
    "sixth",
)


def main() -> None:
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument(
        "--wrong", action="store_true", help="print what is wrong, not in the unseen half"
    )
    given = options.parse_args()
    groups = {name: measure(rows) for name, rows in halves().items()}
    if given.wrong:
        for name, tally in groups.items():
            if name == "seen" or name.startswith(_READ):
                for kind, lines in tally.wrong.items():
                    print(f"\n## {name}: {kind} ({len(lines)})", *lines, sep="\n")
        print()
    report = table(groups)
    print(report)
    out = ROOT / "docs" / "benchmarks" / "claims_articles.md"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(
        "# The project's own annotated articles\n\n"
        "`.venv/bin/python bench/claims_articles.py` over `tests/claims/articles`: its README says"
        "\nhow they were written and checked, its `scoring.py` what counts as right. Percent; in\n"
        "brackets: articles. Rules may be read against the seen half only.\n\n" + report + "\n",
        encoding="utf8",
    )


if __name__ == "__main__":
    main()
