"""Questions for plans and their items."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select

from xuequ.registry.models.attachments import Attachment
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, open_on, same
from xuequ.unified.leadership.models.plans import Plan, PlanItem
from xuequ.unified.leadership.repository.office import OfficeRows

ITEM = "leadership.plan_item"
"""The kind of source under which the registry keeps the files of an item."""


def _plans() -> AnySelect:
    columns = (Plan.id, Plan.area, Plan.title, Plan.since, Plan.until, Plan.school_id)
    return select(*columns, School.code.label("school"), School.name.label("school_name")).outerjoin(
        School, same(School, Plan.school_id, Plan)
    )


def _items() -> AnySelect:
    files = (
        select(func.count())
        .where(
            Attachment.county_id == PlanItem.county_id,
            Attachment.source_kind == ITEM,
            Attachment.source_id == PlanItem.id,
            Attachment.removed_at.is_(None),
        )
        .correlate(PlanItem)
        .scalar_subquery()
    )
    return (
        select(
            *(PlanItem.id, PlanItem.plan_id, PlanItem.number, PlanItem.topic, PlanItem.text),
            *(PlanItem.owner_id, PlanItem.due_on, PlanItem.done_on, PlanItem.proof),
            *(PlanItem.voided_at, PlanItem.void_reason, files.label("files")),
            *(Plan.title.label("plan"), Plan.area, Person.name.label("owner")),
            *(School.code.label("school"), School.name.label("school_name")),
        )
        .join(Plan, same(Plan, PlanItem.plan_id, PlanItem))
        .join(Staff, same(Staff, PlanItem.owner_id, PlanItem))
        .join(Person, same(Person, Staff.person_id, Staff))
        .outerjoin(School, same(School, Plan.school_id, Plan))
    )


class PlanRows(OfficeRows):
    """Plans of one district."""

    def plan(self, plan_id: int) -> AnyRow | None:
        """Return one plan."""
        return self.session.execute(self.here(_plans().where(Plan.id == plan_id), Plan)).one_or_none()

    def plans(self, on: date, school_id: int | None = None) -> Sequence[AnyRow]:
        """Return the plans that run on a day, of one school and the district's, or all."""
        _ = self.district_id
        query = _plans().where(open_on(Plan.since, Plan.until, on))
        if school_id is not None:
            query = query.where(Plan.school_id.is_(None) | (Plan.school_id == school_id))
        return self.session.execute(self.here(query, Plan).order_by(Plan.area, Plan.since, Plan.id)).all()

    def last_number(self, plan_id: int) -> int:
        """Return the number of a plan's last item, 0 when there is none."""
        query = select(func.max(PlanItem.number)).where(PlanItem.plan_id == plan_id)
        return self.session.scalar(self.here(query, PlanItem)) or 0

    def item(self, item_id: int) -> AnyRow | None:
        """Return one item with its plan."""
        query = self.here(_items().where(PlanItem.id == item_id), PlanItem)
        return self.session.execute(query).one_or_none()

    def items(self, *, plan_id: int | None = None, area: str | None = None, on: date | None = None) -> Any:
        """Return items of a plan, or of the plans of an area, or of plans that have begun by a day."""
        _ = self.district_id
        query = _items()
        if plan_id is not None:
            query = query.where(PlanItem.plan_id == plan_id)
        if area is not None:
            query = query.where(Plan.area == area)
        if on is not None:
            query = query.where(Plan.since <= on)
        order = (Plan.area, Plan.since, Plan.id, PlanItem.number)
        return self.session.execute(self.here(query, PlanItem).order_by(*order)).all()

    def school_of(self, staff_id: int, on: date) -> str | None:
        """Return the code of the school of the district where somebody works on a day."""
        query = (
            select(School.code)
            .join(Placement, same(School, Placement.school_id, Placement))
            .where(Placement.staff_id == staff_id, open_on(Placement.since, Placement.until, on))
        )
        return self.session.scalar(self.here(query, School))
