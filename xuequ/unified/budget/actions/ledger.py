"""Who may do what with the budget; what a flow does is allowed with its cause.

The accountant keeps the ledger, so every entry is among the accountant's; whether the same person may do
two of them in turn is for the rules of claims.
"""

from __future__ import annotations

from xuequ.core.access import Post, action

HOLDERS = (Post.PRINCIPAL, Post.GENERAL_AFFAIRS_DIRECTOR, Post.ACCOUNTANT)

RESERVE_FUNDS = action("budget.reserve_funds", "预留经费", HOLDERS)
COMMIT_FUNDS = action("budget.commit_funds", "占用经费", HOLDERS)
RELEASE_FUNDS = action("budget.release", "释放经费", HOLDERS)
PAY = action("budget.pay", "支付经费", (Post.CASHIER, Post.ACCOUNTANT))
REFUND = action("budget.refund", "退回经费", (Post.CASHIER, Post.ACCOUNTANT))
POST_MANY = action("budget.post_many", "批量记账", (Post.ACCOUNTANT,))
VIEW_LINE = action("budget.view_line", "查看预算项目", (*HOLDERS, Post.CASHIER, Post.SCHOOL_HEAD))
