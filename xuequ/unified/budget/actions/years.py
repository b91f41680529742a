"""Who may do what with the budget of a year."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.unified.budget.actions.ledger import HOLDERS

ADD_PROJECT = action("budget.add_project", "设立经费项目", (Post.PRINCIPAL, Post.ACCOUNTANT))
ADOPT_BUDGET = action("budget.adopt", "补录预算批复", (Post.PRINCIPAL, Post.ACCOUNTANT))
VIEW_BUDGET = action("budget.view", "查看预算", (*HOLDERS, Post.CASHIER, Post.BUREAU_OFFICER))
