"""``variorum log`` and ``variorum show``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import click

from variorum.cli.common import (
    archive_option,
    fail,
    find,
    find_version,
    json_option,
    one_version,
    opened,
    print_json,
)
from variorum.cli.extract import tell
from variorum.model import Capture, Version
from variorum.model.times import iso
from variorum.pipeline.damage import damage_of, damage_told


@click.command("log", epilog="Example: variorum log https://example.org/story")
@click.argument("article")
@click.option(
    "--blame",
    is_flag=True,
    help="Which version brought each sentence, and which gave it these words.",
)
@archive_option
@json_option
def log_command(article: str, blame: bool, archive: str, as_json: bool) -> None:
    """The versions of an article: a line a version, its captures under the one they attest.

    ARTICLE is an id or a URL.
    """
    with opened(archive) as store, store.read() as records:
        known = find(records, article)
        captures = records.captures(known.id)
        versions = records.versions(known.id, captures)
    if blame:
        _print_blame(versions, as_json)
    elif as_json:
        if before := [c for c in captures if c.version is None]:
            print_json(_before_the_first(before))
        for version in versions:
            print_json(_told(version))
    else:
        click.echo(f"{known.headline or known.url}\n{known.url}")
        before = [c for c in captures if c.version is None]
        if before or not versions:
            _print_no_version(before, bool(versions))
        for version in versions:
            _print_version(version)


def _told(version: Version) -> dict[str, Any]:
    """A version as a line of the log, with what the text of its captures lost on the way and where they
    were led to."""
    told = version.to_dict()
    for line, capture in zip(told["captures"], version.captures, strict=True):
        if damage := damage_told(capture):
            line["damage"] = damage
        if elsewhere := _elsewhere(capture):
            line["answered_at"] = elsewhere
    return told


def _elsewhere(capture: Capture) -> str | None:
    """The address that answered, where the one asked for led to another."""
    return capture.final_url if capture.final_url != capture.url else None


def _before_the_first(captures: list[Capture]) -> dict[str, object]:
    """Captures that attest no version, for there was none yet, as a line of the log: number -1."""
    return {
        "version": -1,
        "first_seen": iso(captures[0].time),
        "last_seen": iso(captures[-1].time),
        "reason": "no version yet",
        "captures": [
            {"time": iso(c.time), "status": c.status, "outcome": str(c.outcome)} for c in captures
        ],
    }


def _print_version(version: Version) -> None:
    span = f"{iso(version.first_seen)} – {iso(version.last_seen)}"
    label = f"  [{version.label}]" if version.label else ""
    click.echo(f"\nversion {version.number}  {span}{label}\n  {version.reason}")
    for capture in version.captures:
        by = "" if capture.origin == "observed" else f"  {capture.origin}"
        damage = damage_told(capture)
        by += f"  damaged: {damage}" if damage else ""
        by += f"  answered at {elsewhere}" if (elsewhere := _elsewhere(capture)) else ""
        click.echo(f"    {iso(capture.time)}  {capture.status or '-':>3}  {capture.outcome}{by}")


def _print_no_version(captures: list[Capture], later: bool) -> None:
    looked = "" if captures else ": it was not looked at"
    click.echo("\nbefore the first version" if later else f"no version yet{looked}")
    for capture in captures:
        click.echo(f"    {iso(capture.time)}  {capture.outcome}: {capture.reason}")


def _print_blame(versions: list[Version], as_json: bool) -> None:
    from variorum.stages.collate import blame

    if not versions:
        fail("no version yet")
    told = blame([v.document for v in versions])
    if as_json:
        print_json(told.to_dict())
        return
    for origin in told.present:
        since = f"v{origin.introduced}"
        if origin.worded != origin.introduced:
            since += f"→v{origin.worded}"
        click.echo(f"{since:<7} {origin.text}")
    for origin in told.gone:
        click.echo(f"v{origin.introduced}–v{origin.dropped} (dropped) {origin.text}")


@click.command("show", epilog="Example: variorum show 12@3")
@click.argument("article")
@archive_option
@json_option
def show_command(article: str, archive: str, as_json: bool) -> None:
    """One version of an article, the newest unless ARTICLE@N says which."""
    wanted = one_version(article)
    with opened(archive) as store, store.read() as records:
        known = find(records, wanted.article)
        version = find_version(records, known, wanted.old)
        number = version.number
        version = replace(version, captures=tuple(records.captures_of_version(known.id, number)))
    if as_json:
        print_json({**version.to_dict(), "document": version.document.to_dict()})
        return
    told = f" ({version.label})" if version.label else ""
    click.echo(f"version {number}{told}, first seen {iso(version.first_seen)}", err=True)
    if damage := damage_of(version.document):
        click.echo(f"damaged: {damage}", err=True)
    tell(version.document)
