"""What counts as a change in each field that is not the body, and why."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from variorum.model import Media
from variorum.model.pictures import picture_key
from variorum.stages.version.chrome import without_credit, without_credit_words
from variorum.stages.version.damage import same_but_for_losses
from variorum.stages.version.dates import day_of, same_day
from variorum.stages.version.evidence import Side
from variorum.stages.version.folding import Tokens, same, squeezed, tokens
from variorum.stages.version.people import names
from variorum.text.moments import is_stamp


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A difference in one field. ``counts`` says whether it makes a version, ``why`` the rule."""

    field: str
    counts: bool
    why: str


def field_changes(
    old: Side, new: Side, *, redesigned: bool, relabelled: bool
) -> Iterator[FieldChange]:
    """The differences of every field but the body, those that do not count included. ``relabelled``:
    the words around the story are others, though the template may be the same; a date among them may be
    any."""
    yield from _headline(old, new, redesigned)
    yield from _byline(old, new, redesigned)
    yield from _published(old, new, redesigned or relabelled)
    yield from _notices(old, new)
    yield from _media(old, new, redesigned)


def _headline(old: Side, new: Side, redesigned: bool) -> Iterator[FieldChange]:
    before, after = tokens(old.document.headline or ""), tokens(new.document.headline or "")
    if same(before, after):
        return
    if not before or not after:
        yield FieldChange("headline", False, "one of the captures gives no headline")
    elif _hurt(before, after):
        yield FieldChange("headline", False, _LOST)
    elif _loud(before) == _loud(after) and (before == _loud(before) or after == _loud(after)):
        yield FieldChange("headline", False, "set in capitals by one template")
    elif redesigned and _parts(after) <= _parts_of_titles(old):
        yield FieldChange("headline", False, "the parts of the old title in another order")
    elif redesigned and (_shown(after, old) or _part_of_title(after, old)):
        yield FieldChange("headline", False, "a title of the page that a new template sets on top")
    elif _shown(after, old) and _shown(before, new):
        yield FieldChange("headline", False, "both captures give both headlines")
    else:
        yield FieldChange("headline", True, "the headline reads otherwise")


_LOST = "characters were lost on the way"


def _hurt(before: Tokens, after: Tokens) -> bool:
    """Whether two lines differ in nothing but characters that a wrong charset cost one of them."""
    return same_but_for_losses(squeezed(before), squeezed(after))


def _loud(line: Tokens) -> Tokens:
    return tuple(t.upper() for t in line)


def _shown(headline: Tokens, side: Side) -> bool:
    return headline in side.titles or side.visible.has(headline)


def _part_of_title(headline: Tokens, side: Side) -> bool:
    """Whether a page that sets no headline on top gives this one inside a longer title."""
    if side.page is None or side.page.titles.get("h1"):
        return False
    wanted = f" {' '.join(headline)} "
    return any(wanted in f" {' '.join(title)} " for title in side.titles)


_SETS_OFF = frozenset({":", "|", "-", "/", "·", "•"})


def _parts(title: Tokens) -> frozenset[str]:
    """What a title is made of where marks set parts off, the count of pages ("(1/2)") left out."""
    found: set[str] = set()
    part: list[str] = []
    for word, after in zip((*title, ":"), (*title[1:], ":", ""), strict=True):
        counts_pages = word == "(" and after.isdigit()
        if word not in _SETS_OFF and not counts_pages:
            part.append(word)
            continue
        if part:
            found.add(squeezed(part))
        part = []
        if counts_pages:
            break
    return frozenset(found)


def _parts_of_titles(side: Side) -> frozenset[str]:
    return frozenset(part for title in side.titles for part in _parts(title))


