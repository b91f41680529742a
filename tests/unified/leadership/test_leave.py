"""Leave: who may approve it, what counts as one, and what is asked for."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.unified.leadership.leaves import (
    AM,
    CENTRAL,
    HEAD,
    OFFICE,
    PM,
    PRINCIPAL,
    SEP1,
    TEACHER,
    appoint,
    approve,
    ask,
    asking,
    at,
    facts,
    furnish,
    granted,
    halves,
    lend,
    names,
    number,
    place,
    recorded,
    sep,
    staff_id,
)
from xuequ import Actor, District, Holding, Post
from xuequ.core.errors import ActionNotPermitted, IllegalTransition, Problems, SpanBackwards
from xuequ.core.halfdays import Half
from xuequ.core.settings import CHINA
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.schemas.calendar import ClosureCommand
from xuequ.registry.states.calendar import ClosureReason
from xuequ.registry.states.posts import AppointmentEnd
from xuequ.standards.schemas import StandardValue
from xuequ.testing import make_district
from xuequ.unified.leadership.errors.leave import (
    ApproverNeeded,
    DocumentNeeded,
    LateReasonMissing,
    LeaveDecided,
    LeaveOfOther,
    LeaveOverlaps,
    LeaveTooLong,
    LeaveUnknown,
    NothingToReport,
    NothingToTake,
    NotTheApprover,
    NotWorkingHere,
    OutOfOrder,
    OwnLeave,
    ReportedAlready,
)
from xuequ.unified.leadership.errors.ledgers import DayAhead
from xuequ.unified.leadership.models.leave import LeaveSlot
from xuequ.unified.leadership.schemas.leave import LeaveRequest
from xuequ.unified.leadership.states.leave import Ground, LeaveKind, LeaveState, Standing, Why


@pytest.fixture
def door(session: Session) -> District:
    return furnish(session)


# the boundary vectors


def test_one_half_day_at_a_school_with_a_head_the_head_may_approve_and_a_report_is_owed(
    door: District,
) -> None:
    leave = ask(door, TEACHER, sep(3), PM)
    said = at(door, SEP1, TEACHER).leadership.leave.authority(leave.id)
    assert (said.grounds, said.why) == ((Ground.HEAD, Ground.PRINCIPAL), (Why.HALF_DAY,))
    assert [(one.staff_no, one.ground) for one in said.approvers] == [
        (number(HEAD), Ground.HEAD),
        (number(PRINCIPAL), Ground.PRINCIPAL),
    ]
    done = approve(door, HEAD, leave)
    assert (done.state, done.asks[0].ground, done.asks[0].reported_at) == (
        LeaveState.APPROVED,
        Ground.HEAD,
        None,
    )
    (owed,) = at(door, SEP1, PRINCIPAL).leadership.leave.unreported().lines
    assert (owed.leave_id, owed.days_since, owed.due) == (leave.id, 0, None)


def test_tuesday_afternoon_and_wednesday_morning_are_one_and_the_second_needs_the_principal(
    door: District,
) -> None:
    granted(door, TEACHER, sep(8), PM, by=HEAD)
    second = ask(door, TEACHER, sep(9), AM)
    with pytest.raises(NotTheApprover) as caught:
        approve(door, HEAD, second)
    assert "相连" in caught.value.message() and "校长" in caught.value.message()
    said = at(door, SEP1, HEAD).leadership.leave.authority(second.id)
    assert (said.half_days, said.total_half_days, len(said.chained)) == (1, 2, 2)
    assert said.why == (Why.CHAINED, Why.TOO_LONG)
    assert "合并为 1 天" in said.text and "事假 2026-09-08 下午 至 2026-09-08 下午" in said.text
    assert [one.ground for one in said.approvers] == [Ground.PRINCIPAL]
    assert approve(door, PRINCIPAL, second).state is LeaveState.APPROVED


def test_friday_afternoon_and_monday_morning_are_one_since_a_weekend_does_not_break_it(
    door: District,
) -> None:
    granted(door, TEACHER, sep(11), PM, by=HEAD)
    monday = ask(door, TEACHER, sep(14), AM)
    with pytest.raises(NotTheApprover):
        approve(door, HEAD, monday)
    assert at(door, SEP1, TEACHER).leadership.leave.authority(monday.id).total_half_days == 2


def test_half_a_day_of_a_teacher_of_a_central_school_without_a_head_is_the_principals(door: District) -> None:
    leave = ask(door, CENTRAL, sep(3))
    said = at(door, SEP1, CENTRAL).leadership.leave.authority(leave.id)
    assert (said.grounds, said.why) == ((Ground.PRINCIPAL,), (Why.NO_HEAD,))
    with pytest.raises(ActionNotPermitted):  # a head elsewhere has no say
        approve(door, HEAD, leave)
    assert approve(door, PRINCIPAL, leave).asks[0].ground is Ground.PRINCIPAL


def test_half_a_day_of_the_head_himself_is_the_principals(door: District) -> None:
    leave = ask(door, HEAD, sep(3))
    assert at(door, SEP1, HEAD).leadership.leave.authority(leave.id).why == (Why.HEAD_HIMSELF,)
    with pytest.raises(OwnLeave):
        approve(door, HEAD, leave)
    assert approve(door, PRINCIPAL, leave).state is LeaveState.APPROVED


# who may


def test_more_than_half_a_day_needs_the_principal(door: District) -> None:
    leave = ask(door, TEACHER, sep(3), AM, sep(3))
    with pytest.raises(NotTheApprover):
        approve(door, HEAD, leave)
    with pytest.raises(NotTheApprover):
        at(door, SEP1, HEAD).leadership.leave.reject_leave(leave.id)
    assert approve(door, PRINCIPAL, leave).half_days == 2


def test_half_past_ten_to_half_past_two_touches_two_half_days(door: District) -> None:
    begin, end = datetime.combine(sep(3), time(10, 30)), datetime.combine(sep(3), time(14, 30))
    request = LeaveRequest.by_clock(begin, end, staff_id=staff_id(door, TEACHER), kind=LeaveKind.PERSONAL)
    leave = at(door, SEP1, TEACHER).leadership.leave.request_leave(request)
    assert (leave.half_days, leave.days) == (2, Decimal(1))
    with pytest.raises(NotTheApprover):
        approve(door, HEAD, leave)


def test_whoever_teaches_elsewhere_is_approved_by_the_head_there(door: District) -> None:
    appoint(door, "s3-T1", Post.SCHOOL_HEAD, school="s3")
    place(door, TEACHER, "s3", sep(7))
    before, after = ask(door, TEACHER, sep(3)), ask(door, TEACHER, sep(10))
    with pytest.raises(ActionNotPermitted):
        approve(door, HEAD, after)
    assert approve(door, "s3-T1", after).school == "s3"
    with pytest.raises(ActionNotPermitted):
        approve(door, "s3-T1", before)
    assert approve(door, HEAD, before).school == "s2"
    schools = {one.code: str(one.id) for one in door.registry.schools()}
    told = [said["school_ids"] for _, said in facts(door.context.session, "approved")]
    assert told == [[schools["s3"]], [schools["s2"]]]


def test_a_leave_over_two_schools_is_the_principals_and_each_half_day_is_of_its_school(
    door: District,
) -> None:
    place(door, TEACHER, "s3", sep(8))
    leave = granted(door, TEACHER, sep(7), PM, sep(8), AM)
    [(_, said)] = facts(door.context.session, "approved")
    ids = {one.code: str(one.id) for one in door.registry.schools()}
    assert said["half_days"] == halves((7, PM), (8, AM))
    assert said["school_ids"] == [ids["s2"], ids["s3"]]
    assert leave.asks[0].ground is Ground.PRINCIPAL


def test_an_ex_head_approves_nothing_and_the_new_one_does(door: District) -> None:
    leave = ask(door, TEACHER, sep(10))
    (held,) = door.registry.posts.history(Post.SCHOOL_HEAD, "s2")
    at(door, sep(2)).registry.posts.end_appointment(held.id, AppointmentEnd.MOVED, sep(3))
    appoint(door, "s2-T3", Post.SCHOOL_HEAD, sep(3), school="s2", acting=True)
    with pytest.raises(ActionNotPermitted):
        approve(door, HEAD, leave, sep(3))
    assert approve(door, "s2-T3", leave, sep(3)).asks[0].approver_no == number("s2-T3")


def test_while_nobody_is_head_the_half_day_is_the_principals(door: District) -> None:
    leave = ask(door, TEACHER, sep(10))
    (held,) = door.registry.posts.history(Post.SCHOOL_HEAD, "s2")
    at(door, sep(2)).registry.posts.end_appointment(held.id, AppointmentEnd.MOVED, sep(3))
    views = at(door, sep(3), PRINCIPAL).leadership.leave
    assert views.authority(leave.id).why == (Why.NO_HEAD,)
    assert views.authority(leave.id, sep(2)).why == (Why.HALF_DAY,)


def test_a_delegate_of_the_head_approves_for_his_days_and_not_his_own(door: District) -> None:
    (held,) = door.registry.posts.history(Post.SCHOOL_HEAD, "s2")
    lend(door, held.id, "s2-T3", sep(2), sep(5))
    leave, own, heads = (ask(door, who, sep(10)) for who in (TEACHER, "s2-T3", HEAD))
    assert approve(door, "s2-T3", leave, sep(3)).asks[0].ground is Ground.HEAD
    with pytest.raises(OwnLeave):
        approve(door, "s2-T3", own, sep(3))
    with pytest.raises(NotTheApprover):  # the head's own leave, decided on with the head's own powers
        approve(door, "s2-T3", heads, sep(3))
    with pytest.raises(ActionNotPermitted):
        approve(door, "s2-T3", own, sep(6))


def test_a_delegate_of_the_principal_approves_all_but_the_principals_leave(door: District) -> None:
    (held,) = door.registry.posts.history(Post.PRINCIPAL)
    lend(door, held.id, "s3-T1", sep(2), sep(5))
    long, chiefs, own = (ask(door, who, sep(10), AM, sep(11)) for who in (TEACHER, PRINCIPAL, "s3-T1"))
    said = at(door, sep(3), PRINCIPAL).leadership.leave.authority(long.id)
    assert [(one.staff_no, one.lent) for one in said.approvers] == [
        (number(PRINCIPAL), False),
        (number("s3-T1"), True),
    ]
    assert approve(door, "s3-T1", long, sep(3)).asks[0].ground is Ground.PRINCIPAL
    with pytest.raises(NotTheApprover):
        approve(door, "s3-T1", chiefs, sep(3))
    with pytest.raises(OwnLeave):
        approve(door, "s3-T1", own, sep(3))
    assert approve(door, PRINCIPAL, own, sep(3)).state is LeaveState.APPROVED


def test_half_a_day_of_the_leadership_is_the_principals(door: District) -> None:
    leave = ask(door, OFFICE, sep(3))
    assert Why.LEADS in at(door, SEP1, OFFICE).leadership.leave.authority(leave.id).why
    assert approve(door, PRINCIPAL, leave).asks[0].ground is Ground.PRINCIPAL


def test_the_principals_own_leave_is_the_bureaus_and_recorded_with_its_number(door: District) -> None:
    leave = ask(door, PRINCIPAL, sep(3))
    office = at(door, sep(2), OFFICE).leadership.leave
    assert office.authority(leave.id).why == (Why.PRINCIPAL_HIMSELF,)
    with pytest.raises(OwnLeave):
        approve(door, PRINCIPAL, leave)
    with pytest.raises(OwnLeave):
        record = recorded(door, None, document="凤教〔2026〕9号")
        at(door, sep(2), PRINCIPAL).leadership.leave.record_decision(leave.id, record)
    with pytest.raises(DocumentNeeded):
        office.record_decision(leave.id, recorded(door, None))
    done = office.record_decision(leave.id, recorded(door, None, document="凤教〔2026〕9号"))
    assert (done.state, done.asks[0].ground, done.asks[0].approver_id) == (
        LeaveState.APPROVED,
        Ground.BUREAU,
        None,
    )


def test_the_bureau_decides_on_nobody_elses_leave(door: District) -> None:
    leave = ask(door, TEACHER, sep(3))
    with pytest.raises(NotTheApprover):
        at(door, SEP1, OFFICE).leadership.leave.record_decision(
            leave.id, recorded(door, None, document="1号")
        )


def test_what_was_approved_on_paper_is_tested_as_of_its_day(door: District) -> None:
    leave = ask(door, TEACHER, sep(10))
    (held,) = door.registry.posts.history(Post.SCHOOL_HEAD, "s2")
    at(door, sep(4)).registry.posts.end_appointment(held.id, AppointmentEnd.MOVED, sep(4))
    office = at(door, sep(5), OFFICE).leadership.leave
    with pytest.raises(NotTheApprover):
        office.record_decision(leave.id, recorded(door, HEAD, sep(4)))
    with pytest.raises(DayAhead):
        office.record_decision(leave.id, recorded(door, HEAD, sep(6)))
    with pytest.raises(OutOfOrder):
        office.record_decision(leave.id, recorded(door, HEAD, date(2026, 8, 31)))
    with pytest.raises(StaffUnknown):
        office.record_decision(leave.id, recorded(door, None).model_copy(update={"approver_id": 1}))
    done = office.record_decision(leave.id, recorded(door, HEAD, sep(3)))
    decided = done.asks[0].decided_at
    assert decided is not None and decided.astimezone(CHINA).date() == sep(3)


def test_a_decision_on_paper_may_be_a_rejection(door: District) -> None:
    leave = ask(door, TEACHER, sep(10))
    office = at(door, sep(5), OFFICE).leadership.leave
    done = office.record_decision(leave.id, recorded(door, HEAD, approved=False, remark="考试周"))
    assert (done.state, done.half_days, done.asks[0].remark) == (LeaveState.REJECTED, 0, "考试周")
    assert names(door.context.session)[-1] == "leave_rejected"


def test_a_script_approves_nothing(door: District) -> None:
    leave = ask(door, TEACHER, sep(3))
    with pytest.raises(ApproverNeeded):
        at(door, SEP1).leadership.leave.approve_leave(leave.id)
    stranger = Actor("nobody", (Holding(Post.PRINCIPAL, "530921/qianfeng"),))
    with pytest.raises(StaffUnknown):
        District(door.context.session, "530921/qianfeng", actor=stranger).leadership.leave.approve_leave(
            leave.id
        )


def test_what_the_district_sets_lets_a_head_approve_a_day(door: District) -> None:
    value = StandardValue(
        key="leave.head_approves_days", value="1", since=SEP1, authority="前锋学区请假制度", reason="试行"
    )
    door.standards.record(value)
    assert granted(door, TEACHER, sep(3), AM, sep(3), by=HEAD).asks[0].ground is Ground.HEAD
    chained = ask(door, TEACHER, sep(4), AM)
    with pytest.raises(NotTheApprover):
        approve(door, HEAD, chained)
    place(door, "s2-T3", "s3", sep(8))
    over_two = ask(door, "s2-T3", sep(7), PM, sep(8), AM)
    said = at(door, SEP1, HEAD).leadership.leave.authority(over_two.id)
    assert said.why == (Why.SEVERAL_SCHOOLS,)


def test_the_second_decision_on_one_leave_hears_who_decided_and_when(door: District) -> None:
    leave = granted(door, TEACHER, sep(3), by=HEAD)
    with pytest.raises(LeaveDecided) as caught:
        approve(door, PRINCIPAL, leave)
    assert (caught.value.state, caught.value.who, caught.value.when) == ("批准", "师1", "2026-09-01 08:00")
    with pytest.raises(LeaveDecided):  # nor is the approver changed afterwards
        at(door, SEP1, OFFICE).leadership.leave.record_decision(leave.id, recorded(door, PRINCIPAL))


def test_what_was_rejected_frees_its_half_days_and_breaks_no_chain(door: District) -> None:
    leave = ask(door, TEACHER, sep(8), PM)
    at(door, SEP1, HEAD).leadership.leave.reject_leave(leave.id, "监考")
    assert granted(door, TEACHER, sep(9), AM, by=HEAD).state is LeaveState.APPROVED
    again = ask(door, TEACHER, sep(8), PM)
    assert at(door, SEP1, HEAD).leadership.leave.authority(again.id).total_half_days == 2
    gone = at(door, SEP1, TEACHER).leadership.leave.authority(leave.id)
    assert (gone.approvers, gone.text) == ((), "该请假不予批准，不再需要审批。")


# chains


@pytest.mark.parametrize(
    ("first", "second", "kind"),
    [
        ((24, PM), (28, AM), LeaveKind.PERSONAL),  # over the Mid-Autumn holiday
        ((18, PM), (20, AM), LeaveKind.PERSONAL),  # Saturday off, Sunday made up
        ((8, PM), (9, AM), LeaveKind.SICK),  # another kind of leave
        ((9, AM), (9, PM), LeaveKind.PERSONAL),  # both halves of a day
    ],
)
def test_what_lies_together_is_one_leave(
    door: District, first: tuple[int, Half], second: tuple[int, Half], kind: LeaveKind
) -> None:
    granted(door, TEACHER, sep(first[0]), first[1], by=HEAD)
    leave = ask(door, TEACHER, sep(second[0]), second[1], kind=kind)
    with pytest.raises(NotTheApprover):
        approve(door, HEAD, leave)


@pytest.mark.parametrize(("first", "second"), [((8, AM), (9, AM)), ((18, PM), (21, AM)), ((3, AM), (4, AM))])
def test_a_half_day_at_work_keeps_two_leaves_apart(
    door: District, first: tuple[int, Half], second: tuple[int, Half]
) -> None:
    granted(door, TEACHER, sep(first[0]), first[1], by=HEAD)
    assert granted(door, TEACHER, sep(second[0]), second[1], by=HEAD).state is LeaveState.APPROVED


def test_what_is_withdrawn_or_void_does_not_count_into_a_chain(door: District) -> None:
    one, other = granted(door, TEACHER, sep(8), AM, by=HEAD), ask(door, TEACHER, sep(9), PM)
    middle = ask(door, TEACHER, sep(8), PM)
    at(door, SEP1, OFFICE).leadership.leave.cancel(one.id, "录错")
    at(door, SEP1, TEACHER).leadership.leave.withdraw(other.id)
    assert approve(door, HEAD, middle).state is LeaveState.APPROVED


def test_what_was_shortened_counts_by_its_actual_length(door: District) -> None:
    long = granted(door, TEACHER, sep(3), AM, sep(4))
    at(door, sep(3), HEAD, 14).leadership.leave.register_return(long.id, sep(3), PM)
    assert approve(door, HEAD, ask(door, TEACHER, sep(4), PM, day=sep(3)), sep(3)).half_days == 1


# what is asked for


def test_make_up_days_count_and_holidays_and_weekends_do_not(door: District) -> None:
    leave = ask(door, TEACHER, sep(18), AM, sep(28), AM)
    assert leave.half_days == 2 + 2 + 8 + 1  # Friday, the made-up Sunday, Monday to Thursday, Monday morning


def test_maternity_leave_counts_every_day_of_the_calendar(door: District) -> None:
    leave = granted(door, TEACHER, sep(18), AM, sep(28), AM, kind=LeaveKind.MATERNITY)
    assert leave.half_days == 21


def test_a_closed_half_day_is_none_of_leave(door: District) -> None:
    closure = ClosureCommand(first=sep(3), first_half=PM, last=sep(3), reason=ClosureReason.WEATHER)
    door.registry.calendar.announce_closure(closure.model_copy(update={"school": "s2"}))
    assert ask(door, TEACHER, sep(3), AM, sep(3)).half_days == 1
    assert ask(door, CENTRAL, sep(3), AM, sep(3)).half_days == 2


def test_nobody_asks_for_days_on_which_there_is_nothing_to_take(door: District) -> None:
    with pytest.raises(NothingToTake):
        ask(door, TEACHER, sep(5), AM, sep(6))
    with pytest.raises(NothingToTake):
        ask(door, TEACHER, date(2027, 2, 1))  # in the vacation


def test_two_leaves_of_one_teacher_do_not_overlap(door: District) -> None:
    ask(door, TEACHER, sep(3), AM, sep(4), AM)
    for first, half in ((3, AM), (3, PM), (4, AM)):
        with pytest.raises(LeaveOverlaps) as caught:
            ask(door, TEACHER, sep(first), half, kind=LeaveKind.SICK)
        assert "事假 2026-09-03 上午 至 2026-09-04 上午" in caught.value.message()
    assert ask(door, TEACHER, sep(4), PM).half_days == 1
    assert ask(door, "s2-T3", sep(3)).half_days == 1


def test_the_database_refuses_a_second_open_half_day_of_one_person(door: District) -> None:
    leave = ask(door, TEACHER, sep(3))
    scope = door.context.scope
    row: dict[str, Any] = {
        "county_id": scope.county_id,
        "id": 1,
        "district_id": scope.district_id,
        "leave_id": leave.id,
    }
    row |= {"staff_id": leave.staff_id, "half_day": halves((3, AM))[0], "day": sep(3), "released": None}
    with pytest.raises(IntegrityError), door.context.session.begin_nested():
        door.context.session.execute(insert(LeaveSlot).values(row))


def test_a_leave_does_not_end_before_it_begins_nor_last_for_years(door: District) -> None:
    with pytest.raises(SpanBackwards):
        asking(door, TEACHER, sep(3), PM, sep(3), AM)
    with pytest.raises(LeaveTooLong):
        ask(door, TEACHER, sep(3), AM, date(2062, 9, 3))


def test_leave_is_asked_for_where_somebody_works(session: Session, door: District) -> None:
    other = make_district(session, "530921/dasi", schools=1, staff=1)
    elsewhere = other.registry.staff.staff_as_of("dasi-s1-T1").id
    request = asking(door, TEACHER, sep(3)).model_copy(update={"staff_id": elsewhere})
    with pytest.raises(NotWorkingHere):
        at(door, SEP1).leadership.leave.request_leave(request)
    with pytest.raises(StaffUnknown):
        at(door, SEP1).leadership.leave.request_leave(request.model_copy(update={"staff_id": 1}))


def test_a_teacher_asks_for_himself_and_a_head_or_the_office_for_others(door: District) -> None:
    request = asking(door, TEACHER, sep(3))
    for who in ("s2-T3", CENTRAL):
        with pytest.raises((LeaveOfOther, ActionNotPermitted)):
            at(door, SEP1, who).leadership.leave.request_leave(request)
    with pytest.raises(LeaveOfOther):  # nor does he say on which day he asked
        at(door, sep(2), TEACHER).leadership.leave.request_leave(request, SEP1)
    leave = at(door, sep(2), HEAD).leadership.leave.request_leave(request, SEP1)
    assert leave.asks[0].asked_at.astimezone(CHINA).date() == SEP1
    for verb in ("withdraw", "leave", "authority"):
        with pytest.raises(LeaveOfOther):
            getattr(at(door, SEP1, "s2-T3").leadership.leave, verb)(leave.id)
    assert at(door, SEP1, TEACHER).leadership.leave.leave(leave.id).id == leave.id
    with pytest.raises(LeaveOfOther):
        at(door, SEP1, "s2-T3").leadership.leave.leaves_of(staff_id(door, TEACHER))
    own = at(door, SEP1, TEACHER).leadership.leave.leaves_of(staff_id(door, TEACHER))
    assert [one.id for one in own] == [leave.id]


def test_what_has_begun_is_registered_with_a_reason_and_goes_to_the_same_people(door: District) -> None:
    with pytest.raises(LateReasonMissing):
        ask(door, TEACHER, sep(3), day=sep(4))
    assert ask(door, TEACHER, sep(4), AM, day=sep(4)).late is False  # the half-day that it is now
    late = ask(door, TEACHER, sep(2), AM, sep(3), day=sep(4), late_reason="突发急病")
    assert late.late and late.standing is Standing.WAITING
    assert [said["late"] for _, said in facts(door.context.session, "requested")] == [False, True]
    with pytest.raises(NotTheApprover):
        approve(door, HEAD, late, sep(4))
    assert approve(door, PRINCIPAL, late, sep(4)).standing is Standing.ENDED


def test_all_that_is_wrong_is_said_at_once(door: District) -> None:
    ask(door, TEACHER, sep(2))
    with pytest.raises(Problems) as caught:
        ask(door, TEACHER, sep(2), day=sep(4))
    assert {type(problem.error) for problem in caught.value.problems} == {LeaveOverlaps, LateReasonMissing}


# the report to the principal


def test_a_heads_approval_is_open_until_the_principal_was_told(door: District) -> None:
    limit = StandardValue(
        key="leave.report_within_days", value="2", since=SEP1, authority="前锋学区请假制度", reason="试行"
    )
    door.standards.record(limit)
    leave = granted(door, TEACHER, sep(10), by=HEAD)
    chief = at(door, sep(4), PRINCIPAL).leadership.leave
    (owed,) = chief.unreported("s2").lines
    assert (owed.due, owed.overdue, owed.days_since) == (sep(3), True, 3)
    assert not chief.unreported(on=sep(3)).lines[0].overdue and not chief.unreported("s1").lines
    told = at(door, sep(4), HEAD).leadership.leave.report_to_principal(leave.id)
    lag = told.asks[0].report_lag
    assert lag is not None and Fraction(lag.total_seconds()) == 3 * 86400
    assert chief.unreported().lines == ()
    assert names(door.context.session)[-1] == "leave_reported"
    with pytest.raises(ReportedAlready) as caught:
        at(door, sep(5), OFFICE).leadership.leave.report_to_principal(leave.id)
    assert caught.value.when == "2026-09-04 08:00"


def test_what_was_voided_since_is_still_to_be_reported(door: District) -> None:
    leave = granted(door, TEACHER, sep(10), by=HEAD)
    at(door, SEP1, OFFICE).leadership.leave.cancel(leave.id, "未休")
    views = at(door, SEP1, PRINCIPAL).leadership.leave
    assert [one.leave_id for one in views.unreported().lines] == [leave.id]


def test_only_a_heads_approval_is_reported_and_not_before_it(door: District) -> None:
    chiefs, heads = granted(door, TEACHER, sep(10)), granted(door, "s2-T3", sep(10), by=HEAD, day=sep(2))
    office = at(door, sep(4), OFFICE).leadership.leave
    with pytest.raises(NothingToReport):
        office.report_to_principal(chiefs.id)
    with pytest.raises(OutOfOrder):
        office.report_to_principal(heads.id, SEP1)
    with pytest.raises(DayAhead):
        office.report_to_principal(heads.id, sep(5))
    assert office.report_to_principal(heads.id, sep(2)).asks[0].reported_at is not None


# districts and states


def test_two_districts_never_mix(session: Session, door: District) -> None:
    other = make_district(session, "530921/dasi", schools=1, staff=1)
    leave = granted(door, TEACHER, sep(3))
    with pytest.raises(LeaveUnknown):
        other.leadership.leave.leave(leave.id)
    with pytest.raises(LeaveUnknown):
        other.leadership.leave.cancel(leave.id, "x")
    assert other.leadership.leave.pending() == [] and other.leadership.leave.ledger_of() == []
    foreign = make_district(session, "530922/dongshan", schools=1, staff=1)
    with pytest.raises(LeaveUnknown):
        foreign.leadership.leave.leave(leave.id)
    assert not foreign.leadership.leave.month_ledger(2026, 9).lines


def test_what_is_not_approved_is_not_cancelled(door: District) -> None:
    leave = ask(door, TEACHER, sep(3))
    with pytest.raises(IllegalTransition):
        at(door, SEP1, OFFICE).leadership.leave.cancel(leave.id, "录错")


def test_leave_and_cover_are_two_axes(door: District) -> None:
    """Sick leave is approved though nobody could teach instead; the fact says for which half-days."""
    for who in ("s2-T2", "s2-T3"):
        granted(door, who, sep(3), AM, sep(4), kind=LeaveKind.SICK)
    told = [said["half_days"] for _, said in facts(door.context.session, "approved")]
    assert told == [halves((3, AM), (3, PM), (4, AM), (4, PM))] * 2
