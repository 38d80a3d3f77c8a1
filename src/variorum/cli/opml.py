"""Lists of sources that a feed reader wrote (OPML), for ``variorum add``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from variorum.cli.common import fail
from variorum.pipeline.clock import Clock

if TYPE_CHECKING:
    from variorum.store.archive import Archive

_LARGEST = 3_000_000


def add_opml(store: Archive, path: Path, clock: Clock, wishes: Mapping[str, Any]) -> list[Any]:
    """Watch what an OPML file lists, without asking what each is; outcomes as ``add_sources`` gives
    them. Ends with one line for a file that is none."""
    from variorum.pipeline.opml_lines import refused_of
    from variorum.stages.fetch import Guard
    from variorum.stages.watch import Unreadable, read_opml

    body = _read(path)
    try:
        outlines = read_opml(body)
    except Unreadable as error:
        fail(f"{path} cannot be read as a list of sources: {error}")
    refused = refused_of(body, Guard(allow_loopback=True).url)
    never = {one.url for one in refused}
    told: list[Any] = [
        {
            "url": one.address,
            "kind": None,
            "reason": f"{path}, line {one.line}: {one.why}",
            "line": one.line,
        }
        for one in refused
    ]
    with store.write() as records:
        for outline in outlines:
            if outline.url in never:
                continue
            known = records.source_by_url(outline.url) is not None
            source = records.add_source(outline.url, outline.kind, outline.title, clock())
            chosen = {"render": outline.render} if outline.render else {}
            if chosen := {**chosen, **wishes}:
                records.update_source(source.id, **chosen)
            reason = "watched already" if known else f"listed in {path}"
            told.append({**source.to_dict(), "reason": reason})
    return told


def _read(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        fail(f"{path} is larger than {_LARGEST:,} bytes: no list of sources")
    return path.read_bytes()
