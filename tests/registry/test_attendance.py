"""Rolls of classes: called once, corrected without loss, counted for the canteen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError
from sqlalchemy import func, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.registry.attendance_doors import (
    AM,
    MONDAY,
    PLACE,
    PM,
    acting,
    become,
    call,
    class_of,
    evening,
    marks,
    pupils,
    statements,
)
from xuequ import District, Post
from xuequ.core.errors import ActionNotPermitted, Problems
from xuequ.core.halfdays import Half
from xuequ.core.journal import FactRow
from xuequ.registry.errors.attendance import (
    MarkedTwice,
    NobodyDue,
    NoSchoolThen,
    NotDue,
    RollAhead,
    RollKnown,
    RollReplaced,
    RollSame,
    RollUnknown,
)
from xuequ.registry.errors.classes import ClassUnknown
from xuequ.registry.errors.places import DistrictNeeded, SchoolUnknown
from xuequ.registry.models.attendance import Roll, RollMark
from xuequ.registry.models.calendar import ClosureRow
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.schemas.attendance import PupilMark, RollCall, RollCorrection, RollView, StaffRollCall
from xuequ.registry.schemas.calendar import ClosureCommand
from xuequ.registry.states.attendance import PupilAttendance
from xuequ.registry.states.calendar import ClosureReason
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import PupilState
from xuequ.testing import make_county, make_district

SICK, LATE, TRUANT = PupilAttendance.SICK, PupilAttendance.LATE, PupilAttendance.TRUANT


@pytest.fixture
def door(session: Session) -> District:
    """Two schools of three pupils each in the evening of a Monday; another district beside them."""
    make_district(session, "530921/dasi")
    return evening(make_district(session, PLACE), MONDAY)


def correct(door: District, view: RollView, *exceptions: PupilMark, edition: int | None = None) -> RollView:
    command = RollCorrection(
        class_id=view.class_id,
        day=view.day,
        half=view.half,
        exceptions=exceptions,
        edition=edition or view.edition,
        reason="家长补交假条",
    )
    return door.registry.attendance.correct_roll(command)


def close(door: District, day: date, half: Half, school_id: int | None = None) -> None:
    """Close schools on a half-day, past the calendar's own use cases."""
    scope = door.context.scope
    row = ClosureRow(
        county_id=scope.county_id,
        district_id=scope.district_id,
        school_id=school_id,
        first_day=day,
        first_half=int(half),
        last_day=day,
        last_half=int(half),
        reason="weather",
        note="",
    )
    door.context.session.add(row)
    door.context.session.flush()


# calling


def test_a_roll_names_only_the_exceptions(door: District) -> None:
    first, second, _ = pupils(door)
    view = call(door, MONDAY, AM, *marks(SICK, first), *marks(LATE, second))
    assert (view.due, view.present, view.edition, view.class_name) == (3, 2, 1, "一（1）班")
    assert (view.school, view.called_by, view.reason) == ("s1", "系统（test data）", "")
    assert door.registry.attendance.roll(view.class_id, MONDAY, AM) == view
    session = door.context.session
    assert session.scalar(select(func.count()).select_from(RollMark)) == 2


def test_a_roll_is_called_once_and_for_a_half_day_with_school_that_has_come(door: District) -> None:
    call(door, MONDAY, AM)
    refused: list[tuple[type[Exception], date, Half]] = [
        (RollKnown, MONDAY, AM),
        (RollAhead, MONDAY + timedelta(1), AM),
        (NoSchoolThen, MONDAY - timedelta(1), AM),
        (NobodyDue, MONDAY - timedelta(10), AM),
    ]
    for error, day, half in refused:
        with pytest.raises(error):
            call(door, day, half)
    with pytest.raises(RollAhead):
        noon = District(door.context.session, PLACE, actor=door.context.actor)
        call(noon, date(2099, 9, 1), PM)


def test_the_afternoon_cannot_be_called_in_the_morning(session: Session) -> None:
    door = make_district(session, PLACE)
    call(door, door.context.today, AM)
    with pytest.raises(RollAhead):
        call(door, door.context.today, PM)


