"""Who may do what with study."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.unified.party.actions.meetings import HOLDERS, SEERS

RECORD_STUDY = action("party.record_study", "登记党员学习", HOLDERS)
VIEW_STUDY = action("party.view_study", "查看党员学习", SEERS)
PLAN_LESSONS = action("party.plan_lessons", "安排《党章》进课堂", (*HOLDERS, Post.ACADEMIC_DIRECTOR))
VIEW_LESSONS = action(
    "party.view_lessons", "查看《党章》进课堂", (*SEERS, Post.PRINCIPAL, Post.ACADEMIC_DIRECTOR)
)
