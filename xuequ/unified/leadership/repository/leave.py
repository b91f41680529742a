"""Questions and writes of leave: leaves, applications, half-days, and what they are judged by.

The person's row is locked first, always: whoever changes a leave of somebody waits for whoever else does.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, bindparam, case, func, insert, literal, or_, select, union_all, update
from sqlalchemy.orm import aliased

from xuequ.core.bulk import bulk_load
from xuequ.core.halfdays import HalfDay
from xuequ.core.ids import new_id, take_ids
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import District, School
from xuequ.registry.models.posts import Appointment, Delegation
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.repository.basis import DAY, AnyRow, AnySelect, Rows, Scoped, open_on, owns, same
from xuequ.unified.leadership.models.leave import Leave, LeaveAsk, LeaveSlot
from xuequ.unified.leadership.states.leave import AskState, LeaveState, Release

_LEAVES = cast("Table", Leave.__table__)
_ASKS = cast("Table", LeaveAsk.__table__)
_SLOTS = cast("Table", LeaveSlot.__table__)
_ACTIVE = [state.code for state in LeaveState if state.is_active]
_GRANTED = [state.code for state in LeaveState if state.is_granted]
_OPEN = LeaveSlot.released.is_(None)
_OF_LEAVE = and_(owns(LeaveSlot, LeaveSlot.leave_id, Leave), _OPEN)


def _counted(*more: Any) -> Any:
    """Count the open half-days of a leave."""
    counted = select(func.count()).select_from(LeaveSlot).where(_OF_LEAVE, *more)
    return counted.correlate(Leave).scalar_subquery()


def _works_on(owner: Any, day: Any) -> Any:
    """Join where the person of a row works on a day."""
    return and_(
        Placement.county_id == owner.county_id,
        Placement.staff_id == owner.staff_id,
        open_on(Placement.since, Placement.until, day),
    )


def _select_leaves() -> AnySelect:
    """Select leaves with whose they are, and the school of the first day if it is of their district."""
    at_school = and_(same(School, Placement.school_id, Placement), School.district_id == Leave.district_id)
    return (
        select(
            Leave.__table__,
            *(Staff.staff_no, Person.name, School.code.label("school"), School.name.label("school_name")),
            _counted().label("half_days"),
            _counted(LeaveSlot.half_day < Leave.settled).label("taken"),
        )
        .join(Staff, same(Staff, Leave.staff_id, Leave))
        .join(Person, same(Person, Staff.person_id, Staff))
        .outerjoin(Placement, _works_on(Leave, Leave.begins_on))
        .outerjoin(School, at_school)
    )


_APPROVER = aliased(Staff, name="approver")
_APPROVER_PERSON = aliased(Person, name="approver_person")


def _select_asks() -> AnySelect:
    return (
        select(
            LeaveAsk.__table__,
            _APPROVER.staff_no.label("approver_no"),
            _APPROVER_PERSON.name.label("approver"),
        )
        .outerjoin(_APPROVER, same(_APPROVER, LeaveAsk.approver_id, LeaveAsk))
        .outerjoin(_APPROVER_PERSON, same(_APPROVER_PERSON, _APPROVER.person_id, _APPROVER))
        .order_by(LeaveAsk.leave_id, LeaveAsk.number)
    )


_LEAVE = Scoped(_select_leaves().where(Leave.id == bindparam("id")), Leave)
_ASKS_OF = Scoped(_select_asks().where(LeaveAsk.leave_id == bindparam("leave_id")), LeaveAsk)


def _duties() -> AnySelect:
    """Build the statement of who holds which post of a district or its schools on a day, lent ones too."""
    in_force = open_on(Appointment.since, Appointment.until, DAY)
    here = (
        Appointment.county_id == bindparam("county_id"),
        Appointment.district_id == bindparam("district_id"),
    )
    appointed = select(
        Appointment.staff_id, Appointment.post, Appointment.place, literal(0).label("lent")
    ).where(*here, in_force)
    lent = (
        select(Delegation.staff_id, Appointment.post, Delegation.place, literal(1).label("lent"))
        .join(Appointment, same(Appointment, Delegation.appointment_id, Delegation))
        .where(*here, in_force, open_on(Delegation.since, Delegation.until, DAY))
    )
    return cast(AnySelect, union_all(appointed, lent))


_DUTIES = _duties()


class LeaveRows(Rows):
    """Leaves of one district."""

    # people and posts

    def lock_staff(self, staff_ids: Iterable[int]) -> None:
        """Make other acts on leaves of these people wait."""
        query = select(Staff.id).where(
            Staff.county_id == self.scope.county_id, Staff.id.in_(sorted(set(staff_ids)))
        )
        self.session.execute(query.order_by(Staff.id).with_for_update(key_share=True)).all()

    def staff(self, staff_id: int) -> AnyRow | None:
        """Return a member of staff of the county."""
        return self._staff(Staff.id == staff_id)

    def staff_numbered(self, staff_no: str) -> AnyRow | None:
        """Return a member of staff of the county by number."""
        return self._staff(Staff.staff_no == staff_no)

    def _staff(self, which: Any) -> AnyRow | None:
        query = (
            select(Staff.id.label("staff_id"), Staff.staff_no, Person.name)
            .join(Person, same(Person, Staff.person_id, Staff))
            .where(Staff.county_id == self.scope.county_id, which)
        )
        return self.session.execute(query).one_or_none()

    def people(self, staff_ids: Collection[int]) -> dict[int, AnyRow]:
        """Return members of staff of the county with number and name, by id."""
        query = (
            select(Staff.id, Staff.staff_no, Person.name)
            .join(Person, same(Person, Staff.person_id, Staff))
            .where(Staff.county_id == self.scope.county_id, Staff.id.in_(staff_ids))
        )
        return {row.id: row for row in self.session.execute(query)}

    def duties(self, day: date) -> Sequence[AnyRow]:
        """Return who holds which post in the district on a day: appointed, acting, or by delegation."""
        asked = {"county_id": self.scope.county_id, "district_id": self.district_id, "day": day}
        return self.session.execute(_DUTIES, asked).all()

    def hold_posts(self, staff_id: int, day: date) -> None:
        """Make whoever would end what somebody holds on a day wait until the decision stands."""
        held = or_(
            Appointment.staff_id == staff_id,
            Appointment.id.in_(
                select(Delegation.appointment_id).where(
                    Delegation.county_id == self.scope.county_id,
                    Delegation.staff_id == staff_id,
                    open_on(Delegation.since, Delegation.until, day),
                )
            ),
        )
        query = select(Appointment.id).where(
            Appointment.county_id == self.scope.county_id,
            held,
            open_on(Appointment.since, Appointment.until, day),
        )
        self.session.execute(query.order_by(Appointment.id).with_for_update(read=True)).all()

    def placements(self, staff_ids: Collection[int], first: date, last: date) -> Sequence[AnyRow]:
        """Return where people work from day to day: school, its code, its district, since, until."""
        query = (
            select(
                *(Placement.staff_id, Placement.school_id, Placement.since, Placement.until),
                *(School.code, School.district_id),
            )
            .join(School, same(School, Placement.school_id, Placement))
            .where(
                Placement.county_id == self.scope.county_id,
                Placement.staff_id.in_(staff_ids),
                Placement.since <= last,
                or_(Placement.until.is_(None), Placement.until > first),
            )
            .order_by(Placement.staff_id, Placement.since)
        )
        return self.session.execute(query).all()

    def district_name(self) -> str:
        """Return the name of the district."""
        query = select(District.name).where(
            District.county_id == self.scope.county_id, District.id == self.district_id
        )
        return str(self.session.scalar(query))

    def school_names(self) -> dict[str, str]:
        """Return the names of the district's schools by code."""
        query = select(School.code, School.name).where(
            School.county_id == self.scope.county_id, School.district_id == self.district_id
        )
        return {row.code: row.name for row in self.session.execute(query)}

    # leaves

    def leave(self, leave_id: int) -> AnyRow | None:
        """Return one leave of the district."""
        return self.one(_LEAVE, id=leave_id)

    def asks(self, leave_id: int) -> Sequence[AnyRow]:
        """Return what was asked for of one leave, in order."""
        return self.all(_ASKS_OF, leave_id=leave_id)

    def asks_of(self, leave_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return what was asked for of leaves, in order."""
        query = _select_asks().where(LeaveAsk.leave_id.in_(leave_ids))
        return self.session.execute(self.here(query, LeaveAsk)).all()

    def leaves(self, *conditions: Any) -> Sequence[AnyRow]:
        """Return leaves of the district by person and time."""
        query = self.here(_select_leaves(), Leave).where(*conditions)
        return self.session.execute(query.order_by(Staff.staff_no, Leave.first, Leave.id)).all()

    def leaves_of(self, staff_id: int) -> Sequence[AnyRow]:
        """Return every leave of one person here."""
        return self.leaves(Leave.staff_id == staff_id)

    def leaves_numbered(self, numbers: Collection[str] | None) -> Sequence[AnyRow]:
        """Return every leave here of people with these numbers, or of all."""
        return self.leaves(*([] if numbers is None else [Staff.staff_no.in_(numbers)]))

    def active_of(self, staff_id: int, first: int, last: int) -> Sequence[AnyRow]:
        """Return leaves of somebody anywhere in the county that hold, or are asked for, in a stretch."""
        query = (
            select(Leave.id, Leave.kind, Leave.first, Leave.reach)
            .where(Leave.county_id == self.scope.county_id, Leave.staff_id == staff_id)
            .where(Leave.state.in_(_ACTIVE), Leave.first <= last, Leave.reach >= first)
        )
        return self.session.execute(query.order_by(Leave.first)).all()

    def open_slots(self, leave_ids: Collection[int]) -> dict[int, list[int]]:
        """Return the half-days that count, by leave and in order."""
        query = (
            select(LeaveSlot.leave_id, LeaveSlot.half_day)
            .where(LeaveSlot.county_id == self.scope.county_id, LeaveSlot.leave_id.in_(leave_ids), _OPEN)
            .order_by(LeaveSlot.half_day)
        )
        found: dict[int, list[int]] = {leave_id: [] for leave_id in leave_ids}
        for row in self.session.execute(query):
            found[row.leave_id].append(row.half_day)
        return found

    def due(self, passed: int) -> Sequence[AnyRow]:
        """Return approved leaves with half-days that have passed and are not told: id, person, span."""
        query = (
            select(Leave.id, Leave.staff_id, Leave.kind, Leave.first, Leave.last, Leave.settled)
            .where(Leave.state.in_(_GRANTED), Leave.settled < passed, Leave.settled <= Leave.last)
            .order_by(Leave.id)
        )
        return self.session.execute(self.here(query, Leave)).all()

    # lists

    def in_month(self, first: int, last: int, school: str | None) -> Sequence[AnyRow]:
        """Return how many half-days of each leave lie between two, by the school of each day.

        Also of leaves that hold no longer, with none. Half-days already told are `taken`.
        """
        granted = and_(_OPEN, Leave.state.in_(_GRANTED), LeaveSlot.half_day <= Leave.last)
        taken = and_(granted, LeaveSlot.half_day < Leave.settled)
        query = (
            select(
                *(LeaveSlot.leave_id, School.code.label("school"), School.name.label("school_name")),
                func.sum(case((granted, 1), else_=0)).label("half_days"),
                func.sum(case((taken, 1), else_=0)).label("taken"),
            )
            .join(Leave, same(Leave, LeaveSlot.leave_id, LeaveSlot))
            .join(Placement, _works_on(LeaveSlot, LeaveSlot.day))
            .join(School, same(School, Placement.school_id, Placement))
            .where(LeaveSlot.half_day.between(first, last))
            .group_by(LeaveSlot.leave_id, School.code, School.name)
        )
        if school is not None:
            query = query.where(School.code == school)
        return self.session.execute(self.here(query, LeaveSlot)).all()

    def days_of(self, staff_id: int, first: int, last: int) -> Sequence[AnyRow]:
        """Return approved half-days of somebody between two by kind; `taken` of them are told."""
        query = (
            select(
                *(Leave.kind, func.count().label("half_days")),
                func.sum(case((LeaveSlot.half_day < Leave.settled, 1), else_=0)).label("taken"),
            )
            .join(Leave, same(Leave, LeaveSlot.leave_id, LeaveSlot))
            .where(LeaveSlot.staff_id == staff_id, LeaveSlot.half_day.between(first, last), _OPEN)
            .where(Leave.state.in_(_GRANTED), LeaveSlot.half_day <= Leave.last)
            .group_by(Leave.kind)
            .order_by(Leave.kind)
        )
        return self.session.execute(self.here(query, LeaveSlot)).all()

    def with_ids(self, leave_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return leaves by id."""
        return self.leaves(Leave.id.in_(leave_ids))

    def waiting(self) -> Sequence[AnyRow]:
        """Return leaves that wait for a decision, or whose extension does."""
        extension = and_(Leave.state == LeaveState.APPROVED.code, Leave.reach > Leave.last)
        return self.leaves(or_(Leave.state == LeaveState.SUBMITTED.code, extension))

    def unreported(self) -> Sequence[AnyRow]:
        """Return heads' approvals that the principal has not been told of, the oldest first."""
        query = _select_asks().where(
            LeaveAsk.state == AskState.APPROVED.code,
            LeaveAsk.ground == "head",
            LeaveAsk.reported_at.is_(None),
        )
        query = query.order_by(None).order_by(LeaveAsk.decided_at, LeaveAsk.id)
        return self.session.execute(self.here(query, LeaveAsk)).all()

    def ended(self, now: int, since: int) -> Sequence[AnyRow]:
        """Return leaves that are over before a half-day without a return, or with one after their end."""
        waiting = and_(Leave.state == LeaveState.APPROVED.code, Leave.last < now)
        late = and_(Leave.state == LeaveState.RETURNED.code, Leave.back_at > Leave.last + 1)
        return self.leaves(or_(waiting, late), Leave.last >= since)

    # writes

    def add(self, values: Mapping[str, Any]) -> int:
        """Write a leave; return its id."""
        return self._insert(_LEAVES, values)

    def add_ask(self, values: Mapping[str, Any]) -> int:
        """Write what is asked for; return its id."""
        return self._insert(_ASKS, values)

    def _insert(self, table: Table, values: Mapping[str, Any]) -> int:
        row_id = new_id()
        row = {"county_id": self.scope.county_id, "id": row_id, "district_id": self.district_id, **values}
        self.session.execute(insert(table).values(row))
        return row_id

    def add_slots(self, slots: Sequence[tuple[int, int, int]]) -> None:
        """Write half-days: of which leave, of whom, which."""
        columns = ("county_id", "district_id", "id", "leave_id", "staff_id", "half_day", "day", "released")
        county_id, district_id = self.scope.county_id, self.district_id
        rows = [
            (county_id, district_id, row_id, leave_id, staff_id, half, HalfDay.at(half).day, None)
            for row_id, (leave_id, staff_id, half) in zip(take_ids(len(slots)), slots, strict=True)
        ]
        bulk_load(self.session.connection(), _SLOTS, columns, rows)

    def release(self, leave_id: int, why: Release, since: int = 0) -> None:
        """Let half-days of a leave from one on count no longer."""
        self.session.execute(
            update(_SLOTS)
            .where(_SLOTS.c.county_id == self.scope.county_id, _SLOTS.c.leave_id == leave_id)
            .where(_SLOTS.c.half_day >= since, _SLOTS.c.released.is_(None))
            .values(released=why.code)
        )

    def release_each(self, slots: Collection[tuple[int, int]], why: Release) -> None:
        """Let single half-days of leaves count no longer."""
        if not slots:
            return
        here = and_(
            _SLOTS.c.county_id == self.scope.county_id,
            _SLOTS.c.leave_id == bindparam("of_leave"),
            _SLOTS.c.half_day == bindparam("half"),
            _SLOTS.c.released.is_(None),
        )
        rows = [{"of_leave": leave_id, "half": half} for leave_id, half in sorted(slots)]
        self.session.execute(update(_SLOTS).where(here).values(released=why.code), rows)

    def change(self, leave_id: int, **values: Any) -> None:
        """Write what became of a leave."""
        here = (_LEAVES.c.county_id == self.scope.county_id, _LEAVES.c.id == leave_id)
        self.session.execute(update(_LEAVES).where(*here).values(**values))

    def change_ask(self, ask_id: int, **values: Any) -> None:
        """Write what became of what was asked for."""
        here = (_ASKS.c.county_id == self.scope.county_id, _ASKS.c.id == ask_id)
        self.session.execute(update(_ASKS).where(*here).values(**values))

    def settle(self, leave_ids: Collection[int], passed: int) -> None:
        """Note that the half-days of leaves up to one have passed and are told."""
        until = _LEAVES.c.last + 1
        here = (_LEAVES.c.county_id == self.scope.county_id, _LEAVES.c.id.in_(leave_ids))
        settled = case((until < passed, until), else_=passed)
        self.session.execute(update(_LEAVES).where(*here).values(settled=settled))
