"""``verify``: untouched is all ok; whatever single byte is altered, wherever, is found."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from archives import BRIDGE, NOON, copy_of, fetched, story_captures, take

from variorum.bootstrap import capture_path, open_archive
from variorum.evidence import verify
from variorum.evidence.check_log import Logged, check_log
from variorum.evidence.note import Verifier
from variorum.evidence.recorder import LogRecorder
from variorum.evidence.report import Item, Report, Status
from variorum.evidence.verify import Options, Verified, verify_archive
from variorum.pipeline.identity import article_at

MUTATIONS = 1000


def verified(archive: Path, **options: object) -> Verified:
    return verify_archive(archive, Options(**options))  # type: ignore[arg-type]


def bad(done: Verified) -> list[Item]:
    return [i for i in done.report.items if i.status in (Status.ALTERED, Status.MISSING)]


def edit(archive: Path, sql: str, *values: object) -> None:
    with sqlite3.connect(archive / "variorum.db") as db:
        db.execute("PRAGMA journal_mode=DELETE")
        db.execute(sql, values)
    db.close()


def test_an_untouched_archive_is_all_ok(untouched: Path) -> None:
    before = {p: p.stat().st_mtime_ns for p in untouched.rglob("*")}
    done = verified(untouched)
    assert done.report.items == []
    assert done.report.sound
    assert done.report.counts["capture"] == {"ok": 8}
    assert done.report.counts["version"] == {"ok": 4}
    assert done.report.counts["record"] == {"ok": 9}
    assert {p: p.stat().st_mtime_ns for p in untouched.rglob("*")} == before


def test_what_a_writer_was_in_the_middle_of_is_no_finding(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []

    def torn(directory: Path, report: Report, **how: Any) -> Logged:
        if not looks:
            report.add("checkpoint", "checkpoint", Status.ALTERED, "torn")
            take(archive, [fetched(BRIDGE, 9, b"", 304)])
        looks.append(1)
        return check_log(directory, report, **how)

    monkeypatch.setattr(verify, "check_log", torn)
    assert verify_archive(archive, Options()).report.sound
    assert len(looks) == 2


def test_what_is_altered_while_nobody_writes_is_looked_at_once(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[int] = []

    def counted(*args: Any, **how: Any) -> Logged:
        looks.append(1)
        return check_log(*args, **how)

    monkeypatch.setattr(verify, "check_log", counted)
    with sqlite3.connect(archive / "variorum.db") as db:
        db.execute("UPDATE capture SET status = 404 WHERE id = 1")
    db.close()
    assert not verify_archive(archive, Options()).report.sound
    assert len(looks) == 1


def test_a_read_only_archive_is_verified_and_nothing_is_written(archive: Path) -> None:
    paths = sorted(archive.rglob("*"), reverse=True)
    for path in [*paths, archive]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    names = sorted(archive.rglob("*"))
    try:
        assert verified(archive).report.sound
        assert sorted(archive.rglob("*")) == names
    finally:
        for path in [archive, *reversed(paths)]:
            path.chmod(0o755 if path.is_dir() else 0o644)


@pytest.mark.slow
@pytest.mark.parametrize("quick", [False, True])
def test_a_thousand_random_single_bytes_are_all_found(archive: Path, quick: bool) -> None:
    chance = random.Random(20250301)
    files = sorted(p for p in archive.rglob("*") if p.is_file() and p.stat().st_size)
    sizes = [p.stat().st_size for p in files]
    assert {p.name for p in files} >= {"variorum.db", "signing-key", "checkpoint", "checkpoints"}
    for number in range(MUTATIONS // 2):
        # Half of them anywhere in the archive, half in each file alike: small files count too.
        by_size = number % 2
        [path] = chance.choices(files, sizes) if by_size else [chance.choice(files)]
        data = path.read_bytes()
        at = chance.randrange(len(data))
        path.write_bytes(data[:at] + bytes([data[at] ^ chance.randrange(1, 256)]) + data[at + 1 :])
        done = verified(archive, quick=quick)
        assert not done.report.sound, f"{path.relative_to(archive)} at {at}"
        path.write_bytes(data)
    assert verified(archive, quick=quick).report.sound


def test_files_taken_away_or_cut_short_are_found(
    archive: Path, untouched: Path, tmp_path: Path
) -> None:
    files = [p.relative_to(archive) for p in archive.rglob("*") if p.is_file()]
    for number, name in enumerate(sorted(files)):
        if name.name in ("lock", "signing-key"):
            continue
        less = copy_of(untouched, tmp_path / f"gone{number}")
        partial_of_older_head = name.parent.name.endswith(".p") and name.name != "18"
        (less / name).unlink()
        assert verified(less).report.sound == partial_of_older_head, name
        shutil.copy(archive / name, less / name)
        size = (less / name).stat().st_size
        with (less / name).open("r+b") as file:
            file.truncate(size - 1)
        assert not verified(less).report.sound, name


@pytest.mark.parametrize(
    ("sql", "what"),
    [
        ("UPDATE capture SET time = time + 60000 WHERE id = 3", "capture 3"),
        ("UPDATE capture SET status = 404 WHERE id = 1", "capture 1"),
        ("UPDATE capture SET outcome = 'gone' WHERE id = 2", "verdict 2"),
        ("UPDATE capture SET version = 0 WHERE id = 5", "verdict 5"),
        ("UPDATE version SET headline = 'Other' WHERE number = 1", "version 1@1"),
        ("UPDATE version SET body = substr(body, 1, 30) WHERE number = 1", "text 1@1"),
        ("DELETE FROM version WHERE number = 2", "version 1@2"),
        ("DELETE FROM capture WHERE id = 6", "capture 6"),
    ],
)
def test_an_edited_row_is_named(archive: Path, sql: str, what: str) -> None:
    edit(archive, sql)
    done = verified(archive)
    assert what in [f"{i.what} {i.name}" for i in bad(done)]


def test_a_row_that_was_slipped_in_is_found(archive: Path) -> None:
    edit(
        archive,
        "INSERT INTO capture (id, article, url, time, outcome, reason, origin, details) "
        "VALUES (99, 1, 'https://news.example.org/x', 1740830400000, 'gone', '', 'observed', '{}')",
    )
    [item] = [i for i in bad(verified(archive)) if i.what == "capture"]
    assert (item.name, item.why) == ("99", "the log does not know it")


def test_a_database_put_back_to_an_earlier_day_is_found(archive: Path, tmp_path: Path) -> None:
    shutil.copy(archive / "variorum.db", tmp_path / "earlier.db")
    take(archive, [fetched(BRIDGE, 6, b"", 304)])
    assert verified(archive).report.sound
    shutil.copy(tmp_path / "earlier.db", archive / "variorum.db")
    reasons = " ".join(i.why for i in bad(verified(archive)))
    assert "2 entries about rows that this database does not know" in reasons


def test_a_log_put_back_with_its_database_is_found_by_a_checkpoint_kept_elsewhere(
    archive: Path, tmp_path: Path
) -> None:
    earlier = copy_of(archive, tmp_path / "earlier")
    take(archive, [fetched(BRIDGE, 6, b"", 304)])
    kept = (archive / "log" / "checkpoint").read_text()
    assert verified(archive, kept=kept).report.sound
    assert verified(earlier).report.sound
    [item] = bad(verified(earlier, kept=kept))
    assert item.what == "kept checkpoint"
    old = (earlier / "log" / "checkpoint").read_text()
    assert verified(archive, kept=old).report.sound


def test_a_history_written_anew_with_another_key_is_found_by_a_key_known_elsewhere(
    untouched: Path, tmp_path: Path
) -> None:
    known = verified(untouched).logged.verifier
    assert known is not None
    take(tmp_path / "forged", story_captures())
    assert verified(untouched, trusted=known).report.sound
    assert verified(tmp_path / "forged").report.sound
    assert not verified(tmp_path / "forged", trusted=known).report.sound
    other = (tmp_path / "forged" / "log" / "checkpoint").read_text()
    assert not verified(untouched, kept=other).report.sound


def test_after_a_rotation_all_is_ok_and_the_first_key_still_leads_there(archive: Path) -> None:
    first = verified(archive).logged.verifier
    with open_archive(archive) as store:
        assert isinstance(store.recorder, LogRecorder)
        store.recorder.rotate()
    take(archive, [fetched(BRIDGE, 6, b"", 304)])
    done = verified(archive, trusted=first)
    assert done.report.items == []
    assert isinstance(done.logged.verifier, Verifier)
    assert done.logged.verifier != first


def test_an_archive_in_use_is_sound_and_its_file_is_pending(archive: Path) -> None:
    with open_archive(archive) as store, capture_path(store) as path:
        with store.write() as records:
            article, _ = article_at(records, BRIDGE, None, fetched(BRIDGE, 6).time)
            path.take(records, article, fetched(BRIDGE, 6, b"", 304))
        done = verified(archive)
        assert done.report.sound
        assert [(i.what, i.status) for i in done.report.items] == [("database", Status.PENDING)]


def test_what_a_stopped_process_left_is_pending_not_altered(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(LogRecorder, "after_commit", lambda self: None)
    monkeypatch.setattr(LogRecorder, "closed", lambda self: None)
    take(archive, [fetched(BRIDGE, 6, b"", 304)])
    monkeypatch.undo()
    with next((archive / "warc").iterdir()).open("ab") as file:
        file.write(b"half a record")
    done = verified(archive)
    assert done.report.sound
    assert {i.what for i in done.report.items} == {"database", "capture", "warc bytes"}
    assert {i.status for i in done.report.items} == {Status.PENDING}


def test_a_lost_log_is_missing_for_good(archive: Path) -> None:
    shutil.rmtree(archive / "log")
    assert not verified(archive).report.sound
    take(archive, [fetched(BRIDGE, 6, b"", 304)])
    [item] = bad(verified(archive))
    assert "an earlier log was lost" in item.why


def test_deleted_digests_edited_dates_and_dropped_records_are_found_in_the_warc_itself(
    archive: Path,
) -> None:
    import gzip

    from variorum.evidence.warcscan import scan

    [path] = (archive / "warc").iterdir()
    data = path.read_bytes()
    records = [
        gzip.decompress(data[r.offset : r.offset + r.length]) for r in scan(memoryview(data))
    ]
    for altered, why in (
        (records[1].replace(b"WARC-Block-Digest", b"WARC-Block-Digits"), "warc-block-digest"),
        (records[1].replace(b"WARC-Payload-Digest", b"WARC-Other-Digest"), "warc-payload-digest"),
        (records[1].replace(b"cracks", b"tracks"), "not what its digest says"),
        (records[1].replace(b"WARC/1.1", b"WARC/9.9"), "not a WARC/1.1 record"),
    ):
        [found] = scan(memoryview(gzip.compress(altered)))
        assert why in (found.trouble or "")
    whole = gzip.compress(records[1])
    for length in range(1, len(whole)):
        assert [r.trouble for r in scan(memoryview(whole[:length]))] != [None]


def test_a_report_is_one_json_value(archive: Path) -> None:
    edit(archive, "UPDATE capture SET status = 404 WHERE id = 1")
    told = json.loads(json.dumps(verified(archive, everything=True).to_dict()))
    assert told["sound"] is False
    assert "held these bytes no later than" in told["claim"]
    statuses = {item["status"] for item in told["items"]}
    assert statuses == {"ok", "altered"}
    assert sum(told["totals"].values()) == len(told["items"])


def test_what_an_editor_did_is_logged_and_an_altered_act_is_found(archive: Path) -> None:
    from variorum.store.people_records import Act

    hidden = Act("hide", "ed", "editor", NOON, article=1, reason="a court said so")
    with open_archive(archive) as store, store.write() as records:
        records.add_act(hidden)
    done = verified(archive)
    assert (done.report.items, done.report.counts["act"]) == ([], {"ok": 1})
    edit(archive, "DROP TRIGGER act_no_update")
    edit(archive, "UPDATE act SET reason = 'nobody said so'")
    assert ("act", "1") in [(i.what, i.name) for i in bad(verified(archive))]
