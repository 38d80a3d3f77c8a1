"""The commands as people and scripts use them."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from cli_run import Run

COMMANDS = [
    "up",
    "add",
    "sources",
    "check",
    "serve",
    "log",
    "show",
    "diff",
    "claims",
    "extract",
    "search",
    "changes",
    "import",
    "export",
    "doctor",
]
URL = "https://news.example.org/city/bridge-closed-after-lorry"


def test_help_lists_every_command_of_the_contract(run: Run) -> None:
    told = run("--help").out
    for name in COMMANDS:
        assert f"\n  {name} " in told, name


@pytest.mark.parametrize("command", [*COMMANDS, "reextract"])
def test_every_command_has_help_with_an_example(run: Run, command: str) -> None:
    told = run(command, "--help")
    assert told.code == 0
    assert command in ("doctor",) or "variorum " + command in told.out


def test_two_pages_are_compared_without_an_archive(run: Run, pages: tuple[Path, Path]) -> None:
    shown = run("diff", *pages)
    assert shown.code == 0
    assert "Twelve" in shown.out
    assert "Twenty-one" in shown.out
    assert run("diff", *pages, "--exit-code").code == 1
    assert run("diff", pages[0], pages[0], "--exit-code").code == 0
    assert not Path("archive").exists()


@pytest.mark.parametrize("form", ["unified", "html", "side-by-side", "tei", "apparatus"])
def test_a_comparison_has_many_forms(run: Run, pages: tuple[Path, Path], form: str) -> None:
    shown = run("diff", *pages, "--as", form)
    assert shown.code == 0
    assert "Twenty-one" in shown.out


def test_a_collation_as_json_has_the_shape_of_the_contract(
    run: Run, pages: tuple[Path, Path]
) -> None:
    told = run("diff", *pages, "--json").json
    assert set(told) == {"method", "limits", "segments", "fields"}
    edited = [s for s in told["segments"] if s["op"] == "edited"]
    assert ["-", "Twelve"] in edited[0]["words"]
    assert {"op", "moved", "old", "new", "words"} <= set(edited[0])


def test_claims_of_a_page_and_what_became_of_them(run: Run, pages: tuple[Path, Path]) -> None:
    ledger = run("claims", pages[0], "--json").lines
    assert any(c["speaker"]["name"] == "Ana Reyes" for c in ledger)
    changes = run("claims", *pages, "--json").lines
    assert [c["kind"] for c in changes] == ["figure"]
    assert (changes[0]["before"], changes[0]["after"]) != ("", "")
    assert run("claims", pages[0], "--explain").out


def test_plain_texts_and_documents_are_taken_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("At least 12 people died, police said.")
    document = {"headline": None, "paragraphs": ["At least 21 people died, police said."]}
    (tmp_path / "b.json").write_text(json.dumps(document))
    assert run("diff", "a.txt", "b.json", "--exit-code").code == 1


def test_the_story_on_a_page(run: Run, pages: tuple[Path, Path]) -> None:
    document = run("extract", pages[0], "--json").json
    assert document["headline"] == "Bridge closed after lorry strikes pier"
    assert document["text"].startswith(document["headline"] + "\n\n" + document["paragraphs"][0])
    assert {"url", "byline", "published", "modified", "language", "media", "notices"} <= set(
        document
    )
    assert "keep" in run("extract", pages[0], "--explain").out


def test_an_import_is_logged_shown_searched_and_exported(imported: Run, tmp_path: Path) -> None:
    versions = imported("log", URL, "--json").lines
    assert [v["version"] for v in versions] == [0, 1]
    for version in versions:
        assert {"first_seen", "last_seen", "reason", "captures"} <= set(version)
        assert {"time", "status", "outcome"} == set(version["captures"][0])
        assert version["captures"][0]["time"].endswith("Z")
    shown = imported("show", "1@0")
    assert "Twelve people" in shown.out
    assert "version 0, first seen" in shown.err
    assert "Twenty-one people" in imported("show", "1").out
    assert imported("show", "1", "--json").json["document"]["headline"]
    hits = imported("search", "Twelve people", "--in", "removed", "--json").lines
    assert [(h["article"], h["since"], h["until"]) for h in hits] == [(1, 0, 1)]
    assert imported("diff", "1@0..1", "--exit-code").code == 1
    assert imported("diff", "1@0", f"{URL}@1").code == 0
    blamed = imported("log", "1", "--blame").out
    assert "v0→v1" in blamed and "v0  " in blamed
    assert "nothing changed since 1m" in imported("changes", "--since", "1m").err
    [change] = imported("changes", "--json").lines
    assert (change["old"], change["new"]) == (0, 1)
    assert "figure" in change["kinds"]
    assert imported("export", "out.jsonl", "--json").json["versions"] == 2
    assert len((tmp_path / "out.jsonl").read_text().splitlines()) == 2
    assert len(imported("export", "-").out.splitlines()) == 2
    unclear = imported("export", "out.warc")
    assert unclear.code == 2 and ".warc.gz" in unclear.err
    assert not (tmp_path / "out.warc").exists()


def test_a_copy_of_an_archive_is_sound_however_it_was_made(imported: Run, tmp_path: Path) -> None:
    before = imported("log", "1", "--json").out
    shutil.copytree(tmp_path / "archive", tmp_path / "copy")
    moved = imported("migrate", "archive", "moved")
    assert moved.code == 0
    assert re.search(r"^Sound: [\d,]+ ok$", moved.out, re.M)
    for place in ("copy", "moved"):
        assert imported("verify", "--archive", place).code == 0
        assert imported("log", "1", "--json", "--archive", place).out == before


def test_reading_again_invents_no_version(imported: Run) -> None:
    assert imported("reextract", "--json").json == {"articles": 1, "changed": []}
    assert len(imported("log", "1", "--json").lines) == 2


def test_the_archive_may_be_named_before_or_after_the_command(
    run: Run, pages: tuple[Path, Path]
) -> None:
    assert run("--archive", "elsewhere", "import", pages[0]).code == 0
    assert run("log", "1", "--archive", "elsewhere", "--json").code == 0
    assert run("log", "1").code == 2


def test_the_doctor_tells_what_there_is(imported: Run) -> None:
    told = imported("doctor", "--json").json
    assert told["archive"]["versions"] == 2
    assert all(told["libraries"].values())


def test_starting_up_imports_nothing_heavy() -> None:
    code = (
        "import sys; from variorum.cli import _cli; import variorum; "
        "heavy = {'sqlalchemy', 'lxml', 'trafilatura', 'aiohttp', 'starlette', 'rich', "
        "'rapidfuzz', 'selectolax', 'numpy', 'warcio', 'jinja2', 'feedparser', 'alembic'}; "
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_readme_tells_of_every_command() -> None:
    from variorum.cli import _COMMANDS

    told = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
    assert [name for name in _COMMANDS if f"\nvariorum {name} " not in told] == []


def test_what_is_wanted_of_a_source_is_kept(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    add = ("add", "--as", "feed", "https://news.example.org/feed")
    told = run(*add, "--only", "/news/", "--without", "quiz", "--looks-per-hour", 20, "--json").json
    assert told["wanted"] == {"only": ["/news/"], "without": ["quiz"]} and told["looks"] == 20
    assert run("sources", "--json").lines[0]["wanted"] == told["wanted"]
    assert "; only /news/; without quiz; at most 20 looks an hour" in run("sources").out
    assert run(*add, "--only", "*" * 9).code == 2
    assert run(*add, "--language", "English").code == 2
    assert "it is no sitemap (feed)" in run(*add, "--everything").err
    told = run("add", "--as", "feed", "https://old.example.org/feed", "--untrusted-tls", "--json")
    assert told.json["untrusted_tls"] is True
    assert "though its certificate cannot be trusted" in run("sources").out
    index = ("add", "--as", "sitemap", "https://news.example.org/index.xml", "--everything")
    assert run(*index, "--json").json["everything"]["waiting"] is None
    assert "; everything that it lists is wanted" in run("sources").out
    monkeypatch.setenv("VARIORUM_BROWSER", "/nowhere/chromium")
    for ask in ((*add, "--render"), ("sources", "--render", 1), ("sources", "--screenshots", 1)):
        refused = run(*ask)
        assert refused.code == 2 and "pages cannot be rendered here" in refused.err
    monkeypatch.setenv("VARIORUM_BROWSER", "/bin/true")
    monkeypatch.setenv("VARIORUM_BROWSER_SANDBOX", "off")
    assert "; rendered" in run("sources", "--render", 1).out
    assert "without the browser's sandbox" in run("doctor").out
    assert "rendered" not in run("sources", "--no-render", 1).out


def test_an_address_may_be_typed_as_people_say_it(run: Run) -> None:
    told = run("add", "--as", "front", "news.example.org/world", "--json").json
    assert told["url"] == "https://news.example.org/world"
    assert run("add", "/world", "--json").code == 2


def test_the_list_of_a_feed_reader_is_watched_and_what_cannot_be_is_told(run: Run) -> None:
    Path("feeds.opml").write_text("""<opml version="2.0"><body><outline text="News">
