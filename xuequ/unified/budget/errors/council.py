"""Errors of the council's decisions."""

from __future__ import annotations

from xuequ.core.errors import Conflict, Invalid, NotFound, RuleBroken
from xuequ.core.money import Money


class DecisionUnknown(NotFound):
    """No such item in this scope."""

    code = "budget.decision_unknown"
    item: str


class DecisionNeeded(RuleBroken):
    """What is to be spent needs a decision of the council and has none."""

    code = "budget.decision_needed"
    matter: str
    amount: Money
    authority: str


class NotAdopted(RuleBroken):
    """An item that was not adopted covers nothing."""

    code = "budget.decision_not_adopted"
    item: str
    state: str


class OutsideDecision(RuleBroken):
    """An item covers nothing before it was decided, nor after it has expired."""

    code = "budget.decision_outside"
    item: str
    on: str
    first: str
    last: str


class RatificationOverdue(RuleBroken):
    """An emergency that was not ratified in time covers nothing more."""

    code = "budget.ratification_overdue"
    item: str
    on: str
    by: str


class OverCeiling(RuleBroken):
    """More is asked of an item than its ceiling leaves."""

    code = "budget.over_ceiling"
    item: str
    ceiling: Money
    left: Money
    asked: Money


class OtherMatter(RuleBroken):
    """An item decides another matter."""

    code = "budget.other_matter"
    item: str
    matter: str
    needed: str


class OtherLine(RuleBroken):
    """An item allows spending from another budget line."""

    code = "budget.other_line"
    item: str


class DrawDiffers(Conflict):
    """The source holds another amount of the item already."""

    code = "budget.draw_differs"
    item: str
    source: str
    recorded: Money
    given: Money


class NothingDrawn(NotFound):
    """The source never took anything out of the item."""

    code = "budget.nothing_drawn"
    item: str
    source: str


class MeetingUnknown(NotFound):
    """No such meeting in this scope."""

    code = "budget.council_meeting_unknown"
    meeting: str


class MinutesNumberTaken(Conflict):
    """The year has minutes of that number."""

    code = "budget.minutes_number_taken"
    number: str


class MeetingAhead(RuleBroken):
    """A meeting is held on its day or later recorded, not before."""

    code = "budget.council_meeting_ahead"
    number: str
    day: str


class MeetingNot(RuleBroken):
    """The meeting is not in a state for that."""

    code = "budget.council_meeting_not"
    number: str
    state: str
    needed: str


class NotOnCouncil(RuleBroken):
    """Somebody does not sit on the council on the day."""

    code = "budget.not_on_council"
    staff: str
    day: str


class NotPresent(RuleBroken):
    """Whoever chairs must be there and must not have withdrawn."""

    code = "budget.chair_not_present"
    staff: str
    number: str


class ChairWithdrawn(RuleBroken):
    """The chair has withdrawn from an item, so another member must preside over it."""

    code = "budget.chair_withdrawn"
    item: str
    authority: str


class SeatTaken(Conflict):
    """Somebody sits on a council already, or it has a chair already."""

    code = "budget.council_seat_taken"
    role: str
    since: str


class SeatUnknown(NotFound):
    """No such seat on the council."""

    code = "budget.council_seat_unknown"
    seat: str


class SeatEnds(RuleBroken):
    """A seat ends after it begins, and once."""

    code = "budget.council_seat_ends"
    since: str
    until: str


class CouncilQuorum(RuleBroken):
    """Too few of those who may vote are there."""

    code = "budget.council_quorum"
    item: str
    due: int
    present: int
    needed: int
    authority: str


class TallyWrong(RuleBroken):
    """The votes do not come to those who are there and may vote."""

    code = "budget.council_tally"
    item: str
    cast: int
    present: int


class ItemDecided(Conflict):
    """The item was voted on already."""

    code = "budget.decision_decided"
    item: str
    state: str


class CeilingMissing(Invalid):
    """An item that allows spending has a ceiling, and a budget line of the school that it is for."""

    code = "budget.ceiling_missing"
    subject: str
    matter: str


class LineOfOtherSchool(Invalid):
    """A budget line belongs to another school than the item."""

    code = "budget.decision_line_school"
    line: str
    school: str


class ItemsOpen(RuleBroken):
    """Minutes are signed when every item was voted on."""

    code = "budget.decision_items_open"
    number: str
    items: str


class DecisionDrawn(RuleBroken):
    """A meeting whose decisions were drawn on cannot be voided."""

    code = "budget.decision_drawn"
    number: str
    item: str
    drawn: Money


class NotEmergency(RuleBroken):
    """Only an emergency that awaits it can be ratified."""

    code = "budget.not_emergency"
    item: str
    state: str


class RatificationShort(RuleBroken):
    """An item does not cover what an emergency has used, or is for something else."""

    code = "budget.ratification_short"
    item: str
    ceiling: Money
    drawn: Money


class NotARepair(RuleBroken):
    """Only repairs of buildings may be acted on before they are decided."""

    code = "budget.not_a_repair"
    line: str
    economic: str


class EmergencyAhead(RuleBroken):
    """An emergency begins on its day or is recorded later, not before."""

    code = "budget.emergency_ahead"
    item: str
    day: str


class EmergencyVotedOn(RuleBroken):
    """An emergency is not voted on itself, but an item that ratifies it."""

    code = "budget.emergency_voted_on"
    item: str
