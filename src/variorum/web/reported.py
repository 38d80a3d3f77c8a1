"""Sentences that other rooms write in English, told in the reader's language.

Decisions, schedules, fetches and claim changes are recorded with a line of plain English: it stays
as it is in the archive, in JSON and in feeds. Where a page shows it, the line is recognised by its
pattern and said again; what is not recognised is shown as it is, marked as English.

A pattern is a message with ``{name}`` where a text of any length stands. The name says what becomes
of it: ``span`` is a length of time, ``fields`` names of fields, ``n`` a number, ``role`` a role,
``signs`` lines with commas between; ``why`` is a line of the same kind or any other, ``what``,
``where`` and ``piece`` a line of the same kind; whatever has another name is left as it is. A digit
after the name sets two of a kind apart.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from markupsafe import Markup, escape

from variorum.web.languages import ENGLISH, N_, Language, current, gettext
from variorum.web.naming import named, role_named
from variorum.web.sentences import SENTENCES

# Longest line looked at; patterns within patterns go no deeper than this.
_LONGEST, _DEEPEST = 4_000, 3
# Lines that name fields by the archive's terms: these are told as people say them, in English too.
_OF_FIELDS = "changed: "
_UNITS = {"s": N_("{n} s"), "min": N_("{n} min"), "h": N_("{n} h"), "days": N_("{n} days")}
# Names at which only a known line may stand.
_SAID = frozenset({"what", "where", "piece"})


def told(text: str | None) -> Markup:
    """A line of English in the reader's language, as markup."""
    line = text or ""
    language = current()
    if not line or (language is ENGLISH and not line.startswith(_OF_FIELDS)):
        return escape(line)
    said = say(line)
    if said is None and language is ENGLISH:
        return escape(line)
    if said is None:
        return Markup('<span lang="en">{}</span>').format(line)
    return escape(said)


def plainly(text: str) -> str:
    """The same without markup, for where none can stand."""
    said = None if current() is ENGLISH else say(text)
    return text if said is None else said


def say(line: str) -> str | None:
    """A known line in the reader's language; None for one that is not known."""
    return _say(line, current(), 0) if len(line) <= _LONGEST else None


@lru_cache(maxsize=4096)
def _say(line: str, language: Language, depth: int) -> str | None:
    """Lines may begin with a capital and end with a stop where a page made sentences of them."""
    for bare, finish in _shapes(line):
        for pattern in _patterns(bare):
            values = pattern.match(bare)
            if values is not None:
                said = _fill(pattern, values, language, depth)
                if said is not None:
                    return finish(said)
    return None


def _shapes(line: str) -> list[tuple[str, Callable[[str], str]]]:
    found: list[tuple[str, Callable[[str], str]]] = [(line, str)]
    small = line[:1].lower() + line[1:]
    if small != line:
        found.append((small, _capital))
    if line.endswith("."):
        found.append((line[:-1], lambda said: f"{said}."))
        if small != line:
            found.append((small[:-1], lambda said: f"{_capital(said)}."))
    return found


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A message cut at its names: ``parts`` are the words before, between and after them."""

    message: str
    parts: Sequence[str]
    names: Sequence[str]

    def match(self, line: str) -> dict[str, str] | None:
        """The texts at the names, each as short as it can be but the last; in linear time."""
        if not self.names:
            return {} if line == self.message else None
        first, last = self.parts[0], self.parts[-1]
        if len(line) < len(first) + len(last):
            return None
        if not (line.startswith(first) and line.endswith(last)):
            return None
        at, end = len(first), len(line) - len(last)
        values = []
        for part in self.parts[1:-1]:
            found = line.find(part, at, end)
            if found < 0:
                return None
            values.append(line[at:found])
            at = found + len(part)
        values.append(line[at:end])
        return dict(zip(self.names, values, strict=True)) if all(values) else None


def _pattern(message: str) -> _Pattern:
    parts, names = [], []
    for literal, name, _, _ in Formatter().parse(message):
        parts.append(literal)
        if name is not None:
            names.append(name)
    if len(parts) == len(names):
        parts.append("")
    return _Pattern(message, tuple(parts), tuple(names))


def _begin(message: str) -> str:
    """The first letter by which patterns are found; "" for one that begins with any text."""
    return "" if message.startswith("{") else message[0]


@lru_cache(maxsize=1)
def _by_first_letter() -> Mapping[str, Sequence[_Pattern]]:
    found: dict[str, list[_Pattern]] = {}
    for message in SENTENCES:
        found.setdefault(_begin(message), []).append(_pattern(message))
    return found


def _patterns(line: str) -> Sequence[_Pattern]:
    """The patterns that may fit, the most particular first: as they are listed."""
    known = _by_first_letter()
    return [*known.get(line[:1], ()), *known.get("", ())]


def _fill(
    pattern: _Pattern, values: Mapping[str, str], language: Language, depth: int
) -> str | None:
    told = {}
    for name, value in values.items():
        said = _value(name.rstrip("0123456789"), value, language, depth)
        if said is None:
            return None
        told[name] = said
    return gettext(pattern.message).format(**told)


def _value(name: str, value: str, language: Language, depth: int) -> str | None:
    """What stands at a name; None where it cannot be what the name says."""
    if name == "n":
        return value if value.replace(",", "").replace("-", "").isdigit() else None
    if name == "span":
        return _span(value)
    if name == "role":
        return role_named(value)
    if name == "signs":
        return ", ".join(_say(s, language, depth + 1) or s for s in value.split(", "))
    if name == "fields":
        return ", ".join(named(f) for f in value.split(", "))
    if name == "why":
        said = _say(value, language, depth + 1) if depth < _DEEPEST else None
        return value if said is None else said
    if name in _SAID:
        return _say(value, language, depth + 1) if depth < _DEEPEST else None
    return value


def _span(value: str) -> str | None:
    """A length of time as the schedule says it: "10 min", "3 h", "9 days"."""
    number, _, unit = value.partition(" ")
    if unit not in _UNITS or not number.isdigit():
        return None
    return gettext(_UNITS[unit]).format(n=number)
