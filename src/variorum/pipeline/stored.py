"""An article's versions, read from the archive only when somebody looks at one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from variorum.model import Article, Version
from variorum.store.records import Records


class StoredVersions(Sequence[Version]):
    """The versions of one article, oldest first. Their number is known without reading any text:
    most looks find nothing new and need no more."""

    def __init__(self, records: Records, article: Article) -> None:
        self._records = records
        self._article = article
        self._read: list[Version] | None = None

    def __len__(self) -> int:
        return self._article.versions

    @overload
    def __getitem__(self, index: int) -> Version: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Version]: ...
    def __getitem__(self, index: int | slice) -> Version | Sequence[Version]:
        if self._read is None:
            self._read = self._records.versions(self._article.id)
        return self._read[index]
