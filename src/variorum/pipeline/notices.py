"""Changes told elsewhere by rules: at least once, in order, and again later where it failed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy.exc import OperationalError

from variorum.model import Change
from variorum.pipeline.clock import Clock, system_clock
from variorum.pipeline.senders import Message, UndeliveredError
from variorum.store.archive import Archive
from variorum.store.notice_records import Rule

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


def fits(rule: Rule, change: Change) -> bool:
    """Whether a rule asks for a change."""
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


def message(rule: Rule, changes: Sequence[Change]) -> Message:
    """The changes as one message."""
    first = changes[0]
    title = _headline(first) if len(changes) == 1 else f"{len(changes)} changes: {rule.name}"
    data = {
        "rule": {"id": rule.id, "name": rule.name},
        "changes": [{**c.to_dict(), "href": _link(rule, c)} for c in changes],
    }
    return Message(title, "\n\n".join(_lines(rule, c) for c in changes), data)


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
        fresh = await asyncio.to_thread(self._after, rule.seen)
        if not fresh:
            return 0
        wanted: list[Change] = []
        considered = fresh
        for k, change in enumerate(fresh):
            if fits(rule, change):
                wanted.append(change)
            if len(wanted) == _MOST:
                considered = fresh[: k + 1]
                break
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

    def _after(self, number: int) -> list[Change]:
        with self.archive.read() as records:
            records.veiled = True
            return records.changes_after(number, _AT_ONCE)

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


def _lines(rule: Rule, change: Change) -> str:
    said = "announced" if change.announced else "unannounced"
    kinds = ", ".join(change.kinds)
    lead = [change.lead.statement] if change.lead and change.lead.statement else []
    return "\n".join(
        (_headline(change), f"{change.host}: {said}, {kinds}", *lead, _link(rule, change))
    )


def _link(rule: Rule, change: Change) -> str:
    place = f"/a/{change.article}"
    if change.old is not None and change.new is not None and change.old != change.new:
        place += f"/v{change.old}..v{change.new}"
    return rule.base + place
