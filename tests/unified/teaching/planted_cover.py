"""Defects of cover, planted past the use cases: one for each data check."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from tests.registry.posts import DAY, PLACE
from xuequ import District
from xuequ.core.ids import new_id
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.staff import Placement
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.teaching.models.cover import Absence, CoverAssignment, CoverNeed


class Planting:
    """A district's first class and two of its staff, and rows of them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        scope = District(session, PLACE, actor=MAKER, settings=SETTINGS).context.scope
        query = select(SchoolClass.id, SchoolClass.school_id).where(
            SchoolClass.district_id == scope.district_id
        )
        self.class_id, self.school_id = session.execute(query.limit(1)).one()
        staff = select(Placement.staff_id).where(Placement.district_id == scope.district_id)
        self.absent, self.substitute = session.scalars(staff.order_by(Placement.id).limit(2))
        self.shared = {"county_id": scope.county_id, "district_id": scope.district_id, "day": DAY, "half": 0}

    def add(self, model: Any, **values: Any) -> int:
        row_id = new_id()
        self.session.execute(insert(model).values(**self.shared, id=row_id, **values))
        return row_id

    def need(self) -> int:
        lesson = {"class_id": self.class_id, "school_id": self.school_id, "subject": "maths"}
        return self.add(CoverNeed, staff_id=self.absent, leave_id=1, period=0, state="covered", **lesson)


def covered_by_nobody(session: Session) -> None:
    Planting(session).need()


def covered_by_somebody_away(session: Session) -> None:
    planting = Planting(session)
    planting.add(CoverAssignment, need_id=planting.need(), staff_id=planting.substitute)
    planting.add(Absence, staff_id=planting.substitute, school_id=planting.school_id, leave_id=2)


PLANTED: dict[str, Callable[[Session], None]] = {
    "teaching.cover_states_are_true": covered_by_nobody,
    "teaching.substitutes_are_not_away": covered_by_somebody_away,
}
