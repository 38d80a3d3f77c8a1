"""Lists of sources that a feed reader wrote (OPML), for ``variorum add``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from variorum.cli.common import fail
from variorum.pipeline.clock import Clock

if TYPE_CHECKING:
    from variorum.pipeline.opml_lines import Refused
    from variorum.stages.watch.opml import Outline
    from variorum.store.archive import Archive

_LARGEST = 3_000_000


@dataclass(frozen=True, slots=True)
class SourceList:
    """What an OPML file lists, and which of its lines name nothing that can be watched."""

    path: Path
    outlines: Sequence[Outline]
    refused: Sequence[Refused]

    @property
    def usable(self) -> Sequence[Outline]:
        """What can be watched."""
        never = {one.url for one in self.refused}
        return [outline for outline in self.outlines if outline.url not in never]

    def refusals(self) -> list[Any]:
        """The outcomes of the lines that cannot be, each with its place."""
        return [
            {
                "url": one.address,
                "kind": None,
                "reason": f"{self.path}, line {one.line}: {one.why}",
                "line": one.line,
            }
            for one in self.refused
        ]


def read_list(path: Path) -> SourceList:
    """The sources that an OPML file lists. Ends with one line for a file that is none."""
    from variorum.pipeline.opml_lines import refused_of
    from variorum.stages.fetch import Guard
    from variorum.stages.watch import Unreadable, read_opml

    body = _read(path)
    try:
        outlines = read_opml(body)
    except Unreadable as error:
        fail(f"{path} cannot be read as a list of sources: {error}")
    return SourceList(path, outlines, refused_of(body, Guard(allow_loopback=True).url))


def add_opml(
    store: Archive, listed: SourceList, clock: Clock, wishes: Mapping[str, Any]
) -> list[Any]:
    """Watch what an OPML file lists, without asking what each is; outcomes as ``add_sources`` gives
    them."""
    told = listed.refusals()
    with store.write() as records:
        for outline in listed.usable:
            known = records.source_by_url(outline.url) is not None
            source = records.add_source(outline.url, outline.kind, outline.title, clock())
            chosen = {"render": outline.render} if outline.render else {}
            if chosen := {**chosen, **wishes}:
                records.update_source(source.id, **chosen)
            reason = "watched already" if known else f"listed in {listed.path}"
            told.append({**source.to_dict(), "reason": reason})
    return told


def _read(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        fail(f"{path} is larger than {_LARGEST:,} bytes: no list of sources")
    return path.read_bytes()
