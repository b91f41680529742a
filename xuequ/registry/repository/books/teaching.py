"""What the workbook of teaching finds registered, by class and day."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import select

from xuequ.registry.models.classes import HeadTeacher, SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Staff
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, same


class TeachingBookRows(Rows):
    """Who teaches and who leads the classes of a district."""

    def teachings(self, schools: Collection[str] | None) -> Sequence[AnyRow]:
        """Return teachings by class, subject and day, at schools of these codes or at all."""
        said = (Teaching.id, Teaching.subject, Teaching.half_periods, Teaching.since, Teaching.until)
        more = (Teaching.ended, Teaching.origin, Teaching.itinerant, Teaching.exception)
        return self._of_classes(Teaching, (*said, *more), schools, Teaching.subject, Teaching.since)

    def head_teachers(self, schools: Collection[str] | None) -> Sequence[AnyRow]:
        """Return head teachers by class and day, at schools of these codes or at all."""
        said = (HeadTeacher.class_id, HeadTeacher.since, HeadTeacher.until)
        return self._of_classes(HeadTeacher, said, schools, HeadTeacher.since)

    def _of_classes(
        self, model: Any, said: Sequence[Any], schools: Collection[str] | None, *ordered: Any
    ) -> Sequence[AnyRow]:
        _ = self.district_id
        called = (School.code.label("school"), SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number)
        query: AnySelect = (
            select(*called, Staff.staff_no, Person.name, *said)
            .select_from(model)
            .join(SchoolClass, same(SchoolClass, model.class_id, model))
            .join(School, same(School, SchoolClass.school_id, SchoolClass))
            .join(Staff, same(Staff, model.staff_id, model))
            .join(Person, same(Person, Staff.person_id, Staff))
            .order_by(School.code, SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number, *ordered)
        )
        if schools is not None:
            query = query.where(School.code.in_(schools))
        return self.session.execute(self.here(query, model)).all()
