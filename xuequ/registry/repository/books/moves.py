"""Questions of the workbook of pupils' moves: what statuses and classes say of moves that were taken."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import aliased

from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.transfers import Transfer
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, open_on, owns, same
from xuequ.registry.repository.people import batches
from xuequ.registry.states.pupils import Entered
from xuequ.registry.states.transfers import Direction

_BEFORE = aliased(PupilStatus)


def _follows() -> Any:
    """Return the condition that one status goes over into another."""
    return and_(
        _BEFORE.county_id == PupilStatus.county_id,
        _BEFORE.pupil_id == PupilStatus.pupil_id,
        _BEFORE.until == PupilStatus.since,
    )


def _left_with() -> Any:
    """Return the condition that a departure from the county took effect with a status."""
    return and_(
        Transfer.county_id == PupilStatus.county_id,
        Transfer.pupil_id == PupilStatus.pupil_id,
        Transfer.direction == Direction.OUT.code,
        Transfer.effective_on == PupilStatus.since,
    )


def _statuses() -> AnySelect:
    seat = open_on(Enrolment.since, Enrolment.until, PupilStatus.since)
    return (
        select(
            *(Pupil.pupil_no, Person.name, School.code.label("school"), PupilStatus.since.label("on")),
            *(PupilStatus.status, PupilStatus.reason, PupilStatus.authority.label("remark")),
            *(PupilStatus.planned_until, PupilStatus.absent_since, _BEFORE.status.label("before")),
            *(SchoolClass.entry_year, SchoolClass.number, Transfer.outside, Transfer.guardian_applied),
        )
        .join(Pupil, owns(PupilStatus, PupilStatus.pupil_id, Pupil))
        .join(Person, same(Person, Pupil.person_id, Pupil))
        .join(School, same(School, PupilStatus.school_id, PupilStatus))
        .outerjoin(_BEFORE, _follows())
        .outerjoin(Enrolment, and_(owns(Enrolment, Enrolment.pupil_id, Pupil), seat))
        .outerjoin(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
        .outerjoin(Transfer, _left_with())
        .order_by(PupilStatus.since, Pupil.pupil_no)
    )


def _seats() -> AnySelect:
    return (
        select(
            *(Pupil.pupil_no, Person.name, School.code.label("school"), Enrolment.since.label("on")),
            *(Enrolment.entered_as, SchoolClass.entry_year, SchoolClass.number),
        )
        .join(Pupil, owns(Enrolment, Enrolment.pupil_id, Pupil))
        .join(Person, same(Person, Pupil.person_id, Pupil))
        .join(School, same(School, Enrolment.school_id, Enrolment))
        .join(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
        .order_by(Enrolment.since, Pupil.pupil_no)
    )


class MoveBookRows(Rows):
    """Statuses and classes of pupils by their numbers, those that began in a time or of some pupils."""

    def statuses(self, numbers: Collection[str]) -> Iterator[AnyRow]:
        """Yield every status of pupils, with what was before it and the class of its first day."""
        for some in batches(sorted(numbers)):
            query = self.here(_statuses(), PupilStatus).where(Pupil.pupil_no.in_(some))
            yield from self.session.execute(query)

    def statuses_since(self, first: date) -> Sequence[AnyRow]:
        """Return the statuses that began on a day or later, of people who are still known."""
        begun = (PupilStatus.since >= first, Person.forgotten_on.is_(None))
        return self.session.execute(self.here(_statuses(), PupilStatus).where(*begun)).all()

    def seats(self, numbers: Collection[str], days: Collection[date]) -> Iterator[AnyRow]:
        """Yield the places in classes that pupils took on some days, however they came."""
        for some in batches(sorted(numbers)):
            query = self.here(_seats(), Enrolment).where(Pupil.pupil_no.in_(some))
            yield from (row for row in self.session.execute(query) if row.on in days)

    def changes_since(self, first: date) -> Sequence[AnyRow]:
        """Return the changes of class on a day or later."""
        changed = Enrolment.entered_as == Entered.CLASS_CHANGE.code
        begun = (Enrolment.since >= first, Person.forgotten_on.is_(None), changed)
        return self.session.execute(self.here(_seats(), Enrolment).where(*begun)).all()
