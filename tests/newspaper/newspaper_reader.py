"""A reader that knows every outlet's templates: what a perfect extractor would give."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http.client import HTTPConnection
from urllib.parse import urlsplit

from lxml import html

_META = re.compile(rb"""<meta[^>]*charset=["']?([\w-]+)""")
_BLOCKS = {"p", "h2", "h3", "li", "blockquote", "div"}


def get(url: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers (lower case) and body of one request; redirects are not followed."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.netloc, timeout=5)
    target = parts.path + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("GET", target or "/", headers=headers)
        answer = connection.getresponse()
        return answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def decode(body: bytes, headers: dict[str, str]) -> str:
    """BOM, then header, then meta element, as the WHATWG has it."""
    for bom, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16")):
        if body.startswith(bom):
            return body.decode(name)
    declared = re.search(r"charset=([\w-]+)", headers.get("content-type", ""))
    if declared:
        return body.decode(declared[1])
    meta = _META.search(body[:1024])
    return body.decode(meta[1].decode() if meta else "utf-8")


@dataclass
class Reading:
    headline: str
    paragraphs: tuple[str, ...]
    byline: tuple[str, ...]
    captions: tuple[str, ...]
    notices: tuple[str, ...]


#: outlet -> XPaths of (body blocks, byline names, caption, notices)
_BY_CLASS = "starts-with(@class,'{}')"
PATHS: dict[str, tuple[str, str, str, str]] = {
    "courier": (
        "//div[@class='article-body']/*[not(self::aside)]",
        "//p[@class='byline']/a",
        "//figcaption",
        "//p[@class='correction']",
    ),
    "flash": (
        "//div[starts-with(@class,'copy')]/*[starts-with(@class,'mol') or self::ul"
        " or self::blockquote or starts-with(@class,'cross')]",
        "//div[starts-with(@class,'by')]/a",
        "//p[starts-with(@class,'pic-caption')]",
        "//div[starts-with(@class,'story')]/following-sibling::div[not(@class)]/p",
    ),
    "tarn": (
        "//article/div[not(@data-component='links-block')]/*[not(@class='post-time')]",
        "//div[@data-component='byline-block']//a",
        "//figcaption",
        "//div[@data-component='update-note']/p",
    ),
    "gazette": (
        "//section[@class='article__contenu']/*[not(self::aside)][not(self::div)]",
        "//span[@class='article__auteur']/a",
        "//figcaption",
        "//p[@class='article__precision']",
    ),
    "pregon": (
        "//div[@itemprop='articleBody']/* | //div[@class='c-article__body']"
        "/*[not(@class='c-related')]",
        "//p[@class='firma'] | //span[@class='c-meta__author']/a",
        "//p[@class='pie'] | //figcaption",
        "//div[@class='fe']/p | //p[@class='c-article__note']",
    ),
    "nadir": (
        "//div[@role='main']/*[@data-p or self::ul or self::blockquote or self::h2]",
        "//span[@data-b]",
        "//div[@data-c]",
        "//div[@data-s]/div[not(@*)][not(descendant::*[@role='main'])]",
    ),
}


def text_of(element: html.HtmlElement) -> str:
    return " ".join(str(element.text_content()).split())


def read(page: str, outlet: str) -> Reading:
    """What the page says, by the outlet's own template."""
    tree = html.fromstring(page, parser=html.HTMLParser(huge_tree=True))
    body, byline, caption, notice = PATHS[outlet]
    blocks: list[str] = []
    for element in tree.xpath(body):
        items = element.xpath("./li") if element.tag == "ul" else [element]
        blocks += [text_of(item) for item in items]
    names = [text_of(e) for e in tree.xpath(byline)]
    if outlet in ("nadir", "pregon") and len(names) == 1:
        names = re.split(" and |, ", names[0].removeprefix("By "))
    return Reading(
        headline=text_of(tree.xpath("//h1")[0]),
        paragraphs=tuple(b for b in blocks if b),
        byline=tuple(names),
        captions=tuple(text_of(e).removeprefix("Image caption, ") for e in tree.xpath(caption)),
        notices=tuple(text_of(e) for e in tree.xpath(notice)),
    )
