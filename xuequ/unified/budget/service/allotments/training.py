"""The training check 师训经费检查: what is planned and paid for teachers' training."""

from __future__ import annotations

from xuequ.core.context import Service, reading
from xuequ.core.money import Money
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.budget.actions.allotments import VIEW_ALLOTMENTS
from xuequ.unified.budget.repository.allotments import AllotmentRows
from xuequ.unified.budget.rules.training import (
    OPERATING,
    Share,
    Spending,
    is_training,
    training_codes,
    training_shares,
)
from xuequ.unified.budget.schemas.allotments import (
    TrainingCheckView,
    TrainingLineView,
    TrainingShareView,
)
from xuequ.unified.budget.states.ledger import Purse


class TrainingCheck(Service):
    """Whether teachers' training gets its share of 公用经费."""

    @reading(VIEW_ALLOTMENTS)
    def training_check(self, year: int) -> TrainingCheckView:
        """Compare what is planned and what was paid for training with the year's 公用经费 budget.

        The budget is what was approved or provided for the year and adjusted; what was carried in from
        another year is not of it. What falls short is flagged and blocks nothing.
        """
        rows = AllotmentRows(self.context.session, self.context.scope, self.context.place)
        lines = rows.spending(year, OPERATING)
        spent = [_spending(row) for row in lines]
        planned, paid = training_shares(spent, year, self.context.standards)
        codes = training_codes(year, self.context.standards)
        return TrainingCheckView(
            year=year,
            as_of=self.context.today,
            shares=(_share("安排", planned), _share("执行", paid)),
            lines=tuple(
                _line(row, one)
                for row, one in zip(lines, spent, strict=True)
                if is_training(one.purse, one.economic, codes)
            ),
        )


def _spending(row: AnyRow) -> Spending:
    return Spending(
        purse=Purse(row.purse),
        economic=row.economic,
        planned=row.approved + row.provisional + row.adjusted,
        paid=row.paid,
    )


def _share(what: str, share: Share) -> TrainingShareView:
    least = share.least_amount
    return TrainingShareView(
        what=what,
        amount=share.amount,
        whole=share.whole,
        percent=share.percent,
        least_percent=Share(least, share.whole, share.least).percent,
        least=least,
        short=max(least - share.amount, Money(0)),
        verdict="达到" if share.enough else "不足",
        flagged=not share.enough,
    )


def _line(row: AnyRow, spending: Spending) -> TrainingLineView:
    return TrainingLineView(
        name=row.name,
        purse=spending.purse,
        economic=spending.economic,
        planned=spending.planned,
        held=row.reserved + row.committed,
        paid=spending.paid,
    )
