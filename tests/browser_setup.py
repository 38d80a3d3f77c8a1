"""Gets Debian's Chromium for the browser tests where it is missing and can be had.

Run by ``make test``. Where it cannot be had, it says which tests will be skipped.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome")


def main() -> int:
    if any(shutil.which(name) for name in NAMES):
        return 0
    if os.geteuid() == 0 and shutil.which("apt-get"):
        print("installing Chromium for the browser tests …", file=sys.stderr)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for command in (
            ["apt-get", "update", "-qq"],
            ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"],
        ):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)
    if not any(shutil.which(name) for name in NAMES):
        print(
            "no Chromium here: the tests in tests/browser are skipped. "
            "To run them, install it (Debian: apt-get install chromium).",
            file=sys.stderr,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
