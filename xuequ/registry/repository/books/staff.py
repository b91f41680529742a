"""What the workbook of staff finds registered, by staff number and day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import (
    Certificate,
    CertificateTerm,
    Employment,
    Placement,
    Staff,
    Standing,
)
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, open_on, owns, same
from xuequ.registry.states.people import Sex

Numbers = Collection[str] | None
"""Staff numbers; all of the district when None."""


class StaffBookRows(Rows):
    """The staff of a district, with what the workbook says of them."""

    def people(self, numbers: Numbers) -> dict[str, dict[str, Any]]:
        """Return who staff are, by number; document and telephone as they are sealed."""
        said = (Person.name, Person.sex, Person.birth_date, Person.document_number, Person.phone)
        query = select(Staff.staff_no, Staff.id, Staff.person_id, *said)
        return {
            row.staff_no: {
                "id": row.id,
                "person_id": row.person_id,
                "name": row.name,
                "sex": Sex(row.sex),
                "birth_date": row.birth_date,
                "document_number": row.document_number,
                "phone": row.phone,
            }
            for row in self._of(query.join(Person, same(Person, Staff.person_id, Staff)), numbers)
        }

    def employments(self, numbers: Numbers) -> Sequence[AnyRow]:
        """Return employments by schools of the district, by number and day."""
        said = (Employment.since, Employment.until, Employment.entry, Employment.authority)
        ended = (Employment.exit, Employment.exit_authority)
        query = (
            select(Staff.staff_no, School.code.label("school"), *said, *ended)
            .join(Employment, owns(Employment, Employment.staff_id, Staff))
            .join(School, same(School, Employment.school_id, Employment))
            .where(Employment.district_id == self.district_id)
            .order_by(Staff.staff_no, Employment.since)
        )
        return self._of(query, numbers)

    def placements(self, numbers: Numbers) -> Sequence[AnyRow]:
        """Return placements at schools of the district, by number and day."""
        said = (Placement.since, Placement.until, Placement.kind, Placement.authority)
        query = (
            select(Staff.id, Staff.staff_no, School.code.label("school"), *said)
            .join(Placement, owns(Placement, Placement.staff_id, Staff))
            .join(School, same(School, Placement.school_id, Placement))
            .where(Placement.district_id == self.district_id)
            .order_by(Staff.staff_no, Placement.since)
        )
        return self._of(query, numbers)

    def standings(self, numbers: Numbers) -> Sequence[AnyRow]:
        """Return what staff hold and held, by number, kind and day."""
        said = (Standing.id, Standing.kind, Standing.code, Standing.since, Standing.until, Standing.authority)
        query = (
            select(Staff.staff_no, *said)
            .join(Standing, owns(Standing, Standing.staff_id, Staff))
            .order_by(Staff.staff_no, Standing.kind, Standing.since)
        )
        return self._of(query, numbers)

    def certificates(self, certificates: Collection[str] | None) -> Sequence[AnyRow]:
        """Return certificates of the district's staff with each registration, by their numbers or all."""
        said = (Certificate.id, Certificate.number, Certificate.kind, Certificate.subject, Certificate.issued)
        query = (
            select(Staff.staff_no, *said, CertificateTerm.since, CertificateTerm.authority)
            .join(Certificate, owns(Certificate, Certificate.staff_id, Staff))
            .outerjoin(CertificateTerm, owns(CertificateTerm, CertificateTerm.certificate_id, Certificate))
            .order_by(Staff.staff_no, Certificate.number, CertificateTerm.since)
        )
        if certificates is not None:
            query = query.where(Certificate.number.in_(certificates))
        return self._of(query, None)

    def employed_at(self, school: str, day: date) -> set[str]:
        """Return the numbers of who is employed by a school of the district on a day."""
        query = (
            select(Staff.staff_no)
            .join(Employment, owns(Employment, Employment.staff_id, Staff))
            .join(School, same(School, Employment.school_id, Employment))
            .where(School.district_id == self.district_id, School.code == school)
            .where(open_on(Employment.since, Employment.until, day))
        )
        return {row.staff_no for row in self._of(query, None)}

    def _of(self, query: AnySelect, numbers: Numbers) -> Sequence[AnyRow]:
        """Keep a question to staff of the district, and to some of them where numbers are given."""
        _ = self.district_id
        if numbers is not None:
            query = query.where(Staff.staff_no.in_(numbers))
        return self.session.execute(self.here(query, Staff)).all()
