"""Who says what in short invented stories: the speaker of each statement as a reader names them.

A story stands in ``stories/*.txt``: its text, ``---``, then a line a statement:
``words of its content => names (any, by /); kinds (any); negated``. A lone ``-`` is nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from variorum.model import Claim, Document
from variorum.stages.claims import find_claims

FOLDER = Path(__file__).parent / "stories"
LANGUAGES = {"english": "en", "french": "fr", "german": "de", "spanish": "es"}


@dataclass(frozen=True)
class Expected:
    words: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
    negated: bool


def stories() -> Iterator[tuple[str, str, str, list[Expected]]]:
    for path in sorted(FOLDER.glob("*.txt")):
        for number, story in enumerate(path.read_text(encoding="utf8").split("\n#####\n")):
            text, _, expected = story.partition("\n---\n")
            rows = [_expected(line) for line in expected.strip().splitlines()]
            yield f"{path.stem}-{number}", LANGUAGES[path.stem], text, rows


def _expected(line: str) -> Expected:
    words, _, rest = line.partition(" => ")
    name, *more = [part.strip() for part in rest.split(";")]
    negated = "negated" in more
    kinds = next((tuple(k.split("/")) for k in more if k != "negated"), ("person",))
    names = () if name == "-" else tuple(n.strip() for n in name.split("/"))
    return Expected(words, names, kinds, negated)


def _claim(found: list[Claim], text: str, words: str) -> Claim | None:
    holding = [c for c in found if any(words in text[a:b] for a, b in c.content_spans)]
    return min(holding, key=lambda c: c.content[1] - c.content[0], default=None)


def wrong(text: str, language: str, rows: list[Expected]) -> list[str]:
    """What is not as a reader has it, a line each."""
    found = find_claims(Document.from_text(text, language=language))
    lines = []
    for row in rows:
        claim = _claim(found, text, row.words)
        if claim is None:
            lines.append(f"no claim says {row.words!r}")
        elif not _right(claim, row):
            lines.append(f"{row.words!r} by {claim.speaker}, not {row.names} {row.kinds}")
        elif row.negated and not claim.negated:
            lines.append(f"{row.words!r} is denied")
    return lines


def _right(claim: Claim, row: Expected) -> bool:
    if claim.speaker.kind not in row.kinds:
        return False
    name = (claim.speaker.name or "").lower()
    if not row.names:
        return not name
    return any(name.endswith(n.lower()) for n in row.names)


@pytest.mark.parametrize(
    ("language", "text", "rows"), [s[1:] for s in stories()], ids=[s[0] for s in stories()]
)
def test_every_statement_of_a_story_has_its_speaker(
    language: str, text: str, rows: list[Expected]
) -> None:
    assert wrong(text, language, rows) == []


if __name__ == "__main__":
    lines = {id_: wrong(text, lang, rows) for id_, lang, text, rows in stories()}
    total = sum(len(rows) for *_, rows in stories())
    for id_, found in lines.items():
        for line in found:
            print(id_, line)
    print(sum(map(len, lines.values())), "wrong of", total)
