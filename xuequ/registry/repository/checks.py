"""Questions of the data checks: what no constraint can say, and what came in past them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Table, and_, or_, select
from sqlalchemy.orm import aliased

from xuequ.core.tables import Base
from xuequ.registry.models.classes import SchoolClass
from xuequ.registry.models.people import Person
from xuequ.registry.models.places import School
from xuequ.registry.models.pupils import Enrolment
from xuequ.registry.models.staff import Placement
from xuequ.registry.repository.basis import AnyRow, AnySelect, Rows, same

PERSON = "xq_registry_person"


def _meets(one: Any, other: Any) -> Any:
    return and_(
        or_(one.until.is_(None), other.since < one.until),
        or_(other.until.is_(None), one.since < other.until),
    )


class CheckRows(Rows):
    """Rows that should not be."""

    def _found(self, query: AnySelect, model: Any) -> Sequence[AnyRow]:
        return self.session.execute(self.here(query, model).order_by(model.id)).all()

    def overlapping(self, model: type[Placement] | type[Enrolment], owner: str) -> Sequence[AnyRow]:
        """Return spans of one owner that share a day with an earlier one."""
        one, other = aliased(model), aliased(model)
        whose, theirs = getattr(one, owner), getattr(other, owner)
        query: AnySelect = select(one.id, whose.label("owner"), other.id.label("other")).join(
            other,
            and_(other.county_id == one.county_id, theirs == whose, other.id < one.id, _meets(one, other)),
        )
        return self._found(query, one)

    def enrolled_elsewhere(self) -> Sequence[AnyRow]:
        """Return enrolments whose school is not their class's."""
        query = select(Enrolment.id, Enrolment.pupil_id).join(
            SchoolClass, same(SchoolClass, Enrolment.class_id, Enrolment)
        )
        return self._found(query.where(SchoolClass.school_id != Enrolment.school_id), Enrolment)

    def persons_without_roles(self) -> Sequence[AnyRow]:
        """Return persons whom no row of any table names; they belong to the county as a whole."""
        named = [
            ~select(table.c.county_id)
            .where(table.c.county_id == Person.county_id, table.c[name] == Person.id)
            .correlate(Person)
            .exists()
            for table, name in _references(PERSON)
        ]
        query = select(Person.id).where(Person.county_id == self.scope.county_id, *named)
        return self.session.execute(query.order_by(Person.id)).all()

    def of_another_district_than_their_school(self) -> Iterator[tuple[str, AnyRow]]:
        """Return rows of every table that name a school and another district than the school's."""
        for table in _with_district_and_school():
            here = and_(School.county_id == table.c.county_id, School.id == table.c.school_id)
            query = (
                select(table.c.id, table.c.district_id, School.district_id.label("of_school"))
                .join(School, here)
                .where(table.c.county_id == self.scope.county_id)
                .where(table.c.district_id.is_distinct_from(School.district_id))
            )
            if self.scope.district_id is not None:
                query = query.where(table.c.district_id == self.scope.district_id)
            for row in self.session.execute(query.order_by(table.c.id)):
                yield table.name, row


def _references(target: str) -> Iterator[tuple[Table, str]]:
    """Walk the columns that point to a table, but for those of the table itself."""
    for table in Base.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            if key.referred_table.name == target and table.name != target:
                yield table, key.column_keys[-1]


def _with_district_and_school() -> Iterator[Table]:
    """Walk the registry's tables whose rows say both their district and their school."""
    for table in Base.metadata.sorted_tables:
        pointed = {key.referred_table.name: key.column_keys[-1] for key in table.foreign_key_constraints}
        if table.name.startswith("xq_registry_") and (
            pointed.get("xq_registry_school") == "school_id"
            and pointed.get("xq_registry_district") == "district_id"
        ):
            yield table