def _byline(old: Side, new: Side, redesigned: bool) -> Iterator[FieldChange]:
    before, after = names(old.document.byline), names(new.document.byline)
    if before == after:
        return
    if _hurt(tokens(", ".join(old.document.byline)), tokens(", ".join(new.document.byline))):
        yield FieldChange("byline", False, _LOST)
        return
    come = [n for n in after - before if not old.visible.mentions(n)]
    gone = [n for n in before - after if not new.visible.mentions(n)]
    if not come and not gone:
        yield FieldChange("byline", False, "the names stand on both captures")
    elif redesigned and (not come or not gone or _overlap(before, after)):
        yield FieldChange("byline", False, "a by-line that a new template gives otherwise")
    else:
        yield FieldChange("byline", True, "other names in the by-line")


def _overlap(before: frozenset[str], after: frozenset[str]) -> bool:
    """Whether some name of one by-line stands in the other, alone or inside a longer line."""
    return any(a in b or b in a for a in before for b in after)


def _published(old: Side, new: Side, redesigned: bool) -> Iterator[FieldChange]:
    before, after = old.document.published, new.document.published
    if before == after:
        return
    if not before or not after:
        yield FieldChange("published", False, "one of the captures gives no date")
    elif same_day(before, after):
        yield FieldChange("published", False, "the same day in another form")
    elif redesigned:
        yield FieldChange("published", False, "a new template may give another date")
    elif not _may_be_redated(before, after, _day_in_address(old, new)):
        yield FieldChange("published", False, "not by the day that the address gives")
    else:
        yield FieldChange("published", True, "dated to another day")


_DAY_IN_PATH = re.compile(
    r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=/|-|_)"
)


def _may_be_redated(before: str, after: str, address: str | None) -> bool:
    """Whether a publisher may have set a story to another day. One whose address names a day is
    never dated before it, and one of the two dates is that day; else they are the site's stamps."""
    days = {day_of(before) or "", day_of(after) or ""}
    return address is None or (address in days and min(days) >= address)


def _day_in_address(old: Side, new: Side) -> str | None:
    """The day that both captures' address carries, as many sites give their stories."""
    days = set()
    for side in (old, new):
        found = _DAY_IN_PATH.search(side.document.url or "")
        days.add("-".join(found.groups()) if found else None)
    return days.pop() if len(days) == 1 else None


def _notices(old: Side, new: Side) -> Iterator[FieldChange]:
    before, after = _notes(old), _notes(new)
    for text in after.keys() - before.keys():
        if _among(text, before):
            yield FieldChange("notice", False, _LOST)
        elif old.visible.has(after[text]):
            yield FieldChange("notice", False, "the note stood there before")
        else:
            yield FieldChange("notice", True, "the publisher added or changed a note")
    for text in before.keys() - after.keys():
        if _among(text, after):
            yield FieldChange("notice", False, _LOST)
        elif new.visible.has(before[text]):
            yield FieldChange("notice", False, "the note still stands there")
        else:
            yield FieldChange("notice", True, "the publisher took a note away or changed it")


def _notes(side: Side) -> dict[str, Tokens]:
    """The notices of one side by their text, entries of a change log and bare stamps left out.

    A log beside the story ("14 December: added a quote") tells of changes and is none: whatever
    it tells of is in the story, or in what belongs to it.
    """
    found = {}
    for notice in side.document.notices:
        if notice.kind == "update" and notice.paragraph is None and side.in_log(notice.text):
            continue
        if is_stamp(notice.text):
            continue
        words = tokens(notice.text)
        found[squeezed(words)] = words
    return found


def _media(old: Side, new: Side, redesigned: bool) -> Iterator[FieldChange]:
    before, after = _pictures(old), _pictures(new)
    come = [after[k] for k in after.keys() - before.keys()]
    gone = [before[k] for k in before.keys() - after.keys()]
    if redesigned and (come or gone):
        yield FieldChange("media", False, "a new template shows other pictures")
    elif any(_weighs(m, old) for m in come) or any(_weighs(m, new) for m in gone):
        yield FieldChange("media", True, "a video, or a picture with its caption, came or went")
    elif any(_stands_for(m, other) for m in come for other in gone):
        yield FieldChange("media", True, "another picture stands over the same caption")
    elif come or gone:
        yield FieldChange("media", False, "a picture without words came or went")
    yield from _captions(before, after, old, new)
    yield from _lone_captions(old, new, redesigned)


