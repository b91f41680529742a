"""What the workbook of posts finds registered, by post, place, staff numbers and day."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import aliased

from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.posts import Appointment, Delegation
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, Rows, same


class PostBookRows(Rows):
    """The posts of a district and its schools."""

    def appointments(self, numbers: Collection[str] | None) -> Sequence[AnyRow]:
        """Return appointments in the order of days, of holders with these numbers or of all."""
        _ = self.district_id
        said = (Appointment.id, Appointment.post, Appointment.since, Appointment.until)
        more = (Appointment.acting, Appointment.authority, Appointment.ended)
        query = (
            select(Staff.staff_no, Person.name, School.code.label("school"), *said, *more)
            .join(Appointment, same(Staff, Appointment.staff_id, Appointment))
            .join(Person, same(Person, Staff.person_id, Staff))
            .outerjoin(School, same(School, Appointment.school_id, Appointment))
            .order_by(Appointment.since, Appointment.place, Appointment.post, Staff.staff_no)
        )
        if numbers is not None:
            query = query.where(Staff.staff_no.in_(numbers))
        return self.session.execute(self.here(query, Appointment)).all()

    def delegations(self, numbers: Collection[str] | None) -> Sequence[AnyRow]:
        """Return delegations in the order of days, by holders with these numbers or by all.

        `reach` is the school to which they are narrowed, None where they reach as far as the post.
        """
        _ = self.district_id
        holder, lent = aliased(Staff), aliased(School)
        narrowed = Delegation.school_id.is_distinct_from(Appointment.school_id)
        said = (Delegation.id, Appointment.post, Delegation.since, Delegation.until, Delegation.reason)
        named = (Staff.staff_no, Person.name, holder.staff_no.label("holder_no"))
        at = (School.code.label("school"), lent.code.label("reach"), narrowed.label("narrowed"))
        query = (
            select(*said, *named, *at)
            .select_from(Delegation)
            .join(Appointment, same(Appointment, Delegation.appointment_id, Delegation))
            .join(Staff, same(Staff, Delegation.staff_id, Delegation))
            .join(Person, same(Person, Staff.person_id, Staff))
            .join(holder, same(holder, Appointment.staff_id, Appointment))
            .outerjoin(School, same(School, Appointment.school_id, Appointment))
            .outerjoin(lent, same(lent, Delegation.school_id, Delegation))
            .order_by(Delegation.since, Delegation.place, Appointment.post, Staff.staff_no)
        )
        if numbers is not None:
            query = query.where(holder.staff_no.in_(numbers))
        return self.session.execute(self.here(query, Appointment)).all()
