"""The pages in two languages: which is chosen, what depends on it, and that nothing else does."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from gettext import NullTranslations
from typing import Any

import pytest
from babel.dates import format_datetime
from lxml import html as lxml_html
from starlette.testclient import TestClient
from web_shelf import HARBOUR, NOW, PAYLOADS, Filled, fill
from web_staff import Staff, staffed

from variorum.stages.collate import collate_documents
from variorum.stages.publish import apparatus
from variorum.web import create_app, languages
from variorum.web.languages import ENGLISH, FRENCH, LANGUAGES, Language, accepted, speaking
from variorum.web.reported import say, told

FR = {"accept-language": "fr-FR, fr;q=0.9, en;q=0.5"}


@pytest.fixture
def fresh(shelf: Filled) -> TestClient:
    """A browser without cookies."""
    app = create_app(shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    return TestClient(app, follow_redirects=False)


# -- which language ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("", "en"),
        ("fr", "fr"),
        ("fr-CA,fr;q=0.8", "fr"),
        ("en-GB,en;q=0.9,fr;q=0.8", "en"),
        ("de, fr;q=0.3", "fr"),
        ("fr;q=0.2, en;q=0.9", "en"),
        ("fr;q=0, en;q=0", "en"),
        ("fr;q=0", "en"),
        ("*", "en"),
        ("de,it", "en"),
        ("FR-fr ; q=1.0", "fr"),
        ("fr;q=high", "en"),
        ("fr;q=²", "en"),
        (",;=,;q=,fr;;", "fr"),
        ("x" * 5000 + ",fr", "en"),
    ],
)
def test_a_browser_is_answered_in_the_language_it_likes_best(header: str, code: str) -> None:
    assert accepted(header).code == code


def test_english_is_what_a_reader_gets_who_asks_for_nothing(fresh: TestClient) -> None:
    page = fresh.get("/")
    assert '<html lang="en">' in page.text
    assert page.headers["content-language"] == "en"
    assert {"Accept-Language", "Cookie"} <= set(page.headers["vary"].split(", "))
    assert "set-cookie" not in page.headers


def test_a_link_chooses_a_language_and_it_is_remembered(fresh: TestClient) -> None:
    page = fresh.get("/about?lang=fr")
    assert "À propos de cette archive" in page.text
    cookie = page.headers["set-cookie"]
    assert cookie.startswith("variorum-lang=fr; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax")
    assert page.headers["cache-control"] == "private, no-cache"
    assert "À propos de cette archive" in fresh.get("/about").text
    # The link is stronger than the cookie, the cookie than the browser.
    assert "About this archive" in fresh.get("/about?lang=en", headers=FR).text
    assert "About this archive" in fresh.get("/about", headers=FR).text


@pytest.mark.parametrize("value", ["xx", "", "FR", "../fr", "fr%00", "<script>", "en;fr"])
def test_a_language_that_is_not_spoken_here_changes_nothing(fresh: TestClient, value: str) -> None:
    page = fresh.get("/about", params={"lang": value}, headers=FR)
    assert page.status_code == 200
    assert '<html lang="fr">' in page.text
    assert "set-cookie" not in page.headers
    fresh.cookies.set("variorum-lang", value.replace(";", ""))
    assert '<html lang="en">' in fresh.get("/about").text


def test_the_switch_in_the_footer_leads_to_the_same_page(fresh: TestClient) -> None:
    page = fresh.get("/?kind=figure&announced=no&lang=fr")
    links = lxml_html.fromstring(page.text).xpath("//nav[@class='tongues']/a")
    assert [(a.get("lang"), a.text) for a in links] == [("en", "English"), ("fr", "Français")]
    assert [a.get("href") for a in links] == [
        "/?kind=figure&announced=no&lang=en",
        "/?kind=figure&announced=no&lang=fr",
    ]
    assert [a.get("aria-current") for a in links] == [None, "true"]
    # What programs read does not depend on it, so its address does not say it.
    twin = lxml_html.fromstring(page.text).xpath("//link[@type='application/json']/@href")
    assert twin == ["/index.json?kind=figure&announced=no"]


def test_the_switch_never_leads_to_another_host(fresh: TestClient) -> None:
    for path in ("//evil.example/", "//evil.example", "/\\evil.example"):
        page = fresh.get("http://testserver" + path)
        for place in lxml_html.fromstring(page.text).xpath("//nav[@class='tongues']/a/@href"):
            assert re.match(r"/(?![/\\])", place)


# -- caches -----------------------------------------------------------------------------------------


def test_a_page_kept_in_one_language_is_not_taken_for_the_other(fresh: TestClient) -> None:
    time.sleep(0.12)  # long enough for pages to be kept
    for path in ("/", "/a/1", "/a/1/v0..v1", "/a/1/v0..v1?view=side", "/statistics", "/search"):
        for _ in range(2):
            english, french = fresh.get(path), fresh.get(path, headers=FR)
            assert '<html lang="en">' in english.text and '<html lang="fr">' in french.text, path
            assert english.headers["etag"] != french.headers["etag"]
        tag = {"if-none-match": english.headers["etag"]}
        assert fresh.get(path, headers=tag).status_code == 304
        other = fresh.get(path, headers={**tag, **FR})
        assert other.status_code == 200 and '<html lang="fr">' in other.text
        again = fresh.get(path, headers={"if-none-match": other.headers["etag"], **FR})
        assert again.status_code == 304
        assert again.headers["content-language"] == "fr" and "Cookie" in again.headers["vary"]


# -- programs ---------------------------------------------------------------------------------------

FOR_PROGRAMS = [
    "/index.json",
    "/index.atom",
    "/a/1.json",
    "/a/1.atom",
    "/a/1/v0..v1.json",
    "/a/1/claims.json",
    "/a/1/v1.json",
    "/sources.json",
    "/sources/1.json",
    "/statistics.json",
    "/statistics/changed.csv",
    "/statistics/delay.csv",
    "/statistics/kinds.csv",
    "/sources.opml",
    "/speakers.atom?name=Ines+Maro",
    "/search.atom?q=crane",
    "/about.json",
    "/openapi.json",
    "/a/1/v99.json",
    "/index.json?weight=7",
    "/timemap/link/https://harbour.example/crane?id=7",
]


@pytest.mark.parametrize("path", FOR_PROGRAMS)
def test_programs_are_answered_in_english_whatever_they_say(fresh: TestClient, path: str) -> None:
    plain = fresh.get(path)
    french = fresh.get(path, headers={**FR, "cookie": "variorum-lang=fr"})
    assert french.status_code == plain.status_code
    assert french.content == plain.content
    assert "content-language" not in french.headers and "set-cookie" not in french.headers
    joined = "&" if "?" in path else "?"
    if not path.startswith("/timemap") and ".atom" not in path:
        assert fresh.get(f"{path}{joined}lang=fr").content == plain.content


def test_problems_are_told_to_programs_in_english_and_to_people_in_theirs(
    fresh: TestClient,
) -> None:
    for path in ("/a/1/v99", "/nowhere", "/?weight=7", "/a/1/compare?old=1"):
        program = fresh.get(path, headers={**FR, "accept": "application/json"})
        assert program.json() == fresh.get(path, headers={"accept": "application/json"}).json()
    page = fresh.get("/a/1/v99", headers=FR)
    assert "Version introuvable" in page.text and "les versions 0 à 2" in page.text
    assert page.headers["content-language"] == "fr"


# -- sentences of other rooms -----------------------------------------------------------------------


def test_a_known_sentence_is_said_again_and_another_is_marked_as_english() -> None:
    lines = {
        "changed: body, headline": "modifié\u00a0: texte, titre",
        "changed 2 h ago; checking again in 30 min": (
            "modifié il y a 2\u00a0h\u202f; nouvelle vérification dans 30\u00a0min"
        ),
        "Sentences of nobody.": '<span lang="en">Sentences of nobody.</span>',
        "a <b> & c": '<span lang="en">a &lt;b&gt; &amp; c</span>',
        "“<b>” became “&”": "«\u00a0&lt;b&gt;\u00a0» est devenu «\u00a0&amp;\u00a0»",
        "“{x}” became “%(y)s”": "«\u00a0{x}\u00a0» est devenu «\u00a0%(y)s\u00a0»",
        "": "",
    }
    with speaking(FRENCH):
        assert {line: str(told(line)) for line in lines} == lines
    with speaking(ENGLISH):
        assert str(told("changed: <b>")) == "changed: &lt;b&gt;"


def test_the_apparatus_is_said_in_french_to_the_last_line() -> None:
    pairs = [(a, b) for a in HARBOUR for b in HARBOUR if a is not b]
    lines = [line for a, b in pairs for line in apparatus(collate_documents(a, b), a, b)]
    with speaking(FRENCH):
        unknown = [line for line in lines if say(line) is None]
    assert len(lines) > 30 and unknown == []


def test_what_became_of_claims_is_said_in_french() -> None:
    from variorum.stages.claims import compare_claims

    pairs = [(a, b) for a in HARBOUR for b in HARBOUR if a is not b]
    found = [c for a, b in pairs for c in compare_claims(a, b, collate_documents(a, b))]
    with speaking(FRENCH):
        assert [c.statement for c in found if say(c.statement) is None] == []
    assert len(found) > 10


def test_every_reason_for_the_next_look_is_said_in_french() -> None:
    from variorum.stages.watch.schedule import words

    spans = [words(timedelta(seconds=s)) for s in (1, 59, 60, 600, 7_200, 90_000, 900_000, 10**8)]
    lines = [f"unchanged for {s}; checking again in {s}" for s in spans]
    lines += [f"gone for {s}; checking in {s} whether it is back" for s in spans]
    lines += [f"changed {n} in the last day; checking again in 1 h" for n in ("twice", "7 times")]
    with speaking(FRENCH):
        assert [line for line in lines if say(line) is None] == []


def test_a_long_line_takes_no_longer_than_its_length() -> None:
    line = "in paragraph 3 '" + "' became '" * 390
    with speaking(FRENCH):
        begun = time.process_time()
        for k in range(20):
            say(f"{line}{k}")
        assert time.process_time() - begun < 1
        assert say("changed: " + "x" * 5000) is None


# -- nothing is left in English ---------------------------------------------------------------------


class Bracketed(NullTranslations):
    """Every message between brackets: what a page shows outside of them did not come from here."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, one: str, more: str, number: int) -> str:
        return f"⟦{one if number == 1 else more}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"


