"""Gets pywb, a real web archive server, for the test that takes the past from one: into artefacts/,
which is not kept, in an environment of its own.

Run by ``make test``. Where it cannot be had, it says which test will be skipped.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

PYWB = "pywb==2.10.0"
# pywb 2.10 imports pkg_resources, which newer ones no longer bring.
SETUPTOOLS = "setuptools<81"
PLACE = Path(__file__).resolve().parent.parent / "artefacts" / "pywb"
_PATIENCE = 300


def program(name: str) -> Path | None:
    """One of pywb's programs, None where pywb is not installed."""
    found = PLACE / "bin" / name
    return found if found.exists() else None


def main() -> int:
    if program("wayback") is None:
        print("installing pywb for tests/backfill …", file=sys.stderr)
        try:
            venv.create(PLACE, with_pip=True, clear=True)
            pip = [PLACE / "bin" / "python", "-m", "pip", "install", "--quiet"]
            subprocess.run(
                [*pip, "--disable-pip-version-check", PYWB, SETUPTOOLS],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
                timeout=_PATIENCE,
            )
        except (OSError, subprocess.SubprocessError) as error:
            print(f"pywb cannot be installed ({error})", file=sys.stderr)
    if program("wayback") is None:
        print("no pywb here: tests/backfill/test_backfill_pywb.py is skipped", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
