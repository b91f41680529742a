"""Questions of the data checks of posts: what no constraint can say, and what came in past them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import and_, case, exists, literal, or_, select
from sqlalchemy.orm import aliased

from xuequ.registry.models.places import County, District, School
from xuequ.registry.models.posts import Appointment, Delegation
from xuequ.registry.models.staff import Employment
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, open_on, same


class PostCheckRows(Rows):
    """Appointments and delegations that should not be."""

    def _found(self, query: AnySelect, model: Any) -> Sequence[AnyRow]:
        return self.session.execute(self.here(query, model).order_by(model.id)).all()

    def seats(self) -> Sequence[AnyRow]:
        """Return every appointment with the seat that it says."""
        return self._found(
            select(Appointment.id, Appointment.post, Appointment.place, Appointment.seat), Appointment
        )

    def misplaced(self) -> Sequence[AnyRow]:
        """Return appointments whose path is not that of their district and school."""
        path = case(
            (
                Appointment.school_id.is_not(None),
                County.code + literal("/") + District.code + literal("/") + School.code,
            ),
            (Appointment.district_id.is_not(None), County.code + literal("/") + District.code),
            else_=County.code,
        )
        query = (
            select(Appointment.id, Appointment.place, path.label("path"))
            .join(County, County.county_id == Appointment.county_id)
            .outerjoin(District, same(District, Appointment.district_id, Appointment))
            .outerjoin(School, same(School, Appointment.school_id, Appointment))
            .where(path.is_distinct_from(Appointment.place))
        )
        return self._found(query, Appointment)

    def without_employment(self) -> Sequence[AnyRow]:
        """Return appointments of people not employed on the first day, or that outlast the employment."""
        employed = and_(
            Employment.county_id == Appointment.county_id, Employment.staff_id == Appointment.staff_id
        )
        at_first = exists().where(employed, open_on(Employment.since, Employment.until, Appointment.since))
        at_last = exists().where(
            employed,
            or_(
                Employment.until.is_(None),
                and_(Appointment.until.is_not(None), Employment.until >= Appointment.until),
            ),
        )
        query: AnySelect = select(Appointment.id, Appointment.staff_id)
        return self._found(query.where(~and_(at_first, at_last)), Appointment)

    def lent_beyond(self) -> Sequence[AnyRow]:
        """Return delegations for days or places that their appointment does not have."""
        inside = and_(
            Delegation.since >= Appointment.since,
            or_(
                Appointment.until.is_(None),
                and_(Delegation.until.is_not(None), Delegation.until <= Appointment.until),
            ),
            or_(
                Delegation.place == Appointment.place,
                Delegation.place.startswith(Appointment.place + literal("/")),
            ),
        )
        query = select(Delegation.id, Delegation.appointment_id).join(
            Appointment, same(Appointment, Delegation.appointment_id, Delegation)
        )
        return self._found(query.where(~inside), Delegation)

    def held_together(self) -> Sequence[AnyRow]:
        """Return pairs of posts that one person holds on the same days by appointment."""
        one, other = aliased(Appointment), aliased(Appointment)
        together = and_(
            other.county_id == one.county_id,
            other.staff_id == one.staff_id,
            other.id < one.id,
            or_(one.until.is_(None), other.since < one.until),
            or_(other.until.is_(None), one.since < other.until),
        )
        query = select(
            *(one.id, one.post, one.place, one.since, one.until, one.staff_id),
            *(other.id.label("other_id"), other.post.label("other_post")),
            *(other.place.label("other_place"), other.since.label("other_since")),
            other.until.label("other_until"),
        ).join(other, together)
        return self._found(query, one)

    def seats_shared(self) -> Sequence[AnyRow]:
        """Return appointments that share a seat and a day with an earlier one."""
        one, other = aliased(Appointment), aliased(Appointment)
        shared = and_(
            other.county_id == one.county_id,
            other.seat == one.seat,
            other.id < one.id,
            or_(one.until.is_(None), other.since < one.until),
            or_(other.until.is_(None), one.since < other.until),
        )
        query = select(one.id, one.seat, other.id.label("other")).join(other, shared)
        return self._found(query, one)
