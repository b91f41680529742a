"""Who may do what with the ledgers of safety."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS

_KEEPERS = (*LEADERS, Post.SCHOOL_HEAD)

RECORD_DRILL = action("leadership.record_drill", "登记演练", _KEEPERS)
REPORT_HAZARD = action("leadership.report_hazard", "上报隐患", (*_KEEPERS, Post.TEACHER))
RECTIFY_HAZARD = action("leadership.rectify_hazard", "登记隐患整改", (*_KEEPERS, Post.TEACHER))
VERIFY_HAZARD = action("leadership.verify_hazard", "验收隐患整改", _KEEPERS)
VIEW_SAFETY = action("leadership.view_safety", "查看演练与隐患台账", (*_KEEPERS, Post.TEACHER))