class Pseudo(Language):
    """A language in which one sees what was translated."""

    messages = Bracketed()  # type: ignore[assignment]
    locale = ENGLISH.locale  # type: ignore[assignment]


PSEUDO = Pseudo("xx", "Pseudo")
# Elements that hold what pages and people said, or what is the same in every language.
FOREIGN = frozenset({"script", "style", "bdi", "code", "pre", "kbd", "time"})
CLASSES = frozenset(
    {"host", "hostname", "digest", "out", "nolink", "tick", "brand", "speaker", "tongues", "cue"}
)
# Names: of ours, of standards, of months, of the archive of the tests.
NAMES = frozenset(
    {"variorum", "utc", "json", "atom", "api", "csv", "xml", "opml", "bibtex", "mar", "pseudo"}
)
# What the archive of the tests was given, and what it was asked.
GIVEN = sorted(
    {
        *PAYLOADS,
        *(d.headline or "" for d in HARBOUR),
        *(m.caption for d in HARBOUR for m in d.media),
        *(n for d in HARBOUR for n in d.byline),
        "The Harbour Bell",
        "The lamp that went out",
        "Version 0 of 1.",
        "Ines Maro",
        "harbour master",
        "by hand",
        "variorum-align/5 variorum-sentences/1",
        "newssniffer:the-lamp-that-went-out",
        "imported from lamp.txt, a page of a News Sniffer archive",
        "https://harbour.example/nothing-yet",
        "https://harbour.example/lone",
        "https://harbour.example/feed.xml",
        "https://lost.example/",
        "harbour.example",
        "nadir.example",
        "nothingofthis",
        "nobodyofthis",
        "crane",
        "editor",
        "admin",
        "reader",
    },
    key=len,
    reverse=True,
)
SAID = ("title", "aria-label", "placeholder", "alt", "data-label")


