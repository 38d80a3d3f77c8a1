"""Gets moto, a server that speaks S3, for the tests of captures in a store: into artefacts/, which is
not kept, in an environment of its own.

Run by ``make test``. Where it cannot be had, it says which tests will be skipped.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

MOTO = "moto[server]==5.2.5"
PLACE = Path(__file__).resolve().parent.parent / "artefacts" / "moto"
_PATIENCE = 600


def program() -> Path | None:
    """The server, None where moto is not installed."""
    found = PLACE / "bin" / "moto_server"
    return found if found.exists() else None


def main() -> int:
    if program() is None:
        print("installing moto for tests/store …", file=sys.stderr)
        try:
            venv.create(PLACE, with_pip=True, clear=True)
            pip = [PLACE / "bin" / "python", "-m", "pip", "install", "--quiet"]
            subprocess.run(
                [*pip, "--disable-pip-version-check", MOTO],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=False,
                timeout=_PATIENCE,
            )
        except (OSError, subprocess.SubprocessError) as error:
            print(f"moto cannot be installed ({error})", file=sys.stderr)
    if program() is None:
        print("no moto here: tests/store/test_captures_in_s3.py is skipped", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
