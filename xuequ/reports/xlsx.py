"""A document as a workbook: one sheet a table, ready to print."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from xuequ.core.document import Align, ChartKind, DocumentColumn, Letter, Paper
from xuequ.core.extras import load
from xuequ.core.money import Money
from xuequ.core.text import inert
from xuequ.reports.letters import in_words, numbered
from xuequ.reports.rendering import (
    SUBTOTAL,
    TOTAL,
    Cell,
    Rendered,
    RenderedChart,
    RenderedGroup,
    RenderedTable,
)

_FORBIDDEN = re.compile(r"[\\/*?:\[\]]")
_TITLE = 28
"""Characters of a sheet's title: Excel takes 31, and a second sheet of the same title gets a number."""
_CHARTS = "图表"
_LINE = 16
"""Points of a line of text."""


def write_xlsx(rendered: Rendered, path: Path) -> None:
    """Write the workbook; text is text, so nothing in it becomes a formula.

    Raises:
        ExtraMissing: without openpyxl.
    """
    openpyxl = load("openpyxl")
    book = openpyxl.Workbook()
    book.remove(book.active)
    if rendered.letter is not None:
        _write_letter(book.create_sheet("正文"), rendered.letter)
    for table in rendered.tables:
        _Sheet(book.create_sheet(_sheet_title(table.title)), rendered, table).write()
    if rendered.charts:
        _write_charts(book.create_sheet(_CHARTS), rendered.charts)
    book.properties.creator = "xuequ"
    book.properties.title = inert(rendered.title)
    book.save(path)


def _sheet_title(title: str) -> str:
    return _FORBIDDEN.sub("", title)[:_TITLE]


