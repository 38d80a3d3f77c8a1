"""The path of the data, a folder a stage: watch, fetch, extract, version, collate, claims, publish.

Stages never import each other; they meet only in ``model`` and share the readers in ``text``.
"""
