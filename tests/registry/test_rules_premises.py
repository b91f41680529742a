"""Rules of land, premises and rooms, without a database."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.core.spans import DaySpan
from xuequ.registry.errors.premises import RoomsTooLarge
from xuequ.registry.rules.premises import (
    RoomArea,
    area_source,
    check_change,
    check_later,
    check_room_place,
    check_rooms_fit,
    check_standing,
)
from xuequ.registry.states.premises import TRANSITIONS, AreaSource, PremisesState, RoomUse
from xuequ.testing.strategies import days

START = date(2026, 9, 1)
AREAS = st.decimals(min_value="0.01", max_value="400", places=2)


@st.composite
def room_areas(draw: st.DrawFn) -> RoomArea:
    since = START + timedelta(days=draw(st.integers(0, 20)))
    length = draw(st.none() | st.integers(1, 20))
    until = None if length is None else since + timedelta(days=length)
    return RoomArea(DaySpan(since, until), draw(AREAS))


@given(st.lists(room_areas(), max_size=8), AREAS)
def test_rooms_are_refused_just_when_on_some_day_they_are_larger_than_the_building(
    rooms: list[RoomArea], building: Decimal
) -> None:
    """Against the plain way: look at every single day."""
    every = [START + timedelta(days=n) for n in range(45)]
    sums = {day: sum((room.area for room in rooms if day in room.span), Decimal(0)) for day in every}
    too_large = [day for day, total in sums.items() if total > building]
    problems = check_rooms_fit("楼", building, rooms)
    assert bool(problems) == bool(too_large)
    for problem in problems:
        assert isinstance(problem.error, RoomsTooLarge) and problem.error.on == str(too_large[0])


@pytest.mark.parametrize("use", RoomUse)
def test_a_field_is_on_land_and_every_other_room_in_a_building(use: RoomUse) -> None:
    outdoors = use is RoomUse.FIELD
    assert bool(check_room_place("1", use, 7, None)) == outdoors
    assert bool(check_room_place("1", use, None, 7)) != outdoors
    assert check_room_place("1", use, None, None) and check_room_place("1", use, 7, 7)


@pytest.mark.parametrize("state", PremisesState)
@pytest.mark.parametrize("to", PremisesState)
def test_a_demolished_building_stays_demolished(state: PremisesState, to: PremisesState) -> None:
    refused = bool(check_change("楼", state, to, 7))
    assert refused == (to not in TRANSITIONS[state]) == (state is PremisesState.DEMOLISHED)
    assert len(check_change("楼", state, to, None)) == refused + (to is PremisesState.IN_USE)
    assert bool(check_standing("楼", state, START)) == (state is PremisesState.DEMOLISHED)


def test_a_building_that_nobody_has_yet_is_not_used() -> None:
    assert check_standing("楼", None, START)


@given(days(), days())
def test_a_change_begins_later_than_the_present_state(since: date, current: date) -> None:
    assert bool(check_later("1", since, current)) == (since <= current)


@given(st.none() | AREAS, st.none() | AREAS)
def test_the_registered_area_holds_wherever_there_is_one(
    registered: Decimal | None, measured: Decimal | None
) -> None:
    source = area_source(registered, measured)
    assert (source is AreaSource.REGISTERED) == (registered is not None)
    assert (source is AreaSource.MISSING) == (registered is None and measured is None)


def test_teaching_and_sports_rooms_are_told_from_others() -> None:
    others = {RoomUse.OFFICE, RoomUse.DORMITORY, RoomUse.CANTEEN, RoomUse.TOILET, RoomUse.OTHER}
    assert {use for use in RoomUse if not use.for_teaching} == {*others, RoomUse.FIELD}
    assert {use for use in RoomUse if use.for_sports} == {RoomUse.INDOOR_PE, RoomUse.FIELD}
