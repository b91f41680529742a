"""From a declaration and a view to rows of cells."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.reports.pages import COLUMNS, DAY, ROLL, Line, Roll, door
from xuequ.core.errors import DocumentUnknown
from xuequ.core.money import Money
from xuequ.registry.documents import DISTRICT_GLANCE, DOCUMENTS
from xuequ.registry.states.people import Sex
from xuequ.reports import Rendered, find_document, render
from xuequ.reports.rendering import shown
from xuequ.testing.strategies import moneys


def rendered(*lines: Line, **more: Any) -> Rendered:
    return render(door(Roll(lines, **more)), ROLL)


def test_a_document_is_found_by_its_name() -> None:
    assert find_document("registry.district_at_a_glance", DOCUMENTS) is DISTRICT_GLANCE
    with pytest.raises(DocumentUnknown, match=r"现有：registry\.district_at_a_glance"):
        find_document("registry.none", DOCUMENTS)


def test_the_door_is_asked_for_the_view_with_its_arguments() -> None:
    asked: dict[str, Any] = {}
    page = render(door(Roll([]), asked), ROLL, on=DAY, school="s1")
    assert asked == {"on": DAY, "school": "s1"}
    assert (page.unit, page.subtitle, page.made_on) == ("前锋学区", "共 0 行", DAY)


def test_a_view_that_is_of_no_district_has_no_unit() -> None:
    class Bare:
        lines, more, pupils = (), (), 0

    assert render(door(Bare()), ROLL).unit == ""


def test_figures_come_with_unit_and_hint() -> None:
    page = rendered(pupils=603, more=[Line("x")])
    assert [(f.label, f.value, f.unit, f.hint) for f in page.figures] == [
        ("在校生", 603, "人", ""),
        ("学生", 603, "人", "不含 1 人"),
    ]


def test_rows_are_cells_in_the_order_of_the_columns() -> None:
    line = Line("王", Sex.MALE, 5, Decimal("1.50"), Money(1234), date(2026, 9, 1), boarding=True)
    table = rendered(line, Line("李", None)).tables[0]
    assert table.rows == (
        ("王", "男", 5, Decimal("1.50"), Money(1234), date(2026, 9, 1), True),
        ("李", None, 0, None, None, None, False),
    )
    assert table.columns == COLUMNS
    assert (table.title, table.note) == ("全体", "见附注。")


def test_a_numbered_table_gets_a_column_of_numbers_in_front() -> None:
    numbered = replace(ROLL.tables[0], number=True)
    view = Roll([Line("王", pupils=2), Line("李", pupils=3)])
    table = render(door(view), replace(ROLL, tables=(numbered,))).tables[0]
    assert [column.heading for column in table.columns][:2] == ["序号", "姓名"]
    assert [row[:2] for row in table.rows] == [(1, "王"), (2, "李")]
    assert table.totals is not None and table.totals[:4] == (None, None, None, 5)
    plain = replace(numbered, columns=(COLUMNS[0],))
    assert render(door(view), replace(ROLL, tables=(plain,))).tables[0].totals is None


def test_columns_that_say_so_are_added_up_and_what_is_unknown_is_left_out() -> None:
    table = rendered(
        Line("a", pupils=3, area=Decimal("0.1")),
        Line("b", pupils=None, area=Decimal("0.2")),
        Line("c", pupils=4),
    ).tables[0]
    assert table.totals == (None, None, 7, Decimal("0.3"), None, None, None)


def test_a_sum_of_nothing_known_is_unknown_and_not_zero() -> None:
    for lines in ([], [Line("a", pupils=None)]):
        assert rendered(*lines).tables[0].totals == (None,) * len(COLUMNS)
    assert rendered(Line("a", pupils=0)).tables[0].totals == (None, None, 0, None, None, None, None)


def test_a_table_in_which_nothing_is_added_up_has_no_totals() -> None:
    page = rendered(Line("a"), more=[Line("b")])
    assert page.tables[1].totals is None
    assert page.tables[1].note == ""


@given(st.lists(moneys() | st.none(), max_size=20))
def test_money_adds_up_to_the_fen(amounts: list[Money | None]) -> None:
    table = rendered(*(Line("x", pay=amount) for amount in amounts)).tables[0]
    known = [amount.fen for amount in amounts if amount is not None]
    assert table.totals is not None
    assert table.totals[4] == (Money(sum(known)) if known else None)


@pytest.mark.parametrize(
    "value", [1.5, b"x", [1], {"a": 1}, object(), Roll([])], ids=lambda v: type(v).__name__
)
def test_what_a_document_cannot_show_exactly_is_a_type_error(value: Any) -> None:
    line = Line("x")
    line.area = value
    with pytest.raises(TypeError, match=f"cannot show {type(value).__name__}"):
        rendered(line)


def test_a_field_that_the_view_does_not_have_is_an_error_and_not_an_empty_cell() -> None:
    with pytest.raises(AttributeError, match="name"):
        rendered(object())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    with pytest.raises(AttributeError):
        render(door(Roll([])), replace(ROLL, view="none"))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, "—"),
        ("", ""),
        ("前锋", "前锋"),
        (True, "是"),
        (False, "否"),
        (0, "0"),
        (18994, "18,994"),
        (-1234567, "-1,234,567"),
        (Decimal("0"), "0"),
        (Decimal("1.50"), "1.5"),
        (Decimal("4715.00"), "4,715"),
        (Decimal("1E+3"), "1,000"),
        (Decimal("1234567.89"), "1,234,567.89"),
        (date(2026, 9, 1), "2026-09-01"),
    ],
)
def test_a_cell_is_written_for_the_eye(cell: Any, text: str) -> None:
    assert shown(cell) == text


@given(st.decimals(-(10**14), 10**14, places=2) | st.integers(-(10**18), 10**18))
def test_what_is_shown_is_the_number_and_nothing_else(number: Decimal | int) -> None:
    text = shown(number)
    assert Decimal(text.replace(",", "")) == number
    assert "E" not in text


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.name)
def test_every_document_says_who_signs(document: Any) -> None:
    assert document.signers or document.letter
    assert document.title
    assert len({table.title for table in document.tables}) == len(document.tables)
