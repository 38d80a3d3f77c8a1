"""Gets schemathesis, which asks an API everything that its OpenAPI document allows and much that it
forbids, for tests/web: into artefacts/, which is not kept, in an environment of its own.

Run by ``make test``. Where it cannot be had, it says which test will be skipped.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

SCHEMATHESIS = "schemathesis==4.32.5"
PLACE = Path(__file__).resolve().parent.parent / "artefacts" / "schemathesis"
_PATIENCE = 300


def program() -> Path | None:
    """Its command, None where it is not installed."""
    found = PLACE / "bin" / "schemathesis"
    return found if found.exists() else None


def main() -> int:
    if program() is None:
        print("installing schemathesis for tests/web …", file=sys.stderr)
        try:
            venv.create(PLACE, with_pip=True, clear=True)
            pip = [PLACE / "bin" / "python", "-m", "pip", "install", "--quiet"]
            subprocess.run(
                [*pip, "--disable-pip-version-check", SCHEMATHESIS],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
                timeout=_PATIENCE,
            )
        except (OSError, subprocess.SubprocessError) as error:
            print(f"schemathesis cannot be installed ({error})", file=sys.stderr)
    if program() is None:
        print("no schemathesis: tests/web/test_web_schemathesis.py is skipped", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
