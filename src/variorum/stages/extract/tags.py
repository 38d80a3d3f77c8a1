"""What each element of HTML is to the walk over a page: inline or a block, seen or not, and what it
says of what it holds."""

from __future__ import annotations

from variorum.text.remember import Vocabulary

# Elements that stand in a line of text; every other element starts a new one (CSS display: inline).
INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "nobr",
        "q",
        "ruby",
        "rb",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
        "amp-fit-text",
    ]
)
# Elements whose text nobody sees.
UNSEEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "meta",
        "link",
        "svg",
        "math-ml",
        "object",
        "param",
        "source",
        "track",
        "datalist",
        "noframes",
        "canvas",
        "map",
        "area",
        "iframe",
        "frame",
        "audio",
        "video",
        "textarea",
        "input",
        "hr",
        "col",
        "colgroup",
        "base",
        "keygen",
        "embed",
        "rt",  # how the signs before it are read aloud
        "rp",
    ]
)
MEDIA = frozenset(
    [
        "img",
        "video",
        "audio",
        "iframe",
        "amp-img",
        "amp-video",
        "amp-youtube",
        "amp-iframe",
        "picture",
    ]
)
# Elements that say what they hold is not the story (HTML 4.3, 4.10).
CONTEXT = {
    "nav": "nav",
    "aside": "aside",
    "footer": "footer",
    "header": "header",
    "form": "form",
    "button": "button",
    "select": "form",
    "dialog": "dialog",
    "menu": "nav",
    "figure": "figure",
    "figcaption": "caption",
    "amp-sidebar": "nav",
    "fieldset": "form",
    "table": "table",
    "li": "list",
    "blockquote": "quote",
    "article": "article",
    "main": "main",
    "search": "form",
}
ROLES = {
    "navigation": "nav",
    "complementary": "aside",
    "contentinfo": "footer",
    "banner": "banner",
    "search": "form",
    "dialog": "dialog",
    "alertdialog": "dialog",
    "menu": "nav",
    "menubar": "nav",
    "button": "button",
    "main": "main",
    "article": "article",
    "figure": "figure",
    "form": "form",
}
# Roles that make a block what an element of HTML is by its name (WAI-ARIA 1.2, 5.3.3).
TABLE_ROLES = {
    "table": "table",
    "grid": "table",
    "treegrid": "table",
    "rowgroup": "tbody",
    "row": "tr",
    "cell": "td",
    "gridcell": "td",
    "columnheader": "th",
    "rowheader": "th",
}


def _kind_of(tag: str) -> str:
    """What the walk does with an element."""
    if tag == "br":
        return "br"
    if tag in MEDIA:
        return "media"
    if tag in ("input", "textarea"):
        return "field"
    if tag in UNSEEN or tag.startswith(("-", "!", "_")):
        return "unseen"
    return "inline" if tag in INLINE else "block"


KINDS = Vocabulary(_kind_of)
