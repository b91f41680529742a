"""Questions of the workbooks: ids by the codes and numbers that people know, and what is there by them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import and_, exists, or_, select

from xuequ.core.plan import Key
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Pupil, PupilStatus
from xuequ.registry.models.staff import Placement, Staff
from xuequ.registry.repository.basis import AnyRow, Rows, owns, same
from xuequ.registry.states.classes import Stage


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody with a number: the id of the record, and the name."""

    id: int
    name: str


class BookRows(Rows):
    """Ids by codes and numbers within a district."""

    def school_ids(self) -> dict[str, int]:
        """Return the schools of the district by code.

        Raises:
            DistrictNeeded: at a county's door, where a code does not tell schools apart.
        """
        _ = self.district_id
        query = select(School.code, School.id).order_by(School.code)
        return {row.code: row.id for row in self.session.execute(self.here(query, School))}

    def staff_named(self) -> dict[str, Named]:
        """Return by number the staff of the district, and who works or worked at one of its schools."""
        working = exists().where(
            owns(Placement, Placement.staff_id, Staff), Placement.district_id == self.district_id
        )
        query = (
            select(Staff.staff_no, Staff.id, Person.name)
            .join(Person, same(Person, Staff.person_id, Staff))
            .where(Staff.county_id == self.scope.county_id)
            .where(or_(Staff.district_id == self.district_id, working))
        )
        return {row.staff_no: Named(row.id, row.name) for row in self.session.execute(query)}

    def class_ids(self) -> dict[Key, int]:
        """Return the classes of the district by school code, stage, entry year and number."""
        _ = self.district_id
        called = (School.code, SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number)
        query = select(SchoolClass.id, *called).join(School, same(School, SchoolClass.school_id, SchoolClass))
        return {
            (row.code, Stage(row.stage), row.entry_year, row.number): row.id
            for row in self.session.execute(self.here(query, SchoolClass))
        }

    def pupils(self) -> Mapping[str, AnyRow]:
        """Return the pupils of the district by number: id, person, name, and the school of their record."""
        status = and_(owns(PupilStatus, PupilStatus.pupil_id, Pupil), PupilStatus.until.is_(None))
        query = (
            select(Pupil.pupil_no, Pupil.id, Pupil.person_id, Person.name, School.code.label("school"))
            .join(Person, same(Person, Pupil.person_id, Pupil))
            .outerjoin(PupilStatus, status)
            .outerjoin(School, same(School, PupilStatus.school_id, PupilStatus))
            .where(Person.forgotten_on.is_(None))
        )
        return {row.pupil_no: row for row in self.session.execute(self.here(query, Pupil))}
