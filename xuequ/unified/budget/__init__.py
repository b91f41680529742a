"""③ 统一经费预算与管理: budget lines, and the guarded ledger of what is reserved, committed and paid on them.

“学区为预算编制和经费管理单位，设有会计、出纳。年初，学区统一编制预算，统一核拨师训经费、文体活动经费，
所辖各校的日常零星支出报销由总务处组织实施。”
"""

from typing import TYPE_CHECKING

from xuequ.core.lazy import lazy_names

if TYPE_CHECKING:
    from xuequ.unified.budget.schemas.ledger import EntryView, LineView, Posting
    from xuequ.unified.budget.service import BudgetService

__all__ = ["BudgetService", "EntryView", "LineView", "Posting"]

_SCHEMAS = ("EntryView", "LineView", "Posting")

__getattr__, __dir__ = lazy_names(
    __name__,
    {
        **dict.fromkeys(_SCHEMAS, "xuequ.unified.budget.schemas.ledger"),
        "BudgetService": "xuequ.unified.budget.service",
    },
)
