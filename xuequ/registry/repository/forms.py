"""Questions that only forms ask: lists of a whole school with what the vault seals."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import bindparam, select

from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment, Pupil, PupilStatus
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import DAY, AnyRow, AnySelect, Rows, Scoped, open_on, owns, same


def _pupils() -> AnySelect:
    return (
        select(
            *(SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number),
            *(Pupil.id.label("pupil_id"), Pupil.pupil_no, Pupil.person_id),
            *(Person.name, Person.sex, Person.birth_date, PupilStatus.status),
        )
        .select_from(Enrolment)
        .join(SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment))
        .join(School, same(School, SchoolClass.school_id, SchoolClass))
        .join(Pupil, same(Pupil, Enrolment.pupil_id, Enrolment))
        .join(Person, same(Person, Pupil.person_id, Pupil))
        .join(PupilStatus, owns(PupilStatus, PupilStatus.pupil_id, Pupil))
        .where(
            School.code == bindparam("school"),
            open_on(Enrolment.since, Enrolment.until, DAY),
            open_on(PupilStatus.since, PupilStatus.until, DAY),
        )
        .order_by(SchoolClass.stage, SchoolClass.entry_year.desc(), SchoolClass.number, Pupil.pupil_no)
    )


_PUPILS = Scoped(_pupils(), Enrolment)


class FormRows(Rows):
    """Lists as they are printed."""

    def pupils(self, school: str, day: date) -> Sequence[AnyRow]:
        """Return the pupils of a school on a day with their classes, by class and number."""
        return self.all(_PUPILS, school=school, day=day)

    def people_of_pupils(self, pupil_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return the persons behind some pupils, with the pupil's id as `owner`."""
        query = select(Pupil.id.label("owner"), Person.__table__)
        query = query.select_from(Pupil).join(Person, same(Person, Pupil.person_id, Pupil))
        here = (Pupil.county_id == self.scope.county_id, Pupil.id.in_(pupil_ids))
        return self.session.execute(query.where(*here)).all()

    def people_of_staff(self, staff_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return the persons behind some staff, with the member of staff's id as `owner`."""
        query = select(Staff.id.label("owner"), Person.__table__)
        query = query.select_from(Staff).join(Person, same(Person, Staff.person_id, Staff))
        here = (Staff.county_id == self.scope.county_id, Staff.id.in_(staff_ids))
        return self.session.execute(query.where(*here)).all()
