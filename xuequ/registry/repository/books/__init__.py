"""Questions of the workbooks: ids by the codes and numbers that people know, and what is there by them."""

from __future__ import annotations

from sqlalchemy import select

from xuequ.registry.models.places import School
from xuequ.registry.repository.basis import Rows


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
