"""A page whose making takes long begins to be sent before it is made: a reader sees what it is about
at once, the rest when it is there.

A page that finds that it will take long gives its beginning itself, before it does the long part;
another one that is not made ``_PATIENCE`` after its turn came is begun beside it. It then has no ETag,
and what goes wrong after its beginning was sent is said where the rest would stand. The next reader
gets it whole.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from markupsafe import escape
from starlette.responses import Response, StreamingResponse

from variorum.web.languages import gettext
from variorum.web.memory import Body

if TYPE_CHECKING:
    from variorum.web.asking import Asked
    from variorum.web.showing import Shown
    from variorum.web.site import Site

# Seconds: a page that is made by then is sent whole; most are made in a third of it.
_PATIENCE = 0.06
# Seconds for which a page may wait for its turn: where many are asked for at once, beginnings would
# only make all of them later.
_WAITING = 1.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Opening:
    """How a page begins: ``show`` gives as much of its context as the template takes before ``cut``,
    markup that every such page has once. No text of an article can hold it, as texts are escaped."""

    show: Callable[[Site, Asked], Shown]
    cut: str


async def begun(
    opening: Opening,
    made: Awaitable[Body],
    at_work: asyncio.Event,
    given: asyncio.Future[Body],
    begin: Callable[[], Awaitable[Body]],
    whole: Callable[[Body], Response],
    headers: dict[str, str],
) -> Response:
    """The answer: whole where it is made in time, else its beginning followed by the rest. ``given``
    is the beginning where the page gives it itself, ``begin`` makes the template with what is known,
    ``whole`` the usual answer; ``at_work`` is set when the turn of the page has come."""
    task = asyncio.ensure_future(made)
    await _turn(task, at_work)
    if not task.done():
        either: set[asyncio.Future[Any]] = {task, given}
        await asyncio.wait(either, timeout=_PATIENCE, return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        return whole(task.result())
    try:
        first = (given.result() if given.done() else await begin()).plain()
    except BaseException:
        task.cancel()
        raise
    if task.done():
        return whole(task.result())
    mark = opening.cut.encode()

    async def parts() -> AsyncIterator[bytes]:
        yield first[: first.index(mark)]
        try:
            body = (await asyncio.shield(task)).plain()
            yield body[body.index(mark) :]
        except Exception:
            log.exception("a page broke after its beginning was sent")
            told = escape(
                gettext(
                    "This is our fault, not yours. Whoever runs this archive finds in its log what happened."
                )
            )
            yield f"<p>{told}</p></main></body></html>".encode()

    return StreamingResponse(parts(), media_type="text/html", headers=headers)


def handed_over(given: asyncio.Future[Body]) -> Callable[[Body], None]:
    """What a thread calls with the beginning of the page that it makes."""
    loop = given.get_loop()

    def tell(body: Body) -> None:
        with contextlib.suppress(RuntimeError):  # the loop has ended: nobody waits
            loop.call_soon_threadsafe(_succeed, given, body)

    return tell


def _succeed(given: asyncio.Future[Body], body: Body) -> None:
    if not given.done():
        given.set_result(body)


async def _turn(task: asyncio.Future[Body], at_work: asyncio.Event) -> None:
    """Wait until the page is being made, or is not any more, or has waited for long."""
    turn = asyncio.ensure_future(at_work.wait())
    either: set[asyncio.Future[Any]] = {task, turn}
    await asyncio.wait(either, timeout=_WAITING, return_when=asyncio.FIRST_COMPLETED)
    turn.cancel()
