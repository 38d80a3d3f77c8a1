"""Two captures of one article compared in every field, with what does not count and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from variorum.stages.version.body import Difference, body_differences
from variorum.stages.version.digest import same_content
from variorum.stages.version.evidence import Side
from variorum.stages.version.fields import field_changes
from variorum.stages.version.folding import Tokens, line_key, squeezed, tokens
from variorum.stages.version.overlooked import overlooked
from variorum.stages.version.template import labels_kept, template_kept

# A moved sentence of this many tokens is the story re-ordered; shorter ones are captions,
# sub-headings and pull quotes that templates set elsewhere. Across a redesign only a long one.
_MOVED_KEPT, _MOVED_REDESIGNED = 8, 25


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs. ``fields`` are those that make a version; ``noted`` is one plain line for each
    difference that does not; ``differences`` are the places in the body; ``beside`` are lines, before
    and after and as written, that differ though neither reading took them in; ``limits`` names the
    fallbacks taken."""

    fields: tuple[str, ...]
    noted: tuple[str, ...]
    differences: tuple[Difference, ...]
    redesigned: bool
    limits: tuple[str, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()


def compare(old: Side, new: Side) -> Comparison:
    """Everything that differs between two captures of one article."""
    if same_content(old.document, new.document) and _looks_same(old, new):
        return Comparison((), (), (), False)
    if old.too_long or new.too_long:
        return _as_wholes(old, new)
    redesigned = template_kept(old, new) is False
    relabelled = labels_kept(old, new) is False
    changes = list(field_changes(old, new, redesigned=redesigned, relabelled=relabelled))
    told = _told_by([change.field for change in changes if change.counts], old, new)
    beside = [] if redesigned else [d for d in overlooked(old, new) if not _is_told(d, told)]
    differences = [*body_differences(old, new, strict=not redesigned), *beside]
    fields: list[str] = []
    noted: list[str] = []
    if any(_counts(d, redesigned) for d in differences):
        fields.append("body")
    noted.extend(_NOTES[d.kind] for d in differences if not _counts(d, redesigned))
    for change in changes:
        if change.counts:
            fields.append(change.field)
        else:
            noted.append(f"{change.field}: {change.why}")
    return Comparison(
        tuple(dict.fromkeys(fields)),
        tuple(dict.fromkeys(noted)),
        tuple(differences),
        redesigned,
        beside=tuple((_as_written(old, d.old), _as_written(new, d.new)) for d in beside),
    )


def _told_by(fields: Sequence[str], old: Side, new: Side) -> frozenset[str]:
    """The notices and captions of both captures, of those of the two that changed."""
    documents = (old.document, new.document)
    notices = [n.text for d in documents for n in d.notices if "notice" in fields]
    captions = [m.caption for d in documents for m in d.media if m.caption and "caption" in fields]
    return frozenset(line_key(text) for text in (*notices, *captions))


def _is_told(difference: Difference, told: frozenset[str]) -> bool:
    """Whether the lines that differ are a notice or a caption, and told as such."""
    return all(squeezed(line) in told for line in (difference.old, difference.new) if line)


def _as_written(side: Side, words: Tokens) -> str:
    """The visible line that has these words."""
    seen = side.page.visible if side.page and words else ()
    return next((line for line in seen if tokens(line) == words), " ".join(words))


def _as_wholes(old: Side, new: Side) -> Comparison:
    """The named fallback for texts longer than any story: equal or not, nothing in between."""
    if same_content(old.document, new.document):
        return Comparison((), (), (), False, ("compared-as-wholes",))
    return Comparison(("body",), (), (), False, ("compared-as-wholes",))


def _looks_same(old: Side, new: Side) -> bool:
    """Whether the pages show the same lines, or one of them is not known."""
    if old.page is None or new.page is None:
        return True
    return old.page.visible == new.page.visible


def _counts(difference: Difference, redesigned: bool) -> bool:
    if difference.kind == "moved":
        return len(difference.old) >= (_MOVED_REDESIGNED if redesigned else _MOVED_KEPT)
    return difference.kind == "changed"


_NOTES = {
    "delivery": "body: a line that stands on both pages was read from one of them only",
    "chrome": "body: a set phrase of the site came or went",
    "moved": "body: a short line stands elsewhere",
    "damage": "body: characters were lost on the way",
    "turned": "body: a box that speaks of nothing in the story was turned over",
}
