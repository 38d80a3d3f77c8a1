"""Gets what the browser tests need where it is missing and can be had: Debian's Chromium, and
axe-core, which looks for barriers (from npm, into artefacts/, which is not kept).

Run by ``make test``. Where it cannot be had, it says which tests will be skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")


AXE = "axe-core@4.14.1"
ARTEFACTS = Path(__file__).resolve().parent.parent / "artefacts"


def main() -> int:
    if not _has_browser() and os.geteuid() == 0 and shutil.which("apt-get"):
        print("installing Chromium for the browser tests …", file=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        _run(["apt-get", "update", "-qq"], environment)
        packages = ["--no-install-recommends", "chromium"]
        _run(["apt-get", "install", "-y", "-qq", *packages], environment)
    if not _has_browser():
        print(
            "no Chromium here: the tests in tests/browser are skipped. "
            "To run them, install it (Debian: apt-get install chromium).",
            file=sys.stderr,
        )
        return 0
    if not _has_axe() and shutil.which("npm"):
        ARTEFACTS.mkdir(exist_ok=True)
        quiet = ["--no-save", "--no-package-lock", "--no-audit", "--no-fund", "--silent"]
        _run(["npm", "install", "--prefix", str(ARTEFACTS), *quiet, AXE], {**os.environ})
    if not _has_axe():
        print(
            "no axe-core here: the tests that look for barriers are skipped. "
            "To run them: npm install --no-save axe-core, in artefacts/.",
            file=sys.stderr,
        )
    return 0


def _has_browser() -> bool:
    return any(shutil.which(name) for name in NAMES)


def _has_axe() -> bool:
    return (ARTEFACTS / "node_modules" / "axe-core" / "axe.min.js").exists()


def _run(command: list[str], environment: dict[str, str]) -> None:
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    sys.exit(main())
