"""Claims on articles within the budgets of looks an hour, which all workers hold to together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from variorum.pipeline.looks_made import LooksMade
from variorum.store.lease_records import Lease, LeaseRecords
from variorum.store.records import Records


def claim_within(
    records: Records, leases: LeaseRecords, per_hour: int | None, claim: Mapping[str, Any]
) -> list[Lease]:
    """Leases on due articles (``claim``: see ``LeaseRecords.claim``), no more than ``per_hour`` and
    the sources' own budgets leave. Each is counted as a look when it is given."""
    limits = records.looks_allowed()
    if per_hour is None and not limits:
        return leases.claim("article", **claim)
    leases.count_alone()
    now = claim["due"]
    made = LooksMade.kept(records, now)
    left = claim["limit"] if per_hour is None else min(claim["limit"], per_hour - made.over_all())
    if left <= 0:
        return []
    full = [source for source, most in limits.items() if made.of(source) >= most]
    given = []
    for lease in leases.claim("article", **{**claim, "limit": left}, without=full):
        article = records.article(lease.number)
        source = article.source if article else None
        if source in limits and made.of(source) >= limits[source]:
            leases.release(lease)
        else:
            made.add([(now, source)])
            given.append(lease)
    if given:
        made.keep(records)
    return given
