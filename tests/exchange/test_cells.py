"""One cell: what people write, and what is refused."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import CellFormula, CellRequired, CellUnreadable, UnknownCode, XuequError
from xuequ.core.text import bare, inert
from xuequ.core.workbook import Column, Kind
from xuequ.exchange.cells import cell_text, read_cell, read_flag, shown
from xuequ.exchange.tables import ErrorValue, Formula
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import Title
from xuequ.testing.strategies import days, names

NOON, MIDNIGHT = (datetime.combine(date(2026, 9, 1), time(hour)) for hour in (12, 0))
"""As openpyxl gives date cells: without a zone."""

FULL = str.maketrans("0123456789.-/,", "０１２３４５６７８９．－／，")


def column(kind: Kind = Kind.TEXT, **more: Any) -> Column:
    return Column("栏", "field", kind, **more)


def refused(value: Any, kind: Kind) -> str:
    """Return what a refused cell was expected to be."""
    found = read_cell(value, column(kind))
    assert isinstance(found, CellUnreadable)
    assert found.text == cell_text(value)
    return found.expected


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("value", [None, "", "  ", "　", "\t"])
def test_an_empty_cell_is_none_or_refused_where_it_is_required(kind: Kind, value: str | None) -> None:
    assert isinstance(read_cell(value, column(kind)), CellRequired)
    assert read_cell(value, column(kind, required=False)) is None


# text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12, "12"),
        (12.0, "12"),
        (12.5, "12.5"),
        (-3.0, "-3"),
        (0, "0"),
        ("007", "007"),
        (" 前锋　", "前锋"),
        ("=1+1", "=1+1"),
        (123_456_789_012_345, "123456789012345"),
        (123_456_789_012_345.0, "123456789012345"),
        (NOON, "2026-09-01"),
        (date(2026, 9, 1), "2026-09-01"),
    ],
)
def test_a_number_or_a_day_in_a_text_column_is_the_text_that_one_sees(value: Any, text: str) -> None:
    assert read_cell(value, column()) == text


@pytest.mark.parametrize("value", [530_921_199_001_011_000, 5.30921199001011e17, 10**15, -(10**15), 1e300])
def test_a_number_that_excel_has_cut_off_is_refused_as_text(value: float) -> None:
    assert "Excel 只保留前 15 位" in refused(value, Kind.TEXT)


@pytest.mark.parametrize("text", ["5.30921199001011E+17", "5.32101E+17", "1E+11", "-1.5E+12", "1E+100"])
def test_a_number_that_excel_has_shortened_on_its_way_to_csv_is_refused_as_text(text: str) -> None:
    assert "Excel 只保留前 15 位" in refused(text, Kind.TEXT)


@pytest.mark.parametrize("text", ["1E5", "1e+5", "E+17", "5.3E+1", "530921199001011000", "A1E+17"])
def test_what_only_looks_like_a_shortened_number_is_text(text: str) -> None:
    assert read_cell(text, column()) == text


@pytest.mark.parametrize("value", [Formula("=1+1"), ErrorValue("#N/A")])
@pytest.mark.parametrize("kind", Kind)
def test_a_formula_or_an_error_is_no_data(value: Formula | ErrorValue, kind: Kind) -> None:
    found = read_cell(value, column(kind))
    assert isinstance(found, CellFormula)
    assert found.text == cell_text(value) == value.text
    assert isinstance(read_cell(value, column(codes=Sex)), CellFormula)


@pytest.mark.parametrize("text", ["=1+1", "-1", "+86 138", "@x", "'=1", "''=1"])
def test_an_apostrophe_that_kept_text_from_being_a_formula_is_taken_off(text: str) -> None:
    assert read_cell(inert(text), column()) == text
    assert read_cell("'-12.5", column(Kind.DECIMAL)) == Decimal("-12.5")


def test_what_is_quoted_in_a_problem_can_be_shown_anywhere() -> None:
    for value in ("\ud800", "a\0b", "王\u202e"):
        assert shown(value).isprintable()
        for kind in (Kind.WHOLE, Kind.DECIMAL, Kind.DAY):
            found = read_cell(value, column(kind))
            assert isinstance(found, CellUnreadable) and found.text.isprintable()
        code = read_cell(value, column(codes=Sex))
        assert isinstance(code, UnknownCode) and code.text.isprintable()


# yes and no


@pytest.mark.parametrize("value", ["是", "有", "√", "✓", "Y", "y", "ｙ", "YES", 1, "1", True, " 对 ", 1.0])
def test_yes_is_read_however_it_is_written(value: Any) -> None:
    assert read_flag(value, cell_text(value)) is True


@pytest.mark.parametrize("value", ["否", "无", "没有", "×", "N", "ｎ", "no", 0, "0", False, "FALSE", 0.0])
def test_no_is_read_however_it_is_written(value: Any) -> None:
    assert read_flag(value, cell_text(value)) is False


@pytest.mark.parametrize("value", ["x", "X", "也许", "2", 2, "是否", "", NOON])
def test_what_is_neither_is_refused(value: Any) -> None:
    assert read_flag(value, cell_text(value)) is None


@given(names())
def test_any_name_is_read_as_it_is(name: str) -> None:
    assert read_cell(name, column()) == bare(name.strip())


@pytest.mark.parametrize("value", [True, False])
@pytest.mark.parametrize("kind", [kind for kind in Kind if kind is not Kind.FLAG])
def test_a_boolean_is_refused_where_yes_or_no_is_not_asked(kind: Kind, value: bool) -> None:
    assert refused(value, kind) == kind.value
    assert cell_text(value) in ("TRUE", "FALSE")


# numbers


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3),
        (3.0, 3),
        ("3", 3),
        ("3.00", 3),
        (" ３ ", 3),
        ("１，２３４", 1234),
        ("-1,234,567", -1_234_567),
        (0, 0),
    ],
)
def test_a_whole_number_is_read_however_it_is_written(value: Any, number: int) -> None:
    found = read_cell(value, column(Kind.WHOLE))
    assert (found, type(found)) == (number, int)


@pytest.mark.parametrize(
    "value",
    [3.5, "3.5", "三", "3个", "1e3", "0x10", "1_000", "3-4", "12,34", "1,2345", "+", ".", "9" * 5_000],
)
def test_what_is_no_whole_number_is_refused(value: Any) -> None:
    assert refused(value, Kind.WHOLE) == "整数"


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (18994, "18994"),
        (0.1, "0.1"),
        (4715.5, "4715.5"),
        ("1，２３４．５０", "1234.50"),
        ("-2.25", "-2.25"),
        ("12,345,678.9", "12345678.9"),
        (Decimal("99999999999999.99"), "99999999999999.99"),
    ],
)
def test_a_number_is_read_exactly(value: Any, number: str) -> None:
    assert read_cell(value, column(Kind.DECIMAL)) == Decimal(number)


@pytest.mark.parametrize(
    "value", ["约100", "NaN", "sNaN", "Infinity", "-Infinity", float("inf"), float("nan"), "1.2.3", "--1"]
)
def test_what_is_no_number_is_refused(value: Any) -> None:
    assert refused(value, Kind.DECIMAL) == "数字"


@pytest.mark.parametrize("text", ["18,5", "1,23", "12,3456", "1,234,5", ",123", "1,,234"])
def test_a_comma_that_parts_no_thousands_is_refused_and_not_dropped(text: str) -> None:
    assert refused(text, Kind.DECIMAL) == "数字"


@given(st.decimals(-(10**12), 10**12, places=2))
def test_full_width_digits_are_digits_and_commas_part_thousands(number: Decimal) -> None:
    for text in (str(number), f"{number:,}"):
        assert read_cell(text.translate(FULL), column(Kind.DECIMAL)) == number


# days


@pytest.mark.parametrize(
    "value",
    [
        date(2026, 9, 1),
        MIDNIGHT,
        NOON,
        "2026-9-1",
        "2026-09-01",
        "2026.9.1",
        "2026/9/1",
        "2026年9月1日",
        "2026年09月01日",
        "2026年9月1",
        "２０２６－９－１",
        "２０２６／０９／０１",
        " 2026-9-1　",
        "2026-09-01 00:00:00",
        "2026-09-01T00:00:00",
        "2026-09-01T00:00:00.000",
        "2026. 9. 1",
        "2026 年 9 月 1 日",
        "2026年9月1号",
        "20260901",
        "２０２６０９０１",
        20260901,
        20260901.0,
        "二〇二六年九月一日",
        "二○二六年九月一日",
        "二零二六年九月一号",
    ],
)
def test_a_day_is_read_however_it_is_written(value: Any) -> None:
    found = read_cell(value, column(Kind.DAY))
    assert (found, type(found)) == (date(2026, 9, 1), date)


@pytest.mark.parametrize(
    "value",
    [
        "2026-2-30",
        "2025-2-29",
        "2026-13-1",
        "2026-0-1",
        "2026-1-0",
        "0000-1-1",
        "9/1/2026",
        "20260931",
        "九月一日",
        "二〇二六年十三月一日",
        "二〇二六年九月三十二日",
        "二〇二六年九月一二日",
        "二〇二六年九月十十日",
        "2026-09-01 08:30:00",
        1,
        0.5,
        1e17,
        float("inf"),
        time(8, 30),
    ],
)
def test_what_is_no_day_is_refused(value: Any) -> None:
    assert refused(value, Kind.DAY) == "日期（如 2026-09-01）"


@pytest.mark.parametrize("value", ["26-9-1", "26.09.01", "26年9月1日", "99/12/31"])
def test_a_year_of_two_digits_is_refused_since_nobody_knows_the_century(value: str) -> None:
    assert refused(value, Kind.DAY) == "四位年份的日期（如 2026-09-01）"


@pytest.mark.parametrize(
    "value", ["2026-9", "2026年9月", "2026.09", "202609", "2026", 2026, 202609, "2026年"]
)
def test_a_month_or_a_year_alone_is_refused(value: str) -> None:
    assert refused(value, Kind.DAY) == "年月日俱全的日期（如 2026-09-01）"


@pytest.mark.parametrize("value", [46266, 46266.0, 46266.5, "46266"])
def test_a_date_that_has_lost_its_format_is_refused_with_the_day_that_it_may_be(value: Any) -> None:
    assert refused(value, Kind.DAY) == "日期（按 Excel 的算法此数是 2026-09-01，请核对后改写成日期）"


NUMERALS = "〇一二三四五六七八九"


def numeral(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else NUMERALS[tens]) + "十" * (tens > 0) + (NUMERALS[ones] if ones else "")


@given(days())
def test_every_day_is_read_back_from_chinese_numerals_and_from_digits_alone(day: date) -> None:
    year = "".join(NUMERALS[int(digit)] for digit in str(day.year))
    written = f"{year}年{numeral(day.month)}月{numeral(day.day)}日"
    assert read_cell(written, column(Kind.DAY)) == day
    assert read_cell(f"{day:%Y%m%d}", column(Kind.DAY)) == day
    assert read_cell(int(f"{day:%Y%m%d}"), column(Kind.DAY)) == day


@given(days(), st.sampled_from(["{y}-{m}-{d}", "{y}.{m}.{d}", "{y}/{m}/{d}", "{y}年{m}月{d}日"]))
def test_every_day_is_read_back_from_every_way_to_write_it(day: date, way: str) -> None:
    written = way.format(y=day.year, m=day.month, d=day.day)
    assert read_cell(written, column(Kind.DAY)) == day
    assert read_cell(written.translate(FULL), column(Kind.DAY)) == day


# codes


@pytest.mark.parametrize("value", ["男", "男性", "1", 1, 1.0, "１", " 男 "])
def test_a_code_is_read_by_label_alias_or_number(value: Any) -> None:
    assert read_cell(value, column(codes=Sex)) is Sex.MALE


@pytest.mark.parametrize("value", ["先生", "3", True, NOON])
def test_what_is_not_on_the_list_is_refused_with_the_list(value: Any) -> None:
    found = read_cell(value, column(codes=Sex))
    assert isinstance(found, UnknownCode)
    assert found.list == "性别"
    assert "男、女" in found.remedy()


@given(st.sampled_from(Title), st.data())
def test_every_way_to_write_a_code_gives_the_code(title: Title, data: st.DataObject) -> None:
    written = data.draw(st.sampled_from([title.code, title.label, *title.aliases]))
    assert read_cell(written, column(codes=Title)) is title


@given(st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.datetimes())
def test_a_cell_is_a_value_of_its_kind_or_an_error_and_never_a_crash(value: Any) -> None:
    kinds: dict[Kind, type] = {Kind.TEXT: str, Kind.WHOLE: int, Kind.DECIMAL: Decimal, Kind.DAY: date}
    for kind, type_ in kinds.items():
        assert isinstance(read_cell(value, column(kind)), (type_, XuequError))
    assert isinstance(read_cell(value, column(codes=Sex)), (Sex, XuequError))
