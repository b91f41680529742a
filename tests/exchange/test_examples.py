"""The example row: valid cell by cell, and nothing that anybody would enter."""

from __future__ import annotations

import pytest

from tests.exchange.books import COLUMNS, ROSTER, SHEET, Entry
from xuequ.core.codes import CodeEnum, code_list
from xuequ.core.errors import XuequError
from xuequ.core.workbook import Column, Kind, Sheet, Template
from xuequ.exchange.cells import read_cell
from xuequ.exchange.examples import example_row
from xuequ.registry.states.people import Sex
from xuequ.registry.templates import TEMPLATES as OF_REGISTRY
from xuequ.standards.templates import TEMPLATES as OF_STANDARDS
from xuequ.unified.leadership.templates import TEMPLATES as OF_LEADERSHIP
from xuequ.unified.party.templates import TEMPLATES as OF_PARTY

TEMPLATES = (*OF_REGISTRY, *OF_STANDARDS, *OF_LEADERSHIP, *OF_PARTY, ROSTER)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_every_cell_of_an_example_is_read_by_its_column_and_taken_by_its_field(template: Template) -> None:
    for sheet in template.sheets:
        row = example_row(sheet)
        values = {
            column.field: read_cell(text, column) for column, text in zip(sheet.columns, row, strict=True)
        }
        assert not any(isinstance(value, XuequError) for value in values.values()), (sheet.title, values)
        assert all(text for column, text in zip(sheet.columns, row, strict=True) if column.required)
        for column, text in zip(sheet.columns, row, strict=True):
            assert (column.example or "") in ("", text)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_a_whole_example_is_a_command(template: Template) -> None:
    for sheet in template.sheets:
        cells = zip(sheet.columns, example_row(sheet), strict=True)
        values = {column.field: read_cell(text, column) for column, text in cells}
        sheet.command(**{field: value for field, value in values.items() if value is not None})


def test_an_example_says_that_it_is_one() -> None:
    assert example_row(SHEET) == (
        *("shili", "示例（王小明）", Sex.MALE.label, "1", "100", "2026-09-01", "SHILI001"),
    )


def test_what_a_column_says_itself_comes_first() -> None:
    columns = (Column("代码", "code", example="qianfeng"), *COLUMNS[1:])
    assert example_row(Sheet("entries", "名册", Entry, columns, ("code",)))[0] == "qianfeng"


@code_list("空话", standard="xuequ")
class Vague(CodeEnum):
    """A list that begins with what says little."""

    UNKNOWN = "0", "未知"
    OTHER = "9", "其他"
    PLAIN = "1", "平常"


def test_what_says_little_comes_last_and_where_nothing_fits_there_is_no_example() -> None:
    columns = (Column("代码", "code", codes=Vague), Column("面积", "area", Kind.DAY))
    assert example_row(Sheet("entries", "名册", Entry, columns, ("code",))) == ("平常", "")
