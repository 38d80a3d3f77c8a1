"""The newspaper behaves as sites do: lists, validators, walls, furniture, its own time."""

from __future__ import annotations

import gzip
import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from http.client import IncompleteRead
from time import monotonic, sleep
from urllib.parse import urljoin

import feedparser
import pytest
from lxml import etree
from newspaper_reader import decode, get, read

from variorum.newspaper import Newspaper, TrueArticle
from variorum.newspaper.wire import Request, Server, bind

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(scope="module")
def paper() -> Iterator[Newspaper]:
    with Newspaper().serve() as served:
        yield served


def listed(url: str, base: str) -> set[str]:
    """The story URLs that a list gives, following a sitemap index."""
    status, headers, body = get(url)
    assert status == 200
    if url.endswith(".gz"):
        body = gzip.decompress(body)
    if "sitemap" in url:
        tree = etree.fromstring(body)
        urls = {str(loc.text) for loc in tree.iter(f"{SITEMAP}loc")}
        if tree.tag == f"{SITEMAP}sitemapindex":
            return set().union(*(listed(u, base) for u in urls))
        return urls
    if "json" in headers["content-type"]:
        return {item["url"] for item in json.loads(body)["items"]}
    if url == f"{base}/":
        page = etree.HTML(decode(body, headers))
        return {urljoin(url, href) for href in page.xpath("//article//h2/a/@href")}
    parsed = feedparser.parse(body, response_headers={"content-location": url})
    links = {e.link for e in parsed.entries if e.get("link")}
    return {urljoin(url, u).partition("?utm_")[0] for u in links}


def outlet_of(paper: Newspaper, url: str) -> str:
    return next(k for k, base in paper.base_urls.items() if url.startswith(base))


def test_every_story_can_be_found_from_the_sources(paper: Newspaper) -> None:
    found: set[str] = set()
    for time in paper.rounds:
        paper.clock.set(time)
        for source in paper.sources():
            base = paper.base_urls[outlet_of(paper, source)]
            path = source.removeprefix(base)
            found |= listed(source, base) if "story=" not in path else {source}
    missing = set(paper.truth()) - found
    assert not missing


def test_the_lists_of_an_outlet_agree_whatever_their_form(paper: Newspaper) -> None:
    from variorum.newspaper.outlets import OUTLETS

    paper.clock.set(paper.rounds[6])
    for outlet in OUTLETS:
        base = paper.base_urls[outlet.key]
        names = [n for n in (*outlet.lists, "/") if n != "/rss"]
        lists = [{u for u in listed(base + n, base) if u.startswith(base)} for n in names]
        wanted = lists[-1]  # the front page
        assert len(wanted) >= 5
        assert all(found == wanted for found in lists), outlet.key


def test_what_was_taken_down_is_listed_no_more(paper: Newspaper) -> None:
    base = paper.base_urls["flash"]
    url = next(u for u in paper.truth() if "tv-chef" in u)
    paper.clock.set(paper.rounds[5])
    assert url in listed(f"{base}/feeds/all.rss", base)
    paper.clock.set(paper.rounds[6])
    assert url not in listed(f"{base}/feeds/all.rss", base)


def test_a_feed_can_be_a_web_page_in_disguise(paper: Newspaper) -> None:
    status, headers, body = get(paper.base_urls["nadir"] + "/rss")
    assert (status, headers["content-type"]) == (200, "application/rss+xml; charset=utf-8")
    assert body.startswith(b"<!doctype html>")


def test_robots_txt_forbids_something_and_asks_for_patience(paper: Newspaper) -> None:
    for base in paper.base_urls.values():
        text = get(f"{base}/robots.txt")[2].decode()
        assert "Disallow: /" in text and "Crawl-delay: 0.02" in text
    forbidden = [a for a in paper.truth().values() if any(o.what == "robots" for o in a.outcomes)]
    assert len(forbidden) == 1 and not forbidden[0].versions


def test_a_validator_holds_while_the_story_does_and_no_longer(paper: Newspaper) -> None:
    for key, name, asks in (
        ("courier", "etag", "If-None-Match"),
        ("gazette", "etag", "If-None-Match"),
        ("tarn", "last-modified", "If-Modified-Since"),
    ):
        article = next(a for a in paper.truth().values() if a.outlet == key and len(a.versions) > 2)
        first, second = article.versions[:2]
        paper.clock.set(first.time)
        mark = get(article.url)[1][name]
        paper.clock.set(second.time - timedelta(minutes=1))
        assert get(article.url, **{asks: mark})[0] == 304
        paper.clock.set(second.time)
        status, headers, _ = get(article.url, **{asks: mark})
        assert status == 200 and headers[name] != mark


