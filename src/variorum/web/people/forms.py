"""What a form or a program sends: urlencoded, multipart or JSON, bounded, into plain texts."""

from __future__ import annotations

import json
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request

from variorum.web.errors import FieldError, PageError, bad_request
from variorum.web.templating import harmless

#: The field that carries the form token, and the header that programs may use instead.
CSRF_FIELD, CSRF_HEADER = "csrf", "x-csrf-token"
_MOST_FIELDS = 60


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. ``parse`` may raise ValueError with what is wanted instead; a field that
    is not ``required`` may be empty and is then not parsed."""

    name: str
    description: str
    required: bool = False
    longest: int = 300
    choices: Sequence[str] = ()
    parse: Callable[[str], Any] = str
    #: whether a form may send it several times
    many: bool = False
    #: whether a file may be sent under this name
    file: bool = False
    #: JSON Schema of what ``parse`` takes, where that is not any text
    shape: Mapping[str, Any] | None = None

    @property
    def schema(self) -> dict[str, Any]:
        if self.choices:
            choices = [*self.choices] if self.required else [*self.choices, ""]
            return {"type": "string", "enum": choices, "description": self.description}
        if self.shape is not None:
            return {**self.shape, "description": self.description}
        told = {"maxLength": self.longest, "description": self.description}
        return {"type": ["string", "number"], **told, **(_SOMETHING if self.required else {})}


# Schema of a text that says something: empty counts as not given.
_SOMETHING = {"minLength": 1, "pattern": "\\S"}
#: Schema of what fields are not known by: they are passed over.
UNKNOWN_FIELD = {"type": ["string", "number"]}


def number_shape(least: int, most: int) -> dict[str, Any]:
    """Schema of a whole number from ``least`` to ``most``, as a number or as digits (fewer than
    ``most`` has, which a pattern can say), or nothing."""
    digits = f"^([1-9][0-9]{{0,{len(str(most)) - 2}}})?$"
    return {
        "anyOf": [
            {"type": "integer", "minimum": least, "maximum": most},
            {"type": "string", "pattern": digits},
        ]
    }


async def read_body(request: Request, most: int) -> bytes:
    """The body of a request, up to ``most`` bytes; 413 beyond."""
    parts: list[bytes] = []
    size = 0
    try:
        async for part in request.stream():
            size += len(part)
            if size > most:
                raise PageError(413, "Too much at once", f"At most {most:,} bytes are taken here.")
            parts.append(part)
    except ClientDisconnect as gone:
        raise bad_request("The request ended before all of it had arrived.") from gone
    return b"".join(parts)


def texts_of(content_type: str, body: bytes, many: Container[str] = ()) -> dict[str, str]:
    """The fields that a body holds, each as text; the last one wins where a name comes twice, but
    those of ``many`` (boxes that are ticked) are put together with commas between."""
    kind = content_type.partition(";")[0].strip().lower()
    if kind == "application/json":
        return _from_json(body)
    if kind == "multipart/form-data":
        return _from_multipart(content_type, body)
    if kind in ("application/x-www-form-urlencoded", ""):
        try:
            pairs = parse_qsl(
                body.decode("utf-8", "replace"),
                keep_blank_values=True,
                max_num_fields=_MOST_FIELDS,
            )
        except ValueError as error:
            raise bad_request("The form has too many fields.") from error
        found: dict[str, str] = {}
        for name, text in pairs:
            joined = name in many and name in found
            found[name] = f"{found[name]},{text}" if joined else text
        return found
    raise PageError(
        415,
        "Not in this format",
        "Forms are taken as application/x-www-form-urlencoded, multipart/form-data or JSON.",
    )


def read_fields(given: Mapping[str, str], fields: Sequence[Field]) -> dict[str, Any]:
    """The values of the fields; a 400 that names the field and says what it takes. Empty counts as
    not given, which is None for a field that is parsed and "" for a text."""
    return {field.name: _value(field, given.get(field.name, "")) for field in fields}


def _value(field: Field, text: str) -> Any:
    text = harmless(text.replace("\r\n", "\n").strip()).strip()
    if len(text) > field.longest:
        raise FieldError(field.name, f"takes at most {field.longest:,} characters.")
    if not text:
        if field.required:
            raise FieldError(field.name, f"is missing: {field.description}.", "is still empty.")
        return "" if field.parse is str else None
    if field.choices and text not in field.choices:
        raise FieldError(
            field.name,
            f"takes one of {', '.join(field.choices)}.",
            "takes one of the choices of its list.",
        )
    try:
        return field.parse(text)
    except ValueError as error:
        raise FieldError(field.name, f"takes {error}.") from error


def _from_json(body: bytes) -> dict[str, str]:
    try:
        value = json.loads(body or b"{}")
    except (ValueError, RecursionError) as error:
        raise bad_request("The body is not JSON.") from error
    if not isinstance(value, dict) or len(value) > _MOST_FIELDS:
        raise bad_request("The body must be one JSON object.")
    return {str(name): _as_text(name, told) for name, told in value.items()}


def _as_text(name: str, value: Any) -> str:
    if isinstance(value, (str, int, float)) and not isinstance(value, bool):
        return str(value)
    raise bad_request(f"“{name}” takes a text.")


def _from_multipart(content_type: str, body: bytes) -> dict[str, str]:
    if "boundary=" not in content_type.lower():
        raise bad_request("The form says no boundary.")
    head = b"Content-Type: " + content_type.encode("latin-1", "replace") + b"\r\n\r\n"
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    found: dict[str, str] = {}
    for part in message.iter_parts() if message.is_multipart() else ():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(data, bytes):
            continue
        if len(found) >= _MOST_FIELDS:
            raise bad_request("The form has too many fields.")
        text = data.decode("utf-8", "replace")
        # A file and a text of one name: whichever says something.
        found[name] = text if text.strip() else found.get(name, "")
    return found
