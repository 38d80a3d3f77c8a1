"""Words inside quotation marks, and what an edit did to them.

The gravest change of all: words that stand as somebody's own were altered, or lost or gained their
marks, or a quotation became a paraphrase.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from variorum.model import Span
from variorum.stages.claims.lexicon import english
from variorum.stages.claims.lexicon import words as word_set
from variorum.stages.claims.passages import Passage, Side
from variorum.stages.claims.terms import is_term
from variorum.stages.claims.wording import carries

_OPEN = {"“": "”", "«": "»", "„": "“”", "‟": "”", '"': '"', "〝": "〞"}
_LONGEST_SINGLE = 300  # characters between single marks; longer ones are apostrophes mis-read


@dataclass(frozen=True, slots=True)
class QuoteEdit:
    """Quoted words ``old`` (word numbers) became ``new``; ``how``: altered | unquoted |
    quoted | moved (the marks stand around more or fewer of the same words)."""

    old: range
    new: range
    how: str


# Every mark that opens or closes, and the line end that closes an unclosed one
_MARK = re.compile("[" + re.escape("".join({*_OPEN, *"".join(_OPEN.values())})) + "\n]")
_SINGLE = re.compile("[‘’'`]")


def quoted_spans(text: str, start: int, end: int) -> list[Span]:
    """What stands between quotation marks in ``text[start:end]``, marks left out.

    A double mark that is never closed runs to the end of its paragraph; one that is closed but
    never opened begins there too (the quotation runs on from the sentence before).
    """
    found: list[Span] = []
    opened, closers = -1, ""
    for hit in _MARK.finditer(text, start, end):
        at, mark = hit.start(), hit.group()
        if opened >= 0:
            if mark in closers or (mark == '"' and closers == "”") or mark == "\n":
                found.append((opened, at))
                opened = -1
        elif mark == "”" and text.rfind("“", start, at) < 0:
            if _runs_on(text, start, at):
                found.append((start, at))
        elif mark in _OPEN and (mark != '"' or _opens(text, at, start, end)):
            opened, closers = at + 1, _OPEN[mark] + ('"' if mark == "“" else "")
    if opened >= 0 and (closers != '"' or opened == start + 1):
        found.append((opened, end))
    if not found and _is_amid(text, start, end):
        return [(start, end)]
    if not found:
        found = list(_single(text, start, end))
    return [(s, e) for s, e in found if any(map(str.isalnum, text[s:e]))]


def _is_amid(text: str, start: int, end: int) -> bool:
    """Whether a sentence without marks stands amid a quotation that its paragraph opens before it and
    closes after it."""
    if _MARK.search(text, start, end) is not None:
        return False
    paragraph = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", end)
    behind = _MARK.search(text, end, stop if stop >= 0 else len(text))
    if behind is None:
        return False
    if text.rfind("“", paragraph, start) > text.rfind("”", paragraph, start):
        return behind.group() == "”"
    return behind.group() == '"' and text.count('"', paragraph, start) % 2 == 1


def _runs_on(text: str, start: int, at: int) -> bool:
    """Whether a closing mark at ``at`` ends a quotation that was opened before ``start``, in the
    same paragraph."""
    if at == start or not (text[at - 1].isalnum() or text[at - 1] in ".,!?…’'"):
        return False
    paragraph = text.rfind("\n", 0, start) + 1
    return text.rfind("“", paragraph, start) > text.rfind("”", paragraph, start)


def _opens(text: str, at: int, start: int, end: int) -> bool:
    """Whether a straight mark opens a quotation: it stands before a word and after none, and one
    that can close stands further on."""
    before, after = text[at - 1 : at] if at > start else " ", text[at + 1 : at + 2]
    return ((before.isspace() or before in "([{—–-:") and after.isalnum()) or at == start


def _single(text: str, start: int, end: int) -> Iterator[Span]:
    opened = -1
    for hit in _SINGLE.finditer(text, start, end):
        at = hit.start()
        before, after = text[at - 1 : at] if at > start else "", text[at + 1 : at + 2]
        if opened < 0:
            if text[at] != "’" and not before.isalnum() and after.isalpha():
                opened = at + 1
        elif not after.isalnum() and (before.isalnum() or before in ".,!?…"):
            if at - opened <= _LONGEST_SINGLE:
                yield opened, at
            opened = -1


def quote_edits(both: Passage) -> list[QuoteEdit]:
    """What happened to the quoted words of a passage; each edit accounts for its hunks.

    Where one text has lost its marks altogether, only changed words count, not lost marks.
    """
    old, new = _quotes(both.old), _quotes(both.new)
    if not old and not new:
        return []
    if both.same_words(_numbers(old), _numbers(new)):
        return []
    found: list[QuoteEdit] = []
    taken: set[int] = set()
    for group in _groups(both, old, new):
        edit = _judge(both, [old[i] for i in group[0]], [new[j] for j in group[1]])
        taken.update(group[1])
        if edit is not None:
            found.append(edit)
    for j, quote in enumerate(new):
        if j not in taken and (edit := _gained(both, quote)) is not None:
            found.append(edit)
    found = [
        e
        for e in found
        if not _is_name(both, e)
        and not _is_repair(both, e)
        and not is_term(both, e.old, e.new, e.how)
    ]
    if both.lost.marks:
        found = [e for e in found if e.how == "altered" and _words_differ(both, e)]
    for edit in found:
        if edit.how == "altered":
            both.use_hunks(edit.old, edit.new)
            both.old.use(edit.old)
            both.new.use(edit.new)
    return found


# Names of works and of places in them: "a recording of the ‘Moving house’ webinar", "under the
# column heading ‘Date of joining’", "has published the ‘Plan for Water’". What is said in a work
# begins after a comma, a colon or a verb.
_WORK = (
    r"(?:webinar|podcast|film|documentary|novel|book|song|album|poem|painting|exhibition|course|"
    r"workshop|session|leaflet|booklet|brochure|strategy|plan|page|section|chapter|heading|column|"
    r"field|form|series|programme|episode|document|menu|guide|toolkit|bulletin|"
    r"poster|keynote)s?"
)
_OF_A_WORK = re.compile(
    rf"\b(?:{_WORK}(?:\s+(?:called|titled|entitled|named|headed|marked|labelled|of))?|"
    rf"(?:recording|video|copy|edition|issue|version)\s+of|publish(?:es|ed|ing)?|launch(?:es|ed|ing)?|"
    rf"releas(?:es|ed|ing)|titled|entitled|see)\s+(?:(?:the|a|an|its|our|their)\s+)?[“\"‘'«„]\Z",
    re.IGNORECASE,
)
# "called the plan “Disgraceful”" is what somebody says of it
_CALLED = re.compile(r"\b(?:call|brand|dub|label|term|describ|declar)\w*\b", re.IGNORECASE)
_THE = re.compile(r"\b(?:the|a|an|this|its|our|their)\s+[“\"‘'«„]\Z", re.IGNORECASE)
_IS_A_WORK = re.compile(rf"[”\"’'»]\s+{_WORK}\b", re.IGNORECASE)
_AROUND = 40  # letters before and behind a name in which the noun for a work stands


def _names_a_work(side: Side, words: range) -> bool:
    """Whether quoted words are the name of a work: they begin with a capital, end without a stop,
    and a noun for a work stands beside them."""
    if not words:
        return False
    first, last = side.start[words.start], side.end[words.stop - 1]
    if not (side.text[first].isupper() or side.text[first].isdigit() or side.text.islower()):
        return False
    before, after = side.text[max(0, first - _AROUND) : first], side.text[last : last + _AROUND]
    if after[:1] in (".", ",", "!", "?"):
        return False
    if _in_title_case(side.text[first:last].split()):
        return True
    named = _OF_A_WORK.search(before)
    if named is not None:
        return _CALLED.search(before, 0, named.start()) is None
    return _THE.search(before) is not None and _IS_A_WORK.match(after) is not None


_TITLE = 6  # words of a title in capitals; shorter ones may be slogans ("Take Back the River")
_LITTLE = 3  # letters of the words that stand small in a title


def _in_title_case(words: list[str]) -> bool:
    """Whether every word of a long run begins with a capital, little ones apart: "How Small Mills
    Can Help the Valley"."""
    telling = [w for w in words if len(w) > _LITTLE and w[0].isalpha()]
    if len(words) < _TITLE or " ".join(words).isupper():
        return False
    return len(telling) > _LITTLE and all(w[0].isupper() for w in telling)


