"""The newspaper world as one object: stories, outlets, a clock, a server and the truth."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote

from variorum.newspaper import feeds, pages, pictures
from variorum.newspaper.clock import Clock
from variorum.newspaper.furniture import Furniture, Teaser
from variorum.newspaper.instead import instead
from variorum.newspaper.outlets import OUTLETS, Outlet
from variorum.newspaper.story import Story, load, split_block
from variorum.newspaper.truth import TrueArticle, dressed, true_article
from variorum.newspaper.typeset import plain, squeeze
from variorum.newspaper.wire import Answer, Request, Server, split

#: hours after the start at which something happens; the first is the start
ROUND_HOURS = (0, 1, 2, 4, 7, 11, 16, 24, 32, 48, 60, 72)
START = datetime(2025, 3, 12, 6, 0, tzinfo=UTC)  # a Wednesday; the stories' dates agree with it
DEMO_PORT = 8090


class Newspaper:
    """A small news world on loopback.

    Every outlet has an address of its own (127.0.0.2, 127.0.0.3, …) on one port; where those cannot
    be had, a path prefix of its own on 127.0.0.1. What is served depends on the clock, on ``seed``
    and, for the furniture of a page, on how often that page was asked for. ``start`` moves the
    rounds and the dates that pages give in their metadata, not the dates within the prose. ``slow``
    is how many seconds the slow answers take.
    """

    def __init__(self, start: datetime = START, seed: int = 0, slow: float = 0.3) -> None:
        self.clock = Clock(start)
        first = self.clock.now()
        self.rounds: list[datetime] = [first + timedelta(hours=h) for h in ROUND_HOURS]
        self.seed = seed
        self.slow = slow
        self.base_urls: dict[str, str] = {}
        self._stories = load()
        self._fetches: Counter[str] = Counter()
        self._shared = False
        self._place("127.0.0.1", DEMO_PORT, shared=False)

    @property
    def round(self) -> int:
        """The number of the round that the clock has reached; -1 before the first."""
        now = self.clock.now()
        return sum(moment <= now for moment in self.rounds) - 1

    @contextmanager
    def serve(self, host: str = "127.0.0.1", port: int = 0) -> Iterator[Newspaper]:
        """Serve in a thread until the block is left. ``base_urls`` then hold the real addresses.

        ``host`` carries the index of outlets (and the outlets themselves, where loopback has but
        one address). Raises OSError when the port is taken.
        """
        addresses = [host, *(o.address for o in OUTLETS)]
        try:
            server, shared = Server(self.answer, addresses, port), False
        except OSError:
            server, shared = Server(self.answer, [host], port), True
        self._place(host, server.port, shared)
        server.start()
        try:
            yield self
        finally:
            server.stop()

    def sources(self) -> list[str]:
        """What a person would add: feeds, a sitemap, a front page, a single article."""
        urls = [self.base_urls[o.key] + path for o in OUTLETS for path in o.sources]
        return urls + [self.url_of(s) for s in self._stories if "added-by-hand" in s.quirks]

    def truth(self) -> dict[str, TrueArticle]:
        """Everything that is true of every story, by its first URL (under ``base_urls``)."""
        articles = [
            true_article(s, self._outlet(s), self.base_urls[s.outlet], self.rounds)
            for s in self._stories
        ]
        return {article.url: article for article in articles}

    def url_of(self, story: Story) -> str:
        """The first address of a story."""
        return self.base_urls[story.outlet] + self._outlet(story).path(story)

    # -- answering ---------------------------------------------------------------------------

    def answer(self, request: Request) -> Answer:
        """What one request gets now. The same requests in the same order get the same bytes."""
        outlet, target = self._locate(request)
        if outlet is None:
            return self._index() if request.path in ("/", "") else Answer(404, _TEXT, b"?\n")
        path = split(target).path or "/"
        count = self._count(f"{outlet.key}{target}")
        made = self._page(outlet, path, target, count)
        return _conditional(_zipped(made, outlet, request), request)

    def _page(self, outlet: Outlet, path: str, target: str, count: int) -> Answer:
        base = self.base_urls[outlet.key]
        if path == "/robots.txt":
            return Answer(200, _TEXT, feeds.robots(outlet, base).encode())
        if path in outlet.lists:
            return self._list(outlet, path)
        if path.startswith(("/images/", "/pix/")):
            return pictures.picture(path)
        furniture = self._furniture(outlet, path, count)
        if path == "/":
            return self._front(outlet, furniture)
        if path.startswith("/sections/"):
            return self._front(outlet, furniture, unquote(path.removeprefix("/sections/")))
        if path.startswith("/features/"):
            return instead("feature", outlet, base, furniture)
        found = self._find(outlet, target)
        if found is None or found.first_round > self.round:
            return instead("404", outlet, base, furniture)
        return self._article(outlet, found, target, furniture)

    def _article(self, outlet: Outlet, story: Story, target: str, furniture: Furniture) -> Answer:
        round_, base = self.round, self.base_urls[outlet.key]
        slug = story.slug_at(round_)
        if slug != story.slug and not self._is(outlet, story, slug, target):
            return Answer(301, (("Location", base + outlet.path(story, slug)), *_HTML))
        delivery = story.delivery_at(round_)
        what = delivery.what if delivery else ""
        if what == "merged" and delivery:
            other = next(s for s in self._stories if s.slug == delivery.to)
            return Answer(301, (("Location", self.url_of(other)), *_HTML))
        if what and what not in _STILL_PAGES:
            return instead(what, outlet, base, furniture, target)
        sheet = pages.article_sheet(
            outlet, story, round_, self.rounds, base, furniture, wall=_WALLS.get(what, "")
        )
        html = pages.render(outlet.look_at(round_), s=sheet, f=furniture)
        if outlet.shuffles:
            html = furniture.shuffle(html, whole=outlet.hostile)
        made = _html(self._moored(html, outlet), outlet, story.quirks, furniture)
        if what == "half":
            return replace(made, cut=len(made.body) // 2)
        if what == "slow":
            return replace(made, delay=self.slow)
        return self._validated(made, outlet, story, round_, what)

    def _validated(
        self, made: Answer, outlet: Outlet, story: Story, round_: int, what: str
    ) -> Answer:
        """``made`` with the outlet's validators, which follow the story and not the page."""
        step = story.step_at(round_)
        if step is None:
            return made
        extra: tuple[tuple[str, str], ...] = ()
        if outlet.etag:
            mark = f"{story.slug}|{step.round}|{what}|{outlet.look_at(round_)}"
            mark += f"|{sorted(outlet.dress_at(round_))}"
            extra += (("ETag", f'W/"{hashlib.sha256(mark.encode()).hexdigest()[:16]}"'),)
        if outlet.last_modified and not what:
            stamp = format_datetime(self.rounds[step.round], usegmt=True)
            extra += (("Last-Modified", stamp),)
        return replace(made, headers=(*made.headers, *extra))

    def _list(self, outlet: Outlet, path: str) -> Answer:
        make, media_type = feeds.LISTS[path]
        text = make(outlet, self.base_urls[outlet.key], self._entries(outlet))
        encoding = "utf-8" if "sitemap" in path or "json" in path else outlet.encoding
        body = text.encode(encoding, "xmlcharrefreplace")
        if path.endswith(".gz"):
            body = gzip.compress(body, mtime=0)
        charset = "" if path.endswith(".gz") else f"; charset={encoding}"
        headers = [("Content-Type", media_type + charset)]
        if outlet.etag:
            headers.append(("ETag", f'"{hashlib.sha256(body).hexdigest()[:16]}"'))
        return Answer(200, tuple(headers), body)

    def _front(self, outlet: Outlet, furniture: Furniture, section: str | None = None) -> Answer:
        """The front page, or that of one section."""
        base = self.base_urls[outlet.key]
        entries = self._entries(outlet)
        if section is not None:
            entries = [e for e in entries if e.section.lower() == section.lower()]
        if section is not None and not entries:
            return instead("404", outlet, base, furniture)
        cards = [{"href": feeds.local(e.url), **_fields(e)} for e in entries]
        alternates = [
            (outlet.name, feeds.LISTS[p][1], p) for p in outlet.lists if "sitemap" not in p
        ]
        html = pages.render(
            "front.html",
            outlet=outlet,
            cards=cards,
            f=furniture,
            alternates=alternates,
            sections=sorted({e.section for e in entries}),
        )
        return _html(self._moored(html, outlet), outlet, frozenset(), furniture)

    def _moored(self, html: str, outlet: Outlet) -> str:
        """Links from the root kept within the outlet where it lives under a path."""
        return _ROOTED.sub(rf"\1/~{outlet.key}/", html) if self._shared else html

    def _index(self) -> Answer:
        rows = "".join(
            f'<li><a href="{self.base_urls[o.key]}/">{o.name}</a>: {o.tagline}</li>'
            for o in OUTLETS
        )
        now = f"{self.clock.now():%A %d %B %Y, %H:%M} (round {self.round})"
        html = f"<!DOCTYPE html><title>The demo newspaper</title><p>{now}</p><ul>{rows}</ul>"
        return Answer(200, _HTML, html.encode())

    # -- stories -----------------------------------------------------------------------------

    def _entries(self, outlet: Outlet) -> list[feeds.Entry]:
        """The stories an outlet lists now, newest first; what was taken down is not listed."""
        round_, base = self.round, self.base_urls[outlet.key]
        found: list[feeds.Entry] = []
        for story in self._stories:
            step, delivery = story.step_at(round_), story.delivery_at(round_)
            unlisted = delivery and delivery.what in _UNLISTED
            if story.outlet != outlet.key or step is None or unlisted or "unlisted" in story.quirks:
                continue
            first = split_block(step.state.body[0])[1]
            found.append(
                feeds.Entry(
                    url=base + outlet.path(story, story.slug_at(round_)),
                    headline=squeeze(dressed(step.state.headline, step, outlet, round_)),
                    summary=plain(dressed(first, step, outlet, round_))[:200],
                    byline=step.state.byline,
                    section=story.section,
                    published=pages.printed(self.rounds[story.first_round], story),
                    modified=pages.printed(self.rounds[step.round], story),
                )
            )
        return sorted(found, key=lambda e: (e.published, e.url), reverse=True)

    def _find(self, outlet: Outlet, target: str) -> Story | None:
        for story in self._stories:
            if story.outlet == outlet.key and any(
                self._is(outlet, story, slug, target) for slug in story.slugs()
            ):
                return story
        return None

    @staticmethod
    def _is(outlet: Outlet, story: Story, slug: str, target: str) -> bool:
        ours, theirs = split(outlet.path(story, slug)), split(target)
        wanted, given = parse_qs(ours.query), parse_qs(theirs.query)
        same_path = unquote(ours.path) == unquote(theirs.path)
        return same_path and all(given.get(k) == v for k, v in wanted.items())

    def _outlet(self, story: Story) -> Outlet:
        return next(o for o in OUTLETS if o.key == story.outlet)

    # -- places ------------------------------------------------------------------------------

    def _place(self, host: str, port: int, shared: bool) -> None:
        self._shared = shared
        for outlet in OUTLETS:
            base = f"http://{host}:{port}/~{outlet.key}" if shared else ""
            self.base_urls[outlet.key] = base or f"http://{outlet.address}:{port}"

    def _locate(self, request: Request) -> tuple[Outlet | None, str]:
        """The outlet asked and the target within it."""
        for outlet in OUTLETS:
            prefix = f"/~{outlet.key}"
            if not self._shared and request.address == outlet.address:
                return outlet, request.target
            if self._shared and request.target.startswith(prefix):
                return outlet, request.target[len(prefix) :] or "/"
        return None, request.target

    def _count(self, key: str) -> int:
        self._fetches[key] += 1
        return self._fetches[key]

    def _furniture(self, outlet: Outlet, path: str, count: int) -> Furniture:
        teasers: Sequence[Teaser] = [
            Teaser(e.headline, feeds.local(e.url)) for e in self._entries(outlet)[:12]
        ]
        seed = f"{self.seed}|{outlet.key}|{path}|{count}"
        return Furniture(seed, outlet.language, self.clock.now(), teasers)


