"""``variorum diff`` and ``variorum claims``."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable

import click

from variorum.cli.common import DIFFERENCES, FINE, archive_option, fail, json_option, print_json
from variorum.cli.documents import document_of, pair_of
from variorum.model import Claim, Collation, Document

_FORMS = ("terminal", "unified", "html", "side-by-side", "tei", "apparatus")


@click.command(
    "diff",
    epilog="Examples: variorum diff old.html new.html; variorum diff 12@0..3 --as apparatus",
)
@click.argument("old")
@click.argument("new", required=False)
@click.option("--as", "form", type=click.Choice(_FORMS), help="How to show it.")
@click.option("--exit-code", is_flag=True, help="Exit with 1 when the texts differ.")
@archive_option
@json_option
def diff_command(
    old: str, new: str | None, form: str | None, exit_code: bool, archive: str, as_json: bool
) -> int:
    """What differs between two texts: files (.html .txt .json), or versions in the archive.

    OLD NEW are two files, ARTICLE@N ARTICLE@M, or one ARTICLE@N..M.
    """
    import variorum

    if form and as_json:
        fail("either --as or --json")
    before, after = pair_of(old, new, archive)
    collation = variorum.collate(before, after)
    if as_json:
        print_json(collation.to_dict())
    else:
        click.echo(_shown(before, after, form or "terminal"))
    return DIFFERENCES if exit_code and collation.differs else FINE


def _shown(old: Document, new: Document, form: str) -> str:
    import variorum
    from variorum.stages import publish

    collation = variorum.collate(old, new)
    if form == "terminal":
        width = shutil.get_terminal_size((100, 40)).columns
        return publish.terminal(collation, old, new, width=width, color=sys.stdout.isatty())
    if form == "apparatus":
        return "\n".join(publish.apparatus(collation, old, new)) or "no differences"
    renderers: dict[str, Callable[[Collation, Document, Document], str]] = {
        "unified": publish.unified,
        "html": publish.inline_html,
        "side-by-side": publish.side_by_side_html,
        "tei": publish.tei,
    }
    return renderers[form](collation, old, new)


@click.command("claims", epilog="Example: variorum claims story.html; variorum claims 12@0 12@3")
@click.argument("doc")
@click.argument("new", required=False)
@click.option("--explain", is_flag=True, help="Which rule found each claim.")
@archive_option
@json_option
def claims_command(doc: str, new: str | None, explain: bool, archive: str, as_json: bool) -> None:
    """Who is said to have said what in DOC; with NEW, what became of each claim.

    DOC and NEW are files (.html .txt .json) or ARTICLE[@N].
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
