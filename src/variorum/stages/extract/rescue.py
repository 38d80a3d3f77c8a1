"""What is done when no story was found where stories stand: named fallbacks, each flagged.

In order: text that the page's own styles hide, trafilatura as a second opinion, the JSON-LD
articleBody. A fallback is taken only when it finds plainly more, and only when almost nothing was
found before, so that a page does not change its reader from one day to the next.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from variorum.stages.extract import counts, phrases
from variorum.stages.extract.body import Anchor, is_prose, size
from variorum.stages.extract.dates import written_date
from variorum.stages.extract.endings import SENTENCE_END
from variorum.stages.extract.judge import drop
from variorum.stages.extract.kinds import is_stub, promised
from variorum.stages.extract.lists import keep_on_page
from variorum.stages.extract.story import Story, tell
from variorum.stages.extract.tree import Tree, walk

if TYPE_CHECKING:
    from variorum.stages.extract.page import _Reading

# Below this a story counts as not found (Latin letters' worth).
_LOST = 220
_MOST = 6_000  # elements up to which a second opinion is asked: it takes half a minute for 30,000


def rescue(reading: _Reading, story: Story, anchor: Anchor) -> tuple[Story, list[str]]:
    """The story, or a better one with the flag that says where it came from."""
    whole = promised(reading.node)
    if reading.tree.hidden and is_stub(story.length, whole):
        unhidden = _with_hidden(reading, anchor)
        if unhidden.length > 0.7 * whole:
            return unhidden, ["hidden-text"]
    if story.length >= _LOST or any(_is_sentence(p) for p in story.paragraphs):
        return story, []
    if reading.tree.hidden:
        unhidden = _with_hidden(reading, anchor)
        if unhidden.length > max(4 * story.length, 3 * _LOST):
            return unhidden, ["hidden-text"]
    plainly_more = max(3 * story.length, _LOST)
    second = _second_opinion(reading) if _prose(reading.tree) > plainly_more else []
    if sum(size(p) for p in second) > plainly_more:
        return _told(story, second), ["second-opinion"]
    body = (reading.node.text("articleBody") or "") if reading.node else ""
    if size(body) > plainly_more:
        return _told(story, body.split("\n")), ["json-ld-body"]
    return story, []


def _with_hidden(reading: _Reading, anchor: Anchor) -> Story:
    """The story read with the lines that the page's own styles hide."""
    tree = walk(reading.parser, with_hidden=True)
    keep_on_page(tree, reading.url, reading.canonical)
    return tell(tree, moved(anchor, reading.tree, tree), reading.furniture)


def moved(anchor: Anchor, old: Tree, new: Tree) -> Anchor:
    """``anchor`` with the place of its line in another walk of the same page."""
    if not anchor.found:
        return Anchor(0, anchor.words, host=anchor.host, sites=anchor.sites)
    text = old.lines[anchor.line].text
    place = next((x.index for x in new.lines if x.text == text), None)
    return replace(anchor, line=place or 0, found=place is not None)


def _is_sentence(text: str) -> bool:
    return size(text) >= 60 and bool(SENTENCE_END.search(text))


def _told(story: Story, paragraphs: list[str]) -> Story:
    kept = [p.strip() for p in paragraphs if p.strip()]
    outside = drop("the story was read by a fallback")
    verdicts = [outside] * len(story.tree.lines)
    found = Story(story.tree, story.weighed, None, verdicts, kept, [], story.notices)
    found.first, found.last = story.first, story.last
    return found


def _prose(tree: Tree) -> int:
    """How much on the page reads like running text: what another reader could find at most."""
    return sum(size(line.text) for line in tree.lines if is_prose(line))


def _second_opinion(reading: _Reading) -> list[str]:
    if len(reading.html) > 3_000_000 or len(reading.tree.elements) > _MOST:
        return []
    if sum(len(x.text) for x in reading.tree.lines) < 400:
        return []
    import trafilatura

    text = trafilatura.extract(
        reading.html, favor_precision=True, include_comments=False, include_tables=False
    )
    return _without_log([x for x in (text or "").split("\n") if not _is_furniture(x)])


def _without_log(lines: list[str]) -> list[str]:
    """``lines`` without a change log: dates alone on their lines with a short entry after each."""
    dated = [i for i, x in enumerate(lines) if len(x) < 40 and written_date(x)]
    entries = {i + 1 for i in dated if i + 1 < len(lines) and len(lines[i + 1]) < 120}
    repeated = {x for x, count in Counter(lines).items() if count > 2 and len(x) < 120}
    log = {*dated, *entries} if len(entries) > 2 else set()
    return [x for i, x in enumerate(lines) if i not in log and x not in repeated]


def _is_furniture(text: str) -> bool:
    tests = (
        counts.is_clock,
        phrases.is_advert,
        phrases.ends_story,
        phrases.is_log,
        phrases.is_gate,
    )
    return any(test(text) for test in tests)
