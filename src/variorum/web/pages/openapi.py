"""``/openapi.json``: the OpenAPI 3.1 document, made from the same declarations as the routes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from variorum.about import __version__
from variorum.web.asking import Parameter
from variorum.web.people.deeds import Deed
from variorum.web.people.forms import UNKNOWN_FIELD
from variorum.web.routing import Page, Raw, openapi_path
from variorum.web.showing import JSON, PROBLEM, as_json
from variorum.web.site import Site

_NUMBERS = {"type": "integer", "minimum": 0, "maximum": 10**18 - 1}
_KINDS: dict[str, dict[str, Any]] = {
    "number": _NUMBERS,
    "stamp": {"type": "string", "pattern": "^[0-9]{14}$"},
    "path": {"type": "string", "format": "uri", "pattern": "^https?://.+"},
}
_PROBLEM = {
    "type": "object",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
    },
}


def answer(site: Site, request: Request) -> Response:
    """The description of this API."""
    from variorum.web.pages import DEEDS, PAGES, RAWS

    return Response(as_json(document(PAGES, RAWS, DEEDS)), media_type=JSON)


def document(
    pages: Sequence[Page], raws: Sequence[Raw], deeds: Sequence[Deed] = ()
) -> dict[str, Any]:
    """The document for the routes declared."""
    paths: dict[str, Any] = {}
    for page in pages:
        for media, path in page.forms:
            paths[openapi_path(path)] = {
                "get": _for_role(
                    page.role,
                    _operation(
                        page.summary,
                        path,
                        page.parameters,
                        media,
                        (200,) if page.role or page.fresh else (200, 304),
                    ),
                )
            }
    for raw in raws:
        paths[openapi_path(raw.path)] = {
            "get": _operation(raw.summary, raw.path, raw.parameters, raw.media, raw.statuses)
        }
    for deed in deeds:
        paths.setdefault(openapi_path(deed.path), {})["post"] = _order(deed)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Variorum",
            "version": __version__,
            "description": "Every page of the archive as data, and what people with an account "
            "can do. Programs show a token; without one the archive is only read. Pages in HTML "
            "are in the language of the reader (lang=en or lang=fr, a cookie, Accept-Language); "
            "everything else is in English.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": {"Problem": _PROBLEM},
            "securitySchemes": {
                "token": {"type": "http", "scheme": "bearer"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "variorum"},
            },
        },
    }


def _operation(
    summary: str, path: str, parameters: Sequence[Parameter], media: str, statuses: Sequence[int]
) -> dict[str, Any]:
    responses: dict[str, Any] = {}
    for status in statuses:
        responses[str(status)] = {"description": _MEANING[status]}
        if status == 200:
            responses["200"]["content"] = {media: {"schema": _schema(media)}}
    if parameters or path.startswith("/timegate/"):
        responses["400"] = _failure("What was asked cannot be meant.")
    responses["404"] = _failure("The archive has no such thing.")
    if path.startswith(_OF_ARTICLES):
        responses["308"] = {"description": "The article is part of another, which is there."}
        responses["410"] = _failure("An editor hides the article; the reason is in “detail”.")
        responses["451"] = _failure("The same, as the law asks for it.")
    return {
        "summary": " ".join(summary.split()),
        "parameters": _path_parameters(path) + [_query(p) for p in parameters],
        "responses": responses,
    }


def _for_role(role: str, operation: dict[str, Any]) -> dict[str, Any]:
    """The operation with what it answers to those who may not."""
    if not role:
        return operation
    told = {
        "401": _failure("Nobody is signed in and no token was shown."),
        "403": _failure(f"The visitor is less than {role}."),
    }
    return {
        **operation,
        "description": f"For the role “{role}” or more.",
        "security": [{"token": []}, {"cookie": []}],
        "responses": {**operation["responses"], **told, "303": {"description": _SIGN_IN}},
    }


def _order(deed: Deed) -> dict[str, Any]:
    fields: dict[str, Any] = {field.name: field.schema for field in deed.fields}
    fields["csrf"] = {
        "type": ["string", "number"],
        "description": "What the form on the page carries; none with a token.",
    }
    schema = {
        "type": "object",
        "properties": fields,
        "required": [field.name for field in deed.fields if field.required],
        "additionalProperties": UNKNOWN_FIELD,
    }
    operation = _operation(deed.summary, deed.path, (), JSON, (200, 303))
    operation["requestBody"] = {
        "content": {kind: {"schema": schema} for kind in (JSON, _FORM)},
        "required": bool(schema["required"]),
    }
    operation["responses"] |= {
        "400": _failure("A field is missing or cannot be meant."),
        "403": _failure("Editing is off, or the form did not come from a page of the archive."),
        "405": _failure("Nothing can be done under this address: a number in it is none."),
        "409": _failure("It does not fit what is there."),
        "413": _failure("Too much at once."),
        "415": _failure("Not a form and not JSON."),
        "429": _failure("Too many tries; wait."),
        "502": _failure("A message did not arrive, or a site did not answer."),
    }
    return _for_role(deed.role, operation)


#: where an article can be hidden, or part of another
_OF_ARTICLES = ("/a/{", "/timegate/", "/timemap/", "/memento/")
_FORM = "application/x-www-form-urlencoded"
_SIGN_IN = "It is done, or a reader without an account is led to the sign-in page."
_MEANING = {
    200: "As asked.",
    302: "The memento chosen is there.",
    303: "It is done or found; go on there.",
    304: "Not changed since the ETag given.",
    503: "Too many open streams.",
}


def _schema(media: str) -> dict[str, Any]:
    return {"type": "object"} if media == JSON else {"type": "string"}


def _failure(description: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        "description": description,
        "content": {PROBLEM: {"schema": schema}, "text/html": {"schema": {"type": "string"}}},
    }


def _path_parameters(path: str) -> list[dict[str, Any]]:
    return [
        {"name": name, "in": "path", "required": True, "schema": _KINDS[kind]}
        for name, kind in re.findall(r"\{(\w+):(\w+)\}", path)
    ]


def _query(parameter: Parameter) -> dict[str, Any]:
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": parameter.description,
        "schema": dict(parameter.schema),
    }


RAW = Raw("/openapi.json", answer.__doc__ or "", answer, JSON)
