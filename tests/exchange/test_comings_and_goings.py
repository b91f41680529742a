"""A set-up workbook of a later day, beside what the office has done meanwhile: who left comes back."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.exchange.test_importing import LATER, Book, apply
from xuequ import District, Settings
from xuequ.core.errors import ImportConflict
from xuequ.core.plan import Decision
from xuequ.core.settings import FixedClock
from xuequ.embed import run_data_checks
from xuequ.exchange import plan_file
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.staff import Employment, Placement, Staff, Standing
from xuequ.registry.schemas.classes import ClassForming
from xuequ.registry.schemas.pupils import Departure
from xuequ.registry.schemas.staff import EmploymentEnding
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.pupils import Entered, PupilState
from xuequ.registry.states.staff import Exit, StandingKind, Title
from xuequ.registry.templates import SET_UP
from xuequ.testing import DAY, make_district
from xuequ.testing.factories import MAKER

OCTOBER, EARLIER = date(2026, 10, 1), date(2026, 3, 1)


@pytest.fixture
def full(session: Session) -> District:
    make_district(session, schools=2, pupils=2, staff=1)
    clock = FixedClock.at(LATER)
    return District(session, "530921/qianfeng", actor=MAKER, settings=Settings(clock=clock))


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path)


@pytest.fixture(autouse=True)
def sound(full: District) -> Any:
    """After every test no data check may find anything."""
    yield
    results = run_data_checks(full.context.session, "530921")
    assert [result.check.code for result in results if result.findings] == []


def of(session: Session, model: Any, owner: str, number: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of the spans of somebody by number, by their first day."""
    who: Any = Staff.staff_no if owner == "staff_id" else Pupil.pupil_no
    kind: Any = Staff if owner == "staff_id" else Pupil
    query = select(*(getattr(model, column) for column in columns)).join(
        kind, kind.id == getattr(model, owner)
    )
    return [tuple(row) for row in session.execute(query.where(who == number).order_by(model.since))]


def staff_of(session: Session, model: Any, *columns: str) -> list[tuple[Any, ...]]:
    return of(session, model, "staff_id", "qianfeng-s1-T1", *columns)


def pupil_of(session: Session, model: Any, *columns: str) -> list[tuple[Any, ...]]:
    return of(session, model, "pupil_id", "qianfeng-s1-P1", *columns)


def leave(door: District) -> None:
    ending = EmploymentEnding(
        staff_id=door.registry.staff.staff_of("s1", DAY)[0].id,
        exit=Exit.RESIGNED,
        on=OCTOBER,
        authority="文",
    )
    door.registry.staff.end_employment(ending)


def test_whoever_left_and_stands_in_a_later_workbook_is_employed_anew(
    session: Session, full: District, book: Book
) -> None:
    leave(full)
    plan = apply(full, book.change("staff", since=LATER))
    assert not plan.problems
    assert staff_of(session, Employment, "since", "until") == [(DAY, OCTOBER), (LATER, None)]
    assert staff_of(session, Placement, "since", "until") == [(DAY, OCTOBER), (LATER, None)]
    assert apply(full, book).changes_nothing


def test_an_earlier_first_day_takes_the_employment_and_the_title_with_it(
    session: Session, full: District, book: Book
) -> None:
    apply(full, book.change("staff", since=EARLIER))
    for model in (Employment, Placement, Standing):
        assert set(staff_of(session, model, "since", "until")) == {(EARLIER, None)}
    assert full.registry.staff.staff_as_of("qianfeng-s1-T1", EARLIER).title is Title.FIRST


def test_a_title_that_was_ended_begins_anew_with_the_workbook(
    session: Session, full: District, book: Book
) -> None:
    member = full.registry.staff.staff_of("s1", DAY)[0]
    title = next(one for one in full.registry.staff.standings.of(member.id) if one.kind is StandingKind.TITLE)
    full.registry.staff.standings.end(title.id, OCTOBER)
    apply(full, book.change("staff", since=LATER, title=Title.SENIOR, school="s2"))
    titles = [
        row for row in staff_of(session, Standing, "kind", "code", "since", "until") if row[0] == "title"
    ]
    assert titles == [("title", "first", DAY, OCTOBER), ("title", "senior", LATER, None)]


def test_a_pupil_who_left_the_county_and_stands_in_a_later_workbook_is_registered_again(
    session: Session, full: District, book: Book
) -> None:
    pupil = full.registry.pupils_of("s1")[0]
    full.registry.pupils.leave_county(pupil.id, Departure(outside="昆明市", guardian_applied=True), OCTOBER)
    apply(full, book.change("pupils", since=LATER))
    assert pupil_of(session, PupilStatus, "status", "since", "until") == [
        (PupilState.REGISTERED, DAY, OCTOBER),
        (PupilState.TRANSFERRED, OCTOBER, LATER),
        (PupilState.REGISTERED, LATER, None),
    ]
    assert pupil_of(session, Enrolment, "entered_as", "since", "until") == [
        (Entered.SET_UP, DAY, OCTOBER),
        (Entered.RETURNED, LATER, None),
    ]
    assert apply(full, book).changes_nothing


def test_a_class_change_that_should_have_gone_to_another_school_is_corrected_in_the_status_too(
    session: Session, full: District, book: Book
) -> None:
    s1 = next(school.id for school in full.registry.schools() if school.code == "s1")
    forming = ClassForming(school_id=s1, stage=Stage.PRIMARY, entry_year=DAY.year, number=2)
    (second,) = full.registry.classes.form_classes([forming], DAY)
    pupil = full.registry.pupils_of("s1")[0]
    full.registry.pupils.change_class(pupil.id, second.id, OCTOBER)
    workbook = book.change("pupils", school="s2", since=OCTOBER)
    (*_, problem) = plan_file(full, workbook.save(), SET_UP).problems
    assert isinstance(
        problem.error, ImportConflict
    )  # the class was changed by hand, and here it says otherwise
    apply(full, workbook, Decision.FILE)
    assert [row[1:] for row in pupil_of(session, PupilStatus, "school_id", "since", "until")] == [
        (DAY, OCTOBER),
        (OCTOBER, None),
    ]
    assert len({row[0] for row in pupil_of(session, PupilStatus, "school_id", "since", "until")}) == 2
