"""``/notices``: rules by which changes are told to people and programs elsewhere."""

from __future__ import annotations

import secrets
from typing import Any

from anyio import from_thread

from variorum.model.change import BADGES
from variorum.pipeline.notices import trial_message
from variorum.pipeline.senders import SIGNATURE, UndeliveredError, complaint
from variorum.store.notice_records import Rule, Search
from variorum.store.records import Records
from variorum.store.search_query import PLACES
from variorum.store.snippets import terms_of
from variorum.web import asking
from variorum.web.asking import Asked
from variorum.web.errors import FieldError, PageError, not_found
from variorum.web.languages import gettext
from variorum.web.naming import NAMES, both_names, term_of
from variorum.web.pages.search import WHERE
from variorum.web.people.deeds import Deed, Done, Order
from variorum.web.people.forms import Field
from variorum.web.people.visitor import visitor_of
from variorum.web.routing import Page
from variorum.web.showing import Shown
from variorum.web.site import HOSTS_OFFERED, Site

_MOST_RULES = 100
_LONGEST_NAME = 100
# An address of Apprise may name any host, and Apprise asks no guard before it speaks to one.
_FOR_ADMINISTRATORS = "Only an administrator can add an alert that goes through Apprise."


def show(site: Site, asked: Asked) -> Shown:
    with site.archive.read() as records:
        rules = records.rules()
        hosts = records.hosts()[:HOSTS_OFFERED]
    context = {
        "rules": rules,
        "hosts": hosts,
        "badges": [(b, NAMES[b]) for b in BADGES],
        "off": site.access.off(),
        "csrf": visitor_of(asked.request.scope).csrf,
        "telling": site.tools.watching,
        "asked": {**asked.texts, "in": asked["in"], "name": _name(asked)},
        "places": WHERE,
    }
    return Shown("notices.html", context, lambda: {"rules": [r.to_dict() for r in rules]})


def _name(asked: Asked) -> str:
    """What a rule that follows a search may be called."""
    return (
        gettext("Search: %(words)s", words=asked["search"])[:_LONGEST_NAME]
        if asked["search"]
        else ""
    )


def _search(order: Order) -> Search | None:
    """The search that is to be followed, None where none is meant."""
    words, speaker = order["search"], order["speaker"]
    if not words and not speaker and not order["in"]:
        return None
    if not terms_of(words):
        raise FieldError("search", "needs at least one word.")
    return Search(words, order["in"] or "all", speaker)


def add(site: Site, order: Order) -> Done:
    """A rule for what changes from now on. The secret that signs a webhook is shown once."""
    search = _search(order)
    guard = site.tools.guard()
    why = complaint(order["target"], guard)
    if why:
        raise FieldError("target", f"cannot be used: {why}.")
    webhook = order["target"].lower().startswith(("http://", "https://"))
    if not webhook and not order.visitor.may("admin"):
        raise PageError(403, "Only administrators", _FOR_ADMINISTRATORS)
    base = str(order.request.base_url).rstrip("/")
    secret = secrets.token_urlsafe(24)
    with site.access.write() as records:
        if len(records.rules()) >= _MOST_RULES:
            raise PageError(409, "Too many alerts", "Remove some of them first.")
        new = Rule(
            name=order["name"],
            target=order["target"],
            secret=secret,
            base=base,
            kinds=tuple(order["kinds"] or ()),
            weight=order["weight"] or 0.0,
            host=order["host"],
            words=order["words"],
            announced={"yes": True, "no": False}.get(order["announced"]),
            seen=records.last_change_id(),
            reached=site.clock(),
            search=search,
        )
        number = records.add_rule(new, site.access.clock())
        site.access.note(records, order.visitor, "rule-added", name=new.name, told=new.shown_target)
    data = {"rule": number, "secret": secret, "signature": SIGNATURE}
    context = {"rule": new, "secret": secret, "signature": SIGNATURE}
    return Done("/notices", data, Shown("notice.html", context, dict) if webhook else None)


