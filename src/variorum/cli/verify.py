"""``variorum verify`` and ``variorum rotate-key``."""

from __future__ import annotations

import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from variorum.cli.common import (
    FINE,
    SOME_FAILED,
    archive_option,
    fail,
    json_option,
    opened,
    print_json,
    progress,
    say,
)

if TYPE_CHECKING:
    from variorum.evidence.note import Verifier
    from variorum.evidence.report import Item, Report
    from variorum.evidence.verify import Options, Verified
    from variorum.store.shared_archive import SharedArchive

_SHOWN = 40
_WIDTH = 100


@click.command(
    "verify",
    epilog="Exit codes: 0 nothing altered or missing, 3 something is, 2 no archive or package to check.",
)
@click.argument("packages", nargs=-1, type=click.Path(path_type=Path, dir_okay=False, exists=True))
@click.option("--quick", is_flag=True, help="WARC bytes against the log only, not unpacked.")
@click.option("--no-texts", is_flag=True, help="Do not read texts again from their captures.")
@click.option("--key", help="The key (name+id+base64) that the log is expected to begin with.")
@click.option(
    "--checkpoint",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A checkpoint kept elsewhere (the archive's log/checkpoint, as it was): the log must go on "
    "from it.",
)
@click.option(
    "--authority",
    "authorities",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="Root certificate (PEM) of a timestamp authority to be believed; repeatable.",
)
@click.option("--all", "everything", is_flag=True, help="With --json: also what is ok.")
@archive_option
@json_option
def verify_command(
    packages: tuple[Path, ...],
    quick: bool,
    no_texts: bool,
    key: str | None,
    checkpoint: Path | None,
    authorities: tuple[Path, ...],
    everything: bool,
    archive: str,
    as_json: bool,
) -> int:
    """Check the archive's evidence, or that of PACKAGES (WACZ): offline, and writing nothing.

    WARC records and their digests, database rows against the log both ways, texts against their
    captures, the log's tree, its checkpoints and signatures. Each item is ok, altered, missing,
    unverifiable (nothing against it, but it could not be checked) or pending (not logged yet).
    """
    from variorum.evidence.verify import Options

    if everything and not as_json:
        fail("--all is for --json")
    if packages:
        if quick or no_texts:
            fail("--quick and --no-texts are for archives: a package is always checked whole")
        _no_others(packages)
        roots = tuple(_certificates(path) for path in authorities)
        given = _Given(_key(key), roots, _kept(checkpoint))
        sound = [_package_sound(path, given, everything, as_json) for path in packages]
        return FINE if all(sound) else SOME_FAILED
    if "://" not in archive:
        directory = Path(archive)
        if not any((directory / name).exists() for name in ("variorum.db", "log", "warc")):
            fail(f"no archive in {directory}")
    options = Options(
        quick=quick,
        trusted=_key(key),
        kept=_kept(checkpoint),
        everything=everything,
        authorities=tuple(_certificates(path) for path in authorities),
    )
    texts = not (no_texts or quick)
    if "://" in archive:
        from variorum.store.shared_archive import SharedArchive

        with opened(archive) as store:
            assert isinstance(store, SharedArchive)
            done = _verified(store.directory, options, texts=texts, shared=store)
    else:
        done = _verified(directory, options, texts=texts)
    if as_json:
        print_json(done.to_dict())
    else:
        _tell(done)
    return FINE if done.report.sound else SOME_FAILED


def _verified(
    directory: Path, options: Options, *, texts: bool, shared: SharedArchive | None = None
) -> Verified:
    from dataclasses import replace

    from variorum.evidence.verify import verify_archive
    from variorum.store.warc import WarcStore

    warc = shared.warc if shared else WarcStore(directory / "warc")
    size = sum(length for name, length in warc.sizes().items() if name.endswith(".warc.gz"))
    with progress("WARC", "bytes", size) as advance:

        def tell(done: int, failed: int) -> None:
            advance(done, done, failed)

        options = replace(options, advance=tell)
        if not texts:
            return verify_archive(directory, options, shared)
        from variorum.pipeline.rereading import Rereading
        from variorum.stages.extract import Reader

        with Reader() as reader, progress("texts", "versions") as read:
            rereading = Rereading(reader, lambda done: read(done, done, 0))
            return verify_archive(directory, replace(options, derive=rereading), shared)


@dataclass(frozen=True, slots=True)
class _Given:
    """What is known from elsewhere of the log that a package names."""

    key: Verifier | None
    roots: tuple[bytes, ...]
    kept: str | None


def _package_sound(path: Path, given: _Given, everything: bool, as_json: bool) -> bool:
    """Check one package and tell what was found; a line of JSON each."""
    from variorum.evidence.check_package import verify_package
    from variorum.evidence.report import Report
    from variorum.evidence.verify import CLAIM

    report = Report(everything)
    log = verify_package(path, report, given.key, given.roots, given.kept)
    if as_json:
        told = {"log": log.to_dict() if log else None}
        print_json({"package": str(path), "claim": CLAIM, **report.to_dict(), **told})
    else:
        click.echo(f"{path}:")
        if log is not None:
            click.echo(f"log {log.head.origin}: {log.head.size:,} entries\nkey {log.key}")
        _tell_report(report)
    return report.sound


def _no_others(paths: tuple[Path, ...]) -> None:
    """End with one line where a file never was a package: then it is nothing that was altered."""
    from variorum.evidence.package_file import is_package

    for path in paths:
        try:
            if not is_package(path):
                fail(f"{path} is no package (WACZ); without one the archive is checked")
        except OSError as error:
            fail(f"cannot read {path}: {error.strerror}")


def _kept(path: Path | None) -> str | None:
    """The text of a checkpoint that was kept; ends with one line for a file that is none."""
    from variorum.evidence.note import NoteError
    from variorum.evidence.tiles import parse_note

    if path is None:
        return None
    text = path.read_text("utf-8", "replace")
    try:
        parse_note(text)
    except NoteError as error:
        fail(f"--checkpoint: {path} is none ({error})")
    return text


def _certificates(path: Path) -> bytes:
    from cryptography import x509

    data = path.read_bytes()
    try:
        x509.load_pem_x509_certificates(data)
    except ValueError:
        fail(f"--authority: {path} holds no certificate (PEM)")
    return data


def _key(text: str | None) -> Verifier | None:
    from variorum.evidence.note import NoteError, Verifier

    try:
        return Verifier.parse(text) if text else None
    except NoteError as error:
        fail(f"--key: {error}")


def _tell(done: Verified) -> None:
    _tell_log(done.to_dict()["log"])
    _tell_report(done.report)


def _tell_report(report: Report) -> None:
    from variorum.evidence.report import Status
    from variorum.evidence.verify import CLAIM

    told = _alike(report)
    for item, more in told[:_SHOWN]:
        others = f" and {more:,} more" if more else ""
        click.echo(f"{item.status}: {item.what} {item.name}{others}: {item.why}")
    left = sum(1 + more for _, more in told[_SHOWN:]) + report.untold
    if left:
        click.echo(f"… and {left:,} more; --json lists them")
    for what, counter in report.counts.items():
        click.echo(f"{what:<16} " + ", ".join(f"{n:,} {status}" for status, n in counter.items()))
    total = {status: report.total(status) for status in Status}
    summary = ", ".join(f"{n:,} {status}" for status, n in total.items() if n)
    click.echo(f"{'Sound' if report.sound else 'NOT SOUND'}: {summary}")
    if report.sound:
        click.echo(textwrap.fill(CLAIM, _WIDTH) if sys.stdout.isatty() else CLAIM)


def _alike(report: Report) -> list[tuple[Item, int]]:
    """Items of which the same is to be said, as the first of them and how many more; the gravest
    first."""
    from variorum.evidence.report import Status

    groups: dict[tuple[str, str, str], list[Item]] = {}
    for item in report.items:
        if item.status is not Status.OK:
            groups.setdefault((item.status, item.what, item.why), []).append(item)
    gravest = (Status.ALTERED, Status.MISSING, Status.UNVERIFIABLE, Status.PENDING)
    listed = [(items[0], len(items) - 1) for items in groups.values()]
    return sorted(listed, key=lambda one: gravest.index(one[0].status))


def _tell_log(log: dict[str, Any]) -> None:
    if log["root"] is None:
        return
    click.echo(f"log {log['origin']}: {log['size']:,} entries, {log['first']} to {log['last']}")
    click.echo(f"key {log['key']}")
    if log["adopted"]:
        click.echo(f"{log['adopted']:,} entries are of rows older than the log")


@click.command("rotate-key", epilog="Example: variorum rotate-key")
@archive_option
@json_option
def rotate_key_command(archive: str, as_json: bool) -> int:
    """Sign the archive's log with a new key from now on. The old key signs the handing over, so
    that whoever knows it can follow; then it is forgotten."""
    from variorum.evidence.recorder import LogRecorder

    with opened(archive, read_only=False) as store:
        recorder = store.recorder
        assert isinstance(recorder, LogRecorder)
        key = str(recorder.rotate())
    if as_json:
        print_json({"key": key})
    else:
        say("the log is signed with a new key from now on:")
        click.echo(key)
    return FINE


@click.command(
    "timestamp",
    epilog="Example: variorum timestamp https://tsa.example.org/tsr https://tsa.example.com/ · "
    "then: variorum verify --authority root.pem",
)
@click.argument("authorities", nargs=-1, required=True)
@archive_option
@json_option
def timestamp_command(authorities: tuple[str, ...], archive: str, as_json: bool) -> int:
    """Have the log's newest checkpoint stamped by outside AUTHORITIES (addresses, RFC 3161), best
    two or more. They get a hash and nothing else. One that does not answer leaves its timestamp
    pending: run the command again."""
    from variorum.evidence.recorder import LOG, LogRecorder
    from variorum.evidence.timestamps import (
        Stamp,
        TimestampError,
        ask,
        need_library,
        post,
        settle,
    )
    from variorum.model.times import iso

    for authority in authorities:
        if not authority.startswith(("http://", "https://")):
            fail(f"'{authority}' is no web address: it begins with https://")
    try:
        need_library()
    except TimestampError as error:
        fail(str(error))
    stamps: list[Stamp] = []
    failures: list[str] = []
    with opened(archive, read_only=False) as store:
        recorder = store.recorder
        assert isinstance(recorder, LogRecorder)
        for authority in dict.fromkeys(authorities):
            try:
                stamps.append(ask(store.directory, store.directory / LOG, authority, post))
            except TimestampError as error:
                failures.append(str(error))
        for stamp in stamps:
            recorder.stamped(stamp.file, stamp.sha256)
            settle(store.directory, stamp)
    if as_json:
        told = [{"authority": s.authority, "size": s.size, "time": iso(s.time)} for s in stamps]
        print_json({"timestamps": told, "failures": failures})
    else:
        for stamp in stamps:
            click.echo(f"{stamp.size:,} entries stamped at {iso(stamp.time)} by {stamp.authority}")
        for failure in failures:
            say(f"pending: {failure}")
    return SOME_FAILED if failures else FINE
