"""``variorum extract``."""

from __future__ import annotations

import asyncio

import click

from variorum.cli.common import UNUSABLE, fail, json_option, loopback_option, print_json, say
from variorum.cli.reading import bytes_of, is_given, refuse_folder
from variorum.model import Document, Fetched, Page


@click.command("extract", epilog="Example: variorum extract page.html --explain")
@click.argument("page")
@click.option("--explain", is_flag=True, help="Each block: kept or dropped, and why.")
@click.option("--url", help="The URL that a file came from.")
@loopback_option
@json_option
def extract_command(
    page: str, explain: bool, url: str | None, allow_loopback: bool, as_json: bool
) -> int:
    """The story on a page: PAGE is a file (packed with gzip or Zstandard, too), - for standard input,
    or a URL."""
    read = _read(page, url, allow_loopback)
    if as_json and explain:
        print_json({**read.to_dict(), "blocks": [b.to_dict() for b in read.blocks]})
    elif as_json:
        print_json(read.document.to_dict())
    elif explain:
        for block in read.blocks:
            mark = "keep" if block.kept else "drop"
            click.echo(f"{mark}  {block.role:<10} {block.why}: {_cut(block.text)}")
    else:
        tell(read.document)
    if not read.document.text:
        say(f"no story found: {read.kind} ({read.reason})")
        return UNUSABLE
    return 0


def tell(document: Document) -> None:
    """The text on stdout; what stands beside it on stderr."""
    for name, value in (
        ("by", ", ".join(document.byline)),
        ("published", document.published),
        ("modified", document.modified),
        ("language", document.language),
        *((notice.kind, notice.text) for notice in document.notices),
        *(("caption", media.caption) for media in document.media),
    ):
        if value:
            say(f"{name}: {value}")
    click.echo(document.text)


def _read(page: str, url: str | None, allow_loopback: bool) -> Page:
    from variorum.stages.extract import read_page

    if is_given(page):
        return read_page(bytes_of(page), url=url)
    refuse_folder(page)
    if not page.startswith(("http://", "https://")):
        fail(f"no such file, and not a URL: {page}")
    fetched = asyncio.run(_fetch(page, allow_loopback))
    if fetched.error or fetched.status != 200:
        fail(fetched.error or f"{page} answered {fetched.status}")
    return read_page(
        fetched.body, url=fetched.final_url, content_type=fetched.header("content-type")
    )


async def _fetch(url: str, allow_loopback: bool) -> Fetched:
    from variorum.stages.fetch import Guard, PoliteFetcher

    async with PoliteFetcher(guard=Guard(allow_loopback)) as fetcher:
        return await fetcher.get(url)


def _cut(text: str, length: int = 100) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1] + "…"
