"""``variorum check`` and ``variorum reextract``."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import click

from variorum.cli.common import (
    FINE,
    SOME_FAILED,
    archive_option,
    counted,
    fail,
    find,
    json_option,
    loopback_option,
    opened,
    print_json,
    progress,
    say,
)
from variorum.pipeline.clock import system_clock

if TYPE_CHECKING:
    from variorum.pipeline.watcher import Pass

_SHOWN = 10


@click.command("check", epilog="Example: variorum check --all")
@click.option("--all", "everything", is_flag=True, help="Everything watched, due or not.")
@loopback_option
@archive_option
@json_option
def check_command(everything: bool, allow_loopback: bool, archive: str, as_json: bool) -> int:
    """Look once at every source and article that is due, and end."""
    from variorum.bootstrap import capture_path, watcher

    async def look() -> Pass:
        with progress("checking", "pages") as advance:

            def tell(done: Pass, total: int) -> None:
                advance(done.checked, done.checked, len(done.failures), total)

            async with watcher(
                store, path, clock=system_clock, allow_loopback=allow_loopback, tell=tell
            ) as watching:
                return await watching.look_once(everything=everything)

    with opened(archive, read_only=False) as store, capture_path(store) as path:
        try:
            done = asyncio.run(look())
        except OSError as error:
            fail(error.strerror or str(error))
    if as_json:
        print_json(done.to_dict())
    else:
        _tell(done)
    return SOME_FAILED if done.failures else FINE


def _tell(done: Pass) -> None:
    lists = {
        "failed": done.failures,
        "no story": done.walls,
        "gone": done.gone,
        "damaged": done.damaged,
    }
    for what, lines in lists.items():
        for line in lines[:_SHOWN]:
            say(f"{what}: {line}")
        if len(lines) > _SHOWN:
            say(f"{what}: … and {len(lines) - _SHOWN:,} more; --json lists them")
    told = [
        counted(done.sources, "sources"),
        counted(done.found, "new articles"),
        f"{counted(done.checked, 'pages')} checked",
        counted(done.versions, "new versions"),
        f"{len(done.failures):,} failed",
    ]
    if done.taken_back:
        told.insert(-1, f"{counted(done.taken_back, 'versions')} taken back as the site's own")
    if done.walls:
        told.append(f"{len(done.walls):,} refused or behind a wall")
    if done.gone:
        told.append(f"{len(done.gone):,} gone")
    if done.damaged:
        told.append(f"{len(done.damaged):,} with damaged text")
    click.echo(", ".join(told))


@click.command("reextract", epilog="Example: variorum reextract 12")
@click.argument("article", required=False)
@archive_option
@json_option
def reextract_command(article: str | None, archive: str, as_json: bool) -> int:
    """Read old captures again with today's extractor, of one ARTICLE or of all.

    No version is invented: what differs only by extractor stays one version.
    """
    from variorum.bootstrap import capture_path
    from variorum.pipeline.replay import replay

    with opened(archive, read_only=False) as store, capture_path(store) as path:
        with store.read() as records:
            numbers = [find(records, article).id] if article else records.article_numbers()
        changed = []
        with progress("reading again", "articles", len(numbers)) as advance:
            for done, number in enumerate(numbers, 1):
                with store.write() as records:
                    before = records.version_times(number)
                    replay(path, records, number)
                    after = records.version_times(number)
                if len(before) != len(after):
                    changed.append({"article": number, "before": len(before), "after": len(after)})
                advance(done, done, 0)
    if as_json:
        print_json({"articles": len(numbers), "changed": changed})
        return FINE
    for row in changed:
        click.echo(f"article {row['article']}: {row['before']} versions before, {row['after']} now")
    click.echo(f"{counted(len(numbers), 'articles')} read again")
    return FINE
