"""Charts: text is text, the same numbers give the same bytes, and a label is only a label."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reports.pages import ROLL, Line, Page, Roll, door
from xuequ.core.document import Chart, ChartKind, Series
from xuequ.core.errors import ExtraMissing
from xuequ.reports import render, write_xlsx
from xuequ.reports.charts import to_svg
from xuequ.reports.html import to_html
from xuequ.reports.rendering import RenderedChart

ONE = Chart("各校学生", lambda view: view.lines, "name", (Series("学生", "pupils"),), unit="人")
TWO = replace(ONE, series=(*ONE.series, Series("面积", "area")), kind=ChartKind.GROUPED)
KINDS = (ONE, TWO, replace(TWO, kind=ChartKind.LINE))
LINES = (Line("前锋完小", pupils=120, area=Decimal("33.5")), Line("安石完小", pupils=33))


def chart_of(chart: Chart = ONE, *lines: Line) -> RenderedChart:
    return render(door(Roll(lines or LINES)), replace(ROLL, charts=(chart,))).charts[0]


def texts(chart: Chart = ONE, *lines: Line) -> list[str]:
    return Page(to_svg(chart_of(chart, *lines))).within("text")


def test_a_chart_takes_labels_and_numbers_from_the_rows() -> None:
    found = chart_of(TWO)
    assert found.labels == ("前锋完小", "安石完小")
    assert found.series == (("学生", (120, 33)), ("面积", (Decimal("33.5"), None)))


def test_labels_and_numbers_stay_text() -> None:
    assert sorted(texts()) == sorted(["前锋完小", "安石完小", "120", "33"])
    assert sorted(texts(TWO)) == sorted(["前锋完小", "安石完小", "120", "33", "33.5", "—", "学生", "面积"])


@pytest.mark.parametrize("chart", KINDS, ids=lambda chart: chart.kind.value)
def test_a_chart_is_one_element_that_names_no_font_date_or_address(chart: Chart) -> None:
    svg = to_svg(chart_of(chart))
    tags = {tag for tag, _ in Page(svg).tags}
    assert tags == {"svg", "g", "path", "text"}
    assert not re.search(r"https?:|href|url\(|font-family|DejaVu|<\?xml|<!|matplotlib|\bid=", svg)


@pytest.mark.parametrize("chart", KINDS, ids=lambda chart: chart.kind.value)
def test_the_same_numbers_give_the_same_bytes(chart: Chart) -> None:
    assert to_svg(chart_of(chart)) == to_svg(chart_of(chart))


def test_bars_are_as_long_as_their_numbers() -> None:
    numbers = (Line("四个字的", pupils=40), Line("b", pupils=10), Line("c", pupils=0))
    lengths = [float(x) for x in re.findall(r"M 58 [\d.]+ \s*L ([\d.]+) ", to_svg(chart_of(ONE, *numbers)))]
    whole, quarter, nothing = (length - 58 for length in lengths)
    assert whole == pytest.approx(4 * quarter) and nothing == 0


def test_a_chart_is_read_aloud_in_words() -> None:
    [(_, attributes)] = [tag for tag in Page(to_svg(chart_of(TWO))).tags if tag[0] == "svg"]
    assert attributes["role"] == "img"
    assert attributes["aria-label"] == "各校学生：前锋完小 学生 120、面积 33.5；安石完小 学生 33、面积 —"
    assert "各校学生：前锋完小 120，安石完小 33" in to_svg(chart_of(ONE))


@pytest.mark.parametrize(
    "hostile", ["<script>x</script>", "$x^2$", "$\\frac{1}{", "@0@", "&amp;", "]]>", '"', "\\", "%s"]
)
def test_a_label_is_nothing_but_a_label(hostile: str) -> None:
    line = Line(hostile, pupils=3)
    name = hostile if len(hostile) <= 12 else f"{hostile[:11]}…"
    assert name in texts(ONE, line)
    assert "<script" not in to_svg(chart_of(ONE, line))


@settings(max_examples=25)
@given(st.lists(st.integers(-(10**9), 10**9) | st.none(), min_size=1, max_size=8))
def test_whatever_the_numbers_every_kind_is_drawn(numbers: list[int | None]) -> None:
    lines = [Line(f"n{index}", pupils=number) for index, number in enumerate(numbers)]
    for chart in KINDS:
        assert "nan" not in to_svg(chart_of(chart, *lines))


def test_a_long_row_of_years_names_some_of_them_and_no_number() -> None:
    lines = [Line(f"{2000 + year}", pupils=year) for year in range(24)]
    words = texts(replace(ONE, kind=ChartKind.LINE), *lines)
    assert words[:-1] == ["2000", "2003", "2006", "2009", "2012", "2015", "2018", "2021"]


def test_the_page_shows_a_figure_with_its_title_and_none_without_rows() -> None:
    document = replace(ROLL, charts=(ONE,))
    page = Page(to_html(render(door(Roll(LINES)), document)))
    assert page.within("figcaption") == ["各校学生（人）"]
    assert "svg" in {tag for tag, _ in page.tags}
    bare = Page(to_html(render(door(Roll([])), document)))
    assert not {"figure", "svg"} & {tag for tag, _ in bare.tags}


def test_the_workbook_has_the_numbers_and_a_chart_of_its_own(tmp_path: Path) -> None:
    hostile = (Line("=1+1", pupils=2), *LINES)
    write_xlsx(render(door(Roll(hostile)), replace(ROLL, charts=KINDS)), tmp_path / "a.xlsx")
    sheet: Any = openpyxl.load_workbook(tmp_path / "a.xlsx")["图表"]
    assert [cell.value for cell in sheet["A"]][:4] == ["各校学生", "'=1+1", "前锋完小", "安石完小"]
    assert [cell.value for cell in sheet["B"]][:4] == ["学生", 2, 120, 33]
    assert [type(chart).__name__ for chart in sheet._charts] == ["BarChart", "BarChart", "LineChart"]


def test_without_matplotlib_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    with pytest.raises(ExtraMissing, match=r"pip install 'xuequ\[report\]'"):
        to_svg(chart_of())
