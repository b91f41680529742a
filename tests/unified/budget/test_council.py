"""The council from door to table: seats, meetings, votes, covers, emergencies; on both databases."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from tests.unified.budget.chamber import (
    ELSEWHERE,
    FEN,
    HUNDRED,
    MET,
    OTHER,
    SEATED,
    TODAY,
    Chamber,
    chamber,
    found_wrong,
    proposal,
    spending,
)
from xuequ import Money
from xuequ.core.errors import Problems, SpanBackwards
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.testing import make_budget
from xuequ.unified.budget.errors.council import (
    CeilingMissing,
    ChairWithdrawn,
    CouncilQuorum,
    DecisionDrawn,
    DecisionNeeded,
    DecisionUnknown,
    DrawDiffers,
    ItemDecided,
    ItemsOpen,
    LineOfOtherSchool,
    MeetingAhead,
    MeetingNot,
    MeetingUnknown,
    MinutesNumberTaken,
    NotAdopted,
    NothingDrawn,
    NotOnCouncil,
    OtherMatter,
    OutsideDecision,
    OverCeiling,
    SeatEnds,
    SeatTaken,
    SeatUnknown,
    TallyWrong,
)
from xuequ.unified.budget.errors.ledger import AmountNotPositive, LineUnknown
from xuequ.unified.budget.models.council import CouncilMember, DecisionDraw, DecisionItem
from xuequ.unified.budget.schemas.council import (
    Attending,
    Convening,
    Interest,
    ItemVote,
    MeetingVoiding,
    Seating,
)
from xuequ.unified.budget.service.council import cover
from xuequ.unified.budget.states.council import CouncilRole, ItemState, Mark, Matter, MeetingState

ERROR = MeetingVoiding(reason="录错")


@pytest.fixture
def council(session: Session) -> Chamber:
    return chamber(session)


# seats


def test_a_seat_is_taken_once_and_the_council_has_one_chair(council: Chamber) -> None:
    service, (first, *_), (spare, *_) = council.council, council.members, council.spare
    for staff_id, role in ((first, CouncilRole.MEMBER), (spare, CouncilRole.CHAIR)):
        with pytest.raises(SeatTaken):
            service.seat(Seating(staff_id=staff_id, role=role, since=TODAY))
    chair = service.members()[0]
    assert (chair.staff_id, chair.role) == (first, CouncilRole.CHAIR)
    service.unseat(chair.id, TODAY)
    service.seat(Seating(staff_id=spare, role=CouncilRole.CHAIR, since=TODAY))
    assert service.members(TODAY - timedelta(days=1))[0].staff_id == first
    assert service.members(TODAY)[0].staff_id == spare


def test_a_seat_ends_once_and_after_it_begins(council: Chamber) -> None:
    seat = council.council.members()[1]
    with pytest.raises(SeatEnds):
        council.council.unseat(seat.id, SEATED)
    council.council.unseat(seat.id, TODAY)
    with pytest.raises(SeatEnds):
        council.council.unseat(seat.id, TODAY + timedelta(days=1))
    with pytest.raises(SeatUnknown):
        council.council.unseat(1, TODAY)
    with pytest.raises(StaffUnknown):
        council.council.seat(Seating(staff_id=1, since=TODAY))
    with pytest.raises(SpanBackwards):
        council.council.seat(Seating(staff_id=council.spare[0], since=TODAY, until=TODAY))


def test_the_database_itself_refuses_two_chairs_on_one_day(council: Chamber) -> None:
    session = council.door.context.session
    one = session.execute(select(CouncilMember).where(CouncilMember.role == "chair")).scalar_one()
    values = {"county_id": one.county_id, "district_id": one.district_id, "chair_of": one.chair_of}
    session.add(CouncilMember(**values, staff_id=council.spare[0], role="chair", since=TODAY))
    with pytest.raises(DBAPIError), session.begin_nested():
        session.flush()


# meetings and votes


def test_a_meeting_goes_from_the_agenda_to_signed_minutes(council: Chamber) -> None:
    service = council.council
    meeting_id = council.convened(3)
    items = service.propose(
        meeting_id, [proposal(), proposal(matter=Matter.BUDGET, subject="2027年预算", ceiling=Money(0))]
    )
    assert [item.number for item in items] == [1, 2]
    came = service.hold(meeting_id, Attending(present=council.members[:4], excused=(council.members[4],)))
    assert (came.due, came.present) == (6, 4)
    assert [one.mark for one in came.attendance] == [Mark.PRESENT] * 4 + [Mark.EXCUSED, Mark.ABSENT]
    with pytest.raises(ItemsOpen):
        service.sign_minutes(meeting_id)
    adopted = service.decide(items[0].id, ItemVote(yes=4))
    rejected = service.decide(items[1].id, ItemVote(yes=3, abstain=1))
    assert (adopted.state, rejected.state) == (ItemState.ADOPTED, ItemState.REJECTED)
    assert (adopted.due, adopted.present, adopted.standard_key) == (6, 4, "budget.votes.council")
    signed = service.sign_minutes(meeting_id)
    assert (signed.state, signed.signed_on, signed.name) == (MeetingState.SIGNED, TODAY, "〔2026〕3号")
    with pytest.raises(MeetingNot):
        service.propose(meeting_id, [proposal()])
    assert found_wrong(council) == []


def test_minutes_are_numbered_once_a_year(council: Chamber) -> None:
    council.convened(1)
    with pytest.raises(MinutesNumberTaken):
        council.convened(1, TODAY)
    council.convened(1, date(2027, 1, 5))


def test_a_meeting_is_held_on_its_day_by_those_who_sit_on_the_council(council: Chamber) -> None:
    service, who = council.council, {"recorder_id": council.spare[0]}
    with pytest.raises(NotOnCouncil):
        service.convene(Convening(number=1, day=MET, chair_id=council.spare[0], **who))
    ahead = council.convened(1, TODAY + timedelta(days=1))
    with pytest.raises(MeetingAhead):
        service.hold(ahead, Attending(present=council.members))
    meeting_id = council.convened(2)
    with pytest.raises(Problems) as refused:
        service.hold(meeting_id, Attending(present=(council.spare[0],)))
    codes = [problem.error.code for problem in refused.value.problems]
    assert codes == ["budget.not_on_council", "budget.chair_not_present"]
    deputy = council.members[1]
    held = service.hold(meeting_id, Attending(present=council.members[1:], chair_id=deputy))
    assert held.chair == next(one.name for one in held.attendance if one.staff_id == deputy)
    with pytest.raises(MeetingNot):
        service.hold(meeting_id, Attending(present=council.members))
    with pytest.raises(MeetingUnknown):
        service.minutes(1)
    with pytest.raises(MeetingAhead):
        service.sign_minutes(meeting_id, MET - timedelta(days=1))


def test_what_an_agenda_names_must_be_there_and_all_of_it_is_said(council: Chamber) -> None:
    meeting_id, service = council.convened(), council.council
    with pytest.raises(Problems) as refused:
        service.propose(
            meeting_id, [proposal(ceiling=Money(0), ratifies_id=1), proposal(school="nil", line_id=1)]
        )
    assert [type(problem.error) for problem in refused.value.problems] == [
        *(CeilingMissing, DecisionUnknown, SchoolUnknown, LineUnknown)
    ]
    with pytest.raises(SpanBackwards):
        service.propose(meeting_id, [proposal(until=MET)])
    assert service.minutes(meeting_id).items == ()


def test_without_two_thirds_nothing_is_decided_and_it_may_be_discussed_again(council: Chamber) -> None:
    item_id = council.proposed(council.held(present=3))
    with pytest.raises(CouncilQuorum) as refused:
        council.council.decide(item_id, ItemVote(yes=3))
    assert (refused.value.due, refused.value.present, refused.value.needed) == (6, 3, 4)
    assert council.view(item_id).state is ItemState.PROPOSED


def test_an_item_is_voted_on_once_and_only_by_a_meeting_that_was_held(council: Chamber) -> None:
    service = council.council
    early = council.proposed(council.convened(1))
    with pytest.raises(MeetingNot):
        service.decide(early, ItemVote(yes=6))
    item_id = council.proposed(council.held(2))
    with pytest.raises(TallyWrong):
        service.decide(item_id, ItemVote(yes=7))
    service.decide(item_id, ItemVote(yes=6))
    with pytest.raises(ItemDecided):
        service.decide(item_id, ItemVote(yes=0, no=6))


def test_a_chair_with_an_interest_withdraws_and_another_presides(council: Chamber) -> None:
    service, (chair, deputy, *_) = council.council, council.members
    meeting_id = council.held()
    item_id = council.proposed(meeting_id)
    interested = (Interest(staff_id=chair, reason="承包人是近亲属"),)
    with pytest.raises(ValidationError):
        ItemVote(yes=5, interested=interested * 2)
    with pytest.raises(ChairWithdrawn):
        service.decide(item_id, ItemVote(yes=5, interested=interested))
    done = service.decide(item_id, ItemVote(yes=3, no=2, interested=interested, presiding_id=deputy))
    assert (done.due, done.present, done.presiding_id, done.state) == (5, 5, deputy, ItemState.ADOPTED)
    minutes = service.minutes(meeting_id)
    assert [(one.staff_id, one.reason) for one in minutes.interests] == [(chair, "承包人是近亲属")]
    assert found_wrong(council) == []


def test_who_sits_counts_on_the_day_of_the_meeting(council: Chamber) -> None:
    council.council.unseat(council.council.members()[-1].id, MET)
    meeting_id = council.held(present=5)
    assert council.council.minutes(meeting_id).due == 5


# covers


def test_a_ceiling_is_drawn_to_the_fen_and_no_further(council: Chamber) -> None:
    item_id, spend = council.adopted(), spending(council)
    spend.draw(item_id, HUNDRED - FEN)
    with pytest.raises(OverCeiling) as refused:
        spend.draw(item_id, FEN + FEN, OTHER)
    assert refused.value.left == FEN
    spend.draw(item_id, FEN, OTHER)
    assert council.view(item_id).left == Money(0)
    assert found_wrong(council) == []


def test_a_source_draws_once_gives_back_once_and_may_draw_again(council: Chamber) -> None:
    item_id, spend = council.adopted(), spending(council)
    for _ in range(2):
        spend.draw(item_id, Money.yuan(60))
    with pytest.raises(DrawDiffers):
        spend.draw(item_id, Money.yuan(61))
    for _ in range(2):
        spend.give_back(item_id)
        assert council.view(item_id).drawn == Money(0)
    spend.draw(item_id, Money.yuan(70))
    spend.draw(item_id, Money.yuan(70))
    assert council.view(item_id).drawn == Money.yuan(70)
    assert found_wrong(council) == []


def test_a_refused_draw_leaves_nothing(council: Chamber) -> None:
    item_id, spend = council.adopted(until=TODAY), spending(council)
    with pytest.raises(OutsideDecision):
        spend.draw(item_id, FEN, on=TODAY)
    with pytest.raises(AmountNotPositive):
        spend.draw(item_id, Money(0))
    with pytest.raises(NothingDrawn):
        spend.give_back(item_id, OTHER)
    with pytest.raises(DecisionUnknown):
        spend.draw(1, FEN)
    proposed = council.proposed(council.held(2))
    with pytest.raises(NotAdopted):
        spend.draw(proposed, FEN)
    assert council.view(item_id).drawn == Money(0)


def test_a_repair_contract_without_a_decision_is_refused(council: Chamber) -> None:
    spend = spending(council)
    with pytest.raises(DecisionNeeded) as refused:
        spend.spend("30213", Money.yuan(1), None)
    assert "校舍维修" in str(refused.value)
    spend.spend("30201", Money.yuan("4999.99"), None)
    item_id = council.adopted()
    with pytest.raises(OtherMatter):
        spend.spend("31006", HUNDRED, item_id)
    spend.spend("30213", HUNDRED, item_id)
    assert council.view(item_id).left == Money(0)


def test_a_deliberated_budget_is_cited_by_its_minutes(council: Chamber) -> None:
    item_id = council.adopted(5, matter=Matter.BUDGET, subject="2027年预算草案", ceiling=Money(0))
    context = council.door.context
    assert cover.cite(context, item_id, Matter.BUDGET) == "〔2026〕5号第1项 2027年预算草案"
    with pytest.raises(DecisionUnknown):
        cover.cite(context, 1, Matter.BUDGET)


def test_a_meeting_whose_decisions_were_drawn_on_stands(council: Chamber) -> None:
    item_id, spend = council.adopted(), spending(council)
    meeting_id = council.view(item_id).meeting_id
    spend.draw(item_id, FEN)
    with pytest.raises(DecisionDrawn):
        council.council.void_meeting(meeting_id, ERROR)
    spend.give_back(item_id)
    voided = council.council.void_meeting(meeting_id, ERROR)
    assert (voided.state, voided.items[0].state) == (MeetingState.VOIDED, ItemState.VOIDED)
    with pytest.raises(NotAdopted):
        spend.draw(item_id, FEN)
    with pytest.raises(MeetingNot):
        council.council.void_meeting(meeting_id, ERROR)


# walls


def test_two_districts_never_mix(council: Chamber, session: Session) -> None:
    other = chamber(session, ELSEWHERE, members=2, spare=1)
    item_id = council.adopted()
    with pytest.raises(DecisionUnknown):
        other.council.item(item_id)
    with pytest.raises(DecisionUnknown):
        spending(other).draw(item_id, FEN)
    with pytest.raises(MeetingUnknown):
        other.council.minutes(council.view(item_id).meeting_id)
    with pytest.raises(StaffUnknown):
        other.council.seat(Seating(staff_id=council.spare[0], since=TODAY))
    assert other.council.decisions().lines == ()
    assert len(other.council.members()) == 2
    assert other.convened(1) != council.convened(2)


def test_a_line_of_another_school_or_district_is_refused(council: Chamber, session: Session) -> None:
    meeting_id, service = council.convened(), council.council
    (of_first,) = make_budget(council.door, {"30213": HUNDRED}, year=2027, school="s1")
    with pytest.raises(LineOfOtherSchool):
        service.propose(meeting_id, [proposal(line_id=of_first, school="s2")])
    assert service.propose(meeting_id, [proposal(line_id=of_first)])[0].school == "s1"
    elsewhere = chamber(session, ELSEWHERE, members=1, spare=1).lines["30213"]
    with pytest.raises(LineUnknown):
        service.propose(meeting_id, [proposal(line_id=elsewhere)])


def test_the_book_of_draws_is_append_only_and_the_database_holds_the_ceiling(council: Chamber) -> None:
    item_id, session = council.adopted(), council.door.context.session
    spending(council).draw(item_id, FEN)
    for act in (
        delete(DecisionDraw),
        update(DecisionDraw).values(amount=Money(2)),
        update(DecisionItem).values(drawn=HUNDRED + FEN),
    ):
        with pytest.raises(DBAPIError), session.begin_nested():
            session.execute(act)


def test_what_was_changed_past_the_office_is_found(council: Chamber) -> None:
    item_id, session = council.adopted(), council.door.context.session
    spending(council).draw(item_id, FEN)
    session.execute(
        update(DecisionItem).where(DecisionItem.id == item_id).values(drawn=Money(2), yes=3, no=3)
    )
    session.execute(
        update(CouncilMember).where(CouncilMember.staff_id == council.members[1]).values(since=TODAY)
    )
    wrong = found_wrong(council)
    assert len(wrong) == 3
    assert "明细合计为 0.01 元" in wrong[0]
    assert "记为通过" in wrong[1]
    assert "不是校务委员会成员" in wrong[2]
