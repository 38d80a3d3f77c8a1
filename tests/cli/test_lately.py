"""What changed lately, and where somebody said something: answers that find nothing say why."""

from __future__ import annotations

from cli_run import Run

from variorum.bootstrap import open_archive


def say_that_it_is_the_demo(time: str) -> None:
    with open_archive("archive") as archive, archive.write() as records:
        records.set_setting("demo", {"time": time, "port": 0})


def test_in_the_demo_an_age_is_counted_back_from_the_newspapers_own_time(imported: Run) -> None:
    say_that_it_is_the_demo("2025-03-03T13:00:00+00:00")
    assert "Twelve" in imported("changes", "--since", "2h").out
    none = imported("changes", "--since", "30m")
    assert none.out == ""
    assert "nothing changed since 30m; the newest change is of 2025-03-03T12:06:40Z" in none.err


def test_elsewhere_an_age_is_counted_back_from_today(imported: Run) -> None:
    none = imported("changes", "--since", "2h")
    assert none.out == ""
    assert "the newest change is of 2025-03-03T12:06:40Z" in none.err


def test_an_age_longer_than_time_itself_is_since_the_beginning(imported: Run) -> None:
    assert "Twelve" in imported("changes", "--since", "900000d").out


def test_a_host_that_is_not_there_is_not_an_empty_search(imported: Run) -> None:
    ran = imported("search", "bridge", "--host", "news.exampel.org")
    assert ran.code == 2
    assert "no article of the host 'news.exampel.org'" in ran.err
    assert "did you mean news.example.org?" in ran.err
    assert imported("search", "bridge", "--host", "news.example.org").code == 0


def test_the_help_of_the_search_names_the_star(run: Run) -> None:
    assert "kill*" in run("search", "--help").out


def test_a_badge_is_known_by_the_name_that_pages_show(imported: Run) -> None:
    assert "Twelve" in imported("changes", "--kind", "Figure").out
    for shown in ("certainty", "hedge", "moved away", "moved-away", "picture or caption", "media"):
        ran = imported("changes", "--kind", shown)
        assert ran.code == 0
        assert ran.out == ""
    refused = imported("changes", "--kind", "certain")
    assert refused.code == 2
    assert "certainty (hedge)" in refused.err
