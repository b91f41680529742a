"""Samples of teaching."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import select

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, school_id, staff_id
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.schemas.teaching import Assignment, HandOver, OfferedSubject
from xuequ.registry.states.classes import Stage
from xuequ.registry.states.teaching import TeachingChange
from xuequ.standards.codes.schooling import Subject

DAY, LATER = date(2026, 10, 1), date(2026, 12, 1)
OFFERED = [OfferedSubject(stage=Stage.PRIMARY, subject=Subject.PE)]


def class_id(door: Any) -> int:
    """Return the class of school s1."""
    query = select(SchoolClass.id).where(SchoolClass.school_id == school_id(door))
    return int(door.context.session.scalars(query).one())


def assignment(door: Any, subject: Subject = Subject.MATHS) -> Assignment:
    values: dict[str, Any] = {"class_id": class_id(door), "subject": subject, "exception": "一师多科"}
    return Assignment(**values, staff_id=staff_id(door), half_periods=8, since=DAY)


def teaching_id(door: Any) -> int:
    """Return that somebody of school s1 teaches."""
    return maker(door).registry.teaching.assign_teaching(assignment(door, Subject.PE)).id


def hand_over(door: Any) -> HandOver:
    values: dict[str, Any] = {"on": LATER, "reason": TeachingChange.OTHER, "exception": "一师多科"}
    return HandOver(teaching_id=teaching_id(door), staff_id=staff_id(door), half_periods=6, **values)


SAMPLES: dict[str, Sample] = {
    "registry.teaching.assign_teaching": lambda door: (assignment(door),),
    "registry.teaching.assign_many": lambda door: ([assignment(door)],),
    "registry.teaching.hand_over": lambda door: (hand_over(door),),
    "registry.teaching.end_teaching": lambda door: ([teaching_id(door)], TeachingChange.OTHER, LATER),
    "registry.teaching.of_class": lambda door: (class_id(door),),
    "registry.teaching.of_teacher": lambda door: (staff_id(door),),
    "registry.teaching.of_school": lambda door: ("s1",),
    "registry.teaching.load_of": lambda door: (staff_id(door),),
    "registry.teaching.loads_of": lambda door: ("s1",),
    "registry.teaching.unassigned": lambda door: ("s1", OFFERED),
}
