"""Reads the texts of this folder and counts what is found of them.

A block: the text in one line ("¶" for a paragraph's end), and below it each statement it holds:
``> content | speaker | hedges`` for what somebody says, ``! …`` for what somebody denies or will not
say (found and marked), ``? …`` for what may be found or not, ``0`` for none at all. In a content "…"
stands for words left out, "//" parts contents or names of which any is right; "~" is nobody, hedges
are parted by ";". A statement is found when half of its letters are (intersection over union); one
that is found and stands in no line is told falsely.

Half of the texts, by the SHA-256 of the text, may be read when rules are mended; of the other only
the counts are looked at. ``python tests/claims/volume/volume_scoring.py`` prints what is wrong in the first
half, and the counts of both.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from variorum.model import Claim, Document
from variorum.stages.claims import find_claims

HERE = Path(__file__).resolve().parent
_TITLES = (
    "mr mrs ms dr prof professor sir dame lord lady cllr senator judge kc justice cardinal captain"
)
_SMALL = "colonel the a an of for in to at and s who that his her its their"
_IGNORED = frozenset(re.findall(r"\w+", f"{_TITLES} {_SMALL}"))
_OPENS = re.compile(r"^(?:The|Mr|Its|His|Her) ")


@dataclass(frozen=True)
class Asked:
    """One line below a text."""

    sign: str
    contents: tuple[str, ...]
    names: tuple[str, ...]
    hedges: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """A text with what is said in it."""

    text: str
    asked: tuple[Asked, ...]

    @property
    def unread(self) -> bool:
        return int(hashlib.sha256(self.text.encode()).hexdigest(), 16) % 2 == 1


def blocks() -> Iterator[Block]:
    for path in sorted(HERE.glob("*.txt")):
        for block in path.read_text(encoding="utf8").strip().split("\n\n"):
            text, *lines = block.split("\n")
            asked = tuple(_asked(line) for line in lines if line != "0")
            yield Block(text.replace("¶", "\n\n"), asked)


def _asked(line: str) -> Asked:
    fields = [field.strip() for field in line[1:].split("|")] + ["", ""]
    hedges = tuple(h.strip() for h in fields[2].split(";") if h.strip())
    return Asked(line[0], _any_of(fields[0]), _any_of(fields[1] or "~"), hedges)


def _any_of(field: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in field.split(" // "))


def span(text: str, words: str) -> tuple[int, int]:
    """Where the words stand; of those parted by "…", from the first to the last."""
    first, *others = (part.strip() for part in words.split("…"))
    start = text.index(first)
    end = start + len(first)
    for other in others:
        end = text.index(other, end) + len(other)
    return start, end


def _letters(text: str, spans: list[tuple[int, int]]) -> frozenset[int]:
    return frozenset(i for s, e in spans for i in range(s, e) if text[i].isalnum())


def likeness(text: str, one: Asked, claim: Claim) -> float:
    """How far what was found is what was asked for."""
    found = [
        _letters(text, [(s[0], s[1]) for s in claim.content_spans]),
        _letters(text, [(claim.content[0], claim.content[1])]),
    ]
    wanted = [_letters(text, [span(text, words)]) for words in one.contents]
    return max(len(w & f) / max(1, len(w | f)) for w in wanted for f in found)


def _name(words: str | None) -> set[str]:
    plain = re.sub(r"['’]s\b", "", (words or "").lower())
    return {word for word in re.findall(r"\w+", plain) if word not in _IGNORED}


def right_speaker(one: Asked, claim: Claim) -> bool:
    """Whether one of the names asked for is the speaker's; "~" where nobody is."""
    found = _name(claim.speaker.name)
    for want in one.names:
        if want == "~":
            if not found or claim.speaker.kind == "unattributed":
                return True
            continue
        wanted = _name(want) or {want.lower()}
        told = found or set(re.findall(r"\w+", (claim.speaker.name or "").lower()))
        described = not re.search(r"\b[A-Z]", _OPENS.sub("", want))
        if told and (wanted <= told or (described and told <= wanted)):
            return True
    return False


def counted(unread: bool) -> tuple[Counter[str], list[str]]:
    """Counts of one half, and a line for each mistake."""
    count: Counter[str] = Counter()
    wrong: list[str] = []
    for block in blocks():
        if block.unread == unread:
            _count(block, count, wrong)
    return count, wrong


def _count(block: Block, count: Counter[str], wrong: list[str]) -> None:
    text = block.text
    found = find_claims(Document.from_text(text))
    pairs = sorted(
        (
            (likeness(text, a, c), i, j)
            for i, a in enumerate(block.asked)
            for j, c in enumerate(found)
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    got: dict[int, int] = {}
    for like, i, j in pairs:
        if like >= 0.5 and i not in got and j not in got.values():
            got[i] = j
    for i, one in enumerate(block.asked):
        if one.sign == "?":
            continue
        kind = "statements" if one.sign == ">" else "refusals"
        count[kind] += 1
        claim = found[got[i]] if i in got else None
        if claim is None or (one.sign == "!" and not claim.negated):
            wrong.append(f"{text}\n   {kind}, not found: {one.contents[0]}")
        if claim is None:
            continue
        count[f"{kind} found"] += one.sign == ">" or claim.negated
        count["speakers"] += 1
        right = right_speaker(one, claim)
        count["speakers right"] += right
        if not right:
            wrong.append(f"{text}\n   {one.names[0]}, not {claim.speaker.name}: {one.contents[0]}")
    for j, claim in enumerate(found):
        if j not in got.values():
            count["told falsely"] += 1
            wrong.append(f"{text}\n   told falsely: {text[claim.content[0] : claim.content[1]]}")


def main() -> None:
    for unread in (False, True):
        count, wrong = counted(unread)
        if not unread:
            print(*wrong, sep="\n\n")
        print("unread:" if unread else "\nread:", dict(count))


if __name__ == "__main__":
    main()
