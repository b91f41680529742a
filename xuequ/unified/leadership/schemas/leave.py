"""Commands and views of leave. Half-days are said by day and half; both ends of a leave are inside."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, Self

from pydantic import model_validator

from xuequ.core.fields import Command, Id, Text, View
from xuequ.core.halfdays import NOON, Half, HalfDay, HalfDaySpan
from xuequ.unified.leadership.states.leave import (
    AskState,
    Ground,
    LeaveKind,
    LeaveState,
    Standing,
    Why,
)


class LeaveRequest(Command):
    """Ask for a leave 请假, from its first to its last half-day.

    `reason` is seen by whoever decides, and says no diagnosis; `evidence` names what was shown. A leave
    that has begun has a `late_reason` 补办原因.
    """

    staff_id: Id
    kind: LeaveKind
    first_day: date
    first_half: Half = Half.AM
    last_day: date
    last_half: Half = Half.PM
    reason: Text = ""
    evidence: Text = ""
    late_reason: Text = ""

    @property
    def span(self) -> HalfDaySpan:
        """The half-days from first to last."""
        first = HalfDay(self.first_day, self.first_half)
        return HalfDaySpan.through(first, HalfDay(self.last_day, self.last_half))

    @model_validator(mode="after")
    def _runs_forward(self) -> Self:
        _ = self.span
        return self

    @classmethod
    def by_clock(cls, begin: datetime, end: datetime, *, noon: time = NOON, **more: Any) -> Self:
        """Ask for the half-days that a stretch of local clock time touches: 10:30 to 14:30 touches two."""
        span = HalfDaySpan.touched(begin, end, noon)
        first, last = span.since, span.last
        return cls(first_day=first.day, first_half=first.half, last_day=last.day, last_half=last.half, **more)


class LeaveExtension(Command):
    """Ask for a leave to go on to a later half-day 续假."""

    last_day: date
    last_half: Half = Half.PM
    reason: Text = ""


class LeaveDecision(Command):
    """A decision that was taken outside, on paper or by the bureau, to be registered.

    Without `approver_id` it is the bureau's, and `document` its number. `on` is the day of the decision,
    today when left out.
    """

    approver_id: Id | None = None
    approved: bool = True
    on: date | None = None
    document: Text = ""
    remark: Text = ""


class AskView(View):
    """What was asked for and what became of it: number 1 is the leave, later ones extend it.

    `report_lag` is how long after the approval the principal was told.
    """

    number: int
    last_day: date
    last_half: Half
    reason: str
    state: AskState
    asked_at: datetime
    asked_by: str
    ground: Ground | None
    approver_id: Id | None
    approver_no: str | None
    approver: str | None
    decided_at: datetime | None
    document: str
    remark: str
    reported_at: datetime | None

    @property
    def report_lag(self) -> timedelta | None:
        """How long after the approval the principal was told; None where nobody was told."""
        if self.reported_at is None or self.decided_at is None:
            return None
        return self.reported_at - self.decided_at


class LeaveView(View):
    """A leave as it stands: `half_days` count, `taken` of them have passed and are told.

    `school` is where the person works on its first day; `back_day` is when they were back.
    """

    id: Id
    staff_id: Id
    staff_no: str
    name: str
    school: str | None
    kind: LeaveKind
    first_day: date
    first_half: Half
    last_day: date
    last_half: Half
    half_days: int
    taken: int
    state: LeaveState
    standing: Standing
    reason: str
    evidence: str
    late_reason: str
    void_reason: str
    back_day: date | None
    back_half: Half | None
    asks: tuple[AskView, ...]

    @property
    def days(self) -> Decimal:
        """Its length in days."""
        return Decimal(self.half_days) / 2

    @property
    def late(self) -> bool:
        """Whether it was registered after it had begun."""
        return bool(self.late_reason)


class ChainedView(View):
    """One of the leaves that count as one."""

    leave_id: Id
    kind: LeaveKind
    first_day: date
    first_half: Half
    last_day: date
    last_half: Half
    half_days: int


class ApproverView(View):
    """Somebody who may decide on a leave today; `lent` says by delegation."""

    staff_id: Id
    staff_no: str
    name: str
    ground: Ground
    lent: bool


class AuthorityView(View):
    """Who may decide on a leave on a day, and why; `text` says it in Chinese.

    `provisional` says in words what of the calendar is not known, on which its length rests.
    """

    leave_id: Id
    on: date
    half_days: int
    total_half_days: int
    chained: tuple[ChainedView, ...]
    grounds: tuple[Ground, ...]
    why: tuple[Why, ...]
    approvers: tuple[ApproverView, ...]
    text: str
    provisional: str


class KindDays(View):
    """Half-days of leave of one kind; `taken` of them have passed and are told."""

    kind: LeaveKind
    half_days: int
    taken: int

    @property
    def days(self) -> Decimal:
        """In days."""
        return Decimal(self.half_days) / 2


class LeaveDays(View):
    """Approved leave of one person in some days, by kind."""

    staff_id: Id
    first: date
    last: date
    kinds: tuple[KindDays, ...]

    @property
    def days(self) -> Decimal:
        """All kinds together."""
        return sum((one.days for one in self.kinds), Decimal(0))


class LedgerLine(View):
    """A leave in the ledger of a month; `days` are those of it that lie in the month at the school."""

    leave_id: Id
    school: str
    staff_no: str
    name: str
    kind: LeaveKind
    since: str
    last: str
    days: Decimal
    state: LeaveState
    ground: Ground | None
    approver: str | None
    reported: str
    back: str
    remark: str


class LedgerTotal(View):
    """A month of one person at one school, by kind in days."""

    school: str
    staff_no: str
    name: str
    kind: LeaveKind
    days: Decimal
    taken: Decimal


class LeaveLedger(View):
    """The ledger of leave of a month 请假台账."""

    district: str
    first: date
    last: date
    school: str | None
    lines: tuple[LedgerLine, ...]
    totals: tuple[LedgerTotal, ...]


class UnreportedLine(View):
    """A leave that a head approved and that the principal has not been told of.

    `due` is the last day for telling, None where the district has set no limit.
    """

    leave_id: Id
    school: str | None
    staff_no: str
    name: str
    kind: LeaveKind
    since: str
    approver: str | None
    approved_on: date
    days_since: int
    due: date | None
    overdue: bool


class UnreportedList(View):
    """The half-day leaves of which the principal has not been told."""

    district: str
    as_of: date
    within_days: int | None
    lines: tuple[UnreportedLine, ...]

    @property
    def overdue(self) -> int:
        """How many are beyond the limit."""
        return sum(line.overdue for line in self.lines)


class OverdueLine(View):
    """Somebody who was not back when the leave was over: to be reviewed as absence 旷工.

    `half_days` are the working half-days missed since, up to the return or up to now.
    """

    leave_id: Id
    school: str | None
    staff_no: str
    name: str
    kind: LeaveKind
    ended: str
    back: str
    half_days: int

    @property
    def days(self) -> Decimal:
        """In days."""
        return Decimal(self.half_days) / 2


class OverdueList(View):
    """Who is not back, or came back late."""

    district: str
    as_of: date
    lines: tuple[OverdueLine, ...]


class TakenView(View):
    """What became part of the record: how many leaves, how many half-days, and up to when."""

    leaves: int
    half_days: int
    until_day: date
    until_half: Half
