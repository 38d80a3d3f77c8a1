"""A text that shrank to a stub: delivery, not editing."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from variorum.model import Outcome
from variorum.stages.version.body import Difference
from variorum.stages.version.dates import day_of
from variorum.stages.version.evidence import Side
from variorum.stages.version.folding import Tokens, same, tokens

# A publisher who cuts a story keeps more of it than this, or writes something new in its place.
_STUB = 0.4
# Tokens that must have been lost before anything is called a collapse: two or three sentences.
_LEAST = 60
# What may have come in place of the text: an invitation of a few lines.
_INVITATION = 120
_SHARE = 0.2  # of the known text that is behind a gate at least
_PIECE = 4  # tokens of a paragraph with which a page breaks off
_FEW_LINES = 60
_CUT_LEAST = 25
_SENTENCE = 6  # tokens; shorter ones ("He said.") two articles may well share

_MEMBERS = re.compile(
    r"\b(?:subscri(?:be|ber|bers|ption|ptions)|members?\ only|registered\ (?:users|readers)"
    r"|(?:create|have)\ an?\ (?:free\ )?account|(?:log|sign)\ ?in|register\ (?:now|for\ free|to)"
    r"|continue\ reading|read\ the\ full|unlock|free\ trial|premium|paywall"
    r"|abonn\w*|weiterlesen|leseprobe|kündbar|anmelden|registrieren"
    r"|s\ identifier|connectez|inscri\w*|suscr\w+|iniciar?\ sesión"
    r"|abbonat\w*|accedi|registrati|riservato|exclusivo|réservé|assin(?:e|ante|antes|atura)|cadastr\w+|prenumer\w+)\b"
    r"|会員|登録|ログイン|有料|購読|订阅|登录|구독|로그인|اشترك|مشتركين|подпис|تسجيل",
    re.IGNORECASE,
)
# What a publisher says where a story stood that was taken down.
_WITHDRAWN = re.compile(
    r"\b(?:remov|withdr|retract|taken down|delet|apolog|correct|legal|court|injunct|unpublish|editor|sorry"
    r"|entfernt|gelöscht|zurückgezogen|depublizier|entschuldig|berichtig|retir|supprim|excus|rectific|eliminad"
    r"|disculp|corregi|rimoss|ritirat|scus|rettific|removid|desculp|corrig|verwijderd|ingetrokken)"
    r"|削除|撤回|取り消|取り下げ|お詫び|おわび|訂正|حذف|سحب|اعتذ|تصحيح|撤稿|删除|更正|삭제|정정",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Collapse:
    """A text that was not delivered, and what its capture is to be recorded as."""

    reason: str
    outcome: Outcome


def collapsed(old: Side, new: Side, differences: Sequence[Difference]) -> Collapse | None:
    """Whether the new page brings only a stub of the known text; None if it brings a text.

    What stands on the new page all the same (``differences`` that are delivery) is not lost.
    """
    changed = [d for d in differences if d.kind == "changed"]
    lost = sum(_lost(d, new.body) for d in changed)
    fresh = tuple(t for d in changed for t in d.new)
    known = len(old.body)
    if lost >= _LEAST and known - lost <= _STUB * known:
        if not new.body:
            return Collapse("the story's text is not on the page", Outcome.FAILED)
        if len(fresh) <= _INVITATION and _MEMBERS.search(" ".join(fresh)):
            return Collapse("an invitation to subscribe in place of the text", Outcome.PAYWALL)
        if not fresh or _one_cut(old.body, fresh):
            return Collapse("only a part of the known text was delivered", Outcome.PAYWALL)
        if _is_put_in_place(old, new):
            return Collapse("a short page of something else in place of the story", Outcome.FAILED)
    if fresh or lost < _CUT_LEAST or new.body != old.body[: len(new.body)]:
        breaks_off = lost >= _CUT_LEAST and _torn(old.body, new.body)
    else:
        if lost >= _SHARE * known and _asking(new) > _asking(old):
            return Collapse(
                "the text stops where the page asks for a subscription", Outcome.PAYWALL
            )
        breaks_off = _torn(old.body, new.body) or _ends_within(old, new)
    if breaks_off:
        return Collapse("the text breaks off in the middle of a sentence", Outcome.FAILED)
    return None


def _lost(difference: Difference, body: Tokens) -> int:
    """How many tokens a difference took away: of a sentence out of which words were struck, what
    stands before and after them in the new text is still there."""
    old = difference.old
    if difference.new or not old:
        return len(old)
    text = f" {' '.join(body)} "
    head = _longest(len(old), lambda n: f" {' '.join(old[:n])} " in text)
    tail = _longest(len(old) - head, lambda n: f" {' '.join(old[len(old) - n :])} " in text)
    return max(1, len(old) - head - tail) if 2 * (head + tail) > len(old) and tail else len(old)


def _longest(most: int, stands: Callable[[int], bool]) -> int:
    """The largest number up to ``most`` for which ``stands`` is true; it is true for all below."""
    return bisect_left(range(1, most + 1), True, key=lambda n: not stands(n))


def _is_put_in_place(old: Side, new: Side) -> bool:
    """Whether a few lines stand where the story stood that share nothing with it, and that no
    publisher signs: no writer, no date, and no word of a story withdrawn or corrected."""
    told = new.document
    figures = "".join(filter(str.isdigit, told.url or ""))
    day = (day_of(told.published) or "").replace("-", "")
    dated = bool(day) and day not in figures  # a day in the address is no word of the publisher's
    signed = told.byline or dated or told.notices
    was_signed = old.document.byline or old.document.published
    few = len(new.body) <= _FEW_LINES
    if signed or not was_signed or not few or not wholly_other(old, new):
        return False
    return not _WITHDRAWN.search(f"{told.headline or ''} {' '.join(told.paragraphs)}")


def _one_cut(whole: Tokens, fresh: Tokens) -> bool:
    """Whether what seems new is only the last sentence, cut short."""
    piece = _without_dots(fresh)
    return bool(piece) and f" {' '.join(piece)} " in f" {' '.join(whole)} "


def _torn(whole: Tokens, part: Tokens) -> bool:
    """Whether ``part`` is the beginning of ``whole`` and stops inside a sentence."""
    part = _without_dots(part)
    last = len(part) - 1
    if last < 10 or len(part) >= len(whole) or whole[:last] != part[:last]:
        return False
    if part[last] != whole[last]:  # stops inside a word
        return whole[last].startswith(part[last])
    return part[last][-1].isalnum() and whole[last + 1][0].isalnum()


def _asking(side: Side) -> int:
    """How many visible lines ask the reader to subscribe or to sign in."""
    return sum(1 for line in (side.page.visible if side.page else ()) if _MEMBERS.search(line))


def _ends_within(old: Side, new: Side) -> bool:
    """Whether the last line that the page shows is the beginning of a paragraph that was lost."""
    if new.page is None or not new.page.visible:
        return False
    last = _without_dots(tokens(new.page.visible[-1]))
    if len(last) < _PIECE:
        return False
    lost = (tokens(p) for p in old.document.paragraphs[len(new.document.paragraphs) :])
    return any(len(p) > len(last) and p[: len(last) - 1] == last[:-1] for p in lost)


def _without_dots(piece: Tokens) -> Tokens:
    while piece and piece[-1] in {"...", "."}:
        piece = piece[:-1]
    return piece


def wholly_other(old: Side, new: Side) -> bool:
    """Whether two captures have next to nothing in common: not one sentence, not the headline."""
    if same(tokens(old.document.headline or ""), tokens(new.document.headline or "")):
        return False
    shared = set(old.sentences) & set(new.sentences)
    return not any(len(s) >= _SENTENCE for s in shared)