def test_a_closed_half_day_leaves_the_other_half(door: District) -> None:
    close(door, MONDAY, PM)
    call(door, MONDAY, AM)
    with pytest.raises(NoSchoolThen, match="停课"):
        call(door, MONDAY, PM)


def test_another_schools_closure_closes_nobody_else(door: District) -> None:
    view = call(door, MONDAY, AM, school="s2")
    school_id = door.context.session.execute(select(Roll.school_id).where(Roll.id == view.id)).scalar_one()
    close(door, MONDAY, PM, school_id)
    call(door, MONDAY, PM, school="s1")
    with pytest.raises(NoSchoolThen):
        call(door, MONDAY, PM, school="s2")


def test_only_who_is_due_is_marked_and_once(door: District) -> None:
    first, *_ = pupils(door)
    (stranger, *_) = pupils(door, "s2")
    with pytest.raises(Problems) as refused:
        call(door, MONDAY, AM, *marks(SICK, first, stranger), *marks(TRUANT, first))
    assert [type(problem.error) for problem in refused.value.problems] == [MarkedTwice, NotDue]
    assert "qianfeng-s2-P1" in str(refused.value)
    with pytest.raises(ValidationError, match="只登记例外"):
        marks(PupilAttendance.PRESENT, first)


@pytest.mark.parametrize("state", [PupilState.SUSPENDED, PupilState.DROPPED])
def test_who_is_suspended_or_has_dropped_out_is_not_due(door: District, state: PupilState) -> None:
    first, *_ = pupils(door)
    become(door, first, state, MONDAY)
    assert call(door, MONDAY, AM).due == 2
    assert call(door, MONDAY - timedelta(3), AM).due == 3
    with pytest.raises(NotDue):
        call(door, MONDAY, PM, *marks(SICK, first))


def test_who_is_suspected_of_dropping_out_is_due_still(door: District) -> None:
    first, *_ = pupils(door)
    become(door, first, PupilState.SUSPECTED, MONDAY)
    assert call(door, MONDAY, AM, *marks(TRUANT, first)).due == 3


def test_many_rolls_are_called_all_or_none(door: District) -> None:
    ids = [class_of(door, school) for school in ("s1", "s2")]
    calls = [RollCall(class_id=class_id, day=MONDAY, half=half) for class_id in ids for half in Half]
    attendance = door.registry.attendance
    with pytest.raises(Problems) as refused:
        attendance.call_rolls(
            [*calls, calls[0], RollCall(class_id=ids[0], day=MONDAY + timedelta(5), half=AM)]
        )
    kinds = [type(problem.error) for problem in refused.value.problems]
    assert kinds == [RollKnown, RollAhead, NoSchoolThen]
    session = door.context.session
    assert session.scalar(select(func.count()).select_from(Roll)) == 0
    assert [view.present for view in attendance.call_rolls(calls)] == [3, 3, 3, 3]
    assert attendance.call_rolls([]) == []
    facts = select(func.count()).select_from(FactRow).where(FactRow.name == "registry.rolls_called")
    assert session.scalar(facts) == 4


def test_what_is_not_there_is_named(door: District) -> None:
    attendance = door.registry.attendance
    refused: list[tuple[type[Exception], Callable[[], object]]] = [
        (ClassUnknown, lambda: attendance.call_roll(RollCall(class_id=1, day=MONDAY, half=AM))),
        (ClassUnknown, lambda: attendance.roll(1, MONDAY, AM)),
        (RollUnknown, lambda: attendance.roll(class_of(door), MONDAY, AM)),
        (SchoolUnknown, lambda: attendance.present("s9")),
        (SchoolUnknown, lambda: attendance.dropout_watch("s9")),
    ]
    for error, act in refused:
        with pytest.raises(error):
            act()
    county = make_county(door.context.session).registry.attendance
    for act in (
        lambda: county.call_roll(RollCall(class_id=class_of(door), day=date(2026, 9, 1), half=AM)),
        lambda: county.present("s1"),  # a code that two districts have
        lambda: county.day_rows("s1"),
        lambda: county.dropout_watch(),
    ):
        with pytest.raises(DistrictNeeded):
            act()


