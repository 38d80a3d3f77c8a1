"""Commands run in this process, with what they print and their exit code."""

from __future__ import annotations

from pathlib import Path

import pytest
from cli_run import Ran, Run

from variorum.cli import main


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("VARIORUM_ARCHIVE", raising=False)

    def invoke(*args: object) -> Ran:
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main([str(a) for a in args])
        said = capsys.readouterr()
        code = ended.value.code
        return Ran(code if isinstance(code, int) else 0, said.out, said.err)

    return invoke


def story_page(
    hurt: str = "Twelve", headline: str = "Bridge closed after lorry strikes pier"
) -> str:
    return f"""<!doctype html><html lang="en"><head><title>{headline}</title>
    <link rel="canonical" href="https://news.example.org/city/bridge-closed-after-lorry">
    <meta property="og:type" content="article"></head><body><main><article><h1>{headline}</h1>
    <p>The old bridge over the Tarn was closed on Monday morning after a lorry struck one of its
    piers, and engineers said that it would stay shut for weeks.</p>
    <p>{hurt} people were hurt, according to the ambulance service, which sent six vehicles to the
    scene shortly after seven o'clock.</p>
    <p>“We heard a bang and then the whole deck shook,” said Ana Reyes, who was crossing on foot
    with her two children when it happened.</p></article></main></body></html>"""


@pytest.fixture
def pages(tmp_path: Path) -> tuple[Path, Path]:
    """Two saved versions of one page, an hour apart."""
    import os

    paths = (tmp_path / "old.html", tmp_path / "new.html")
    for number, (path, hurt) in enumerate(zip(paths, ("Twelve", "Twenty-one"), strict=True)):
        path.write_text(story_page(hurt))
        os.utime(path, (1741000000 + 3600 * number,) * 2)
    return paths


@pytest.fixture
def imported(run: Run, pages: tuple[Path, Path]) -> Run:
    """``run`` over an archive that has both pages."""
    assert run("import", *pages).code == 0
    return run
