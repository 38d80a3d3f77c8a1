"""Timestamps of outside authorities: a test authority on loopback, checked offline afterwards."""

from __future__ import annotations

import json
import shutil
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from variorum.cli import main
from variorum.evidence.entries import parse
from variorum.evidence.note import Verifier
from variorum.evidence.package import CHECKPOINT, CUSTODY
from variorum.evidence.package_file import PackageFile
from variorum.evidence.package_timestamps import STAMPS, check_stamp
from variorum.evidence.report import Report
from variorum.evidence.tiles import parse_note
from variorum.evidence.timestamps import check_answer, notes_in

pytest.importorskip("rfc3161_client", reason="needs variorum[timestamps]")
pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="the test authority needs openssl, which is not here"
)

_CONFIG = """
[tsa]
default_tsa = t
[t]
dir = {place}
serial = {place}/serial
signer_cert = {place}/tsa.pem
signer_key = {place}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
accuracy = secs:1
"""


class Authority:
    """A timestamp authority of our own (openssl behind HTTP), with a root of its own."""

    def __init__(self, place: Path, name: str) -> None:
        place.mkdir()
        self.place, self.silent = place, False
        root_key, root = certificate(name, None, None)
        key, leaf = certificate(f"{name} stamps", root_key, root)
        self.root = place / "root.pem"
        self.root.write_bytes(root.public_bytes(serialization.Encoding.PEM))
        (place / "tsa.pem").write_bytes(leaf.public_bytes(serialization.Encoding.PEM))
        (place / "tsa.key").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )
        (place / "serial").write_text("01\n")
        (place / "tsa.cnf").write_text(_CONFIG.format(place=place))
        authority = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                asked = self.rfile.read(int(self.headers["Content-Length"]))
                answer = authority.answer(asked)
                self.send_response(503 if authority.silent else 200)
                self.send_header("Content-Type", "application/timestamp-reply")
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *told: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/tsr"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def answer(self, asked: bytes) -> bytes:
        if self.silent:
            return b""
        (self.place / "asked").write_bytes(asked)
        command = ["openssl", "ts", "-reply", "-config", "tsa.cnf", "-section", "t"]
        command += ["-queryfile", "asked", "-out", "answer"]
        subprocess.run(command, cwd=self.place, check=True, capture_output=True)
        return (self.place / "answer").read_bytes()

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()


def certificate(
    name: str, issuer_key: rsa.RSAPrivateKey | None, issuer: x509.Certificate | None
) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(issuer.subject if issuer else called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.BasicConstraints(ca=issuer is None, path_length=None), critical=True)
    )
    if issuer is not None:
        usage = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
        made = made.add_extension(usage, critical=True)
    return key, made.sign(issuer_key or key, hashes.SHA256())


@pytest.fixture
def authorities(tmp_path: Path) -> Iterator[list[Authority]]:
    made = [Authority(tmp_path / name, name) for name in ("first", "second")]
    yield made
    for one in made:
        one.close()


def run(capsys: pytest.CaptureFixture[str], *args: object) -> tuple[int, Any]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main([*map(str, args), "--json"])
    out, _ = capsys.readouterr()
    return int(ended.value.code or 0), json.loads(out)


def stamps(told: dict[str, Any]) -> dict[str, int]:
    found: dict[str, int] = told["counts"].get("timestamp", {})
    return found


