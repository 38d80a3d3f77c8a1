"""Reading under limits (first form: in this process)."""

from __future__ import annotations

from typing import Any

from variorum.model import Page
from variorum.stages.extract.page import read_page


class Reader:
    """``with Reader() as reader: reader.read(body, url=…)``."""

    def __enter__(self) -> Reader:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def read(self, body: bytes | str, **given: Any) -> Page:
        return read_page(body, **given)

    def close(self) -> None:
        """Ends the child process."""
