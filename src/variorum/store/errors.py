"""What can be wrong with an archive, each with one line for the person who meets it."""

from __future__ import annotations


class ArchiveError(Exception):
    """The archive cannot be used; the message says what is wrong and what to do."""


class ArchiveMissingError(ArchiveError):
    """There is no archive where one was to be read."""


class ArchiveInUseError(ArchiveError):
    """Another process writes to this archive."""


class ArchiveNewerError(ArchiveError):
    """The archive was written by a newer Variorum."""


class DamagedError(ArchiveError):
    """Something stored is not what was stored: a digest does not match."""
