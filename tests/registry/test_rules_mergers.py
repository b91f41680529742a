"""Rules of mergers and closures, without a database."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xuequ.registry.errors.mergers import (
    BeginsLater,
    LegalPersonStands,
    MergerAhead,
    MergerIntoItself,
    PremisesLeft,
    PupilsBeyondStage,
    PupilsLeft,
    StaffLeft,
    TransfersOpen,
    VillagesLeft,
)
from xuequ.registry.errors.places import SchoolNotOpen, StageNotTaught
from xuequ.registry.rules.classes import Schooling
from xuequ.registry.rules.mergers import (
    FINAL,
    Cohort,
    Holdings,
    Targets,
    check_classes,
    check_left,
    check_schools,
    kind_after,
    seat_classes,
)
from xuequ.registry.rules.places import SchoolFacts
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.places import SchoolKind
from xuequ.registry.states.pupils import PupilState
from xuequ.registry.states.staff import PlacementKind

DAY = date(2026, 10, 1)
SCHOOLING = Schooling((9, 1), 1, 6, 3)


def school(number: int, kind: SchoolKind = SchoolKind.COMPLETE, **more: Any) -> SchoolFacts:
    return SchoolFacts(number, f"s{number}", f"校{number}", kind, **more)


CLOSING, OTHER = school(1), school(2)
EVERYTHING = Targets(OTHER, OTHER, OTHER, OTHER)
KEYS = st.tuples(st.sampled_from([Stage.PRIMARY, Stage.JUNIOR]), st.integers(2024, 2026))


def kinds(problems: Any) -> list[Any]:
    return [type(problem.error) for problem in problems]


@st.composite
def cohorts(draw: st.DrawFn, first_id: int) -> list[Cohort]:
    """Classes of one school: numbers of a cohort come once."""
    keys = draw(st.lists(KEYS, max_size=6))
    counted = Counter[tuple[Stage, int]]()
    found: list[Cohort] = []
    for index, (stage, year) in enumerate(keys):
        counted[stage, year] += 1
        pupils, standing = draw(st.integers(0, 30)), draw(st.booleans())
        number = counted[stage, year]
        found.append(Cohort(first_id + index, stage, year, number, pupils, standing))
    return found


@given(cohorts(0), cohorts(100), st.none() | st.integers(1, 45))
def test_every_class_with_pupils_has_one_seat_and_no_pupil_is_lost_or_doubled(
    sources: list[Cohort], targets: list[Cohort], largest: int | None
) -> None:
    seats = seat_classes(sources, targets, dict.fromkeys(Stage, largest))
    assert Counter(seat.source.id for seat in seats) == Counter(c.id for c in sources if c.pupils)
    sizes = {c.id: c.pupils for c in targets}
    taken = {(*c.key, c.number) for c in targets}
    for seat in seats:
        if seat.into is None:
            assert (*seat.source.key, seat.number) not in taken  # nobody else has that number
            taken.add((*seat.source.key, seat.number))
            assert seat.pupils == seat.source.pupils
            continue
        assert seat.into.standing and seat.into.key == seat.source.key
        sizes[seat.into.id] += seat.source.pupils
        assert seat.pupils == sizes[seat.into.id] and (largest is None or seat.pupils <= largest)
    together = sum(sizes.values()) + sum(seat.pupils for seat in seats if seat.into is None)
    assert together == sum(c.pupils for c in (*sources, *targets))


@given(cohorts(0), cohorts(100))
def test_without_a_limit_a_class_is_carried_over_only_where_its_cohort_is_not(
    sources: list[Cohort], targets: list[Cohort]
) -> None:
    there = {c.key for c in targets if c.standing}
    for seat in seat_classes(sources, targets, dict.fromkeys(Stage)):
        assert (seat.into is None) == (seat.source.key not in there)


def test_the_smallest_class_of_the_cohort_takes_the_largest_first() -> None:
    key = (Stage.PRIMARY, 2025)
    sources = [Cohort(1, *key, 1, 5), Cohort(2, *key, 2, 9)]
    targets = [Cohort(10, *key, 1, 20), Cohort(11, *key, 2, 12)]
    seats = seat_classes(sources, targets, dict.fromkeys(Stage))
    assert [(s.source.id, s.into.id if s.into else 0, s.pupils) for s in seats] == [(2, 11, 21), (1, 10, 25)]


def test_what_is_left_is_named_thing_by_thing() -> None:
    everything = Holdings(
        enrolled=1,
        applicants=1,
        working=1,
        employed=1,
        buildings=1,
        parcels=1,
        villages=("v",),
        transfers=("P1",),
        later={"任课": 2, "任职": 0},
    )
    assert kinds(check_left(CLOSING, everything, Targets(), DAY)) == [
        *(PupilsLeft, StaffLeft, PremisesLeft, VillagesLeft, TransfersOpen, BeginsLater),
    ]
    assert kinds(check_left(CLOSING, everything, EVERYTHING, DAY)) == [TransfersOpen, BeginsLater]
    assert check_left(CLOSING, Holdings(), Targets(), DAY) == []
    assert check_left(CLOSING, Holdings(buildings=1), Targets(idle=True), DAY) == []
    for one, kind in (
        (Holdings(applicants=1), PupilsLeft),
        (Holdings(employed=1), StaffLeft),
        (Holdings(parcels=1), PremisesLeft),
    ):
        assert kinds(check_left(CLOSING, one, Targets(), DAY)) == [kind]


def test_schools_must_be_open_and_two_and_the_day_must_have_come() -> None:
    yesterday = DAY - timedelta(days=1)
    assert check_schools(CLOSING, EVERYTHING, DAY, DAY, 3) == []
    assert kinds(check_schools(CLOSING, EVERYTHING, DAY, yesterday, 3)) == [MergerAhead]
    itself = Targets(pupils=CLOSING, staff=OTHER)
    assert kinds(check_schools(CLOSING, itself, DAY, DAY, 3)) == [MergerIntoItself]
    closed = Targets(pupils=school(2, closed_on=DAY), staff=school(3, opened_on=DAY + timedelta(days=1)))
    assert kinds(check_schools(CLOSING, closed, DAY, DAY, 3)) == [SchoolNotOpen, SchoolNotOpen]
    assert kinds(check_schools(school(1, closed_on=DAY), EVERYTHING, DAY, DAY, 3)) == [SchoolNotOpen]


@pytest.mark.parametrize(
    ("district_id", "others", "refused"), [(7, 1, True), (7, 0, False), (None, 1, False)]
)
def test_the_legal_person_of_a_district_goes_last(
    district_id: int | None, others: int, refused: bool
) -> None:
    central = school(1, SchoolKind.CENTRAL, district_id=district_id, legal_person=True)
    problems = check_schools(central, EVERYTHING, DAY, DAY, others)
    assert kinds(problems) == ([LegalPersonStands] if refused else [])


def test_pupils_past_their_stage_and_stages_not_taught_stand_in_the_way() -> None:
    classes = [
        Cohort(1, Stage.PRIMARY, 2020, 1, 3),
        Cohort(2, Stage.PRIMARY, 2020, 2, 0),
        Cohort(3, Stage.JUNIOR, 2024, 1, 1),
        Cohort(4, Stage.PRESCHOOL, 2026, 1, 1),
    ]
    problems = check_classes(CLOSING, OTHER, classes, DAY, SCHOOLING)
    assert kinds(problems) == [PupilsBeyondStage, StageNotTaught]
    assert kinds(check_classes(CLOSING, None, classes, DAY, SCHOOLING)) == [PupilsBeyondStage]
    nine = school(2, SchoolKind.NINE_YEAR)
    assert check_classes(CLOSING, nine, classes[1:], DAY, SCHOOLING) == []


@pytest.mark.parametrize("kind", PlacementKind)
def test_who_works_at_the_employing_school_works_at_home(kind: PlacementKind) -> None:
    assert kind_after(kind, 7, 7) is PlacementKind.OWN
    away = kind_after(kind, 8, 7)
    assert away.away and (away is kind or kind is PlacementKind.OWN)
    assert kind_after(kind, None, 7) is away


def test_only_records_that_are_closed_stay_with_a_closed_school() -> None:
    going = set(PupilState) - set(FINAL)
    assert going == {state for state in PupilState if state.on_roll} | {
        PupilState.APPLIED,
        PupilState.ADMITTED,
    }
