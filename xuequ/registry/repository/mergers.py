"""What hangs on a school that closes, and what moves or ends it: a fixed number of statements.

A span that reaches the day is split there: it ends on the day, and one that goes on begins at the other
school. One that begins on or after the day is moved whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, or_, select, update

from xuequ.registry.models.classes import ClassGroup, ClassGroupMember, HeadTeacher, SchoolClass
from xuequ.registry.models.places import School, SchoolVillage, Village
from xuequ.registry.models.posts import Appointment, Delegation
from xuequ.registry.models.premises import LandHolding, PremisesSpan
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.staff import Employment, Placement, Staff
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.models.transfers import Transfer
from xuequ.registry.repository.basis import AnyRow, AnySelect, open_on, same
from xuequ.registry.repository.places import WritingRows
from xuequ.registry.rules.mergers import FINAL
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.registry.states.premises import PremisesState
from xuequ.registry.states.teaching import TeachingChange

GOING = tuple(state.value for state in FINAL)
_ENDING: Mapping[str, Any] = {
    "班主任": HeadTeacher,
    "任课": Teaching,
    "合班（复式班）": ClassGroup,
    "任职": Appointment,
    "授权": Delegation,
}
"""What ends with a school: Chinese name → table of spans."""


def reaches(span: Any, day: date) -> ColumnElement[bool]:
    """Return the condition that a span holds the day or a later one."""
    return or_(span.until.is_(None), span.until > day)


class MergerRows(WritingRows):
    """One school that closes, and those that take over; a preview locks nothing."""

    locking = False

    def _of(self, model: Any, school_id: int, *more: Any) -> tuple[Any, ...]:
        return (model.county_id == self.scope.county_id, model.school_id == school_id, *more)

    # what there is

    def other_open_schools(self, school_id: int, district_id: int, day: date) -> int:
        """Count the other schools of a district that are open on a day."""
        query = (
            select(func.count())
            .select_from(School)
            .where(
                School.county_id == self.scope.county_id,
                School.district_id == district_id,
                School.id != school_id,
                or_(School.closed_on.is_(None), School.closed_on > day),
            )
        )
        return self.session.scalar(query) or 0

    def classes(self, school_ids: Iterable[int], day: date) -> Sequence[AnyRow]:
        """Return every class of schools with its pupils of a day or, at the closing one, of any later day."""
        enrolled = (
            select(
                *(Enrolment.county_id, Enrolment.class_id),
                func.count(Enrolment.pupil_id.distinct()).label("pupils"),
            )
            .where(Enrolment.county_id == self.scope.county_id, reaches(Enrolment, day))
            .where(Enrolment.school_id.in_(sorted(set(school_ids))))
            .group_by(Enrolment.county_id, Enrolment.class_id)
            .subquery()
        )
        query: AnySelect = (
            select(
                *(SchoolClass.id, SchoolClass.school_id, SchoolClass.stage, SchoolClass.entry_year),
                *(SchoolClass.number, SchoolClass.dissolved_on, enrolled.c.pupils),
            )
            .outerjoin(
                enrolled,
                and_(enrolled.c.county_id == SchoolClass.county_id, enrolled.c.class_id == SchoolClass.id),
            )
            .where(SchoolClass.county_id == self.scope.county_id)
            .where(SchoolClass.school_id.in_(sorted(set(school_ids))))
        )
        return self.session.execute(query.order_by(SchoolClass.id)).all()

    def enrolments(self, school_id: int, day: date) -> Sequence[AnyRow]:
        """Return the enrolments of a school that reach a day, in the order of their ids, locked."""
        query = select(Enrolment.__table__).where(*self._of(Enrolment, school_id, reaches(Enrolment, day)))
        return self._locked(query, Enrolment)

    def statuses(self, school_id: int, day: date) -> Sequence[AnyRow]:
        """Return the statuses at a school that reach a day and are not final, locked."""
        query = select(PupilStatus.__table__).where(
            *self._of(PupilStatus, school_id, reaches(PupilStatus, day)), PupilStatus.status.not_in(GOING)
        )
        return self._locked(query, PupilStatus)

    def _locked(self, query: AnySelect, model: Any) -> Sequence[AnyRow]:
        query = query.order_by(model.id)
        return self.session.execute(query.with_for_update(of=model) if self.locking else query).all()

    def employments(self, school_id: int, day: date) -> Sequence[AnyRow]:
        """Return the employments by a school that reach a day, locked."""
        query = select(Employment.__table__).where(*self._of(Employment, school_id, reaches(Employment, day)))
        return self._locked(query, Employment)

    def placements(self, school_id: int, staff_ids: Iterable[int], day: date) -> Sequence[AnyRow]:
        """Return the placements that reach a day at a school, or of some staff anywhere, locked.

        Each with the school that employs on the day, or on its own first day when that is later.
        """
        then = case((Placement.since > day, Placement.since), else_=day)
        employer = (
            select(Employment.school_id)
            .where(
                Employment.county_id == Placement.county_id,
                Employment.staff_id == Placement.staff_id,
                open_on(Employment.since, Employment.until, then),
            )
            .scalar_subquery()
        )
        mine = or_(Placement.school_id == school_id, Placement.staff_id.in_(sorted(set(staff_ids))))
        query = select(Placement.__table__, employer.label("employer_id")).where(
            Placement.county_id == self.scope.county_id, mine, reaches(Placement, day)
        )
        return self._locked(query, Placement)

    def services_of(self, school_id: int, day: date) -> Sequence[AnyRow]:
        """Return what a school serves from a day on, by the days on which it begins."""
        query = select(SchoolVillage.village_id, SchoolVillage.since, SchoolVillage.until).where(
            *self._of(SchoolVillage, school_id, reaches(SchoolVillage, day))
        )
        return self.session.execute(query.order_by(SchoolVillage.since)).all()

    def villages(self, school_id: int, day: date) -> Sequence[AnyRow]:
        """Return what a school serves from a day on, with the codes of the villages."""
        query = (
            select(SchoolVillage.__table__, Village.code)
            .join(Village, same(Village, SchoolVillage.village_id, SchoolVillage))
            .where(*self._of(SchoolVillage, school_id, reaches(SchoolVillage, day)))
        )
        return self.session.execute(query.order_by(Village.code)).all()

    def property_of(self, school_id: int, day: date) -> tuple[Sequence[AnyRow], Sequence[AnyRow]]:
        """Return the spans of buildings that stand and of parcels that a school has from a day on, locked."""
        standing = PremisesSpan.state != PremisesState.DEMOLISHED.value
        buildings = select(PremisesSpan.__table__).where(
            *self._of(PremisesSpan, school_id, reaches(PremisesSpan, day), standing)
        )
        parcels = select(LandHolding.__table__).where(
            *self._of(LandHolding, school_id, reaches(LandHolding, day))
        )
        return self._locked(parcels, LandHolding), self._locked(buildings, PremisesSpan)

    def open_transfers(self, school_id: int) -> list[str]:
        """Return the numbers of the pupils whose transfer from or to a school is not decided."""
        query = (
            select(Pupil.pupil_no)
            .join(Transfer, and_(Transfer.county_id == Pupil.county_id, Transfer.pupil_id == Pupil.id))
            .where(
                Transfer.county_id == self.scope.county_id,
                Transfer.decided_on.is_(None),
                or_(Transfer.from_school_id == school_id, Transfer.to_school_id == school_id),
            )
        )
        return list(self.session.scalars(query.order_by(Pupil.pupil_no)))

    def ending(self, school_id: int, day: date) -> dict[str, tuple[int, int]]:
        """Count what ends with a school and what is to begin on the day or later, by Chinese name."""
        counted: list[AnySelect] = []
        for name, model in _ENDING.items():
            held = func.sum(case((model.since < day, 1), else_=0))
            later = func.sum(case((model.since >= day, 1), else_=0))
            here = (*self._of(model, school_id), reaches(model, day))
            counted.append(select(literal(name), held, later).where(*here))
        held = func.sum(case((ClassGroupMember.since < day, 1), else_=0))
        later = func.sum(case((ClassGroupMember.since >= day, 1), else_=0))
        grouped = same(ClassGroup, ClassGroupMember.group_id, ClassGroupMember)
        members = select(literal("合班（复式班）成员"), held, later).join(ClassGroup, grouped)
        counted.append(members.where(*self._of(ClassGroup, school_id), reaches(ClassGroupMember, day)))
        rows = self.session.execute(counted[0].union_all(*counted[1:]))
        return {row[0]: (int(row[1] or 0), int(row[2] or 0)) for row in rows}

    # what becomes of it

    def end_spans(self, model: Any, school_id: int, day: date, /, *more: Any, **values: Any) -> None:
        """End the spans of a school that hold the day before and the day, on the day."""
        where = self._of(model, school_id, model.since < day, reaches(model, day), *more)
        self.session.execute(update(model).where(*where).values(until=day, **values))

    def move_later(self, model: Any, school_id: int, day: date, /, *more: Any, **values: Any) -> None:
        """Move the spans of a school that begin on the day or later."""
        where = self._of(model, school_id, model.since >= day, *more)
        self.session.execute(update(model).where(*where).values(**values))

    def end_by_id(self, model: Any, ids: Sequence[int], day: date) -> None:
        """End spans on the day."""
        if ids:
            here = (model.county_id == self.scope.county_id, model.id.in_(ids))
            self.session.execute(update(model).where(*here).values(until=day))

    def change_by_id(self, model: Any, ids: Sequence[int], **values: Any) -> None:
        """Change fields of many rows alike."""
        if ids:
            here = (model.county_id == self.scope.county_id, model.id.in_(ids))
            self.session.execute(update(model).where(*here).values(**values))

    def move_enrolments(
        self, school_id: int, day: date, classes: Mapping[int, int], /, **values: Any
    ) -> None:
        """Move the enrolments that begin on the day or later into the classes that took over."""
        if classes:
            into = case(classes, value=Enrolment.class_id, else_=Enrolment.class_id)
            self.move_later(Enrolment, school_id, day, class_id=into, **values)

    def dissolve_classes(self, school_id: int, day: date, successors: Mapping[int, int]) -> None:
        """Dissolve every class of a school that is still there, with the class that took its pupils."""
        still = or_(SchoolClass.dissolved_on.is_(None), SchoolClass.dissolved_on > day)
        values: dict[str, Any] = {"dissolved_on": day}
        if successors:
            values["successor_id"] = case(successors, value=SchoolClass.id, else_=None)
        where = self._of(SchoolClass, school_id, still)
        self.session.execute(update(SchoolClass).where(*where).values(values))

    def end_posts(self, school_id: int, day: date) -> None:
        """End head teachers, teaching, groups, appointments and delegations at a school on the day."""
        groups = select(ClassGroup.id).where(*self._of(ClassGroup, school_id))
        members = (
            ClassGroupMember.county_id == self.scope.county_id,
            ClassGroupMember.group_id.in_(groups),
            ClassGroupMember.since < day,
            reaches(ClassGroupMember, day),
        )
        self.session.execute(update(ClassGroupMember).where(*members).values(until=day))
        held = select(Appointment.id).where(*self._of(Appointment, school_id))
        lent = (
            Delegation.county_id == self.scope.county_id,
            or_(Delegation.school_id == school_id, Delegation.appointment_id.in_(held)),
            Delegation.since < day,
            reaches(Delegation, day),
        )
        self.session.execute(update(Delegation).where(*lent).values(until=day))
        self.end_spans(ClassGroup, school_id, day)
        self.end_spans(HeadTeacher, school_id, day)
        self.end_spans(Teaching, school_id, day, ended=TeachingChange.CLASS_SPLIT.value)
        self.end_spans(Appointment, school_id, day, ended=AppointmentEnd.ABOLISHED.value)

    def change_districts(
        self, pupil_ids: Iterable[int], staff_ids: Iterable[int], district_id: int | None
    ) -> None:
        """Let the records of pupils and staff belong to another district."""
        for model, ids in ((Pupil, pupil_ids), (Staff, staff_ids)):
            self.change_by_id(model, sorted(set(ids)), district_id=district_id)