def unmarked(page: str) -> list[str]:
    """Words of the interface that came through no catalogue."""
    tree = lxml_html.fromstring(page)
    found: list[str] = []
    _gather(tree, own=True, found=found)
    depth = 0
    loose: list[str] = []
    for piece in found:
        words = []
        for given in GIVEN:
            piece = piece.replace(given, " ") if given else piece
        for part in re.split(r"([⟦⟧])", piece):
            depth += (part == "⟦") - (part == "⟧")
            if not depth:
                words += re.findall(r"[^\W\d_]{2,}", part)
        loose += [w for w in words if w.casefold() not in NAMES]
    assert depth == 0
    return loose


def _gather(node: Any, own: bool, found: list[str]) -> None:
    """Texts and attributes of the interface, in the order of the page."""
    if not isinstance(node.tag, str):
        return
    if node.get("lang") is not None:
        own = node.get("lang") == "xx"
    mine = own and node.tag not in FOREIGN and not CLASSES & set(node.get("class", "").split())
    if own:
        found += [node.get(name) for name in SAID if node.get(name) and node.tag != "link"]
    if mine and node.text:
        found.append(node.text)
    for child in node:
        _gather(child, mine, found)
        if mine and child.tail:
            found.append(child.tail)


@pytest.fixture(scope="module")
def staff(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Staff]:
    filled = fill(tmp_path_factory.mktemp("languages") / "archive")
    with filled.archive:
        yield staffed(filled)