<outline text="One" xmlUrl="https://one.example/feed"/>
<outline text="Mine" type="rss" xmlUrl="file:///home/me/feed.xml"/></outline>
<outline text="Two" xmlUrl="https://two.example/feed"/></body></opml>""")
    ran = run("add", "feeds.opml", "--looks-per-hour", 9)
    assert ran.code == 3
    assert ran.out.splitlines() == [
        "https://one.example/feed: feed (listed in feeds.opml)",
        "https://two.example/feed: feed (listed in feeds.opml)",
    ]
    assert ran.err == (
        "not added: file:///home/me/feed.xml: feeds.opml, line 3: only http and https are asked, "
        "not file\n"
    )
    assert [s["looks"] for s in run("sources", "--json").lines] == [9, 9]
    assert "watched already" in run("add", "feeds.opml").out
    Path("notes.txt").write_text("https://one.example/feed")
    ran = run("add", "notes.txt")
    assert ran.code == 2 and "notes.txt cannot be read as a list of sources" in ran.err


def test_a_search_that_found_more_says_so(imported: Run) -> None:
    assert (
        "these are the newest 1: --limit says how many"
        in imported("search", "bridge", "--limit", 1).err
    )
    assert imported("search", "bridge", "--limit", 1, "--json").err == ""
    assert imported("search", "bridge").err == ""


def test_a_search_for_an_address_finds_its_article(imported: Run) -> None:
    ran = imported("search", "https://news.example.org/city/bridge-closed-after-lorry?utm_source=x")
    assert ran.out == "1  Bridge closed after lorry strikes pier  (the article at this address)\n"
    assert ran.err == ""
    assert imported("search", "https://news.example.org/nowhere").err == "nothing found\n"
