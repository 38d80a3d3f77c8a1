"""The migrations and the tables that the code believes in are the same thing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from postgres_server import Server
from variorum.store import migrate, observed, schema, shared_schema
from variorum.store.archive import Archive, open_for_reading, open_for_writing
from variorum.store.change_records import ChangeFilter
from variorum.store.engine import sqlite_engine
from variorum.store.errors import ArchiveError
from variorum.store.migrations.versions import v0004_shared
from variorum.store.people_records import Act
from variorum.store.place import PostgresPlace, read_place
from variorum.store.records import Records
from variorum.store.shared_archive import SharedArchive, open_shared


def test_a_migrated_archive_has_the_tables_that_the_code_believes_in(tmp_path: Path) -> None:
    with open_for_writing(tmp_path) as archive:
        assert differences(archive) == []


def test_so_has_one_in_postgresql(tmp_path: Path, postgres: Server) -> None:
    with shared(tmp_path, postgres) as archive:
        assert differences(archive) == []


def shared(tmp_path: Path, postgres: Server) -> SharedArchive:
    place = read_place(postgres.place(tmp_path))
    assert isinstance(place, PostgresPlace)
    return open_shared(place)


def differences(archive: Archive) -> list[object]:
    """Between the database and the tables of the code; the index of words is each database's own,
    and so are the rows that PostgreSQL notes for the evidence log."""
    with archive.engine.connect() as connection:

        def ours(name: str | None, kind: str, parents: object) -> bool:
            return "_fts" not in (name or "") and name != "evidence_touched"

        context = MigrationContext.configure(connection, opts={"include_name": ours})
        assert shared_schema.PASSING
        return list(compare_metadata(context, schema.metadata))


def test_rows_of_evidence_are_noted_by_the_same_columns_in_every_database() -> None:
    assert set(v0004_shared._CAPTURE) == {*observed.FACTS, *observed.VERDICT}
    assert v0004_shared._VERSION == observed.VERSION


def test_the_log_of_acts_cannot_be_altered_in_postgresql(tmp_path: Path, postgres: Server) -> None:
    now = datetime(2025, 3, 12, 6, 0, tzinfo=UTC)
    with shared(tmp_path, postgres) as archive:
        with archive.write() as records:
            records.add_act(Act("hide", "ana", "editor", now, article=7, reason="an order"))
        for line in ("UPDATE act SET reason = 'none'", "DELETE FROM act", "TRUNCATE act"):
            with pytest.raises(IntegrityError, match="appended"), archive.write() as records:
                records.db.exec_driver_sql(line)
        with archive.read() as records:
            assert [a.reason for a in records.acts()] == ["an order"]


def test_the_newest_migration_is_the_one_the_code_asks_for() -> None:
    folder = Path(migrate.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == migrate.HEAD


def archive_at(folder: Path, revision: str) -> None:
    """An archive as an older Variorum left it, with a source, an article and its change."""
    engine = sqlite_engine(folder / "variorum.db")
    config = Config()
    config.set_main_option("script_location", str(Path(migrate.__file__).parent / "migrations"))
    with engine.connect() as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
        for line in (
            "INSERT INTO setting VALUES ('created', '\"2025-03-12T06:00:00Z\"')",
            "INSERT INTO source VALUES (4, 'https://a.example/feed', 'feed', 'A', 0, 'ok', "
            "1741759200000, NULL, 1741759200000, 0, NULL, NULL)",
            "INSERT INTO article VALUES (7, 'https://a.example/7', 4, 'a.example', NULL, 'Seven', "
            "'watching', NULL, NULL, NULL, 1741759200000, NULL, 'new', 0, 0)",
            "INSERT INTO change VALUES (1, 7, NULL, NULL, 1741759200000, 0.5, 0, 1, ',gone,', "
            """'{"headline_old": null, "headline_new": "Seven", "lead": null, "counts": {}, """
            """"age": null}')""",
        ):
            connection.exec_driver_sql(line)
    engine.dispose()


