"""Use cases of the budget."""

from __future__ import annotations

from functools import cached_property

from xuequ.core.context import Service
from xuequ.unified.budget.service.adjustments import AdjustmentService
from xuequ.unified.budget.service.closing import ClosingService
from xuequ.unified.budget.service.ledger import LedgerService
from xuequ.unified.budget.service.projects import ProjectService
from xuequ.unified.budget.service.years import YearService

__all__ = ["BudgetService"]


class BudgetService(Service):
    """The topics of the budget, each a service of its own."""

    @cached_property
    def adjustments(self) -> AdjustmentService:
        """Adjustments of an approved budget."""
        return AdjustmentService(self.context)

    @cached_property
    def closing(self) -> ClosingService:
        """The close of a year, and what it carries over."""
        return ClosingService(self.context)

    @cached_property
    def ledger(self) -> LedgerService:
        """Lines with what is available on them, and the entries that move money."""
        return LedgerService(self.context)

    @cached_property
    def projects(self) -> ProjectService:
        """Projects: what a pot of money is for."""
        return ProjectService(self.context)

    @cached_property
    def years(self) -> YearService:
        """The budget of a year."""
        return YearService(self.context)
