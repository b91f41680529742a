"""Who may do what with votes."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.unified.party.actions.meetings import HOLDERS

RECORD_VOTES = action("party.record_votes", "登记表决结果", HOLDERS)
VOID_VOTE = action("party.void_vote", "作废表决记录", (Post.PARTY_SECRETARY,))
VIEW_VOTES = action("party.view_votes", "查看表决结果", HOLDERS)
