"""Plans of moral education and of safety: each item has an owner, a due day and a proof."""

from __future__ import annotations

import io
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from tests.registry.posts import staff_id
from tests.unified.leadership.ledger_office import (
    DECEMBER,
    NOVEMBER,
    OCTOBER,
    OTHER,
    as_,
    facts,
    office,
    on,
)
from xuequ import District
from xuequ.core.errors import ActionNotPermitted, Problems, SpanBackwards
from xuequ.core.settings import Settings
from xuequ.core.source import Source
from xuequ.core.storage import FolderStorage
from xuequ.registry.errors.staff import StaffUnknown
from xuequ.registry.schemas.attachments import Attaching
from xuequ.testing import make_district
from xuequ.testing.factories import DAY
from xuequ.unified.leadership.errors.ledgers import (
    DayAhead,
    DayTooEarly,
    LedgerRowUnknown,
    LedgerRowVoided,
    NotAtWorkHere,
    NotTheOwner,
    ProofMissing,
)
from xuequ.unified.leadership.errors.plans import DueOutsidePlan, ItemDoneAlready, TopicOutsideArea
from xuequ.unified.leadership.repository.plans import ITEM
from xuequ.unified.leadership.schemas.ledgers import Done, Voiding
from xuequ.unified.leadership.schemas.plans import PlanItemEntry, PlanItemView, PlanOpening
from xuequ.unified.leadership.schemas.safety import HazardReport
from xuequ.unified.leadership.states.plans import ItemState, PlanArea, PlanTopic

LAST = date(2027, 1, 15)


@pytest.fixture
def door(session: Session) -> District:
    return office(session)


def opened(door: District, area: PlanArea = PlanArea.MORAL, school: str | None = "s1") -> int:
    command = PlanOpening(area=area, title=f"{area.label}计划", school=school, first=DAY, last=LAST)
    return door.leadership.plans.open(command).id


def entry(door: District, who: str = "s1-T3", **more: Any) -> PlanItemEntry:
    values: dict[str, Any] = {"topic": PlanTopic.HABITS, "text": "排队进校", "due_on": OCTOBER} | more
    return PlanItemEntry(owner_id=staff_id(door, who), **values)


def added(door: District, plan_id: int, *entries: PlanItemEntry) -> list[PlanItemView]:
    return door.leadership.plans.add_items(plan_id, entries or [entry(door)])


def test_a_plan_s_items_are_numbered_and_open_until_their_day(door: District, session: Session) -> None:
    plan_id = opened(door)
    first = added(door, plan_id, entry(door), entry(door, topic=PlanTopic.CLASS_MEETINGS))
    [third] = added(door, plan_id)
    assert [one.number for one in (*first, third)] == [1, 2, 3]
    states = [door.leadership.plans.items(plan_id, on=day)[0].state for day in (DAY, OCTOBER, NOVEMBER)]
    assert states == [ItemState.OPEN, ItemState.OPEN, ItemState.OVERDUE]
    assert facts(session) == ["plan_opened", "plan_items_added", "plan_items_added"]
    assert [(one.id, one.last) for one in door.leadership.plans.plans("s1")] == [(plan_id, LAST)]
    with pytest.raises(SpanBackwards):
        door.leadership.plans.open(
            PlanOpening(area=PlanArea.SAFETY, title="x", first=DAY, last=DAY - timedelta(days=1))
        )


def test_an_item_is_of_its_plan_s_area_and_days(door: District) -> None:
    plan_id = opened(door)
    with pytest.raises(TopicOutsideArea, match="演练"):
        added(door, plan_id, entry(door, topic=PlanTopic.DRILLS))
    with pytest.raises(DueOutsidePlan):
        added(door, plan_id, entry(door, due_on=LAST + timedelta(days=1)))
    with pytest.raises(NotAtWorkHere, match="s1完小"):
        added(door, plan_id, entry(door, "s2-T4"))
    with pytest.raises(Problems):
        added(door, plan_id, entry(door, topic=PlanTopic.DRILLS, due_on=LAST + timedelta(days=1)))
    with pytest.raises(StaffUnknown):
        added(door, plan_id, PlanItemEntry(topic=PlanTopic.HABITS, text="x", owner_id=1, due_on=OCTOBER))
    assert door.leadership.plans.items(plan_id) == []
    [item] = added(door, opened(door, PlanArea.SAFETY, None), entry(door, "s2-T4", topic=PlanTopic.DRILLS))
    assert item.unit == "qianfeng学区"


@pytest.mark.parametrize("topic", [PlanTopic.YOUNG_PIONEERS, PlanTopic.MASS_ORGANISATIONS])
def test_young_pioneers_and_mass_organisations_are_the_secretary_s(door: District, topic: PlanTopic) -> None:
    plan_id = opened(door, school=None)
    with pytest.raises(ActionNotPermitted, match="支部书记"):
        added(as_(door, "s1-T2"), plan_id, entry(door, topic=topic))
    assert added(as_(door, "s2-T3"), plan_id, entry(door, topic=topic))[0].topic is topic


