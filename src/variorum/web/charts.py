"""Tables drawn as bars. Sizes along are per cent of the width, sizes across are pixels, so that a
drawing needs no script and fits any screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from variorum.web.counting import Table
from variorum.web.languages import decimal, gettext

_HEIGHT = 120.0
_SMALL = 26.0
# Labels along the axis that have room on a telephone.
_LABELS = 4
# A small drawing with so few bars has room for one label.
_CLOSE = 4
# One bar of a young archive fills no page.
_WIDEST = 100 / 6


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar, or a part of one; ``series`` counts the parts from 0."""

    x: float
    width: float
    y: float
    height: float
    series: int
    title: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, with a few of the names of the rows under them: (x in per cent, anchor, text)."""

    name: str
    bars: Sequence[Bar]
    height: float
    top: str
    labels: Sequence[tuple[float, str, str]]


def charts(table: Table) -> list[Chart]:
    """The drawing of a table; one small drawing for each column where there are many kinds."""
    if not table.rows:
        return []
    if len(table.bars) <= 2:
        return [_chart(table, table.bars, _HEIGHT, "")]
    busy = sorted(table.bars, key=lambda c: -sum(row[c] for row in table.rows))[:8]
    return [_chart(table, (c,), _SMALL, table.columns[c]) for c in busy]


def _chart(table: Table, columns: Sequence[int], height: float, name: str) -> Chart:
    sums = [sum(row[c] for c in columns) for row in table.rows]
    top = table.top or max(sums) or 1
    step = min(_WIDEST, 100 / len(table.rows))
    bars = []
    for k, row in enumerate(table.rows):
        base = height
        for series, c in enumerate(columns):
            size = round(height * row[c] / top, 1)
            if not size:
                continue
            base -= size
            title = f"{row[0]}{gettext(': ')}{_told(row[c])} {table.columns[c]}"
            bars.append(
                Bar(round(k * step, 3), round(step * 0.86, 3), round(base, 1), size, series, title)
            )
    most = gettext("%(n)s%%", n=_told(top)) if table.top == 100 else _told(top)
    return Chart(name, bars, height, most, _labels(table, step, small=bool(name)))


def _labels(table: Table, step: float, *, small: bool) -> list[tuple[float, str, str]]:
    names = [str(row[0]) for row in table.rows]
    if len(names) <= 7 and len(table.bars) == 1 and table.top is None:
        return [(round((k + 0.43) * step, 2), "middle", n) for k, n in enumerate(names)]
    last = len(names) - 1
    if step == _WIDEST:
        ends = [(0.0, "start", names[0]), (round((last + 0.86) * step, 2), "end", names[last])]
        return ends if last > (_CLOSE if small else 1) else ends[:1]
    chosen = sorted({round(k * last / (_LABELS - 1)) for k in range(_LABELS)}) if last else [0]
    if len(chosen) > 2 and last < _LABELS:
        chosen = [0, last]
    return [
        (
            0.0 if k == 0 else 100.0 if k == last else round((k + 0.43) * step, 2),
            "start" if k == 0 else "end" if k == last else "middle",
            names[k],
        )
        for k in chosen
    ]


def _told(value: Any) -> str:
    return decimal(value, 0 if float(value).is_integer() else 1)