_HTML = (("Content-Type", "text/html; charset=utf-8"),)
_TEXT = (("Content-Type", "text/plain; charset=utf-8"),)
_ROOTED = re.compile(r"""((?:href|src|srcset|data-src|action)=")/(?!~)""")
_WALLS = {"paywall": "stub", "scrambled": "scrambled"}
_STILL_PAGES = frozenset({"paywall", "scrambled", "half", "slow", "robots"})
_UNLISTED = frozenset({"404", "410", "soft404", "front", "merged"})


def _fields(entry: feeds.Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in ("headline", "summary", "section", "published")}


def _html(html: str, outlet: Outlet, quirks: frozenset[str], furniture: Furniture) -> Answer:
    """A page in its encoding, declared the way the outlet (or a quirk of the story) does it."""
    encoding, declared = outlet.encoding, outlet.encoding
    if "utf16" in quirks:
        encoding, declared = "utf-16", ""  # Python writes a BOM
    elif "bom" in quirks:
        encoding, declared = "utf-8-sig", "iso-8859-1"  # a BOM goes before a header's charset
    elif "two-encodings" in quirks and furniture.chance(0.5):
        encoding, declared = "windows-1252", "windows-1252"
    kind = "text/html"
    if declared and outlet.charset == "header":
        kind += f"; charset={declared}"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", kind), ("Cache-Control", "max-age=0"))
    if outlet.hostile:
        headers += (("Set-Cookie", f"visit={furniture.token(16)}; Path=/"), ("Vary", "Cookie"))
    return Answer(200, headers, html.encode(encoding, "xmlcharrefreplace"))


def _zipped(made: Answer, outlet: Outlet, request: Request) -> Answer:
    asked = "gzip" in request.headers.get("accept-encoding", "")
    if not (outlet.gzip and asked and made.body and made.cut is None and made.raw is None):
        return made
    body = gzip.compress(made.body, compresslevel=5, mtime=0)
    return replace(made, body=body, headers=(*made.headers, ("Content-Encoding", "gzip")))


def _conditional(made: Answer, request: Request) -> Answer:
    """304 where the asker's validator still holds (RFC 9110: If-None-Match goes before dates)."""
    if made.status != 200 or made.cut is not None:
        return made
    ours = {name.lower(): value for name, value in made.headers}
    etag, since = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
    if etag is not None:
        fresh = "etag" in ours and ours["etag"] in [mark.strip() for mark in etag.split(",")]
    else:
        fresh = since is not None and since == ours.get("last-modified")
    kept = tuple((n, v) for n, v in made.headers if n in ("ETag", "Last-Modified"))
    return Answer(304, kept) if fresh else made
