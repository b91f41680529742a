"""Who may do what with groups of posts that several actions share."""

from __future__ import annotations

from xuequ.core.access import Post

OFFICE = (Post.BUREAU_OFFICER, Post.PRINCIPAL, Post.ACADEMIC_DIRECTOR)


LEADERS = (*OFFICE, Post.PARTY_SECRETARY, Post.GENERAL_AFFAIRS_DIRECTOR)


EVERY_POST = tuple(Post)
