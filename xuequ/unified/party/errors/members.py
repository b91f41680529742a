"""Errors of the branch: its groups and committee, and who is a member."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, NotPermitted, RuleBroken


class BranchMissing(NotFound):
    """The district has no party branch on that day."""

    code = "party.branch_missing"
    district: str
    on: str


class BranchKnown(Conflict):
    """The district has its branch already: one for the whole district."""

    code = "party.branch_known"
    branch: str
    since: str


class BranchTooSmall(RuleBroken):
    """Too few full members for a branch of their own."""

    code = "party.branch_too_small"
    members: int
    least: int
    authority: str


class GroupUnknown(NotFound):
    """No such group in the branch that day."""

    code = "party.group_unknown"
    group: str
    on: str


class GroupKnown(Conflict):
    """The branch has a group of that name."""

    code = "party.group_known"
    group: str


class SchoolServedAlready(Conflict):
    """The school belongs to a group of the branch from a later day, or from the same one."""

    code = "party.school_served_already"
    school: str
    since: str
    on: str


class NoSuchPerson(NotFound):
    """The county has no such person."""

    code = "party.no_such_person"
    person: str


class MemberUnknown(NotFound):
    """No such member in the branch of this district."""

    code = "party.member_unknown"
    member: str


class MemberKnown(Conflict):
    """The person is a member already."""

    code = "party.member_known"
    person: str
    since: str


class MemberNamedTwice(Invalid):
    """One call names the same person or member twice."""

    code = "party.member_named_twice"
    member: str


class JoinedBeforeLeaving(RuleBroken):
    """Somebody joins anew before the day on which the former membership ended."""

    code = "party.joined_before_leaving"
    person: str
    ended_on: str
    on: str


class DatesOutOfOrder(RuleBroken):
    """The days of a membership do not follow one another."""

    code = "party.dates_out_of_order"
    person: str
    first: str
    first_day: str
    then: str
    then_day: str


class FullDayMissing(Invalid):
    """A full member was entered without the day of becoming one."""

    code = "party.full_day_missing"
    person: str


class FullDayTooMuch(Invalid):
    """A probationary member was entered with a day of becoming a full one."""

    code = "party.full_day_too_much"
    person: str


class DayAhead(RuleBroken):
    """What is recorded as having happened lies in the future."""

    code = "party.day_ahead"
    on: str
    today: str


class NotInBranch(RuleBroken):
    """The member does not belong to this branch on that day."""

    code = "party.not_in_branch"
    member: str
    on: str


class ChangedLater(RuleBroken):
    """Something of the member changed on that day or later, so the change would not follow it."""

    code = "party.changed_later"
    member: str
    what: str
    since: str
    on: str


class InGroupAlready(Conflict):
    """The member is in that group already."""

    code = "party.in_group_already"
    member: str
    group: str
    since: str


class NotInGoodStanding(RuleBroken):
    """Only a full member in good standing may hold an office."""

    code = "party.not_in_good_standing"
    member: str
    state: str
    on: str


class CommitteeTooLarge(RuleBroken):
    """More people than a branch committee may have."""

    code = "party.committee_too_large"
    size: int
    most: int
    authority: str


class CommitteeUnusual(RuleBroken):
    """A committee of an unusual size needs a reason on record."""

    code = "party.committee_unusual"
    size: int
    least: int
    usual: int
    authority: str


class CommitteeNotDue(RuleBroken):
    """A branch of few full members has a secretary, and a deputy if need be, but no committee."""

    code = "party.committee_not_due"
    members: int
    wanted: int
    authority: str


class SecretaryNotOne(RuleBroken):
    """A committee has one secretary."""

    code = "party.secretary_not_one"
    secretaries: int


class SeatUnknown(NotFound):
    """The member has no seat in the committee that day."""

    code = "party.seat_unknown"
    member: str
    on: str


class SeatHeld(Conflict):
    """The member has a seat in the committee already, or the office of secretary is taken."""

    code = "party.seat_held"
    member: str
    office: str
    since: str


class LeaderOutsideGroup(RuleBroken):
    """A group is led by one of its own members."""

    code = "party.leader_outside_group"
    member: str
    group: str
    on: str


class ProbationNotOver(RuleBroken):
    """A probationary member may not become a full one before the probation is over."""

    code = "party.probation_not_over"
    member: str
    ends_on: str
    on: str


class ExtendedAlready(RuleBroken):
    """A probation may be extended so many times only."""

    code = "party.extended_already"
    member: str
    extended_on: str
    most: int


class ExtensionUnlawful(RuleBroken):
    """A probation is extended by at least and at most so many months."""

    code = "party.extension_unlawful"
    member: str
    months: int
    least: int
    most: int


class ExitNotFor(RuleBroken):
    """That way out is not one for a member of that state."""

    code = "party.exit_not_for"
    member: str
    exit: str
    state: str


class RemovalTooEarly(RuleBroken):
    """Who lost contact is removed only so many years after the suspension."""

    code = "party.removal_too_early"
    member: str
    suspended_on: str
    earliest: str
    on: str


class ContactNotLostLongEnough(RuleBroken):
    """Membership is suspended only after so many months without contact."""

    code = "party.contact_not_lost_long_enough"
    member: str
    lost_since: str
    earliest: str
    on: str


class NotOwnMembership(NotPermitted):
    """Party data of somebody else are seen by the committee only, those of a group by its leader."""

    code = "party.not_own_membership"
    actor: str


class StillOnTheMove(Conflict):
    """A letter of transfer is open, and must be received or returned first."""

    code = "party.still_on_the_move"
    member: str
    number: str
    issued_on: str


class MergedAway(Conflict):
    """Somebody with records of the party would be merged into another person."""

    code = "party.merged_away"
    person: str