def trial(site: Site, order: Order) -> Done:
    """Send a message now, to see whether it arrives."""
    with site.archive.read() as records:
        rule = _rule(records, order)
    send = site.tools.sender()
    try:
        from_thread.run(send, rule.target, rule.secret, trial_message(rule))
    except UndeliveredError as error:
        raise PageError(
            502, "The message did not arrive", f"{str(error)[:1].upper()}{str(error)[1:]}."
        ) from error
    with site.access.write() as records:
        records.update_rule(rule.id, failures=0, again=None, health="a test arrived")
    return Done("/notices", {"arrived": True})


def pause(site: Site, order: Order) -> Done:
    """Tell nothing by a rule for now; what changes meanwhile is told later."""
    return _change(site, order, "rule-paused", paused=True)


def resume(site: Site, order: Order) -> Done:
    """Tell by a rule again."""
    return _change(site, order, "rule-resumed", paused=False, again=None)


def remove(site: Site, order: Order) -> Done:
    """Forget a rule."""
    with site.access.write() as records:
        rule = _rule(records, order)
        records.remove_rule(rule.id)
        site.access.note(records, order.visitor, "rule-removed", name=rule.name)
    return Done("/notices", {"removed": rule.id})


def kinds(text: str) -> list[str]:
    """Badges, with commas between."""
    found = [term_of(k, BADGES) for k in text.split(",") if k.strip()]
    known = [k for k in found if k is not None]
    if len(known) < len(found):
        raise ValueError("badges separated by commas: " + ", ".join(map(both_names, BADGES)))
    return known


_KINDS = {"type": "string", "pattern": f"^(({'|'.join(BADGES)})(,({'|'.join(BADGES)}))*)?$"}
_WEIGHT = {
    "anyOf": [
        {"type": "number", "minimum": 0, "maximum": 1},
        {"type": "string", "pattern": "^(0([.][0-9]{1,9})?|1([.]0{1,9})?)?$"},
    ]
}


def weight(text: str) -> float:
    """A weight as a form gives it."""
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 1:
        raise ValueError("a number from 0 to 1")
    return value


def _change(site: Site, order: Order, kind: str, **values: Any) -> Done:
    with site.access.write() as records:
        rule = _rule(records, order)
        records.update_rule(rule.id, **values)
        site.access.note(records, order.visitor, kind, name=rule.name)
    return Done("/notices", {"rule": rule.id})


def _rule(records: Records, order: Order) -> Rule:
    rule = records.rule(order.number("id"))
    if rule is None:
        raise not_found("No such alert", "Somebody may have removed it already.")
    return rule


def _editors(path: str, do: Any, *fields: Field, said: str) -> Deed:
    return Deed(path, do.__doc__ or "", "editor", do, fields, form=PAGE, said=said)


_PARAMETERS = (
    asking.words("search", "A search that a new rule may follow."),
    asking.choice("in", "Where it looks.", PLACES, "all"),
    asking.words("speaker", "Whose claims change with what it finds."),
    asking.words("host", "The host of a new rule."),
    asking.term("kinds", "The badge of a new rule.", BADGES),
)
PAGE = Page(
    "/notices", "Rules by which changes are told elsewhere.", show, _PARAMETERS, role="editor"
)
DEEDS = (
    _editors(
        "/notices",
        add,
        Field("name", "what the alert is called", required=True, longest=_LONGEST_NAME),
        Field(
            "target",
            "where to send it: a webhook or, for administrators, an Apprise address",
            True,
            2_000,
        ),
        Field(
            "kinds", "only changes with one of these badges", parse=kinds, shape=_KINDS, many=True
        ),
        Field(
            "weight",
            "only changes of at least this weight",
            longest=20,
            parse=weight,
            shape=_WEIGHT,
        ),
        Field("host", "only articles of this host", longest=253),
        Field("words", "only changes that mention all of these words"),
        Field("search", "only changes that brought or took a sentence with these words"),
        Field("in", "whether it came (added, current) or went (removed)", choices=PLACES),
        Field("speaker", "only where a claim of somebody with these words in the name changed too"),
        Field(
            "announced",
            "only changes that the publisher announced, or did not, or not wholly",
            choices=("yes", "no"),
        ),
        said="rule",
    ),
    _editors("/notices/{id:number}/test", trial, said="arrived"),
    _editors("/notices/{id:number}/pause", pause, said="rule-paused"),
    _editors("/notices/{id:number}/resume", resume, said="rule-resumed"),
    _editors("/notices/{id:number}/remove", remove, said="rule-removed"),
)
