"""Bringing a database to the shape that this Variorum knows, and refusing a newer one."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from variorum.store.errors import ArchiveNewerError

# The newest file in migrations/versions; opening an up-to-date archive then needs no Alembic.
HEAD = "0011"


def current(connection: Connection) -> str | None:
    """The revision that the database stands at, None for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def upgrade(connection: Connection) -> None:
    """Migrate to HEAD inside the caller's transaction.

    Raises ArchiveNewerError where the database stands at a revision that is not known here.
    """
    at = current(connection)
    if at == HEAD:
        return
    refuse_newer(at)
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def refuse_newer(at: str | None) -> None:
    """Raises ArchiveNewerError where ``at`` is a revision made after HEAD."""
    if at is not None and at > HEAD:
        raise ArchiveNewerError(
            f"this archive has schema {at}, newer than this Variorum knows ({HEAD}): "
            "upgrade Variorum, or use another archive with --archive"
        )
