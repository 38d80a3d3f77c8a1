"""Where another whole story begins below this one: pages that go on to the next as the reader scrolls.

Such a story is announced ("Next story") and has a heading with a by-line or a time of its own under it.
An analysis in a box has these, too, and so has an entry of a live page: nothing announces them. Or it is
set as this one is: in another block of the same class, with a headline of the same rank.
"""

# ruff: noqa: E501  (tables of words are easier to keep in long lines)

from __future__ import annotations

from collections.abc import Sequence

from variorum.stages.extract import phrases
from variorum.stages.extract.body import HEADINGS
from variorum.stages.extract.counts import is_clock
from variorum.stages.extract.layout import names_of
from variorum.stages.extract.tree import BYLINE, Element, Line
from variorum.text.caseless import Caseless

_ANNOUNCES = Caseless(
    r"\W{0,3}(?:(?:the )?next(?: up)?(?: (?:story|article|report|post))?|(?:read|up|coming up) next|scroll (?:down )?for (?:the )?next (?:story|article)"
    r"|(?:der |die )?nächste[rs]? (?:artikel|beitrag|meldung|geschichte)|als nächstes(?: lesen)?|(?:l['’])?article suivant|à (?:lire ensuite|suivre)|lire ensuite"
    r"|(?:la |el )?(?:siguiente|próxim[ao]) (?:noticia|artículo|nota)|(?:leer después|a continuación)|(?:il |la )?(?:prossim[ao] (?:articolo|notizia)|(?:articolo|notizia) successiv[ao])|a seguire"
    r"|(?:o |a )?próxim[ao] (?:notícia|artigo|matéria)|a seguir|(?:het )?volgende (?:artikel|verhaal|bericht)|nästa (?:artikel|nyhet)|neste (?:sak|artikkel)|næste (?:artikel|historie)"
    r"|次の記事|المقال التالي|الخبر التالي)\W{0,3}"
)
_LABEL, _BY_LINE = 40, 100  # characters
_COMMENTS = 30  # lines of comments between two stories
_NEAR = 3  # lines from the label to the heading, and from there to the by-line


def following(lines: Sequence[Line], container: Element, after: int) -> range:
    """The lines of the container, behind line ``after``, that are another whole story's; none mostly.
    They end with the box that holds its announcement and heading, if that is none of this story's."""
    for label in lines[after : container.last]:
        head = _heading_of(lines, label, container.last)
        if head is None:
            continue
        box = next(
            e for e in label.element.ancestors() if e.first <= label.index < head.index < e.last
        )
        if box.depth > container.depth and box.first >= label.index - 1:
            return range(label.index, box.last)
        if _is_signed(lines, head.index, container.last, by_name=True):
            return range(label.index, container.last)
    return range(0)


def begins_again(lines: Sequence[Line], container: Element, head: Line) -> int:
    """Where another block begins that is set as the one with this story's headline, ``head``: beside
    it or right in it, of its tag and class, and a headline of its own, the first of it. The container's end mostly."""
    if head.tag != "h1":
        return container.last
    own: dict[tuple[str, str], Element] = {}
    for e in head.element.ancestors():
        if e.depth < container.depth:
            break
        if e is not head.element and (e.tag == "article" or names_of(e)):
            own[e.tag, names_of(e)] = e
    for line in lines[head.index + 1 : container.last] if own else ():
        if line.tag == "h1" and line.text != head.text:
            for e in line.element.ancestors():
                alike = own.get((e.tag, names_of(e)))
                beside = alike is not None and e.parent in (alike, alike.parent)
                if beside and e.first > head.index and _is_parted(lines, line, e):
                    return e.first
    return container.last


def _is_parted(lines: Sequence[Line], head: Line, block: Element) -> bool:
    """Whether a block is another story and no section of this one: signed for itself, or after what
    readers said of this one."""
    before = lines[max(0, block.first - _COMMENTS) : block.first]
    said = any(x.tag in HEADINGS and phrases.ends_story(x.text) for x in before)
    under = lines[head.index + 1 : min(head.index + 1 + _NEAR, block.last)]
    return said or any(x.times or BYLINE.match(x.text) for x in under if len(x.text) <= _BY_LINE)


def _heading_of(lines: Sequence[Line], label: Line, last: int) -> Line | None:
    """The heading of the other story that a line announces."""
    if len(label.text) > _LABEL or not _ANNOUNCES.fullmatch(label.text):
        return None
    near = lines[label.index + 1 : min(label.index + 1 + _NEAR, last)]
    head = next((x for x in near if x.tag in HEADINGS), None)
    return head if head is not None and _is_signed(lines, head.index, last) else None


def _is_signed(lines: Sequence[Line], head: int, last: int, *, by_name: bool = False) -> bool:
    """Whether a by-line or a time stands under a heading, before its first paragraph; ``by_name``: a
    time alone, as entries of a live page have it, is not enough."""
    for line in lines[head + 1 : min(head + 1 + _NEAR, last)]:
        timed = not by_name and (line.times or is_clock(line.text))
        if len(line.text) <= _BY_LINE and (timed or BYLINE.match(line.text)):
            return True
    return False
