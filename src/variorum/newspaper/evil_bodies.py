"""Payloads that hurt careless readers: bombs, abysses, poisoned feeds, lying charsets."""

from __future__ import annotations

import gzip
import zlib
from functools import lru_cache

MEGABYTE = 1 << 20
STORY = (
    "The harbour master said on Monday that the gates would stay shut.",
    "He denied that £40,000 had gone missing from the dredging fund.",
    "Café owners along the quay say that they have lost a week’s trade.",
)


TEXT = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)


def page(text: str = TEXT, title: str = "Gates stay shut") -> str:
    """A small honest article around ``text``."""
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>{title}</title></head><body>'
        f"<article><h1>{title}</h1>{text}</article></body></html>"
    )


@lru_cache(maxsize=8)
def bomb(coding: str, megabytes: int = 64) -> bytes:
    """``megabytes`` of spaces in a few kilobytes. ``coding``: gzip | deflate | br | zstd |
    stacked (gzip within gzip)."""
    if coding in ("gzip", "deflate", "stacked"):
        packer = zlib.compressobj(9, zlib.DEFLATED, 15 if coding == "deflate" else 31)
        block = b" " * MEGABYTE
        packed = b"".join(packer.compress(block) for _ in range(megabytes)) + packer.flush()
        return gzip.compress(packed, mtime=0) if coding == "stacked" else packed
    if coding == "br":
        import brotli  # type: ignore[import-untyped]

        return bytes(brotli.compress(b" " * (megabytes * MEGABYTE), quality=5))
    import zstandard

    return zstandard.ZstdCompressor(level=3).compress(b" " * (megabytes * MEGABYTE))


@lru_cache(maxsize=2)
def huge(megabytes: int = 50) -> bytes:
    """An article of many megabytes, every paragraph another."""
    head, foot = page("@").encode().split(b"@")
    one = b"".join(b"<p>Paragraph %d of a very long story.</p>\n" % n for n in range(2000))
    return head + one * (megabytes * MEGABYTE // len(one) + 1) + foot


def deep(depth: int = 100_000) -> bytes:
    """An article at the bottom of ``depth`` nested elements."""
    return page("<div>" * depth + TEXT + "</div>" * depth).encode()


def wide_node(megabytes: int = 12) -> bytes:
    """One text node of many megabytes, then the story."""
    return page("<p>" + "word " * (megabytes * MEGABYTE // 5) + "</p>" + TEXT).encode()


def odd_characters() -> bytes:
    """NUL, surrogates by reference, bidi controls, homoglyphs, noncharacters."""
    odd = "A\0B &#0; &#xD800; &#x110000; \u202egnitirw\u202c p\u0430ypal \ufffe\U0001f9ff &#x85;"
    return page(f"<p>{odd}</p>{TEXT}").encode()


def misnested() -> bytes:
    return page("<p><b><i><a><table><p>One</b><tr><td>two</i></a><li><p>three</table>").encode()


XXE = """<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">
<!ENTITY y SYSTEM "http://127.0.0.1:9/secret">]>
<rss version="2.0"><channel><title>&x;</title><item><title>&x;&y;</title><link>http://127.0.0.1/x</link>
</item></channel></rss>"""

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">'
    + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    + ']><rss version="2.0"><channel><title>&l9;</title></channel></rss>'
)

DEEP_FEED = '<rss version="2.0"><channel>' + "<item>" * 100_000

POISONED_FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>Poison</title><link>javascript:alert(1)</link>
<item><title><![CDATA[<script>alert(1)</script>Gates shut]]></title><link>javascript:alert(2)</link></item>
<item><title>Data</title><link>data:text/html,hello</link></item>
<item><title>File</title><link>file:///etc/passwd</link></item>
<item><title>Future</title><link>/future</link><guid>1</guid><pubDate>Fri, 31 Dec 9999 23:59:59 GMT</pubDate></item>
<item><title>Same guid</title><link>/same</link><guid>1</guid><pubDate>yesterday</pubDate></item>
<item><title>Spaces</title><link>
   /with space
</link><guid> </guid></item>
<item><title>Nowhere</title></item>
</channel></rss>"""
