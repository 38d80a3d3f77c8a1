"""An answer as a drawing: SVG that needs nothing else."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from variorum.corpus.answers import Answer

# Two colours that stay apart for the colour-blind and in grey.
_COLOURS = ("#1d5f9e", "#e8a33d")
_WIDTH, _HEIGHT = 7.2, 3.6
_BARS_DOWN = 7  # more bars than that are read more easily from top to bottom
# Letters that find room in one line below the bars, as wide as the widest of a plain text are; names
# that want more stand beside bars that lie.
_ROOM = 72
_MOST = 30
_LONGEST = 40
# Texts of any site: none is to be read as mathematics. The same answer gives the same bytes.
_SETTINGS = {"text.parse_math": False, "svg.hashsalt": "variorum", "font.size": 9}


def draw(answer: Answer) -> str | None:
    """The SVG; None where the question has no plot, or the answer nothing to draw."""
    if answer.question.plot is None or not answer.rows:
        return None
    import matplotlib as mpl

    with mpl.rc_context(_SETTINGS):
        out = io.StringIO()
        figure_of(answer).savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    svg = out.getvalue()
    return svg[svg.index("<svg") :]


def figure_of(answer: Answer) -> Any:
    """The drawing of an answer that has one, as matplotlib's figure."""
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    plot = answer.question.plot
    assert plot is not None
    figure = Figure(figsize=(_WIDTH, _HEIGHT), layout="constrained")
    FigureCanvasSVG(figure)
    axes = figure.subplots()
    axes.spines[["top", "right"]].set_visible(False)
    if plot.form == "steps":
        _steps(axes, answer)
    else:
        _bars(figure, axes, answer)
    return figure


def _column(answer: Answer, name: str) -> list[Any]:
    at = answer.columns.index(name)
    return [row[at] for row in answer.rows]


def _numbers(answer: Answer, name: str) -> list[float]:
    return [float(value or 0) for value in _column(answer, name)]


def _steps(axes: Any, answer: Answer) -> None:
    plot = answer.question.plot
    assert plot is not None
    axes.step(_numbers(answer, plot.x), _numbers(answer, plot.ys[0]), _COLOURS[0], where="post")
    axes.set_ylim(0, 1.02)
    axes.set_xlabel(_said(plot.x))
    axes.set_ylabel(_said(plot.ys[0]))


def _bars(figure: Any, axes: Any, answer: Answer) -> None:
    plot = answer.question.plot
    assert plot is not None
    labels = [_label(value) for value in _column(answer, plot.x)][:_MOST]
    down = len(labels) > _BARS_DOWN or max(map(len, labels)) * len(labels) > _ROOM
    places = range(len(labels))
    below = [0.0] * len(labels)
    for name, colour in zip(plot.ys, _COLOURS, strict=False):
        sizes = _numbers(answer, name)[:_MOST]
        if down:
            axes.barh(places, sizes, left=below, color=colour, label=_said(name))
        else:
            axes.bar(places, sizes, bottom=below, color=colour, label=_said(name))
        below = [a + b for a, b in zip(below, sizes, strict=True)]
    if not any(below):  # an axis about zero would show numbers that cannot be
        (axes.set_xlim if down else axes.set_ylim)(0, 1)
    if down:
        figure.set_size_inches(_WIDTH, max(_HEIGHT, 0.24 * len(labels) + 0.8))
        axes.set_yticks(places, labels)
        axes.invert_yaxis()
    else:
        axes.set_xticks(places, labels)
    _name_values(figure, axes, plot.ys, down)


def _name_values(figure: Any, axes: Any, names: Sequence[str], down: bool) -> None:
    if len(names) > 1:  # above the bars, where none can reach
        figure.legend(loc="outside upper right", ncols=len(names), frameon=False)
    elif down:
        axes.set_xlabel(_said(names[0]))
    else:
        axes.set_ylabel(_said(names[0]))


def _said(name: str) -> str:
    return name.replace("_", " ")


def _label(value: Any) -> str:
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
