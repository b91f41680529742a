"""Questions for the records of staff, under the lock of the person, and their writes."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, cast

from sqlalchemy import Table, select, update

from xuequ.core.bulk import insert_new
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.staff import Certificate, Employment, Placement, Staff, Standing
from xuequ.registry.models.teaching import Teaching
from xuequ.registry.repository.basis import AnyRow, AnySelect, same
from xuequ.registry.repository.timelines import TimelineRows


class StaffRows(TimelineRows):
    """Records of staff of one scope.

    The row of a member of staff is the lock of all their spans: whoever changes an employment, a
    placement, a standing or a teaching holds it, in the order of ids. It is held against writers and not
    against rows that merely refer to it.
    """

    def lock(self, staff_ids: Collection[int]) -> Sequence[AnyRow]:
        """Lock members of staff of the scope."""
        return self._locked(self.here(self._staff(staff_ids), Staff))

    def lock_in_county(self, staff_ids: Collection[int]) -> Sequence[AnyRow]:
        """Lock members of staff of the county, who may work in this district and belong to another."""
        return self._locked(self._staff(staff_ids).where(Staff.county_id == self.scope.county_id))

    def lock_all(self) -> None:
        """Lock every member of staff of the scope."""
        self._locked(self.here(select(Staff.id), Staff))

    def schools_of(self, staff_ids: Collection[int]) -> set[int]:
        """Return the schools that have employed some people, or where they have worked.

        Whoever locks the people holds them first.
        """
        found: set[int] = set()
        for model in (Employment, Placement):
            mine = (model.county_id == self.scope.county_id, model.staff_id.in_(staff_ids))
            query = select(model.school_id).where(*mine, model.school_id.is_not(None)).distinct()
            found.update(row.school_id for row in self.session.execute(query))
        return found

    def _staff(self, staff_ids: Collection[int]) -> AnySelect:
        return select(Staff.id, Staff.staff_no, Staff.district_id).where(Staff.id.in_(staff_ids))

    def _locked(self, query: AnySelect) -> Sequence[AnyRow]:
        query = query.order_by(Staff.id).with_for_update(key_share=True)
        return self.session.execute(query).all()

    # what there is

    def known(self, staff_id: int) -> AnyRow | None:
        """Return a member of staff of the scope with the number."""
        return self.session.execute(self.here(self._staff([staff_id]), Staff)).one_or_none()

    def birth_date(self, staff_id: int) -> Any:
        """Return when somebody was born, None where it is not recorded."""
        query = select(Person.birth_date).join(Staff, same(Person, Staff.person_id, Staff))
        return self.session.scalar(query.where(Staff.county_id == self.scope.county_id, Staff.id == staff_id))

    def sites(self, school_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return schools of the scope with their district and name."""
        query = select(School.id, School.district_id, School.name).where(School.id.in_(school_ids))
        return self.session.execute(self.here(query, School)).all()

    def owner(
        self, model: type[Employment] | type[Placement] | type[Standing] | type[Certificate], row_id: int
    ) -> int | None:
        """Return the member of staff of the scope to whom a row belongs."""
        query = select(Staff.id).join(model, same(Staff, model.staff_id, model)).where(model.id == row_id)
        return self.session.scalar(self.here(query, Staff))

    # whole records

    def everybody(self) -> Sequence[AnyRow]:
        """Return every member of staff of the scope."""
        query = select(Staff.id, Staff.staff_no)
        return self.session.execute(self.here(query, Staff).order_by(Staff.id)).all()

    def employments(self, staff_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return every employment of some people, in the order of days, with the school."""
        return self._spans(Employment, staff_ids)

    def placements(self, staff_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return every placement of some people, in the order of days, with the school."""
        return self._spans(Placement, staff_ids)

    def _spans(
        self, model: type[Employment] | type[Placement], staff_ids: Collection[int]
    ) -> Sequence[AnyRow]:
        query = (
            select(model.__table__, School.name.label("school"), School.district_id.label("school_district"))
            .outerjoin(School, same(School, model.school_id, model))
            .where(model.county_id == self.scope.county_id, model.staff_id.in_(staff_ids))
            .order_by(model.staff_id, model.since)
        )
        return self.session.execute(query).all()

    def teachings(self, staff_ids: Collection[int]) -> Sequence[AnyRow]:
        """Return everything that some people teach or taught, in the order of days, with the class."""
        named = (SchoolClass.stage, SchoolClass.entry_year, SchoolClass.number)
        query = (
            select(Teaching.__table__, *named)
            .join(SchoolClass, same(SchoolClass, Teaching.class_id, Teaching))
            .where(Teaching.county_id == self.scope.county_id, Teaching.staff_id.in_(staff_ids))
            .order_by(Teaching.staff_id, Teaching.since, Teaching.id)
        )
        return self.session.execute(query).all()

    # writes

    def add_staff(self, values: dict[str, Any]) -> bool:
        """Insert a member of staff unless the county has the number; tell whether it did."""
        row = {"county_id": self.scope.county_id, **values}
        return bool(insert_new(self.session, cast("Table", Staff.__table__), [row]))

    def move_to_district(self, staff_id: int, district_id: int | None) -> None:
        """Let a member of staff belong to the district of the last employer."""
        here = (Staff.county_id == self.scope.county_id, Staff.id == staff_id)
        self.session.execute(update(Staff).where(*here).values(district_id=district_id))
