"""The sheets of what staff hold: titles, degrees and the like, and teacher's certificates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from typing import Any, cast

from xuequ.core.codes import CodeEnum
from xuequ.core.errors import ColumnFixed, Problem, UnknownCode, refuse_if
from xuequ.core.fields import Command
from xuequ.core.intake import shown
from xuequ.core.plan import Key, Outcome, PlannedRow, State, Values
from xuequ.registry.errors.books import RegistrationBegins
from xuequ.registry.repository.books.staff import StaffBookRows
from xuequ.registry.schemas.books.staff import CertificateRow, StandingRow
from xuequ.registry.schemas.certificates import CertificateRecord, CertificateView
from xuequ.registry.schemas.staff import StandingRecord
from xuequ.registry.service.books.desk import (
    BookDesk,
    Lookups,
    at_column,
    changed,
    check_names,
    problem_at,
    rows_of,
)
from xuequ.registry.service.certificates import CertificateService
from xuequ.registry.service.standings import StandingService
from xuequ.registry.states.staff import StandingKind
from xuequ.registry.templates.staff import STAFF
from xuequ.standards.codes.schooling import Subject
from xuequ.standards.codes.staff import CertificateKind

CERTIFICATES = STAFF.sheet("certificates")


class _HoldingDesk(BookDesk):
    """What both sheets share."""

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        self.rows = StaffBookRows(self.context.session, self.context.scope, self.context.place)

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check names."""
        return check_names(planned, self.lookups.staff_named)

    def listed_numbers(self, school: str | None) -> set[str] | None:
        """Return whose rows are exported: of who is employed by a school today, or of all."""
        return None if school is None else self.rows.employed_at(school, self.context.today)


class StandingDesk(_HoldingDesk):
    """The sheet of titles, degrees and what else staff hold from a day."""

    changeable = frozenset({"until"})

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what rows say, with what is held as a code of its list."""
        return [{**row.__dict__, "held": _held(cast(StandingRow, row))} for row in rows]

    def standing(self, rows: Sequence[Command]) -> State:
        """Return what the people of rows hold and held."""
        numbers = {cast(StandingRow, row).staff_no for row in rows}
        return {
            (row.staff_no, StandingKind(row.kind), row.since): {
                "held": StandingKind(row.kind).codes(row.code),
                "until": row.until,
                "authority": row.authority,
            }
            for row in self.rows.standings(numbers)
        }

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check names, and that what is held is of the list of its kind."""
        found = super().check(planned)
        for row in planned:
            held = _held(cast(StandingRow, row.source.command))
            if isinstance(held, UnknownCode):
                found.append(problem_at(row, held))
        return found

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record what is new in one go; then end what nothing else has ended."""
        service = StandingService(self.context)
        added = cast("list[StandingRow]", rows_of(planned, Outcome.ADDED))
        records = [
            StandingRecord(
                staff_id=self.lookups.staff(row.staff_no),
                kind=row.kind,
                code=row.held,
                since=row.since,
                until=row.until,
                authority=row.authority,
            )
            for row in added
        ]
        service.record(records)
        ended = [
            cast(StandingRow, row.source.command)
            for row in planned
            if row.outcome is Outcome.CHANGED and changed(row, "until")
        ]
        there = {
            (one.staff_no, one.kind, one.since): one
            for one in (self.rows.standings({row.staff_no for row in ended}) if ended else ())
        }
        for row in ended:
            one = there[row.staff_no, row.kind.code, row.since]
            if one.until != row.until:
                service.end(one.id, row.until)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return what people hold and held."""
        named = self.lookups.staff_named
        for row in self.rows.standings(self.listed_numbers(school)):
            kind = StandingKind(row.kind)
            yield StandingRow(
                staff_no=row.staff_no,
                name=named[row.staff_no].name,
                kind=kind,
                held=kind.codes(row.code).label,
                since=row.since,
                until=row.until,
                authority=row.authority,
            )


def _held(row: StandingRow) -> CodeEnum | UnknownCode:
    try:
        return row.kind.codes.parse(row.held)
    except UnknownCode as error:
        return error


class CertificateDesk(_HoldingDesk):
    """The sheet of certificates; each registration after the first is a row of its own."""

    changeable = frozenset()

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        self._there: dict[Key, Values] = {}

    def standing(self, rows: Sequence[Command]) -> State:
        """Return certificates with their registrations; a row without a day of one is the certificate's."""
        numbers = {cast(CertificateRow, row).number for row in rows}
        self._there = {}
        for row in self.rows.certificates(numbers):
            self._there[row.number, None] = _certificate(row)
            if row.since is not None:
                self._there[row.number, row.since] = {**_certificate(row), "authority": row.authority}
        return self._there

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check names, and that a new registration says of its certificate what is registered."""
        found = super().check(planned)
        for row in planned:
            known = self._there.get((cast(CertificateRow, row.source.command).number, None), {})
            for field in known if row.outcome is Outcome.ADDED else ():
                said = getattr(row.source.command, field)
                if said is not None and said != known[field]:
                    error = ColumnFixed(registered=shown(known[field]))
                    found.append(at_column(row, CERTIFICATES, field, error))
        return found

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Record certificates that are new, then register them anew, each day in one go."""
        by_number: defaultdict[str, list[CertificateRow]] = defaultdict(list)
        added = cast("list[CertificateRow]", rows_of(planned, Outcome.ADDED))
        for row in sorted(added, key=lambda one: one.registered or date.min):
            by_number[row.number].append(row)
        known = {row.number: row.id for row in self.rows.certificates(by_number)}
        new = [some.pop(0) for number, some in by_number.items() if number not in known]
        if new:
            service = CertificateService(self.context)
            known |= {one.number: one.id for one in service.record([self._record(row) for row in new])}
        for wave in zip_longest(*by_number.values()):
            self._renew([row for row in wave if row is not None], known)

    def _record(self, row: CertificateRow) -> CertificateRecord:
        return CertificateRecord(
            staff_id=self.lookups.staff(row.staff_no), **row.model_dump(exclude={"staff_no", "name"})
        )

    def _renew(self, rows: Iterable[CertificateRow], known: Mapping[str, int]) -> None:
        groups: defaultdict[tuple[date | None, str], list[CertificateRow]] = defaultdict(list)
        for row in rows:
            groups[row.registered, row.authority].append(row)
        for (day, authority), some in groups.items():
            ids = [known[row.number] for row in some]
            renewed = CertificateService(self.context).renew(ids, day, authority)
            refuse_if([problem for one in renewed for problem in _begins_later(one, day)])

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return certificates, a row for each registration; one that has none has one row."""
        named, whose = self.lookups.staff_named, self.listed_numbers(school)
        for row in self.rows.certificates(None):
            if whose is None or row.staff_no in whose:
                yield CertificateRow(
                    **_certificate(row),
                    name=named[row.staff_no].name,
                    number=row.number,
                    registered=row.since,
                    authority=row.authority or "",
                )


def _certificate(row: Any) -> dict[str, Any]:
    return {
        "staff_no": row.staff_no,
        "kind": CertificateKind(row.kind),
        "subject": Subject(row.subject) if row.subject else None,
        "issued": row.issued,
    }


def _begins_later(certificate: CertificateView, said: date | None) -> list[Problem]:
    """Refuse a registration that begins on another day than the row says, when the one before ends."""
    begins = certificate.terms[-1].since
    if begins == said:
        return []
    return [Problem(RegistrationBegins(number=certificate.number, since=str(begins)))]
