"""Texts that have run, or broken, something somewhere: through every place that a story or a reader
can put one, in a real browser. Nothing may run, load, be blocked by the policy, or scroll sideways."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from browser_help import served
from web_shelf import Shelf, fill, story

import naughty_setup
from variorum.model import Media, Notice
from variorum.pipeline.path import CapturePath

pytestmark = pytest.mark.browser

CALL = "alert(document.domain)"
#: Ways of making markup run, each by another door; of our own writing.
RUNNING = (
    f"<script>{CALL}</script>",
    f"<ScRiPt\n>{CALL}</sCrIpT >",
    f"<script/src=data:,{CALL}></script>",
    f"<scr<script>ipt>{CALL}</scr</script>ipt>",
    f"<img src=x onerror={CALL}>",
    f"<img/src='x'/onerror='{CALL}'>",
    f"<img src=x:x onerror\n=\n{CALL} //",
    f"<svg><animate onbegin={CALL} attributeName=x dur=1s>",
    f"<svg/onload={CALL}>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg><a xlink:href='javascript:{CALL}'><text y=20>go</text></a></svg>",
    f"<svg><use href='data:image/svg+xml,<svg id=x onload={CALL}></svg>#x'/></svg>",
    f"<svg><foreignObject><iframe srcdoc='<script>{CALL}</script>'></foreignObject></svg>",
    f"<math><mtext><table><mglyph><style><img src=x onerror={CALL}></style></mglyph></table></mtext>",
    f"<math><mi//xlink:href='data:x,<script>{CALL}</script>'>",
    f"<body onload={CALL}>",
    f"<details open ontoggle={CALL}>",
    f"<input autofocus onfocus={CALL}>",
    f"<select autofocus onfocus={CALL}><option>",
    f"<video><source onerror={CALL}></video>",
    f"<audio src=x onerror={CALL}>",
    f"<marquee onstart={CALL}>",
    f"<iframe src='javascript:{CALL}'></iframe>",
    f"<iframe srcdoc='&lt;script&gt;{CALL}&lt;/script&gt;'></iframe>",
    f"<object data='javascript:{CALL}'></object>",
    f"<embed src='javascript:{CALL}'>",
    f"<form action='javascript:{CALL}'><button>go</button></form>",
    f"<button form=x formaction='javascript:{CALL}'>go</button>",
    f"<a href='javascript:{CALL}'>go</a>",
    f"<a href='&#106;avascript:{CALL}'>go</a>",
    f"<a href='java\tscript:{CALL}'>go</a>",
    f"<a href=' \x01javascript:{CALL}'>go</a>",
    f"<base href='javascript:{CALL}//'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    '<meta http-equiv=Content-Security-Policy content="script-src *">',
    "<link rel=stylesheet href='//elsewhere.example/x.css'>",
    "<link rel=prefetch href='//elsewhere.example/x'>",
    "<style>@import '//elsewhere.example/x.css'; *{background:url(//elsewhere.example/y)}</style>",
    "<div style='background:url(//elsewhere.example/z)'>",
    f"<template><script>{CALL}</script></template>",
    f"<noscript><p title='</noscript><img src=x onerror={CALL}>'>",
    f"<textarea></textarea><img src=x onerror={CALL}>",
    f"<title></title><img src=x onerror={CALL}>",
    f"<!--><img src=x onerror={CALL}>-->",
    f"<!-- --!><img src=x onerror={CALL}> -->",
    f"<![CDATA[<img src=x onerror={CALL}>]]>",
    f"<?xml version='1.0'?><html:script xmlns:html='http://www.w3.org/1999/xhtml'>{CALL}</html:script>",
    f"\"'><img src=x onerror={CALL}>",
    f'" autofocus onfocus={CALL} x="',
    f"' autofocus onfocus={CALL} x='",
    f"`-{CALL}-`",
    f"';{CALL};//",
    f"\\';{CALL};//",
    f"</script><script>{CALL}</script>",
    f"${{{CALL}}} {{{{{CALL}}}}} {{% {CALL} %}} #{{{CALL}}} <%= {CALL} %>",
    "{{ self._TemplateReference__context }} {{ config }} {{ ''.__class__.__mro__ }}",
    f"%3Cscript%3E{CALL}%3C/script%3E",
    f"&lt;script&gt;{CALL}&lt;/script&gt;",
    f"&amp;lt;img src=x onerror={CALL}&amp;gt;",
    f"\ufeff<script>{CALL}</script>",
    f"\uff1cscript\uff1e{CALL}\uff1c/script\uff1e",
    f"+ADw-script+AD4-{CALL}+ADw-/script+AD4-",
    f"<img src=x onerror=\u2028{CALL}\u2029>",
    f"<x contenteditable onblur={CALL}>lose focus</x>",
    f"<a id=x tabindex=1 onfocus={CALL}></a>",
    "<img name=getElementById><form id=body><input name=attributes></form>",
)
#: Texts that break programs rather than pages; of our own writing.
NAUGHTY = (
    "",
    " ",
    "\u00a0\u2003\u3000",
    "null",
    "undefined",
    "NaN",
    "-1",
    "0x7fffffff",
    "9" * 60,
    "1e400",
    "true",
    "[object Object]",
    "' OR 1=1 --",
    '"; DROP TABLE article; --',
    "%s %d %n {0} {name} %(x)s",
    "../../../../etc/passwd",
    "C:\\nul\\con.txt",
    "\x00\x01\x02\x1b[2J\x7f\x85\x9f",
    "line\r\nSet-Cookie: owned=1\r\n\r\n",
    "\u2028\u2029\u0085",
    "\u202ereversed\u202c \u2066isolated\u2069 \u200fright\u200e",
    "שלום עולם مرحبا بالعالم",
    "الكلمات the words كلمات 123",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤ ̖t̝͕̳̣̻̪͞h̼͓̲̦̳̘̲e͇̣̰̦̬͎ ̢̼̻̱̘h͚͎͙̜̣̲ͅi̦̲̣̰̤v̻͍e̺̭̳̪̰-m̢iͅn̖̺̞̲̯̰d̵̼̟͙̩̼̘̳",
    "a" + "\u0301" * 300,
    "👩‍👩‍👧‍👦🏳️‍🌈🇦🇶" * 20,
    "ﬃ ﷽ ㍿ ᚠᛇᚻ ⠓⠑",
    "田中さんにあげて下さい 部落格",
    "İstanbul ıI ßẞ ǅ ﬁ",
    "\ufffe\uffff\U0010ffff",
    "W" * 500,
    "wide " * 200,
    "https://" + "a" * 250 + ".example/" + "b" * 250,
)
TEXTS = RUNNING + NAUGHTY


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[int]]]:
    """Stories with the texts in every field, eight texts a story; their address and numbers."""
    filled = fill(tmp_path_factory.mktemp("hostile") / "archive")
    shelf = Shelf(filled.archive, CapturePath(filled.archive, None))  # type: ignore[arg-type]
    numbers = _stories(shelf, TEXTS, 8)
    with filled.archive, served(filled.archive) as base:
        yield base, numbers


def _stories(shelf: Shelf, texts: tuple[str, ...], at_once: int) -> list[int]:
    """Articles of two versions that hold the texts, so many each; their numbers."""
    numbers = []
    for start in range(0, len(texts), at_once):
        some = texts[start : start + at_once]
        versions = [_story(some[turn:] + some[:turn], turn) for turn in (0, 1)]
        numbers.append(shelf.article(f"https://hostile.example/{start}", versions))
    return numbers


def _story(texts: tuple[str, ...], turn: int) -> Any:
    said = [f'"{t} {turn}," said {t}, who counted {turn + 12} of {t}.' for t in texts]
    return story(
        texts[0],
        *texts,
        *said,
        byline=texts[:4],
        published=texts[1],
        section=texts[2],
        media=tuple(Media("image", t, t) for t in texts),
        notices=tuple(Notice("correction", f"{t} {turn}") for t in texts[:3]),
    )


def watched(page: Any) -> Any:
    """The page, writing down what its policy blocks."""
    page.add_init_script(
        "document.addEventListener('securitypolicyviolation', e => console.error(e.blockedURI))"
    )
    return page


def test_hostile_texts_in_stories_run_nothing(visit: Any, attacked: tuple[str, list[int]]) -> None:
    base, numbers = attacked
    page = watched(visit(f"{base}/about", width=360))
    for number in numbers:
        a = f"{base}/a/{number}"
        for place in (a, f"{a}/v1", f"{a}/v0..v1", f"{a}/v0..v1?view=side", f"{a}/claims"):
            page.goto(place)
            assert page.evaluate("document.documentElement.scrollWidth") <= 360, place
        for place in (f"{a}/v0..v1?view=reading", f"{a}/blame", f"{a}/v0..v1/embed"):
            page.goto(place)
    for place in ("/?show=everything", "/?kind=quote", "/speakers", "/sources", "/statistics"):
        page.goto(base + place)
    assert page.troubles == []


@pytest.mark.parametrize(
    "listed",
    [
        pytest.param(naughty_setup.strings, id="naughty strings"),
        pytest.param(naughty_setup.payloads, id="payloads of DOMPurify"),
    ],
)
def test_published_lists_of_hostile_texts_run_nothing(
    visit: Any, tmp_path: Path, listed: Callable[[], list[str]]
) -> None:
    texts = tuple(listed())
    if not texts:
        pytest.skip("the list is not installed: python tests/naughty_setup.py")
    filled = fill(tmp_path / "archive")
    shelf = Shelf(filled.archive, CapturePath(filled.archive, None))  # type: ignore[arg-type]
    numbers = _stories(shelf, texts, 40)
    with filled.archive, served(filled.archive) as base:
        page = watched(visit(f"{base}/about", width=360))
        for number in numbers:
            a = f"{base}/a/{number}"
            for place in (a, f"{a}/v0..v1", f"{a}/v0..v1?view=side", f"{a}/claims"):
                page.goto(place)
                assert page.evaluate("document.documentElement.scrollWidth") <= 360, place
        page.goto(f"{base}/?show=everything")
        for text in texts[::3]:
            asked = f"{base}/search?q={quote(text[:200], safe='', errors='surrogatepass')}"
            answer = page.request.get(asked)
            assert answer.status in (200, 400), text
        for text in texts[::12]:
            page.goto(f"{base}/search?q={quote(text[:90], safe='', errors='surrogatepass')}")
        wrong = "the server responded with a status of 400"
        assert [t for t in page.troubles if wrong not in t] == []
        page.context.close()


def test_hostile_texts_in_questions_run_nothing(
    visit: Any, attacked: tuple[str, list[int]]
) -> None:
    base, _ = attacked
    page = watched(visit(f"{base}/about", width=360))
    doors = ("/search?q={}&speaker={}", "/?host={}", "/speakers?name={}", "/a/1/claims?speaker={}")
    for text in (*TEXTS, "\ud800 \udfff lone"):
        asked = quote(text[:90], safe="", errors="surrogatepass")
        for door in doors:
            answer = page.goto(base + door.replace("{}", asked))
            assert answer.status in (200, 400), (text, door)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, text
    wrong = "the server responded with a status of 400"
    assert [t for t in page.troubles if wrong not in t] == []


def test_hostile_texts_come_back_out_of_twins_and_feeds_as_they_went_in(
    visit: Any, attacked: tuple[str, list[int]], tmp_path: Path
) -> None:
    base, numbers = attacked
    page = visit(f"{base}/about")
    for number in numbers:
        told = page.request.get(f"{base}/a/{number}/v0.json")
        assert told.headers["content-type"] == "application/json"
        assert "nosniff" in told.headers["x-content-type-options"]
        assert told.json()["document"]["paragraphs"]
        feed = page.request.get(f"{base}/a/{number}.atom").text()
        parsed = page.evaluate(
            "t => new DOMParser().parseFromString(t, 'text/xml').querySelector('parsererror')"
            "?.textContent ?? ''",
            feed,
        )
        assert parsed == ""
