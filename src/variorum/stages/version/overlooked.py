"""Edits beside what was read: lines amidst the story that no reading took in, and yet changed.

No extractor takes in every standfirst, caption and last line. But an edit leaves a trace that
furniture does not. At the same place among the visible lines stands a sentence that is *nearly* the
old one: another headline in a list, another advertisement, another clock is not. And where the
publisher's own stamp says that the story was modified in between, a line or two that came or went
right between two lines of the story is taken for what was modified. A note on the text counts
wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from variorum.model import reasons
from variorum.stages.version.body import Difference, hunks
from variorum.stages.version.chrome import is_chrome, without_ages, without_credit
from variorum.stages.version.damage import same_but_for_losses
from variorum.stages.version.dates import instant, is_date_line, update_stamps
from variorum.stages.version.dress import is_own_byline
from variorum.stages.version.evidence import Side
from variorum.stages.version.folding import Tokens, line_key, squeezed, tokens
from variorum.text.moments import before_stamp, tells_refresh

# A line is looked at if it has so many words; it is the old one edited if so much is kept.
_WORDS, _LIKE = 8, 0.75
_AMIDST = 3  # lines that may come or go together: more is a box of links
_LEAST = 3  # tokens of a line that came or went
_FEW = 2  # words that a link may gain or lose and be the same
_ENDS = frozenset({".", "!", "?", '"', "。"})
_FIGURES = "0123456789"
_PLURALS = "einos"  # endings of one and of many, in the languages of the press
_MOST = 4_000_000  # pairs of lines compared at most


# What the reader found such lines to be by their own words or by the site's history: none of the
# story, wherever they stand. (The other verdicts tell where a line stands, and an edit may stand
# anywhere; words of consent stand in stories about data too. Links may be the story's own when they
# come with the publisher's word that it was modified; but two links that are nearly alike are the
# headlines of two other stories, unless one only lost a word.)
_SURELY_NOT = (reasons.BY_WORDS - {reasons.ASKS_FOR_CONSENT}) | {
    reasons.CHANGE_LOG,
    reasons.COMMENT,
    reasons.COPYRIGHT,
    reasons.ELSEWHERE,
    reasons.KNOWN,
    reasons.OTHER_STORIES_LIST,
    reasons.SET_PHRASE,
    reasons.TEASER,
    reasons.TIME_OR_COUNT,
}
_LINKS = reasons.BY_LINKS - _SURELY_NOT
_NOTE_WORDS = 5
_NOTE = re.compile(
    r"(?:updated?|correct(?:ion|ed)|clarification|amendment|editor ' s note) :"
    r"|(?:this|an earlier version of this|a previous version of this) (?:story|article|report|page)"
    r" (?:has been|was|originally|incorrectly|wrongly|misstated|gave|said)\b"
    r"|(?:korrektur|berichtigung|aktualisierung|anmerkung der redaktion|mise à jour|rectificatif"
    r"|précision|corrección|actualización|rettifica|aggiornamento|correção|atualização) :",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A visible line. ``own``: it is one of the story as it was read; ``no_text``: it is none by
    its words; ``link``: it leads to another page; ``behind``: it stands after the story and outside
    of what holds it."""

    words: Tokens
    own: bool
    no_text: bool
    link: bool
    behind: bool

    @property
    def may_be_edited(self) -> bool:
        return not (self.no_text or self.behind)


def overlooked(old: Side, new: Side) -> list[Difference]:
    """Lines amidst the story, read by neither capture, that were edited, came or went."""
    a, b = _amidst(old), _amidst(new)
    if not a or not b or len(a) * len(b) > _MOST:
        return []
    stamped = _restamped(old, new)
    told = {line_key(n.text) for side in (old, new) for n in side.document.notices}
    found: list[Difference] = []
    left: list[Tokens] = []
    entered: list[Tokens] = []
    for i, k, j, m in hunks([x.words for x in a], [x.words for x in b]):
        gone = [x for x in a[i:k] if not x.own and not new.visible.has(x.words)]
        come = [x for x in b[j:m] if not x.own and not old.visible.has(x.words)]
        found.extend(_edits(gone, come))
        between = i > 0 and j > 0 and _is_text(a[i - 1]) and _is_text(b[j - 1])
        turned = not all(x.own for x in a[i:k]) and not all(x.own for x in b[j:m])
        if stamped and between and not turned and max(k - i, m - j) <= _AMIDST:
            left.extend(x.words for x in _telling(gone))
            entered.extend(x.words for x in _telling(come))
        else:
            found.extend(Difference("changed", x.words, ()) for x in gone if _is_note(x, told))
            found.extend(Difference("changed", (), x.words) for x in come if _is_note(x, told))
    log = {line_key(entry) for _, entry in new.logged | old.logged}
    sides = (old, new)
    left = [x for x in left if squeezed(x) not in log and not is_own_byline(x, sides)]
    entered = [x for x in entered if squeezed(x) not in log and not is_own_byline(x, sides)]
    if left and entered:  # one out and another in: a list of other stories turned over
        return found
    found.extend(Difference("changed", line, ()) for line in left)
    found.extend(Difference("changed", (), line) for line in entered)
    return found


