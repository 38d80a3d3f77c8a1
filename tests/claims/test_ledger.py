"""One row a claim across all versions, and one speaker's rows together."""

from __future__ import annotations

from itertools import pairwise

import pytest

import variorum
from variorum.model import Claim, Document, Speaker
from variorum.stages.claims.ledger import LedgerRow, by_speaker, ledger, speaker_key

FIRST = "Police chief Ana Dorsey said that the men were workers at the site."
QUOTE = "“He was calm,” said neighbour Fay Doyle."


def rows_of(*versions: list[str]) -> list[LedgerRow]:
    documents = [Document.build("Fire", paragraphs) for paragraphs in versions]
    collations = [variorum.collate(a, b) for a, b in pairwise(documents)]
    return ledger(documents, collations)


def row(rows: list[LedgerRow], words: str) -> LedgerRow:
    return next(r for r in rows if words in r.content or words in r.first_content)


def test_a_claim_is_followed_from_its_coming_to_its_going() -> None:
    rows = rows_of([FIRST], [FIRST, QUOTE], [FIRST, QUOTE.replace("calm", "very calm")], [FIRST])
    stays, quote = row(rows, "workers at the site"), row(rows, "He was calm")
    assert (stays.came, stays.went) == (0, None)
    assert (quote.came, quote.went) == (1, 3)
    assert [(v, c.kind) for v, c in quote.changes] == [(1, "added"), (2, "quote"), (3, "dropped")]
    assert "very calm" in quote.content
    assert "very calm" not in quote.first_content


def test_a_claim_that_comes_back_word_for_word_keeps_its_row() -> None:
    rows = rows_of([FIRST, QUOTE], [FIRST], [FIRST, QUOTE])
    quote = row(rows, "He was calm")
    assert quote.stretches == [(0, 1), (2, None)]
    assert quote.went is None
    assert len([r for r in rows if "calm" in r.content]) == 1


def test_a_row_is_plain_data() -> None:
    data = rows_of([FIRST], [FIRST.replace("workers", "guards")])[0].to_dict()
    assert data["came"] == 0
    assert data["changes"][0]["version"] == 1


def test_collations_must_fit_the_versions() -> None:
    with pytest.raises(ValueError, match="2 versions need 1"):
        ledger([Document.build("A", []), Document.build("A", [])], [])


@pytest.mark.parametrize(
    ("speaker", "key"),
    [
        (Speaker("Ana Dorsey", kind="person"), "ana dorsey"),
        (Speaker("Mr Ana Dorsey", kind="person"), "ana dorsey"),
        (Speaker("Dorsey", kind="person"), None),
        (Speaker("Ana Dorsey", kind="person", guess=True), None),
        (Speaker("the police", kind="organisation"), None),
        (Speaker("Human Rights Guard", kind="organisation"), "human rights guard"),
        (Speaker("a witness", kind="anonymous"), None),
        (Speaker(), None),
    ],
)
def test_speakers_are_merged_only_where_it_is_sure(speaker: Speaker, key: str | None) -> None:
    assert speaker_key(speaker) == key


def test_rows_are_grouped_by_speaker_the_sure_ones_first() -> None:
    def said(name: str, kind: str) -> LedgerRow:
        claim = Claim("indirect", (0, 1), ((0, 1),), speaker=Speaker(name, kind=kind))  # type: ignore[arg-type]
        return LedgerRow(claim, "x", "x", 0)

    groups = by_speaker(
        [
            said("a witness", "anonymous"),
            said("Ana Dorsey", "person"),
            said("Ms Ana Dorsey", "person"),
        ]
    )
    assert [(g.key, len(g.rows)) for g in groups] == [("ana dorsey", 2), (None, 1)]
