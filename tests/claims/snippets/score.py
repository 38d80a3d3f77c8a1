"""Reads the snippets and counts what is found of them.

A block: ``# what kind of text``, the text in one line ("¶" for a paragraph's end), and of its
statements those that are asked for: ``> content | names | kinds`` for what somebody says,
``! …`` for what somebody denies or will not say (found and marked), ``- content`` for what is no
statement. In a content "…" stands for words left out, "//" parts contents or names of which any
is right. A content is found when half of its letters are (intersection over union).

Half of the snippets, by the SHA-256 of the text, may be read when rules are mended; of the other
only the count is looked at. ``python tests/claims/snippets/score.py`` prints what is wrong in the
first half and the counts of both. ``second`` holds 46 more, written when the rules had been mended for the
first half, by the same hand, and run once; read since.
"""

from __future__ import annotations

import hashlib
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "articles"))

from scoring import content, letters, right_speaker  # noqa: E402

from variorum.model import Document  # noqa: E402
from variorum.stages.claims import find_claims  # noqa: E402

LANGUAGES = {"english": "en", "french": "fr", "german": "de", "spanish": "es"}


@dataclass(frozen=True)
class Asked:
    """One line below a text."""

    sign: str
    contents: tuple[str, ...]
    names: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Snippet:
    kind: str
    language: str
    text: str
    asked: tuple[Asked, ...]

    @property
    def unread(self) -> bool:
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 2 == 1


def parts(field: str, mark: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in field.split(mark))


def asked(line: str) -> Asked:
    fields = parts(line[1:], "|")
    rest = fields[1:] or ("", "")
    return Asked(line[0], parts(fields[0], "//"), parts(rest[0], "//"), parts(rest[1], ","))


def snippets(folder: Path = HERE) -> Iterator[Snippet]:
    for path in sorted(folder.glob("*.txt")):
        for block in path.read_text(encoding="utf8").strip().split("\n\n"):
            kind, text, *lines = block.split("\n")
            yield Snippet(
                kind.lstrip("# "),
                LANGUAGES[path.stem],
                text.replace("¶", "\n\n"),
                tuple(asked(line) for line in lines),
            )


def span(text: str, words: str) -> tuple[int, int]:
    """Where the words stand; of those parted by "…", from the first to the last."""
    first, *others = parts(words, "…")
    start = text.index(first)
    end = start + len(first)
    for other in others:
        end = text.index(other, end) + len(other)
    return start, end


def likeness(text: str, words: str, spans: list[list[int]]) -> float:
    """How far what was found is what was asked for: words left out on either side do not count."""
    wanted = letters(text, [span(text, words)])
    got = letters(text, [(s, e) for s, e in spans])
    whole = letters(text, [(spans[0][0], spans[-1][1])])
    return max(len(wanted & g) / max(1, len(wanted | g)) for g in (got, whole))


def outcome(snippet: Snippet, one: Asked, found: list[dict]) -> tuple[bool, bool, str]:
    """Found (and marked), by the right speaker, and what was found instead."""
    scored = [
        (max(likeness(snippet.text, words, c["content_spans"]) for words in one.contents), c)
        for c in found
    ]
    good = [(like, c) for like, c in scored if like >= 0.5]
    if one.sign == "-":
        return not good, True, ""
    if not good:
        return False, False, "not found"
    best = max(good, key=lambda pair: pair[0])[1]
    marked = best["negated"] or one.sign == ">"
    source = snippet.text[slice(*best["source"])] if best["source"] else ""
    gold = {"names": list(one.names), "kinds": list(one.kinds)}
    right = right_speaker(gold, best["speaker"], source)
    return marked, right, f"{best['speaker']} negated={best['negated']}"


def counted(which: list[Snippet]) -> tuple[Counter[str], list[str]]:
    """Hits by name, and a line for each miss."""
    count: Counter[str] = Counter()
    wrong: list[str] = []
    for snippet in which:
        document = Document.from_text(snippet.text, language=snippet.language)
        found = [claim.to_dict() for claim in find_claims(document)]
        for one in snippet.asked:
            hit, right, instead = outcome(snippet, one, found)
            name = {">": "statements", "!": "refusals", "-": "bare"}[one.sign]
            count[name] += 1
            count[f"{name} found"] += hit
            if one.sign != "-":
                count["speakers"] += instead != "not found"
                count["speakers right"] += right
            if not (hit and right):
                every = [content(snippet.text, c) for c in found]
                wrong.append(
                    f"{snippet.language} {snippet.kind}: {snippet.text}\n   {one.sign}"
                    f" {one.contents[0]} | {one.names}\n   {instead} <- {every}"
                )
    return count, wrong


def shares(count: Counter[str]) -> str:
    return (
        f"statements {count['statements found']}/{count['statements']},"
        f" refusals {count['refusals found']}/{count['refusals']},"
        f" speakers {count['speakers right']}/{count['speakers']},"
        f" bare {count['bare found']}/{count['bare']}"
    )


def main() -> None:
    every = list(snippets())
    read = [s for s in every if not s.unread]
    count, wrong = counted(read)
    later, more = counted(list(snippets(HERE / "second")))
    print(*wrong, *more, sep="\n\n")
    print(f"\nread ({len(read)}): {shares(count)}")
    print(f"second: {shares(later)}")
    for languages in (("en",), ("de", "es", "fr")):
        some = [s for s in every if s.unread and s.language in languages]
        print(f"unread, {languages} ({len(some)}): {shares(counted(some)[0])}")


if __name__ == "__main__":
    main()
