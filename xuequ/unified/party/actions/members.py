"""Who may do what with the branch and its members: a room with its own key.

Neither the principal nor the bureau's officers hold it; a group's leader sees the own group, and every
member what is on record of themself.
"""

from __future__ import annotations

from xuequ.core.access import Post, action

SECRETARY = (Post.PARTY_SECRETARY,)
COMMITTEE = (Post.PARTY_SECRETARY, Post.PARTY_COMMISSIONER)

FOUND_BRANCH = action("party.found_branch", "登记党支部", SECRETARY)
FORM_GROUPS = action("party.form_groups", "编党小组", COMMITTEE)
FOLLOW_PLACEMENT = action("party.follow_placement", "随任教学校调整党小组", COMMITTEE)
SEAT_COMMITTEE = action("party.seat_committee", "登记支部委员会", SECRETARY)
ENTER_MEMBERS = action("party.enter_members", "补录党员", COMMITTEE)
CHANGE_MEMBERSHIP = action("party.change_membership", "办理党籍变动", COMMITTEE)
TRANSFER_MEMBERS = action("party.transfer_members", "转接组织关系", COMMITTEE)
VIEW_BRANCH = action("party.view_branch", "查看党支部", COMMITTEE)
VIEW_MEMBERS = action("party.view_members", "查看党员花名册", COMMITTEE)
VIEW_GROUP = action("party.view_group", "查看本组党员", (*COMMITTEE, Post.PARTY_GROUP_LEADER))
VIEW_OWN = action("party.view_own", "查看本人党员信息", tuple(Post))
