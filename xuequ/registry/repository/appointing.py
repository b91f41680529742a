"""What appointing and delegating ask and write: locks, what stands in the way, rows.

Rows are locked in one order: district or school, then staff by id, then appointments by id. Parents are
locked without their keys, so that rows which only point to them may be inserted meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, delete, insert, literal, or_, select, update

from xuequ.core.ids import new_id
from xuequ.core.journal import FactRow
from xuequ.core.spans import DaySpan
from xuequ.registry.models.places import District, School
from xuequ.registry.models.posts import Appointment, Delegation
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, same
from xuequ.registry.repository.posts import PostRows, overlaps, select_appointments, select_delegations

_APPOINTMENTS = cast("Table", Appointment.__table__)
_DELEGATIONS = cast("Table", Delegation.__table__)


class AppointingRows(PostRows):
    """Appointments and delegations of one scope, and what changes them."""

    # locks

    def lock_place(self, district_id: int | None, school_id: int | None) -> None:
        """Make other appointments to seats of a school, or of a district itself, wait."""
        if school_id is not None:
            self._lock(School, [school_id])
        elif district_id is not None:
            self._lock(District, [district_id])

    def lock_staff(self, staff_ids: Iterable[int]) -> None:
        """Make other acts that give posts to these people, or take them, wait."""
        self._lock(Staff, staff_ids)

    def _lock(self, model: Any, ids: Iterable[int]) -> None:
        query = select(model.id).where(model.county_id == self.scope.county_id, model.id.in_(sorted(ids)))
        self.session.execute(query.order_by(model.id).with_for_update(key_share=True)).all()

    def lock_appointment(self, appointment_id: int) -> AnyRow | None:
        """Return one appointment as it stands once nobody else is changing it."""
        query = select(Appointment.id).where(
            Appointment.county_id == self.scope.county_id, Appointment.id == appointment_id
        )
        self.session.execute(query.with_for_update()).one_or_none()
        return self.appointment(appointment_id)

    # what stands in the way

    def sitting(self, seat: str, days: DaySpan) -> Sequence[AnyRow]:
        """Return who sits in a seat on any of the days, locked."""
        query = (
            select(
                *(Appointment.id, Appointment.staff_id, Appointment.since, Appointment.until),
                *(Appointment.acting, Staff.staff_no),
            )
            .join(Staff, same(Staff, Appointment.staff_id, Appointment))
            .where(
                Appointment.county_id == self.scope.county_id,
                Appointment.seat == seat,
                overlaps(Appointment, days),
            )
        )
        query = query.order_by(Appointment.id).with_for_update(of=Appointment)
        return self.session.execute(query).all()

    def acted(self, appointment_id: int, staff_no: str, post: str, place: str) -> bool:
        """Tell whether the journal shows somebody acting as a post since an appointment was recorded."""
        as_posts = literal(",") + FactRow.posts + literal(",")
        query = select(FactRow.id).where(
            FactRow.county_id == self.scope.county_id,
            FactRow.id > appointment_id,
            FactRow.staff_no == staff_no,
            as_posts.contains(f",{post}@{place},", autoescape=True),
        )
        return self.session.scalar(query.limit(1)) is not None

    def lent_of(self, appointment_ids: Iterable[int], after: date | None = None) -> Sequence[AnyRow]:
        """Return the delegations of appointments that go beyond a day, or all, in whichever district."""
        query = select_delegations().where(
            Delegation.county_id == self.scope.county_id,
            Delegation.appointment_id.in_(sorted(appointment_ids)),
        )
        if after is not None:
            query = query.where(or_(Delegation.until.is_(None), Delegation.until > after))
        return self.session.execute(query.order_by(Delegation.id)).all()

    def open_at(self, place: str, day: date) -> Sequence[AnyRow]:
        """Return the appointments at a place on a day or later, locked."""
        query = select_appointments().where(
            Appointment.place == place, or_(Appointment.until.is_(None), Appointment.until > day)
        )
        query = self.here(query, Appointment).order_by(Appointment.id)
        return self.session.execute(query.with_for_update(of=Appointment)).all()

    def open_lent_at(self, place: str, day: date) -> Sequence[AnyRow]:
        """Return the delegations for just a place that go beyond a day."""
        query = select_delegations().where(
            Delegation.place == place, or_(Delegation.until.is_(None), Delegation.until > day)
        )
        return self.session.execute(self.here(query, Delegation).order_by(Delegation.id)).all()

    def open_lent_to(self, staff_id: int, day: date) -> Sequence[AnyRow]:
        """Return the delegations to somebody of the county that go beyond a day, in whichever district."""
        query = select_delegations().where(
            Delegation.county_id == self.scope.county_id,
            Delegation.staff_id == staff_id,
            or_(Delegation.until.is_(None), Delegation.until > day),
        )
        return self.session.execute(query.order_by(Delegation.id)).all()

    # writing

    def add(self, values: dict[str, Any]) -> int:
        """Insert an appointment; return its id."""
        return self._insert(_APPOINTMENTS, values)

    def add_delegation(self, values: dict[str, Any]) -> int:
        """Insert a delegation; return its id."""
        return self._insert(_DELEGATIONS, values)

    def _insert(self, table: Table, values: dict[str, Any]) -> int:
        row_id = new_id()
        self.session.execute(insert(table).values(county_id=self.scope.county_id, id=row_id, **values))
        return row_id

    def end(self, appointment_ids: Iterable[int], on: date, reason: str) -> None:
        """End appointments on a day: the first on which they are no longer held."""
        here = (Appointment.county_id == self.scope.county_id, Appointment.id.in_(sorted(appointment_ids)))
        self.session.execute(update(_APPOINTMENTS).where(*here).values(until=on, ended=reason))

    def remove(self, appointment_ids: Iterable[int]) -> None:
        """Delete appointments that never came about; the journal keeps that they were made."""
        here = (Appointment.county_id == self.scope.county_id, Appointment.id.in_(sorted(appointment_ids)))
        self.session.execute(delete(_APPOINTMENTS).where(*here))

    def end_delegations(self, delegation_ids: Iterable[int], on: date) -> None:
        """End delegations on a day, and delete those that had not begun before it."""
        here = and_(Delegation.county_id == self.scope.county_id, Delegation.id.in_(sorted(delegation_ids)))
        self.session.execute(delete(_DELEGATIONS).where(here, Delegation.since >= on))
        longer = or_(Delegation.until.is_(None), Delegation.until > on)  # what a rival has ended stays so
        self.session.execute(update(_DELEGATIONS).where(here, longer).values(until=on))
