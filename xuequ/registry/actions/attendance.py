"""Who may do what with attendance."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS, OFFICE

CALL_ROLL = action("registry.call_roll", "点名", (*OFFICE, Post.SCHOOL_HEAD, Post.TEACHER))

CORRECT_ROLL = action("registry.correct_roll", "更正点名", (*OFFICE, Post.SCHOOL_HEAD))

VIEW_ROLLS = action("registry.view_rolls", "查看点名", (*LEADERS, Post.SCHOOL_HEAD, Post.TEACHER))

VIEW_PRESENT = action(
    "registry.view_present",
    "查看到校人数",
    (*LEADERS, Post.SCHOOL_HEAD, Post.TEACHER, Post.NUTRITION_ACCOUNTANT, Post.KEEPER),
)

WATCH_DROPOUT = action("registry.watch_dropout", "查看控辍预警", (*LEADERS, Post.SCHOOL_HEAD))

CALL_STAFF_ROLL = action("registry.call_staff_roll", "教职工考勤", (*OFFICE, Post.SCHOOL_HEAD))

VIEW_STAFF_ROLLS = action("registry.view_staff_rolls", "查看教职工考勤", (*LEADERS, Post.SCHOOL_HEAD))
