"""A Collation as a TEI critical apparatus, encoded by parallel segmentation (TEI P5, 13.2.3)."""

from __future__ import annotations

import re
from xml.sax.saxutils import escape, quoteattr

from variorum.model import Collation, Document, Version, Word
from variorum.model.times import iso
from variorum.stages.publish.render_layout import Item, Layout, Paragraph, lay_out

# Characters that XML 1.0 cannot hold at all.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tei(
    collation: Collation,
    old: Document,
    new: Document,
    versions: tuple[Version | None, Version | None] = (None, None),
) -> str:
    """A whole TEI document with the witnesses ``old`` and ``new``; of those that are ``versions`` of an
    archive it says number, time and digests, else the time that the publisher gives.

    Each difference is an ``<app>`` with a ``<rdg>`` for each witness (empty where it has nothing).
    A moved passage has two: ``type="transposition"``, with the same ``n``, at both its places.
    Differences of white space and typography are not encoded; characters XML cannot hold become
    U+FFFD.
    """
    layout = lay_out(collation, old, new)
    body = "\n".join(_paragraph(p, layout) for p in layout.paragraphs) or "<p/>"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0">
<teiHeader><fileDesc>
<titleStmt><title>{_text(new.headline or old.headline or "Two versions")}</title></titleStmt>
<publicationStmt><p>Collated by Variorum</p></publicationStmt>
<sourceDesc><listWit>
{_witness("old", old, versions[0])}
{_witness("new", new, versions[1])}
</listWit></sourceDesc></fileDesc>
<encodingDesc><variantEncoding method="parallel-segmentation" location="internal"/></encodingDesc>
</teiHeader>
<text><body>
{body}
</body></text>
</TEI>
"""


def _witness(name: str, doc: Document, version: Version | None) -> str:
    source = f" <ref target={quoteattr(_legal(doc.url))}/>" if doc.url else ""
    told = _attested(version) if version else _text(doc.modified or doc.published or name)
    return f'<witness xml:id="{name}">{told}{source}</witness>'


def _attested(version: Version) -> str:
    """Which version, when it was first seen, and by which digests it is known."""
    time = iso(version.first_seen)
    told = [
        f'version {version.number}, first seen <date when="{time}">{time}</date>',
        f'content <idno type="SHA-256">{_text(version.digest)}</idno>',
    ]
    if version.received and version.received.digest:
        told.append(f'capture <idno type="SHA-256">{_text(version.received.digest)}</idno>')
    return ", ".join(told)


def _paragraph(paragraph: Paragraph, layout: Layout) -> str:
    headline = paragraph.new == 0 and layout.new_headline
    tag = "head" if headline and paragraph is layout.paragraphs[0] else "p"
    return f"<{tag}>{''.join(map(_item, paragraph.items)).rstrip()}</{tag}>"


def _item(item: Item) -> str:
    if item.move is None:
        return _words(item.words)
    witness = "#old" if item.origin else "#new"
    kept = "".join(text for sign, text in item.words if sign != "-")
    bare = kept.rstrip()
    reading = f'<rdg wit="{witness}">{_text(bare)}</rdg>'
    other = '<rdg wit="#new"/>' if item.origin else '<rdg wit="#old"/>'
    both = reading + other if item.origin else other + reading
    return f'<app type="transposition" n="{item.move}">{both}</app>{_text(kept[len(bare) :])}'


def _words(words: tuple[Word, ...]) -> str:
    out: list[str] = []
    k = 0
    while k < len(words):
        sign, text = words[k]
        if sign == "=":
            out.append(_text(text))
            k += 1
            continue
        readings = {"-": "", "+": ""}
        while k < len(words) and words[k][0] != "=":
            readings[words[k][0]] += words[k][1]
            k += 1
        out.append(_app(readings["-"], readings["+"]))
    return "".join(out)


def _app(old: str, new: str) -> str:
    """One place where the witnesses differ; white space that ends both readings stands after it."""
    space = ""
    for text in (old, new):
        if text:
            space = text[len(text.rstrip()) :]
    if old and new and not (old.endswith(space) and new.endswith(space)):
        space = ""
    cut = len(space)
    readings = (("#old", old[: len(old) - cut] if old else ""), ("#new", new[: len(new) - cut]))
    inner = "".join(
        f'<rdg wit="{wit}">{_text(t)}</rdg>' if t else f'<rdg wit="{wit}"/>' for wit, t in readings
    )
    return f"<app>{inner}</app>{_text(space)}"


def _text(text: str) -> str:
    return escape(_legal(text))


def _legal(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
