"""Defects of classes, planted past their service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from xuequ.core.ids import new_id
from xuequ.registry.models.classes import HeadTeacher, SchoolClass
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.models.staff import Placement

DISSOLVED = date(2026, 10, 1)


def _dissolved_class(session: Session) -> tuple[int, int]:
    """Make a dissolved class beside the newest one; return it and its school."""
    table = SchoolClass.__table__
    newest = session.execute(select(table).order_by(table.c.id.desc()).limit(1)).mappings().one()
    class_id = new_id()
    made = {**newest, "id": class_id, "number": 9, "dissolved_on": DISSOLVED}
    session.execute(insert(SchoolClass).values(made))
    return class_id, newest["school_id"]


def enrolled_beyond(session: Session) -> None:
    class_id, _ = _dissolved_class(session)
    newest = select(func.max(Enrolment.id)).scalar_subquery()
    session.execute(update(Enrolment).where(Enrolment.id == newest).values(class_id=class_id))


def led_beyond(session: Session) -> None:
    class_id, school_id = _dissolved_class(session)
    at_the_school = select(Placement).where(Placement.school_id == school_id).order_by(Placement.id).limit(1)
    placed = session.scalars(at_the_school).one()
    values = {"county_id": placed.county_id, "id": new_id(), "district_id": placed.district_id}
    values |= {"school_id": school_id, "class_id": class_id, "staff_id": placed.staff_id}
    session.execute(insert(HeadTeacher).values({**values, "since": placed.since}))


PLANTED: dict[str, Callable[[Session], None]] = {
    "registry.enrolments_are_while_the_class_is": enrolled_beyond,
    "registry.what_belongs_ends_with_its_class": led_beyond,
}
