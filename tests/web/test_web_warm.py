"""A server that was just started loads what pages need before anybody asks."""

from __future__ import annotations

from typing import Any

from web_shelf import NOW, Filled

from variorum.web import create_app
from variorum.web.readings import Readings
from variorum.web.warm import warm_up


def test_the_stages_and_the_templates_are_there_when_it_is_done(shelf: Filled) -> None:
    app = create_app(shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    warm_up(app).join()
    kept = app.state.site.readings._kept
    assert {key[0] for key in kept} == {"compared", "claims"}
    (english,) = app.state.site.templates._known.values()
    assert english.cache is not None and len(english.cache) >= 6


def test_what_goes_wrong_stops_nothing(shelf: Filled, monkeypatch: Any) -> None:
    monkeypatch.setattr(Readings, "compared", None)
    app = create_app(shelf.archive, clock=lambda: NOW, allowed_hosts=("testserver",))
    thread = warm_up(app)
    thread.join()
    assert not thread.is_alive()
