"""``variorum migrate``."""

from __future__ import annotations

import click

from variorum.cli.common import FINE, SOME_FAILED, fail, json_option, print_json, progress, say


@click.command(
    "migrate",
    epilog="Example: variorum migrate archive 'postgresql://me@db/news?captures=/mnt/captures'",
)
@click.argument("old")
@click.argument("new")
@click.option("--no-verify", is_flag=True, help="Do not run 'variorum verify' on the new archive.")
@json_option
def migrate_command(old: str, new: str, no_verify: bool, as_json: bool) -> int:
    """Copy the archive OLD to NEW: from a directory to PostgreSQL, or back, or to another directory.

    Both are read again afterwards and compared, row by row and byte by byte; then the new one is
    checked against its evidence log. OLD is not changed. Nobody can write to it meanwhile.
    """
    from variorum.pipeline.moving import move
    from variorum.store.errors import ArchiveError

    with progress("moving", "rows") as advance:

        def tell(what: str, done: int) -> None:
            advance(done, done, 0)

        try:
            moved = move(old, new, tell)
        except ArchiveError as error:
            fail(str(error))
    told = moved.to_dict()
    sound = True
    if not no_verify:
        sound, told["verified"] = _verified(new)
    if as_json:
        print_json(told)
    else:
        for name, one in moved.tables.items():
            click.echo(f"{name:<14} {one.rows:>10,} rows  {one.digest[:16]}…  the same")
        click.echo(f"{len(moved.files):,} files, {moved.bytes:,} bytes, the same")
        for name, rows in moved.replaced.items():
            say(f"{name}: U+FFFD stands in {rows} rows for what PostgreSQL's text cannot hold")
        if not no_verify:
            found = ", ".join(f"{n:,} {status}" for status, n in told["verified"].items())
            click.echo(f"{'Sound' if sound else 'NOT SOUND'}: {found}")
    return FINE if sound else SOME_FAILED


def _verified(place: str) -> tuple[bool, dict[str, int]]:
    from variorum.bootstrap import open_archive
    from variorum.evidence.report import Status
    from variorum.evidence.verify import Options, verify_archive
    from variorum.store.shared_archive import SharedArchive

    open_archive(place).close()  # the log says that it is at work here
    if "://" in place:
        with open_archive(place, read_only=True) as archive:
            assert isinstance(archive, SharedArchive)
            report = verify_archive(archive.directory, Options(), archive).report
    else:
        from pathlib import Path

        report = verify_archive(Path(place), Options()).report
    return report.sound, {str(s): report.total(s) for s in Status if report.total(s)}
