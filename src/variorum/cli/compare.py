"""``variorum diff`` and ``variorum claims``."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import click

from variorum.cli.common import (
    DIFFERENCES,
    FINE,
    archive_option,
    fail,
    in_colour,
    json_option,
    print_json,
)
from variorum.cli.documents import document_of, pair_of, versions_of
from variorum.model import Claim, Collation, Document

_FORMS = ("terminal", "unified", "html", "side-by-side", "tei", "apparatus")
_PAGES = ("html", "side-by-side")


@click.command(
    "diff",
    epilog="Examples: variorum diff old.html new.html; variorum diff 12@0..3 --as apparatus",
)
@click.argument("old")
@click.argument("new", required=False)
@click.option(
    "--as",
    "form",
    type=click.Choice(_FORMS),
    help="How to show it; html and side-by-side are whole pages.",
)
@click.option(
    "--fragment",
    is_flag=True,
    help="Of html and side-by-side: the elements alone, for a page that has a style for them.",
)
@click.option("--exit-code", is_flag=True, help="Exit with 1 when the texts differ.")
@archive_option
@json_option
def diff_command(
    old: str,
    new: str | None,
    form: str | None,
    fragment: bool,
    exit_code: bool,
    archive: str,
    as_json: bool,
) -> int:
    """What differs between two texts: files, or versions in the archive.

    OLD NEW are two files, ARTICLE@N ARTICLE@M, or one ARTICLE@N..M; - is standard input. Files are
    saved pages, plain texts (.txt) or Documents (.json), in any encoding, packed (.gz .zst) or not.
    """
    import variorum

    if form and as_json:
        fail("either --as or --json")
    if fragment and form not in _PAGES:
        fail(f"--fragment is of {' and '.join(f'--as {name}' for name in _PAGES)}")
    before, after = pair_of(old, new, archive)
    collation = variorum.collate(before, after)
    if as_json:
        print_json(collation.to_dict())
    elif form == "tei":
        from variorum.stages.publish import tei

        click.echo(tei(collation, before, after, versions_of(old, new, archive)))
    else:
        click.echo(_shown(collation, before, after, form or "terminal", fragment))
    return DIFFERENCES if exit_code and collation.differs else FINE


def _shown(collation: Collation, old: Document, new: Document, form: str, fragment: bool) -> str:
    from variorum.stages import publish

    if form == "terminal":
        width = shutil.get_terminal_size((100, 40)).columns
        return publish.terminal(collation, old, new, width=width, color=in_colour())
    if form == "apparatus":
        return "\n".join(publish.apparatus(collation, old, new)) or "no differences"
    renderers: dict[str, Callable[[Collation, Document, Document], str]] = {
        "unified": publish.unified,
        "html": publish.inline_html,
        "side-by-side": publish.side_by_side_html,
    }
    rendering = renderers[form](collation, old, new)
    if form not in _PAGES or fragment:
        return rendering
    from variorum.cli.whole_page import whole_page

    return whole_page(rendering, old, new, sides=form == "side-by-side")


@click.command("claims", epilog="Example: variorum claims story.html; variorum claims 12@0 12@3")
@click.argument("doc")
@click.argument("new", required=False)
@click.option("--explain", is_flag=True, help="Which rule found each claim.")
@archive_option
@json_option
def claims_command(doc: str, new: str | None, explain: bool, archive: str, as_json: bool) -> None:
    """Who is said to have said what in DOC; with NEW, what became of each claim.

    DOC and NEW are files, as for 'variorum diff', - for standard input, or ARTICLE[@N].
    """
    import variorum

    if explain and (as_json or new is not None):
        fail("--explain tells of one DOC, and in words: leave out the other, and --json")
    if new is not None:
        _print_changes(document_of(doc, archive), document_of(new, archive), as_json)
        return
    document = document_of(doc, archive)
    if explain:
        from variorum.stages.claims import explain_claims

        for line in explain_claims(document):
            click.echo(line)
        return
    for claim in variorum.claims(document):
        if as_json:
            print_json(claim.to_dict())
        else:
            click.echo(_line(document.text, claim))


def _print_changes(old: Document, new: Document, as_json: bool) -> None:
    import variorum

    for change in variorum.claim_changes(old, new):
        if as_json:
            print_json(change.to_dict())
        else:
            told = "announced" if change.announced else "unannounced"
            click.echo(f"{change.kind:<12} {change.weight:.2f}  {change.statement}  ({told})")


def _line(text: str, claim: Claim) -> str:
    content = " … ".join(" ".join(text[s:e].split()) for s, e in claim.content_spans)
    speaker = claim.speaker.name or claim.speaker.kind
    notes = []
    if claim.negated:
        notes.append("negated")
    if claim.hedges:
        notes.append("hedged: " + ", ".join(h.text for h in claim.hedges))
    if claim.figures:
        notes.append("figures: " + ", ".join(text[f.span[0] : f.span[1]] for f in claim.figures))
    if claim.speaker.guess:
        notes.append("speaker guessed")
    cue = f" [{text[claim.cue[0] : claim.cue[1]]}]" if claim.cue else ""
    tail = f"  ({'; '.join(notes)})" if notes else ""
    return f"{claim.type:<8} {speaker}{cue}: {content}{tail}"
