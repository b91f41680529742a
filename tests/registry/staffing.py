"""What the tests of staff and teaching share: a made district, and short ways to say things."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import event, select
from sqlalchemy.orm import Session

from xuequ.core.settings import FixedClock, Settings
from xuequ.district import County, District
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.places import District as DistrictRow
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Staff
from xuequ.registry.schemas.certificates import CertificateRecord
from xuequ.registry.schemas.staff import EmploymentEnding, EmploymentTransfer, Placing, TakingOn
from xuequ.registry.schemas.teaching import Assignment
from xuequ.registry.states.people import Sex
from xuequ.registry.states.staff import Entry, Exit, PlacementKind
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind
from xuequ.testing.factories import MAKER, SETTINGS

PLACE, ELSEWHERE = "530921/qianfeng", "530921/dasi"
SEP, OCT, NOV, DEC = (date(2026, month, 1) for month in (9, 10, 11, 12))
JUL = date(2027, 7, 1)


def door(session: Session, place: str = PLACE, on: date = NOV) -> District:
    """Open a district's door on a day, for a script."""
    return District(session, place, actor=MAKER, settings=Settings(clock=FixedClock.at(on)))


def county(session: Session) -> County:
    return County(session, "530921", actor=MAKER, settings=SETTINGS)


def school(session: Session, code: str, place: str = PLACE) -> int:
    """Return the id of a school."""
    query = select(School.id).join(DistrictRow, DistrictRow.id == School.district_id)
    found = session.scalar(query.where(School.code == code, DistrictRow.code == place.partition("/")[2]))
    assert found is not None
    return int(found)


def staff(session: Session, code: str = "s1", number: int = 1, place: str = PLACE) -> int:
    """Return the id of a made member of staff."""
    staff_no = f"{place.partition('/')[2]}-{code}-T{number}"
    return int(session.scalars(select(Staff.id).where(Staff.staff_no == staff_no)).one())


def class_of(session: Session, code: str = "s1", place: str = PLACE) -> int:
    """Return the id of the only class of a made school."""
    query = select(SchoolClass.id).where(SchoolClass.school_id == school(session, code, place))
    return int(session.scalars(query).one())


def taking_on(session: Session, **more: Any) -> TakingOn:
    """Return that somebody new comes to s1 in October."""
    values: dict[str, Any] = {"staff_no": "N1", "name": "新𠮷老师", "sex": Sex.FEMALE, "since": OCT}
    values |= {"school_id": school(session, "s1"), "entry": Entry.RECRUITED, "birth_date": date(2000, 1, 1)}
    return TakingOn(**values | more)


def placing(session: Session, who: int, to: str, since: date, **more: Any) -> Placing:
    values: dict[str, Any] = {"kind": PlacementKind.ROTATION, "since": since} | more
    return Placing(staff_id=who, school_id=school(session, to), **values)


def transfer(session: Session, who: int, to: str, since: date, **more: Any) -> EmploymentTransfer:
    return EmploymentTransfer(staff_id=who, school_id=school(session, to), since=since, **more)


def ending(who: int, on: date, exit_: Exit = Exit.RETIRED, **more: Any) -> EmploymentEnding:
    return EmploymentEnding(staff_id=who, on=on, exit=exit_, **more)


def certify(opened: District, who: int, number: str = "20263000001", **more: Any) -> int:
    """Record a primary school teacher's certificate for every subject; return its id."""
    values: dict[str, Any] = {"kind": CertificateKind.PRIMARY, "issued": SEP} | more
    record = CertificateRecord(staff_id=who, number=number, **values)
    return opened.registry.staff.certificates.record([record])[0].id


def assignment(session: Session, who: int, **more: Any) -> Assignment:
    """Return that somebody is to teach Chinese to the class of s1."""
    values: dict[str, Any] = {"class_id": class_of(session), "subject": Subject.CHINESE}
    values |= {"half_periods": 14, "since": SEP} | more
    return Assignment(staff_id=who, **values)


@contextmanager
def counted(session: Session) -> Generator[list[str]]:
    """Collect the statements that are sent."""
    sent: list[str] = []

    def note(conn: Any, cursor: Any, statement: str, *more: Any) -> None:
        sent.append(statement)

    bind = session.connection()
    event.listen(bind, "before_cursor_execute", note)
    yield sent
    event.remove(bind, "before_cursor_execute", note)
