"""Samples of development cases."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.architecture.samples import Sample
from tests.architecture.samples.ground import maker, staff_id
from xuequ.unified.party.schemas.development import (
    Application,
    CaseTakenOver,
    Closing,
    Review,
    SponsorReplacement,
    StepTakenOver,
    Talk,
    Voiding,
)
from xuequ.unified.party.schemas.members import BranchFoundation
from xuequ.unified.party.states.development import CaseEnd, Role

DAY = date(2026, 9, 1)


def application(door: Any) -> Application:
    """Found the branch; return an application of the member of staff of school s1."""
    founding = BranchFoundation(
        name="支部", superior="镇党委", since=date(2015, 7, 1), full_members=8, authority="文"
    )
    maker(door).party.members.found_branch(founding)
    return Application(staff_id=staff_id(door), on=DAY, document="申请书")


def case_id(door: Any) -> int:
    return maker(door).party.development.open_case(application(door)).id


def step_id(door: Any) -> int:
    """Return the talk of a case, its last step."""
    view = maker(door).party.development.record_step(case_id(door), Talk(on=DAY))
    return view.steps[-1].id


def taken_over(door: Any) -> CaseTakenOver:
    return CaseTakenOver(**application(door).model_dump(), steps=(Talk(on=DAY),))


def past_step(door: Any) -> list[StepTakenOver]:
    case = maker(door).party.development.take_over_case(taken_over(door))
    return [StepTakenOver(case_id=case.id, step=Review(on=DAY))]


REPLACEMENT = SponsorReplacement(role=Role.CONTACT, old_member_id=7, new_member_id=8, on=DAY, reason="转出")
CLOSING = Closing(end=CaseEnd.WITHDRAWN, on=DAY, reason="撤回")

SAMPLES: dict[str, Sample] = {
    "party.development.open_case": lambda door: (application(door),),
    "party.development.record_step": lambda door: (case_id(door), Talk(on=DAY)),
    "party.development.replace_sponsor": lambda door: (case_id(door), REPLACEMENT),
    "party.development.void_step": lambda door: (step_id(door), Voiding(reason="录错")),
    "party.development.close_case": lambda door: (case_id(door), CLOSING),
    "party.development.take_over_case": lambda door: (taken_over(door),),
    "party.development.take_over_steps": lambda door: (past_step(door),),
    "party.development.case": lambda door: (case_id(door),),
    "party.development.cases": lambda door: (),
    "party.development.exceptions": lambda door: (DAY,),
    "party.development.sponsors_to_replace": lambda door: (DAY,),
    "party.development.own_cases": lambda door: ("s1",),
    "party.development.ledger": lambda door: (DAY,),
    "party.development.candidate_notice": lambda door: (DAY,),
}
