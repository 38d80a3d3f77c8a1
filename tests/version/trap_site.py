"""A small paper of 48 articles, each with one trap; it knows which looks found a new version.

Its stories and templates are of our own writing. Every look shows other advertisements, another
clock, other counts and other links to stories, as real pages do.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from random import Random

from variorum.model import Fetched

HOST = "https://www.tidewater-echo.example"
START = datetime(2026, 5, 4, 8, 0, tzinfo=UTC)
LOOKS = 6

_PLACES = ("Carrow", "Ullin", "Peverell", "Stour Bay", "Hexley", "Marsh End", "Tolby", "Wick Ferry")
_NAMES = ("Orla Penhallow", "Davit Morrow", "Sabine Achterberg", "Tom Ukaegbu", "Ines Rawdon")
_LINKS = (
    "Five gardens that open their gates this weekend",
    "The last lamplighter of Hexley puts away his ladder",
    "Puzzle: can you name the nine weirs?",
    "Our guide to the summer ferries",
    "Why the swifts came late this year",
    "Readers' pictures: mist on the marsh",
    "A baker's week, hour by hour",
    "Chess club marks a century with a lost game",
)
_ADS = (
    "Sofas at half price until Sunday, delivery included",
    "Windfall Insurance: because roofs have feelings",
    "Learn the accordion in forty evenings",
    "Cruise the fjords from 499, drinks on us",
)


@dataclass(frozen=True)
class State:
    """What the publisher says at one look."""

    headline: str
    body: tuple[str, ...]  # blocks of HTML
    byline: str
    caption: str = "The harbour office, where the papers were found"
    note_above: str = ""
    note_below: str = ""
    published: str = "2026-05-04T07:12:00+00:00"
    modified: str = "2026-05-04T07:12:00+00:00"


@dataclass
class Dress:
    """How a page is served at one look, whatever it says."""

    layout: int = 0
    inside: str = ""  # put between the blocks of the body
    after: str = ""  # put at the end of the body, inside of what holds it
    picture: str = "/img/{slug}-800x500.jpg"
    kicker: str = ""
    charset: str = "utf-8"
    rewrite: Callable[[str], str] = field(default=lambda html: html)


@dataclass(frozen=True)
class Article:
    """``states[i]`` is what stands there at look i; ``answers[i]``, if set, comes instead."""

    slug: str
    states: tuple[State, ...]
    dress: Callable[[int], Dress] = lambda look: Dress()
    answers: dict[int, Callable[[Article, int], Fetched]] = field(default_factory=dict)
    address: Callable[[int], str] | None = None

    @property
    def url(self) -> str:
        return f"{HOST}/local/{self.slug}"

    def versions(self) -> list[int]:
        """The looks at which a new version must be seen."""
        found, last = [], None
        for look, state in enumerate(self.states):
            said = replace(state, modified="")
            if look not in self.answers and said != last:
                found.append(look)
                last = said
        return found

    def fetched(self, look: int) -> Fetched:
        if look in self.answers:
            return self.answers[look](self, look)
        html = page(self, look)
        dress = self.dress(look)
        charset = dress.charset
        body = dress.rewrite(html).encode(charset, "xmlcharrefreplace")
        return answer(self, look, body, charset)


def answer(
    article: Article, look: int, body: bytes, charset: str = "utf-8", status: int = 200
) -> Fetched:
    url = article.address(look) if article.address else article.url
    headers = (("Content-Type", f"text/html; charset={charset}"),)
    return Fetched(url, START + timedelta(hours=look), url, status, headers, body)


def story(slug: str) -> State:
    """An invented report; every slug has its own places, people and figures."""
    rng = Random(slug)
    place, other = rng.sample(_PLACES, 2)
    speaker = rng.choice(_NAMES)
    count, share, sum_ = rng.randint(12, 80), rng.randint(3, 40), rng.randint(2, 9)
    topic = slug.replace("-", " ")
    paragraphs = (
        f"The council of {place} has voted to pay £{sum_}.5m for {topic}, after a debate that went on "
        f"past midnight and ended with {count} people still in the public seats.",
        f'"We have waited for this for {share} years," said {speaker}, who keeps a shop by the weir in '
        f'{other}. "Nobody should have to wait for an answer as long as we did."',
        f"An auditor found in March that {share}% of the works paid for in {place} had not been done. "
        "The firm that was to do them does not accept his figures.",
        f"Opponents of {topic} say that the money was meant for the sea wall, which lost {count} metres "
        "of its length in the storms of January.",
        f"The vote will be put to the county on 12 June. A spokesman for the county said that it had "
        f"not been asked, and that it did not expect to be asked before the clerk of {other} had written.",
    )
    headline = f"{place} votes for {topic} after long night"
    return State(headline, tuple(f"<p>{p}</p>" for p in paragraphs), rng.choice(_NAMES))


shift = 0  # with which of the three layouts the paper begins


def page(article: Article, look: int) -> str:
    """The page as it is sent at one look."""
    state, dress = article.states[look], article.dress(look)
    rng = Random(f"{article.slug}/{look}")
    layout = (_broadsheet, _tabloid, _rebuilt)[(dress.layout + shift) % 3]
    return layout(article.slug, state, dress, rng, look)


def _links(rng: Random, count: int) -> list[str]:
    return [f'<a href="/features/{rng.randint(1, 99)}">{t}</a>' for t in rng.sample(_LINKS, count)]


def _clock(rng: Random, look: int) -> str:
    return f"{8 + look:02}:{rng.randint(0, 59):02}:{rng.randint(0, 59):02}"


def _head(slug: str, state: State, rng: Random) -> str:
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<title>{state.headline} | The Tidewater Echo</title>
<meta property="og:title" content="{state.headline}"><meta property="og:type" content="article">
<meta property="article:published_time" content="{state.published}">
<meta property="article:modified_time" content="{state.modified}">
<meta name="csrf-token" content="{rng.random()}">
<link rel="canonical" href="{HOST}/local/{slug}">
<script>window.build = "{rng.randint(1, 10**9)}";</script></head>"""


