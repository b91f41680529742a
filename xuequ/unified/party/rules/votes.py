"""Pure decisions about votes: quorum, majority, tallies. Everything is compared with whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from xuequ.core.errors import Problem
from xuequ.core.standards import Standards
from xuequ.core.votes import Electorate, VoteRule, vote_rule
from xuequ.unified.party.errors.votes import (
    JointVote,
    NoQuorum,
    NotAVoter,
    NoVoteAtSuchMeeting,
    OpinionTooLate,
    TallyExceedsOpinions,
    TallyExceedsPresent,
    VoteNotSecret,
    VoteWithoutSubject,
)
from xuequ.unified.party.states.meetings import Mark, MeetingKind
from xuequ.unified.party.states.members import MemberState
from xuequ.unified.party.states.votes import ONE_BY_ONE, PLACES, QUORUM_KEYS, SECRET, VoteKind


@dataclass(frozen=True, slots=True)
class Attendee:
    """One who should attend: what kind of member, and whether present, excused before, or absent."""

    member_id: int
    state: MemberState
    mark: Mark


@dataclass(frozen=True, slots=True)
class Tally:
    """Ballots by what they say; `spoilt` are invalid ones 废票. Never who cast which."""

    yes: int = 0
    no: int = 0
    abstain: int = 0
    spoilt: int = 0

    @property
    def cast(self) -> int:
        """How many ballots came in."""
        return self.yes + self.no + self.abstain + self.spoilt


@dataclass(frozen=True, slots=True)
class Ballot:
    """A vote on one matter: those in the room, and the written opinions of absent full members."""

    kind: VoteKind
    matter: str
    electorate: Electorate
    cast: Tally
    written: Tally = field(default_factory=Tally)

    @property
    def yes(self) -> int:
        """All who are for it, in the room and in writing."""
        return self.cast.yes + self.written.yes


def rule_of(kind: VoteKind, standards: Standards, on: date) -> VoteRule:
    """Return what a vote of a kind needs on a day.

    Source: 《支部工作条例（试行）》 §11; 《发展党员工作细则》 2014 §20, 2026 §19–22;
    《基层组织选举工作条例》: ``party.votes.*``.
    """
    return vote_rule(QUORUM_KEYS[kind], standards, on, otherwise="party.votes.elected")


def may_vote(state: MemberState, kind: VoteKind, standards: Standards, on: date) -> bool:
    """Tell whether a member in a state has a vote: a full member, and by no rule so far a probationary one.

    On admission and conversion only full members vote whatever is set.

    Source: 《中国共产党章程》 §7; 《发展党员工作细则》: ``party.votes.probationary``.
    """
    if state is MemberState.PROBATIONARY and kind not in ONE_BY_ONE:
        return standards.flag("party.votes.probationary", on=on)
    return state is MemberState.FULL


def electorate(
    roll: Sequence[Attendee],
    opinions: frozenset[int],
    kind: VoteKind,
    standards: Standards,
    on: date,
) -> Electorate:
    """Count who may vote: those who should attend, without those excused before the meeting.

    Whoever was excused and filed a written opinion is counted among those who should attend again, so that
    no opinion is counted of somebody who is not in the base.

    Source: 《支部工作条例（试行）》 §11; domain rules A §2, invariants; ``party.votes.excused_leaves``.
    """
    leaves = standards.flag("party.votes.excused_leaves", on=on)
    voters = [one for one in roll if may_vote(one.state, kind, standards, on)]
    out = [one for one in voters if leaves and one.mark is Mark.EXCUSED and one.member_id not in opinions]
    present = sum(one.mark is Mark.PRESENT for one in voters)
    return Electorate(len(voters) - len(out), present)


def counted_opinions(roll: Sequence[Attendee], opinions: frozenset[int]) -> int:
    """Return how many written opinions may count: those of full members who did not come themselves.

    Source: 《发展党员工作细则》 (会前正式向党支部提出书面意见的，应当统计在票数内).
    """
    return sum(
        one.member_id in opinions and one.state is MemberState.FULL and one.mark is not Mark.PRESENT
        for one in roll
    )


def form_problems(
    kind: VoteKind, meeting: MeetingKind, candidates: int, matter: str, *, secret: bool, rule: VoteRule
) -> list[Problem]:
    """Say what is wrong with how it was voted: where, on how many at once, whether in secret.

    Source: 《发展党员工作细则》 2014 §20, 2026 §19–22 (逐个讨论和表决、无记名投票); §2 of the domain rules.
    """
    found: list[Problem] = []
    if meeting not in PLACES[kind]:
        where = "、".join(one.label for one in MeetingKind if one in PLACES[kind])
        found.append(Problem(NoVoteAtSuchMeeting(kind=kind.label, meeting=meeting.label, meetings=where)))
    if candidates > 1:
        found.append(Problem(JointVote(kind=kind.label, candidates=candidates)))
    if not matter or (kind in ONE_BY_ONE and not candidates):
        found.append(Problem(VoteWithoutSubject(kind=kind.label)))
    if kind in SECRET and not secret:
        found.append(Problem(VoteNotSecret(kind=kind.label, authority=rule.authority)))
    return found


def count_problems(ballot: Ballot, rule: VoteRule, filed: int) -> list[Problem]:
    """Say what is wrong with the numbers: no quorum, more ballots than voters, opinions never filed.

    Source: 《支部工作条例（试行）》 §11; 《发展党员工作细则》; 《基层组织选举工作条例》
    (收回的票数多于发出的票数，选举无效).
    """
    voters, matter = ballot.electorate, ballot.matter
    found = quorum_problems(matter, voters, rule)
    if ballot.cast.cast > voters.present:
        found.append(
            Problem(TallyExceedsPresent(matter=matter, cast=ballot.cast.cast, present=voters.present))
        )
    if ballot.written.cast > filed:
        found.append(Problem(TallyExceedsOpinions(matter=matter, counted=ballot.written.cast, filed=filed)))
    return found


def quorum_problems(matter: str, voters: Electorate, rule: VoteRule) -> list[Problem]:
    """Say that too few of those who may vote are there.

    Source: 《支部工作条例（试行）》 §11; 《发展党员工作细则》 2014 §20; ``party.votes.*``.
    """
    if rule.has_quorum(voters):
        return []
    numbers = {"due": voters.due, "present": voters.present, "needed": rule.needed(voters)}
    return [Problem(NoQuorum(matter=matter, authority=rule.authority, **numbers))]


def passes(yes: int, voters: Electorate, rule: VoteRule) -> bool:
    """Tell whether a vote with a quorum is passed by those who are for it, in the room and in writing.

    Source: 《支部工作条例（试行）》 §11 (赞成人数超过应到会有表决权的党员的半数为通过); domain rules A §10.
    """
    return rule.passes(yes, voters)


def opinion_problems(
    number: str,
    member: str,
    state: MemberState,
    kind: VoteKind,
    *,
    filed_on: date,
    meets_on: date,
    standards: Standards,
) -> list[Problem]:
    """Refuse a written opinion that cannot count: not of a voter, or not filed before the meeting.

    The day of the meeting is not before it.

    Source: 《发展党员工作细则》 (会前); 《中国共产党章程》 §7.
    """
    found: list[Problem] = []
    if not may_vote(state, kind, standards, meets_on):
        entry = standards.entry("party.votes.probationary", on=meets_on)
        authority = f"{entry.authority}{entry.article}"
        found.append(Problem(NotAVoter(member=member, state=state.label, authority=authority)))
    if filed_on >= meets_on:
        found.append(Problem(OpinionTooLate(number=number, member=member, on=str(filed_on))))
    return found
