"""Errors of votes."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken


class VoteUnknown(NotFound):
    """No such vote in this scope."""

    code = "party.vote_unknown"
    vote: str


class VoteAlreadyRecorded(Conflict):
    """The vote of that meeting on that matter is recorded already."""

    code = "party.vote_already_recorded"
    matter: str
    number: str
    outcome: str


class JointVote(RuleBroken):
    """Several candidates are put to one vote."""

    code = "party.joint_vote"
    kind: str
    candidates: int


class VoteWithoutSubject(Invalid):
    """It is not said whom, or what, the vote is about."""

    code = "party.vote_without_subject"
    kind: str


class VoteNotSecret(RuleBroken):
    """The vote is by secret ballot."""

    code = "party.vote_not_secret"
    kind: str
    authority: str


class NoQuorum(RuleBroken):
    """Too few of those who may vote are present."""

    code = "party.no_quorum"
    matter: str
    due: int
    present: int
    needed: int
    authority: str


class TallyExceedsPresent(RuleBroken):
    """More ballots than voters."""

    code = "party.tally_exceeds_present"
    matter: str
    cast: int
    present: int


class TallyExceedsOpinions(RuleBroken):
    """More written opinions are counted than absent full members have filed before the meeting."""

    code = "party.tally_exceeds_opinions"
    matter: str
    counted: int
    filed: int


class NoVoteAtSuchMeeting(RuleBroken):
    """That matter is not voted on at a meeting of that kind."""

    code = "party.no_vote_at_such_meeting"
    kind: str
    meeting: str
    meetings: str


class VoteBeforeMeeting(RuleBroken):
    """The meeting is not recorded as held, so there is nobody to count."""

    code = "party.vote_before_meeting"
    number: str
    state: str


class NotAVoter(RuleBroken):
    """Only full members in good standing vote: a probationary member has no vote."""

    code = "party.not_a_voter"
    member: str
    state: str
    authority: str


class VoteStandsUnderStep(RuleBroken):
    """A step of a development case stands on the vote."""

    code = "party.vote_stands_under_step"
    matter: str
    step: str
    on: str
    staff: str


class OpinionTooLate(RuleBroken):
    """A written opinion counts only when it was filed before the meeting."""

    code = "party.opinion_too_late"
    number: str
    member: str
    on: str


class OpinionFiledAlready(Conflict):
    """The member has filed an opinion on that matter."""

    code = "party.opinion_filed_already"
    member: str
    matter: str