def test_two_districts_never_call_each_others_rolls(door: District) -> None:
    other = evening(District(door.context.session, "530921/dasi", actor=door.context.actor), MONDAY)
    view = call(door, MONDAY, AM)
    with pytest.raises(ClassUnknown):
        other.registry.attendance.call_roll(RollCall(class_id=view.class_id, day=MONDAY, half=PM))
    with pytest.raises(ClassUnknown):
        other.registry.attendance.roll(view.class_id, MONDAY, AM)
    assert [one.am for one in other.registry.attendance.present("s1", MONDAY).classes] == [None]


def test_a_teacher_calls_the_rolls_of_the_own_school_only(door: District) -> None:
    teacher = evening(door, MONDAY, acting(Post.TEACHER, f"{PLACE}/s1"))
    view = call(teacher, MONDAY, AM)
    with pytest.raises(ActionNotPermitted):
        teacher.registry.attendance.call_roll(RollCall(class_id=class_of(door, "s2"), day=MONDAY, half=AM))
    with pytest.raises(ActionNotPermitted):
        correct(teacher, view, *marks(SICK, pupils(door)[0]))


# correcting


def test_a_correction_is_another_edition_and_nothing_is_lost(door: District) -> None:
    first, second, _ = pupils(door)
    view = call(door, MONDAY, AM, *marks(TRUANT, first))
    again = correct(door, view, *marks(SICK, first, second))
    assert (again.edition, again.present, again.reason) == (2, 1, "家长补交假条")
    attendance = door.registry.attendance
    assert attendance.roll(view.class_id, MONDAY, AM) == again
    assert attendance.roll_history(view.class_id, MONDAY, AM) == [view, again]
    with pytest.raises(RollReplaced):
        correct(door, view)
    with pytest.raises(RollSame):
        correct(door, again, *marks(SICK, second, first))
    names = select(FactRow.name).where(FactRow.name.like("registry.roll%")).order_by(FactRow.id)
    assert list(door.context.session.scalars(names)) == ["registry.rolls_called", "registry.roll_corrected"]


def test_a_correction_counts_who_was_recorded_late(door: District) -> None:
    view = call(door, MONDAY, AM)
    become(door, pupils(door)[0], PupilState.SUSPENDED, MONDAY)
    assert correct(door, view).due == 2
    assert door.registry.attendance.roll_history(view.class_id, MONDAY, AM)[0].due == 3


def test_what_was_never_called_cannot_be_corrected(door: District) -> None:
    never = call(door, MONDAY, AM).model_copy(update={"half": PM})
    with pytest.raises(RollUnknown):
        correct(door, never)


@settings(max_examples=12)
@given(
    st.lists(
        st.dictionaries(st.integers(0, 2), st.sampled_from(list(PupilAttendance)[1:])), min_size=1, max_size=5
    )
)
def test_every_edition_stays_as_it_was_called(door: District, said: list[dict[int, PupilAttendance]]) -> None:
    nested = door.context.session.begin_nested()
    people, views = pupils(door), list[RollView]()
    for marked in said:
        exceptions = [PupilMark(pupil_id=people[index], kind=kind) for index, kind in marked.items()]
        if not views:
            views.append(call(door, MONDAY, AM, *exceptions))
        elif set(exceptions) != set(views[-1].exceptions):
            views.append(correct(door, views[-1], *exceptions))
    assert door.registry.attendance.roll_history(views[0].class_id, MONDAY, AM) == views
    for view in views:
        assert view.present + sum(not one.kind.is_there for one in view.exceptions) == view.due
    nested.rollback()


def test_the_tables_refuse_to_change_a_roll(door: District) -> None:
    call(door, MONDAY, AM, *marks(SICK, pupils(door)[0]))
    session = door.context.session
    for change in (update(Roll).values(present=3), update(RollMark).values(kind="late")):
        with pytest.raises(DBAPIError, match="append-only"), session.begin_nested():
            session.execute(change)


# who was there


