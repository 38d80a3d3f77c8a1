"""The version that a decision makes of a page."""

from __future__ import annotations

from datetime import datetime

from variorum.model import Decision, Page, Version
from variorum.stages.version.digest import content_digest


def version_made(
    article: int,
    number: int,
    page: Page,
    decision: Decision,
    time: datetime,
    label: str | None = None,
) -> Version:
    """Version ``number`` of an article, first seen at ``time``; ``label`` is what another archive
    called it."""
    return Version(
        article=article,
        number=number,
        document=page.document,
        first_seen=time,
        last_seen=time,
        reason=decision.reason,
        digest=content_digest(page.document),
        extractor=page.extractor,
        kind=decision.kind,
        fields=decision.fields,
        same_as=decision.same_as,
        label=label,
    )
