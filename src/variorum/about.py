"""What this software is, for whoever must name itself: records, pages, commands."""

__version__ = "0.1.0"
