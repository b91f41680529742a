"""Every query of the registry: one question a method."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, cast

from sqlalchemy import Table, delete, exists, select, tuple_, update
from sqlalchemy.orm import aliased

from xuequ.core.bulk import bulk_load
from xuequ.core.tables import Base
from xuequ.registry.models.figures import Figure
from xuequ.registry.models.places import District, School
from xuequ.registry.models.pupils import Enrolment, PupilStatus
from xuequ.registry.models.staff import Standing
from xuequ.registry.repository.basis import AnyRow, add_county, county_exists, find_scope
from xuequ.registry.repository.states import StateRows

__all__ = ["AnyRow", "RegistryRepository", "add_county", "county_exists", "find_scope"]


class RegistryRepository(StateRows):
    """Questions to the registry's tables within one scope, and what writes them."""

    def add_district(self, code: str, name: str, opened_on: date | None) -> int:
        """Insert a district; return its id."""
        district = District(county_id=self.scope.county_id, code=code, name=name, opened_on=opened_on)
        self.session.add(district)
        self.session.flush()
        return district.id

    def lock_district(self) -> None:
        """Make other set-ups of this district wait until the transaction ends."""
        query = select(District.id).where(
            District.county_id == self.scope.county_id, District.id == self.district_id
        )
        self.session.execute(query.with_for_update(key_share=True)).one()

    def lock_schools(self) -> None:
        """Make whoever gives something to a school of the district, or dissolves its classes, wait."""
        query = self.here(select(School.id), School).order_by(School.id)
        self.session.execute(query.with_for_update(key_share=True)).all()

    def load(self, model: type[Base], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
        """Insert many rows of one table."""
        table = cast("Table", model.__table__)
        return bulk_load(self.session.connection(), table, columns, rows)

    def change(self, model: type[Base], row_id: int, values: dict[str, Any]) -> None:
        """Change fields of one row."""
        keyed: Any = model
        condition = tuple_(keyed.county_id, keyed.id) == (self.scope.county_id, row_id)
        self.session.execute(update(model).where(condition).values(values))

    def begin_standings_earlier(self, staff_id: int, was: date, since: date) -> None:
        """Let what somebody holds since the first day of service hold since an earlier one.

        What was held before that day stays as it is.
        """
        other = aliased(Standing)
        before = exists().where(
            other.county_id == Standing.county_id,
            other.staff_id == Standing.staff_id,
            other.kind == Standing.kind,
            other.since < was,
        )
        begun = (
            Standing.county_id == self.scope.county_id,
            Standing.staff_id == staff_id,
            Standing.since == was,
            ~before,
        )
        self.session.execute(update(Standing).where(*begun).values(since=since))

    def stretch(
        self, model: type[Enrolment] | type[PupilStatus], pupil_id: int, was: date, until: date
    ) -> None:
        """Let the span of a pupil that ended on a day go on until a later one."""
        ended = (
            model.county_id == self.scope.county_id,
            model.pupil_id == pupil_id,
            model.until == was,
            model.until < until,
        )
        self.session.execute(update(model).where(*ended).values(until=until))

    def remove(self, model: type[Base], row_id: int) -> None:
        """Delete one row that says nothing any more: a span that another of the same day replaces."""
        keyed: Any = model
        condition = tuple_(keyed.county_id, keyed.id) == (self.scope.county_id, row_id)
        self.session.execute(delete(model).where(condition))

    def attach_preschool(self, school_ids: Sequence[int]) -> None:
        """Note that schools have an attached preschool class."""
        if school_ids:
            here = (School.county_id == self.scope.county_id, School.id.in_(school_ids))
            self.session.execute(update(School).where(*here).values(preschool_attached=True))

    def change_figure(self, school_id: int, measure: str, as_of: date, value: Decimal) -> None:
        """Change the figure of a school that was recorded for a day."""
        same = (
            Figure.county_id == self.scope.county_id,
            Figure.school_id == school_id,
            Figure.measure == measure,
            Figure.as_of == as_of,
        )
        self.session.execute(update(Figure).where(*same).values(value=value))
