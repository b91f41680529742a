"""Emergency repairs: spent on at once, ratified by the council or stopped; on both databases."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.unified.budget.chamber import (
    FEN,
    HUNDRED,
    MET,
    OTHER,
    PLACE,
    TODAY,
    Chamber,
    chamber,
    found_wrong,
    spending,
)
from xuequ import Actor, Holding, Money, Post
from xuequ.core.errors import ActionNotPermitted
from xuequ.registry.errors.places import SchoolUnknown
from xuequ.unified.budget.errors.council import (
    EmergencyAhead,
    EmergencyVotedOn,
    NotAdopted,
    NotARepair,
    OverCeiling,
    RatificationOverdue,
    RatificationShort,
)
from xuequ.unified.budget.schemas.council import (
    EmergencyRepair,
    ItemVote,
    MeetingVoiding,
)
from xuequ.unified.budget.states.council import ItemState

ERROR = MeetingVoiding(reason="录错")


@pytest.fixture
def council(session: Session) -> Chamber:
    return chamber(session)


def repair(made: Chamber, **fields: Any) -> EmergencyRepair:
    values: dict[str, Any] = {"school": "s1", "line_id": made.lines["30213"], "limit": HUNDRED}
    named: dict[str, Any] = {"subject": "围墙倒塌抢修", "reason": "暴雨冲毁", "began_on": date(2026, 10, 1)}
    return EmergencyRepair(**{**values, **named, **fields})


def begun(made: Chamber, **fields: Any) -> int:
    return int(made.council.record_emergency(repair(made, **fields)).id)


def test_an_emergency_is_spent_on_at_once_and_within_its_days_only(council: Chamber) -> None:
    emergency = begun(council)
    assert council.view(emergency).ratify_by == date(2026, 10, 16)
    spend = spending(council)
    spend.draw(emergency, Money.yuan(60), on=date(2026, 10, 16))
    with pytest.raises(RatificationOverdue):
        spend.draw(emergency, FEN, OTHER, on=date(2026, 10, 17))
    ledger = council.council.decisions()
    assert [(line.standing, line.overdue) for line in ledger.emergencies] == [("逾期未追认", True)]
    assert (ledger.overdue, ledger.ceiling, ledger.drawn) == (1, HUNDRED, Money.yuan(60))


def test_a_ratified_emergency_goes_on_and_nothing_is_covered_twice(council: Chamber) -> None:
    emergency, spend = begun(council), spending(council)
    spend.draw(emergency, Money.yuan(60), on=date(2026, 10, 2))
    item_id = council.adopted(ceiling=Money.yuan(150), school="s1", ratifies_id=emergency)
    ratified = council.view(emergency)
    assert (ratified.state, ratified.ratified_on, ratified.ceiling) == (ItemState.ADOPTED, MET, HUNDRED)
    assert council.view(item_id).left == Money.yuan(50)
    spend.draw(emergency, Money.yuan(40), OTHER, on=TODAY)
    with pytest.raises(OverCeiling):
        spend.draw(item_id, Money.yuan(50) + FEN)
    ledger = council.council.decisions()
    assert [line.standing for line in ledger.emergencies] == ["已追认"]
    assert (ledger.ceiling, ledger.drawn, ledger.overdue) == (Money.yuan(150), HUNDRED, 0)
    assert found_wrong(council) == []


def test_a_council_may_ratify_less_than_the_limit_but_not_less_than_was_used(council: Chamber) -> None:
    emergency, spend = begun(council), spending(council)
    spend.draw(emergency, Money.yuan(60), on=date(2026, 10, 2))
    meeting_id = council.held()
    named = {"school": "s1", "ratifies_id": emergency}
    short = council.proposed(meeting_id, ceiling=Money.yuan(60) - FEN, **named)
    with pytest.raises(RatificationShort):
        council.council.decide(short, ItemVote(yes=6))
    assert council.view(short).state is ItemState.PROPOSED
    council.council.decide(council.proposed(meeting_id, ceiling=Money.yuan(60), **named), ItemVote(yes=6))
    assert council.view(emergency).left == Money(0)


def test_a_refused_ratification_stops_the_emergency_until_the_council_ratifies_it(council: Chamber) -> None:
    emergency, spend = begun(council), spending(council)
    meeting_id = council.held()
    named = {"school": "s1", "ratifies_id": emergency}
    council.council.decide(council.proposed(meeting_id, **named), ItemVote(yes=3, no=3))
    with pytest.raises(NotAdopted):
        spend.draw(emergency, FEN, on=MET)
    assert council.council.decisions().emergencies[0].standing == "追认未通过"
    council.council.void_meeting(meeting_id, ERROR)
    spend.draw(emergency, FEN, on=MET)
    council.adopted(2, **named)
    assert council.view(emergency).state is ItemState.ADOPTED


def test_only_a_repair_that_has_begun_is_an_emergency(council: Chamber) -> None:
    service = council.council
    with pytest.raises(NotARepair):
        service.record_emergency(repair(council, line_id=council.lines["30201"]))
    with pytest.raises(EmergencyAhead):
        service.record_emergency(repair(council, began_on=TODAY + timedelta(days=1)))
    with pytest.raises(SchoolUnknown):
        service.record_emergency(repair(council, school="nil"))
    with pytest.raises(EmergencyVotedOn):
        service.decide(begun(council), ItemVote(yes=6))


def test_an_emergency_of_last_year_is_listed_until_it_is_ratified(council: Chamber) -> None:
    begun(council)
    later = Chamber(council.at(date(2027, 2, 1)), council.members, council.spare, council.lines)
    assert [line.standing for line in later.council.decisions().emergencies] == ["逾期未追认"]
    assert council.council.decisions(2025).emergencies == ()


def test_the_head_of_a_school_records_an_emergency_there_and_nowhere_else(council: Chamber) -> None:
    head = Actor("T1", holdings=(Holding(Post.SCHOOL_HEAD, f"{PLACE}/s1"),))
    service = council.at(TODAY, head).budget.council
    service.record_emergency(repair(council))
    with pytest.raises(ActionNotPermitted):
        service.record_emergency(repair(council, school="s2"))
    with pytest.raises(ActionNotPermitted):
        service.decisions()
