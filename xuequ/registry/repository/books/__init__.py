"""Questions of the workbooks: ids by the codes and numbers that people know, and what is there by them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import and_, select

from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Pupil, PupilStatus
from xuequ.registry.repository.basis import AnyRow, Rows, owns, same
from xuequ.registry.states.classes import Stage


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

    def class_ids(self) -> dict[tuple[str, Stage, int, int], int]:
        """Return the classes of the district by school code, stage, entry year and number."""
        columns = (SchoolClass.id, SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number)
        query = select(*columns, School.code).join(School, same(School, SchoolClass.school_id, SchoolClass))
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
