"""Gets programs of others that tests run for real, each into an environment of its own under
artefacts/, which is not kept.

usage: python tests/tools_setup.py NAME...     (the names: see TOOLS)

Run by ``make test`` and ``make test-spark``. Where one cannot be had, it says which test will be
skipped.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

ARTEFACTS = Path(__file__).resolve().parent.parent / "artefacts"
_PATIENCE = 600


@dataclass(frozen=True, slots=True)
class Tool:
    """What to install, the program that shows that it is there, and the test that wants it."""

    requirements: tuple[str, ...]
    program: str
    test: str


TOOLS = {
    # pywb 2.10 imports pkg_resources, which newer versions of setuptools no longer bring.
    "pywb": Tool(
        ("pywb==2.10.0", "setuptools<81"), "wayback", "tests/backfill/test_backfill_pywb.py"
    ),
    "moto": Tool(("moto[server]==5.2.5",), "moto_server", "tests/store/test_captures_in_s3.py"),
    "schemathesis": Tool(
        ("schemathesis==4.32.5",), "schemathesis", "tests/web/test_web_schemathesis.py"
    ),
    "spark": Tool(
        ("pyspark==4.0.1", "pandas==2.3.3"), "spark-submit", "tests/corpus/test_corpus_spark.py"
    ),
}


def program(name: str) -> Path | None:
    """The program that a tool is run by, None where it is not installed."""
    found = ARTEFACTS / name / "bin" / TOOLS[name].program
    return found if found.exists() else None


def get(name: str) -> None:
    """Install a tool that is not there yet; says so on standard error, and if it cannot be had."""
    if program(name) is None:
        print(f"installing {name} for {TOOLS[name].test} …", file=sys.stderr)
        try:
            _install(ARTEFACTS / name, TOOLS[name].requirements)
        except (OSError, subprocess.SubprocessError) as error:
            print(f"{name} cannot be installed ({error})", file=sys.stderr)
    if program(name) is None:
        print(f"no {name} here: {TOOLS[name].test} is skipped", file=sys.stderr)


def _install(place: Path, requirements: tuple[str, ...]) -> None:
    venv.create(place, with_pip=True, clear=True)
    pip = [place / "bin" / "python", "-m", "pip", "install", "--quiet"]
    subprocess.run(
        [*pip, "--disable-pip-version-check", *requirements],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
        timeout=_PATIENCE,
    )


if __name__ == "__main__":
    for asked in sys.argv[1:]:
        get(asked)
