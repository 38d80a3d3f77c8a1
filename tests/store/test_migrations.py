"""The migrations and the tables that the code believes in are the same thing."""

from __future__ import annotations

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from variorum.store import migrate, schema
from variorum.store.archive import open_for_writing


def test_a_migrated_archive_has_the_tables_that_the_code_believes_in(tmp_path: Path) -> None:
    with open_for_writing(tmp_path) as archive, archive.engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_name": lambda name, kind, parents: "_fts" not in (name or "")},
        )
        assert compare_metadata(context, schema.metadata) == []


def test_the_newest_migration_is_the_one_the_code_asks_for() -> None:
    folder = Path(migrate.__file__).parent / "migrations"
    assert ScriptDirectory(str(folder)).get_current_head() == migrate.HEAD
