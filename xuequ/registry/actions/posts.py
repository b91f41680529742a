"""Who may do what with posts."""

from __future__ import annotations

from xuequ.core.access import Action, Post, action
from xuequ.registry.actions.groups import EVERY_POST, LEADERS

APPOINT = action("registry.appoint", "任免学区岗位", (Post.BUREAU_OFFICER, Post.PRINCIPAL))

APPOINT_LEADER = action("registry.appoint_leader", "任免学区校长、支部书记", [Post.BUREAU_OFFICER])

APPOINT_PARTY = action("registry.appoint_party", "任免支部委员、党小组组长", [Post.PARTY_SECRETARY])

APPOINT_OFFICER = action("registry.appoint_officer", "任免教育局管理人员", [Post.BUREAU_OFFICER])

DELEGATE = action(
    "registry.delegate_powers", "授权代行职责", [post for post in Post if post is not Post.TEACHER]
)

VIEW_POSTS = action("registry.view_posts", "查看任职", EVERY_POST)

VIEW_POSTS_OF_PERSON = action(
    "registry.view_posts_of_person", "查看个人任职", (*LEADERS, Post.ACCOUNTANT, Post.CASHIER, Post.AUDITOR)
)


def appointing(post: Post) -> Action:
    """Return the action that appoints to a post and takes it: the bureau's for those it appoints itself.

    The posts of the party are no principal's to give: they come with a seat in the branch's committee.
    """
    if post is Post.BUREAU_OFFICER:
        return APPOINT_OFFICER
    if post in (Post.PARTY_COMMISSIONER, Post.PARTY_GROUP_LEADER):
        return APPOINT_PARTY
    return APPOINT_LEADER if post in (Post.PRINCIPAL, Post.PARTY_SECRETARY) else APPOINT
