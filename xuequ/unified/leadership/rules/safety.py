"""Pure decisions about hazards: their steps, who may verify, what is overdue."""

from __future__ import annotations

from datetime import date

from xuequ.core.errors import IllegalTransition, Problem
from xuequ.unified.leadership.errors.safety import VerifiedByRectifier
from xuequ.unified.leadership.states.safety import TRANSITIONS, HazardState

MACHINE = "隐患"


def check_step(state: HazardState, to: HazardState) -> list[Problem]:
    """Refuse a step that the table of states does not have.

    Source: our decision.
    """
    if to in TRANSITIONS[state]:
        return []
    return [Problem(IllegalTransition(machine=MACHINE, from_=state.label, to=to.label))]


def check_verifier(staff: str, staff_id: int, owner_id: int, rectified_by_id: int | None) -> list[Problem]:
    """Refuse that whoever rectified a hazard, or was to, verifies it.

    Source: issue 5, item 1 (verification by another person); our decision.
    """
    if staff_id in (owner_id, rectified_by_id):
        return [Problem(VerifiedByRectifier(staff=staff))]
    return []


def is_overdue(due_on: date, rectified_on: date | None, on: date) -> bool:
    """Tell whether a hazard should have been rectified before a day and was not by then.

    Source: our decision; the last day itself is in time.
    """
    return on > due_on and (rectified_on is None or rectified_on > on)