@pytest.fixture
def pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(languages.LANGUAGES, "xx", PSEUDO)  # type: ignore[arg-type]


FOR_READERS = [
    "/",
    "/?show=everything",
    "/?kind=gone&since=1h",
    "/?kind=figure&announced=no",
    "/a/1",
    "/a/4",
    "/a/5",
    "/a/1/v2",
    "/a/3/v0",
    "/a/5/v0",
    "/a/1/v0..v1",
    "/a/1/v0..v1?view=side",
    "/a/1/v0..v2?view=reading",
    "/a/1/v1..v2?view=changes",
    "/a/1/v0..v1/embed",
    "/a/1/claims",
    "/a/1/claims?kind=negated",
    "/a/1/blame",
    "/search",
    "/search?q=crane",
    "/search?q=nothingofthis",
    "/search?q=nothingofthis&kind=quote",
    "/speakers",
    "/speakers?q=nobodyofthis",
    "/speakers?name=Ines+Maro",
    "/speakers?name=Ines+Maro&kind=negated",
    "/articles",
    "/articles?q=nothingofthis",
    "/sources",
    "/sources/1",
    "/sources/2",
    "/statistics",
    "/statistics?host=harbour.example",
    "/about",
    "/log",
    "/sign-in",
    "/nowhere",
    "/a/999",
    "/a/1/v99",
    "/?weight=7",
]
FOR_STAFF = ["/account", "/people", "/notices", "/a/1/edit", "/sources/new", "/sources/1/edit"]


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("path", FOR_READERS)
def test_every_word_that_a_reader_sees_comes_from_the_catalogue(staff: Staff, path: str) -> None:
    page = staff.visitor("nobody").get(path, cookie="variorum-lang=xx")
    assert '<html lang="xx">' in page.text
    assert unmarked(page.text) == []


@pytest.mark.usefixtures("pseudo")
@pytest.mark.parametrize("path", FOR_STAFF)
def test_every_word_that_staff_sees_comes_from_the_catalogue(staff: Staff, path: str) -> None:
    visitor = staff.visitor("admin")
    page = visitor.get(path + "?lang=xx")
    assert page.status_code == 200 and '<html lang="xx">' in page.text
    assert unmarked(page.text) == []


@pytest.mark.usefixtures("pseudo")
def test_a_word_that_is_not_marked_would_be_found() -> None:
    page = '<html lang="xx"><body><p title="A title">⟦Marked ⟦twice⟧⟧ not</p></body></html>'
    assert unmarked(page) == ["title", "not"]


def test_news_keeps_its_own_language_on_a_french_page(fresh: TestClient) -> None:
    tree = lxml_html.fromstring(fresh.get("/a/1/v0..v1", headers=FR).text)
    (text,) = tree.xpath("//section[starts-with(@class, 'text')]")
    assert text.get("lang") == "en"
    assert {n.get("lang") for n in text.xpath(".//div[@class='margin']")} == {"fr"}
    (title,) = tree.xpath("//h1[@class='news']/bdi")
    assert title.get("lang") == ""
    (story,) = lxml_html.fromstring(fresh.get("/a/1/v1", headers=FR).text).xpath(
        "//article[@class='story']"
    )
    assert story.get("lang") == "en" and story.get("dir") == "auto"


def test_what_is_sent_by_a_form_is_answered_in_the_language_of_the_reader(staff: Staff) -> None:
    visitor = staff.visitor("admin")
    visitor.client.headers.update(FR)
    made = visitor.post("/account/tokens", name="essai", role="reader")
    assert "Nouveau jeton pour" in made.text
    # It has no address of its own: the switch leads to the front page.
    places = lxml_html.fromstring(made.text).xpath("//nav[@class='tongues']/a/@href")
    assert places == ["/?lang=en", "/?lang=fr"]
    refused = visitor.post("/people", name="essai", role="reader", password="court")
    assert "Un mot de passe demande au moins 10 caractères." in refused.text


@pytest.mark.parametrize("language", LANGUAGES.values(), ids=LANGUAGES.keys())
def test_times_are_told_as_babel_tells_them(language: Language) -> None:
    patterns = (language.moment, language.day, language.short, language.short_moment)
    for n in range(0, 366 * 24, 7):
        time = datetime(2024, 1, 1, 0, 5, tzinfo=UTC) + timedelta(hours=n, minutes=n)
        for pattern in patterns:
            told = format_datetime(time, pattern, locale=language.code)
            assert language.dated(time, pattern) == told
