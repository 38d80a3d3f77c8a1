"""A small corpus, made once."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_corpus import VERSIONS_MADE, write_corpus

from variorum.corpus.run import Settings, run_corpus


@pytest.fixture(scope="session")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "texts.jsonl"
    assert write_corpus(path, VERSIONS_MADE) >= VERSIONS_MADE
    return path


@pytest.fixture(scope="session")
def made(texts: Path) -> Path:
    pytest.importorskip("duckdb", reason="needs variorum[corpus]")
    out = texts.parent / "made"
    list(run_corpus([texts], out, Settings(workers=1, partitions=4)))
    return out
