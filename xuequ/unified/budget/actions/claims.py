"""Who may do what with claims; who approves which amount is the district's table of bands."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.unified.budget.states.claims import APPROVERS

_DRAFTERS = (*APPROVERS, Post.ACCOUNTANT, Post.BUYER, Post.KEEPER, Post.TEACHER)
_CHECKERS = (Post.GENERAL_AFFAIRS_DIRECTOR, Post.AUDITOR)

DRAFT_CLAIM = action("budget.draft_claim", "填写报销单", _DRAFTERS)
SUBMIT_CLAIM = action("budget.submit_claim", "提交报销单", (*APPROVERS, Post.BUYER))
ACCEPT_GOODS = action("budget.accept_goods", "验收", (*APPROVERS, Post.KEEPER, Post.TEACHER))
CHECK_CLAIM = action("budget.check_claim", "审核报销单", _CHECKERS)
APPROVE_CLAIM = action("budget.approve_claim", "审批报销单", APPROVERS)
PAY_CLAIM = action("budget.pay_claim", "支付报销款", (Post.CASHIER,))
POST_CLAIM = action("budget.post_claim", "报销单入账", (Post.ACCOUNTANT,))
ARCHIVE_CLAIM = action("budget.archive_claim", "报销单归档", (Post.ACCOUNTANT, Post.ARCHIVIST))
RETURN_CLAIM = action("budget.return_claim", "退回报销单", (*APPROVERS, Post.AUDITOR, Post.ACCOUNTANT))
VIEW_CLAIM = action(
    "budget.view_claim", "查看报销单", (*_DRAFTERS, Post.AUDITOR, Post.ARCHIVIST, Post.CASHIER)
)
VIEW_CLAIMS = action(
    "budget.view_claims", "查看报销单列表", (*APPROVERS, Post.ACCOUNTANT, Post.AUDITOR, Post.CASHIER)
)