def test_an_archive_of_the_first_shape_moves_over_with_all_that_it_has(tmp_path: Path) -> None:
    archive_at(tmp_path, "0001")
    with pytest.raises(ArchiveError, match="older schema"):
        open_for_reading(tmp_path)
    with open_for_writing(tmp_path) as archive, archive.read() as records:
        assert migrate.current(records.db) == migrate.HEAD
        (source,) = records.sources()
        assert (source.id, source.url, source.health) == (4, "https://a.example/feed", "ok")
        (article,) = records.articles()
        assert (article.id, article.headline, article.source) == (7, "Seven", 4)
        (change,) = records.changes(ChangeFilter())
        assert change.headline_new == "Seven"
        assert records.people() == [] and records.acts() == [] and records.hidings() == []
    with open_for_reading(tmp_path) as archive, archive.read() as records:
        assert records.counts()["articles"] == 1


def test_changes_that_hid_an_unannounced_claim_under_an_announced_one_are_put_right(
    tmp_path: Path,
) -> None:
    archive_at(tmp_path, "0001")
    engine = sqlite_engine(tmp_path / "variorum.db")
    with engine.connect() as connection, connection.begin():
        _add_steps(connection, 7)
    engine.dispose()
    with open_for_writing(tmp_path) as archive, archive.read() as records:
        assert _told(records) == _TOLD


def test_so_they_are_in_postgresql(tmp_path: Path, postgres: Server) -> None:
    with shared(tmp_path, postgres) as archive:
        with archive.write() as records:
            now = datetime(2025, 3, 12, 6, 0, tzinfo=UTC)
            number = records.add_article("https://a.example/7", ["a/7"], None, now).id
        with archive.engine.begin() as connection:
            connection.exec_driver_sql("ALTER TABLE change DROP COLUMN partly")
            connection.exec_driver_sql("ALTER TABLE hiding DROP COLUMN legal")  # came after it
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0009'")
            _add_steps(connection, number)
            migrate.upgrade(connection)
        with archive.read() as records:
            assert _told(records) == _TOLD


# By the newer version: what its claim changes were announced as, and what the step is told as
_STEPS = {1: (True, True), 2: (True, False), 3: (False, False), 4: ()}
_TOLD = {1: "announced", 2: "announced in part", 3: "unannounced", 4: "announced"}


def _add_steps(connection: Connection, number: int) -> None:
    """Steps as they were told before: announced if one claim change was, or a notice came alone."""
    for new, claims in _STEPS.items():
        any_ = "true" if any(claims) or not claims else "false"
        connection.exec_driver_sql(
            "INSERT INTO change (article, old, new, time, weight, announced, meaningful, kinds, "
            f"summary) VALUES ({number}, {new - 1}, {new}, 1741759200000, 0.5, {any_}, true, ',figure,', "
            """'{"headline_old": null, "headline_new": "Seven", "lead": null, "counts": {}, """
            """"age": null}')"""
        )
        for said in claims:
            connection.exec_driver_sql(
                "INSERT INTO claim_change (article, new, kind, statement, weight, announced, data) "
                f"VALUES ({number}, {new}, 'figure', '', 0.5, {str(said).lower()}, '{{}}')"
            )


def _told(records: Records) -> dict[int | None, str]:
    return {c.new: c.announcement for c in records.changes(ChangeFilter()) if c.old is not None}


def test_the_log_of_acts_cannot_be_altered(tmp_path: Path) -> None:
    now = datetime(2025, 3, 12, 6, 0, tzinfo=UTC)
    with open_for_writing(tmp_path) as archive:
        with archive.write() as records:
            records.add_act(Act("hide", "ana", "editor", now, article=7, reason="an order"))
        for line in ("UPDATE act SET reason = 'none'", "DELETE FROM act"):
            with pytest.raises(IntegrityError, match="appended"), archive.write() as records:
                records.db.exec_driver_sql(line)
        with archive.read() as records:
            assert [a.reason for a in records.acts()] == ["an order"]
