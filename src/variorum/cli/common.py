"""What the commands share: options, output, errors, and how articles and versions are named."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, Protocol, TypeVar

import click

if TYPE_CHECKING:
    from variorum.model import Article, Version
    from variorum.store.archive import Archive
    from variorum.store.records import Records

Command = TypeVar("Command", bound=Callable[..., Any])

FINE, DIFFERENCES, UNUSABLE, SOME_FAILED = 0, 1, 2, 3
# Numbers that a database's column of integers holds.
_MOST_DIGITS = 18
_VERSION_NAMED = re.compile(r"^(\d+)@\d+")
_BARE_HOST = re.compile(r"^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d+)?(/|$)", re.IGNORECASE)
_NAMED = re.compile(r"^(?P<article>.+?)(?:@(?P<old>\d+)(?:\.\.(?P<new>\d+))?)?$")


def archive_option(command: Command) -> Command:
    """``--archive`` after the command as well as before it."""

    def place(ctx: click.Context, _param: click.Parameter, value: str | None) -> str:
        given = value or ctx.ensure_object(dict).get("archive") or "archive"
        return str(given)

    told = "The archive's directory, or postgresql://…?captures=DIRECTORY."
    return click.option("--archive", callback=place, default=None, help=told)(command)


def json_option(command: Command) -> Command:
    return click.option("--json", "as_json", is_flag=True, help="Print JSON.")(command)


def loopback_option(command: Command) -> Command:
    return click.option(
        "--allow-loopback",
        envvar="VARIORUM_ALLOW_LOOPBACK",
        is_flag=True,
        help="Let fetches reach this machine itself (demo and tests only).",
    )(command)


class _UnusableError(click.ClickException):
    exit_code = UNUSABLE


class _SomeFailedError(click.ClickException):
    exit_code = SOME_FAILED


def fail(message: str, code: int = UNUSABLE) -> NoReturn:
    """End with one clear line on stderr and exit code 2, or 3 where some items failed."""
    raise (_SomeFailedError if code == SOME_FAILED else _UnusableError)(message)


def say(message: str) -> None:
    """Talk, which goes to stderr."""
    click.echo(message, err=True)


def counted(n: int, things: str) -> str:
    """``1 article``, ``2,000 articles``; ``things`` end in s."""
    return f"{n:,} {things.removesuffix('s') if n == 1 else things}"


def print_json(value: Any) -> None:
    """One JSON value on one line of stdout."""
    click.echo(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace").decode())


def in_colour() -> bool:
    """Whether stdout is a terminal whose user does not ask for plain text (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def is_begun(place: str) -> bool:
    """Whether a directory holds an archive; of a database only opening it tells, so it may."""
    return "://" in place or (Path(place) / "variorum.db").exists()


@contextmanager
def opened(place: str, *, read_only: bool = True, begin: bool = False) -> Iterator[Archive]:
    """The archive, or one clear line why not; with ``begin`` a new one where there is none. A disk that
    is full, or a database that goes away, while it is open is one line too (exit code 3)."""
    from sqlalchemy.exc import OperationalError

    from variorum.bootstrap import open_archive
    from variorum.pipeline.room import why_not_written
    from variorum.store.errors import ArchiveError, DamagedError

    try:
        archive = open_archive(place, read_only=read_only, begin=begin)
    except ArchiveError as error:
        fail(str(error))
    except OperationalError as error:
        fail(f"cannot open {place}: {why_not_written(error)}")
    for line in archive.repairs:
        say(f"at opening: {line}")
    try:
        with archive:
            yield archive
    except DamagedError as error:
        fail(f"the archive is damaged: {error}", SOME_FAILED)
    except OperationalError as error:
        done = "read" if read_only else "written"
        why = why_not_written(error)
        fail(f"{place} can no longer be {done} ({why}): what was kept stays kept", SOME_FAILED)


@dataclass(frozen=True, slots=True)
class Named:
    """An article and versions of it, as written: ``12``, ``URL``, ``12@3``, ``12@3..5``."""

    article: str
    old: int | None
    new: int | None


def named(text: str) -> Named:
    found = _NAMED.match(text)
    if found is None:
        return Named(text, None, None)
    return Named(found["article"], _version(found["old"]), _version(found["new"]))


def one_version(text: str) -> Named:
    """The same where one version is wanted; ends with one clear line where two are named."""
    wanted = named(text)
    if wanted.new is not None:
        fail(f"'{text}' names two versions, and one is wanted: {wanted.article}@{wanted.old}")
    return wanted


def _version(digits: str | None) -> int | None:
    if digits and len(digits) > _MOST_DIGITS:
        fail(f"no article has a version {digits[:_MOST_DIGITS]}…")
    return int(digits) if digits else None


def find(records: Records, text: str) -> Article:
    """The article with this id or URL; ends with one clear line when there is none."""
    from variorum.pipeline.identity import find_article

    article = None
    if text.isdecimal():
        article = records.article(int(text)) if len(text) <= _MOST_DIGITS else None
    elif ":" in text:
        article = find_article(records, text)
    if article is None and (number := _VERSION_NAMED.match(text)):
        fail(f"'{text}' names a version, and an article is wanted: {number[1]}")
    if article is None:
        fail(f"no article '{text}' in this archive; 'variorum search WORDS' finds ids")
    return article


def find_version(records: Records, article: Article, number: int | None) -> Version:
    """A version of an article, the newest where no number is given; ends with one clear line when
    there is none."""
    wanted = article.versions - 1 if number is None else number
    version = records.version(article.id, wanted)
    if version is not None:
        return version
    if not article.versions:
        fail(
            f"article {article.id} has no version yet: "
            f"'variorum log {article.id}' says what was found at its address"
        )
    have = "version 0 only" if article.versions == 1 else f"versions 0 to {article.versions - 1}"
    fail(f"article {article.id} has no version {wanted}: it has {have}")


def web_address(typed: str) -> str:
    """An address as people type it: with ``https://`` where it begins with the name of a host."""
    bare = _BARE_HOST.match(typed) and not Path(typed).exists()
    return f"https://{typed}" if bare else typed


class Bar(Protocol):
    """Told how far a piece of work has come."""

    def __call__(self, done: float, count: int, failures: int, total: float | None = None) -> None:
        """``done`` of ``total`` (whatever unit), ``count`` items so far, ``failures`` of them."""


def _no_bar(done: float, count: int, failures: int, total: float | None = None) -> None:
    """Where nobody looks, nothing is drawn."""


@contextmanager
def progress(label: str, unit: str, total: float | None = None) -> Iterator[Bar]:
    """A progress bar with rate, time to go and failures, on a terminal only."""
    if not sys.stderr.isatty():
        yield _no_bar
        return
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = [
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[told]}"),
        TextColumn("to go"),
        TimeRemainingColumn(),
        TimeElapsedColumn(),
        TextColumn("[red]{task.fields[failed]}"),
    ]
    with Progress(*columns, console=Console(stderr=True)) as bar:
        task = bar.add_task(label, total=total, told="", failed="")

        def advance(done: float, count: int, failures: int, total: float | None = None) -> None:
            elapsed = bar.tasks[0].elapsed or 0
            rate = f" ({count / elapsed:,.0f}/s)" if elapsed else ""
            told = f"{count:,} {unit}{rate}"
            failed = f"{failures:,} failed" if failures else ""
            if total is not None:
                bar.update(task, total=total)
            bar.update(task, completed=done, told=told, failed=failed)

        yield advance
