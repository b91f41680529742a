"""Queries of the council itself: seats, meetings, attendance, interests."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, bindparam, insert, or_, select, update
from sqlalchemy.orm import aliased

from xuequ.core.bulk import insert_new
from xuequ.core.ids import new_id, take_ids
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District, School
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, Scoped, open_on, same
from xuequ.unified.budget.models.council import (
    CouncilAttendance,
    CouncilMeeting,
    CouncilMember,
    DecisionInterest,
    DecisionItem,
)
from xuequ.unified.budget.models.ledger import BudgetLine
from xuequ.unified.budget.repository.council import ItemRows, listed_items
from xuequ.unified.budget.states.council import ItemState

_MEETING = cast("Table", CouncilMeeting.__table__)
_SEAT = cast("Table", CouncilMember.__table__)
_PEOPLE = (Staff.staff_no, Person.name)


def _meetings() -> AnySelect:
    """Return meetings with the names of who chairs and who records."""
    query = select(_MEETING)
    for column, called in ((CouncilMeeting.chair_id, "chair"), (CouncilMeeting.recorder_id, "recorder")):
        staff, person = aliased(Staff), aliased(Person)
        query = (
            query.add_columns(person.name.label(called))
            .join(staff, same(staff, column, CouncilMeeting))
            .join(person, same(person, staff.person_id, staff))
        )
    return query


_ONE = Scoped(_meetings().where(CouncilMeeting.id == bindparam("id")), CouncilMeeting)
_LOCKED = Scoped(
    select(_MEETING.c.id).where(CouncilMeeting.id == bindparam("id")).with_for_update(), CouncilMeeting
)


class CouncilRows(ItemRows):
    """Questions to the council of a district."""

    # seats

    def _seats(self) -> AnySelect:
        query = (
            select(_SEAT, *_PEOPLE)
            .join(Staff, same(Staff, CouncilMember.staff_id, CouncilMember))
            .join(Person, same(Person, Staff.person_id, Staff))
        )
        return self.here(query, CouncilMember)

    def seats(self, on: date) -> Sequence[AnyRow]:
        """Return who sits on the council on a day, the chair first."""
        query = self._seats().where(open_on(CouncilMember.since, CouncilMember.until, on))
        return self.session.execute(query.order_by(CouncilMember.role, Staff.staff_no)).all()

    def lock_seat(self, seat_id: int) -> AnyRow | None:
        """Lock one seat and return it."""
        query = self._seats().where(CouncilMember.id == seat_id)
        return self.session.execute(query.with_for_update(of=CouncilMember)).one_or_none()

    def seat_meeting(self, staff_id: int, since: date, until: date | None, *, chair: bool) -> AnyRow | None:
        """Return a seat that shares a day with a span: of the same person, or of the other chair."""
        theirs = CouncilMember.staff_id == staff_id
        if chair:
            theirs = or_(theirs, CouncilMember.chair_of == self.district_id)
        meets = [or_(CouncilMember.until.is_(None), CouncilMember.until > since)]
        if until is not None:
            meets.append(CouncilMember.since < until)
        query = select(_SEAT).where(CouncilMember.county_id == self.scope.county_id, theirs, *meets)
        return self.session.execute(query.limit(1)).one_or_none()

    def staff_there(self, ids: Iterable[int]) -> set[int]:
        """Return which ids are of staff of the district."""
        query = self.here(select(Staff.id), Staff).where(Staff.id.in_(sorted(set(ids))))
        return set(self.session.scalars(query))

    # meetings

    def add_meeting(self, values: dict[str, Any]) -> int | None:
        """Insert a meeting; return its id, or nothing where the number of its minutes is taken."""
        row_id = new_id()
        key = {"county_id": self.scope.county_id, "id": row_id, "district_id": self.district_id}
        return row_id if insert_new(self.session, _MEETING, [{**key, **values}]) else None

    def meeting(self, meeting_id: int) -> AnyRow | None:
        """Return one meeting."""
        return self.one(_ONE, id=meeting_id)

    def lock_meeting(self, meeting_id: int) -> AnyRow | None:
        """Lock one meeting, and return it as it is then."""
        return None if self.one(_LOCKED, id=meeting_id) is None else self.meeting(meeting_id)

    def attendance(self, meeting_id: int) -> Sequence[AnyRow]:
        """Return who should attend a meeting, by staff number, with their marks."""
        query = (
            select(CouncilAttendance.staff_id, CouncilAttendance.mark, *_PEOPLE)
            .join(Staff, same(Staff, CouncilAttendance.staff_id, CouncilAttendance))
            .join(Person, same(Person, Staff.person_id, Staff))
            .where(CouncilAttendance.county_id == self.scope.county_id)
            .where(CouncilAttendance.meeting_id == meeting_id)
        )
        return self.session.execute(query.order_by(Staff.staff_no)).all()

    def interests(self, meeting_id: int) -> Sequence[AnyRow]:
        """Return who has an interest in the items of a meeting."""
        query = (
            select(DecisionInterest.item_id, DecisionInterest.staff_id, DecisionInterest.reason, Person.name)
            .join(DecisionItem, same(DecisionItem, DecisionInterest.item_id, DecisionInterest))
            .join(Staff, same(Staff, DecisionInterest.staff_id, DecisionInterest))
            .join(Person, same(Person, Staff.person_id, Staff))
            .where(DecisionItem.meeting_id == meeting_id)
        )
        order = (DecisionItem.number, Staff.staff_no)
        return self.session.execute(self.here(query, DecisionItem).order_by(*order)).all()

    # items

    def items(self, ids: Iterable[int]) -> dict[int, AnyRow]:
        """Return items by id."""
        wanted = DecisionItem.id.in_(sorted(set(ids)))
        found = self.session.execute(self.here(listed_items(), DecisionItem).where(wanted))
        return {row.id: row for row in found}

    def lock_items(self, ids: Iterable[int]) -> dict[int, AnyRow]:
        """Lock items in the order of their ids, and return them as they are then."""
        ids = sorted(set(ids))
        lock = self.here(select(DecisionItem.id), DecisionItem).where(DecisionItem.id.in_(ids))
        self.session.execute(lock.order_by(DecisionItem.id).with_for_update())
        return self.items(ids)

    def add_items(self, rows: Sequence[dict[str, Any]]) -> list[int]:
        """Insert items; return their ids in their order."""
        ids = take_ids(len(rows))
        key = {"county_id": self.scope.county_id}
        if rows:
            listed = [{**key, "id": one, **row} for one, row in zip(ids, rows, strict=True)]
            self.session.execute(insert(cast("Table", DecisionItem.__table__)), listed)
        return list(ids)

    def reach(self, ids: Iterable[int], state: ItemState) -> None:
        """Write the state that items have reached."""
        item = DecisionItem
        here = (item.county_id == self.scope.county_id, item.id.in_(sorted(ids)))
        table = cast("Table", item.__table__)
        self.session.execute(update(table).where(*here).values(state=state.value))

    def rejections(self, emergency_ids: Iterable[int]) -> set[int]:
        """Return which emergencies a rejected item was to ratify."""
        item = DecisionItem
        query = select(item.ratifies_id).where(
            item.ratifies_id.in_(sorted(emergency_ids)), item.state == ItemState.REJECTED.value
        )
        return {row.ratifies_id for row in self.session.execute(self.here(query, item))}

    def items_in(self, first: date, until: date) -> Sequence[AnyRow]:
        """Return the items that were decided, and the emergencies that began, on the days of a span."""
        item = DecisionItem
        query = self.here(listed_items(), item).where(item.since >= first, item.since < until)
        return self.session.execute(query.order_by(item.since, item.number, item.id)).all()

    def awaiting(self, until: date) -> Sequence[AnyRow]:
        """Return the emergencies that began before a day and were not ratified."""
        item = DecisionItem
        query = self.here(listed_items(), item).where(
            *(item.ratify_by.is_not(None), item.ratified_on.is_(None), item.since < until)
        )
        return self.session.execute(query.order_by(item.since, item.id)).all()

    # places

    def schools(self) -> dict[str, int]:
        """Return the district's schools: code → id."""
        found = self.session.execute(self.here(select(School.code, School.id), School))
        return {row.code: row.id for row in found}

    def lines(self, ids: Iterable[int]) -> dict[int, AnyRow]:
        """Return budget lines: their names, economic codes and schools."""
        columns = (BudgetLine.id, BudgetLine.name, BudgetLine.economic, BudgetLine.school_id)
        query = self.here(select(*columns), BudgetLine).where(BudgetLine.id.in_(sorted(set(ids))))
        return {row.id: row for row in self.session.execute(query)}

    def district_name(self) -> str:
        """Return the district's name."""
        query = select(District.name).where(
            District.county_id == self.scope.county_id, District.id == self.district_id
        )
        return self.session.scalars(query).one()