def _body(state: State, dress: Dress) -> str:
    blocks = list(state.body)
    if dress.inside:
        blocks.insert(2, dress.inside)
    return "\n".join([*blocks, dress.after])


def _picture(slug: str, state: State, dress: Dress) -> str:
    source = dress.picture.format(slug=slug)
    return (
        f'<figure><img src="{source}" width="800" height="500" alt="">'
        f"<figcaption>{state.caption}</figcaption></figure>"
    )


def _broadsheet(slug: str, state: State, dress: Dress, rng: Random, look: int) -> str:
    links = "".join(f"<li>{x}</li>" for x in _links(rng, 5))
    kicker = f'<p class="kicker">{dress.kicker}</p>' if dress.kicker else ""
    return f"""{_head(slug, state, rng)}
<body class="r{rng.randint(1, 9999)}"><header><a href="/">The Tidewater Echo</a>
<span>{_clock(rng, look)}</span><nav><a href="/">Home</a> <a href="/local">Local</a>
<a href="/sport">Sport</a> <a href="/tides">Tides</a></nav></header>
<main><article>{kicker}<h1>{state.headline}</h1>
<p class="byline">By <a rel="author" href="/staff">{state.byline}</a></p>
<p class="meta"><time datetime="{state.published}">4 May 2026</time> ·
<span>{rng.randint(2, 900)} shares</span></p>
{_above(state)}{_picture(slug, state, dress)}
<div class="text">{_body(state, dress)}</div>
{_below(state)}
<section class="more"><h2>More from the Echo</h2><ul>{links}</ul></section>
</article></main>
<aside><h3>Advertisement</h3><p>{rng.choice(_ADS)}</p></aside>
<footer>© The Tidewater Echo. <a href="/terms">Terms</a> <a href="/contact">Contact</a></footer>
</body></html>"""


def _tabloid(slug: str, state: State, dress: Dress, rng: Random, look: int) -> str:
    cards = "".join(f'<div class="card">{x}</div>' for x in _links(rng, 4))
    return f"""{_head(slug, state, rng)}
<body><header><a href="/">The Tidewater Echo</a> <span>{_clock(rng, look)}</span>
<nav><a href="/">Home</a> <a href="/local">Local</a> <a href="/sport">Sport</a>
<a href="/tides">Tides</a></nav></header>
<div class="rail"><b>Trending</b>{cards}</div>
<main><article><h1>{state.headline}</h1>
<p class="byline">By <a rel="author" href="/staff">{state.byline}</a></p>
<p class="meta"><time datetime="{state.published}">4 May 2026</time> ·
<span>{rng.randint(2, 900)} shares</span></p>
{_above(state)}<div class="text">{_body(state, dress)}{_picture(slug, state, dress)}</div>
{_below(state)}</article></main>
<footer>© The Tidewater Echo. <a href="/terms">Terms</a> <a href="/contact">Contact</a></footer>
</body></html>"""


def _rebuilt(slug: str, state: State, dress: Dress, rng: Random, look: int) -> str:
    links = "".join(f"<li>{x}</li>" for x in _links(rng, 6))
    return f"""{_head(slug, state, rng)}
<body id="app"><div class="masthead"><a href="/">Echo</a><a href="/login">Your account</a>
<a href="/weather">Weather</a><a href="/jobs">Jobs</a><a href="/homes">Homes</a></div>
<div class="grid"><div class="story-wrap"><h1 class="title">{state.headline}</h1>
<div class="who"><span class="author-name">{state.byline}</span> <span>Updated</span>
<time datetime="{state.published}">Monday, May 4</time></div>
{_above(state)}{_picture(slug, state, dress)}
<section class="prose">{_body(state, dress)}</section>{_below(state)}</div>
<div class="side"><h4>Popular now</h4><ol>{links}</ol><p>Sponsored</p><p>{rng.choice(_ADS)}</p></div>
</div><div class="bottom"><a href="/imprint">Imprint</a> <a href="/cookies">Cookies</a>
<a href="/careers">Careers</a><p>Part of Estuary Media</p></div></body></html>"""


def _above(state: State) -> str:
    return f'<p class="note"><em>{state.note_above}</em></p>' if state.note_above else ""


def _below(state: State) -> str:
    return f"<div><p><i>{state.note_below}</i></p></div>" if state.note_below else ""


def stays(state: State) -> tuple[State, ...]:
    """The same at every look."""
    return (state,) * LOOKS


def turns(state: State, *changes: tuple[int, State]) -> tuple[State, ...]:
    """``state``, and from each look named the state given with it."""
    states = [state] * LOOKS
    for look, after in changes:
        for at in range(look, LOOKS):
            stamp = (START + timedelta(hours=look)).isoformat()
            states[at] = replace(after, modified=stamp)
    return tuple(states)


def edited(state: State, old: str, new: str) -> State:
    """The state with one thing said otherwise in its body."""
    blocks = tuple(b.replace(old, new) for b in state.body)
    assert blocks != state.body, old
    return replace(state, body=blocks)
