"""How values are written and read."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.money import Money
from xuequ.standards.errors import KindUnreadable, ValueUnreadable
from xuequ.standards.notation import parse_value, read_kind, read_value, say_value, write_value
from xuequ.testing.strategies import days, moneys

BANDS = "table(upto money?, rate ratio)"


@pytest.mark.parametrize("kind", ["whole", "list(day)", BANDS])
def test_a_kind_is_written_as_it_is_read(kind: str) -> None:
    assert str(read_kind(kind)) == kind


@pytest.mark.parametrize(
    "kind",
    ["", "float", "list(float)", "list(list(whole))", "table(a float)", "table(a)", "table(a whole, a day)"],
)
def test_what_is_no_kind_is_refused(kind: str) -> None:
    with pytest.raises(KindUnreadable):
        read_kind(kind)


@pytest.mark.parametrize(
    ("kind", "written", "value"),
    [
        ("whole", 19, 19),
        ("whole", "19", 19),
        ("ratio", "1/19", Fraction(1, 19)),
        ("ratio", "0.5%", Fraction(1, 200)),
        ("ratio", "0.85", Fraction(85, 100)),
        ("ratio", "-1.5", Fraction(-3, 2)),
        ("ratio", "-0.5", Fraction(-1, 2)),
        ("ratio", 2, Fraction(2)),
        ("money", "3,000", Money.yuan(3000)),
        ("text", "09-01", "09-01"),
        ("flag", True, True),
        ("flag", "否", False),
        ("day", date(2026, 9, 1), date(2026, 9, 1)),
        ("day", "2026-09-01", date(2026, 9, 1)),
        ("list(whole)", [3, 5], (3, 5)),
        (BANDS, [{"upto": "3000", "rate": "0.5%"}, {"rate": "2%"}],
         ({"upto": Money.yuan(3000), "rate": Fraction(1, 200)}, {"rate": Fraction(1, 50)})),
    ],
)  # fmt: skip
def test_what_is_written_becomes_an_exact_value(kind: str, written: Any, value: Any) -> None:
    assert read_value(read_kind(kind), written) == value


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("whole", 1.0),
        ("whole", True),
        ("whole", "1.5"),
        ("ratio", 0.5),
        ("ratio", "1/0"),
        ("ratio", "half"),
        ("ratio", True),
        ("money", 3000),
        ("money", 0.5),
        ("money", "0.001"),
        ("money", "three"),
        ("text", ""),
        ("text", 5),
        ("flag", 1),
        ("flag", "maybe"),
        ("day", "2026-02-30"),
        ("day", "20260901"),
        ("day", 20260901),
        ("list(whole)", 3),
        ("list(whole)", [3, "x"]),
        (BANDS, [3]),
        (BANDS, [{"upto": "3000"}]),
        (BANDS, [{"rate": "1%", "from": "1"}]),
        (BANDS, [{"rate": 0.5}]),
    ],
)
def test_a_value_of_another_kind_is_refused_and_floats_always(kind: str, written: Any) -> None:
    with pytest.raises(ValueUnreadable):
        read_value(read_kind(kind), written)


def test_a_wrong_cell_is_named_by_its_row_and_column() -> None:
    with pytest.raises(ValueUnreadable) as refused:
        read_value(read_kind(BANDS), [{"rate": "1%"}, {"rate": "much"}])
    assert (refused.value.where, refused.value.text) == ("第2行 rate", "much")


VALUES: dict[str, st.SearchStrategy[Any]] = {
    "whole": st.integers(-(10**17), 10**17),
    "ratio": st.fractions(-(10**6), 10**6, max_denominator=10**6),
    "money": moneys(),
    "text": st.text(min_size=1),
    "flag": st.booleans(),
    "day": days(),
}


@given(st.data())
def test_every_value_reads_back_from_the_text_that_it_is_written_as(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(VALUES)))
    value = data.draw(VALUES[name])
    listed = tuple(data.draw(st.lists(VALUES[name], max_size=4)))
    assert parse_value(read_kind(name), write_value(value)) == value
    assert parse_value(read_kind(f"list({name})"), write_value(listed)) == listed
    rows = tuple({"a": item} for item in listed)
    assert parse_value(read_kind(f"table(a {name}, b day?)"), write_value(rows)) == rows


def test_text_that_is_no_json_is_no_list() -> None:
    with pytest.raises(ValueUnreadable):
        parse_value(read_kind("list(whole)"), "3, 5")


@pytest.mark.parametrize(
    ("kind", "written", "said"),
    [
        ("ratio", "5%", "5%"),
        ("ratio", "13.5", "13.5"),
        ("ratio", "1/19", "1/19"),
        ("flag", False, "否"),
        ("money", "0.2", "0.20"),
        ("list(whole)", [3, 5], "3、5"),
        (BANDS, [{"upto": "3000", "rate": "0.5%"}, {"rate": "2%"}], "upto 3000.00 rate 0.5%；rate 2%"),
    ],
)
def test_a_value_is_said_as_people_read_it(kind: str, written: Any, said: str) -> None:
    assert say_value(read_value(read_kind(kind), written)) == said
