"""Use cases of the budget."""

from __future__ import annotations

from functools import cached_property

from xuequ.core.context import Service
from xuequ.unified.budget.service.adjustments import AdjustmentService
from xuequ.unified.budget.service.allotments import AllotmentService
from xuequ.unified.budget.service.books import BookService
from xuequ.unified.budget.service.claims import ClaimService
from xuequ.unified.budget.service.closing import ClosingService
from xuequ.unified.budget.service.control import ControlService
from xuequ.unified.budget.service.council import CouncilService
from xuequ.unified.budget.service.ledger import LedgerService
from xuequ.unified.budget.service.projects import ProjectService
from xuequ.unified.budget.service.purchases import PurchaseService
from xuequ.unified.budget.service.stock import StockService
from xuequ.unified.budget.service.years import YearService

__all__ = ["BudgetService"]


class BudgetService(Service):
    """The topics of the budget, each a service of its own."""

    @cached_property
    def adjustments(self) -> AdjustmentService:
        """Adjustments of the budget, and the splitting of lines."""
        return AdjustmentService(self.context)

    @cached_property
    def allotments(self) -> AllotmentService:
        """What each school gets of 公用经费, and what is released for training and activities."""
        return AllotmentService(self.context)

    @cached_property
    def books(self) -> BookService:
        """Workbooks of the budget."""
        return BookService(self.context)

    @cached_property
    def claims(self) -> ClaimService:
        """Claims 零星支出报销, from the draft to the archive."""
        return ClaimService(self.context)

    @cached_property
    def closing(self) -> ClosingService:
        """The year's end: what is carried over, and what is surplus."""
        return ClosingService(self.context)

    @cached_property
    def control(self) -> ControlService:
        """Execution of the budget, open commitments, and overspending that was allowed."""
        return ControlService(self.context)

    @cached_property
    def council(self) -> CouncilService:
        """Decisions of the school council, and what they cover."""
        return CouncilService(self.context)

    @cached_property
    def ledger(self) -> LedgerService:
        """Lines with what is available on them, and the entries that move money."""
        return LedgerService(self.context)

    @cached_property
    def projects(self) -> ProjectService:
        """Projects: what a pot of money is for."""
        return ProjectService(self.context)

    @cached_property
    def purchases(self) -> PurchaseService:
        """Purchases, from the request to the acceptance."""
        return PurchaseService(self.context)

    @cached_property
    def stock(self) -> StockService:
        """Office goods in stock."""
        return StockService(self.context)

    @cached_property
    def years(self) -> YearService:
        """The budget of a year, two up and two down."""
        return YearService(self.context)