def test_stamped_by_two_and_checked_offline(
    archive: Path, authorities: list[Authority], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = authorities
    code, told = run(capsys, "timestamp", first.url, second.url, "--archive", archive)
    assert code == 0, told
    assert [t["authority"] for t in told["timestamps"]] == [first.url, second.url]
    for one in authorities:
        one.close()

    verify = ("verify", "--archive", archive, "--no-texts")
    code, told = run(capsys, *verify, "--authority", first.root, "--authority", second.root)
    assert (code, stamps(told)) == (0, {"ok": 2})
    code, told = run(capsys, *verify)
    assert (code, stamps(told)) == (0, {"unverifiable": 2})


def test_an_authority_that_nobody_named_speaks_against_nothing(
    archive: Path, authorities: list[Authority], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = authorities
    run(capsys, "timestamp", first.url, second.url, "--archive", archive)
    verify = ("verify", "--archive", archive, "--no-texts", "--authority", first.root)
    code, told = run(capsys, *verify)
    assert (code, stamps(told)) == (0, {"ok": 1, "unverifiable": 1})
    [item] = [i for i in told["items"] if i["what"] == "timestamp"]
    assert item["why"] == "unaltered; its authority is none of those given: CN=second"


def test_who_signs_in_the_name_of_an_authority_that_was_given_must_be_it(
    archive: Path, authorities: list[Authority], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, _ = authorities
    (tmp_path / "other").mkdir()
    forger = Authority(tmp_path / "other" / "keys", "first")
    run(capsys, "timestamp", forger.url, "--archive", archive)
    forger.close()
    verify = ("verify", "--archive", archive, "--no-texts", "--authority", first.root)
    code, told = run(capsys, *verify)
    assert (code, stamps(told)) == (3, {"altered": 1})


def test_an_answer_that_was_granted_with_modifications_is_not_called_altered(
    archive: Path, authorities: list[Authority], capsys: pytest.CaptureFixture[str]
) -> None:
    first, _ = authorities
    run(capsys, "timestamp", first.url, "--archive", archive)
    [path] = (archive / "timestamps").iterdir()
    stamped = notes_in(archive / "log")[int(path.name.partition("-")[0])]
    answer = path.read_bytes()
    granted = bytes.fromhex("3003020100")  # the status, 0: the first that stands in an answer
    assert answer.index(granted) < 10
    modified = answer.replace(granted, bytes.fromhex("3003020101"), 1)
    for data, status in ((answer, "ok"), (modified, "unverifiable")):
        report = Report()
        check_answer("a", data, stamped, report, [first.root.read_bytes()])
        assert report.counts["timestamp"] == {status: 1}


def test_an_answer_over_another_log_is_not_honest_whoever_signed_it(
    archive: Path, authorities: list[Authority], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = authorities
    run(capsys, "timestamp", second.url, "--archive", archive)
    [path] = (archive / "timestamps").iterdir()
    for roots in ([], [first.root.read_bytes()], [second.root.read_bytes()]):
        report = Report()
        check_answer("a", path.read_bytes(), b"another checkpoint", report, roots)
        assert report.counts["timestamp"] == {"altered": 1}


def test_pending_until_it_is_answered(
    archive: Path, authorities: list[Authority], capsys: pytest.CaptureFixture[str]
) -> None:
    first, _ = authorities
    first.silent = True
    code, told = run(capsys, "timestamp", first.url, "--archive", archive)
    assert code == 3
    assert len(told["failures"]) == 1
    verify = ("verify", "--archive", archive, "--no-texts", "--authority", first.root)
    code, told = run(capsys, *verify)
    assert (code, stamps(told)) == (0, {"pending": 1})
    first.silent = False
    code, _ = run(capsys, "timestamp", first.url, "--archive", archive)
    assert code == 0
    code, told = run(capsys, *verify)
    assert (code, stamps(told)) == (0, {"ok": 1})


def test_whatever_is_done_to_an_answer_is_seen(
    archive: Path, authorities: list[Authority], capsys: pytest.CaptureFixture[str]
) -> None:
    first, _ = authorities
    run(capsys, "timestamp", first.url, "--archive", archive)
    [path] = (archive / "timestamps").iterdir()
    data = path.read_bytes()
    verify = ("verify", "--archive", archive, "--quick", "--authority", first.root)
    for at in range(0, len(data), len(data) // 12):
        path.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        code, told = run(capsys, *verify)
        assert (code, stamps(told)) == (3, {"altered": 1})
    path.unlink()
    code, told = run(capsys, *verify)
    assert (code, stamps(told)) == (3, {"missing": 1})
    path.write_bytes(data)
    assert run(capsys, *verify)[0] == 0


def test_an_answer_to_another_question_is_none(
    archive: Path, authorities: list[Authority], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = authorities
    run(capsys, "timestamp", first.url, "--archive", archive)
    old = (first.place / "answer").read_bytes()
    second.answer = lambda asked: old  # type: ignore[method-assign]
    code, told = run(capsys, "timestamp", second.url, "--archive", archive)
    assert code == 3
    assert "something else" in told["failures"][0]
    second.answer = lambda asked: b"<html>busy</html>"  # type: ignore[method-assign]
    code, told = run(capsys, "timestamp", second.url, "--archive", archive)
    assert code == 3
    assert "no timestamp came" in told["failures"][0]


def test_a_package_takes_its_timestamps_along(
    archive: Path, tmp_path: Path, authorities: list[Authority], capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = authorities
    run(capsys, "timestamp", first.url, "--archive", archive)
    run(capsys, "timestamp", second.url, "--archive", archive)
    package = tmp_path / "story.wacz"
    run(capsys, "export", package, "--article", "1", "--archive", archive)
    said = zipfile.ZipFile(package).read("evidence/statement.txt").decode()
    assert "2 answers of outside authorities" in said
    assert "No outside authority" not in said
    roots = ("--authority", first.root, "--authority", second.root)
    code, told = run(capsys, "verify", package, *roots)
    assert (code, stamps(told)) == (0, {"ok": 2})
    code, told = run(capsys, "verify", package)
    assert (code, stamps(told)) == (0, {"unverifiable": 2})
    code, told = run(capsys, "verify", package, "--authority", second.root)
    assert (code, stamps(told)) == (0, {"ok": 1, "unverifiable": 1})

    with PackageFile(package) as opened:
        [line, other] = opened.lines(STAMPS)
        head = parse_note(opened.read(CHECKPOINT).decode())[1]
        keys = [
            Verifier.parse(parse(x["entry"].encode())["verifier"])
            for x in list(opened.lines(CUSTODY))[:1]
        ]
    entry = parse(line["logged"]["entry"].encode())
    for change in (
        {"answer": other["answer"]},
        {"checkpoint": other["checkpoint"]},
        {"consistency": other["consistency"]},
        {"file": other["file"]},
    ):
        report = Report()
        assert check_stamp({**line, **change}, entry, head, keys, (), report), change
        assert report.items == []
