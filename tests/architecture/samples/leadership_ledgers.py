"""Samples of visits, the duty roster, plans, drills and hazards."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, staff_id
from tests.architecture.samples.posts import other_staff_id
from xuequ.core.access import Post
from xuequ.registry.schemas.posts import Appointing
from xuequ.testing.factories import DAY
from xuequ.unified.leadership.schemas.duties import DutyAssignment, DutyReplacement, DutySwap
from xuequ.unified.leadership.schemas.ledgers import Done, Voiding
from xuequ.unified.leadership.schemas.plans import PlanItemEntry, PlanOpening
from xuequ.unified.leadership.schemas.safety import (
    DrillCorrection,
    DrillRecord,
    HazardReport,
    SendingBack,
)
from xuequ.unified.leadership.schemas.visits import FindingEntry, Resolving, VisitRecord
from xuequ.unified.leadership.states.duties import DutyRole
from xuequ.unified.leadership.states.plans import PlanArea, PlanTopic
from xuequ.unified.leadership.states.safety import DrillKind
from xuequ.unified.leadership.states.visits import VisitKind

LAST = date(2027, 1, 15)
VOID = Voiding(reason="录错")
DONE = Done(proof="照片在档案柜")


def visiting(door: Any) -> VisitRecord:
    principal = {"staff_id": other_staff_id(door), "since": DAY, "authority": "文"}
    maker(door).registry.posts.appoint(Appointing.model_validate(principal | {"post": Post.PRINCIPAL}))
    return VisitRecord(
        visitor_id=other_staff_id(door),
        school="s1",
        visited_on=DAY,
        kind=VisitKind.PLANNED,
        topics="开学",
        findings=(FindingEntry(text="灭火器过期", problem=True),),
    )


def visit(door: Any) -> Any:
    return maker(door).leadership.visits.record(visiting(door))


def assigning(door: Any, day: date = DAY) -> list[DutyAssignment]:
    return [DutyAssignment(school="s1", day=day, staff_id=staff_id(door))]


def duty_id(door: Any) -> int:
    return int(maker(door).leadership.duties.assign(assigning(door))[0].id)


def swapping(door: Any) -> DutySwap:
    """Swap two duties of one person, which is refused behind the policy."""
    one, other = maker(door).leadership.duties.assign(assigning(door))
    return DutySwap(duty_id=one.id, with_id=other.id, reason="有事")


def replacing(door: Any) -> DutyReplacement:
    return DutyReplacement(staff_id=staff_id(door), role=DutyRole.LEAD, reason="有事")


OPENING = PlanOpening(area=PlanArea.MORAL, title="德育计划", school="s1", first=DAY, last=LAST)


def plan_id(door: Any) -> int:
    return int(maker(door).leadership.plans.open(OPENING).id)


def entries(door: Any) -> list[PlanItemEntry]:
    entry = PlanItemEntry(
        topic=PlanTopic.HABITS, text="排队进校", owner_id=staff_id(door), due_on=date(2026, 10, 1)
    )
    return [entry]


def item_id(door: Any) -> int:
    return int(maker(door).leadership.plans.add_items(plan_id(door), entries(door))[0].id)


DRILL = DrillRecord(school="s1", kind=DrillKind.FIRE, held_on=DAY, participants=40, minutes=5)
CORRECTION = DrillCorrection(participants=41, minutes=5, reason="数错")


def drill_id(door: Any) -> int:
    return int(maker(door).leadership.safety.record_drills([DRILL])[0].id)


def reporting(door: Any) -> HazardReport:
    days = {"found_on": DAY, "due_on": date(2026, 9, 5)}
    return HazardReport.model_validate(
        {"school": "s1", "spot": "操场", "text": "围墙开裂", "owner_id": staff_id(door)} | days
    )


def hazard_id(door: Any) -> int:
    return int(maker(door).leadership.safety.report_hazard(reporting(door)).id)


def rectified_id(door: Any) -> int:
    return int(maker(door).leadership.safety.rectify(hazard_id(door), DONE).id)


SAMPLES: dict[str, Sample] = {
    "leadership.visits.record": lambda door: (visiting(door),),
    "leadership.visits.countersign": lambda door: (visit(door).id,),
    "leadership.visits.resolve": lambda door: (visit(door).findings[0].id, Resolving(resolution="已换")),
    "leadership.visits.void": lambda door: (visit(door).id, VOID),
    "leadership.visits.visits": lambda door: ("s1",),
    "leadership.visits.open_findings": lambda door: ("s1",),
    "leadership.visits.coverage": lambda door: (2026, 1),
    "leadership.visits.log": lambda door: (DAY, LAST),
    "leadership.duties.assign": lambda door: (assigning(door),),
    "leadership.duties.swap": lambda door: (swapping(door),),
    "leadership.duties.hand_over": lambda door: (duty_id(door), replacing(door)),
    "leadership.duties.correct": lambda door: (duty_id(door), replacing(door)),
    "leadership.duties.void": lambda door: (duty_id(door), VOID),
    "leadership.duties.on_duty": lambda door: (DAY, LAST, "s1"),
    "leadership.duties.in_leave": lambda door: (DAY, LAST, "s1"),
    "leadership.duties.roster": lambda door: (DAY, LAST, "s1"),
    "leadership.plans.open": lambda door: (OPENING,),
    "leadership.plans.add_items": lambda door: (plan_id(door), entries(door)),
    "leadership.plans.complete": lambda door: (item_id(door), DONE),
    "leadership.plans.void_item": lambda door: (item_id(door), VOID),
    "leadership.plans.plans": lambda door: ("s1",),
    "leadership.plans.items": lambda door: (plan_id(door), "s1"),
    "leadership.plans.overdue": lambda door: ("s1",),
    "leadership.plans.execution": lambda door: (),
    "leadership.safety.record_drills": lambda door: ([DRILL],),
    "leadership.safety.correct_drill": lambda door: (drill_id(door), CORRECTION),
    "leadership.safety.void_drill": lambda door: (drill_id(door), VOID),
    "leadership.safety.drills": lambda door: (DAY, LAST, "s1"),
    "leadership.safety.report_hazard": lambda door: (reporting(door),),
    "leadership.safety.rectify": lambda door: (hazard_id(door), DONE),
    "leadership.safety.verify": lambda door: (rectified_id(door),),
    "leadership.safety.send_back": lambda door: (rectified_id(door), SendingBack(reason="没有修好")),
    "leadership.safety.void_hazard": lambda door: (hazard_id(door), VOID),
    "leadership.safety.hazards": lambda door: ("s1",),
    "leadership.safety.ledger": lambda door: (DAY, LAST),
}
