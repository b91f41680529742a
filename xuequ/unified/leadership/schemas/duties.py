"""Commands and views of the duty roster."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Code, Command, Id, View
from xuequ.registry.states.calendar import DayHalf
from xuequ.unified.leadership.schemas.ledgers import Reason
from xuequ.unified.leadership.states.duties import DutyRole


class DutyAssignment(Command):
    """Put somebody on duty at a school on a day, in one half of it or, without `half`, in both."""

    school: Code
    day: date
    half: DayHalf | None = None
    staff_id: Id
    role: DutyRole = DutyRole.DUTY


class DutyReplacement(Command):
    """Give a duty to somebody else, in the same role or another, and say why."""

    staff_id: Id
    role: DutyRole | None = None
    reason: Reason


class DutySwap(Command):
    """Let two people do each other's duty, and say why."""

    duty_id: Id
    with_id: Id
    reason: Reason


class DutyView(View):
    """Somebody on duty in one half-day; `voided` says why it counts no longer."""

    id: Id
    school: str
    school_name: str
    day: date
    half: DayHalf
    staff_id: Id
    staff_no: str
    name: str
    role: DutyRole
    voided: str


class RosterLine(View):
    """Who is on duty at a school on a day, as the roster prints it."""

    school: str
    day: str
    lead: str
    am: str
    pm: str


class DutyInLeave(View):
    """A duty that fell into a leave which was approved after it was rostered."""

    duty: DutyView
    leave_id: Id


class DutyRoster(View):
    """The duty roster 值班表 of some days."""

    district: str
    first: date
    last: date
    lines: tuple[RosterLine, ...]
