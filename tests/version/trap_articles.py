"""The 48 articles of the paper of traps."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from trap_site import HOST, LOOKS, Article, Dress, State, answer, edited, stays, story, turns

from variorum.model import Fetched

Edit = Callable[[State], State]


def _pattern(state: State, pattern: str, new: str) -> State:
    blocks = tuple(re.sub(pattern, new, b) for b in state.body)
    assert blocks != state.body, pattern
    return replace(state, body=blocks)


def _block(state: State, at: int, html: str) -> State:
    return replace(state, body=(*state.body[:at], html, *state.body[at:]))


def _without(state: State, at: int) -> State:
    return replace(state, body=(*state.body[:at], *state.body[at + 1 :]))


# What the publisher changes: slug -> the edit made at the third look.
EDITS: dict[str, Edit] = {
    "a-new-footbridge": lambda s: _pattern(s, r"£(\d)\.5m", r"£\g<1>5m"),
    "the-old-gasworks": lambda s: edited(s, '"We have waited', "We have waited"),
    "a-lending-library": lambda s: _pattern(s, r"with (\d)(\d) people", r"with \2\1 people"),
    "free-school-milk": lambda s: edited(s, "does not accept", "does accept"),
    "a-night-bus": lambda s: edited(s, "on 12 June", "on 14 June"),
    "street-lamps": lambda s: _pattern(s, r"£(\d\.5m)", r"€\1"),
    "a-skate-park": lambda s: edited(s, "had not been asked", "had been asked"),
    "the-town-clock": lambda s: replace(s, headline=s.headline.replace("long", "short")),
    "a-second-ferry": lambda s: replace(s, byline=f"{s.byline} and Rufus Amsel"),
    "dog-bins": lambda s: replace(s, caption="The harbour office, where no papers were found"),
    "a-music-school": lambda s: replace(
        s,
        note_below="Correction: an earlier version of this article misstated the auditor's office.",
    ),
    "tide-tables": lambda s: replace(
        s, note_above="Update: this story has been updated with the county's answer."
    ),
    "allotments": lambda s: _without(s, 3),
    "the-corn-market": lambda s: replace(s, body=(s.body[0], s.body[3], *s.body[1:3], s.body[4])),
    "bus-shelters": lambda s: edited(s, "auditor found in March", "auditor claimed in March"),
    "a-roller-rink": lambda s: edited(s, "Nobody should", "Somebody should"),
    "flood-gates": lambda s: _pattern(s, r"lost (\d+) metres", r"lost \g<1>0 metres"),
    "a-war-memorial": lambda s: edited(s, "money was meant", '"money" was meant'),
    "cycle-racks": lambda s: _block(s, 4, "<p>Nobody was arrested.</p>"),
    "public-baths": lambda s: replace(
        s, body=("<p>This article has been withdrawn while its figures are examined.</p>",)
    ),
}


def _shaped(slug: str, before: str, after: str) -> Article:
    """An article with a block of another kind, one word of which changes at the third look."""
    base = _block(story(slug), 3, before)
    return Article(slug, turns(base, (3, _block(story(slug), 3, after))))


def _edits() -> list[Article]:
    found = [
        Article(slug, turns(story(slug), (3, edit(story(slug))))) for slug, edit in EDITS.items()
    ]
    found.append(_shaped("a-tram-line", "<h2>Who pays?</h2>", "<h2>Who paid?</h2>"))
    found.append(
        _shaped(
            "beach-huts",
            "<ul><li>14 huts by the pier will stay</li><li>9 huts by the lighthouse go</li></ul>",
            "<ul><li>14 huts by the pier will stay</li><li>19 huts by the lighthouse go</li></ul>",
        )
    )
    found.append(
        _shaped(
            "a-wind-turbine",
            "<table><tr><th>Ward</th><th>Votes</th></tr><tr><td>North</td><td>210</td></tr></table>",
            "<table><tr><th>Ward</th><th>Votes</th></tr><tr><td>North</td><td>120</td></tr></table>",
        )
    )
    found.append(
        _shaped(
            "the-fish-quay",
            "<blockquote><p>I saw the mayor sign it, said the harbour master.</p></blockquote>",
            "<blockquote><p>I saw the mayor refuse it, said the harbour master.</p></blockquote>",
        )
    )
    base = story("rat-catchers")
    other = edited(base, "after a debate", "after a row")
    found.append(Article("rat-catchers", turns(base, (2, other), (4, base))))
    base = story("a-toll-road")
    other = edited(base, "lost", "had lost")
    found.append(
        Article(
            "a-toll-road", turns(base, (1, other), (2, base), (3, other), (4, base), (5, other))
        )
    )
    base = story("church-bells")
    one = edited(base, "on 12 June", "on 3 June")
    found.append(
        Article("church-bells", turns(base, (1, one), (4, edited(one, "3 June", "30 June"))))
    )
    return found


def _served(slug: str, dress: Callable[[int], Dress]) -> Article:
    return Article(slug, stays(story(slug)), dress)


def _instead(
    slug: str, body: str, *, status: int = 200, looks: tuple[int, ...] = (2, 3)
) -> Article:
    """An article in whose place something else comes at some looks."""

    def other(article: Article, look: int) -> Fetched:
        return answer(article, look, body.encode(), status=status)

    return Article(slug, stays(story(slug)), answers=dict.fromkeys(looks, other))


def _curly(html: str) -> str:
    head, found, body = html.partition('<div class="text">')
    body = re.sub(r'(?<=[>\s])"(?=\w)', "“", body)
    body = re.sub(r'(?<=[,.!?\w])"(?=[\s<])', "”", body)
    return head + found + re.sub(r"(?<=\w)'(?=\w)", "’", body)


def _spaced(html: str) -> str:
    return html.replace(" of the ", "&nbsp;of&#32;the ").replace(
        "past midnight", "past\n   midnight"
    )


def _half(article: Article, look: int) -> Fetched:
    whole = Article(article.slug, article.states).fetched(look)
    headers = (*whole.headers, ("Content-Length", str(len(whole.body))))
    return replace(whole, headers=headers, body=whole.body[: len(whole.body) // 2])


def _wall(article: Article, look: int) -> Fetched:
    state = article.states[look]
    stub = replace(state, body=(state.body[0],))
    gate = Dress(
        after="<div><p>Subscribe to continue reading. Already a subscriber? Log in</p></div>"
    )
    return Article(article.slug, (stub,) * LOOKS, lambda _: gate).fetched(look)


CONSENT = """<html><head><title>Your privacy choices</title></head><body><h1>We value your privacy</h1>
<p>We and our 811 partners store and access information on your device, such as cookies, to show you
personalised advertising. By pressing Accept you consent to this.</p>
<button>Accept all</button><button>Reject</button></body></html>"""
MISSING = """<html><head><title>Page not found | The Tidewater Echo</title></head><body>
<h1>Page not found</h1><p>Sorry, we cannot find the page that you were looking for.</p>
<a href="/">Home</a></body></html>"""
BROKEN = "<html><body><h1>503 Service Unavailable</h1><p>Please try again later.</p></body></html>"


def _promo(look: int) -> Dress:
    boxes = (
        "<div><p>Get the Echo's morning briefing in your inbox.</p><form><input name=e></form></div>",
        "",
        "<div><p>Download our app for the tides, wherever you are.</p></div>",
        "<div><p>Advertisement</p><p>Sofas at half price until Sunday, delivery included</p></div>",
    )
    return Dress(inside=boxes[look % 4])


def _read_more(look: int) -> Dress:
    titles = ("Our guide to the summer ferries", "Why the swifts came late this year")
    return Dress(inside=f'<p>Read more: <a href="/f/{look}">{titles[look % 2]}</a></p>')


def _most_read(look: int) -> Dress:
    titles = ("A baker's week, hour by hour", "Puzzle: can you name the nine weirs?")
    items = "".join(
        f'<li><a href="/f/{look + n}">{titles[(look + n) % 2]}</a></li>' for n in range(2)
    )
    return Dress(after=f"<div><h3>Most read</h3><ul>{items}</ul></div>")


def _bio(slug: str) -> Callable[[int], Dress]:
    line = f"<p>{story(slug).byline} is the Echo's council reporter.</p>"
    return lambda look: Dress(after=line if look >= 3 else "")


_PICTURES = ("/img/{slug}-400x250.jpg?v=1", "/img/{slug}-1600x1000.jpg?v=2&w=640")


def _served_otherwise() -> list[Article]:
    return [
        _served("a-quiet-street", lambda look: Dress()),
        _served("two-layouts", lambda look: Dress(layout=look % 2)),
        _served("a-new-house", lambda look: Dress(layout=2 if look >= 3 else 0)),
        _served("curly-quotes", lambda look: Dress(rewrite=_curly if look % 2 else str)),
        _served("odd-spaces", lambda look: Dress(rewrite=_spaced if look % 2 else str)),
        _served(
            "two-charsets", lambda look: Dress(charset="windows-1252" if look % 2 else "utf-8")
        ),
        _served("promo-boxes", _promo),
        _served("read-more-links", _read_more),
        _served("a-most-read-list", _most_read),
        _served("a-word-on-the-author", _bio("a-word-on-the-author")),
        _served(
            "sharper-pictures",
            lambda look: Dress(picture=_PICTURES[look % 2]),
        ),
        _served("a-kicker", lambda look: Dress(kicker="Council" if look % 2 else "")),
    ]


def _interrupted() -> list[Article]:
    half = Article("half-an-answer", stays(story("half-an-answer")), answers={2: _half})
    wall = Article("a-paywall", stays(story("a-paywall")), answers={2: _wall, 3: _wall})
    base = story("a-wall-and-a-change")
    behind = edited(base, "on 12 June", "on 21 June")
    changed = Article("a-wall-and-a-change", turns(base, (3, behind)), answers={2: _wall, 3: _wall})
    base = story("a-new-house-and-a-change")
    after = edited(base, "had not been done", "had been done")
    moved = Article(
        "a-new-house-and-a-change",
        turns(base, (3, after)),
        lambda look: Dress(layout=2 if look >= 3 else 0),
    )
    tracked = Article(
        "many-addresses",
        stays(story("many-addresses")),
        address=lambda look: f"{HOST}/local/many-addresses?utm_source=feed{look}#top",
    )
    return [
        half,
        wall,
        changed,
        moved,
        tracked,
        _instead("a-consent-page", CONSENT),
        _instead("missing-at-times", MISSING),
        _instead("a-page-gone-for-now", MISSING, status=404),
        _instead("a-tired-server", BROKEN, status=503),
    ]


def articles() -> list[Article]:
    """All 48."""
    return [*_edits(), *_served_otherwise(), *_interrupted()]
