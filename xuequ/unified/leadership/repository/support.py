"""Questions for support targets, and what writes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import bindparam, select

from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Staff
from xuequ.registry.repository.basis import AnyRow, AnySelect, Scoped, same
from xuequ.unified.leadership.models.support import SupportTarget
from xuequ.unified.leadership.repository.links import LinkRows


def _named() -> AnySelect:
    number = SchoolClass.number.label("class_number")
    return (
        select(
            SupportTarget.__table__,
            *(School.code.label("school"), School.name.label("school_name"), number, Person.name),
        )
        .join(Staff, same(Staff, SupportTarget.staff_id, SupportTarget))
        .join(Person, same(Person, Staff.person_id, Staff))
        .outerjoin(School, same(School, SupportTarget.school_id, SupportTarget))
        .outerjoin(SchoolClass, same(SchoolClass, SupportTarget.class_id, SupportTarget))
    )


_OF_YEAR = Scoped(
    _named()
    .where(SupportTarget.school_year == bindparam("school_year"))
    .order_by(SupportTarget.term, SupportTarget.id),
    SupportTarget,
)
_ONE = Scoped(_named().where(SupportTarget.id == bindparam("id")), SupportTarget)


class SupportRows(LinkRows):
    """Support targets of one scope."""

    def of_year(self, school_year: int) -> Sequence[AnyRow]:
        """Return the support targets of a school year, by term."""
        return self.all(_OF_YEAR, school_year=school_year)

    def target(self, target_id: int) -> AnyRow | None:
        """Return one support target."""
        return self.one(_ONE, id=target_id)

    def class_row(self, class_id: int) -> AnyRow | None:
        """Return one class of the district with its school."""
        query = self._classes().where(SchoolClass.id == class_id)
        return self.session.execute(query).one_or_none()

    def classes_of_cohort(self, stage: str, entry_year: int, school: str | None) -> Sequence[AnyRow]:
        """Return the classes of a cohort, of the whole district or of one school."""
        query = self._classes().where(SchoolClass.stage == stage, SchoolClass.entry_year == entry_year)
        if school is not None:
            query = query.where(School.code == school)
        return self.session.execute(query.order_by(SchoolClass.id)).all()

    def _classes(self) -> Any:
        columns = ("id", "school_id", "stage", "entry_year", "number", "formed_on", "dissolved_on")
        query = select(
            *(getattr(SchoolClass, name) for name in columns), School.name.label("school_name")
        ).join(School, same(School, SchoolClass.school_id, SchoolClass))
        return self.here(query, SchoolClass)

    def school_row(self, code: str) -> AnyRow | None:
        """Return id and name of a school of the district."""
        query = select(School.id, School.name).where(School.code == code)
        return self.session.execute(self.here(query, School)).one_or_none()