@lru_cache(maxsize=2)  # the newer page of one decision is the older of the next
def _amidst(side: Side) -> list[_Line]:
    """The visible lines from the headline to a few after the story's last."""
    shown = side.page.visible if side.page else ()
    if not shown:
        return []
    seen = side.visible.lines  # mended, as the story's paragraphs are
    told = {squeezed(p) for p in side.paragraphs}
    whole = [line_key(text) in told for text in seen]
    # A label at the page's foot may stand in a sentence of the story: where that ends, paragraphs say.
    places = [at for at, is_whole in enumerate(whole) if is_whole]
    if not places:
        places = [at for at, text in enumerate(seen) if side.count_of(tokens(text)) > 0]
    if not places:
        return []
    headline = line_key(side.document.headline or "")
    above = [at for at in range(places[0]) if line_key(seen[at]) == headline]
    start = above[-1] + 1 if above else places[0]
    stop = min(len(seen), places[-1] + 1 + _AMIDST)
    why: dict[str, str] = {}
    for block in side.page.blocks if side.page else ():
        if block.text not in why or _is_none(block.why) or block.why in _LINKS:
            why[block.text] = block.why  # the headline of another story stands in several lists
    found: list[_Line] = []
    for at in range(start, stop):
        words, reason = tokens(seen[at]), why.get(shown[at], "")
        own = whole[at] or side.count_of(words) > 0
        behind = at > places[-1] and reason == reasons.OUTSIDE
        found.append(_Line(words, own, _is_none(reason), reason in _LINKS, behind))
    return found


def _is_none(reason: str) -> bool:
    return reason in _SURELY_NOT or reason.startswith("inside <")


def _edits(gone: list[_Line], come: list[_Line]) -> Iterator[Difference]:
    after = {x.words: x for x in come if x.may_be_edited}
    for was in (x for x in gone if x.may_be_edited):
        now = max(after, key=lambda line: Indel.normalized_similarity(was.words, line), default=())
        links = was.link or (now in after and after[now].link)
        if links and not _lost_a_word(was.words, now):
            continue
        if _is_edit(without_credit(was.words), without_credit(now)):
            yield Difference("changed", was.words, now)


def _lost_a_word(was: Tokens, now: Tokens) -> bool:
    """Whether one line is the other with a word or two put in, and none in the place of another."""
    between = Indel.distance(was, now)
    return between == abs(len(was) - len(now)) <= _FEW


def _is_text(line: _Line) -> bool:
    """A line of the story, or a whole sentence that the reader left out for its place."""
    reads = _words(line.words) >= _WORDS and line.words[-1] in _ENDS
    return line.own or (reads and not line.no_text and not line.behind)


def _is_edit(was: Tokens, now: Tokens) -> bool:
    if min(_words(was), _words(now)) < _WORDS:
        return False
    if same_but_for_losses(squeezed(was), squeezed(now)):
        return False
    if is_chrome(was) or is_chrome(now) or _count_only(was, now):
        return False
    if _names_only(was) and _names_only(now):
        return False
    if update_stamps(" ".join(was)) and update_stamps(" ".join(now)):
        return False
    if without_ages(was) == without_ages(now):
        return False
    if before_stamp(" ".join(was)) == before_stamp(" ".join(now)):
        return False
    return Indel.normalized_similarity(was, now) >= _LIKE


def _count_only(was: Tokens, now: Tokens) -> bool:
    """Whether nothing but figures differs in lines that are no sentences: counters and prices."""
    if was[-1] in _ENDS and now[-1] in _ENDS:
        return False
    return _uncounted(was) == _uncounted(now)


_THOUSANDS = frozenset(["k", "m", "K", "M", "tsd", "mil", "mila"])


def _uncounted(line: Tokens) -> list[str]:
    """A line without its figures, also where they touch a word ("17 minutes ago5 min read"), and
    without the ending of what each counts ("1 comment", "2 comments")."""
    before = ("", *line)
    return [
        word.rstrip(_PLURALS if last and last[0].isdigit() else _FIGURES)
        for last, word in zip(before, line, strict=False)
        if not word[0].isdigit() and not (word in _THOUSANDS and last[-1:].isdigit())
    ]


def _is_note(line: _Line, told: set[str]) -> bool:
    """Whether a line is the publisher's own word on the text, as "Update: this story now has…",
    and was not read as such (``told``: what was)."""
    text = " ".join(line.words)
    if line.behind or _words(line.words) < _NOTE_WORDS or is_chrome(line.words):
        return False
    if squeezed(line.words) in told or tells_refresh(text):
        return False
    return _NOTE.match(text) is not None


def _names_only(line: Tokens) -> bool:
    """Whether a line is a list of names and offices: no sentence, every longer word a capital's."""
    return line[-1] not in _ENDS and all(t[0].isupper() for t in line if len(t) > 3)


def _words(line: Tokens) -> int:
    return sum(t[0].isalpha() for t in line)


def _telling(lines: list[_Line]) -> list[_Line]:
    """Of lines that came or went together those that may be the story's: a link beside what is none
    of it by its words ("See the offer") is of that box."""
    boxed = any(x.no_text for x in lines)
    return [x for x in lines if _tells(x) and not (boxed and x.link)]


def _tells(line: _Line) -> bool:
    words = line.words
    if line.no_text or line.behind or len(words) < _LEAST:
        return False
    return not is_chrome(words) and not is_date_line(" ".join(words))


def _restamped(old: Side, new: Side) -> bool:
    """Whether the publisher says that the story was modified in between: the stamp in the page's
    metadata or one that readers see moved or appeared, or its change log has a new entry."""
    was, now = instant(old.document.modified), instant(new.document.modified)
    if now is not None and (was is None or now > was):
        return True
    return bool(new.stamps - old.stamps) or bool(new.logged - old.logged)
