"""All records on one connection."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select, update

from variorum.store.article_records import ArticleRecords
from variorum.store.capture_records import CaptureRecords
from variorum.store.change_records import ChangeRecords
from variorum.store.editorial_records import EditorialRecords
from variorum.store.notice_records import NoticeRecords
from variorum.store.people_records import PeopleRecords
from variorum.store.schema import furniture, setting
from variorum.store.search_records import SearchRecords
from variorum.store.source_records import SourceRecords
from variorum.store.statistics_records import StatisticsRecords
from variorum.store.version_records import VersionRecords


class Records(
    SourceRecords,
    ArticleRecords,
    CaptureRecords,
    VersionRecords,
    SearchRecords,
    ChangeRecords,
    EditorialRecords,
    PeopleRecords,
    NoticeRecords,
    StatisticsRecords,
):
    """Everything the archive knows, read and written inside one transaction."""

    def setting(self, name: str) -> Any:
        """A setting of the archive, None when it was never set."""
        return self.db.execute(select(setting.c.value).where(setting.c.name == name)).scalar()

    def set_setting(self, name: str, value: Any) -> None:
        done = self.db.execute(update(setting).where(setting.c.name == name).values(value=value))
        if done.rowcount == 0:
            self.db.execute(setting.insert().values(name=name, value=value))

    def settings(self, prefix: str) -> dict[str, Any]:
        """The settings whose names begin so."""
        named = setting.c.name.startswith(prefix, autoescape=True)
        rows = self.db.execute(select(setting.c.name, setting.c.value).where(named))
        return {row.name: row.value for row in rows}

    def forget_setting(self, name: str) -> None:
        self.db.execute(setting.delete().where(setting.c.name == name))

    def furniture(self, host: str) -> dict[str, Any] | None:
        """What was learned of a site's furniture, as the extractor wrote it down."""
        data: dict[str, Any] | None = self.db.execute(
            select(furniture.c.data).where(furniture.c.host == host)
        ).scalar()
        return data

    def set_furniture(self, host: str, data: dict[str, Any]) -> None:
        done = self.db.execute(update(furniture).where(furniture.c.host == host).values(data=data))
        if done.rowcount == 0:
            self.db.execute(furniture.insert().values(host=host, data=data))
