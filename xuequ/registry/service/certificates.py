"""Use cases of teacher's certificates: recorded, registered anew, asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from xuequ.core.context import At, Service, reading, use_case
from xuequ.core.errors import Problem, refuse_if
from xuequ.core.ids import take_ids
from xuequ.core.spans import DaySpan
from xuequ.registry.actions.staff import RECORD_CERTIFICATES, VIEW_STAFF, VIEW_STAFF_OVERVIEW
from xuequ.registry.errors.certificates import CertificateKnown, CertificateUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.facts.staff import CertificatesRecorded, CertificatesRenewed
from xuequ.registry.models.staff import CertificateTerm
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.certificates import CertificateRows
from xuequ.registry.repository.staff import StaffRows
from xuequ.registry.repository.staff_views import StaffViewRows
from xuequ.registry.rules.certificates import (
    Certificate,
    check_issue,
    check_renewal,
    first_term,
    qualified,
    renewal,
)
from xuequ.registry.schemas.certificates import (
    CertificateRecord,
    CertificateTermView,
    CertificateView,
    ExpiringCertificate,
)
from xuequ.registry.service.staff_records import lock_staff
from xuequ.registry.states.classes import Stage
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind


class CertificateService(Service):
    """Teacher's certificates 教师资格证书 by stage and subject, and their registration 定期注册."""

    @property
    def _rows(self) -> CertificateRows:
        return CertificateRows(self.context.session, self.context.scope, self.context.place)

    @property
    def _staff(self) -> StaffRows:
        return StaffRows(self.context.session, self.context.scope, self.context.place)

    @use_case(RECORD_CERTIFICATES)
    def record(self, records: Sequence[CertificateRecord]) -> list[CertificateView]:
        """Record certificates with their present registration, whose length the rules say.

        Raises:
            CertificateKnown: a number that the county has, or that comes twice.
            StaffUnknown, RegisteredBeforeIssue, Problems: for the people and the days.
        """
        staff_ids = {record.staff_id for record in records}
        lock_staff(self._staff, staff_ids)
        refuse_if(self._unfit(records))
        ids = self._add(records)
        standards = self.context.standards
        terms = ((first_term(one.issued, one.registered, standards), one.authority) for one in records)
        self._register([(i, span, by) for i, (span, by) in zip(ids, terms, strict=True) if span])
        said = {"certificate_ids": tuple(ids), "staff_ids": tuple(sorted(staff_ids))}
        self.context.announce(CertificatesRecorded(**said))
        return [one for one in self._views(staff_ids) if one.id in ids]

    @use_case(RECORD_CERTIFICATES)
    def renew(
        self, certificate_ids: Collection[int], on: date | None = None, authority: str = ""
    ) -> list[CertificateView]:
        """Register certificates anew 定期注册: for a term behind the present one, or from the day on.

        Raises:
            CertificateUnknown: names the first that this scope has not.
            CertificateRenewed: the next term is recorded already.
            RegisteredBeforeIssue, Problems: for the days, and for several of these.
        """
        on, rows = on or self.context.today, self._rows
        holders = {row.id: row.staff_id for row in rows.holders(certificate_ids)}
        for certificate_id in certificate_ids:
            if certificate_id not in holders:
                raise CertificateUnknown(certificate=str(certificate_id))
        staff_ids = set(holders.values())
        lock_staff(self._staff, staff_ids)
        known = {row_id: one for some in load(rows, staff_ids).values() for row_id, one in some.items()}
        chosen = {row_id: known[row_id] for row_id in holders}
        refuse_if([p for one in chosen.values() for p in check_renewal(one, on)])
        standards = self.context.standards
        self._register([(i, renewal(one.terms, on, standards), authority) for i, one in chosen.items()])
        self.context.announce(CertificatesRenewed(certificate_ids=tuple(chosen), on=on))
        return [one for one in self._views(staff_ids) if one.id in chosen]

    @reading(VIEW_STAFF)
    def of(self, staff_id: int) -> list[CertificateView]:
        """List somebody's certificates with every registration.

        Raises:
            StaffUnknown: when nobody of that id belongs to this scope.
        """
        if self._staff.known(staff_id) is None:
            raise StaffUnknown(staff=str(staff_id))
        return self._views({staff_id})

    @reading(VIEW_STAFF, at=At.SCHOOL)
    def qualified(self, staff_id: int, stage: Stage, subject: Subject, on: date | None = None) -> bool:
        """Tell whether somebody may teach a subject at a stage on a day, by a certificate valid then.

        Raises:
            StaffUnknown: when the scope has nothing to do with that person on that day.
        """
        on = on or self.context.today
        scope = self.context.scope
        row = StaffViewRows(self.context.session, scope, self.context.place).on_day(staff_id, on)
        if row is None:
            raise StaffUnknown(staff=str(staff_id))
        here = row.placed_in == scope.district_id
        self.context.permit(VIEW_STAFF, school=row.school or "" if here else "")
        held = load(self._rows, {staff_id})[staff_id]
        return qualified(held.values(), stage, subject, on, self.context.standards)

    @reading(VIEW_STAFF_OVERVIEW)
    def expiring(self, before: date, on: date | None = None) -> list[ExpiringCertificate]:
        """List the certificates of who is employed that are not registered from a day on, the oldest first.

        Those that have lapsed, or were never registered, are among them.

        Args:
            before: the day on which a certificate should still be registered.
            on: the day on which somebody is employed; today when left out.
        """
        rows = self._rows.expiring(before, on or self.context.today)
        return [
            ExpiringCertificate(
                id=row.id,
                staff_id=row.staff_id,
                staff_no=row.staff_no,
                name=row.name,
                school=row.school,
                kind=CertificateKind(row.kind),
                subject=Subject(row.subject) if row.subject else None,
                number=row.number,
                until=row.until,
            )
            for row in rows
        ]

    def _add(self, records: Sequence[CertificateRecord]) -> list[int]:
        ids = take_ids(len(records))
        rows: list[dict[str, Any]] = [
            {
                "county_id": self.context.scope.county_id,
                "id": row_id,
                "staff_id": one.staff_id,
                "kind": one.kind.code,
                "subject": one.subject.code if one.subject else None,
                "number": one.number,
                "issued": one.issued,
            }
            for one, row_id in zip(records, ids, strict=True)
        ]
        new = self._rows.add_certificates(sorted(rows, key=lambda row: row["number"]))
        raced = [row["number"] for row in rows if row["id"] not in new]
        refuse_if([Problem(CertificateKnown(number=number)) for number in raced])
        return ids

    def _unfit(self, records: Sequence[CertificateRecord]) -> list[Problem]:
        numbers = [record.number for record in records]
        known = set(self._rows.numbers_known(set(numbers)))
        twice = {number for number in numbers if numbers.count(number) > 1}
        found = [Problem(CertificateKnown(number=number)) for number in sorted(known | twice)]
        for one in records:
            found += check_issue(one.number, one.issued, one.registered or one.issued)
        return found

    def _register(self, terms: Sequence[tuple[int, DaySpan, str]]) -> None:
        begun = [
            {"certificate_id": i, "since": span.since, "until": span.until, "authority": authority}
            for i, span, authority in terms
        ]
        self._rows.write(CertificateTerm, (), (), begun)

    def _views(self, staff_ids: Collection[int]) -> list[CertificateView]:
        terms: defaultdict[int, list[CertificateTermView]] = defaultdict(list)
        for row in self._rows.terms(staff_ids):
            view = CertificateTermView(since=row.since, until=row.until, authority=row.authority)
            terms[row.certificate_id].append(view)
        return [_view(row, tuple(terms[row.id])) for row in self._rows.certificates(staff_ids)]


def load(rows: CertificateRows, staff_ids: Collection[int]) -> defaultdict[int, dict[int, Certificate]]:
    """Return the certificates of some people by person and id, in two statements."""
    terms: defaultdict[int, list[DaySpan]] = defaultdict(list)
    for row in rows.terms(staff_ids):
        terms[row.certificate_id].append(DaySpan(row.since, row.until))
    found: defaultdict[int, dict[int, Certificate]] = defaultdict(dict)
    for row in rows.certificates(staff_ids):
        subject = Subject(row.subject) if row.subject else None
        kind, held = CertificateKind(row.kind), tuple(terms[row.id])
        found[row.staff_id][row.id] = Certificate(kind, subject, row.number, row.issued, held)
    return found


def _view(row: AnyRow, terms: tuple[CertificateTermView, ...]) -> CertificateView:
    return CertificateView(
        id=row.id,
        staff_id=row.staff_id,
        kind=CertificateKind(row.kind),
        subject=Subject(row.subject) if row.subject else None,
        number=row.number,
        issued=row.issued,
        terms=terms,
    )
