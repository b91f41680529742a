"""What every sheet of the budget says at its head."""

from __future__ import annotations

from sqlalchemy import select

from xuequ.registry.models.places import District
from xuequ.unified.budget.repository.ledger import BudgetRepository


class SheetRows(BudgetRepository):
    """Questions to the budget for documents."""

    def district_name(self) -> str:
        """Return the district's name."""
        here = (District.county_id == self.scope.county_id, District.id == self.district_id)
        return str(self.session.scalars(select(District.name).where(*here)).one())
