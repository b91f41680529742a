"""A district of teachers with classes, and leaves told as facts, as the tests of cover share them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from xuequ import Actor, District, Holding, Post
from xuequ.core.facts import Fact
from xuequ.core.halfdays import Half, HalfDay
from xuequ.core.ids import new_id
from xuequ.core.settings import FixedClock, Settings
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Staff
from xuequ.registry.models.teaching import Teaching
from xuequ.standards.codes.schooling import Subject
from xuequ.testing import make_district
from xuequ.testing.factories import MAKER
from xuequ.unified.leadership.facts.leave import LeaveApproved, LeaveCancelled, LeaveShortened, LeaveTaken
from xuequ.unified.teaching.schemas.cover import CoverAssigning, NeedView

PLACE = "530921/qianfeng"
SEPTEMBER, TODAY = date(2026, 9, 1), date(2026, 10, 12)
MONDAY, TUESDAY, WEDNESDAY = TODAY, date(2026, 10, 13), date(2026, 10, 14)
DIRECTOR = Actor("D1", (Holding(Post.ACADEMIC_DIRECTOR, PLACE),))
LEAVE = 4711


def settings(on: date = TODAY) -> Settings:
    return Settings(clock=FixedClock.at(on))


def at(session: Session, on: date = TODAY, actor: Actor = MAKER, place: str = PLACE) -> District:
    return District(session, place, actor=actor, settings=settings(on))


def make(session: Session, place: str = PLACE, schools: int = 2, staff: int = 4) -> District:
    """Make a district: at each school T1 teaches class 1 Chinese and maths, T2 PE, T3 class 2, T4 nothing."""
    make_district(session, place, schools=schools, pupils=1, staff=staff)
    door = at(session, place=place)
    for number in range(1, schools + 1):
        code = f"s{number}"
        second = add_class(door, code, 2)
        first = class_of(door, code)
        for who, class_id, subject in (
            ("T1", first, Subject.CHINESE),
            ("T1", first, Subject.MATHS),
            ("T2", first, Subject.PE),
            ("T3", second, Subject.CHINESE),
        ):
            teach(door, f"{code}-{who}", class_id, subject)
    return door


def school_id(door: District, code: str) -> int:
    return next(one.id for one in door.registry.schools() if one.code == code)


def class_of(door: District, code: str, number: int = 1) -> int:
    query = select(SchoolClass.id).where(
        SchoolClass.school_id == school_id(door, code), SchoolClass.number == number
    )
    return int(door.context.session.scalars(query).one())


def add_class(door: District, code: str, number: int) -> int:
    scope, class_id = door.context.scope, new_id()
    row = {"county_id": scope.county_id, "id": class_id, "district_id": scope.district_id}
    row |= {"school_id": school_id(door, code), "number": number}
    values: dict[str, Any] = {**row, "stage": "primary", "entry_year": 2026}
    door.context.session.execute(insert(SchoolClass).values(values))
    return class_id


def staff_id(door: District, who: str) -> int:
    district = door.code.partition("/")[2]
    query = select(Staff.id).where(
        Staff.county_id == door.context.scope.county_id, Staff.staff_no == f"{district}-{who}"
    )
    return int(door.context.session.scalars(query).one())


def teach(
    door: District,
    who: str,
    class_id: int,
    subject: Subject,
    since: date = SEPTEMBER,
    until: date | None = None,
) -> int:
    """Let somebody teach a subject to a class, past the checks of certificates."""
    session, scope, teaching_id = door.context.session, door.context.scope, new_id()
    school = session.scalars(
        select(School.id)
        .join(SchoolClass, SchoolClass.school_id == School.id)
        .where(SchoolClass.id == class_id)
    ).one()
    values: dict[str, Any] = {
        "county_id": scope.county_id,
        "id": teaching_id,
        "district_id": scope.district_id,
    }
    values |= {"school_id": school, "class_id": class_id, "staff_id": staff_id(door, who)}
    values |= {"subject": subject.code, "half_periods": 8, "since": since, "until": until}
    values |= {"itinerant": False, "origin": "new", "exception": "一师多科", "ended": None}
    session.execute(insert(Teaching).values(values))
    return teaching_id


# leaves, told as facts


def half(day: date, which: Half = Half.AM) -> int:
    return HalfDay(day, which).index


def whole(*days: date) -> list[int]:
    return [half(day, which) for day in days for which in Half]


def tell(door: District, fact: Fact) -> int:
    """Announce a fact as its service would, so that its flows run; return its id."""
    with door.context.writing():
        return door.context.announce(fact)


def approved(
    door: District, who: str, half_days: Sequence[int], leave: int = LEAVE, school: str | None = None
) -> LeaveApproved:
    at_school = school_id(door, school or who.partition("-")[0])
    return LeaveApproved(
        leave_id=leave,
        staff_id=staff_id(door, who),
        kind="sick",
        half_days=tuple(half_days),
        school_ids=(at_school,) * len(half_days),
        approver_id=None,
    )


def approve(door: District, who: str, half_days: Sequence[int], leave: int = LEAVE) -> int:
    return tell(door, approved(door, who, half_days, leave))


def shorten(door: District, who: str, back_at: int, leave: int = LEAVE) -> int:
    return tell(door, LeaveShortened(leave_id=leave, staff_id=staff_id(door, who), back_at=back_at))


def cancel(door: District, who: str, leave: int = LEAVE) -> int:
    return tell(door, LeaveCancelled(leave_id=leave, staff_id=staff_id(door, who)))


def taken(door: District, who: str, half_days: Sequence[int], leave: int = LEAVE) -> LeaveTaken:
    at_school = school_id(door, who.partition("-")[0])
    return LeaveTaken(
        leave_id=leave,
        staff_id=staff_id(door, who),
        kind="sick",
        half_days=tuple(half_days),
        school_ids=(at_school,) * len(half_days),
    )


def take(door: District, who: str, half_days: Sequence[int], leave: int = LEAVE) -> int:
    return tell(door, taken(door, who, half_days, leave))


def lessons(door: District, day: date) -> list[tuple[str, str, str]]:
    """Return the lessons of a day: half-day, subject, and what has become of them."""
    return [(one.half.label, one.subject.label, one.state.code) for one in door.teaching.cover.needs(day)]


def need(door: District, day: date, subject: Subject, which: Half = Half.AM, who: str = "s1-T1") -> NeedView:
    absent = staff_id(door, who)
    return next(
        one
        for one in door.teaching.cover.needs(day)
        if (one.subject, one.half, one.staff_id) == (subject, which, absent)
    )


def assign(door: District, view: NeedView, who: str, reason: str = "") -> NeedView:
    command = CoverAssigning(
        need_id=view.id, staff_id=staff_id(door, who), combined=bool(reason), reason=reason
    )
    return door.teaching.cover.assign_cover(command)
