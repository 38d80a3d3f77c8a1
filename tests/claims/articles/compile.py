"""Turns the annotated articles (``annotated/*.txt``) into JSON lines with code-point offsets.

An annotation quotes the words it means; this script finds them, so no offset is ever typed. It
knows nothing of the project's rules. Run it after editing an annotated file::

    python tests/claims/articles/compile.py

The notation, one article after another::

    # id desk language
    text (blank lines between paragraphs)
    %
    d|content|cue|source|speaker|kind|flags     one attributed statement (d, m, i: direct, mixed,
                                                indirect)
    h|words;~words;?words                       hedges in reading order; ~ approximator, ? optional
    f|words|value|unit|counted|change|flags     a figure, in reading order; value may be left out
    n|words;words                               dates, clock times, scores: no figures, not scored

``A .. B`` is the stretch from A to the first B after it, `` + `` joins the parts of a discontinuous
content, ``#2`` after words takes their second occurrence. A content must be unique or say which;
a cue and a source are the pair outside the content that lies nearest to it and to each other.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TYPES = {"d": "direct", "m": "mixed", "i": "indirect"}
KINDS = {
    "p": "person",
    "o": "organisation",
    "g": "group",
    "a": "artefact",
    "x": "anonymous",
    "u": "unattributed",
}
Span = tuple[int, int]


class QuoteError(ValueError):
    """Words that an annotation quotes and the text does not have, or has more than once."""


def occurrences(text: str, words: str) -> list[Span]:
    """Every place of ``words`` in ``text`` that does not cut a word in two."""
    before = r"(?<!\w)" if words[:1].isalnum() else ""
    after = r"(?!\w)" if words[-1:].isalnum() else ""
    return [m.span() for m in re.finditer(before + re.escape(words) + after, text)]


def place(text: str, quoted: str, start: int = 0, unique: bool = True) -> Span:
    """The span of one quoted stretch (``A``, ``A#2``, ``A .. B``) at or after ``start``."""
    head, _, tail = quoted.partition(" .. ")
    number = re.search(r"#(\d+)$", head)
    words = head[: number.start()] if number else head
    found = [s for s in occurrences(text, words) if s[0] >= start]
    if not found or (number and len(found) < int(number[1])):
        raise QuoteError(f"not found: {quoted!r}")
    if unique and not number and len(found) > 1:
        raise QuoteError(f"more than one: {quoted!r}")
    first = found[int(number[1]) - 1 if number else 0]
    if not tail:
        return first
    ends = [s for s in occurrences(text, tail) if s[0] >= first[1]]
    if not ends:
        raise QuoteError(f"no end: {quoted!r}")
    return first[0], ends[0][1]


def content_spans(text: str, quoted: str) -> list[Span]:
    spans: list[Span] = []
    for part in quoted.split(" + "):
        spans.append(place(text, part, spans[-1][1] if spans else 0, unique=not spans))
    return spans


def apart(a: Span, b: Span, text: str) -> int:
    """Characters between two spans; a blank line between them counts as a thousand."""
    low, high = min(a[1], b[1]), max(a[0], b[0])
    return max(0, high - low) + 1000 * text[low:high].count("\n\n")


def candidates(text: str, words: str, spans: list[Span]) -> list[Span]:
    """Where ``words`` may be meant: outside the content, or exactly where they say."""
    if " .. " in words or re.search(r"#\d+$", words):
        return [place(text, words)]
    found = [
        o for o in occurrences(text, words) if not any(s < o[1] and o[0] < e for s, e in spans)
    ]
    if not found:
        raise QuoteError(f"not found outside the content: {words!r}")
    return found


def cue_and_source(
    text: str, cue: str, source: str, spans: list[Span]
) -> tuple[Span | None, Span | None]:
    """The cue and the source that lie nearest to the content and to each other."""

    def to_content(o: Span) -> int:
        return min(apart(o, s, text) for s in spans)

    cues = candidates(text, cue, spans) if cue else []
    sources = candidates(text, source, spans) if source else []
    if not cues or not sources:
        one = min(cues or sources, key=to_content, default=None)
        return (one, None) if cues else (None, one)
    return min(
        ((c, s) for c in cues for s in sources),
        key=lambda p: to_content(p[0]) + to_content(p[1]) + apart(p[0], p[1], text),
    )


def claim(text: str, fields: list[str]) -> dict[str, Any]:
    kind, quoted, cue, source, name, kinds, flags = (fields + [""] * 7)[:7]
    spans = content_spans(text, quoted)
    options = flags.split()
    found = [KINDS[k] for k in kinds.split("/")]
    cue_span, source_span = cue_and_source(text, cue, source, spans)
    row: dict[str, Any] = {
        "type": TYPES[kind],
        "content_spans": spans,
        "cue": cue_span,
        "source": source_span,
        "speaker": {"names": [n for n in name.split(" = ") if n], "kinds": found},
        "negated": "neg" in options,
        "optional": "opt" in options,
    }
    inside = [o[3:] for o in options if o.startswith("in=")]
    row["within"] = int(inside[0]) - 1 if inside else None
    return row


def number(words: str) -> float:
    return float(re.sub(r"[^\d.]", "", words))


def figure(text: str, fields: list[str], start: int) -> dict[str, Any]:
    words, value, unit, counted, change, flags = (fields + [""] * 6)[:6]
    span = place(text, words, start, unique=False)
    values = [float(v) for v in value.split("..")] if value else [number(words.split("#")[0])]
    return {
        "span": span,
        "value": values if len(values) > 1 else values[0],
        "unit": unit or None,
        "counted": counted or None,
        "changes": (change or "=").split("/"),
        "optional": "opt" in flags.split(),
    }


def hedge(text: str, words: str, start: int) -> dict[str, Any]:
    optional, words = words.startswith("?"), words.removeprefix("?")
    kind, words = ("approximator" if words.startswith("~") else "hedge"), words.removeprefix("~")
    span = place(text, words, start, unique=False)
    return {"span": span, "text": text[slice(*span)], "kind": kind, "optional": optional}


def article(head: str, text: str, lines: list[str]) -> dict[str, Any]:
    """One article, compiled. Raises ``QuoteError`` naming each annotation at fault."""
    ident, desk, language = head.split()
    row: dict[str, Any] = {"id": ident, "desk": desk, "language": language, "text": text}
    row |= {"claims": [], "hedges": [], "figures": [], "ignored": []}
    at = {"h": 0, "f": 0, "n": 0}
    wrongs: list[str] = []
    for line in lines:
        kind, *fields = line.split("|")
        try:
            if kind in TYPES:
                row["claims"].append(claim(text, [kind, *fields]))
            elif kind == "f":
                row["figures"].append(figure(text, fields, at["f"]))
                at["f"] = row["figures"][-1]["span"][1]
            else:
                for words in fields[0].split(";"):
                    if kind == "h":
                        row["hedges"].append(hedge(text, words, at["h"]))
                        at["h"] = row["hedges"][-1]["span"][1]
                    else:
                        row["ignored"].append(place(text, words, at["n"], unique=False))
                        at["n"] = row["ignored"][-1][1]
        except QuoteError as wrong:
            wrongs.append(f"{ident}: {wrong} (in {line!r})")
    if wrongs:
        raise QuoteError("\n".join(wrongs))
    return row


def articles(path: Path) -> list[dict[str, Any]]:
    """Every article of one annotated file, compiled."""
    found, wrongs = [], []
    for block in re.split(r"(?m)^# ", path.read_text(encoding="utf8"))[1:]:
        head, _, rest = block.partition("\n")
        text, _, notes = rest.partition("\n%\n")
        try:
            found.append(article(head, text.strip(), [n for n in notes.split("\n") if n.strip()]))
        except QuoteError as wrong:
            wrongs.append(str(wrong))
    if wrongs:
        raise QuoteError("\n".join(wrongs))
    return found


def compiled(path: Path) -> str:
    return "".join(json.dumps(a, ensure_ascii=False) + "\n" for a in articles(path))


if __name__ == "__main__":
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE / "annotated"
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else HERE
    for path in sorted(source.glob("*.txt")):
        (target / f"{path.stem}.jsonl").write_text(compiled(path), encoding="utf8")
        print(path.stem, len(articles(path)), "articles")