def test_the_heads_of_a_day_are_by_class_and_stage_and_name_what_is_missing(door: District) -> None:
    first, second, _ = pupils(door)
    attendance = door.registry.attendance
    nothing = attendance.present("s1")
    assert (nothing.classes[0].due, nothing.classes[0].am, nothing.classes[0].at_all) == (3, None, None)
    assert [(one.class_name, one.half) for one in nothing.missing] == [("一（1）班", AM), ("一（1）班", PM)]
    assert not nothing.complete and nothing.heads(Stage) is None
    call(door, MONDAY, AM, *marks(SICK, first), *marks(TRUANT, second))
    half = attendance.present("s1")
    assert (half.classes[0].am, half.classes[0].pm, half.stages[0].at_all) == (1, None, None)
    assert [one.half for one in half.missing] == [PM]
    call(door, MONDAY, PM, *marks(SICK, first), *marks(LATE, second))
    whole = attendance.present("s1")
    assert whole.complete and whole.runs == (AM, PM)
    stage = whole.stages[0]
    assert (stage.stage, stage.due, stage.am, stage.pm, stage.at_all) == (Stage.PRIMARY, 3, 1, 2, 2)
    assert whole.heads([Stage.PRIMARY]) == 2 and whole.heads([Stage.PRESCHOOL]) == 0


def test_a_correction_changes_the_heads_of_the_day(door: District) -> None:
    close(door, MONDAY, PM)
    view = call(door, MONDAY, AM)
    assert door.registry.attendance.present("s1").heads(Stage) == 3
    correct(door, view, *marks(SICK, *pupils(door)))
    found = door.registry.attendance.present("s1")
    assert (found.heads(Stage), found.runs, found.classes[0].pm) == (0, (AM,), 0)


def test_the_heads_of_a_day_off_are_none_and_not_missing(door: District) -> None:
    sunday = door.registry.attendance.present("s1", MONDAY - timedelta(1))
    assert sunday.complete and sunday.runs == () and sunday.heads(Stage) == 0


def test_a_class_that_has_left_is_no_longer_missed(door: District) -> None:
    session = door.context.session
    session.execute(update(Enrolment).values(until=MONDAY))
    assert door.registry.attendance.present("s1").classes == ()


# statements and the seam of closures


def test_a_days_rolls_of_a_hundred_classes_take_as_many_statements_as_those_of_one(session: Session) -> None:
    sent_by_size: dict[int, int] = {}
    for classes in (1, 100):
        door = evening(make_district(session, f"530921/d{classes}", schools=classes, pupils=5), MONDAY)
        found = session.execute(
            select(SchoolClass.id, func.min(Enrolment.pupil_id))
            .join(Enrolment, Enrolment.class_id == SchoolClass.id)
            .where(SchoolClass.district_id == door.context.scope.district_id)
            .group_by(SchoolClass.id)
        ).all()
        calls = [
            RollCall(class_id=class_id, day=MONDAY, half=half, exceptions=marks(SICK, pupil_id))
            for class_id, pupil_id in found
            for half in Half
        ]
        with statements(session) as sent:
            views = door.registry.attendance.call_rolls(calls)
        assert len(views) == 2 * classes and {view.present for view in views} == {4}
        sent_by_size[classes] = len(sent)
    assert sent_by_size[1] == sent_by_size[100] <= 16


def test_a_closure_says_which_rolls_were_called_in_its_half_days(door: District) -> None:
    call(door, MONDAY, AM)
    call(door, MONDAY, PM)
    call(door, MONDAY, AM, school="s2")
    door.registry.staff_attendance.call_roll(StaffRollCall(school="s2", day=MONDAY, half=PM))
    closing = ClosureCommand(first=MONDAY, last=MONDAY, first_half=PM, reason=ClosureReason.WEATHER)
    found = door.registry.calendar.announce_closure(closing).rolls_called
    assert [(one.school, one.day, one.half, one.rolls) for one in found] == [
        ("s1", MONDAY, PM, 1),
        ("s2", MONDAY, PM, 1),
    ]
    later = closing.model_copy(update={"first": MONDAY + timedelta(1), "last": MONDAY + timedelta(1)})
    assert door.registry.calendar.announce_closure(later).rolls_called == ()


def test_a_closure_of_one_school_says_nothing_of_another(door: District) -> None:
    call(door, MONDAY, AM, school="s2")
    closing = ClosureCommand(first=MONDAY, last=MONDAY, school="s1", reason=ClosureReason.WEATHER)
    assert door.registry.calendar.announce_closure(closing).rolls_called == ()