# "select ‘No’", "the option ‘I agree’": what stands on a screen, nobody's words
_SCREEN = word_set(
    "select selecting click clicking choose choosing option type press tick enter button tab field"
)


def _is_name(both: Passage, edit: QuoteEdit) -> bool:
    """Whether quoted words are what stands on a screen, or the name of a work: nobody's words."""
    return any(
        _is_label(side, words) or _names_a_work(side, words)
        for side, words in ((both.old, edit.old), (both.new, edit.new))
    )


def _is_label(side: Side, words: range) -> bool:
    return bool(words) and words.start > 0 and side.word[words.start - 1] in _SCREEN


def _is_repair(both: Passage, edit: QuoteEdit) -> bool:
    """Whether marks that came (or went) only make good for one that was missing on one end."""
    if edit.how not in {"quoted", "unquoted"}:
        return False
    side, words = (both.old, edit.old) if edit.how == "quoted" else (both.new, edit.new)
    first, last = side.start[words.start], side.end[words.stop - 1]
    if side.text[first - 1 : first] == "‘" or side.text[max(0, first - 2) : first] in {" '", "('"}:
        return True
    return _touches_mark(side.text, first - 1) or any(
        _touches_mark(side.text, at) for at in range(last, last + 2)
    )


def _touches_mark(text: str, at: int) -> bool:
    return 0 <= at < len(text) and text[at] in '“”„«»"'


