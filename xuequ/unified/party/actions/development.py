"""Who may do what with development cases."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import EVERY_POST
from xuequ.unified.party.actions.books import HOLDERS

OPEN_CASE = action("party.open_development", "接收入党申请", HOLDERS)

RECORD_STEP = action("party.record_development", "记录发展党员步骤", HOLDERS)

CORRECT_STEP = action("party.correct_development", "作废发展党员步骤", (Post.PARTY_SECRETARY,))

TAKE_OVER = action("party.take_over_development", "补录在办发展工作", (Post.PARTY_SECRETARY,))

VIEW_CASES = action("party.view_development", "查看发展党员工作", HOLDERS)

VIEW_OWN_CASE = action("party.view_own_development", "查看本人入党进度", EVERY_POST)
