"""What every archive must do, whatever it is kept in. A new backend is one more fixture value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from postgres_server import Server
from variorum.model import (
    Change,
    DecisionKind,
    Document,
    Fetched,
    Lead,
    Outcome,
    SourceKind,
    Version,
)
from variorum.store.archive import Archive, open_for_reading, open_for_writing
from variorum.store.change_records import ChangeFilter
from variorum.store.errors import (
    ArchiveError,
    ArchiveInUseError,
    ArchiveMissingError,
    ArchiveNewerError,
    DamagedError,
)
from variorum.store.place import PostgresPlace, read_place
from variorum.store.shared_archive import open_shared
from variorum.store.statistics_records import Scope

NOON = datetime(2025, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(params=["directory", "postgresql"])
def archive(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Archive]:
    with opened(request, tmp_path) as archive:
        yield archive


def opened(request: pytest.FixtureRequest, tmp_path: Path) -> Archive:
    if request.param == "directory":
        return open_for_writing(tmp_path / "archive")
    server: Server = request.getfixturevalue("postgres")
    place = read_place(server.place(tmp_path / "archive"))
    assert isinstance(place, PostgresPlace)
    return open_shared(place)


def story(*paragraphs: str, headline: str = "A bridge is closed") -> Document:
    return Document.build(headline, paragraphs)


def version(article: int, number: int, document: Document, **rest: object) -> Version:
    time = NOON + timedelta(hours=number)
    told = {"reason": "changed: body", "digest": f"d{number}", **rest}
    return Version(article, number, document, time, time, **told)  # type: ignore[arg-type]


def new_article(archive: Archive, url: str = "https://example.org/bridge") -> int:
    with archive.write() as records:
        return records.add_article(url, [f"url:{url}"], None, NOON).id


def test_a_version_comes_back_as_it_was_stored(archive: Archive) -> None:
    number = new_article(archive)
    document = Document.build(
        "Bridge “closed”", ["It’s shut.\u00a0Now.", "ブリッジ"], byline=("A. Reyes",), language="en"
    )
    with archive.write() as records:
        records.add_version(version(number, 0, document, kind=DecisionKind.FIRST, label="V 0"))
    with archive.read() as records:
        back = records.version(number, 0)
    assert back is not None
    assert back.document == document
    assert (back.kind, back.label, back.first_seen) == (DecisionKind.FIRST, "V 0", NOON)


def test_a_bare_text_is_kept_to_the_letter(archive: Archive) -> None:
    number = new_article(archive)
    document = Document.from_text("One line\n\n\n  and, oddly spaced,\tanother \n")
    with archive.write() as records:
        records.add_version(version(number, 0, document))
    with archive.read() as records:
        assert records.versions(number)[0].document.text == document.text


def test_a_long_history_is_kept_in_little_space(archive: Archive) -> None:
    number = new_article(archive)
    body = [f"Paragraph {i} of a long report about the bridge and its repairs." for i in range(80)]
    with archive.write() as records:
        for n in range(60):
            records.add_version(version(number, n, story(*body, f"Latest: {n} lorries wait.")))
    with archive.read() as records:
        documents = [v.document for v in records.versions(number)]
        assert [d.paragraphs[-1] for d in documents] == [
            f"Latest: {n} lorries wait." for n in range(60)
        ]
        assert records.version(number, 41) == records.versions(number)[41]
        size = records.text_bytes()
    assert size["bytes"] / size["versions"] < 150


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts=st.lists(st.lists(st.text(min_size=1), max_size=5), min_size=1, max_size=25))
def test_any_texts_come_back_exactly(archive: Archive, texts: list[list[str]]) -> None:
    number = new_article(archive, f"https://example.org/{datetime.now(UTC).timestamp()}")
    documents = [story(*paragraphs) for paragraphs in texts]
    with archive.write() as records:
        for n, document in enumerate(documents):
            records.add_version(version(number, n, document))
    with archive.read() as records:
        assert [v.document for v in records.versions(number)] == documents


def test_an_altered_text_is_noticed_when_it_is_read(archive: Archive) -> None:
    number = new_article(archive)
    with archive.write() as records:
        records.add_version(version(number, 0, story("Twelve people were hurt.")))
        records.db.exec_driver_sql("UPDATE version SET body_digest = 'something else'")
    with archive.read() as records, pytest.raises(DamagedError, match="article 1 version 0"):
        records.versions(number)


def test_nothing_of_a_failed_transaction_is_kept(archive: Archive) -> None:
    number = new_article(archive)
    with pytest.raises(RuntimeError), archive.write() as records:
        records.add_version(version(number, 0, story("Half done.")))
        raise RuntimeError
    with archive.read() as records:
        assert records.versions(number) == []


def test_one_failed_attempt_leaves_the_rest_of_the_transaction(archive: Archive) -> None:
    with archive.write() as records:
        records.add_article("https://example.org/1", ["1"], None, NOON)
        with records.attempt() as attempt:
            records.add_article("https://example.org/2", ["2"], None, NOON)
            raise ValueError("nothing good")
        records.add_article("https://example.org/3", ["3"], None, NOON)
    assert isinstance(attempt.error, ValueError)
    with archive.read() as records:
        urls = {a.url for a in records.articles()}
    assert urls == {"https://example.org/1", "https://example.org/3"}


def test_a_key_leads_to_the_first_article_that_claims_it(archive: Archive) -> None:
    with archive.write() as records:
        first = records.add_article("https://example.org/a", ["a", "n:1"], None, NOON)
        second = records.add_article("https://example.org/b", ["b", "n:1"], None, NOON)
        assert records.article_of_key("n:1") == first.id
        assert records.article_of_key("b") == second.id
        records.add_aliases(first.id, ["b"], "tried")
        assert records.article_of_key("b") == second.id


def test_an_article_without_versions_can_become_part_of_another(archive: Archive) -> None:
    with archive.write() as records:
        first = records.add_article("https://example.org/a", ["a"], None, NOON)
        twin = records.add_article("https://example.org/a?amp", ["amp"], None, NOON)
        columns = {"url": twin.url, "time": NOON, "outcome": "ok", "origin": "observed"}
        records.add_capture(twin.id, {**columns, "details": {}})
        records.merge_article(twin.id, first.id)
        assert records.article(twin.id) is None
        assert records.article_of_key("amp") == first.id
        assert len(records.captures(first.id)) == 1


def test_due_articles_come_longest_overdue_first_and_not_from_paused_sources(
    archive: Archive,
) -> None:
    with archive.write() as records:
        feed = records.add_source("https://example.org/feed", SourceKind.FEED, None, NOON)
        late = records.add_article("https://example.org/late", ["l"], feed.id, NOON)
        early = records.add_article("https://example.org/early", ["e"], feed.id, NOON)
        records.update_article(early.id, next_check=NOON - timedelta(hours=2))
        records.update_article(late.id, next_check=NOON - timedelta(hours=1))
        assert [a.id for a in records.due_articles(NOON, 10)] == [early.id, late.id]
        records.update_source(feed.id, paused=True)
        assert records.due_articles(NOON, 10) == []


def test_removing_a_source_keeps_what_it_brought(archive: Archive) -> None:
    with archive.write() as records:
        feed = records.add_source("https://example.org/feed", SourceKind.FEED, None, NOON)
        kept = records.add_article("https://example.org/a", ["a"], feed.id, NOON)
        records.remove_source(feed.id)
        assert records.sources() == []
        again = records.article(kept.id)
    assert again is not None
    assert again.next_check is None


def test_search_says_which_versions_had_the_words(archive: Archive) -> None:
    number = new_article(archive)
    with archive.write() as records:
        records.index_version(number, 0, ["Twelve people were hurt.", "The bridge is shut."])
        records.index_version(number, 1, ["Twenty people were hurt.", "The bridge is shut."])
        records.index_version(number, 2, ["Twelve people were hurt.", "The bridge is shut."])
    with archive.read() as records:
        twelve = records.search("twelve people")
        assert [(h.since, h.until) for h in twelve] == [(2, None), (0, 1)]
        assert [h.since for h in records.search("shut")] == [0]
        assert [h.sentence for h in records.search("hurt", where="removed")] == [
            "Twenty people were hurt.",
            "Twelve people were hurt.",
        ]
        assert [h.since for h in records.search("people", where="added")] == [1, 2]
        assert records.search("people", host="example.net") == []


@pytest.mark.parametrize(
    "query", ['"', "AND OR NOT", "a:b", "NEAR(", "*", "'; DROP TABLE article", "\x00", "(((", "-x"]
)
def test_no_query_is_syntax(archive: Archive, query: str) -> None:
    number = new_article(archive)
    with archive.write() as records:
        records.index_version(number, 0, ["Nothing to see."])
    with archive.read() as records:
        assert records.search(query) == []


def test_a_sentence_in_other_curls_and_dashes_was_not_taken_out(archive: Archive) -> None:
    number = new_article(archive)
    straight = ['"We\'re done," she said - twice.', 'It was "safe".', "He left."]
    curly = ["“We’re done,” she said – twice.", "It was “safe”.", "He left."]
    with archive.write() as records:
        records.index_version(number, 0, straight)
        records.index_version(number, 1, curly)
        records.index_version(number, 2, [*curly, "They stayed."])
    with archive.read() as records:
        for word in ("done", "safe", "left"):
            assert records.search(word, where="removed") == []
            assert records.search(word, where="added") == []
            [hit] = records.search(word)
            assert (hit.since, hit.until) == (0, None)
        assert records.came_and_went(number, 1, "she") == []
        assert records.came_and_went(number, 2, "stayed") == [("+", "They stayed.")]


def test_marks_that_came_or_went_are_more_than_typography(archive: Archive) -> None:
    number = new_article(archive)
    with archive.write() as records:
        records.index_version(number, 0, ["He called them “terrorists”.", "It was 5 - 3."])
        records.index_version(number, 1, ["He called them terrorists.", "It was 5 : 3."])
    with archive.read() as records:
        [hit] = records.search("terrorists", where="removed")
        assert hit.sentence == "He called them “terrorists”."
        assert len(records.search("it was", where="removed")) == 1


def test_an_article_can_be_taken_out_of_the_index(archive: Archive) -> None:
    number = new_article(archive)
    with archive.write() as records:
        records.index_version(number, 0, ["Lanterns were lit."])
        records.forget_sentences(number)
        assert records.search("lanterns") == []
        records.index_version(number, 0, ["Lanterns were lit."])
        assert len(records.search("lanterns")) == 1


def test_changes_are_listed_newest_first_and_filtered(archive: Archive) -> None:
    number = new_article(archive)
    with archive.write() as records:
        for n, kinds in enumerate([("figure", "headline"), ("wording",), ("quote",)], 1):
            time = NOON + timedelta(hours=n)
            lead = Lead(kinds[0], "12", "21", "“12” became “21”")
            records.add_change(
                Change(number, n - 1, n, time, kinds, n / 10, n == 3, n != 2, lead=lead)
            )
    with archive.read() as records:
        assert [c.new for c in records.changes(ChangeFilter())] == [3, 2, 1]
        assert [c.new for c in records.changes(ChangeFilter(meaningful=True))] == [3, 1]
        assert [c.new for c in records.changes(ChangeFilter(kind="figure"))] == [1]
        assert records.changes(ChangeFilter(kind="fig")) == []
        assert [c.new for c in records.changes(ChangeFilter(announced=True))] == [3]
        first_page = records.changes(ChangeFilter(), limit=2)
        rest = records.changes(ChangeFilter(before=first_page[-1].id))
        assert [c.new for c in rest] == [1]
        assert records.count_changes(ChangeFilter()) == 3


def test_a_change_announced_in_part_is_listed_with_the_unannounced(archive: Archive) -> None:
    number = new_article(archive)
    with archive.write() as records:
        for n, (announced, partly) in enumerate([(True, False), (False, True), (False, False)], 1):
            change = Change(
                number, n - 1, n, NOON, ("figure",), 0.5, announced, True, partly=partly
            )
            records.add_change(change)
    with archive.read() as records:
        hushed = records.changes(ChangeFilter(announced=False))
        assert [(c.new, c.announcement) for c in hushed] == [
            (3, "unannounced"),
            (2, "announced in part"),
        ]
        assert records.count_changes(ChangeFilter(announced=False)) == 2
        assert [c.new for c in records.changes(ChangeFilter(announced=True))] == [1]
        counted = Counter({state: n for _, state, _, n in records.statistics(Scope()).changes})
        assert counted == {"announced": 1, "announced in part": 1, "unannounced": 1}


@pytest.mark.parametrize("archive", ["directory"], indirect=True)
def test_a_directory_has_one_writer_and_many_readers(archive: Archive) -> None:
    new_article(archive)
    with pytest.raises(ArchiveInUseError, match="process"):
        open_for_writing(archive.directory)
    with open_for_reading(archive.directory) as reader, reader.read() as records:
        assert records.counts()["articles"] == 1
        with pytest.raises(ArchiveError, match="reading only"), reader.write():
            pass


@pytest.mark.parametrize("archive", ["postgresql"], indirect=True)
def test_a_database_server_has_many_writers_and_many_readers(archive: Archive) -> None:
    new_article(archive)
    place = read_place(archive.reopened)
    assert isinstance(place, PostgresPlace)
    with open_shared(place) as second:
        new_article(second, "https://example.org/second")
    with open_shared(place, read_only=True) as reader, reader.read() as records:
        assert records.counts()["articles"] == 2
        with pytest.raises(ArchiveError, match="reading only"), reader.write():
            pass


def test_lists_have_one_order_in_every_archive(archive: Archive) -> None:
    with archive.write() as records:
        never = records.add_article("https://example.org/a", ["a"], None, NOON).id
        once = records.add_article("https://example.org/b", ["b"], None, NOON).id
        records.update_article(once, last_change=NOON)
        feed = records.add_source("https://example.org/feed", SourceKind.FEED, None, NOON)
        page = records.add_source("https://example.org/page", SourceKind.ARTICLE, None, NOON)
        records.update_source(page.id, next_check=None)
        assert [a.id for a in records.articles()] == [once, never]
        due = records.due_sources(NOON, everything=True)
        assert [s.id for s in due] == [page.id, feed.id]


def test_text_that_a_database_cannot_hold_does_not_lose_the_rest(archive: Archive) -> None:
    number = new_article(archive)
    with archive.write() as records:
        records.update_article(number, headline="A\x00 bridge")
        records.index_version(number, 0, ["Lorries\x00 wait."])
        records.set_setting("odd", {"a\x00": "b\\u0000", "c": ["\x00"]})
    with archive.read() as records:
        assert (records.article(number) or never()).headline in ("A\x00 bridge", "A\ufffd bridge")
        assert len(records.search("lorries")) == 1
        odd = records.setting("odd")
        assert "b\\u0000" in odd.values()


def never() -> Any:
    pytest.fail("an article is gone")


WORDS = (
    "Café society met at 10.30.",
    "Don't panic, said the Müller-Lüdenscheidt estate.",
    "ブリッジは閉鎖された。",
    "A 3,500-tonne ship; its crew (12) is safe.",
    "The naïve coöperation of Å.",
    "Ελλάδα και Ρωσία: Россия.",
)


QUERIES = (
    "cafe", "CAFÉ", "don't", '"10 30"', "10.30", "muller", "mül*", '"society met"', "3 500", "12",
    "ブリッジ*", "cooperation a", "ελλάδα", "росс*", "panic cafe", "tonne*", "al", "the naive", "*",
)  # fmt: skip


def test_a_search_finds_the_same_in_every_archive(tmp_path: Path, postgres: Server) -> None:
    place = read_place(postgres.place(tmp_path / "shared"))
    assert isinstance(place, PostgresPlace)
    with open_for_writing(tmp_path / "one") as one, open_shared(place) as many:
        found = [_found(one), _found(many)]
    assert found[0] == found[1]


def _found(archive: Archive) -> dict[str, list[str]]:
    number = new_article(archive)
    with archive.write() as records:
        for at, sentence in enumerate(WORDS):
            records.index_version(number, at, [sentence])
        return {query: [hit.sentence for hit in records.search(query)] for query in QUERIES}


def test_no_archive_and_a_newer_one_are_told_in_one_line(tmp_path: Path) -> None:
    with pytest.raises(ArchiveMissingError, match="no archive"):
        open_for_reading(tmp_path / "nowhere")
    with open_for_writing(tmp_path / "a") as made, made.write() as records:
        records.db.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    for opening in (open_for_reading, open_for_writing):
        with pytest.raises(ArchiveNewerError, match="upgrade Variorum"):
            opening(tmp_path / "a")


def test_a_directory_that_is_no_database_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "variorum.db").write_bytes(b"this is not a database" * 100)
    with pytest.raises(ArchiveError, match="archive"):
        open_for_writing(tmp_path / "a")
    with pytest.raises(ArchiveError, match="archive"):
        open_for_reading(tmp_path / "a")


def test_a_record_of_a_batch_can_be_read_before_the_batch_ends(archive: Archive) -> None:
    fetched = Fetched(
        "https://example.org/a", NOON, "https://example.org/a", 200, (), b"<p>Hello</p>"
    )
    with archive.write():
        place = archive.warc.append(fetched)
        assert archive.warc.read(place).payload == b"<p>Hello</p>"


def test_captures_keep_their_outcome(archive: Archive) -> None:
    number = new_article(archive)
    with archive.write() as records:
        records.add_capture(
            number,
            {
                "url": "https://example.org/bridge",
                "time": NOON,
                "status": 410,
                "outcome": str(Outcome.GONE),
                "reason": "gone (410)",
                "origin": "observed",
                "details": {"decision": "gone"},
            },
        )
        [capture] = records.captures(number)
    assert (capture.outcome, capture.status, capture.record) == (Outcome.GONE, 410, None)
