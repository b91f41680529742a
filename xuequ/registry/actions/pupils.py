"""Who may do what with pupils."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.registry.actions.groups import LEADERS, OFFICE

VIEW_PUPIL = action("registry.view_pupil", "查看学生", (*LEADERS, Post.SCHOOL_HEAD, Post.TEACHER))

ADMIT_PUPILS = action("registry.admit_pupils", "办理招生入学", (*OFFICE, Post.SCHOOL_HEAD))

RECORD_MOVES = action("registry.record_moves", "办理学籍异动", (*OFFICE, Post.SCHOOL_HEAD))

TRANSFER_PUPIL = action("registry.transfer_pupil", "办理转学", (*OFFICE, Post.SCHOOL_HEAD))

RECORD_CIRCUMSTANCES = action("registry.record_circumstances", "登记学生情况", (*OFFICE, Post.SCHOOL_HEAD))

REVEAL_CIRCUMSTANCES = action(
    "registry.reveal_circumstances",
    "查看学生情况的保密内容",
    (Post.PRINCIPAL, Post.ACADEMIC_DIRECTOR, Post.SCHOOL_HEAD),
)
