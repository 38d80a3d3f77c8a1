"""Coverage-guided fuzzing of the reading of pages, by atheris (Apache-2.0; not in the lock).

usage: python bench/fuzz.py [--seconds N] [--corpus DIR]   (default: a minute, a temporary folder)
with atheris on the path, for example PYTHONPATH=/elsewhere/lib/python3.11/site-packages.

Any bytes must give a Page that survives the wire between the reader and its child, with a reason
for every block, in less than ten seconds and a gigabyte. The first input that does not ends the
run, and is kept in the corpus folder as crash-*, timeout-* or oom-*. Seeds: the pages of the demo
newspaper and short pieces of mark-up, both of our own writing.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
URL = "https://echo.example/news/bridge"
HEADERS = (None, "text/html", "text/html; charset=gb2312", "charset=utf-16", "text/html; charset=x")
PIECES = (
    b"<p>The council said on Friday that it would close the bridge.</p>",
    b"<article><h1>12 hurt</h1><p>By Edda Holm</p><time datetime='2026-03-12'>12 March</time>",
    b"<table><tr><td>1<td>2</table><ul><li><a href=/x>Read more</a></ul><!--",
    b'<script type="application/ld+json">{"@type":"NewsArticle","headline":"A"}</script>',
    b"<figure><img src=a.jpg><figcaption>Photo: A</figcaption></figure><p style=display:none>",
    b"<meta charset=shift_jis><p>\x83\x65\x83\x58\x83\x67",
)
WORDS = (
    "article div span aside section figure figcaption blockquote table td li h1 h2 time br input "
    "form button script meta link title template noscript hidden style= class= id= href= itemprop= "
    "datetime= content= property= rel= og:title article:published_time application/ld+json "
    "Correction: Updated Advertisement Reply comments &nbsp; &#128; \ufeff \u202e 。 </ <!-- --> ]]>"
)


def main() -> int:
    options = _options()
    try:
        import atheris  # type: ignore[import-not-found]
    except ImportError:
        print("left out: atheris is not installed")
        return 0
    with atheris.instrument_imports(include=["variorum"]):
        from variorum.model import PageKind
        from variorum.stages.extract import page as reading
        from variorum.stages.extract import wire

    def one_input(data: bytes) -> None:
        header = HEADERS[data[0] % len(HEADERS)] if data else None
        # _read, not read_page: what the latter would hide must not be there.
        page = reading._read(data[1:], URL, header, None)
        assert wire.load(wire.dump(page)) == page
        assert all(block.why for block in page.blocks)
        assert page.kind is PageKind.ARTICLE or page.reason

    folder = options.corpus or Path(tempfile.mkdtemp(prefix="fuzz-"))
    folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(_seeds()):
        (folder / f"seed-{number}").write_bytes(b"\0" + seed)
    words = folder.parent / f"{folder.name}.dict"
    words.write_text("".join(f'"{_quoted(word)}"\n' for word in WORDS.split()), "utf-8")
    limits = [
        f"-max_total_time={options.seconds}",
        f"-timeout={options.patience}",
        "-rss_limit_mb=1024",
    ]
    rest = [
        f"-dict={words}",
        f"-artifact_prefix={folder}/",
        "-max_len=20000",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *limits, *rest, str(folder)], one_input)
    atheris.Fuzz()  # ends the process
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--patience", type=int, default=10, help="seconds an input may take")
    parser.add_argument("--corpus", type=Path)
    return parser.parse_args()


def _seeds() -> list[bytes]:
    sys.path.insert(0, str(ROOT / "tests" / "extract"))
    from newsdesk import page  # type: ignore[import-not-found]

    return [page().encode(), *PIECES]


def _quoted(word: str) -> str:
    return "".join(f"\\x{b:02x}" for b in word.encode())


if __name__ == "__main__":
    sys.exit(main())