def test_an_item_is_done_by_its_owner_with_a_proof(door: District, session: Session) -> None:
    [item] = added(door, opened(door))
    owner = as_(door, "s1-T3", OCTOBER).leadership.plans
    with pytest.raises(NotTheOwner, match="师3"):
        as_(door, "s1-T4", OCTOBER).leadership.plans.complete(item.id, Done(proof="做了"))
    with pytest.raises(ActionNotPermitted):
        as_(door, "s2-T4", OCTOBER).leadership.plans.complete(item.id, Done(proof="做了"))
    with pytest.raises(ProofMissing):
        owner.complete(item.id, Done())
    with pytest.raises(DayAhead):
        owner.complete(item.id, Done(proof="做了", on=NOVEMBER))
    with pytest.raises(DayTooEarly):
        owner.complete(item.id, Done(proof="做了", on=DAY - timedelta(days=1)))
    done = owner.complete(item.id, Done(proof="巡查记录三次"))
    assert (done.state, done.done_on, done.proved) == (ItemState.DONE, OCTOBER, "巡查记录三次")
    assert facts(session)[-1] == "plan_item_completed"
    with pytest.raises(ItemDoneAlready):
        owner.complete(item.id, Done(proof="做了"))


def test_the_owner_of_a_district_s_item_and_the_head_may_say_that_it_is_done(door: District) -> None:
    [of_district] = added(door, opened(door, school=None), entry(door, "s2-T4"))
    assert as_(door, "s2-T4").leadership.plans.complete(of_district.id, Done(proof="x")).done_on == DAY
    [item] = added(door, opened(door))
    late = as_(door, "s1-T1", NOVEMBER).leadership.plans.complete(item.id, Done(proof="班主任手册"))
    assert late.state is ItemState.DONE_LATE


def test_a_file_is_a_proof_too(door: District, tmp_path: Path) -> None:
    settings = Settings(clock=door.context.settings.clock, storage=FolderStorage(tmp_path))
    stored = District(door.context.session, door.code, actor=door.context.actor, settings=settings)
    [item] = added(stored, opened(stored))
    photo = Attaching(source=Source(ITEM, item.id), name="班会.jpg", school="s1")
    stored.registry.attachments.attach(photo, io.BytesIO(b"\xff\xd8\xff\xe0 photo"))
    done = stored.leadership.plans.complete(item.id, Done())
    assert (done.proof, done.files, done.proved) == ("", 1, "附件1份")


def test_a_voided_item_stays_and_is_neither_overdue_nor_done(door: District, session: Session) -> None:
    plan_id = opened(door)
    [item] = added(door, plan_id)
    voided = door.leadership.plans.void_item(item.id, Voiding(reason="活动取消"))
    assert (voided.state, voided.voided) == (ItemState.VOIDED, "活动取消")
    assert door.leadership.plans.overdue(on=NOVEMBER) == []
    assert len(door.leadership.plans.items(plan_id)) == 1
    assert facts(session)[-1] == "plan_item_voided"
    with pytest.raises(LedgerRowVoided):
        door.leadership.plans.complete(item.id, Done(proof="x"))


def test_what_is_overdue_is_listed_with_hazards_by_due_day(door: District) -> None:
    added(door, opened(door), entry(door, due_on=NOVEMBER))
    report = HazardReport(
        school="s2",
        spot="操场",
        text="围墙开裂",
        found_on=DAY,
        due_on=OCTOBER,
        owner_id=staff_id(door, "s2-T1"),
    )
    door.leadership.safety.report_hazard(report)
    lines = door.leadership.plans.overdue(on=DECEMBER)
    assert [(line.kind, line.unit, line.days) for line in lines] == [
        ("隐患整改", "s2完小", 61),
        ("德育计划", "s1完小", 30),
    ]
    assert [line.unit for line in door.leadership.plans.overdue("s2", DECEMBER)] == ["s2完小"]
    assert door.leadership.plans.overdue(on=OCTOBER) == []


def test_a_school_sees_its_own_plans_and_the_district_s(door: District) -> None:
    own, whole = opened(door), opened(door, school=None)
    teacher = as_(door, "s2-T4").leadership.plans
    assert [one.id for one in teacher.plans("s2")] == [whole]
    with pytest.raises(LedgerRowUnknown):
        teacher.items(own, "s2")
    with pytest.raises(ActionNotPermitted):
        opened(as_(door, "s2-T1"))
    with pytest.raises(LedgerRowUnknown):
        door.leadership.plans.void_item(1, Voiding(reason="x"))


def test_another_district_has_its_own_plans(door: District, session: Session) -> None:
    plan_id = opened(door)
    other = make_district(session, OTHER, schools=1, pupils=0, staff=1)
    assert other.leadership.plans.plans() == [] and other.leadership.plans.execution().items == ()
    with pytest.raises(LedgerRowUnknown):
        added(on(other, DAY), plan_id)
