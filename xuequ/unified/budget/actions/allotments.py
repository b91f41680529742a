"""Who may allot 公用经费, and release what is for training and activities."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.unified.budget.actions.ledger import HOLDERS

_OFFICE = (Post.PRINCIPAL, Post.ACCOUNTANT)

VIEW_ALLOTMENTS = action(
    "budget.view_allotments", "查看公用经费核定", (*HOLDERS, Post.CASHIER, Post.BUREAU_OFFICER)
)
ADOPT_ALLOTMENT = action("budget.adopt_allotment", "核定公用经费", _OFFICE)
RELEASE_ENVELOPE = action("budget.release_envelope", "核拨师训、文体活动经费", _OFFICE)
GIVE_BACK = action("budget.give_back_release", "交回核拨余款", _OFFICE)
VOID_RELEASE = action("budget.void_release", "作废核拨单", _OFFICE)
