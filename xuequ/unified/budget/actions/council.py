"""Who may do what with the council and its decisions."""

from __future__ import annotations

from xuequ.core.access import Post, action
from xuequ.unified.budget.actions.ledger import HOLDERS

SEAT_COUNCIL = action("budget.seat_council", "登记校务委员会成员", (Post.PRINCIPAL,))
CONVENE_COUNCIL = action(
    "budget.convene_council", "召集校务委员会会议", (Post.PRINCIPAL, Post.GENERAL_AFFAIRS_DIRECTOR)
)
RECORD_DECISIONS = action(
    "budget.record_decisions", "登记校务委员会决议", (Post.PRINCIPAL, Post.GENERAL_AFFAIRS_DIRECTOR)
)
SIGN_MINUTES = action("budget.sign_minutes", "签署校务委员会会议纪要", (Post.PRINCIPAL,))
VOID_COUNCIL_MEETING = action("budget.void_council_meeting", "作废校务委员会会议", (Post.PRINCIPAL,))
RECORD_EMERGENCY = action(
    "budget.record_emergency",
    "登记校舍应急抢修",
    (Post.PRINCIPAL, Post.GENERAL_AFFAIRS_DIRECTOR, Post.SCHOOL_HEAD),
)
VIEW_DECISIONS = action(
    "budget.view_decisions",
    "查看校务委员会决议",
    (*HOLDERS, Post.CASHIER, Post.BUYER, Post.AUDITOR, Post.PARTY_SECRETARY, Post.BUREAU_OFFICER),
)
