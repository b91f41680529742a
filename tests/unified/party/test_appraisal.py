"""The appraisal of a year from self to grade, and what a life meeting finds and puts right."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from tests.unified.party.hall import ELSEWHERE, Hall, hall
from tests.unified.party.meeting import DAY, facts, held
from xuequ.core.errors import IllegalTransition, Problems
from xuequ.unified.party.errors.appraisal import (
    AppraisalOpenAlready,
    AppraisalUnknown,
    BallotsExceedPresent,
    CriticismNotOfLifeMeeting,
    CriticismUnknown,
    DoneAhead,
    MeetingNotOfAppraisal,
    NotAppraised,
    RectificationDoneAlready,
    RectificationUnknown,
)
from xuequ.unified.party.errors.members import MemberNamedTwice, MemberUnknown
from xuequ.unified.party.schemas.appraisal import (
    AppraisalView,
    CriticismRecord,
    GradeBallot,
    GradeGiven,
    RectificationPlan,
    RectificationProof,
    StepRecord,
)
from xuequ.unified.party.schemas.meetings import Voiding
from xuequ.unified.party.states.appraisal import AppraisalStep, CriticismKind, Grade
from xuequ.unified.party.states.meetings import MeetingKind

FIRST, SECOND = date(2026, 10, 8), date(2026, 10, 12)


@pytest.fixture
def stand(session: Session) -> Hall:
    return hall(session)


def opened(stand: Hall) -> AppraisalView:
    return stand.door.party.appraisal.open_year(2026, on=FIRST)


def everybody(stand: Hall, on: date) -> list[StepRecord]:
    return [StepRecord(member_id=one, on=on) for one in (*stand.full, *stand.probationary)]


def to_the_ballot(stand: Hall) -> tuple[AppraisalView, int]:
    """Take all members through self and mutual appraisal; return it and a meeting for the ballot."""
    year, appraisal = opened(stand), stand.door.party.appraisal
    appraisal.record_self(year.id, everybody(stand, FIRST))
    appraisal.record_mutual(year.id, everybody(stand, SECOND))
    return year, held(stand, stand.full, MeetingKind.APPRAISAL).id


def test_self_mutual_ballot_and_then_the_committees_grade(stand: Hall) -> None:
    year, meeting_id = to_the_ballot(stand)
    appraisal, one = stand.door.party.appraisal, stand.full[0]
    appraisal.record_ballots(year.id, meeting_id, [GradeBallot(member_id=one, excellent=5, qualified=3)])
    appraisal.grade(year.id, [GradeGiven(member_id=one, grade=Grade.EXCELLENT, opinion="带头")])
    view = appraisal.year(2026)
    assert len(view.members) == 9
    theirs = next(line for line in view.members if line.member_id == one)
    assert (theirs.step, theirs.grade, theirs.excellent) == (AppraisalStep.GRADED, Grade.EXCELLENT, 5)
    assert (theirs.self_on, theirs.mutual_on, theirs.meeting_id) == (FIRST, SECOND, meeting_id)
    assert facts(stand, "appraisal") == ["appraisal_opened", *["appraisal_stepped"] * 4]


def test_no_step_is_left_out_and_none_is_taken_twice(stand: Hall) -> None:
    year, appraisal, one = opened(stand), stand.door.party.appraisal, stand.full[0]
    with pytest.raises(IllegalTransition):
        appraisal.grade(year.id, [GradeGiven(member_id=one, grade=Grade.QUALIFIED)])
    appraisal.record_self(year.id, [StepRecord(member_id=one, on=FIRST)])
    with pytest.raises(IllegalTransition):
        appraisal.record_self(year.id, [StepRecord(member_id=one, on=FIRST)])
    with pytest.raises(Problems):
        appraisal.record_mutual(year.id, everybody(stand, SECOND))
    assert appraisal.year(2026).members[0].step is AppraisalStep.SELF, "all of them or none"


def test_ballots_are_of_a_meeting_for_it_and_no_more_than_people(stand: Hall) -> None:
    year, meeting_id = to_the_ballot(stand)
    appraisal = stand.door.party.appraisal
    ballots = [GradeBallot(member_id=stand.full[0], qualified=9)]
    with pytest.raises(BallotsExceedPresent):
        appraisal.record_ballots(year.id, meeting_id, ballots)
    with pytest.raises(MeetingNotOfAppraisal):
        appraisal.record_ballots(year.id, held(stand, stand.full).id, ballots)


def test_one_appraisal_a_year_and_each_of_its_members_once(stand: Hall) -> None:
    year, appraisal = opened(stand), stand.door.party.appraisal
    with pytest.raises(AppraisalOpenAlready):
        opened(stand)
    with pytest.raises(AppraisalUnknown):
        appraisal.record_self(1, [])
    with pytest.raises(AppraisalUnknown):
        appraisal.year(2025)
    twice = StepRecord(member_id=stand.full[0], on=FIRST)
    with pytest.raises(MemberNamedTwice):
        appraisal.record_self(year.id, [twice, twice])
    with pytest.raises(NotAppraised):
        appraisal.record_self(year.id, [StepRecord(member_id=1, on=FIRST)])
    appraisal.record_self(year.id, [])


def test_another_districts_appraisal_is_unknown(stand: Hall) -> None:
    year, other = opened(stand), hall(stand.session, ELSEWHERE)
    with pytest.raises(AppraisalUnknown):
        other.door.party.appraisal.record_self(year.id, [])
    with pytest.raises(AppraisalUnknown):
        other.door.party.appraisal.year(2026)


# criticism and what is put right


def raised(stand: Hall) -> tuple[int, int]:
    """Hold a life meeting and record one item of it; return meeting and item."""
    meeting = held(stand, stand.full, MeetingKind.LIFE)
    rows = [CriticismRecord(kind=CriticismKind.MUTUAL, text="学习不够", member_id=stand.full[1])]
    return meeting.id, stand.door.party.appraisal.record_criticism(meeting.id, rows)[0]


def assigned(stand: Hall, criticism_id: int, due_on: date) -> int:
    plan = RectificationPlan(
        criticism_id=criticism_id, owner_id=stand.full[1], measure="每周学习两次", due_on=due_on
    )
    return stand.door.party.appraisal.assign_rectification([plan])[0]


def test_what_was_criticised_has_an_owner_a_due_date_and_a_proof(stand: Hall) -> None:
    meeting_id, item = raised(stand)
    appraisal = stand.door.party.appraisal
    late, open_still = assigned(stand, item, DAY), assigned(stand, item, date(2026, 12, 1))
    listed = appraisal.rectifications()
    assert [(one.id, one.overdue) for one in listed.lines] == [(late, True), (open_still, False)]
    assert (listed.overdue, listed.lines[0].criticism) == (1, "学习不够")
    done = RectificationProof(done_on=date(2026, 10, 30), proof="学习笔记")
    appraisal.complete_rectification(late, done)
    assert appraisal.rectifications().overdue == 0
    assert [one.id for one in appraisal.rectifications(undone=True).lines] == [open_still]
    assert [one.text for one in appraisal.criticisms(meeting_id)] == ["学习不够"]
    with pytest.raises(RectificationDoneAlready):
        appraisal.complete_rectification(late, done)
    with pytest.raises(DoneAhead):
        ahead = RectificationProof(done_on=date(2026, 11, 3), proof="x")
        appraisal.complete_rectification(open_still, ahead)
    with pytest.raises(RectificationUnknown):
        appraisal.complete_rectification(1, done)


def test_criticism_is_of_members_and_of_life_meetings(stand: Hall) -> None:
    meeting_id, item = raised(stand)
    appraisal = stand.door.party.appraisal
    with pytest.raises(MemberUnknown):
        appraisal.record_criticism(
            meeting_id, [CriticismRecord(kind=CriticismKind.SELF, text="x", member_id=1)]
        )
    whole = CriticismRecord(kind=CriticismKind.COLLECTED, text="联系群众不够")
    with pytest.raises(CriticismNotOfLifeMeeting):
        appraisal.record_criticism(held(stand, stand.full).id, [whole])
    with pytest.raises(CriticismUnknown):
        assigned(stand, 1, DAY)
    assigned(stand, item, DAY)
    stand.door.party.meetings.void(meeting_id, Voiding(reason="重复登记"))
    assert appraisal.rectifications().lines == ()
    with pytest.raises(CriticismUnknown):
        assigned(stand, item, DAY)


def test_another_district_sees_nothing_of_it(stand: Hall) -> None:
    _, item = raised(stand)
    made = assigned(stand, item, DAY)
    other = hall(stand.session, ELSEWHERE)
    assert other.door.party.appraisal.rectifications().lines == ()
    with pytest.raises(RectificationUnknown):
        other.door.party.appraisal.complete_rectification(made, RectificationProof(done_on=DAY, proof="x"))
    with pytest.raises(CriticismUnknown):
        assigned(other, item, DAY)
