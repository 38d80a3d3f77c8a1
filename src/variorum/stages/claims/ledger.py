"""The ledger of an article: one row a claim across all its versions.

A row says when the claim came, every change it went through, and when it went. Rows of one speaker
can be put together, across articles too, where it is sure that the speaker is one
(``speaker_key``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from variorum.model import Claim, ClaimChange, Collation, Document
from variorum.stages.claims.changes import claim_links, compare_ledgers
from variorum.stages.claims.memory import Memory
from variorum.stages.claims.reattribution import speaker_key
from variorum.text.typography import fold

__all__ = ["LedgerRow", "SpeakerRows", "by_speaker", "ledger", "speaker_key"]


@dataclass(slots=True)
class LedgerRow:
    """One claim through the versions of an article (numbered from 0).

    ``claim`` and ``content`` are its latest state, ``first_content`` its first; ``came`` is the
    version that it came with, ``went`` the first version without it (None: it still stands).
    ``stretches`` are the versions in which it stood, [from, to) with to None while it stands: more
    than one when it went and came back word for word. ``changes`` are (version, change), the
    version being the newer of the two compared.
    """

    claim: Claim
    content: str
    first_content: str
    came: int
    went: int | None = None
    stretches: list[tuple[int, int | None]] = field(default_factory=list)
    changes: list[tuple[int, ClaimChange]] = field(default_factory=list)

    @property
    def speaker_key(self) -> str | None:
        return speaker_key(self.claim.speaker)

    def to_dict(self) -> dict[str, Any]:
        return {
            "claim": self.claim.to_dict(),
            "content": self.content,
            "first_content": self.first_content,
            "speaker_key": self.speaker_key,
            "came": self.came,
            "went": self.went,
            "stretches": [list(s) for s in self.stretches],
            "changes": [{"version": v, **c.to_dict()} for v, c in self.changes],
        }


@dataclass(frozen=True, slots=True)
class SpeakerRows:
    """What one speaker is said to have said. ``key`` is None for those who cannot be told apart."""

    key: str | None
    name: str
    rows: tuple[LedgerRow, ...]

    def to_dict(self) -> dict[str, Any]:
        return {"key": self.key, "name": self.name, "rows": [r.to_dict() for r in self.rows]}


def ledger(
    documents: Sequence[Document],
    collations: Sequence[Collation],
    ledgers: Sequence[Sequence[Claim]] | None = None,
) -> list[LedgerRow]:
    """One row a claim over all versions, in the order in which they came, then of reading.

    ``documents`` are the versions, oldest first; ``collations`` those of each with the next (one
    fewer); ``ledgers`` their claims, found here when not given. Raises ValueError when the numbers
    do not fit.
    """
    if len(collations) != max(0, len(documents) - 1):
        raise ValueError(f"{len(documents)} versions need {len(documents) - 1} collations")
    if ledgers is None:
        from variorum.stages.claims.attribution import attributed_statements

        memory = Memory()
        ledgers = [attributed_statements(d, memory) for d in documents]
    rows: list[LedgerRow] = []
    gone: dict[str, LedgerRow] = {}
    open_rows: dict[int, LedgerRow] = {}
    for number, (document, claims) in enumerate(zip(documents, ledgers, strict=True)):
        if number == 0:
            open_rows = {i: _row(rows, c, document.text, 0) for i, c in enumerate(claims)}
            continue
        before = documents[number - 1], ledgers[number - 1]
        open_rows = _advance(
            rows, gone, open_rows, number, before, (document, claims), collations[number - 1]
        )
    return rows


def _row(rows: list[LedgerRow], claim: Claim, text: str, number: int) -> LedgerRow:
    content = " ".join(text[slice(*claim.content)].split())
    row = LedgerRow(claim, content, content, number, stretches=[(number, None)])
    rows.append(row)
    return row


def _advance(
    rows: list[LedgerRow],
    gone: dict[str, LedgerRow],
    open_rows: dict[int, LedgerRow],
    number: int,
    before: tuple[Document, Sequence[Claim]],
    after: tuple[Document, Sequence[Claim]],
    collation: Collation,
) -> dict[int, LedgerRow]:
    """Carry the rows that stand over to version ``number``."""
    (old, old_claims), (new, new_claims) = before, after
    links = dict(claim_links(old, new, collation, old_claims, new_claims))
    now = {links[i]: row for i, row in open_rows.items() if i in links}
    for i, row in open_rows.items():
        if i not in links:
            row.went = number
            row.stretches[-1] = (row.stretches[-1][0], number)
            gone[fold(row.content)] = row
    for j, claim in enumerate(new_claims):
        if j in now:
            now[j].claim = claim
            now[j].content = " ".join(new.text[slice(*claim.content)].split())
        else:
            now[j] = _returned(gone, claim, new.text, number) or _row(rows, claim, new.text, number)
    _attach(compare_ledgers(old, new, collation, old_claims, new_claims), number,
            old_claims, new_claims, open_rows, now)  # fmt: skip
    return now


def _returned(gone: dict[str, LedgerRow], claim: Claim, text: str, number: int) -> LedgerRow | None:
    """The row of a claim that went earlier and is back word for word, from the same speaker."""
    row = gone.get(fold(text[slice(*claim.content)]))
    if row is None or row.went is None or row.claim.speaker.name != claim.speaker.name:
        return None
    row.went, row.claim = None, claim
    row.stretches.append((number, None))
    return row


def _attach(
    changes: Iterable[ClaimChange],
    number: int,
    old_claims: Sequence[Claim],
    new_claims: Sequence[Claim],
    open_rows: dict[int, LedgerRow],
    now: dict[int, LedgerRow],
) -> None:
    """Put each change on the rows of its claims, once a row."""
    of_old = {id(c): open_rows[i] for i, c in enumerate(old_claims) if i in open_rows}
    of_new = {id(c): now[j] for j, c in enumerate(new_claims) if j in now}
    for change in changes:
        mine = of_old.get(id(change.old)) if change.old is not None else None
        theirs = of_new.get(id(change.new)) if change.new is not None else None
        for row in dict.fromkeys(map(id, (r for r in (mine, theirs) if r is not None))):
            target = mine if mine is not None and id(mine) == row else theirs
            if target is not None:
                target.changes.append((number, change))


def by_speaker(rows: Iterable[LedgerRow]) -> list[SpeakerRows]:
    """Rows grouped by speaker, those with most rows first; the ones without a key come last, a
    group a name as written (None of these is merged across articles)."""
    sure: dict[str, list[LedgerRow]] = {}
    unsure: dict[str, list[LedgerRow]] = {}
    for row in rows:
        key = row.speaker_key
        if key is not None:
            sure.setdefault(key, []).append(row)
        else:
            unsure.setdefault(row.claim.speaker.name or "", []).append(row)
    groups = [SpeakerRows(key, _name(found), tuple(found)) for key, found in sure.items()]
    others = [SpeakerRows(None, name, tuple(found)) for name, found in unsure.items()]
    return sorted(groups, key=lambda g: -len(g.rows)) + sorted(others, key=lambda g: -len(g.rows))


def _name(rows: Sequence[LedgerRow]) -> str:
    """The fullest form of a speaker's name that the rows have."""
    return max((r.claim.speaker.name or "" for r in rows), key=len)