def test_no_two_answers_of_a_page_are_alike_though_the_story_is(paper: Newspaper) -> None:
    paper.clock.set(paper.rounds[3])
    for key in ("flash", "nadir"):
        url = next(
            a.url for a in paper.truth().values() if a.outlet == key and a.outcome_at(3) == "ok"
        )
        answers = [get(url) for _ in range(6)]
        pages = [decode(body, headers) for _, headers, body in answers]
        assert len(set(pages)) == 6
        assert len({tuple(read(p, key).paragraphs) for p in pages}) == 1
        sizes = {len(p) for p in pages}
        assert len(sizes) > 1


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others() -> None:
    def edition(seed: int) -> list[bytes]:
        made = Newspaper(seed=seed)
        made.clock.set(made.rounds[4])
        asked = [("127.0.0.3", "/"), ("127.0.0.7", "/read.php?story=port-boss-secret-pension")]
        return [made.answer(Request("GET", t, a)).body for a, t in asked * 3]

    assert edition(0) == edition(0)
    assert edition(0) != edition(1)


def test_half_an_answer_promises_more_than_it_gives(paper: Newspaper) -> None:
    article = next(a for a in paper.truth().values() if any(o.what == "half" for o in a.outcomes))
    paper.clock.set(paper.rounds[7])
    with pytest.raises(IncompleteRead):
        get(article.url)


def test_a_paywall_stub_has_the_first_paragraph_and_not_the_second(paper: Newspaper) -> None:
    walled = [a for a in paper.truth().values() if any(o.what == "paywall" for o in a.outcomes)]
    assert len(walled) >= 3
    for article in walled:
        wall = next(o for o in article.outcomes if o.what == "paywall")
        paper.clock.set(wall.time)
        status, headers, body = get(article.url)
        page = " ".join(decode(body, headers).split())
        last = article.versions[-1] if article.version_at(wall.round) is None else None
        version = article.version_at(wall.round) or last
        assert status == 200 and version is not None
        assert "subscribe" in page.lower() or "abonn" in page.lower() or "Log in" in page
        assert not any(p[:40] in page for p in version.paragraphs[1:])


def test_a_consent_wall_stands_before_everything_of_one_outlet(paper: Newspaper) -> None:
    paper.clock.set(paper.rounds[5])
    for article in paper.truth().values():
        if article.outlet == "nadir" and article.outcome_at(5) == "blocked":
            status, _, body = get(article.url)
            assert status == 200 and b"842 partners" in body


def test_a_renamed_story_redirects_to_its_new_address(paper: Newspaper) -> None:
    article = next(a for a in paper.truth().values() if a.aliases)
    paper.clock.set(paper.rounds[5])
    assert get(article.url)[0] == 200
    assert get(article.aliases[0])[0] == 200  # harmless: nobody links there yet
    paper.clock.set(paper.rounds[6])
    status, headers, _ = get(article.url)
    assert (status, headers["location"]) == (301, article.aliases[0])
    assert get(article.aliases[0])[0] == 200


def test_a_redirect_loop_never_ends(paper: Newspaper) -> None:
    article = next(a for a in paper.truth().values() if any(o.what == "loop" for o in a.outcomes))
    paper.clock.set(paper.rounds[3])
    url, seen = article.url, set()
    for _ in range(15):
        status, headers, _ = get(url)
        assert status == 302
        seen.add(url)
        url = headers["location"]
    assert len(seen) == 15


def test_pages_come_in_five_encodings(paper: Newspaper) -> None:
    paper.clock.set(paper.rounds[4])
    kinds = set()
    for article in paper.truth().values():
        if article.outcome_at(4) == "ok":
            for _ in range(3):
                _, headers, body = get(article.url)
                kinds.add(
                    (headers["content-type"].partition("charset=")[2], body[:3] == b"\xef\xbb\xbf")
                )
    assert {k for k, _ in kinds} == {"", "utf-8", "iso-8859-15", "iso-8859-1", "windows-1252"}
    assert ("iso-8859-1", True) in kinds  # the header lies, the BOM does not


def test_sections_list_their_stories_and_features_are_no_stories(paper: Newspaper) -> None:
    paper.clock.set(paper.rounds[6])
    base = paper.base_urls["pregon"]
    assert b"incendio-fabrica" in get(f"{base}/sections/sucesos")[2]
    assert b"incendio-fabrica" not in get(f"{base}/sections/ciudad")[2].partition(b"<aside>")[0]
    assert get(f"{base}/sections/nada")[0] == 404
    assert get(f"{base}/features/2")[0] == 200


