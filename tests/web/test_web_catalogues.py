"""Every string of the pages is in the catalogues, and the catalogues say it well."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from variorum import web
from variorum.web.languages import LANGUAGES

WEB = Path(web.__file__).parent
OTHERS = [code for code in LANGUAGES if code != "en"]
# As `make messages` marks them.
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "N_": None,
    "NP_": ((1, "c"), 2),
    "NN_": (1, 2),
    "many": (2, 3),
    "pgettext": ((1, "c"), 2),
}
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]


@pytest.fixture(scope="module")
def marked() -> Catalog:
    """What the sources and templates mark."""
    found = Catalog()
    options = {"templates/**.html": {"trimmed": "true"}}
    for _name, _line, message, _comments, context in extract_from_dir(
        WEB, METHODS, options, KEYWORDS
    ):
        found.add(message, context=context)
    return found


def catalogue(code: str) -> Catalog:
    with (WEB / "locale" / code / "LC_MESSAGES" / "variorum.po").open("rb") as source:
        return read_po(source, locale=code)


def messages(code: str) -> Iterator[Message]:
    return (m for m in catalogue(code) if m.id)


def forms(message: Message) -> list[tuple[str, str]]:
    """(as it is marked, as it is said) for each form."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return [(ids[min(k, len(ids) - 1)], text) for k, text in enumerate(said)]


@pytest.mark.parametrize("code", OTHERS)
def test_a_catalogue_has_every_string_and_no_other(code: str, marked: Catalog) -> None:
    wanted = {(m.context, m.id) for m in marked if m.id}
    known = {(m.context, m.id) for m in messages(code)}
    assert len(wanted) > 600
    assert wanted - known == set(), "make messages, then translate"
    assert known - wanted == set(), "make messages"


@pytest.mark.parametrize("code", OTHERS)
def test_nothing_in_a_catalogue_is_empty_or_fuzzy(code: str) -> None:
    for message in messages(code):
        assert not message.fuzzy, message.id
        assert all(text.strip() for _, text in forms(message)), message.id


@pytest.mark.parametrize("code", OTHERS)
def test_a_translation_keeps_what_is_filled_in_and_the_markup(code: str) -> None:
    for message in messages(code):
        for original, said in forms(message):
            assert named_places(said) <= named_places(original), original
            missing = named_places(original) - named_places(said)
            # "one …" may be said without its number.
            assert not missing or (isinstance(message.id, tuple) and missing == {"n"}), original
            assert braces(said) == braces(original), original
            assert tags(said) == tags(original), original


def named_places(text: str) -> set[str]:
    return set(re.findall(r"%\((\w+)\)s", text))


def braces(text: str) -> list[str]:
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def tags(text: str) -> list[str]:
    """The elements in a message: where each leads, not which language it is in."""
    return sorted(re.sub(r' lang="\w+"', "", t) for t in re.findall(r"<[^>]+>", text))


def test_french_is_set_as_french_newspapers_set_it() -> None:
    for message in messages("fr"):
        for original, said in forms(message):
            plain = re.sub(r"<(code|kbd)>[^<]*</(code|kbd)>", "", said)
            plain = re.sub(r"<[^>]+>|https?://|[a-z]+://|mailto:", "", plain)
            assert not re.search(r" [:;!?»]|« ", plain), (original, said)
            assert not re.search(r"[^\s\u00a0\u202f(«][;!?](?!\w)", plain), (original, said)
            assert not re.search(r"\w[:](?!\w)", plain), (original, said)
            assert "'" not in plain and "“" not in plain and "”" not in plain, (original, said)


def test_the_words_of_the_script_are_in_the_catalogues() -> None:
    from variorum.web.templating import SCRIPT_WORDS

    script = (WEB / "static" / "variorum.js").read_text(encoding="utf-8")
    said = set(re.findall(r'say\("([^"]+)"\)', script))
    said |= set(re.findall(r'say\([^()"]*\? "([^"]+)" : "[^"]+"\)', script))
    said |= set(re.findall(r'say\([^()"]*\? "[^"]+" : "([^"]+)"\)', script))
    said |= set(re.findall(r'^    \["[^"]+", "([^"]+)",', script, re.MULTILINE))
    assert said == set(SCRIPT_WORDS)


CALLS = {"PageError", "not_found", "bad_request"}
# What is said of a field comes after its name.
OF_FIELDS = "FieldError"


def told_in_errors() -> Iterator[tuple[str, str]]:
    """Titles and details of every error raised by the pages, with something in each gap."""
    for path in sorted(WEB.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(node.func, "id", "") if isinstance(node, ast.Call) else ""
            if name in CALLS or name == OF_FIELDS:
                for argument in node.args[name == OF_FIELDS :]:
                    text = filled(argument)
                    if text:
                        yield path.name, f"“7” {text}" if name == OF_FIELDS else text


def filled(node: ast.expr) -> str:
    """A constant or an f-string as it may read; "" for what cannot be known from the source."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if not isinstance(node, ast.JoinedStr):
        return ""
    parts = [v.value if isinstance(v, ast.Constant) else "7" for v in node.values]
    words = "".join(map(str, parts))
    return words if re.search(r"[a-z]{3}", words) else ""


# What it is filled with is a sentence itself.
PARTS = {"This article has 7.": "This article has no version yet."}


def test_every_error_of_the_pages_is_known_to_the_catalogues() -> None:
    from variorum.web.languages import FRENCH, speaking
    from variorum.web.reported import say

    found = list(told_in_errors())
    assert len(found) > 90
    with speaking(FRENCH):
        unknown = [(name, t) for name, t in found if say(PARTS.get(t, t)) is None]
    assert unknown == []
