"""A Chromium of our own: started without a way to the network, and ended whatever it does.

Everything that a page asks for is answered by whoever drives the browser (see ``page_traffic``). This
is the second wall, for what slips past: its resolver knows no name, and its proxy, which it must use
for loopback too, is a listener of ours that refuses everything and counts. Its profile is a temporary
one. Playwright is imported only here and only when a browser is wanted.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

PROGRAM, SANDBOX = "VARIORUM_BROWSER", "VARIORUM_BROWSER_SANDBOX"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
_PROC = Path("/proc")
_PATIENCE = 5.0  # seconds for an orderly end; then it is killed
_START = 30.0
_FLAGS = (
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    "--disable-quic",
    "--force-webrtc-ip-handling-policy",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--block-new-web-contents",
    "--disable-gpu",
    "--js-flags=--max-old-space-size=512",
)
_REFUSAL = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


class NoBrowserError(RuntimeError):
    """There is no browser to render with; ``str()`` says why and what to do."""


def program() -> str | None:
    """The browser's program: as configured, else one of the usual names."""
    told = os.environ.get(PROGRAM)
    if told:
        return told if os.access(told, os.X_OK) else None
    return next(filter(None, map(shutil.which, _NAMES)), None)


def sandboxed() -> bool:
    """Whether the browser is to run in its sandbox: unless somebody switched it off."""
    return os.environ.get(SANDBOX, "").lower() not in ("off", "0", "no")


def why_no_browser() -> str | None:
    """Why pages cannot be rendered here, and what to do; None when they can, as far as can be told
    without starting a browser."""
    try:
        import playwright  # noqa: F401
    except ImportError:
        return "rendering is an optional part: pip install 'variorum[browser]'"
    if program() is None:
        named = os.environ.get(PROGRAM)
        if named:
            return f"{PROGRAM} names {named}, which is no program that can be run"
        return (
            f"there is no Chromium: install it (apt-get install chromium), or name it in {PROGRAM}"
        )
    if sandboxed() and hasattr(os, "geteuid") and os.geteuid() == 0:
        return (
            "Chromium has no sandbox when root runs it: run Variorum as another user, or set "
            f"{SANDBOX}=off, which lets pages' scripts run with this account's rights"
        )
    return None


class BlackHole:
    """A proxy on loopback that connects to nothing. ``tried`` counts what came its way."""

    def __init__(self) -> None:
        self.tried: list[str] = []
        self._server: asyncio.Server | None = None

    async def open(self) -> str:
        """Begin to listen; returns its URL."""
        self._server = await asyncio.start_server(self._refuse, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def close(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None

    async def _refuse(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, ValueError, TimeoutError):
            line = await asyncio.wait_for(reader.readline(), _PATIENCE)
            if line and len(self.tried) < 1000:
                self.tried.append(line.decode("latin-1").strip()[:200])
            writer.write(_REFUSAL)
            await writer.drain()
        writer.close()


class Browser:
    """One running Chromium; :meth:`start` it, and :meth:`end` it in any case."""

    def __init__(self) -> None:
        self.hole = BlackHole()
        self.name = ""
        self.sandbox = sandboxed()
        self.pages = 0
        self.broken = False
        self.profile: Path | None = None
        self._mark = f"--variorum-browser={secrets.token_hex(12)}"
        self._playwright: Any = None
        self._browser: Any = None

    async def start(self) -> None:
        """Raises NoBrowserError where it does not start."""
        why = why_no_browser()
        if why is not None:
            raise NoBrowserError(why)
        from playwright.async_api import Error, async_playwright

        try:
            proxy = await self.hole.open()
            async with asyncio.timeout(_START):
                self._playwright = await async_playwright().start()
                self._browser = await self._playwright.chromium.launch(
                    executable_path=program(),
                    chromium_sandbox=self.sandbox,
                    proxy={"server": proxy, "bypass": "<-loopback>"},
                    args=[self._mark, *_FLAGS],
                    handle_sigint=False,
                    handle_sigterm=False,
                    handle_sighup=False,
                )
        except (Error, OSError, TimeoutError) as error:
            await self.end()
            first = next((line for line in str(error).splitlines() if line.strip()), "no answer")
            hint = f"; without a sandbox: {SANDBOX}=off" if self.sandbox else ""
            line = f"the browser does not start ({first[:160]}{hint})"
            raise NoBrowserError(f"{line}; try it by hand: {program()}") from error
        self.name = f"Chromium {self._browser.version}"
        self.profile = self._profile_folder()

    async def context(self, **options: Any) -> Any:
        """A context that knows nothing of any other and leaves nothing behind."""
        self.pages += 1
        return await self._browser.new_context(
            service_workers="block", accept_downloads=False, permissions=[], **options
        )

    def memory(self) -> int:
        """Bytes of memory that it and its processes have for themselves; 0 where nobody says."""
        return sum(map(_share, self._processes()))

    def kill(self) -> None:
        """End it at once, with every process that it started."""
        self.broken = True
        for number in self._processes():
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(number, signal.SIGKILL)

    async def end(self) -> None:
        """Close it, or kill it where it does not close by itself."""
        if self.broken:
            self.kill()
            await self._forgotten()
        steps = [what.close for what in (self._browser,) if what]
        steps += [what.stop for what in (self._playwright,) if what]
        for step in steps:
            try:
                async with asyncio.timeout(_PATIENCE):
                    await step()
            except Exception as error:  # it may be dead already
                log.info("the browser did not end by itself: %s", error)
        self.kill()
        if self.profile is not None:
            await asyncio.to_thread(shutil.rmtree, self.profile, ignore_errors=True)
        self._browser = self._playwright = None
        await self.hole.close()

    async def _forgotten(self) -> None:
        """Until the driver has cleared away what a killed browser has left."""
        until = asyncio.get_running_loop().time() + _PATIENCE
        while self.profile is not None and self.profile.exists():
            if asyncio.get_running_loop().time() > until:
                return
            await asyncio.sleep(0.1)

    def _profile_folder(self) -> Path | None:
        """The temporary folder that the browser writes to, as its command line names it."""
        for number in self._processes():
            for word in _command(number).decode(errors="replace").split("\0"):
                name, _, value = word.partition("=")
                if name == "--user-data-dir" and "playwright" in value:
                    return Path(value)
        return None

    def _processes(self) -> list[int]:
        """The process with our mark, and all that descend from it."""
        parents = dict(_parents())
        mark = self._mark.encode()
        family = {n for n in parents if mark in _command(n).split(b"\0")}
        grown = True
        while grown:
            more = {n for n, parent in parents.items() if parent in family} - family
            family |= more
            grown = bool(more)
        return sorted(family)


def _parents() -> Iterator[tuple[int, int]]:
    """(process, its parent) for every process there is."""
    if not _PROC.is_dir():
        return
    for folder in _PROC.iterdir():
        if folder.name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                told = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
                yield int(folder.name), int(told[1])


def _command(number: int) -> bytes:
    try:
        return (_PROC / str(number) / "cmdline").read_bytes()
    except OSError:
        return b""


def _share(number: int) -> int:
    """The memory of a process, what it shares counted by its share."""
    try:
        lines = (_PROC / str(number) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    told = next((line.split()[1] for line in lines if line.startswith("Pss:")), "0")
    return int(told) * 1024
