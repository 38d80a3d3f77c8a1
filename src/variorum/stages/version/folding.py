"""Text as it is compared: a stream of words, figures and marks, with typographic noise taken out.

``text.typography.fold`` levels quotes, dashes, white space and Unicode composition; here come the
forms that only a comparison of *pages* meets: entities escaped twice, full-width and presentation
forms, bidi controls, bullets, spaces beside marks, dashes and quotes typed as two characters. What
can carry meaning stays: figures, signs, currency, case, superscripts (10² is not 102), fractions.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable
from itertools import chain

from variorum.text.remember import Vocabulary, remembered
from variorum.text.typography import fold

# Forms that say the same letter in another code: Latin and Armenian ligatures, Arabic
# presentation forms, full- and half-width. Super- and subscripts, fractions and circled figures
# are left alone, for there NFKC changes what is said.
_COMPATIBLE = re.compile("[\ufb00-\ufb17\ufb1d-\ufdff\ufe70-\ufefe\uff01-\uffee]+")
_ENTITY = re.compile(r"&(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});")
# Controls, bidi marks and isolates, variation selectors, tags: nobody sees them.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\u180e\ufe00-\ufe0f\ufff9-\ufffb\U000e0000-\U000e01ef]+"
)
_ODD = re.compile(f"{_INVISIBLE.pattern}|{_COMPATIBLE.pattern}")
_TWO_SINGLES = re.compile(r"''")
_DASHES = re.compile(r"-{2,}")
_DOTS = re.compile(r"\.(?:\s?\.){2,}")
_STOP = re.compile(r"""[.!?…؟]["'”’»)\]]{0,3}\s+|[。！？]["'”’」』)\]]{0,3}""")
# The same lines are cut again and again (two captures, each looked at from several sides), so that
# the last ones are remembered; longer texts are not, to bound the memory.
_REMEMBERED = 2_000
_BRIEF = 14  # characters; a shorter piece belongs to what follows
LOST = "\ufffd"
# A letter, a quotation mark or a dash that some encoder had no code for: "caf?s", " ?Come", "come,? he", "a ? b".
_QUESTION = re.compile(
    r"(?<=[^\W\d_])\?(?=[^\W\d_])|(?<![^\s(])\?(?=[^\W\d_])|(?<=,)\?(?=\s)|(?<=[^\W\d_])\?(?=,)|(?<=[a-z\s])\?(?=\s[a-z])"
)
_BULLETS = "•◦‣▪▫●○■□▶►∙·⁃➤✓✔*"
_BULLET = re.compile(rf"^(?:[{_BULLETS}]\s*)+")
_TOKEN = re.compile(
    # A word that begins with a letter, the commonest; what follows begins otherwise.
    r"[^\W\d\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff][^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]*"
    r"|(?<!\d)\d{1,3}(?: \d{3})+(?!\d)"  # 12 000, as it is written in half of Europe
    r"|\d+(?:[.,:]\d+)+"  # 1.5, 12,000, 10:30 hold together: "1, 200" is not "1,200"
    r"|\d+(?=[A-Z][a-z]{2})"  # "2022This": two lines that mark-up ran together
    r"|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"  # scripts that set no spaces, letter by letter
    r"|[^\W\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+"
    r"|\.\.\.|[^\w\s]"
)
# The same for texts in ASCII, with sets that are looked up letter by letter.
_ASCII_TOKEN = re.compile(
    r"[A-Za-z_]\w*|(?<!\d)\d{1,3}(?: \d{3})+(?!\d)|\d+(?:[.,:]\d+)+|\d+(?=[A-Z][a-z]{2})|\w+"
    r"|\.\.\.|[^\w\s]",
    re.ASCII,
)

_BETWEEN_FIGURES = re.compile(r"\x1f(?<=\d\x1f)(?=\d)")
_NO_FIGURES = re.compile(r"(?<!\d)\x1f|\x1f(?!\d)")

Tokens = tuple[str, ...]


def plain(text: str) -> str:
    """``text`` without typographic noise, still readable; white space is single spaces."""
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if not (text.isascii() and text.isprintable()) and _ODD.search(text):
        text = _INVISIBLE.sub("", text)
        text = _COMPATIBLE.sub(lambda m: unicodedata.normalize("NFKC", m.group()), text)
    text = fold(text)
    if "''" in text:
        text = _TWO_SINGLES.sub('"', text)
    if "--" in text:
        text = _DASHES.sub("-", text)
    if ".." in text or ". ." in text:
        text = _DOTS.sub("...", text)
    if "?" in text:
        text = _QUESTION.sub(LOST, text)
    return _BULLET.sub("", text) if text[:1] in _BULLETS else text


def _tokens(text: str) -> Tokens:
    bare = plain(text)
    found = (_ASCII_TOKEN if bare.isascii() else _TOKEN).findall(bare)
    if "|" in found:  # what parts the cells of a table
        found = [t for t in found if t != "|"]
    if " " in "".join(found):  # 12 000
        return tuple([t.replace(" ", "") for t in found])
    return tuple(found)


#: The words, figures and marks of a text, white space left out.
tokens: Callable[[str], Tokens] = Vocabulary(_tokens, 16_384, _REMEMBERED).__getitem__


@remembered
def sentence_tokens(text: str) -> tuple[Tokens, ...]:
    """The tokens of each sentence of ``text``, empty ones left out."""
    if "?" in text:  # a mark that stands for a letter ends no sentence
        text = _QUESTION.sub(LOST, text)
    return tuple(filter(None, map(tokens, cut_sentences(text))))


def cut_sentences(text: str) -> list[str]:
    """``text`` cut after full stops that white space follows (or that need none)."""
    found, start = [], 0
    for stop in _STOP.finditer(text):
        if stop.end() - start < _BRIEF:  # "Mr. ", "No. "
            continue
        found.append(text[start : stop.end()])
        start = stop.end()
    return [*found, text[start:]]


def stream(texts: Iterable[str]) -> Tokens:
    """The tokens of several texts run together: where a paragraph breaks does not count."""
    return tuple(chain.from_iterable(map(tokens, texts)))


def squeezed(pieces: Iterable[str]) -> str:
    """Tokens run together, so that white space does not count (drop capitals, words cut by inline
    mark-up, "any more" and "anymore"), but between figures, where it does: 1 2 is not 12."""
    joined = "\x1f".join(pieces)
    if _BETWEEN_FIGURES.search(joined) is None:
        return joined.replace("\x1f", "")
    return _NO_FIGURES.sub("", joined)


@remembered
def line_key(text: str) -> str:
    """A line as it is compared: its tokens squeezed."""
    return squeezed(tokens(text))


def same(a: Iterable[str], b: Iterable[str]) -> bool:
    """Whether two runs of tokens differ in nothing but typography."""
    return squeezed(a) == squeezed(b)
