"""Who may override control of the budget, and look at how it is executed.

Which of these posts may override is the district's to say (``budget.control.override_posts``); whoever
keeps the books or pays is not among them.
"""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.unified.budget.actions.ledger import HOLDERS

OVERRIDE = action(
    "budget.override",
    "批准超预算",
    (Post.BUREAU_OFFICER, Post.PRINCIPAL, Post.PARTY_SECRETARY, Post.GENERAL_AFFAIRS_DIRECTOR),
)
VIEW_EXECUTION = action(
    "budget.view_execution", "查看预算执行", (*HOLDERS, Post.CASHIER, Post.AUDITOR, Post.BUREAU_OFFICER)
)
