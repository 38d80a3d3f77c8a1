"""Changes told elsewhere by rules: at least once, in order, and again later where it failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import OperationalError

from variorum.model import Change
from variorum.pipeline.clock import Clock, system_clock
from variorum.pipeline.senders import Message, UndeliveredError
from variorum.store.archive import Archive
from variorum.store.notice_records import Rule
from variorum.store.records import Records

log = logging.getLogger(__name__)

Send = Callable[[str, str, Message], Coroutine[Any, Any, None]]

# Changes in one message: more are a flood that nobody reads one by one.
_MOST = 20
# Changes considered at a time for one rule.
_AT_ONCE = 200
_EVERY = 3.0
_FIRST_PAUSE, _LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=6)
# Histories that are made anew bring old changes under new numbers. They are told by their times,
# which for new ones only ever go forward but for looks that were under way together.
_SLACK = timedelta(minutes=10)


# Sentences of one change that a message quotes.
_QUOTED = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """A change that a rule asks for; the sentences that its search found in it, "+" for those that
    came and "-" for those that went."""

    change: Change
    sentences: Sequence[tuple[str, str]] = ()


def found(rule: Rule, change: Change, records: Records) -> Wanted | None:
    """The change if a rule asks for it, with what the rule's search finds in it."""
    if not fits(rule, change):
        return None
    search = rule.search
    if search is None:
        return Wanted(change)
    if change.new is None or change.old == change.new:
        return None
    if search.speaker and not records.claims_changed_of(change.article, change.new, search.speaker):
        return None
    sentences = records.came_and_went(change.article, change.new, search.words, search.where)
    return Wanted(change, sentences) if sentences else None


def fits(rule: Rule, change: Change) -> bool:
    """Whether a rule asks for a change, its search aside."""
    told = _told(change).casefold()
    return (
        change.meaningful
        and (not rule.kinds or not set(rule.kinds).isdisjoint(change.kinds))
        and change.weight >= rule.weight
        and (not rule.host or rule.host == change.host)
        and (rule.announced is None or rule.announced == change.announced)
        and all(word in told for word in rule.words.casefold().split())
        and (rule.reached is None or change.time > rule.reached - _SLACK)
    )


def message(rule: Rule, told: Sequence[Wanted]) -> Message:
    """The changes as one message."""
    first = told[0].change
    title = _headline(first) if len(told) == 1 else f"{len(told)} changes: {rule.name}"
    data = {
        "rule": {"id": rule.id, "name": rule.name},
        "changes": [_data(rule, one) for one in told],
    }
    return Message(title, "\n\n".join(_lines(rule, one) for one in told), data)


def trial_message(rule: Rule) -> Message:
    """What is sent to see whether it arrives."""
    body = (
        f"This is what the rule “{rule.name}” of the archive at {rule.base}/ will be told through."
    )
    data = {"rule": {"id": rule.id, "name": rule.name}, "changes": [], "test": True}
    return Message(f"A test: {rule.name}", body, data)