@dataclass
class _Sheet:
    """One table on its sheet, written line by line."""

    sheet: Any
    rendered: Rendered
    table: RenderedTable
    row: int = 0

    def __post_init__(self) -> None:
        styles = load("openpyxl.styles")
        side = styles.Side(style="thin", color="B9C2CC")
        self.frame = styles.Border(left=side, right=side, top=side, bottom=side)
        self.width = len(self.table.columns)
        self.columns = _widths(self.table)

    def write(self) -> None:
        """Write title, table, note and foot, and set the page up."""
        self._write_head()
        headings = self.row + 1
        self._row([column.heading for column in self.table.columns], bold=True, across="center")
        for group in self.table.groups:
            self._write_group(group)
        if self.table.totals is not None:
            self._row([TOTAL, *self.table.totals[1:]], bold=True)
        if self.table.note:
            self._line(self.table.note)
        self._write_foot()
        self._set_up_page(headings)

    def _write_head(self) -> None:
        title, of_table = self.rendered.title, self.table.title
        named = len(self.rendered.tables) > 1 or of_table != self.rendered.document.title
        self._line(f"{title} · {of_table}" if named and of_table else title, across="center", size=14)
        words = self.rendered.publicity
        if words is None:
            self._line(self.rendered.subtitle, across="center")
        else:
            self._line(words.body)

    def _write_group(self, group: RenderedGroup) -> None:
        if group.label:
            self._line(group.label, framed=True)
        for cells in group.rows:
            self._row(cells)
        if group.subtotal is not None:
            self._row([SUBTOTAL, *group.subtotal[1:]], bold=True)

    def _write_foot(self) -> None:
        document, unit, words = self.rendered.document, self.rendered.unit, self.rendered.publicity
        if self.rendered.notice:
            self._line(self.rendered.notice)
        if words is not None:
            self._line(f"公示期：{in_words(words.first)}至{in_words(words.last)}。")
            self._line(f"受理方式：{words.contact}")
            self._line(f"{unit}（盖章）    {in_words(words.first)}", across="right")
            return
        self.row += 1
        signers = "    ".join(f"{signer}：________" for signer in document.signers)
        self._line(f"单位（盖章）：{unit}    {signers}    日期：{self.rendered.made_on}")

    def _line(self, text: str, *, across: str = "left", size: int = 11, framed: bool = False) -> None:
        """Write text over the whole width of the table."""
        self.row += 1
        styles = load("openpyxl.styles")
        cell = self.sheet.cell(self.row, 1)
        _put(cell, text)
        cell.alignment = styles.Alignment(horizontal=across, vertical="center", wrap_text=True)
        if size != 11 or framed:
            cell.font = styles.Font(bold=True, size=size)
        if self.width > 1:  # Excel takes a merged range of one cell for damage
            self.sheet.merge_cells(
                start_row=self.row, end_row=self.row, start_column=1, end_column=self.width
            )
        # Excel does not fit the height of merged cells by itself
        lines = -(-2 * len(text) * size // (11 * int(sum(self.columns))))
        self.sheet.row_dimensions[self.row].height = max(lines, 1) * (_LINE if size == 11 else 24)

    def _row(self, cells: Sequence[Cell], *, bold: bool = False, across: str = "") -> None:
        self.row += 1
        styles = load("openpyxl.styles")
        for index, (value, column) in enumerate(zip(cells, self.table.columns, strict=True), 1):
            cell = self.sheet.cell(self.row, index)
            _put(cell, value)
            cell.border = self.frame
            cell.font = styles.Font(bold=bold)
            cell.alignment = styles.Alignment(
                horizontal=across or _across(column), vertical="center", wrap_text=True
            )

    def _set_up_page(self, headings: int) -> None:
        """A4, headings repeated on each page, one page wide, numbered."""
        letters = load("openpyxl.utils").get_column_letter
        for index, width in enumerate(self.columns, 1):
            self.sheet.column_dimensions[letters(index)].width = width
        self.sheet.print_title_rows = f"{headings}:{headings}"
        self.sheet.freeze_panes = f"A{headings + 1}"
        _set_up(self.sheet, self.rendered.document.paper)


def _widths(table: RenderedTable) -> list[int]:
    widths: list[int] = []
    for index, column in enumerate(table.columns):
        longest = max((len(str(row[index] or "")) for row in table.rows), default=0)
        widths.append(min(40, 2 * max(len(column.heading), min(longest, 16)) + 2))
    return widths


def _set_up(sheet: Any, paper: Paper) -> None:
    sheet.page_setup.orientation = paper.value
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    fit = load("openpyxl.worksheet.properties").PageSetupProperties(fitToPage=True)
    sheet.sheet_properties.pageSetUpPr = fit
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


def _put(cell: Any, value: Cell) -> None:
    if isinstance(value, str):
        cell.value = inert(value)
        cell.data_type = "s"
        return
    cell.value = Decimal(value.fen).scaleb(-2) if isinstance(value, Money) else value
    if isinstance(value, Money):
        cell.number_format = "#,##0.00"


def _across(column: DocumentColumn) -> str:
    return {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTER: "center"}[column.align]


def _write_letter(sheet: Any, letter: Letter) -> None:
    """Write the wording of a letter, a paragraph a row; its layout is the HTML page's."""
    styles = load("openpyxl.styles")
    lines = [
        *((line, "center") for line in (letter.heading, letter.number, letter.title) if line),
        *((f"{letter.addressees}：", "left") for _ in range(bool(letter.addressees))),
        *((f"　　{number}{text}", "left") for _, number, text in numbered(letter.paragraphs)),
        *((f"　　附件：{name}", "left") for name in letter.attachments),
        (letter.issuer, "right"),
        (in_words(letter.dated), "right"),
        *((f"抄送：{letter.copies}。", "left") for _ in range(bool(letter.copies))),
    ]
    sheet.column_dimensions["A"].width = 80
    for row, (text, across) in enumerate(lines, 1):
        cell = sheet.cell(row, 1)
        _put(cell, text)
        cell.alignment = styles.Alignment(horizontal=across, vertical="top", wrap_text=True)
        cell.font = styles.Font(size=14, bold=text == letter.title)
    _set_up(sheet, Paper.PORTRAIT)


def _write_charts(sheet: Any, charts: Sequence[RenderedChart]) -> None:
    """Write the numbers of every chart, and Excel's own chart of them beside."""
    row = 1
    for chart in charts:
        first = row
        _put(sheet.cell(row, 1), chart.chart.title)
        for index, (name, _) in enumerate(chart.series, 2):
            _put(sheet.cell(row, index), name)
        for place, label in enumerate(chart.labels):
            row += 1
            _put(sheet.cell(row, 1), label)
            for index, (_, values) in enumerate(chart.series, 2):
                _put(sheet.cell(row, index), values[place])
        sheet.add_chart(_native(sheet, chart, first, row), f"{'ABCDEFGH'[len(chart.series) + 2]}{first}")
        row = max(row, first + 16) + 2
    sheet.column_dimensions["A"].width = 28
    _set_up(sheet, Paper.LANDSCAPE)


def _native(sheet: Any, chart: RenderedChart, first: int, last: int) -> Any:
    charts = load("openpyxl.chart")
    drawn = charts.LineChart() if chart.chart.kind is ChartKind.LINE else charts.BarChart(barDir="bar")
    numbers = charts.Reference(sheet, min_col=2, max_col=1 + len(chart.series), min_row=first, max_row=last)
    drawn.add_data(numbers, titles_from_data=True)
    drawn.set_categories(charts.Reference(sheet, min_col=1, min_row=first + 1, max_row=last))
    drawn.title, drawn.height = chart.chart.title, 7.5
    if len(chart.series) == 1:
        drawn.legend = None
    for axis in (drawn.x_axis, drawn.y_axis):
        axis.delete = False
    if drawn.tagname == "barChart":
        drawn.x_axis.scaling.orientation = "maxMin"  # the first row on top
    return drawn
