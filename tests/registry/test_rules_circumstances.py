"""Pure decisions about pupils' circumstances."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.errors import Problem
from xuequ.registry.errors.circumstances import (
    AreaCodeWrong,
    ResidenceBackwards,
    TraitDetailWrong,
    TraitKnown,
    TraitUnknown,
)
from xuequ.registry.rules.circumstances import (
    Change,
    Held,
    check_area,
    check_detail,
    check_residence,
    decide_end,
    decide_trait,
)
from xuequ.registry.states.circumstances import DETAILS, TraitDetail, TraitKind

DAY = date(2026, 10, 12)
BEFORE, AFTER = DAY - timedelta(days=1), DAY + timedelta(days=1)
BOTH, ONE = TraitDetail.BOTH_PARENTS_AWAY, TraitDetail.ONE_PARENT_AWAY
KIND = TraitKind.LEFT_BEHIND


@given(st.sampled_from(TraitKind), st.one_of(st.none(), st.sampled_from(TraitDetail)))
def test_a_detail_is_given_where_the_kind_has_some(kind: TraitKind, detail: TraitDetail | None) -> None:
    fits = detail in DETAILS[kind] if DETAILS[kind] else detail is None
    found = check_detail(kind, detail)
    assert (found == []) == fits
    assert fits or isinstance(found[0].error, TraitDetailWrong)


@pytest.mark.parametrize(
    ("held", "detail", "on", "change"),
    [
        (None, BOTH, DAY, Change.BEGINS),
        (Held(BOTH, BEFORE, DAY), BOTH, DAY, Change.BEGINS),
        (Held(BOTH, DAY, None), BOTH, AFTER, Change.STAYS),
        (Held(BOTH, DAY, None), ONE, AFTER, Change.REPLACES),
        (Held(BOTH, DAY, None), ONE, DAY, Change.CORRECTS),
        (Held(BOTH, DAY, None), BOTH, BEFORE, None),
        (Held(BOTH, BEFORE, AFTER), ONE, DAY, None),
    ],
)
def test_a_trait_begins_goes_on_or_is_another(
    held: Held | None, detail: TraitDetail, on: date, change: Change | None
) -> None:
    found = decide_trait(held, KIND, detail, on)
    if change is None:
        assert isinstance(found, Problem) and isinstance(found.error, TraitKnown)
    else:
        assert found is change


@pytest.mark.parametrize(
    ("held", "until", "change"),
    [
        (Held(BOTH, BEFORE, None), DAY, Change.ENDS),
        (Held(BOTH, DAY, None), DAY, Change.ERASES),
        (Held(BOTH, BEFORE, DAY), DAY, Change.STAYS),
        (None, DAY, None),
        (Held(BOTH, BEFORE, DAY), AFTER, None),
        (Held(BOTH, DAY, None), BEFORE, None),
    ],
)
def test_a_trait_ends_once(held: Held | None, until: date, change: Change | None) -> None:
    found = decide_end(held, KIND, until)
    if change is None:
        assert isinstance(found, Problem) and isinstance(found.error, TraitUnknown)
    else:
        assert found is change


@given(st.text(max_size=14))
def test_an_area_code_is_six_or_twelve_plain_figures(text: str) -> None:
    plain = text.isascii() and text.isdigit() and len(text) in (6, 12) and text[0] != "0"
    found = check_area(text)
    assert (found == []) == plain
    assert plain or isinstance(found[0].error, AreaCodeWrong)


def test_a_residence_comes_after_the_present_one() -> None:
    assert check_residence(None, DAY) == [] == check_residence(DAY, DAY)
    assert isinstance(check_residence(DAY, BEFORE)[0].error, ResidenceBackwards)
