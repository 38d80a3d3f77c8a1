"""Joining and splitting articles by hand: orders given on ``/a/{id}/edit``."""

from __future__ import annotations

from variorum.model import Article
from variorum.pipeline.identity import find_article
from variorum.pipeline.joining import CannotError, Cut, join, split
from variorum.store.records import Records
from variorum.web.errors import FieldError, PageError, bad_request
from variorum.web.people.deeds import Deed, Done, Order
from variorum.web.people.editing import REASON, WHOLE_NUMBER, kept_article, whole_number
from variorum.web.people.forms import Field
from variorum.web.site import Site


def merge(site: Site, order: Order) -> Done:
    """Make an article part of another: both have the same story. Its captures, addresses and notes
    move there, and its old number leads there."""
    with site.tools.stages() as path, site.access.write() as records:
        article = kept_article(records, order.number("id"))
        other = _other(records, order["into"])
        try:
            joined = join(path, records, article.id, other.id, site.clock())
        except CannotError as error:
            raise _conflict(error) from error
        act = site.access.note(
            records,
            order.visitor,
            "merge",
            article=article.id,
            reason=order["reason"],
            into=joined.id,
            url=article.url,
        )
    return Done(f"/a/{joined.id}", {"article": joined.id, "act": act})


def divide(site: Site, order: Order) -> Done:
    """Make an article of its own of a part of another: its captures from a version on, or those of
    one address. The two are never taken for one again."""
    version, address = order["version"], order["address"]
    if (version is None) == (not address):
        raise bad_request("One of “version” and “address” is needed.")
    with site.tools.stages() as path, site.access.write() as records:
        article = kept_article(records, order.number("id"))
        cut = Cut(version, address or None)
        try:
            stayed, went = split(path, records, article.id, cut, site.clock())
        except CannotError as error:
            raise _conflict(error) from error
        act = site.access.note(
            records,
            order.visitor,
            "split",
            article=stayed.id,
            reason=order["reason"],
            new=went.id,
            told=f"from version {version} on" if version is not None else f"captures of {address}",
        )
    return Done(f"/a/{went.id}", {"article": stayed.id, "new": went.id, "act": act})


def _other(records: Records, text: str) -> Article:
    """The article that somebody names by number or address."""
    if text.isascii() and text.isdigit() and len(text) <= 18:
        return kept_article(records, int(text))
    found = find_article(records, text) if "://" in text else None
    if found is None:
        raise FieldError("into", "takes the number or the address of an article of this archive.")
    return kept_article(records, found.id)


def _conflict(error: CannotError) -> PageError:
    line = str(error)
    return PageError(409, "That cannot be done", f"{line[:1].upper()}{line[1:]}.")


DEEDS = (
    Deed(
        "/a/{id:number}/merge",
        merge.__doc__ or "",
        "editor",
        merge,
        (Field("into", "the other article", required=True, longest=2_000), REASON),
        said="joined",
    ),
    Deed(
        "/a/{id:number}/split",
        divide.__doc__ or "",
        "editor",
        divide,
        (
            Field(
                "version",
                "the first version that goes",
                longest=18,
                parse=whole_number,
                shape=WHOLE_NUMBER,
            ),
            Field("address", "the address whose captures go", longest=8_000),
            REASON,
        ),
        said="split",
    ),
)