class Notifier:
    """Tells changes by the rules of an archive that is open for writing."""

    def __init__(self, archive: Archive, send: Send, clock: Clock = system_clock) -> None:
        self.archive = archive
        self.send = send
        self.clock = clock

    async def run(self) -> None:
        """Tell what is new, again and again, until cancelled."""
        while True:
            try:
                await self.tell()
            except (OperationalError, OSError):
                log.exception("the archive cannot be read or written; notices wait")
            await asyncio.sleep(_EVERY)

    async def tell(self) -> int:
        """One round over the rules; returns how many messages arrived."""
        rules, last = await asyncio.to_thread(self._standing)
        arrived = 0
        for rule in rules:
            if rule.seen > last:
                await self._note(rule, seen=last)  # numbers of changes made anew are given again
            due = rule.again is None or rule.again <= self.clock()
            if not rule.paused and due and rule.seen < last:
                arrived += await self._try(rule)
        return arrived

    async def _try(self, rule: Rule) -> int:
        """Tell by one rule; whatever goes wrong with it does not keep the others from it."""
        try:
            return await self._tell_one(rule)
        except (OperationalError, OSError):
            raise
        except Exception as error:
            log.exception("notices of rule %s", rule.id)
            await self._failed(rule, f"a mistake of ours ({type(error).__name__})")
            return 0

    def _standing(self) -> tuple[list[Rule], int]:
        with self.archive.read() as records:
            rules = records.rules()
            return rules, records.last_change_id() if rules else 0

    async def _tell_one(self, rule: Rule) -> int:
        considered, wanted = await asyncio.to_thread(self._after, rule)
        if not considered:
            return 0
        if wanted:
            try:
                await self.send(rule.target, rule.secret, message(rule, wanted))
            except UndeliveredError as error:
                await self._failed(rule, str(error))
                return 0
        reached = max(c.time for c in considered)
        reached = reached if rule.reached is None else max(reached, rule.reached)
        values: dict[str, Any] = {"seen": considered[-1].id, "reached": reached}
        if wanted:
            values |= {
                "failures": 0,
                "again": None,
                "health": f"told {self.clock():%Y-%m-%d %H:%M} UTC",
            }
        await self._note(rule, **values)
        return bool(wanted)

    def _after(self, rule: Rule) -> tuple[list[Change], list[Wanted]]:
        """The next changes that were considered for a rule, and those of them that it asks for."""
        wanted: list[Wanted] = []
        with self.archive.read() as records:
            records.veiled = True
            fresh = records.changes_after(rule.seen, _AT_ONCE)
            for k, change in enumerate(fresh):
                one = found(rule, change, records)
                if one is not None:
                    wanted.append(one)
                if len(wanted) == _MOST:
                    return fresh[: k + 1], wanted
        return fresh, wanted

    async def _failed(self, rule: Rule, why: str) -> None:
        failures = rule.failures + 1
        pause = min(_FIRST_PAUSE * 2 ** min(failures - 1, 12), _LONGEST_PAUSE)
        await self._note(
            rule,
            failures=failures,
            again=self.clock() + pause,
            health=f"failed {failures} time{'s' if failures > 1 else ''} in a row: {why}",
        )

    async def _note(self, rule: Rule, **values: Any) -> None:
        def write() -> None:
            with self.archive.write() as records:
                records.update_rule(rule.id, **values)

        await asyncio.to_thread(write)


def _told(change: Change) -> str:
    lead = change.lead
    parts = [change.headline_old, change.headline_new]
    parts += [lead.before, lead.after, lead.statement] if lead else []
    return " ".join(p for p in parts if p)


def _headline(change: Change) -> str:
    return change.headline_new or change.headline_old or change.url or "untitled"


def _data(rule: Rule, told: Wanted) -> dict[str, Any]:
    data = {**told.change.to_dict(), "href": _link(rule, told.change)}
    if rule.search is None:
        return data
    return {**data, "sentences": [{"sign": sign, "text": text} for sign, text in told.sentences]}


def _lines(rule: Rule, told: Wanted) -> str:
    change = told.change
    kinds = ", ".join(change.kinds)
    lead = [change.lead.statement] if change.lead and change.lead.statement else []
    quoted = [f"{_SIGN[sign]}: {' '.join(text.split())}" for sign, text in told.sentences[:_QUOTED]]
    rest = len(told.sentences) - _QUOTED
    more = [f"and {rest} more"] if rest > 0 else []
    head = f"{change.host}: {change.announcement}, {kinds}"
    return "\n".join((_headline(change), head, *lead, *quoted, *more, _link(rule, change)))


_SIGN = {"+": "came", "-": "went"}


def _link(rule: Rule, change: Change) -> str:
    place = f"/a/{change.article}"
    if change.old is not None and change.new is not None and change.old != change.new:
        place += f"/v{change.old}..v{change.new}"
    return rule.base + place
