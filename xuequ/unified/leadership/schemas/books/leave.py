"""Rows of the ledger of leave."""

from __future__ import annotations

from datetime import date

from xuequ.core.fields import Command, Name, Number, Text
from xuequ.registry.states.calendar import DayHalf
from xuequ.unified.leadership.states.leave import LeaveKind, LeaveState


class LeaveRow(Command):
    """A leave 请假 with what became of it; both ends inside.

    `turn` tells leaves apart that were asked for from the same half-day, as after a rejection. Without an
    approver a decision is the bureau's, with its document. `back_day` is when somebody was at work again.
    """

    staff_no: Number
    name: Name | None = None
    first_day: date
    first_half: DayHalf = DayHalf.AM
    turn: int | None = None
    kind: LeaveKind
    last_day: date
    last_half: DayHalf = DayHalf.PM
    reason: Text = ""
    evidence: Text = ""
    asked_on: date | None = None
    late_reason: Text = ""
    state: LeaveState | None = None
    approver_no: Number | None = None
    decided_on: date | None = None
    document: Text = ""
    reported_on: date | None = None
    back_day: date | None = None
    back_half: DayHalf | None = None
    void_reason: Text = ""
