"""A Collation as HTML: inline, and side by side.

Only elements and classes, no styles and no scripts; every text is escaped. The classes:

=================== ================================================================================
``vx-collation``    the whole; with ``vx-inline`` or ``vx-sides``
``vx-p``            a paragraph (inline) or a row of two (side by side)
``vx-same``         … in which nothing changed: to be folded for "changes only"
``vx-changed``      … in which something did
``vx-headline``     … that is the headline
``vx-change``       one change, with ``id="c1"`` and so on in reading order, and ``vx-added``,
                    ``vx-removed``, ``vx-edited``, ``vx-split``, ``vx-merged`` or ``vx-same``
``vx-ins`` / ``vx-del``  words that came (``ins``) or went (``del``)
``vx-move``         a moved passage at its new place, ``id="m1-new"``
``vx-move-old``     the same at its old place, ``id="m1-old"``
``vx-move-link``    the link from one to the other
``vx-old`` / ``vx-new``  the two sides of a row
``vx-hidden``       text for those who hear the page: to be hidden visually, not from them
=================== ================================================================================
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby

from variorum.model import Collation, Document, Word
from variorum.stages.publish.render_layout import Item, Layout, Paragraph, lay_out, safe


def inline_html(
    collation: Collation, old: Document, new: Document, *, prefix: str = "", level: int = 2
) -> str:
    """One column: the new text, what came underlined, what went struck through where it stood.

    ``prefix`` goes before every id, for pages with more than one collation; ``level`` is that of
    the headline (2: ``h2``).
    """
    layout = lay_out(collation, old, new)
    parts = [_inline(p, layout, prefix, level) for p in layout.paragraphs]
    return _whole("vx-inline", new, parts)


def side_by_side_html(
    collation: Collation, old: Document, new: Document, *, prefix: str = ""
) -> str:
    """Two columns, a row a paragraph: the old text on the left, the new one on the right.

    A table whose cells may be set under each other where the page is narrow.
    """
    layout = lay_out(collation, old, new)
    rows = [_row(pair, layout, prefix) for pair in _pairs(layout.paragraphs)]
    head = (
        '<thead><tr><th scope="col" class="vx-old">Before</th>'
        '<th scope="col" class="vx-new">After</th></tr></thead>'
    )
    return _whole("vx-sides", new, [f"<table>{head}<tbody>", *rows, "</tbody></table>"])


def _whole(kind: str, new: Document, parts: Iterable[str]) -> str:
    language = f' lang="{escape(new.language)}"' if new.language else ""
    return "\n".join([f'<div class="vx-collation {kind}"{language}>', *parts, "</div>"])


def _inline(paragraph: Paragraph, layout: Layout, prefix: str, level: int) -> str:
    headline = _is_headline(paragraph, layout)
    tag = f"h{level}" if headline else "p"
    inner = _items([(i, i.words) for i in paragraph.items], prefix, _once()).rstrip()
    return f'<{tag} class="{_classes(paragraph, headline=headline)}" dir="auto">{inner}</{tag}>'


def _classes(paragraph: Paragraph, *, headline: bool) -> str:
    state = "vx-changed" if paragraph.changed else "vx-same"
    return f"vx-p {state}" + (" vx-headline" if headline else "")


def _is_headline(paragraph: Paragraph, layout: Layout) -> bool:
    if paragraph.new is not None:
        return paragraph.new == 0 and layout.new_headline
    return paragraph.old == 0 and layout.old_headline


def _pairs(paragraphs: Sequence[Paragraph]) -> list[tuple[Paragraph, ...]]:
    """Paragraphs that make a row: those that went beside those that came in their place."""
    rows: list[tuple[Paragraph, ...]] = []
    gone: list[int] = []  # places of rows that still have room on the right
    for p in paragraphs:
        if p.new is None:
            gone.append(len(rows))
            rows.append((p,))
        elif p.old is None and gone and all(i.move is None for i in p.items):
            at = gone.pop(0)
            rows[at] = (*rows[at], p)
        else:
            gone = []
            rows.append((p,))
    return rows


def _row(pair: Sequence[Paragraph], layout: Layout, prefix: str) -> str:
    items = [i for p in pair for i in p.items]
    ids = _once()
    left = _items([(i, _side(i.words, "+")) for i in items if _on_old_side(i)], prefix, ids)
    right = _items([(i, _side(i.words, "-")) for i in items if _on_new_side(i)], prefix, ids)
    headline = any(_is_headline(p, layout) for p in pair)
    changed = any(p.changed for p in pair)
    classes = f"vx-p {'vx-changed' if changed else 'vx-same'}" + (
        " vx-headline" if headline else ""
    )
    return (
        f'<tr class="{classes}"><td class="vx-old" dir="auto">{left.rstrip()}</td>'
        f'<td class="vx-new" dir="auto">{right.rstrip()}</td></tr>'
    )


def _on_old_side(item: Item) -> bool:
    return bool(item.segment.old) and (item.origin or item.move is None)


def _on_new_side(item: Item) -> bool:
    return bool(item.segment.new) and not item.origin


def _side(words: Sequence[Word], leave_out: str) -> tuple[Word, ...]:
    return tuple(w for w in words if w[0] != leave_out)


def _once() -> Callable[[str], bool]:
    """Whether an id is asked for the first time: a change on both sides of a row has one id."""
    seen: set[str] = set()

    def first(name: str) -> bool:
        new = name not in seen
        seen.add(name)
        return new

    return first


def _items(
    items: Sequence[tuple[Item, Sequence[Word]]], prefix: str, first: Callable[[str], bool]
) -> str:
    """Segments in a row; those of one move in one wrapper."""
    out: list[str] = []
    for (move, origin), group in groupby(items, key=lambda pair: (pair[0].move, pair[0].origin)):
        run = list(group)
        inner = "".join(_item(i, words, prefix, first) for i, words in run)
        out.append(_moved(run[0][0], inner, prefix, origin=origin) if move is not None else inner)
    return "".join(out)


def _item(item: Item, words: Sequence[Word], prefix: str, first: Callable[[str], bool]) -> str:
    """One segment: bare text if nothing changed, else an anchor round its words."""
    inner = "".join(map(_word, words))
    if item.number is None:
        return inner
    name = f"{escape(prefix)}c{item.number}"
    anchor = f' id="{name}"' if not item.origin and first(name) else ""
    text, space = _without_space(inner)
    return f'<span class="vx-change vx-{item.segment.op}"{anchor}>{text}</span>{space}'


def _moved(item: Item, inner: str, prefix: str, *, origin: bool) -> str:
    here, there = ("old", "new") if origin else ("new", "old")
    said = f"moved {item.move} {'away' if origin else 'here'}"
    link = (
        f'<a class="vx-move-link" href="#{escape(prefix)}m{item.move}-{there}">'
        f'<span class="vx-hidden">{said}, go to its {there} place </span>'
        f'<span aria-hidden="true">{"⇥" if origin else "⇤"}{item.move}</span></a> '
    )
    text, space = _without_space(inner)
    # a move that runs over paragraphs is marked in each, and linked to at its beginning
    name = f"{escape(prefix)}m{item.move}-{here}" + ("" if item.leads else f"-{item.number}")
    return f'<span class="vx-move{"-old" if origin else ""}" id="{name}">{link}{text}</span>{space}'


def _word(word: Word) -> str:
    sign, text = word
    bare = text.rstrip()
    space = " " if bare != text else ""
    shown = _broken(escape(safe(bare)))
    if sign == "=":
        return shown + space
    tag, said = ("del", "removed") if sign == "-" else ("ins", "added")
    inside, outside = ("", space) if "\n" in text[len(bare) :] else (space, "")
    return (
        f'<{tag} class="vx-{tag}"><span class="vx-hidden">{said}: </span>{shown}{inside}'
        f'<span class="vx-hidden"> end {said}</span></{tag}>{outside}'
    )


def _broken(text: str) -> str:
    """Line ends, with the white space around them, as breaks; several in a row are one."""
    first, *between = text.split("\n")
    if not between:
        return text
    last = between.pop().lstrip()
    kept = (line for line in map(str.strip, between) if line)
    return "<br>".join((first.rstrip(), *kept, last))


def _without_space(text: str) -> tuple[str, str]:
    """Text and the white space at its end."""
    bare = text.rstrip()
    return bare, text[len(bare) :]
