"""Errors of meetings."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class MeetingUnknown(NotFound):
    """No such meeting in this scope."""

    code = "party.meeting_unknown"
    meeting: str


class MeetingNumberTaken(Conflict):
    """A meeting of that number is recorded already."""

    code = "party.meeting_number_taken"
    number: str


class MeetingAhead(RuleBroken):
    """A meeting is recorded as held on a day that has not come."""

    code = "party.meeting_ahead"
    number: str
    on: str


class BodyUnfit(RuleBroken):
    """A meeting of that kind is not that body's."""

    code = "party.body_unfit"
    kind: str
    body: str
    bodies: str


class GroupNeeded(RuleBroken):
    """A meeting of a group names which, and no other meeting does."""

    code = "party.group_needed"
    number: str


class TalkNeedsTwo(RuleBroken):
    """A talk is between at least two members, and only a talk names them."""

    code = "party.talk_needs_two"
    number: str


class NobodyShouldAttend(RuleBroken):
    """Nobody belongs to the body that day: the branch has no committee, or the group no members."""

    code = "party.nobody_should_attend"
    number: str
    body: str
    on: str


class NotToAttend(RuleBroken):
    """Somebody is marked who is not among those who should attend."""

    code = "party.not_to_attend"
    number: str
    member: str


class HostNotMember(RuleBroken):
    """Whoever hosts a meeting is a member of the branch on the day."""

    code = "party.host_not_member"
    number: str
    member: str


class ExcusedTooLate(RuleBroken):
    """A leave of absence counts only if it was granted before the meeting."""

    code = "party.excused_too_late"
    number: str
    member: str
    on: str


class ExcuseWithoutReason(Invalid):
    """A leave of absence has a reason and the day on which it was granted."""

    code = "party.excuse_without_reason"
    number: str
    member: str


class MarkedTwice(Invalid):
    """One member is marked twice for one meeting."""

    code = "party.marked_twice"
    number: str
    member: str


class NotWithin(RuleBroken):
    """Only a 主题党日 of the same day contains other meetings."""

    code = "party.not_within"
    number: str
    within: str


class SomethingDecided(Conflict):
    """A vote counts those who were present, so they cannot change under it."""

    code = "party.something_decided"
    number: str


class ReasonNotNeeded(RuleBroken):
    """A reason is recorded only for what was missed: not before the period is over, nor for what was held."""

    code = "party.reason_not_needed"
    kind: str
    period: str
    state: str


class NoReasonExcuses(RuleBroken):
    """What must be held is not excused by a reason."""

    code = "party.no_reason_excuses"
    kind: str
    authority: str


class FrequencyUnknown(Invalid):
    """For meetings of that kind no frequency is set."""

    code = "party.frequency_unknown"
    kind: str


class MinutesNotOfMeeting(RuleBroken):
    """The file is not attached to the meeting."""

    code = "party.minutes_not_of_meeting"
    number: str
    attachment: str


class MinutesTooEarly(RuleBroken):
    """Minutes and resolutions are of a meeting that was held."""

    code = "party.minutes_too_early"
    number: str
    state: str


class MeetingContains(Conflict):
    """A theme day is not voided while it contains meetings that stand."""

    code = "party.meeting_contains"
    number: str
    within: str
