"""Charts as inline SVG, drawn by matplotlib, with text kept as text.

matplotlib places numbered marks; the words go in afterwards, escaped. So no font of this machine decides
where anything stands, nothing in a label is taken for mathematics or markup, and the same numbers give
the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from html import escape
from io import StringIO
from threading import Lock
from typing import Any

from xuequ.core.document import ChartKind
from xuequ.core.extras import load
from xuequ.reports.rendering import RenderedChart, shown

WIDTH, ROW, TEXT = 420, 24, 12
"""Points: a chart's width, the height of a row of bars, the size of its text."""
COLOURS = ("#14508c", "#d08a2e", "#5a8f5a", "#8a5a8f")
LONGEST_LABEL = 12
_SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "xuequ", "path.simplify": False}
_NO_METADATA = dict.fromkeys(("Creator", "Date", "Format", "Type"))
_DRAWING = Lock()  # matplotlib's settings are global
_HEAD = re.compile(r"^.*?<svg[^>]*>", re.DOTALL)
_LEFT_OUT = re.compile(r"<defs>.*?</defs>\s*|<metadata>.*?</metadata>\s*| id=\"[^\"]*\"", re.DOTALL)
_FONT = re.compile(r"font:[^;\"]*;?|font-family:[^;\"]*;?|font-size:[^;\"]*;?")
_MARK = re.compile(r"@(\d+)@")

Number = int | Decimal | None


@dataclass
class _Drawing:
    """A figure under construction, and the words that its marks stand for."""

    height: float
    left: float
    top: float
    bottom: float
    words: list[str] = field(default_factory=list[str])

    def __post_init__(self) -> None:
        self.figure = load("matplotlib.figure").Figure(figsize=(WIDTH / 72, self.height / 72), dpi=72)
        inside = self.height - self.top - self.bottom
        box = (
            self.left / WIDTH,
            self.bottom / self.height,
            1 - (self.left + 56) / WIDTH,
            inside / self.height,
        )
        self.axes: Any = self.figure.add_axes(box)
        self.axes.set_axis_off()

    def say(self, x: float, y: float, words: str, across: str, **more: Any) -> None:
        """Put words at a place of the axes' data."""
        mark = f"@{len(self.words)}@"
        self.words.append(words)
        self.axes.text(x, y, mark, ha=across, va="center", fontsize=TEXT, **more)

    def svg(self) -> str:
        """Return the drawing with its words, without anything that names a font, a date or an address."""
        out = StringIO()
        self.figure.savefig(out, format="svg", transparent=True, metadata=_NO_METADATA)
        text = _LEFT_OUT.sub("", _HEAD.sub("", out.getvalue(), count=1))
        text = _FONT.sub("", text)
        return _MARK.sub(lambda found: escape(self.words[int(found[1])]), text)


def to_svg(chart: RenderedChart) -> str:
    """Return a chart as an SVG element for a page.

    Raises:
        ExtraMissing: without matplotlib.
    """
    matplotlib = load("matplotlib")
    draw = _lines if chart.chart.kind is ChartKind.LINE else _bars
    with _DRAWING, matplotlib.rc_context(_SETTINGS):
        drawing = draw(chart)
        inner = drawing.svg()
    said = escape(f"{chart.chart.title}：{_spoken(chart)}")
    size = f'viewBox="0 0 {WIDTH} {drawing.height:g}" font-size="{TEXT}"'
    return f'<svg {size} role="img" aria-label="{said}">{inner}'


def _spoken(chart: RenderedChart) -> str:
    """Say a chart in words, for whoever has it read aloud."""
    if len(chart.series) == 1:
        return "，".join(
            f"{name} {shown(n)}" for name, n in zip(chart.labels, chart.series[0][1], strict=True)
        )
    return "；".join(
        f"{name} " + "、".join(f"{label} {shown(values[row])}" for label, values in chart.series)
        for row, name in enumerate(chart.labels)
    )


def _bars(chart: RenderedChart) -> _Drawing:
    """Draw bars across, a row for each label; the bars of several series stand under each other."""
    many = len(chart.series)
    step = ROW if many == 1 else 15 * many + 8
    labels = [_short(label) for label in chart.labels]
    legend = 26 if many > 1 else 4
    left = max(map(len, labels)) * TEXT + 10
    drawing = _Drawing(step * len(labels) + legend + 4, left, legend, 4)
    axes, thick = drawing.axes, 0.62 / many if many == 1 else 0.84 / many
    low, high = _span(chart.series)
    axes.set(xlim=(low, high), ylim=(len(labels) - 0.5, -0.5))
    for index, (_, values) in enumerate(chart.series):
        places = [row + (index - (many - 1) / 2) * thick for row in range(len(labels))]
        known = [float(value or 0) for value in values]
        axes.barh(places, known, thick * 0.92, color=COLOURS[index % len(COLOURS)], clip_on=False)
        for place, value, length in zip(places, values, known, strict=True):
            drawing.say(max(length, 0) + (high - low) / 90, place, shown(value), "left")
    for row, label in enumerate(labels):
        drawing.say(low - (high - low) / 50, row, label, "right")
    if many > 1:
        _legend(drawing, [name for name, _ in chart.series])
    return drawing


def _lines(chart: RenderedChart) -> _Drawing:
    """Draw a line for each series; a number that is not known leaves a gap."""
    count = len(chart.labels)
    drawing = _Drawing(220, 30, 54, 26)
    low, high = _span(chart.series)
    drawing.axes.set(xlim=(-0.3, max(count - 0.7, 0.7)), ylim=(low, high))
    drawing.axes.plot([-0.3, count - 0.7], [low, low], color="#b9c2cc", linewidth=1, clip_on=False)
    for index, (_, values) in enumerate(chart.series):
        points = [float("nan") if value is None else float(value) for value in values]
        colour = COLOURS[index % len(COLOURS)]
        drawing.axes.plot(range(count), points, color=colour, linewidth=2, clip_on=False)
        for place, value in enumerate(values):
            if value is not None and count <= 12:
                drawing.say(place, float(value) + (high - low) / 14, shown(value), "center")
    for place in range(0, count, 1 + count // 9):
        drawing.say(place, low - (high - low) / 10, _short(chart.labels[place]), "center")
    _legend(drawing, [name for name, _ in chart.series])
    return drawing


def _legend(drawing: _Drawing, names: Sequence[str]) -> None:
    """Name the series above the axes, each behind a square of its colour."""
    place = 0.0
    inside = WIDTH - drawing.left - 56
    at = {"transform": drawing.axes.transAxes, "clip_on": False}
    tall = drawing.height - drawing.top - drawing.bottom
    above = 1 + (drawing.top - 18) / tall
    patches = load("matplotlib.patches")
    for index, name in enumerate(names):
        corner = (place / inside, above)
        square = patches.Rectangle(corner, 10 / inside, 10 / tall, color=COLOURS[index % len(COLOURS)], **at)
        drawing.axes.add_patch(square)
        drawing.say((place + 14) / inside, above + 5 / tall, name, "left", transform=drawing.axes.transAxes)
        place += len(name) * TEXT + 30


def _span(series: Sequence[tuple[str, Sequence[Number]]]) -> tuple[float, float]:
    numbers = [float(value) for _, values in series for value in values if value is not None]
    low, high = min(0.0, *numbers, 0.0), max(0.0, *numbers, 0.0)
    return low, high if high > low else low + 1


def _short(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
