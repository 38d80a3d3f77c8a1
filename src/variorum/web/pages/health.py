"""``/healthz`` and ``/metrics``: for programs that watch whether this archive is well."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import Response

from variorum.store.lease_records import LeaseRecords, WorkerState
from variorum.store.records import Records
from variorum.web.routing import Raw
from variorum.web.showing import JSON, as_json
from variorum.web.site import Site

#: Prometheus' text format, version 0.0.4.
TEXT = "text/plain"
_HEADERS = {"Cache-Control": "no-store"}

_Sample = tuple[dict[str, str], float]


def health(site: Site, request: Request) -> Response:
    """Whether the archive can be read: 200 or 503."""
    try:
        with site.read() as records:
            records.setting("created")
    except DBAPIError:
        told = {"status": "unavailable", "detail": "The database cannot be reached."}
        return Response(as_json(told), 503, _HEADERS, JSON)
    return Response(as_json({"status": "ok"}), 200, _HEADERS, JSON)


def metrics(site: Site, request: Request) -> Response:
    """Numbers about the archive, its sources and its workers, in Prometheus' text format."""
    with site.read() as records:
        lines = list(_lines(site, records))
    media = f"{TEXT}; version=0.0.4; charset=utf-8"
    return Response("".join(lines), 200, {**_HEADERS, "Content-Type": media})


def _lines(site: Site, records: Records) -> Iterator[str]:
    for name, total in records.counts().items():
        yield from _metric(f"variorum_{name}", f"How many {name} there are.", [({}, total)])
    states = Counter(_state(s.paused, s.failures) for s in records.sources())
    told: list[_Sample] = [({"state": s}, states[s]) for s in ("ok", "failing", "paused")]
    yield from _metric("variorum_sources", "Sources by how they are.", told)
    now = site.clock()
    number, oldest = records.overdue(now)
    late = (now - oldest).total_seconds() if oldest else 0.0
    yield from _metric("variorum_articles_due", "Articles waiting for a look.", [({}, number)])
    yield from _metric(
        "variorum_longest_wait_seconds", "How long the first of them has waited.", [({}, late)]
    )
    if site.archive.shared:
        yield from _workers(LeaseRecords(records.db).workers())


def _workers(workers: list[WorkerState]) -> Iterator[str]:
    silent = [({"worker": w.name}, w.silent) for w in workers]
    yield from _metric("variorum_worker_silent_seconds", "Since a worker told of itself.", silent)
    leases = [({"worker": w.name}, float(w.leases)) for w in workers]
    yield from _metric("variorum_worker_leases", "What a worker has in hand.", leases)
    pages = [({"worker": w.name}, float(w.checked)) for w in workers]
    yield from _metric("variorum_worker_pages", "Pages checked since it started.", pages)
    versions = [({"worker": w.name}, float(w.versions)) for w in workers]
    yield from _metric("variorum_worker_versions", "Versions found since then.", versions)


def _state(paused: bool, failures: int) -> str:
    return "paused" if paused else "failing" if failures else "ok"


def _metric(name: str, what: str, samples: list[_Sample]) -> Iterator[str]:
    yield f"# HELP {name} {what}\n# TYPE {name} gauge\n"
    for labels, value in samples:
        told = ",".join(f'{key}="{_escaped(label)}"' for key, label in labels.items())
        yield f"{name}{{{told}}} {value:.15g}\n" if told else f"{name} {value:.15g}\n"


def _escaped(label: str) -> str:
    return label.replace("\\", r"\\").replace('"', r"\"").replace("\n", r"\n")


RAWS = (
    Raw("/healthz", health.__doc__ or "", health, JSON, statuses=(200, 503)),
    Raw("/metrics", metrics.__doc__ or "", metrics, TEXT),
)
