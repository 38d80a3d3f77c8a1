"""What ends a run over a corpus, in one line that says what to do."""

from __future__ import annotations


class CorpusError(Exception):
    """The message is for people."""
