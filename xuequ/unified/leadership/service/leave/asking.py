"""Use cases of asking: requests, extensions, and taking both back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from xuequ.core.context import At, use_case
from xuequ.core.errors import IllegalTransition, refuse_if
from xuequ.core.halfdays import Half, HalfDay
from xuequ.core.settings import CHINA
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.leadership.actions.leave import REQUEST, REQUEST_FOR_OTHERS
from xuequ.unified.leadership.errors.leave import ExtensionWaits, LeaveBegun
from xuequ.unified.leadership.facts.leave import (
    LeaveCancelled,
    LeaveExtensionRequested,
    LeaveRequested,
    LeaveWithdrawn,
)
from xuequ.unified.leadership.rules.leave import (
    counted,
    extension_problems,
    is_late,
    lateness_problems,
    length_problems,
    request_problems,
)
from xuequ.unified.leadership.schemas.leave import LeaveExtension, LeaveRequest, LeaveView
from xuequ.unified.leadership.service.leave.steps import LeaveSteps, span_of
from xuequ.unified.leadership.states.leave import AskState, LeaveKind, LeaveState, Release

NOTHING_DECIDED = {
    **dict.fromkeys(("ground", "approver_id", "decided_at", "reported_at")),
    **dict.fromkeys(("decided_by", "document", "remark", "reported_by"), ""),
}


class Asking(LeaveSteps):
    """Leave as whoever takes it asks for it, or the office for them."""

    @use_case(REQUEST, at=At.SCHOOL)
    def request_leave(self, command: LeaveRequest, on: date | None = None) -> LeaveView:
        """Ask for a leave 请假; a teacher for himself, a head and the office for others too.

        Args:
            command: whose, of which kind, from when to when.
            on: the day on which the office was asked, on paper; today when left out.

        Raises:
            StaffUnknown: when the county has nobody of that id.
            LeaveOfOther: when a teacher asks for somebody else, or says that he asked on another day.
            NotWorkingHere, NothingToTake, LeaveOverlaps, LeaveTooLong: for the half-days.
            LateReasonMissing: when it has begun, and nothing says why it is registered afterwards.
            DayAhead: when the day of asking has not come.
            Problems: when there is more than one of these.
        """
        staff, span = self._staff(command.staff_id), command.span
        refuse_if(length_problems(span))
        first, last = span.since.index, span.last.index
        where, _ = self._working_of(staff.staff_id, first, first)
        placed = where.at(staff.staff_id, span.since.day)
        here = placed is not None and where.is_here(staff.staff_id, span.since.day)
        school = placed.code if placed is not None and here else None
        self._enter(REQUEST, REQUEST_FOR_OTHERS, staff, school)
        if on is not None:
            self._for_others(REQUEST_FOR_OTHERS, school)
        asked_at = self._moment(on)
        self._rows.lock_staff([staff.staff_id])
        where, working = self._working_of(staff.staff_id, first, last)
        half_days = counted(command.kind, span, working, self.context.standards)
        elsewhere = where.elsewhere(staff.staff_id, first, last)
        others = self._near(staff.staff_id, first, last)
        asked = self._asked_in(asked_at)
        late = is_late(span.since, asked)
        refuse_if(
            [
                *request_problems(staff.staff_no, command.kind, span, half_days, elsewhere, others),
                *lateness_problems(span.since, asked, command.late_reason),
            ]
        )
        leave_id = self._write(command, half_days, asked_at, late=late)
        self.context.announce(
            LeaveRequested(
                leave_id=leave_id,
                staff_id=staff.staff_id,
                kind=command.kind.code,
                first=first,
                last=last,
                late=late,
            )
        )
        return self._view(leave_id)

    def _asked_in(self, asked_at: datetime) -> HalfDay:
        """Return the half-day in which a leave was asked for; of an earlier day only the day is known."""
        if asked_at == self.context.now:
            return self._now
        return HalfDay(asked_at.astimezone(CHINA).date(), Half.AM)

    def _write(
        self, command: LeaveRequest, half_days: Sequence[int], asked_at: datetime, *, late: bool
    ) -> int:
        rows, span = self._rows, command.span
        first, last = span.since.index, span.last.index
        leave_id = rows.add(
            {
                **command.model_dump(include={"staff_id", "reason", "evidence"}),
                "late_reason": command.late_reason if late else "",
                "kind": command.kind.code,
                "begins_on": span.since.day,
                "first": first,
                "last": last,
                "reach": last,
                "settled": first,
                "state": LeaveState.SUBMITTED.code,
                "back_at": None,
                "void_reason": "",
            }
        )
        self._ask(leave_id, 1, last, "", asked_at)
        rows.add_slots([(leave_id, command.staff_id, half) for half in half_days])
        return leave_id

    def _ask(self, leave_id: int, number: int, last: int, reason: str, asked_at: datetime) -> None:
        self._rows.add_ask(
            {
                **NOTHING_DECIDED,
                "leave_id": leave_id,
                "number": number,
                "last": last,
                "reason": reason,
                "state": AskState.SUBMITTED.code,
                "asked_at": asked_at,
                "asked_by": str(self.context.actor),
            }
        )

    @use_case(REQUEST, at=At.SCHOOL)
    def extend(self, leave_id: int, command: LeaveExtension, on: date | None = None) -> LeaveView:
        """Ask for an approved leave to go on 续假; who may approve is tested on the whole of it.

        Args:
            leave_id: which.
            command: to which half-day.
            on: the day on which the office was asked, on paper; today when left out.

        Raises:
            LeaveUnknown, LeaveOfOther: for the leave.
            IllegalTransition: when it is not approved, or its end has been registered.
            ExtensionWaits: when one waits for its decision.
            ExtensionNotLater, NotWorkingHere, NothingToTake, LeaveOverlaps, LeaveTooLong: for the half-days.
            DayAhead: when the day of asking has not come.
        """
        row = self._row(leave_id)
        self._enter_request(REQUEST, row)
        if on is not None:
            self._for_others(REQUEST_FOR_OTHERS, row.school)
        asked_at = self._moment(on)
        row = self._locked(row)
        if row.state != LeaveState.APPROVED:
            raise IllegalTransition(machine="请假", from_=LeaveState(row.state).label, to="续假")
        if row.reach > row.last:
            raise ExtensionWaits(last=str(HalfDay.at(row.reach)))
        wanted = HalfDay(command.last_day, command.last_half)
        refuse_if(extension_problems(span_of(row.first, row.last), wanted))
        refuse_if(length_problems(span_of(row.first, wanted.index)))
        more = self._more_half_days(row, wanted.index)
        self._ask(leave_id, self._rows.asks(leave_id)[-1].number + 1, wanted.index, command.reason, asked_at)
        self._rows.change(leave_id, reach=wanted.index)
        self._rows.add_slots([(leave_id, row.staff_id, half) for half in more])
        self.context.announce(
            LeaveExtensionRequested(leave_id=leave_id, staff_id=row.staff_id, last=wanted.index)
        )
        return self._view(leave_id)

    def _more_half_days(self, row: AnyRow, last: int) -> tuple[int, ...]:
        """Return the half-days that an extension adds, or refuse it."""
        kind, span = LeaveKind(row.kind), span_of(row.last + 1, last)
        where, working = self._working_of(row.staff_id, row.last + 1, last)
        more = counted(kind, span, working, self.context.standards)
        elsewhere = where.elsewhere(row.staff_id, row.last + 1, last)
        others = self._near(row.staff_id, row.last + 1, last, but=row.id)
        refuse_if(request_problems(row.staff_no, kind, span, more, elsewhere, others))
        return more

    @use_case(REQUEST, at=At.SCHOOL)
    def withdraw(self, leave_id: int, on: date | None = None) -> LeaveView:
        """Take back what was asked for 撤回, before it begins: an extension that waits, or the leave.

        Of an approved leave everything that it brought about is undone.

        Args:
            leave_id: which.
            on: the day on which the office was told, on paper; now when left out.

        Raises:
            LeaveUnknown, LeaveOfOther: for the leave.
            LeaveBegun: when its first half-day has come.
            DayAhead: when the day of telling has not come.
            IllegalTransition: when there is nothing left to withdraw.
        """
        row = self._row(leave_id)
        self._enter_request(REQUEST, row)
        if on is not None:
            self._for_others(REQUEST_FOR_OTHERS, row.school)
        told = self._asked_in(self._moment(on))
        row = self._locked(row)
        extension = row.state == LeaveState.APPROVED and row.reach > row.last
        if not extension:
            self._step(row, LeaveState.WITHDRAWN)
        begins = HalfDay.at(row.last + 1 if extension else row.first)
        if told >= begins:
            raise LeaveBegun(since=str(begins))
        granted = row.state == LeaveState.APPROVED and not extension
        self._take_back(row, extension=extension)
        self.context.announce(LeaveWithdrawn(leave_id=leave_id, staff_id=row.staff_id, extension=extension))
        if granted:
            self.context.announce(LeaveCancelled(leave_id=leave_id, staff_id=row.staff_id))
        return self._view(leave_id)

    def _take_back(self, row: AnyRow, *, extension: bool) -> None:
        ask = self._rows.asks(row.id)[-1]
        if ask.state == AskState.SUBMITTED:
            self._rows.change_ask(ask.id, state=AskState.WITHDRAWN.code)
        self._rows.release(row.id, Release.WITHDRAWN, row.last + 1 if extension else 0)
        state = row.state if extension else LeaveState.WITHDRAWN.code
        self._rows.change(row.id, state=state, reach=row.last)
