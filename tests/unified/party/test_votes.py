"""Votes: quorums on frozen rolls, opinions, secrecy, one effect."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import inspect
from sqlalchemy.orm import Session

from tests.unified.party.hall import TODAY, Hall, hall
from tests.unified.party.meeting import CASE, DAY, facts, held, plan, vote
from xuequ.core.errors import Problems
from xuequ.core.source import Source
from xuequ.unified.party.errors.meetings import NotToAttend
from xuequ.unified.party.errors.votes import (
    JointVote,
    NoQuorum,
    NotAVoter,
    NoVoteAtSuchMeeting,
    OpinionFiledAlready,
    OpinionTooLate,
    TallyExceedsOpinions,
    VoteAlreadyRecorded,
    VoteBeforeMeeting,
    VoteUnknown,
    VoteWithoutSubject,
)
from xuequ.unified.party.models.votes import Vote, WrittenOpinion
from xuequ.unified.party.schemas.meetings import ExcuseGrant, MeetingHolding, Voiding
from xuequ.unified.party.schemas.votes import OpinionFiling, TallyCount
from xuequ.unified.party.states.meetings import MeetingKind
from xuequ.unified.party.states.votes import VoteKind

OTHER = Source("party.development_case", 8)
BEFORE = date(2026, 10, 14)


@pytest.fixture
def stand(session: Session) -> Hall:
    return hall(session, full=16, probationary=2)


def opinion(member_id: int, subject: Source | None = CASE, on: date = BEFORE) -> OpinionFiling:
    return OpinionFiling(member_id=member_id, kind=VoteKind.ADMISSION, filed_on=on, subject=subject)


@pytest.mark.parametrize(
    ("kind", "present", "yes", "passed"),
    [
        (VoteKind.ORDINARY, 8, 8, False),
        (VoteKind.ORDINARY, 9, 9, True),
        (VoteKind.ADMISSION, 15, 9, True),
        (VoteKind.ADMISSION, 15, 8, False),
        (VoteKind.ELECTION, 13, 7, True),
    ],
)
def test_the_vectors_on_a_frozen_roll(
    stand: Hall, kind: VoteKind, present: int, yes: int, passed: bool
) -> None:
    meeting = held(stand, [*stand.full[:present], *stand.probationary])
    made = vote(stand.door, meeting.id, yes, kind)
    assert (made.due, made.present, made.passed) == (16, present, passed)
    assert made.decided_on == DAY


@pytest.mark.parametrize(
    ("kind", "present", "needed"),
    [(VoteKind.ORDINARY, 7, 8), (VoteKind.ADMISSION, 8, 9), (VoteKind.ELECTION, 12, 13)],
)
def test_without_a_quorum_nothing_is_voted(stand: Hall, kind: VoteKind, present: int, needed: int) -> None:
    meeting = held(stand, [*stand.full[:present], *stand.probationary])
    with pytest.raises(NoQuorum) as refused:
        vote(stand.door, meeting.id, present, kind)
    assert refused.value.needed == needed


def test_a_vote_keeps_the_entry_that_it_was_decided_by(stand: Hall) -> None:
    made = vote(stand.door, held(stand, stand.full).id, 16)
    assert (made.standard_key, made.standard_since) == ("party.votes.admission", date(2026, 5, 18))
    early = vote(stand.door, held(stand, stand.full, on=date(2026, 4, 1)).id, 16)
    assert early.standard_since == date(2014, 5, 28)


def test_two_candidates_are_not_put_to_one_vote(stand: Hall) -> None:
    meeting = held(stand, stand.full)
    with pytest.raises(JointVote):
        vote(stand.door, meeting.id, 16, subjects=(CASE, OTHER))
    vote(stand.door, meeting.id, 16, subjects=(CASE,))
    vote(stand.door, meeting.id, 15, subjects=(OTHER,))
    assert len(stand.door.party.votes.votes_of(meeting.id)) == 2


def test_the_same_vote_is_recorded_once_whatever_it_is_called(stand: Hall) -> None:
    meeting = held(stand, stand.full)
    vote(stand.door, meeting.id, 16, matter="接收张三")
    with pytest.raises(VoteAlreadyRecorded) as refused:
        vote(stand.door, meeting.id, 2, matter="接收张三同志")
    assert refused.value.outcome == "通过"
    assert facts(stand, "decided") == ["vote_decided"]
    vote(stand.door, meeting.id, 16, VoteKind.CONVERSION)


def test_a_vote_is_taken_where_it_belongs_and_after_the_meeting(stand: Hall) -> None:
    theme = held(stand, stand.full, MeetingKind.THEME_DAY)
    with pytest.raises(NoVoteAtSuchMeeting):
        vote(stand.door, theme.id, 16)
    with pytest.raises(VoteBeforeMeeting):
        vote(stand.door, plan(stand), 16)
    committee = held(stand, stand.full[:3], MeetingKind.COMMITTEE)
    ordinary = vote(stand.door, committee.id, 2, VoteKind.ORDINARY, subjects=())
    assert (ordinary.due, ordinary.passed, ordinary.subject) == (3, True, None)
    with pytest.raises(VoteWithoutSubject):
        vote(stand.door, committee.id, 2, VoteKind.ORDINARY, subjects=(), matter="")


def test_everything_wrong_with_a_vote_is_said_at_once(stand: Hall) -> None:
    meeting = held(stand, stand.full[:8])
    with pytest.raises(Problems) as refused:
        vote(stand.door, meeting.id, 9, subjects=(CASE, OTHER), secret=False)
    assert {one.error.code for one in refused.value.problems} == {
        *("party.joint_vote", "party.vote_not_secret", "party.no_quorum", "party.tally_exceeds_present"),
    }


# opinions


def test_written_opinions_filed_before_count_in_the_tally(stand: Hall) -> None:
    meeting_id, votes = plan(stand), stand.door.party.votes
    votes.file_opinions(meeting_id, [opinion(stand.full[15]), opinion(stand.full[14])])
    command = MeetingHolding(held_on=DAY, agenda="接收", present=stand.full[:9])
    stand.door.party.meetings.hold(meeting_id, command)
    with pytest.raises(TallyExceedsOpinions):
        vote(stand.door, meeting_id, 7, written=TallyCount(yes=3))
    made = vote(stand.door, meeting_id, 7, written=TallyCount(yes=2))
    assert (made.due, made.present, made.passed) == (16, 9, True)
    with pytest.raises(VoteAlreadyRecorded):
        votes.file_opinions(meeting_id, [opinion(stand.full[13])])


def test_the_opinion_of_somebody_who_comes_all_the_same_does_not_count(stand: Hall) -> None:
    meeting_id = plan(stand)
    stand.door.party.votes.file_opinions(meeting_id, [opinion(stand.full[0])])
    command = MeetingHolding(held_on=DAY, agenda="接收", present=stand.full)
    stand.door.party.meetings.hold(meeting_id, command)
    with pytest.raises(TallyExceedsOpinions):
        vote(stand.door, meeting_id, 15, written=TallyCount(yes=1))


def test_an_opinion_is_filed_by_a_voter_before_the_meeting_and_once(stand: Hall) -> None:
    meeting_id, votes = plan(stand), stand.door.party.votes
    with pytest.raises(NotAVoter):
        votes.file_opinions(meeting_id, [opinion(stand.probationary[0])])
    with pytest.raises(OpinionTooLate):
        votes.file_opinions(meeting_id, [opinion(stand.full[0], on=DAY)])
    with pytest.raises(NotToAttend):
        votes.file_opinions(meeting_id, [opinion(1)])
    with pytest.raises(VoteWithoutSubject):
        votes.file_opinions(meeting_id, [opinion(stand.full[0], None)])
    with pytest.raises(OpinionFiledAlready):
        votes.file_opinions(meeting_id, [opinion(stand.full[0]), opinion(stand.full[0])])
    stand.door.party.meetings.cancel(meeting_id, Voiding(reason="改期"))
    with pytest.raises(VoteBeforeMeeting):
        votes.file_opinions(meeting_id, [opinion(stand.full[0])])


def test_leave_granted_before_leaves_the_denominator_unless_an_opinion_was_filed(stand: Hall) -> None:
    first, second = stand.full[14:]
    meeting_id, meetings = plan(stand), stand.door.party.meetings
    grants = [ExcuseGrant(member_id=one, granted_on=BEFORE, reason="住院") for one in (first, second)]
    meetings.excuse(meeting_id, grants)
    stand.door.party.votes.file_opinions(meeting_id, [opinion(first)])
    meetings.hold(meeting_id, MeetingHolding(held_on=DAY, agenda="接收", present=stand.full[:8]))
    made = vote(stand.door, meeting_id, 8, written=TallyCount(no=1))
    assert (made.due, made.present, made.passed) == (15, 8, True)


# what is kept, and what is not


def test_nowhere_is_kept_who_voted_how() -> None:
    kept = {column.key for column in inspect(Vote).columns}
    assert not {name for name in kept if "member" in name}
    assert {column.key for column in inspect(WrittenOpinion).columns} == {
        *("county_id", "id", "meeting_id", "member_id", "about", "filed_on"),
    }


def test_a_decision_is_found_by_what_it_is_about(stand: Hall) -> None:
    votes = stand.door.party.votes
    assert votes.decision_of(CASE) is None
    vote(stand.door, held(stand, stand.full, on=date(2026, 9, 1)).id, 3)
    made = vote(stand.door, held(stand, stand.full).id, 16)
    found = votes.decision_of(CASE)
    assert found is not None and found.id == made.id and found.passed
    assert votes.decision_of(CASE, VoteKind.CONVERSION) is None
    assert votes.decision_of(OTHER) is None
    votes.void_vote(made.id, Voiding(reason="计票有误"))
    earlier = votes.decision_of(CASE)
    assert earlier is not None and not earlier.passed
    with pytest.raises(VoteUnknown):
        votes.void_vote(made.id, Voiding(reason="计票有误"))
    vote(stand.door, made.meeting_id, 10)
    assert facts(stand, "vote_") == ["vote_decided", "vote_decided", "vote_voided", "vote_decided"]
    assert stand.at(TODAY).party.votes.decision_of(CASE, VoteKind.ADMISSION) is not None
