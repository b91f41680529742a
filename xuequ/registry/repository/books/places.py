"""Questions of the workbooks of schools, and of townships and villages."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from sqlalchemy import select

from xuequ.registry.models.places import School, SchoolVillage, Village, VillageCount
from xuequ.registry.repository.basis import AnyRow, same
from xuequ.registry.repository.places import FACTS, PlaceRows


class PlaceBookRows(PlaceRows):
    """Schools and villages as a file calls them."""

    def own_schools(self) -> Sequence[AnyRow]:
        """Return the schools of the door's place by code, open and closed.

        At a county's door these are the schools outside any district, whose codes are theirs alone.
        """
        query = select(*FACTS, School.identifier).where(
            School.county_id == self.scope.county_id,
            School.district_id.is_not_distinct_from(self.scope.district_id),
        )
        return self.session.execute(query.order_by(School.code)).all()

    def counts(self) -> Sequence[AnyRow]:
        """Return the figures of the scope's villages that hold: of one day the last edition."""
        key = (Village.code, VillageCount.measure, VillageCount.as_of)
        query = (
            select(*key, VillageCount.value, VillageCount.source)
            .join(Village, same(Village, VillageCount.village_id, VillageCount))
            .order_by(*key, VillageCount.edition)
        )
        rows = self.session.execute(self.here(query, Village))
        return [list(some)[-1] for _, some in groupby(rows, lambda row: (row.code, row.measure, row.as_of))]

    def served(self) -> Sequence[AnyRow]:
        """Return which school of the district serves, or served, which village, the oldest first.

        Raises:
            DistrictNeeded: at a county's door, where a code does not tell schools apart.
        """
        _ = self.district_id
        columns = (School.code.label("school"), Village.code.label("village"))
        query = (
            select(*columns, SchoolVillage.since, SchoolVillage.until)
            .join(School, same(School, SchoolVillage.school_id, SchoolVillage))
            .join(Village, same(Village, SchoolVillage.village_id, SchoolVillage))
        )
        here = self.here(query, School).order_by(School.code, Village.code, SchoolVillage.since)
        return self.session.execute(here).all()
