"""Who is let in: which addresses the pages are served at, and whether they can change anything."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import click

from variorum.cli.common import Command, fail, opened, say
from variorum.model.hosts import host_of

if TYPE_CHECKING:
    from variorum.store.archive import Archive
    from variorum.web.people.access import Rules

_READ_ONLY = "These pages were started with --read-only."
_IN_USE = (
    "Another Variorum process is writing to this archive, so nothing can be changed here. "
    "Whoever may change something does so on the pages of that process."
)


def _web_address(_ctx: click.Context, _param: click.Parameter, value: str | None) -> str | None:
    if value is not None and not value.startswith(("http://", "https://")):
        raise click.BadParameter(f"'{value}' is no web address: it begins with https://")
    return value


def door_options(command: Command) -> Command:
    """``--read-only``, ``--private``, ``--public-url`` and ``--allowed-host``."""
    command = click.option(
        "--read-only",
        is_flag=True,
        help="Let nobody change anything through the pages; 'serve' leaves the archive to other "
        "commands then.",
    )(command)
    command = click.option(
        "--public-url",
        metavar="URL",
        callback=_web_address,
        help="Where others reach the pages; hubs of sources say there that there is news (WebSub).",
    )(command)
    command = click.option(
        "--private", is_flag=True, help="Show the pages only to people who have signed in."
    )(command)
    return click.option(
        "--allowed-host",
        multiple=True,
        metavar="NAME",
        help="A host name under which others reach the pages (may be given again).",
    )(command)


@dataclass(frozen=True, slots=True)
class Door:
    """Where the pages are served, and what may be done on them. ``off`` says why nothing."""

    host: str
    read_only: bool = False
    private: bool = False
    allowed: tuple[str, ...] = ()
    off: str = ""
    public_url: str | None = None

    def check(self, archive: Archive) -> None:
        """End with one line (exit code 2) where the pages would stand open to strangers."""
        administrators = _administrators(archive)
        if not administrators:
            self.refuse_strangers()
        if self.private and (self.read_only or not administrators):
            fail(
                "--private asks people to sign in, which needs an administrator "
                "('variorum people add NAME --role admin') and goes without --read-only"
            )
        if not is_loopback(self.host):
            say(
                "passwords and cookies go in the clear over http: put a server with TLS in front "
                "before you sign in from elsewhere"
            )

    def refuse_strangers(self) -> None:
        """End with one line where others would be let in, nobody being there to keep order."""
        if not is_loopback(self.host) and not self.read_only:
            fail(
                f"--host {self.host} lets others in, and this archive has no administrator: make "
                "one with 'variorum people add NAME --role admin', or serve it with --read-only"
            )

    def rules(self) -> Rules:
        """What the pages are told."""
        from variorum.web.people.access import Rules

        return Rules(off=self.off or (_READ_ONLY if self.read_only else ""), private=self.private)

    def hosts(self) -> tuple[str, ...]:
        """The host names under which the pages answer."""
        from variorum.web import LOOPBACK_HOSTS

        own: tuple[str, ...] = ()
        if not is_loopback(self.host):
            own = (f"[{self.host}]" if ":" in self.host else self.host, socket.gethostname())
        public = (host_of(self.public_url),) if self.public_url else ()
        return (*LOOPBACK_HOSTS, *own, *self.allowed, *filter(None, public))


def is_loopback(host: str) -> bool:
    """Whether only this machine itself can reach what listens there."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def opened_for_pages(place: str, door: Door) -> Iterator[tuple[Archive, Door]]:
    """The archive for ``variorum serve``: for writing where somebody could change something and no
    other process writes, else for reading, with the door saying why nothing can be changed."""
    from variorum.bootstrap import open_archive
    from variorum.store.errors import ArchiveError, ArchiveInUseError

    with opened(place) as store:
        door.check(store)
        editing = bool(_administrators(store)) and not door.read_only
    if not editing:
        with opened(place) as store:
            yield store, door
        return
    try:
        archive = open_archive(place)
    except ArchiveInUseError:
        if door.private:
            fail("--private asks people to sign in, and another process is writing to the archive")
        with opened(place) as store:
            say("another process writes to this archive: these pages only read it")
            yield store, replace(door, off=_IN_USE)
        return
    except ArchiveError as error:
        fail(str(error))
    with archive:
        if not archive.shared:
            say(
                "people can change things on these pages, so other commands that write (check, import, "
                "backfill, reextract) wait until this ends; with --read-only they need not"
            )
        yield archive, door


def _administrators(archive: Archive) -> int:
    with archive.read() as records:
        return records.administrators()
