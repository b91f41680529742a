"""Dated rule parameters as rules take them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import XuequError
from xuequ.core.money import Money
from xuequ.core.spans import DaySpan
from xuequ.core.standards import (
    Declaration,
    Standard,
    StandardNotSet,
    StandardOfOtherKind,
    Standards,
    StandardTwice,
    StandardUnknown,
    Value,
    ending,
)
from xuequ.testing.strategies import day_spans, days

DAY = date(2026, 9, 1)
SPAN = DaySpan(date(2026, 1, 1))


def one(key: str = "k", value: Value = 1, place: str = "", span: DaySpan = SPAN) -> Standard:
    return Standard(key=key, value=value, span=span, place=place)


# places


def test_what_is_set_nearer_to_the_school_wins() -> None:
    places = ["530921/qianfeng", "530921", "53", ""]
    standards = [one(value=number, place=place) for number, place in enumerate(places)]
    for number in range(4):
        assert Standards(standards[number:]).whole("k", on=DAY) == number
        assert standards[number].nearness == 3 - number


@pytest.mark.parametrize(
    ("place", "reached"),
    [
        ("", {"", "53", "530921", "530921/qianfeng", "5309210/x"}),
        ("53", {"53", "530921", "530921/qianfeng", "5309210/x"}),
        ("530921", {"530921", "530921/qianfeng"}),
        ("530921/qianfeng", {"530921/qianfeng"}),
        ("36", set[str]()),
    ],
)
def test_a_value_holds_at_its_place_and_below(place: str, reached: set[str]) -> None:
    everywhere = {"", "53", "530921", "530921/qianfeng", "5309210/x"}
    assert {other for other in everywhere if one(place=place).reaches(other)} == reached


def test_standards_at_a_place_keep_what_holds_there_and_every_key() -> None:
    declared = [Declaration("k", "数", "whole"), Declaration("l", "数", "whole")]
    here = Standards([one(value=1), one(value=2, place="36"), one("l", 3, "36")], declared).at("530921")
    assert [standard.value for standard in here] == [1]
    assert list(here.declared) == ["k", "l"]


# days


def test_a_value_holds_from_its_first_day_until_its_end() -> None:
    old = ending(one(value=500, span=DaySpan(date(1997, 1, 1))), date(2012, 4, 1))
    standards = Standards([old, one(value=1000, span=DaySpan(date(2012, 4, 1)))])
    assert standards.whole("k", on=date(2012, 3, 31)) == 500
    assert standards.whole("k", on=date(2012, 4, 1)) == 1000
    assert standards.find("k", on=date(1996, 12, 31)) is None
    assert [standard.value for standard in standards.of("k")] == [500, 1000]
    assert standards.of("other") == ()
    assert "k" in standards and "other" not in standards


def test_two_values_at_one_place_on_one_day_are_refused() -> None:
    with pytest.raises(StandardTwice) as refused:
        Standards([one(), one(value=2, span=DaySpan(date(2026, 6, 1)))])
    assert refused.value.place == "全国"
    with pytest.raises(StandardTwice) as refused:
        Standards([one(place="53")]).with_own([one(value=2, place="53")])
    assert refused.value.place == "53"


def test_own_values_are_added_and_the_others_stay_as_they_are() -> None:
    above = Standards([one(value=1), one("l", 2)], [Declaration("m", "数", "whole", set_by="county")])
    own = above.with_own([one(value=9, place="530921")])
    assert (own.whole("k", on=DAY), own.whole("l", on=DAY)) == (9, 2)
    assert above.whole("k", on=DAY) == 1
    assert own.declared == above.declared


@given(st.lists(day_spans(), max_size=6), st.lists(day_spans(), max_size=6), days())
def test_the_nearest_value_of_the_day_is_found(
    of_nation: list[DaySpan], of_county: list[DaySpan], day: date
) -> None:
    given = [("", span) for span in of_nation] + [("530921", span) for span in of_county]
    values = [one(value=number, place=place, span=span) for number, (place, span) in enumerate(given)]
    try:
        standards = Standards(values)
    except StandardTwice:
        places = [(value.place, value.span) for value in values]
        assert any(
            here == there and this.overlaps(that)
            for index, (here, this) in enumerate(places)
            for there, that in places[:index]
        )
        return
    holding = sorted((value for value in values if day in value.span), key=lambda value: -value.nearness)
    assert standards.find("k", on=day) == (holding[0] if holding else None)


# what is not set


def test_an_unknown_key_names_key_and_day() -> None:
    with pytest.raises(StandardUnknown) as refused:
        Standards([]).value("k", on=DAY)
    assert type(refused.value) is StandardUnknown
    assert refused.value.facts() == {"key": "k", "on": "2026-09-01"}


def test_a_key_that_is_for_the_district_to_set_says_so_until_it_is_set() -> None:
    declared = Declaration("k", "督导次数", "whole", set_by="district")
    empty = Standards([], [declared])
    with pytest.raises(StandardNotSet) as refused:
        empty.value("k", on=DAY)
    assert refused.value.setter == "县或学区"
    assert "督导次数" in str(refused.value)
    assert empty.with_own([one()]).value("k", on=DAY) == 1


def test_a_declared_key_without_a_value_on_the_day_is_unknown() -> None:
    with pytest.raises(StandardUnknown) as refused:
        Standards([one()], [Declaration("k", "数", "whole")]).value("k", on=date(2025, 1, 1))
    assert not isinstance(refused.value, StandardNotSet)


# kinds

SAMPLES: dict[str, Value] = {
    "whole": 3,
    "ratio": Fraction(1, 3),
    "money": Money(5),
    "text": "09-01",
    "flag": True,
    "listed": (1, 2),
    "rows": ({"rate": Fraction(1, 2)},),
}
ALSO = {("ratio", "whole")}
"""A whole number is a ratio too."""


@pytest.mark.parametrize("asked", SAMPLES)
@pytest.mark.parametrize("given", SAMPLES)
def test_a_value_is_given_as_its_own_kind_only(asked: str, given: str) -> None:
    standards: Any = Standards([one(value=SAMPLES[given])])
    ask = getattr(standards, asked)
    if asked == given or (asked, given) in ALSO:
        assert ask("k", on=DAY) == SAMPLES[given]
        return
    with pytest.raises(StandardOfOtherKind) as refused:
        ask("k", on=DAY)
    assert refused.value.key == "k"
    assert isinstance(refused.value, XuequError)


def test_an_empty_list_is_an_empty_table_too() -> None:
    standards = Standards([one(value=())])
    assert standards.listed("k", on=DAY) == () and standards.rows("k", on=DAY) == ()
