"""What stands beside a response in the WARC: its request, its connection, its certificates."""

from __future__ import annotations

import asyncio
import hashlib
import io
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from archives import BRIDGE_FIRST, HARBOUR_STORY, page, take
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from warcio.archiveiterator import ArchiveIterator

from variorum.bootstrap import capture_path, open_archive
from variorum.evidence.check_package import verify_package
from variorum.evidence.package import CAPTURES, WARC, export_wacz
from variorum.evidence.package_file import PackageFile
from variorum.evidence.report import Report, Status
from variorum.evidence.verify import Options, verify_archive
from variorum.evidence.warcscan import scan
from variorum.model import Fetched
from variorum.pipeline.clock import system_clock
from variorum.pipeline.importing.run import read_items, run_import
from variorum.stages.fetch import Fetcher, Guard
from variorum.store.errors import DamagedError

NOW = datetime.now(UTC)
OTHER = page("https://news.example.org/2025/harbour", "Harbour", HARBOUR_STORY)


def certificate(name: str, key: Any, issuer: str, issuer_key: Any, *, authority: bool) -> Any:
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    builder = (
        x509.CertificateBuilder()
        .subject_name(named)
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, issuer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - timedelta(days=1))
        .not_valid_after(NOW + timedelta(days=2))
        .add_extension(x509.BasicConstraints(authority, None), critical=True)
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False
        )
    )
    return builder.sign(issuer_key, hashes.SHA256())


@pytest.fixture
def chain(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[bytes]]:
    """A server's key and certificates (PEM file; DER, its own first), of an authority that the
    fetcher trusts."""
    authority, server = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    root = certificate("authority", authority, "authority", authority, authority=True)
    own = certificate("server", server, "authority", authority, authority=False)
    pem = serialization.Encoding.PEM
    key = server.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path / "server.pem"
    path.write_bytes(key + own.public_bytes(pem) + root.public_bytes(pem))
    trusting = ssl.create_default_context(cadata=root.public_bytes(pem).decode())
    monkeypatch.setattr("aiohttp.connector._SSL_CONTEXT_VERIFIED", trusting)
    der = serialization.Encoding.DER
    return path, [own.public_bytes(der), root.public_bytes(der)]


