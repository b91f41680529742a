"""Questions for teacher's certificates and their registration."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, and_, func, or_, select

from xuequ.core.bulk import insert_new
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Certificate, CertificateTerm, Employment, Placement, Staff
from xuequ.registry.repository.basis import AnyRow, open_on, owns, same
from xuequ.registry.repository.timelines import TimelineRows


class CertificateRows(TimelineRows):
    """Certificates of staff."""

    def certificates(self, staff_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return the certificates of some people, as they were issued."""
        query = select(Certificate.__table__).where(
            Certificate.county_id == self.scope.county_id, Certificate.staff_id.in_(staff_ids)
        )
        return self.session.execute(query.order_by(Certificate.issued, Certificate.id)).all()

    def terms(self, staff_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return every registration of the certificates of some people, in the order of days."""
        query = (
            select(CertificateTerm.__table__)
            .join(Certificate, same(Certificate, CertificateTerm.certificate_id, CertificateTerm))
            .where(CertificateTerm.county_id == self.scope.county_id, Certificate.staff_id.in_(staff_ids))
            .order_by(CertificateTerm.certificate_id, CertificateTerm.since)
        )
        return self.session.execute(query).all()

    def holders(self, certificate_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return whose certificates are, among the staff of the scope."""
        query = (
            select(Certificate.id, Certificate.staff_id)
            .join(Staff, same(Staff, Certificate.staff_id, Certificate))
            .where(Certificate.id.in_(certificate_ids))
        )
        return self.session.execute(self.here(query, Staff)).all()

    def numbers_known(self, numbers: Collection[str]) -> Sequence[str]:
        """Return those numbers under which the county has a certificate."""
        query = select(Certificate.number).where(
            Certificate.county_id == self.scope.county_id, Certificate.number.in_(numbers)
        )
        return self.session.scalars(query).all()

    def add_certificates(self, rows: Sequence[dict[str, Any]]) -> set[int]:
        """Insert certificates in the order of their numbers, none twice; return the ids of the new ones."""
        return insert_new(self.session, cast("Table", Certificate.__table__), rows)

    def expiring(self, before: date, day: date) -> Sequence[AnyRow]:
        """Return certificates of who is employed on a day that are not registered from another day on."""
        last = (
            select(func.max(CertificateTerm.until))
            .where(
                CertificateTerm.county_id == Certificate.county_id,
                CertificateTerm.certificate_id == Certificate.id,
            )
            .scalar_subquery()
        )
        employed = and_(
            owns(Employment, Employment.staff_id, Staff), open_on(Employment.since, Employment.until, day)
        )
        placed = and_(
            owns(Placement, Placement.staff_id, Staff), open_on(Placement.since, Placement.until, day)
        )
        query = (
            select(
                *(Certificate.__table__, Staff.staff_no, Person.name),
                *(School.code.label("school"), last.label("until")),
            )
            .join(Staff, same(Staff, Certificate.staff_id, Certificate))
            .join(Person, same(Person, Staff.person_id, Staff))
            .join(Employment, employed)
            .outerjoin(Placement, placed)
            .outerjoin(School, same(School, Placement.school_id, Placement))
            .where(or_(last.is_(None), last <= before))
            .order_by(last, Staff.staff_no, Certificate.id)
        )
        return self.session.execute(self.here(query, Staff)).all()
