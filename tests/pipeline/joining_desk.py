"""A desk that puts captures of one story's two addresses into an archive, an hour apart."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from variorum.model import Article, Fetched
from variorum.pipeline.identity import article_at
from variorum.pipeline.path import CapturePath
from variorum.pipeline.twins import join_twin
from variorum.store.archive import Archive

START = datetime(2025, 3, 12, 6, 0, tzinfo=UTC)
NOW = START + timedelta(days=2)
BRIDGE = "https://news.example.org/city/bridge"
LATE = "https://news.example.org/city/bridge-late-edition"


def page(headline: str, hurt: str, canonical: str, more: str = "") -> bytes:
    return f"""<!doctype html><html lang="en"><head><title>{headline}</title>
    <link rel="canonical" href="{canonical}"><meta property="og:type" content="article"></head>
    <body><main><article><h1>{headline}</h1>
    <p>The old bridge over the Tarn was closed on Monday morning after a lorry struck one of its
    piers, and engineers said that it would stay shut for weeks.</p>
    <p>{hurt} people were hurt, according to the ambulance service, which sent six vehicles to the
    scene shortly after seven o'clock.</p>
    <p>“We heard a bang and then the whole deck shook,” said Ana Reyes, who was crossing on foot
    with her two children when it happened.</p>{more}</article></main></body></html>""".encode()


class Desk:
    """Puts captures into an archive, an hour apart."""

    def __init__(self, archive: Archive, path: CapturePath) -> None:
        self.archive = archive
        self.path = path
        self.hour = 0

    def look(
        self, url: str, body: bytes = b"", status: int = 200, final: str | None = None
    ) -> Article:
        time = START + timedelta(hours=self.hour)
        self.hour += 1
        kind = (("Content-Type", "text/html; charset=utf-8"), ("ETag", f'"{self.hour}"'))
        with self.archive.write() as records:
            article, _ = article_at(records, url, None, time)
            fetched = Fetched(url, time, final or url, status, kind, body)
            taken = self.path.take(records, article, fetched)
            join_twin(self.path, records, taken, time)
            self.path.finish(records)
            known = records.article(taken.article)
        assert known is not None
        return known

    def captures(self) -> list[tuple[str, str | None, str | None]]:
        """Everything that was captured, whoever has it."""
        with self.archive.read() as records:
            rows = records.db.exec_driver_sql(
                "SELECT url, digest, warc || ':' || offset FROM capture ORDER BY id"
            )
            return [tuple(row) for row in rows]
