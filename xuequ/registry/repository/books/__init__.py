"""Questions of the workbooks: ids by the codes and numbers that people know, and what is there by them."""

from __future__ import annotations

from sqlalchemy import select

from xuequ.core.plan import State
from xuequ.registry.models.places import School
from xuequ.registry.models.premises import Land, LandHolding
from xuequ.registry.repository.basis import Rows, owns, same
from xuequ.registry.states.premises import LandUse


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

    def land_state(self) -> State:
        """Return the parcels that schools of the district have, by school and name."""
        query = (
            select(School.code, Land.name, Land.area, Land.use, Land.certificate, LandHolding.since)
            .join(LandHolding, owns(LandHolding, LandHolding.land_id, Land))
            .join(School, same(School, LandHolding.school_id, LandHolding))
            .where(LandHolding.until.is_(None))
            .order_by(School.code, Land.id)
        )
        return {
            (row.code, row.name): {
                "area": row.area,
                "use": LandUse(row.use),
                "certificate": row.certificate,
                "since": row.since,
            }
            for row in self.session.execute(self.here(query, LandHolding))
        }