def fetch(pem: Path, times: int) -> list[Fetched]:
    """The page behind a redirect, over TLS on loopback, as often as wanted."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked = (await reader.readuntil(b"\r\n\r\n")).split(b" ", 2)[1]
        date = b"Date: Tue, 01 Jan 2030 00:00:00 GMT\r\n"
        if asked == b"/old":
            writer.write(b"HTTP/1.1 302 Found\r\nLocation: /story?a=1\r\nContent-Length: 0\r\n\r\n")
        else:
            told = page("https://news.example.org/story", "Bridge closed", BRIDGE_FIRST)
            head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + date
            writer.write(head + b"Content-Length: %d\r\n\r\n" % len(told) + told)
        await writer.drain()
        writer.close()

    async def whole() -> list[Fetched]:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(pem)
        server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context)
        port = server.sockets[0].getsockname()[1]
        async with server, Fetcher(guard=Guard(allow_loopback=True)) as fetcher:
            return [await fetcher.get(f"https://127.0.0.1:{port}/old") for _ in range(times)]

    return asyncio.run(whole())


def records(archive: Path) -> Iterator[tuple[str, Any, bytes]]:
    for path in sorted((archive / "warc").iterdir()):
        for record in ArchiveIterator(io.BytesIO(path.read_bytes()), no_record_parse=True):
            yield record.rec_type, record.rec_headers, record.raw_stream.read()


def test_a_fetch_over_tls_leaves_request_connection_and_certificates(
    chain: tuple[Path, list[bytes]], tmp_path: Path
) -> None:
    pem, certificates = chain
    first, second = fetch(pem, 2)
    assert (first.status, first.error) == (200, None)
    second = replace(second, time=first.time + timedelta(hours=1))
    archive = tmp_path / "archive"
    take(archive, [first, second])

    found = list(records(archive))
    kinds = [kind for kind, _, _ in found]
    assert kinds[:6] == ["warcinfo", "resource", "resource", "request", "metadata", "response"]
    assert kinds[6:] == ["request", "metadata", "revisit"]  # certificates stand once in a file
    own, root = (data for kind, _, data in found if kind == "resource")
    assert [own, root] == certificates

    (_, asked_head, asked), (_, told_head, told), (_, response, _) = found[3:6]
    for head in (asked_head, told_head):
        assert head.get_header("WARC-Concurrent-To") == response.get_header("WARC-Record-ID")
        assert head.get_header("WARC-Target-URI") == first.final_url
        assert head.get_header("WARC-IP-Address") == "127.0.0.1"
    assert asked_head.get_header("Content-Type") == "application/http; msgtype=request"
    lines = asked.decode().split("\r\n")
    assert lines[0] == "GET /story?a=1 HTTP/1.1"
    assert any(line.startswith("User-Agent: Variorum/") for line in lines)
    assert any(line.startswith("Host: 127.0.0.1:") for line in lines)
    facts = [line.partition(": ")[::2] for line in told.decode().splitlines()]
    known = dict(facts)
    assert known["software"].startswith("variorum/")
    assert known["resolvedIp"] == "127.0.0.1"
    assert known["via"] == known["redirectedFrom"] == first.url
    assert known["hopsFromSeed"] == "R"
    assert known["tlsProtocol"].startswith("TLSv1.")
    ahead = (datetime(2030, 1, 1, tzinfo=UTC) - datetime.now(UTC)).total_seconds()
    assert abs(float(known["serverClockAheadSeconds"]) - ahead) < 600
    named = [value for name, value in facts if name == "tlsCertificate"]
    assert named == [f"urn:sha256:{hashlib.sha256(c).hexdigest()}" for c in certificates]

    done = verify_archive(archive, Options())
    assert done.report.sound
    assert done.report.counts["record"]["ok"] == len(found)


def test_a_package_takes_along_what_stands_beside_its_responses(
    chain: tuple[Path, list[bytes]], tmp_path: Path
) -> None:
    archive, package = tmp_path / "archive", tmp_path / "story.wacz"
    [one, *_] = fetch(chain[0], 1)
    elsewhere = "https://news.example.org/2025/harbour"
    other = replace(one, url=elsewhere, final_url=elsewhere, body=OTHER, raw=OTHER, hops=())
    take(archive, [other, one, replace(one, time=one.time + timedelta(hours=1))])
    with open_archive(archive, read_only=True) as store, store.read() as db:
        assert db.article_numbers() == [1, 2]
        export_wacz(store, db, package, [2], NOW)
    report = Report()
    verify_package(package, report)
    assert report.items == []
    with PackageFile(package) as opened, opened.mapped(WARC) as warc:
        scanned = list(scan(warc))
        [first, second] = opened.lines(CAPTURES)
    kinds = [record.kind for record in scanned]
    # The certificates stand in the archive beside the other article, and come along once.
    assert kinds[1:6] == ["resource", "resource", "request", "metadata", "response"]
    assert kinds[6:] == ["request", "metadata", "revisit"]
    assert first["beside"][:2] == second["beside"][:2]
    assert len(first["beside"]) == len(second["beside"]) == 4
    again = tmp_path / "again"
    with open_archive(again) as store, capture_path(store) as steps:
        brought = run_import(store, steps, read_items(package, None, system_clock), system_clock)
    assert (brought.captures, brought.problems) == (2, [])
    assert verify_archive(again, Options()).report.sound


def test_what_stands_beside_a_response_and_cannot_be_read_is_not_left_out_in_silence(
    chain: tuple[Path, list[bytes]], tmp_path: Path
) -> None:
    """A request, how it came, or a certificate: a package without them would look whole."""
    archive = tmp_path / "archive"
    take(archive, fetch(chain[0], 1))
    [path] = (archive / "warc").iterdir()
    data = path.read_bytes()
    beside = [r for r in scan(memoryview(data)) if r.kind in ("resource", "request", "metadata")]
    assert len(beside) == 4
    for record in beside:
        at = record.offset + record.length // 2
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        with (
            open_archive(archive, read_only=True) as store,
            store.read() as db,
            pytest.raises(DamagedError, match="nothing was exported"),
        ):
            export_wacz(store, db, tmp_path / "story.wacz", [1], NOW)
        assert list(tmp_path.glob("*.wacz*")) == []


def test_damage_to_a_response_is_not_told_of_the_records_beside_it(
    chain: tuple[Path, list[bytes]], tmp_path: Path
) -> None:
    archive, package = tmp_path / "archive", tmp_path / "story.wacz"
    take(archive, fetch(chain[0], 1))
    with open_archive(archive, read_only=True) as store, store.read() as db:
        export_wacz(store, db, package, [1], NOW)
    with PackageFile(package) as opened, opened.mapped(WARC) as warc:
        [response] = [r for r in scan(warc) if r.kind == "response"]
        start = package.read_bytes().index(bytes(warc))
    data = bytearray(package.read_bytes())
    data[start + response.offset + response.length // 2] ^= 1
    package.write_bytes(data)
    report = Report()
    verify_package(package, report)
    told = {i.name: (i.status, i.why) for i in report.items if i.what == "record"}
    assert told.pop(f"{WARC}@{response.offset}")[0] is Status.ALTERED
    # Certificates name themselves; a request and how it came stand beside what cannot be read.
    assert set(told.values()) == {
        (Status.UNVERIFIABLE, "the response that it stands beside cannot be read")
    }
    assert len(told) == 2


def test_each_byte_of_what_stands_beside_a_response_is_checked(
    chain: tuple[Path, list[bytes]], tmp_path: Path
) -> None:
    archive = tmp_path / "archive"
    take(archive, fetch(chain[0], 1))
    [path] = (archive / "warc").iterdir()
    data = path.read_bytes()
    for at in range(0, len(data), 191):
        path.write_bytes(data[:at] + bytes([data[at] ^ 0x55]) + data[at + 1 :])
        assert not verify_archive(archive, Options()).report.sound, at
    path.write_bytes(data)
    assert verify_archive(archive, Options()).report.sound


def test_what_was_brought_and_not_fetched_has_nothing_beside_it(untouched: Path) -> None:
    assert {kind for kind, _, _ in records(untouched)} <= {
        "warcinfo", "response", "revisit", "metadata",
    }  # fmt: skip
