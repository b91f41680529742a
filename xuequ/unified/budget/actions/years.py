"""Who may do what with the budget of a year."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.unified.budget.actions.ledger import HOLDERS

_OFFICE = (Post.PRINCIPAL, Post.ACCOUNTANT)

ADD_PROJECT = action("budget.add_project", "设立经费项目", _OFFICE)
ADOPT_BUDGET = action("budget.adopt", "补录预算批复", _OFFICE)
BEGIN_BUDGET = action("budget.begin", "开始编制预算", _OFFICE)
DRAFT_BUDGET = action("budget.draft", "编制预算草案", HOLDERS)
DELIBERATE_BUDGET = action("budget.deliberate", "登记校务委员会审议预算", _OFFICE)
PROPOSE_BUDGET = action("budget.propose", "上报预算建议数", _OFFICE)
RECEIVE_CONTROL = action("budget.receive_control", "登记预算控制数", _OFFICE)
SUBMIT_BUDGET = action("budget.submit", "上报预算草案", _OFFICE)
RETURN_BUDGET = action("budget.return", "登记预算退回修改", _OFFICE)
APPROVE_BUDGET = action("budget.approve", "登记预算批复", (*_OFFICE, Post.BUREAU_OFFICER))
ALLOT_PROVISIONALLY = action("budget.allot_provisionally", "批复前安排支出", _OFFICE)
OPEN_BALANCES = action("budget.open_balances", "登记期初余额", (Post.ACCOUNTANT,))
VIEW_BUDGET = action("budget.view", "查看预算", (*HOLDERS, Post.CASHIER, Post.BUREAU_OFFICER))
