"""Bringing in what others kept: WARC files, pages of older archives, HTML files, JSON lines.

Each reader is a generator of items and problems; :mod:`~variorum.pipeline.importing.run` puts the
items through the same path as everything else. What is imported is marked as imported.
"""
