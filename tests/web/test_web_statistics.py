"""Sources, their health and statistics; plots, tables, CSV and OPML."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET

import pytest
from selectolax.lexbor import LexborHTMLParser
from starlette.testclient import TestClient
from web_shelf import PAYLOADS, Filled

from variorum.model.change import announcement
from variorum.store.statistics_records import Statistics
from variorum.web.charts import charts
from variorum.web.counting import TABLES, tables


def test_a_source_tells_its_health_in_a_sentence(client: TestClient) -> None:
    well = LexborHTMLParser(client.get("/sources/1").text)
    assert "It answers and can be read." in well.css_first(".s-health").text()
    ill = LexborHTMLParser(client.get("/sources/2").text)
    told = ill.css_first(".s-health").text()
    assert "The last 3 checks failed: no answer: timed out." in told
    assert "robots.txt" in ill.css_first("main").text()
    assert client.get("/sources/99").status_code == 404


def test_statistics_say_how_often_how_soon_and_how_openly(client: TestClient) -> None:
    told = client.get("/statistics.json?host=harbour.example").json()
    assert told["changed"]["rows"] == [
        {"first seen (day)": "2025-03-12", "articles": 2, "changed": 1, "per cent changed": 50.0}
    ]
    assert told["delay"]["said"].startswith("Half of the articles that changed did so within")
    assert sum(r["articles"] for r in told["delay"]["rows"]) == 1
    counts = [
        (r["announced"], r["announced in part"], r["unannounced"])
        for r in told["announced"]["rows"]
    ]
    assert sum(map(sum, counts)) == 2
    assert told["kinds"]["rows"][0]["figure"] >= 1


@pytest.mark.parametrize("query", ["", "?host=harbour.example", "?source=1", "?host=nowhere"])
def test_every_plot_has_its_table_and_the_same_as_csv(client: TestClient, query: str) -> None:
    tree = LexborHTMLParser(client.get(f"/statistics{query}").text)
    twin = client.get(f"/statistics.json{query}").json()
    assert list(twin) == list(TABLES)
    for name in TABLES:
        answer = client.get(f"/statistics/{name}.csv{query}")
        assert answer.headers["content-type"].startswith("text/csv")
        rows = list(csv.reader(io.StringIO(answer.text)))
        assert len(rows) - 1 == len(twin[name]["rows"])
        figure = tree.css_first(f"#{name}")
        assert len(figure.css("tbody tr")) == len(rows) - 1
        assert bool(figure.css("svg rect")) == bool(len(rows) > 1)


def test_a_source_page_and_its_twin_carry_the_same_numbers(
    client: TestClient, shelf: Filled
) -> None:
    told = client.get("/sources/1.json").json()
    assert told["statistics"] == client.get("/statistics.json?source=1").json()
    assert [a["id"] for a in told["latest"]] == [shelf.harbour]
    assert told["looks"]["ok"] == 3 and told["looks"]["paywall"] == 1


def test_sources_are_given_as_opml(client: TestClient) -> None:
    answer = client.get("/sources.opml")
    tree = ET.fromstring(answer.content)
    outlines = [dict(o.attrib) for o in tree.iter("outline")]
    assert outlines[0]["type"] == "rss"
    assert outlines[0]["xmlUrl"] == "https://harbour.example/feed.xml"
    assert outlines[1]["text"] == PAYLOADS[0] and outlines[1]["url"] == "https://lost.example/"


def test_days_are_put_together_by_week_and_month_and_none_is_left_out() -> None:
    changes = [
        (day, announcement(day % 2 == 0, False), ("figure",), 1) for day in (20_000, 20_003, 20_100)
    ]
    announced = next(t for t in tables(Statistics((), (), 0, changes)) if t.name == "announced")
    assert announced.columns[0] == "week" and len(announced.rows) == 15
    assert sum(sum(r[1:]) for r in announced.rows) == 3
    changes.append((21_000, "announced in part", ("quote",), 2))
    announced = next(t for t in tables(Statistics((), (), 0, changes)) if t.name == "announced")
    assert announced.columns[0] == "month" and announced.rows[0][0] == "2024-10"
    assert len(announced.rows) == 34
    assert sum(r[2] for r in announced.rows) == 2
    assert "1 announced, " not in announced.said and "2 announced in part" in announced.said


def test_a_drawing_stays_within_its_frame() -> None:
    changes = [
        (day, announcement(day % 3 == 0, day % 3 == 1), ("figure", "quote", "headline"), day % 7)
        for day in range(60)
    ]
    told = Statistics([(d, 5, d % 5) for d in range(60)], [60.0, 9e9, 5e4], 1, changes)
    for table in tables(told):
        for chart in charts(table):
            for bar in chart.bars:
                assert bar.x >= 0 and bar.x + bar.width <= 100.01
                assert bar.y >= -0.2 and bar.y + bar.height <= chart.height + 0.2
            assert all(0 <= x <= 100 for x, _, _ in chart.labels)


def test_a_small_drawing_of_few_days_has_room_for_one_label() -> None:
    kinds = ("figure", "quote", "headline")

    def labels(days: int) -> list[int]:
        told = Statistics((), (), 0, [(20_000 + day, False, kinds, 1) for day in range(days)])
        return [len(c.labels) for t in tables(told) if t.name == "kinds" for c in charts(t)]

    assert set(labels(4)) == {1} and set(labels(6)) == {2}
