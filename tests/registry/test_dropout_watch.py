"""Whose unexcused absence goes on: over weekends, holidays and closures, and as sure as the rolls are."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from tests.registry.attendance_doors import (
    MONDAY,
    PLACE,
    acting,
    become,
    evening,
    halves,
    pupils,
    school_days,
    statements,
    truant_at,
    truant_on,
)
from xuequ import District, Post
from xuequ.core.errors import ActionNotPermitted
from xuequ.registry.models.calendar import TermRow
from xuequ.registry.schemas.attendance import DropoutWatch
from xuequ.registry.states.attendance import DropoutLevel
from xuequ.registry.states.pupils import PupilState
from xuequ.testing import make_district

REACHED, WARNING = DropoutLevel.REACHED, DropoutLevel.WARNING


@pytest.fixture
def door(session: Session) -> District:
    """A district with its autumn term, late enough in it."""
    make_district(session, "530921/dasi")
    door = evening(make_district(session, PLACE), date(2026, 10, 23))
    scope = door.context.scope
    spans = {1: (date(2026, 9, 1), date(2027, 1, 15)), 2: (date(2027, 2, 22), date(2027, 7, 9))}
    for number, (first, last) in spans.items():
        term = TermRow(
            county_id=scope.county_id,
            owner_id=scope.county_id,
            school_year=2026,
            number=number,
            edition=1,
            first_day=first,
            last_day=last,
            holiday_weeks="keep",
            recorded_at=door.context.now,
        )
        session.add(term)
    session.flush()
    return door


def watched(door: District, on: date | None = None, school: str | None = None) -> DropoutWatch:
    return door.registry.attendance.dropout_watch(school, on)


def seen_before(door: District) -> None:
    """Call the rolls of the Friday before, with everybody there."""
    truant_on(door, [MONDAY - timedelta(3)])


def test_four_weeks_without_a_reason_are_reached_when_the_fifth_begins(door: District) -> None:
    """The holiday of 1 to 7 October lies in the fourth and fifth week, and breaks nothing."""
    first, *_ = pupils(door)
    seen_before(door)
    away = halves(door, MONDAY, date(2026, 10, 9))
    truant_at(door, away, first)
    view = watched(door, date(2026, 10, 9))
    assert (view.dropout_weeks, view.warning_half_days, view.provisional) == (4, 6, "")
    (one,) = view.pupils
    assert (one.pupil_id, one.pupil_no, one.school, one.class_name) == (
        first,
        "qianfeng-s1-P1",
        "s1",
        "一（1）班",
    )
    assert (one.since, one.half_days, one.weeks, one.level) == (MONDAY, len(away), 4, REACHED)
    assert not one.uncertain and one.missing_rolls == 0
    (before,) = watched(door, date(2026, 10, 2)).pupils
    assert (before.weeks, before.level) == (3, WARNING), "in the middle of the holiday it is not yet over"


def test_three_days_are_the_warning_and_less_is_not_listed(door: District) -> None:
    first, second, _ = pupils(door)
    seen_before(door)
    days = school_days(MONDAY, MONDAY + timedelta(2))
    truant_on(door, days[:2], first)
    assert watched(door, days[1]).pupils == ()
    assert [one.half_days for one in door.registry.attendance.dropout_watch(None, days[1], 4).pupils] == [4]
    truant_on(door, days[2:], first, second)
    assert [(one.half_days, one.level) for one in watched(door, days[2]).pupils] == [(6, WARNING)]


def test_who_was_seen_once_begins_anew_and_a_sick_note_counts_as_seen(door: District) -> None:
    first, second, _ = pupils(door)
    days = school_days(MONDAY, MONDAY + timedelta(11))
    truant_on(door, days[:5], first, second)
    truant_on(door, days[5:6], first)
    truant_on(door, days[6:], first, second)
    assert [(one.pupil_id, one.half_days) for one in watched(door, days[-1]).pupils] == [
        (first, 20),
        (second, 8),
    ]


def test_a_missing_roll_makes_it_uncertain(door: District) -> None:
    first, *_ = pupils(door)
    seen_before(door)
    days = school_days(MONDAY, MONDAY + timedelta(4))
    truant_on(door, [days[0], *days[2:4]], first)
    (one,) = watched(door, days[-1]).pupils
    assert (one.half_days, one.since, one.level) == (4, days[2], None)
    assert (one.possible_half_days, one.possible_since, one.possible_level) == (10, MONDAY, WARNING)
    assert one.missing_rolls == 4
    assert one.uncertain


def test_rolls_that_nobody_called_since_take_nothing_from_what_is_proved(door: District) -> None:
    first, *_ = pupils(door)
    seen_before(door)
    days = school_days(MONDAY, MONDAY + timedelta(4))
    truant_on(door, days, first)
    (one,) = watched(door, MONDAY + timedelta(8)).pupils
    assert (one.half_days, one.level, one.possible_half_days, one.missing_rolls) == (10, WARNING, 14, 4)
    assert not one.uncertain


def test_the_watch_is_of_the_school_where_the_pupil_is_due(door: District) -> None:
    (first, *_), (other, *_) = pupils(door), pupils(door, "s2")
    days = school_days(MONDAY, MONDAY + timedelta(4))
    truant_on(door, days, first)
    truant_on(door, days, other, school="s2")
    assert {one.school for one in watched(door, days[-1]).pupils} == {"s1", "s2"}
    assert [one.school for one in watched(door, days[-1], "s2").pupils] == ["s2"]
    head = evening(door, date(2026, 10, 23), acting(Post.SCHOOL_HEAD, f"{PLACE}/s1"))
    assert [one.school for one in watched(head, days[-1], "s1").pupils] == ["s1"]
    for school in ("s2", None):
        with pytest.raises(ActionNotPermitted):
            watched(head, days[-1], school)
    elsewhere = District(door.context.session, "530921/dasi", actor=door.context.actor)
    assert watched(elsewhere, days[-1]).pupils == ()


def test_who_is_suspended_is_watched_no_longer_and_who_is_suspected_is(door: District) -> None:
    first, second, _ = pupils(door)
    days = school_days(MONDAY, MONDAY + timedelta(4))
    truant_on(door, days, first, second)
    become(door, first, PupilState.SUSPENDED, days[-1])
    become(door, second, PupilState.SUSPECTED, days[-1])
    assert [one.pupil_id for one in watched(door, days[-1]).pupils] == [second]


def test_the_vacation_is_no_absence(door: District) -> None:
    first, *_ = pupils(door)
    spring = evening(door, date(2027, 2, 24))
    truant_on(spring, [date(2027, 1, 11)])
    truant_on(spring, school_days(date(2027, 1, 12), date(2027, 1, 15)), first)
    truant_on(spring, school_days(date(2027, 2, 22), date(2027, 2, 24)), first)
    (one,) = watched(spring).pupils
    assert (one.since, one.half_days, one.weeks, one.level) == (date(2027, 1, 12), 14, 0, WARNING)


def test_the_number_of_statements_does_not_grow_with_the_absences(session: Session) -> None:
    counted: list[int] = []
    for schools in (1, 12):
        door = evening(make_district(session, f"530921/d{schools}", schools=schools), MONDAY + timedelta(4))
        for number in range(1, schools + 1):
            school = f"s{number}"
            truant_on(door, school_days(MONDAY, MONDAY + timedelta(4)), *pupils(door, school), school=school)
        with statements(session) as sent:
            assert len(watched(door).pupils) == 3 * schools
        counted.append(len(sent))
    assert counted[0] == counted[1] <= 12
