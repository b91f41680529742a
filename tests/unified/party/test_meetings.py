"""Meetings from plan to record: should-attend frozen, marks, minutes, voiding, the grid of a year."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy.orm import Session

from tests.unified.party.hall import ELSEWHERE, PLACE, TODAY, Hall, hall
from tests.unified.party.meeting import CASE, DAY, facts, held, plan, vote
from xuequ import Actor, District, Post
from xuequ.core.access import Holding
from xuequ.core.errors import ActionNotPermitted, IllegalTransition, Problems
from xuequ.core.settings import FixedClock, Settings
from xuequ.core.source import Source
from xuequ.core.storage import FolderStorage
from xuequ.registry.schemas.attachments import Attaching
from xuequ.unified.party.errors.meetings import (
    ExcusedTooLate,
    GroupNeeded,
    MeetingContains,
    MeetingNumberTaken,
    MeetingUnknown,
    MinutesNotOfMeeting,
    MinutesTooEarly,
    NoReasonExcuses,
    NotToAttend,
    NotWithin,
    ReasonNotNeeded,
    SomethingDecided,
)
from xuequ.unified.party.errors.members import BranchMissing
from xuequ.unified.party.schemas.meetings import (
    AttendanceMark,
    CompletionGrid,
    ExcuseGrant,
    GridLine,
    MeetingHolding,
    MeetingPlan,
    MinutesFiling,
    MissedReasonRecord,
    ResolutionText,
    Voiding,
)
from xuequ.unified.party.service.meetings import SOURCE_KIND
from xuequ.unified.party.states.meetings import Body, Completion, Mark, MeetingKind, MeetingState

K = MeetingKind
WHY = Voiding(reason="重复登记")


@pytest.fixture
def stand(session: Session) -> Hall:
    return hall(session)


def marks(stand: Hall, meeting_id: int) -> dict[int, Mark]:
    record = stand.door.party.meetings.meeting(meeting_id)
    return {line.member_id: line.mark for line in record.roll}


# holding


def test_who_should_attend_is_frozen_when_the_meeting_is_held(stand: Hall) -> None:
    meeting = held(stand, stand.full[:5])
    assert (meeting.state, meeting.due, meeting.present, meeting.counts) == (MeetingState.HELD, 9, 5, True)
    stand.door.party.members.place_in_group(stand.groups[1], [stand.full[0]])
    assert set(marks(stand, meeting.id)) == {*stand.full, *stand.probationary}
    assert facts(stand) == ["meetings_planned", "meeting_held"]


def test_leave_granted_before_is_excused_and_everybody_else_is_absent(stand: Hall) -> None:
    meetings, first, second = stand.door.party.meetings, stand.full[0], stand.full[1]
    meeting_id = plan(stand)
    meetings.excuse(meeting_id, [ExcuseGrant(member_id=first, granted_on=date(2026, 10, 14), reason="住院")])
    meetings.excuse(meeting_id, [ExcuseGrant(member_id=first, granted_on=date(2026, 10, 14), reason="再报")])
    meetings.hold(meeting_id, MeetingHolding(held_on=DAY, agenda="学习", present=stand.full[2:]))
    said = marks(stand, meeting_id)
    assert said[first] is Mark.EXCUSED and said[second] is Mark.ABSENT
    assert meetings.meeting(meeting_id).meeting.excused == 1


def test_leave_is_not_granted_once_the_meeting_was_held(stand: Hall) -> None:
    meeting = held(stand, stand.full)
    grant = ExcuseGrant(member_id=stand.probationary[0], granted_on=DAY, reason="出差")
    with pytest.raises(IllegalTransition):
        stand.door.party.meetings.excuse(meeting.id, [grant])
    late = ExcuseGrant(member_id=stand.full[0], granted_on=date(2026, 10, 16), reason="出差")
    with pytest.raises(ExcusedTooLate):
        stand.door.party.meetings.excuse(plan(stand), [late])


def test_attendance_beyond_those_who_should_attend_is_refused(stand: Hall) -> None:
    stranger = stand.full[-1]
    with pytest.raises(NotToAttend):
        held(stand, [stand.full[0], stranger], K.COMMITTEE)
    assert facts(stand) == ["meetings_planned"]


def test_a_group_meets_by_itself(stand: Hall) -> None:
    meeting = held(stand, [], K.GROUP, group_id=stand.groups[0])
    assert meeting.body is Body.GROUP and meeting.group == "第一党小组"
    assert 0 < meeting.due < 9
    with pytest.raises(GroupNeeded):
        plan(stand, K.GROUP)


def test_a_talk_is_between_those_who_are_named(stand: Hall) -> None:
    pair = stand.full[0], stand.full[4]
    meeting = held(stand, pair, K.TALK, members=pair)
    assert set(marks(stand, meeting.id)) == set(pair)
    with pytest.raises(NotToAttend):
        held(stand, (*pair, stand.full[1]), K.TALK, members=pair)


def test_a_meeting_is_held_once(stand: Hall) -> None:
    meeting = held(stand, stand.full)
    with pytest.raises(IllegalTransition):
        stand.door.party.meetings.hold(meeting.id, MeetingHolding(held_on=DAY, agenda="学习"))


def test_a_number_tells_a_meeting_from_all_others(stand: Hall) -> None:
    meeting = held(stand, stand.full, number="2026-DH-1")
    with pytest.raises(MeetingNumberTaken):
        plan(stand, number="2026-DH-1")
    twice = MeetingPlan(number="T", kind=K.BRANCH, planned_on=DAY, topic="题")
    with pytest.raises(MeetingNumberTaken):
        stand.door.party.meetings.plan_meetings([twice, twice])
    stand.door.party.meetings.void(meeting.id, WHY)
    assert plan(stand, number="2026-DH-1") != meeting.id, "the right record takes the number"


def test_a_meeting_before_the_branch_was_founded_is_refused(stand: Hall) -> None:
    with pytest.raises(BranchMissing):
        plan(stand, on=date(2015, 6, 30))


def test_a_theme_day_contains_a_general_meeting_that_counts_by_its_own_record(stand: Hall) -> None:
    whole = held(stand, stand.full, K.THEME_DAY, number="ZT")
    inner = held(stand, stand.full[:2], within="ZT")
    assert inner.within_id == whole.id
    assert whole.counts and not inner.counts, "two of eight are no general meeting, whatever surrounds it"
    with pytest.raises(MeetingContains):
        stand.door.party.meetings.void(whole.id, WHY)
    stand.door.party.meetings.void(inner.id, WHY)
    assert stand.door.party.meetings.void(whole.id, WHY).state is MeetingState.VOIDED
    with pytest.raises(MeetingUnknown):
        plan(stand, within="ZT")


def test_a_meeting_that_moves_to_another_day_is_no_longer_within_the_theme_day(stand: Hall) -> None:
    plan(stand, K.THEME_DAY, number="ZT")
    inner = plan(stand, within="ZT")
    moved = MeetingHolding(held_on=date(2026, 10, 16), agenda="学习")
    with pytest.raises(NotWithin):
        stand.door.party.meetings.hold(inner, moved)


# setting right, minutes, voiding


def mark(stand: Hall, meeting_id: int, member_id: int, said: Mark, **more: Any) -> None:
    line = AttendanceMark(meeting_id=meeting_id, member_id=member_id, mark=said, **more)
    stand.door.party.meetings.mark_attendance([line])


def test_a_wrong_mark_is_set_right_and_the_journal_knows_what_it_was(stand: Hall) -> None:
    meeting = held(stand, stand.full[:5])
    late = stand.full[5]
    mark(stand, meeting.id, late, Mark.PRESENT)
    mark(stand, meeting.id, late, Mark.PRESENT)
    assert marks(stand, meeting.id)[late] is Mark.PRESENT
    assert facts(stand, "attendance") == ["attendance_marked"], "what stands already is no change"
    mark(stand, meeting.id, late, Mark.EXCUSED, excused_on=DAY, reason="出差")
    mark(stand, meeting.id, late, Mark.ABSENT)
    assert marks(stand, meeting.id)[late] is Mark.ABSENT


def test_attendance_stands_while_a_vote_stands_on_it(stand: Hall) -> None:
    meeting = held(stand, stand.full)
    made = vote(stand.door, meeting.id, 8)
    with pytest.raises(SomethingDecided):
        mark(stand, meeting.id, stand.full[0], Mark.ABSENT)
    stand.door.party.votes.void_vote(made.id, WHY)
    mark(stand, meeting.id, stand.full[0], Mark.ABSENT)


def test_nothing_is_recorded_of_a_meeting_that_was_not_held(stand: Hall) -> None:
    meeting_id, meetings = plan(stand), stand.door.party.meetings
    with pytest.raises(MinutesTooEarly):
        mark(stand, meeting_id, stand.full[0], Mark.PRESENT)
    with pytest.raises(MinutesTooEarly):
        meetings.file_minutes(meeting_id, MinutesFiling(sha256="0" * 64))
    with pytest.raises(MinutesTooEarly):
        meetings.record_resolutions(meeting_id, [ResolutionText(text="通过")])


def test_resolutions_stand_in_their_order(stand: Hall) -> None:
    meeting, meetings = held(stand, stand.full), stand.door.party.meetings
    meetings.record_resolutions(meeting.id, [ResolutionText(text="一"), ResolutionText(text="二")])
    meetings.record_resolutions(meeting.id, [ResolutionText(text="三")])
    assert [(one.number, one.text) for one in meetings.meeting(meeting.id).resolutions] == [
        (1, "一"),
        (2, "二"),
        (3, "三"),
    ]


def test_minutes_are_a_file_of_the_meeting_or_the_digest_of_paper(stand: Hall, tmp_path: Path) -> None:
    storage = FolderStorage(tmp_path)
    door = District(
        stand.session,
        PLACE,
        actor=Actor.system("test"),
        settings=Settings(clock=FixedClock.at(TODAY), storage=storage),
    )
    meeting, content = held(stand, stand.full), b"%PDF-1.7 minutes"

    def attach(of: int) -> int:
        named = Attaching(source=Source(SOURCE_KIND, of), name="记录.pdf")
        return door.registry.attachments.attach(named, io.BytesIO(content)).id

    filed = door.party.meetings.file_minutes(meeting.id, MinutesFiling(attachment_id=attach(meeting.id)))
    assert filed.minutes_sha256 == hashlib.sha256(content).hexdigest()
    other = attach(meeting.id + 1)
    for wrong in (MinutesFiling(attachment_id=other), MinutesFiling()):
        with pytest.raises(MinutesNotOfMeeting):
            door.party.meetings.file_minutes(meeting.id, wrong)
    paper = door.party.meetings.file_minutes(meeting.id, MinutesFiling(sha256="a" * 64, kept_at="党建室2柜"))
    assert (paper.minutes_id, paper.minutes_at) == (None, "党建室2柜")


def test_a_record_is_voided_with_a_reason_and_stays(stand: Hall) -> None:
    meetings, meeting = stand.door.party.meetings, held(stand, stand.full)
    made = vote(stand.door, meeting.id, 8)
    voided = meetings.void(meeting.id, WHY)
    assert (voided.state, voided.reason, voided.counts) == (MeetingState.VOIDED, "重复登记", None)
    assert [one.id for one in meetings.meetings(date(2026, 1, 1), date(2027, 1, 1))] == [meeting.id]
    assert len(meetings.meeting(meeting.id).roll) == 9
    assert stand.door.party.votes.decision_of(CASE) is None, "what it decided is void with it"
    assert stand.door.party.votes.votes_of(meeting.id)[0].voided_on == TODAY
    assert facts(stand, "void") == ["vote_voided", "meeting_voided"]
    assert made.passed
    with pytest.raises(IllegalTransition):
        meetings.void(meeting.id, WHY)
    with pytest.raises(ValidationError):
        Voiding(reason="  ")


def test_a_planned_meeting_is_called_off(stand: Hall) -> None:
    meeting_id = plan(stand)
    assert stand.door.party.meetings.cancel(meeting_id, WHY).state is MeetingState.CANCELLED
    with pytest.raises(IllegalTransition):
        stand.door.party.meetings.hold(meeting_id, MeetingHolding(held_on=DAY, agenda="学习"))


# whose it is


def test_two_districts_do_not_see_each_others_meetings(stand: Hall) -> None:
    other = hall(stand.session, ELSEWHERE)
    meeting = held(stand, stand.full)
    assert other.door.party.meetings.meetings(date(2026, 1, 1), date(2027, 1, 1)) == []
    for act in (
        lambda: other.door.party.meetings.meeting(meeting.id),
        lambda: other.door.party.meetings.void(meeting.id, WHY),
        lambda: vote(other.door, meeting.id, 8),
    ):
        with pytest.raises(MeetingUnknown):
            act()


@pytest.mark.parametrize("post", [Post.PRINCIPAL, Post.SCHOOL_HEAD, Post.TEACHER, Post.ACCOUNTANT])
def test_the_room_of_the_party_is_closed_to_other_posts(stand: Hall, post: Post) -> None:
    door = stand.at(TODAY, Actor("T1", (Holding(post, PLACE),)))
    with pytest.raises(ActionNotPermitted):
        door.party.meetings.completion()
    with pytest.raises(ActionNotPermitted):
        door.party.meetings.attendance()


# the grid


def line(grid: CompletionGrid, label: str, group: str = "") -> GridLine:
    return next(one for one in grid.lines if one.label == label and one.group == group)


def states(grid: CompletionGrid, label: str, group: str = "") -> dict[int, Completion]:
    return {cell.month: cell.state for cell in line(grid, label, group).cells}


def test_the_grid_tells_met_missed_and_not_yet_due_apart(stand: Hall) -> None:
    held(stand, stand.full, on=date(2026, 8, 20))
    grid = stand.door.party.meetings.completion(2026)
    quarterly = states(grid, "支部党员大会")
    assert [quarterly[month] for month in (1, 4, 7, 8, 9, 10)] == [
        *(Completion.MISSED, Completion.MISSED),
        *(Completion.MET, Completion.MET, Completion.MET),
        Completion.NOT_YET_DUE,
    ]
    monthly = states(grid, "主题党日")
    assert monthly[10] is Completion.MISSED and monthly[11] is Completion.NOT_YET_DUE
    assert monthly[7] is monthly[8] is Completion.MISSED, "the summer holiday suspends nothing"
    assert states(grid, "组织生活会")[1] is Completion.NOT_YET_DUE
    assert [one.group for one in grid.lines if one.label == "党小组会"] == ["第一党小组", "第二党小组"]


def test_a_branch_without_a_committee_has_no_line_of_its_meetings(session: Session) -> None:
    grid = hall(session, committee=0).door.party.meetings.completion(2026)
    assert "支部委员会会议" not in [one.label for one in grid.lines]


def test_a_meeting_without_its_quorum_or_voided_fills_no_cell(stand: Hall) -> None:
    held(stand, stand.full[:1], K.COMMITTEE, on=date(2026, 9, 8))
    wrong = held(stand, stand.full, K.THEME_DAY, on=date(2026, 9, 8))
    stand.door.party.meetings.void(wrong.id, WHY)
    grid = stand.door.party.meetings.completion(2026)
    assert states(grid, "支部委员会会议")[9] is Completion.MISSED
    assert states(grid, "主题党日")[9] is Completion.MISSED
    held(stand, stand.full[:2], K.COMMITTEE, on=date(2026, 9, 9))
    assert states(stand.door.party.meetings.completion(2026), "支部委员会会议")[9] is Completion.MET


def test_a_general_meeting_does_not_stand_for_the_theme_day_around_it(stand: Hall) -> None:
    held(stand, stand.full, K.THEME_DAY, on=date(2026, 9, 8))
    grid = stand.door.party.meetings.completion(2026)
    assert states(grid, "主题党日")[9] is Completion.MET
    assert states(grid, "支部党员大会")[9] is Completion.MISSED


def test_a_lecture_by_the_secretary_is_told_from_one_by_others(stand: Hall) -> None:
    held(stand, stand.full, K.LECTURE, lecturer_id=stand.full[6])
    assert states(stand.door.party.meetings.completion(), "书记等讲党课")[10] is Completion.NOT_YET_DUE
    held(stand, stand.full, K.LECTURE, lecturer_id=stand.full[0])
    assert states(stand.door.party.meetings.completion(), "书记等讲党课")[10] is Completion.MET


def test_a_reason_is_recorded_for_what_is_usual_and_refused_for_what_must_be(stand: Hall) -> None:
    meetings, september = stand.door.party.meetings, date(2026, 9, 20)

    def reason(kind: MeetingKind, day: date = september, group: int | None = None) -> None:
        meetings.record_missed_reason(MissedReasonRecord(kind=kind, day=day, reason="防汛", group_id=group))

    reason(K.COMMITTEE)
    reason(K.GROUP, group=stand.groups[0])
    grid = meetings.completion(2026)
    assert states(grid, "支部委员会会议")[9] is Completion.REASONED
    assert "防汛" in line(grid, "支部委员会会议").cells[8].text
    assert states(grid, "党小组会", "第一党小组")[9] is Completion.REASONED
    assert states(grid, "党小组会", "第二党小组")[9] is Completion.MISSED
    with pytest.raises(NoReasonExcuses):
        reason(K.THEME_DAY)
    with pytest.raises(ReasonNotNeeded):
        reason(K.COMMITTEE, TODAY)
    with pytest.raises(GroupNeeded):
        reason(K.GROUP)


def test_the_grid_names_who_has_not_been_talked_with(stand: Hall) -> None:
    first, second, third, *rest = stand.full
    before = stand.door.party.meetings.completion(2026)
    assert len(before.untalked) == 3 + 6, "three pairs of the committee, six members"
    for pair in ((first, second), (first, third), (second, third), *((first, one) for one in rest)):
        held(stand, pair, K.TALK, members=pair)
    (probationary,) = stand.probationary
    assert len(stand.door.party.meetings.completion(2026).untalked) == 1
    held(stand, (second, probationary), K.TALK, members=(second, probationary))
    grid = stand.door.party.meetings.completion(2026)
    assert grid.untalked == () and states(grid, "谈心谈话")[1] is Completion.MET


# who stays away


def test_attendance_counts_leave_out_and_flags_only_by_the_districts_own_number(stand: Hall) -> None:
    away, present = stand.full[7], stand.full[:7]
    for month in (8, 9, 10):
        held(stand, present, on=date(2026, month, 5))
    meeting_id = plan(stand, on=date(2026, 10, 20))
    grant = ExcuseGrant(member_id=away, granted_on=date(2026, 10, 19), reason="住院")
    stand.door.party.meetings.excuse(meeting_id, [grant])
    stand.door.party.meetings.hold(
        meeting_id, MeetingHolding(held_on=date(2026, 10, 20), agenda="学习", present=present)
    )
    report = stand.door.party.meetings.attendance()
    theirs = next(one for one in report.lines if one.member_id == away)
    assert (theirs.due, theirs.excused, theirs.absent, theirs.in_a_row) == (3, 1, 3, 3)
    assert theirs.absent_since == date(2026, 8, 5)
    assert report.flagged_from is None and theirs.flagged is None


def test_nobody_is_absent_where_nobody_took_attendance(stand: Hall) -> None:
    for month in range(5, 11):
        held(stand, [], on=date(2026, month, 5))
    assert {line.months for line in stand.door.party.meetings.idle_months()} == {0}
    assert {line.due for line in stand.door.party.meetings.attendance().lines} == {0}


def test_whoever_comes_on_the_very_day_is_not_idle(stand: Hall) -> None:
    for month in range(7, 10):
        held(stand, stand.full[1:], on=date(2026, month, 5))
    held(stand, stand.full, on=TODAY)
    idle = {line.member_id: line.months for line in stand.door.party.meetings.idle_months()}
    assert idle[stand.full[0]] == 0 and idle[stand.probationary[0]] == 3


def test_a_plan_of_many_is_one_fact_and_says_all_that_is_wrong(stand: Hall) -> None:
    rows = [
        MeetingPlan(number=f"P{n}", kind=K.THEME_DAY, planned_on=date(2026, n, 5), topic="题") for n in (1, 2)
    ]
    assert len(stand.door.party.meetings.plan_meetings(rows)) == 2
    assert facts(stand) == ["meetings_planned"]
    with pytest.raises(Problems) as refused:
        stand.door.party.meetings.plan_meetings(
            [*rows, MeetingPlan(number="Q", kind=K.GROUP, planned_on=DAY, topic="题")]
        )
    assert len(refused.value.problems) == 3
