"""Accounts from the command line, and when the pages are not served."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cli_run import Ran, Run

from variorum.bootstrap import open_archive

VARIORUM = Path(sys.executable).with_name("variorum")
PASSWORD = "a long enough word"


def with_password(
    run: Run, monkeypatch: pytest.MonkeyPatch, *args: str, password: str = PASSWORD
) -> Ran:
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    return run("people", *args)


def test_accounts_are_added_listed_changed_and_removed(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    added = with_password(run, monkeypatch, "add", "ana", "--role", "admin", "--json")
    assert added.code == 0 and added.json["role"] == "admin"
    assert PASSWORD not in added.out + added.err
    again = with_password(run, monkeypatch, "add", "ana")
    assert again.code == 2 and "already" in again.err
    assert with_password(run, monkeypatch, "add", "oto").code == 0
    assert run("people", "role", "oto", "reader").code == 0
    assert [p["role"] for p in run("people", "list", "--json").lines] == ["admin", "reader"]
    assert with_password(run, monkeypatch, "password", "oto", password="x" * 20).code == 2
    assert with_password(run, monkeypatch, "password", "oto", password="another one").code == 0
    assert run("people", "remove", "oto").code == 0
    assert run("people", "remove", "oto").code == 2
    with open_archive("archive", read_only=True) as archive, archive.read() as records:
        assert [a.kind for a in records.acts()][::-1] == [
            "person-added",
            "person-added",
            "person-role",
            "person-password",
            "person-removed",
        ]
        (ana,) = records.people()
        assert PASSWORD not in ana.secret and ana.secret.startswith("scrypt$")


@pytest.mark.parametrize("name", ["", "two words", "<b>", "a" * 61, "a\nb"])
def test_names_that_are_none_are_not_taken(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    ran = with_password(run, monkeypatch, "add", name)
    assert ran.code == 2 and "letters" in ran.err
    assert not Path("archive").exists()


@pytest.mark.parametrize("password", ["", "short", "aaaaaaaaaaaaaa", "a" * 300])
def test_passwords_that_are_guessed_at_once_are_not_taken(
    run: Run, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    ran = with_password(run, monkeypatch, "add", "ana", password=password)
    assert ran.code == 2 and "password" in ran.err
    assert run("people", "list", "--json").lines == []


@pytest.mark.parametrize("command", ["up", "serve"])
@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.1", "::", "archive.example"])
def test_other_addresses_ask_for_an_administrator_or_reading_only(
    imported: Run, command: str, host: str
) -> None:
    ran = imported(command, "--host", host, "--port", "0")
    assert ran.code == 2
    wanted = "cannot listen" if host in ("192.0.2.1", "archive.example") else "administrator"
    assert wanted in ran.err or "administrator" in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_up_on_another_address_leaves_no_archive_behind_when_it_refuses(run: Run) -> None:
    ran = run("up", "--host", "0.0.0.0", "--port", "0")
    assert ran.code == 2 and "people add" in ran.err and "--read-only" in ran.err
    assert not Path("archive").exists()


def test_private_pages_ask_for_an_administrator(imported: Run) -> None:
    for more in ((), ("--read-only",)):
        ran = imported("serve", "--private", "--port", "0", *more)
        assert ran.code == 2 and "--private" in ran.err


@contextmanager
def started(place: Path, *args: str) -> Iterator[str]:
    """The pages served by a process of their own: the address that it says it is at."""
    process = subprocess.Popen(
        [VARIORUM, *args, "--port", "0"],
        cwd=place,
        stderr=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
    )
    assert process.stderr is not None
    for line in process.stderr:
        if "Variorum is at http://" in line:
            break
    try:
        yield line.split(" at ")[1].split()[0].rstrip("/")
    finally:
        process.terminate()
        process.communicate(timeout=60)


def told(address: str) -> dict[str, object]:
    with urllib.request.urlopen(f"{address}/sign-in.json", timeout=30) as answer:
        found: dict[str, object] = json.loads(answer.read())
    return found


@pytest.mark.slow
def test_serve_beside_a_writer_only_reads_and_says_why(
    imported: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert with_password(imported, monkeypatch, "add", "ana", "--role", "admin").code == 0
    with started(tmp_path, "serve") as writing:
        assert told(writing)["editing"] is True
        with started(tmp_path, "serve") as beside:
            why = told(beside)
            assert why["editing"] is False and "Another Variorum process" in str(why["why_not"])
            with pytest.raises(urllib.error.HTTPError, match="403") as refused:
                urllib.request.urlopen(f"{beside}/sign-in", data=b"name=ana", timeout=30)
            refused.value.close()
        ran = imported("check")
        assert ran.code == 2
        assert "is writing to archive" in ran.err and "serve" in ran.err
        assert "--read-only" in ran.err
    with started(tmp_path, "serve", "--read-only", "--host", "0.0.0.0") as at:
        assert "--read-only" in str(told(at.replace("0.0.0.0", "127.0.0.1"))["why_not"])
        assert imported("check").code == 0
