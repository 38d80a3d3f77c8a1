"""What a request may ask: query parameters, declared once for parsing and for OpenAPI alike."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from starlette.requests import Request

from variorum.model.times import parse_iso
from variorum.web.errors import FieldError
from variorum.web.naming import NAMES, both_names, term_of

_AGO = re.compile(r"(\d{1,5})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}
#: Row numbers are 64 bits wide; more digits name nothing.
_ROW_DIGITS = 18
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class Parameter:
    """One query parameter. ``parse`` raises ValueError with what is wanted instead."""

    name: str
    description: str
    parse: Callable[[str], Any]
    schema: Mapping[str, Any] = field(default_factory=lambda: {"type": "string"})
    default: Any = None
    required: bool = False
    #: what the form calls it in which people write it, a message for translation; "" where none does
    label: str = ""
    #: whether it has several names for one value, of which pages and links are given the archive's own
    renamed: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as pages see it: path numbers, query values, and where it came in."""

    request: Request
    values: Mapping[str, Any]
    given: Mapping[str, str]
    #: takes the beginning of a page that is going to take long, where somebody can be sent it now
    begin: Callable[[Any], None] | None = None

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def number(self, name: str) -> int:
        """A number from the path."""
        value: int = self.request.path_params[name]
        return value

    @property
    def texts(self) -> dict[str, str]:
        """Every parameter as it was given, "" where it was not: what a form shows again."""
        return {name: self.given.get(name, "") for name in self.values}

    @property
    def base(self) -> str:
        """Scheme and host, without a slash at the end."""
        return str(self.request.base_url).rstrip("/")


def read(request: Request, parameters: Sequence[Parameter]) -> Asked:
    """The request's values, an empty one counting as not given. Raises a 400 that names the
    parameter and says what it takes."""
    values: dict[str, Any] = {}
    given: dict[str, str] = {}
    for parameter in parameters:
        raw = request.query_params.get(parameter.name, "")
        text = raw.strip()
        if len(raw) > _LONGEST:
            raise FieldError(
                parameter.name, f"takes at most {_LONGEST} characters.", label=parameter.label
            )
        if not text and parameter.required:
            raise FieldError(
                parameter.name,
                f"is missing: {parameter.description[:1].lower()}{parameter.description[1:]}",
                "is still empty." if parameter.label else "",
                parameter.label,
            )
        if not text:
            values[parameter.name] = parameter.default
            continue
        try:
            values[parameter.name] = parameter.parse(text)
        except ValueError as error:
            raise FieldError(parameter.name, f"takes {error}.", label=parameter.label) from error
        given[parameter.name] = values[parameter.name] if parameter.renamed else text
    return Asked(request, values, given)


def choice(name: str, description: str, options: Sequence[str], default: str = "") -> Parameter:
    """One of a few words."""

    def parse(text: str) -> str:
        if text not in options:
            raise ValueError("one of " + ", ".join(options))
        return text

    return Parameter(name, description, parse, {"type": "string", "enum": [*options, ""]}, default)


def term(name: str, description: str, terms: Sequence[str]) -> Parameter:
    """One of the archive's terms, by its own name or by what pages call it."""

    def parse(text: str) -> str:
        meant = term_of(text, terms)
        if meant is None:
            raise ValueError("one of " + ", ".join(map(both_names, terms)))
        return meant

    shown = [NAMES[t] for t in terms if NAMES.get(t, t) not in terms]
    schema = {"type": "string", "enum": [*terms, *dict.fromkeys(shown), ""]}
    return Parameter(name, description, parse, schema, "", renamed=True)


def words(name: str, description: str, label: str = "") -> Parameter:
    """Free text of bounded length."""

    def parse(text: str) -> str:
        if len(text) > _LONGEST:
            raise ValueError(f"at most {_LONGEST} characters")
        return text

    schema = {"type": "string", "maxLength": _LONGEST}
    return Parameter(name, description, parse, schema, "", label=label)


def share(name: str, description: str) -> Parameter:
    """A number from 0 to 1."""

    def parse(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not 0 <= value <= 1:
            raise ValueError("a number from 0 to 1")
        return value

    return Parameter(name, description, parse, {"type": "number", "minimum": 0, "maximum": 1}, 0.0)


def count(
    name: str, description: str, most: int, default: int | None = None, *, required: bool = False
) -> Parameter:
    """A whole number from 0 to ``most``."""

    def parse(text: str) -> int:
        if not (text.isascii() and text.isdigit() and len(text) <= _ROW_DIGITS):
            raise ValueError(f"a whole number from 0 to {most}")
        if int(text) > most:
            raise ValueError(f"a whole number from 0 to {most}")
        return int(text)

    schema = {"type": "integer", "minimum": 0, "maximum": most}
    return Parameter(name, description, parse, schema, default, required)


def moment(name: str, description: str, label: str = "") -> Parameter:
    """A time, or an age such as ``2h``: the value is a timedelta for an age."""

    def parse(text: str) -> datetime | timedelta:
        ago = _AGO.fullmatch(text)
        if ago:
            return timedelta(**{_UNITS[ago[2]]: int(ago[1])})
        try:
            return parse_iso(text.replace(" ", "+")).astimezone(UTC)
        except (ValueError, OverflowError):
            raise ValueError(
                "a day such as 2025-03-12, a time such as 2025-03-12T06:00Z or an age such as 7d"
            ) from None

    schema = {
        "anyOf": [
            {"type": "string", "format": "date-time"},
            {"type": "string", "pattern": "^[0-9]{1,5}[mhdw]$"},
            {"type": "string", "maxLength": 0},
        ]
    }
    return Parameter(name, description, parse, schema, label=label)


_CURSOR = "^(c[0-9a-f]{1,15})?$"


def cursor(name: str = "cursor") -> Parameter:
    """Where a page of a list goes on: opaque to the reader, a row number to us."""

    def parse(text: str) -> int:
        if not re.match(_CURSOR, text) or text.endswith("\n"):
            raise ValueError("a cursor given by an earlier page")
        return int(text[1:], 16)

    description = "Where the list goes on, as an earlier page gave it."
    return Parameter(name, description, parse, {"type": "string", "pattern": _CURSOR})


def make_cursor(number: int) -> str:
    """The inverse of :func:`cursor`."""
    return f"c{number:x}"


# A number of 63 bits in hexadecimal digits.
_BITS = "([0-7][0-9a-f]{15}|[0-9a-f]{1,15})"
_PLACE = f"^(c{_BITS}[.]{_BITS})?$"


def place(name: str = "cursor") -> Parameter:
    """A cursor of two numbers: a row, and a number within it."""

    def parse(text: str) -> tuple[int, int]:
        first, _, second = text[1:].partition(".")
        if not re.fullmatch(_PLACE, text):
            raise ValueError("a cursor given by an earlier page")
        return int(first, 16), int(second, 16)

    description = "Where the list goes on, as an earlier page gave it."
    return Parameter(name, description, parse, {"type": "string", "pattern": _PLACE})


def make_place(numbers: tuple[int, int]) -> str:
    """The inverse of :func:`place`."""
    return f"c{numbers[0]:x}.{numbers[1]:x}"


def since(value: datetime | timedelta | None, now: datetime) -> datetime | None:
    """A :func:`moment` as a point in time."""
    try:
        return now - value if isinstance(value, timedelta) else value
    except OverflowError:
        return datetime.min.replace(tzinfo=UTC)
