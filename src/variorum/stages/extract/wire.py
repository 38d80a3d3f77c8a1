"""Pages as JSON between the reader and its child. Not pickle: the child has touched hostile bytes,
and what it answers is data and nothing else."""

from __future__ import annotations

import json
from typing import Any

from variorum.model import Block, Document, Page, PageKind, Slot


def dump(page: Page) -> bytes:
    """A Page as UTF-8 JSON, everything in it."""
    data = page.to_dict()
    data["visible"] = list(page.visible)
    data["blocks"] = [[b.role, b.text, b.kept, b.why] for b in page.blocks]
    data["slots"] = [[s.name, s.first, s.last] for s in page.slots]
    data["frame"] = list(page.frame)
    data["places"] = [n.paragraph for n in page.document.notices]
    return json.dumps(data, ensure_ascii=False).encode("utf-8", "replace")


def load(answer: bytes) -> Page:
    """The inverse of :func:`dump`. Raises ValueError, KeyError or TypeError on anything else."""
    data: dict[str, Any] = json.loads(answer)
    written = data["document"]
    for notice, place in zip(written["notices"], data["places"], strict=True):
        notice["paragraph"] = place
    return Page(
        PageKind(data["kind"]),
        Document.from_dict(written),
        str(data["reason"]),
        visible=tuple(map(str, data["visible"])),
        blocks=tuple(Block(str(r), str(t), bool(k), str(w)) for r, t, k, w in data["blocks"]),
        extractor=str(data["extractor"]),
        encoding=str(data["encoding"]),
        canonical=data["canonical"],
        flags=tuple(map(str, data["flags"])),
        titles={str(k): str(v) for k, v in data["titles"].items()},
        frame=tuple(map(int, data["frame"])),
        slots=tuple(Slot(str(n), int(a), int(b)) for n, a, b in data["slots"]),
    )