def _words_differ(both: Passage, edit: QuoteEdit) -> bool:
    return any(both.old.twin[k] < 0 and not both.old.used[k] for k in edit.old)


def _quotes(side: Side) -> list[range]:
    out = []
    for start, end in side.ranges:
        for span in quoted_spans(side.text, start, end):
            words = side.within(span)
            if words:
                out.append(words)
    return out


def _numbers(quotes: list[range]) -> list[int]:
    return [k for quote in quotes for k in quote]


def _groups(
    both: Passage, old: list[range], new: list[range]
) -> Iterator[tuple[list[int], list[int]]]:
    """Quotations of both sides that share words, or stand in one hunk, belong together."""
    of_new = {k: j for j, quote in enumerate(new) for k in quote}
    seen: dict[int, tuple[list[int], list[int]]] = {}
    groups: list[tuple[list[int], list[int]]] = []
    for i, quote in enumerate(old):
        twins = {of_new[t] for k in quote if (t := both.old.twin[k]) in of_new}
        if not twins:
            hunk = both.hunk_at(old=quote[0]) or both.hunk_at(old=quote[-1])
            twins = {of_new[k] for k in hunk.new if k in of_new} if hunk else set()
        home = next((seen[j] for j in sorted(twins) if j in seen), None)
        if home is None:
            home = ([], [])
            groups.append(home)
        home[0].append(i)
        for j in sorted(twins):
            if j not in seen:
                seen[j] = home
                home[1].append(j)
    yield from groups


def _judge(both: Passage, old: list[range], new: list[range]) -> QuoteEdit | None:
    if both.same_words(_numbers(old), _numbers(new)):
        return None
    was = range(old[0].start, old[-1].stop)
    if new:
        now = range(new[0].start, new[-1].stop)
        return QuoteEdit(was, now, "moved" if _marks_moved(both, was, now) else "altered")
    twins = [both.old.twin[k] for k in was if both.old.twin[k] >= 0]
    if len(twins) == len(was):
        now = range(twins[0], twins[-1] + 1)
        return QuoteEdit(was, now, "unquoted") if _in_place(both, was, now) else None
    there = _run(both.new.word, [both.old.word[k] for k in was])
    if there is not None and not any(there.start in quote for quote in _quotes(both.new)):
        return QuoteEdit(was, there, "unquoted")
    now = _to_its_stop(both, was, _instead(both, was))
    if now and both.lost.marks:
        if _another_sentence(both, was, now):
            return None
        now = _without_its_tag(both.new, now)
    if now and _letters(both.old, was) == _letters(both.new, now):
        both.use_hunks(was, now)  # "It’s difﬁcult" in a copy that lost its marks and apostrophes
        both.old.use(was)
        both.new.use(now)
        return None
    if now and not both.lost.marks and not _is_paraphrase(both, was, now):
        return QuoteEdit(was, range(0), "altered")
    return QuoteEdit(was, now, "altered")


def _is_paraphrase(both: Passage, was: range, now: range) -> bool:
    """Whether words without marks tell what a quotation said: half of its words stayed, and more of
    those that say something, or what came has a verb of saying ("I will not resign" / vows to stay
    on). Else they only stand in its place."""
    if any(both.new.fresh[k] and both.new.word[k] in english().cues for k in now):
        return True
    telling = [k for k in was if carries(both.old.word[k])]
    stayed, kept = (sum(both.old.twin[k] in now for k in words) for words in (was, telling))
    return 2 * stayed >= len(was) and (2 * kept > len(telling) or not telling)


def in_marks(side: Side, words: range) -> bool:
    """Whether words of one side stand in quotation marks, or some of them do."""
    return any(not set(quote).isdisjoint(words) for quote in _quotes(side))


def _another_sentence(both: Passage, was: range, now: range) -> bool:
    """Whether what stands for a quotation in a copy without marks is another sentence that happens to
    be linked: hardly a word that says something is common, and nothing around it stayed."""
    if both.in_place or both.alike >= _STAYS:
        return False
    telling = [k for k in was if carries(both.old.word[k])]
    kept = sum(both.old.twin[k] in now for k in telling)
    return len(telling) > _SHORT and kept < _KEPT * len(telling)


