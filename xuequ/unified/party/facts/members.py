"""What happened to the branch and its members; names stay in the register."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from xuequ.core.facts import Fact


@dataclass(frozen=True, slots=True, kw_only=True)
class BranchFounded(Fact):
    """The district's branch was founded, or recorded as founded."""

    name: ClassVar[str] = "party.branch_founded"
    branch_id: int
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupFormed(Fact):
    """A group of the branch was formed, for some schools."""

    name: ClassVar[str] = "party.group_formed"
    branch_id: int
    group_id: int
    school_ids: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class SchoolsGrouped(Fact):
    """Schools went over to a group from a day."""

    name: ClassVar[str] = "party.schools_grouped"
    group_id: int
    school_ids: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersEntered(Fact):
    """Members whose membership was under way were entered in the branch's register 补录."""

    name: ClassVar[str] = "party.members_entered"
    branch_id: int
    member_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MembersGrouped(Fact):
    """Members belong to a group from a day."""

    name: ClassVar[str] = "party.members_grouped"
    group_id: int
    member_ids: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementFollowed(Fact):
    """Members went over to the groups of the schools where they work now; the branch is the same."""

    name: ClassVar[str] = "party.placement_followed"
    member_ids: tuple[int, ...]
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsTaken(Fact):
    """Members of staff took a seat in the committee or the lead of a group, with the post that it brings."""

    name: ClassVar[str] = "party.posts_taken"
    branch_id: int
    member_ids: tuple[int, ...]
    staff_ids: tuple[int, ...]
    post: str
    since: date


@dataclass(frozen=True, slots=True, kw_only=True)
class PostsLeft(Fact):
    """Members left their seats or the lead of their group; `on` is the first day without the post."""

    name: ClassVar[str] = "party.posts_left"
    branch_id: int
    member_ids: tuple[int, ...]
    staff_ids: tuple[int, ...]
    post: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitteeElected(Fact):
    """A new committee took office."""

    name: ClassVar[str] = "party.committee_elected"
    branch_id: int
    member_ids: tuple[int, ...]
    since: date
    term_ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberAdmitted(Fact):
    """Somebody became a probationary member: `on` is the day of the meeting."""

    name: ClassVar[str] = "party.member_admitted"
    branch_id: int
    member_id: int
    on: date
    probation_ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MemberConfirmed(Fact):
    """A probationary member became a full one."""

    name: ClassVar[str] = "party.member_confirmed"
    member_id: int
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbationExtended(Fact):
    """The probation of a member was extended."""

    name: ClassVar[str] = "party.probation_extended"
    member_id: int
    on: date
    was: date
    ends_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipEnded(Fact):
    """Somebody is no longer a member; `on` is the first day without."""

    name: ClassVar[str] = "party.membership_ended"
    member_id: int
    on: date
    exit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipSuspended(Fact):
    """The membership of somebody with whom contact was lost was suspended."""

    name: ClassVar[str] = "party.membership_suspended"
    member_id: int
    lost_since: date
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRestored(Fact):
    """A suspended member was found, and is again what they were."""

    name: ClassVar[str] = "party.membership_restored"
    member_id: int
    state: str
    on: date