def _captions(
    before: dict[str, Media], after: dict[str, Media], old: Side, new: Side
) -> Iterator[FieldChange]:
    for key in before.keys() & after.keys():
        was, now = _told(before[key]), _told(after[key])
        if same(was, now) or not was or not now:
            continue
        if same(_bare(before[key]), _bare(after[key])):
            yield FieldChange("caption", False, "the credit is set otherwise")
            continue
        if old.visible.has(now) and new.visible.has(was):
            yield FieldChange("caption", False, "both captures show both captions")
        elif _hurt(was, now):
            yield FieldChange("caption", False, _LOST)
        else:
            yield FieldChange("caption", True, "a caption reads otherwise")


def _lone_captions(old: Side, new: Side, redesigned: bool) -> Iterator[FieldChange]:
    """Captions whose pictures come by script: the words are all that the page has of them."""
    before, after = _lone(old), _lone(new)
    come = (after[k] for k in after.keys() - before.keys() if not _among(k, before))
    gone = (before[k] for k in before.keys() - after.keys() if not _among(k, after))
    unlike = any(not old.visible.has(t) for t in come) or any(not new.visible.has(t) for t in gone)
    if unlike and not redesigned:
        yield FieldChange("caption", True, "a caption came, went or reads otherwise")


def _among(text: str, others: Iterable[str]) -> bool:
    """Whether a text is one of the others, or was but for characters lost on the way."""
    return any(same_but_for_losses(text, other) for other in others)


def _lone(side: Side) -> dict[str, Tokens]:
    told = (_told(m) for m in side.document.media if not m.url)
    return {squeezed(words): words for words in told if words}


def _weighs(media: Media, other: Side) -> bool:
    """Whether a picture, video or sound that only one capture has is part of the story: what
    moves or sounds always, a picture if it brings words that the other page does not show.
    A picture without words is swapped for a sharper one, or comes and
    goes with a list of other stories: that is noted and is no version."""
    if media.kind in {"video", "audio", "embed"}:
        return True
    caption = _told(media)
    return bool(caption) and not other.visible.has(caption)


def _stands_for(come: Media, gone: Media) -> bool:
    """Whether one picture took the place of another that showed something else: the caption is the
    same, the file is another, and what the page tells of them to those who cannot see them has less
    than half of its words in common. A picture of which nothing is told is swapped for a sharper
    one."""
    was, now = _shows(gone), _shows(come)
    if not was or not now or not _told(come) or not same(_told(come), _told(gone)):
        return False
    return 2 * len(was & now) < len(was | now)


def _shows(media: Media) -> frozenset[str]:
    """The words of what is told of a picture, unless they only tell the caption again."""
    told = frozenset(w.casefold() for w in tokens(media.alt) if w.isalnum())
    return frozenset() if told <= {w.casefold() for w in tokens(media.caption)} else told


def _bare(media: Media) -> Tokens:
    return without_credit_words(tokens(media.caption))


def _told(media: Media) -> Tokens:
    return without_credit(tokens(media.caption))


def _pictures(side: Side) -> dict[str, Media]:
    """The pictures of one side by what is the same of a picture's address in all its sizes. Several
    with words of their own under one such address are several pictures of a gallery."""
    found: dict[str, Media] = {}
    for media in side.document.media:
        if not media.url:
            continue
        key = name = picture_key(media.url)
        number = 1
        while name in found and _differ(found[name], media):
            number += 1
            name = f"{key} {number}"
        if name not in found or not found[name].caption:
            found[name] = media
    return found


def _differ(one: Media, other: Media) -> bool:
    return bool(one.caption and other.caption) and one.caption != other.caption
