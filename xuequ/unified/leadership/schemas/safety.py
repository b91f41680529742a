"""Commands and views of the ledgers of safety."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from xuequ.core.fields import Code, Command, Id, Name, Text, View
from xuequ.unified.leadership.schemas.ledgers import Reason, Words
from xuequ.unified.leadership.states.safety import DrillKind, HazardState

Participants = Annotated[int, Field(ge=1, le=100_000)]
Minutes = Annotated[int, Field(ge=1, le=1440)]


class DrillRecord(Command):
    """Record a drill that a school held; `problems` is empty when there were none."""

    school: Code
    kind: DrillKind
    held_on: date
    participants: Participants
    minutes: Minutes
    problems: Text = ""


class DrillCorrection(Command):
    """Correct what a drill's record says, and say why."""

    participants: Participants
    minutes: Minutes
    problems: Text = ""
    reason: Reason


class DrillView(View):
    """A drill; `voided` says why it counts no longer."""

    id: Id
    school: str
    school_name: str
    kind: DrillKind
    held_on: date
    participants: int
    minutes: int
    problems: str
    voided: str


class HazardReport(Command):
    """Report a hazard: where, what, who rectifies it, and by which day."""

    school: Code
    spot: Name
    text: Words
    found_on: date
    owner_id: Id
    due_on: date


class SendingBack(Command):
    """Say why a rectification is not accepted."""

    reason: Reason


class HazardView(View):
    """A hazard and where it stands; `returned` says why a rectification was not accepted."""

    id: Id
    school: str
    school_name: str
    state: HazardState
    spot: str
    text: str
    found_on: date
    owner_id: Id
    owner: str
    due_on: date
    rectified_on: date | None
    rectified_by: str
    proof: str
    verified_on: date | None
    verified_by: str
    returned: str
    overdue: bool
    voided: str


class SafetyLedger(View):
    """The ledger of drills and hazards 演练与隐患台账 of some days, both inside."""

    district: str
    first: date
    last: date
    drills: tuple[DrillView, ...]
    hazards: tuple[HazardView, ...]
    overdue: int
