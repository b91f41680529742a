"""What an office of the branch brings, and what follows when staff go to another school."""

from __future__ import annotations

from xuequ.core.access import Post
from xuequ.core.context import Context
from xuequ.registry.facts.people import PeopleMerged
from xuequ.registry.facts.staff import (
    EmploymentTransferred,
    PlacementCorrected,
    StaffCameBack,
    StaffPlaced,
)
from xuequ.registry.schemas.posts import Appointing
from xuequ.registry.service.posts import PostService
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.unified.party.facts.members import PostsLeft, PostsTaken
from xuequ.unified.party.service.members import MembersService

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


def keep_records(context: Context, fact: PeopleMerged, fact_id: int) -> None:
    """Whoever has records of the party is the one to keep."""
    MembersService(context).keep_records(fact.merged_id)


def follow_placed(context: Context, fact: StaffPlaced, fact_id: int) -> None:
    """Members who begin to work at a school go over to its group."""
    MembersService(context).follow_placement(fact.staff_ids, fact.since)


def follow_back(context: Context, fact: StaffCameBack, fact_id: int) -> None:
    """A member who comes back from another school goes back to the group."""
    MembersService(context).follow_placement([fact.staff_id], fact.on)


def follow_employment(context: Context, fact: EmploymentTransferred, fact_id: int) -> None:
    """A member who is employed by another school goes over to its group."""
    MembersService(context).follow_placement([fact.staff_id], fact.since)


def follow_correction(context: Context, fact: PlacementCorrected, fact_id: int) -> None:
    """A placement that was written wrong is followed from the earlier of its days."""
    MembersService(context).follow_placement([fact.staff_id], min(fact.since, fact.was_since))
