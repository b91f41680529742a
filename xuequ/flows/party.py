"""What an office of the branch brings, and what follows when staff go to another school."""

from __future__ import annotations

from xuequ.core.access import Post
from xuequ.core.context import Context
from xuequ.registry.schemas.posts import Appointing
from xuequ.registry.service.posts import PostService
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.unified.party.facts.members import PostsLeft, PostsTaken

GROUND = "党支部选举结果"
"""On what authority a post is held that comes with an office of the branch."""


def take_posts(context: Context, fact: PostsTaken, fact_id: int) -> None:
    """A seat in the committee, or the lead of a group, brings its post."""
    for staff_id in fact.staff_ids:
        command = Appointing(staff_id=staff_id, post=Post(fact.post), since=fact.since, authority=GROUND)
        PostService(context).appoint(command)


def leave_posts(context: Context, fact: PostsLeft, fact_id: int) -> None:
    """The post ends with the office that brought it."""
    for staff_id in fact.staff_ids:
        PostService(context).end_post_of(staff_id, Post(fact.post), AppointmentEnd.EXPIRED, fact.on)
