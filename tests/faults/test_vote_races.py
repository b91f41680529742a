"""One meeting's votes recorded by several at once: one effect, and a clear answer for the others."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from tests.faults.test_post_races import Act, together
from tests.unified.party.hall import Hall, hall
from tests.unified.party.meeting import DAY, held, plan, vote
from xuequ.core.journal import FactRow
from xuequ.unified.party.models.meetings import Meeting, Roll
from xuequ.unified.party.models.votes import Vote
from xuequ.unified.party.schemas.meetings import AttendanceMark, MeetingHolding, MeetingPlan, Voiding
from xuequ.unified.party.states.meetings import Mark, MeetingKind


def prepare(engine: Engine) -> tuple[Hall, int]:
    """Make a branch, with a meeting that was held on a day before today."""
    with Session(engine) as session:
        stand = hall(session, today=DAY)
        meeting = held(stand, stand.full, on=MADE)
        session.commit()
        return stand, meeting.id


MADE = DAY.replace(year=2026, month=8, day=20)
"""Before the day of the racing doors."""


def count_of(engine: Engine, model: type[Vote] | type[Meeting], **where: object) -> int:
    with Session(engine) as session:
        return session.scalar(select(func.count()).select_from(model).filter_by(**where)) or 0


def decided(engine: Engine) -> int:
    with Session(engine) as session:
        query = select(func.count()).select_from(FactRow).where(FactRow.name == "party.vote_decided")
        return session.scalar(query) or 0


def test_of_many_who_record_one_vote_at_once_one_does(engine: Engine) -> None:
    _, meeting_id = prepare(engine)
    acts: list[Act] = [lambda door: vote(door, meeting_id, 8) for _ in range(6)]
    assert together(engine, acts) == {"done": 1, "party.vote_already_recorded": 5}
    assert count_of(engine, Vote) == decided(engine) == 1


def test_a_vote_that_is_recorded_while_its_meeting_is_voided_does_not_outlast_it(engine: Engine) -> None:
    _, meeting_id = prepare(engine)
    acts: list[Act] = [lambda door: vote(door, meeting_id, 8) for _ in range(3)]
    acts.insert(1, lambda door: door.party.meetings.void(meeting_id, Voiding(reason="重复登记")))
    came = together(engine, acts)
    assert set(came) <= {"done", "party.vote_already_recorded", "party.vote_before_meeting"}
    assert count_of(engine, Vote, voided_on=None) == 0


def test_attendance_does_not_change_under_a_vote(engine: Engine) -> None:
    stand, meeting_id = prepare(engine)
    line = AttendanceMark(meeting_id=meeting_id, member_id=stand.full[0], mark=Mark.ABSENT)
    acts: list[Act] = [
        lambda door: vote(door, meeting_id, 7),
        lambda door: door.party.meetings.mark_attendance([line]),
    ]
    came = together(engine, acts)
    with Session(engine) as session:
        there = session.scalars(select(Vote.present)).one()
        present = select(func.count()).select_from(Roll).where(Roll.mark == "present")
        assert there == session.scalar(present)
    assert came in (Counter({"done": 2}), Counter({"done": 1, "party.something_decided": 1}))


def test_a_meeting_is_held_once_and_a_number_taken_once(engine: Engine) -> None:
    with Session(engine) as session:
        stand = hall(session, today=DAY)
        meeting_id = plan(stand, on=MADE)
        session.commit()
    holding = MeetingHolding(held_on=MADE, agenda="学习", present=stand.full)
    came = together(engine, [lambda door: door.party.meetings.hold(meeting_id, holding)] * 4)
    assert came == {"done": 1, "core.illegal_transition": 3}
    row = MeetingPlan(number="同号", kind=MeetingKind.BRANCH, planned_on=MADE, topic="题")
    came = together(engine, [lambda door: door.party.meetings.plan_meetings([row])] * 4)
    assert came == {"done": 1, "party.meeting_number_taken": 3}
    assert count_of(engine, Meeting, number="同号") == 1
