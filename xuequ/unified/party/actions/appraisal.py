"""Who may do what with 民主评议 and 整改."""

from __future__ import annotations

from xuequ.core.access import action
from xuequ.unified.party.actions.meetings import HOLDERS

APPRAISE_MEMBERS = action("party.appraise_members", "组织民主评议党员", HOLDERS)
VIEW_APPRAISALS = action("party.view_appraisals", "查看民主评议结果", HOLDERS)
RECORD_RECTIFICATION = action("party.record_rectification", "登记批评意见和整改事项", HOLDERS)
VIEW_RECTIFICATION = action("party.view_rectification", "查看整改清单", HOLDERS)