_SAID = frozenset({"said", "says"})
_LONGEST_NAME = 3  # words of who said it


def _without_its_tag(side: Side, words: range) -> range:
    """The words of a quotation without marks, but for who said it: "it needs reform, Udall said"."""
    if side.word[words.stop - 1] not in _SAID:
        return words
    for k in range(words.stop - 2, max(words.start, words.stop - 2 - _LONGEST_NAME), -1):
        if "," in side.text[side.end[k - 1] : side.start[k]]:
            return range(words.start, k)
    return words


_STAYS = 0.5
_KEPT = 0.34
_FURTHER = 8  # words by which a quotation without marks goes on to its stop
_STOPS = frozenset(",.;:!?")


def _to_its_stop(both: Passage, was: range, now: range) -> range:
    """The words of a quotation in a copy without marks, with what came after them up to its comma
    or full stop, if the old quotation ends with one: "we can mend it,” says X" / "all can be mended,
    says X"."""
    end = both.old.end[was.stop - 1]
    if not now or not both.lost.marks or _STOPS.isdisjoint(both.old.text[end : end + 2]):
        return now
    new = both.new
    for last in range(now.stop, min(now.stop + _FURTHER, len(new.word)) + 1):
        following = new.start[last] if last < len(new.word) else len(new.text)
        if not _STOPS.isdisjoint(new.text[new.end[last - 1] : following]):
            return range(now.start, last)
        if last == len(new.word) or not new.fresh[last]:
            break
    return now


def _letters(side: Side, words: range) -> str:
    whole = unicodedata.normalize("NFKC", "".join(side.word[k] for k in words))
    return "".join(filter(str.isalnum, whole))


def _in_place(both: Passage, was: range, now: range) -> bool:
    """Whether a word beside a short term is the same on both sides, too: else the term happens to
    stand in another sentence without its marks."""
    if len(was) > _SHORT:
        return True
    twin, before, after = both.old.twin, was.start - 1, was.stop
    same_before = twin[before] == now.start - 1 if before >= 0 else now.start == 0
    same_after = twin[after] == now.stop if after < len(twin) else now.stop == len(both.new.word)
    return same_before or same_after


def _run(words: list[str], wanted: list[str]) -> range | None:
    """Where a run of words stands in another list of words, if it does."""
    for at in range(len(words) - len(wanted) + 1):
        if words[at] == wanted[0] and words[at : at + len(wanted)] == wanted:
            return range(at, at + len(wanted))
    return None


def _marks_moved(both: Passage, was: range, now: range) -> bool:
    """Whether all words of both quotations stand on both sides, in one run: only the marks stand
    elsewhere (``not "at risk"`` / ``"not at risk"``)."""
    there = [both.old.twin[k] for k in was]
    here = [both.new.twin[k] for k in now]
    if any(k < 0 for k in there + here):
        return False
    return there == list(range(there[0], there[0] + len(there))) and here == list(
        range(here[0], here[0] + len(here))
    )


_SHORT = 3  # words of a quoted term


def _instead(both: Passage, was: range) -> range:
    """The words of the new side that stand where quoted words of the old side stood."""
    places = [t for k in was if (t := both.old.twin[k]) >= 0]
    stayed: list[int] = []
    if 2 * len(places) <= len(was) and len(was) <= _SHORT:
        places, stayed = [], places  # "free areas" / "areas": a word that both happen to have
    for hunk in both.hunks:
        within = sum(k in hunk.old for k in was)
        if within and within == len(hunk.old) and len(hunk.new) <= 2 * within + 2:
            places += list(hunk.new)
        elif within and len(hunk.new) == len(
            hunk.old
        ):  # "250 sq km," said A / 250 square km, says A
            places += [hunk.new[k] for k, i in enumerate(hunk.old) if i in was]
    if places:  # "totally opposing" / "totally opposed"
        places += [k for k in stayed if k in (min(places) - 1, max(places) + 1)]
    return range(min(places), max(places) + 1) if places else range(0)


def _gained(both: Passage, quote: range) -> QuoteEdit | None:
    """A quotation of the new side only: the same words gained their marks, or a paraphrase became
    a quotation. One whose words are all new is no edit of a quotation."""
    twins = [both.new.twin[k] for k in quote if both.new.twin[k] >= 0]
    if len(twins) == len(quote):
        was = range(twins[0], twins[-1] + 1)
        return QuoteEdit(was, quote, "quoted") if _in_place(both, was, quote) else None
    if len(twins) * 2 < len(quote):
        return None
    return QuoteEdit(range(twins[0], twins[-1] + 1), quote, "altered")