def test_pictures_are_pictures(paper: Newspaper) -> None:
    assert get(paper.base_urls["flash"] + "/pix/x.png?v=1")[2].startswith(b"\x89PNG")
    assert get(paper.base_urls["courier"] + "/images/x.svg")[2].startswith(b"<svg")


def test_gzip_is_given_to_those_who_ask(paper: Newspaper) -> None:
    url = paper.base_urls["courier"] + "/"
    _, headers, body = get(url, **{"Accept-Encoding": "gzip"})
    assert headers["content-encoding"] == "gzip"
    assert b"Alder Courier" in gzip.decompress(body)
    assert "content-encoding" not in get(url)[1]


def test_the_clock_is_set_advanced_and_let_run() -> None:
    made = Newspaper()
    assert made.round == 0
    made.clock.advance(hours=1)
    assert made.round == 1
    made.clock.set(made.rounds[0] - timedelta(days=1))
    assert made.round == -1
    made.clock.set(made.rounds[0])
    made.clock.run(hours_per_second=3600)
    sleep(0.05)
    made.clock.run(0)
    stopped = made.clock.now()
    assert stopped > made.rounds[-1] and made.clock.now() == stopped


def test_another_start_moves_the_rounds_and_the_dates_of_the_pages(paper: Newspaper) -> None:
    start = paper.rounds[0] + timedelta(days=365)
    made = Newspaper(start=start)
    assert made.rounds[0] == start
    answer = made.answer(Request("GET", "/rss.xml", "127.0.0.2"))
    assert b"2026" in answer.body and b"2025" not in answer.body


def test_before_the_first_round_the_outlets_are_there_and_empty() -> None:
    made = Newspaper()
    made.clock.set(made.rounds[0] - timedelta(hours=1))
    for number in range(2, 8):
        assert made.answer(Request("GET", "/", f"127.0.0.{number}")).status == 200


def test_where_loopback_has_one_address_the_outlets_share_it_by_path(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from variorum.newspaper import newspaper as module

    class OneAddress(Server):
        def __init__(self, handler: object, addresses: list[str], port: int = 0) -> None:
            if len(addresses) > 1:
                raise OSError("no such address")
            super().__init__(handler, addresses, port)  # type: ignore[arg-type]

    monkeypatch.setattr(module, "Server", OneAddress)
    with Newspaper().serve() as made:
        assert all(made.base_urls[k].endswith(f"/~{k}") for k in made.base_urls)
        for article in made.truth().values():
            if article.versions and article.versions[0].round == 0:
                status, headers, body = get(article.url)
                assert status == 200
                seen = read(decode(body, headers), article.outlet)
                assert seen.paragraphs == article.versions[0].paragraphs
        for source in made.sources():
            base = made.base_urls[outlet_of(made, source)]
            if "story=" not in source:
                found = {u for u in listed(source, base) if u.startswith("http")}
                assert found and found <= set(made.truth())


def test_it_listens_on_loopback_only_and_says_when_a_port_is_taken() -> None:
    with pytest.raises(OSError, match="loopback only"):
        bind(["0.0.0.0"], 0)
    with Newspaper().serve() as made:
        port = int(made.base_urls["courier"].rpartition(":")[2])
        with pytest.raises(OSError), Newspaper().serve(port=port):
            pass


def test_serving_ends_when_its_block_does() -> None:
    began = monotonic()
    with Newspaper().serve() as made:
        url = made.base_urls["courier"] + "/"
        assert get(url)[0] == 200
    with pytest.raises(OSError):
        get(url)
    assert monotonic() - began < 20


def test_importing_the_newspaper_costs_nothing() -> None:
    code = "import sys, variorum.newspaper; print(*sys.modules)"
    loaded = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    assert not {"jinja2", "asyncio", "aiohttp", "tomllib"} & set(loaded)


def test_it_runs_by_itself_and_stops_when_asked() -> None:
    command = [sys.executable, "-m", "variorum.newspaper", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout is not None
        source = running.stdout.readline().decode().strip()
        assert get(source)[0] == 200
        running.send_signal(signal.SIGTERM)
        assert running.wait(timeout=10) == 0


def test_the_truth_can_be_printed_as_json() -> None:
    command = [sys.executable, "-m", "variorum.newspaper", "--truth"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert len(json.loads(printed)) == len(Newspaper().truth())


def test_a_version_is_as_old_as_its_round(paper: Newspaper) -> None:
    for article in paper.truth().values():
        assert isinstance(article, TrueArticle)
        assert [v.number for v in article.versions] == list(range(len(article.versions)))
        assert all(v.time == paper.rounds[v.round] for v in article.versions)
