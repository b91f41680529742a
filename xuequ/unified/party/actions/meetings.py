"""Who may do what with the branch's life: a room of its own, which the schools' posts do not reach."""

from __future__ import annotations

from xuequ.core.access import Post, action

HOLDERS = (Post.PARTY_SECRETARY, Post.PARTY_COMMISSIONER)
SEERS = (*HOLDERS, Post.PARTY_GROUP_LEADER)

RECORD_MEETINGS = action("party.record_meetings", "登记组织生活", HOLDERS)
VOID_MEETING = action("party.void_meeting", "作废组织生活记录", (Post.PARTY_SECRETARY,))
VIEW_MEETINGS = action("party.view_meetings", "查看组织生活", SEERS)
VIEW_ALARMS = action("party.view_alarms", "查看党员缺席预警", HOLDERS)
