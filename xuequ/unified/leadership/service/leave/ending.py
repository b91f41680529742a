"""Use cases of ending: return, cancellation, and what has passed becoming part of the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xuequ.core.context import At, use_case
from xuequ.core.errors import refuse_if
from xuequ.core.halfdays import Half, HalfDay
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.leadership.actions.leave import CANCEL, RECORD_RETURN, RECORD_TAKEN
from xuequ.unified.leadership.facts.leave import LeaveCancelled, LeaveReturned, LeaveShortened, LeaveTaken
from xuequ.unified.leadership.rules.leave import counted, passed_by, return_problems
from xuequ.unified.leadership.schemas.leave import LeaveView, TakenView
from xuequ.unified.leadership.schemas.ledgers import Reason
from xuequ.unified.leadership.service.leave.steps import LeaveSteps, span_of
from xuequ.unified.leadership.service.leave.whereabouts import Whereabouts
from xuequ.unified.leadership.states.leave import AskState, LeaveKind, LeaveState, Release


class Ending(LeaveSteps):
    """Leave as it comes to its end, or to nothing."""

    @use_case(RECORD_RETURN, at=At.SCHOOL)
    def register_return(self, leave_id: int, day: date, half: Half = Half.AM) -> LeaveView:
        """Register when somebody was back 销假; not by themself.

        Who is back early has taken only what lies before: the rest counts no longer. Who is back late stands
        on the list of `overdue` with the half-days that were missed.

        Args:
            leave_id: which.
            day, half: the first half-day on which they were at work again.

        Raises:
            LeaveUnknown, OwnLeave: for the leave.
            IllegalTransition: when it was not approved, or the return is registered.
            NotBackYet: for a half-day before its second, or one that has not come.
        """
        row = self._row(leave_id)
        self.context.permit(RECORD_RETURN, school=row.school or "")
        self._not_own(row)
        row = self._locked(row)
        self._step(row, LeaveState.RETURNED)
        back = HalfDay(day, half)
        refuse_if(return_problems(span_of(row.first, row.last), back, self._now))
        self._drop_extension(row)
        if back.index <= row.last:
            self._shorten(row, back.index)
        else:
            self._come_back(row, back.index)
        return self._view(leave_id)

    def _shorten(self, row: AnyRow, back: int) -> None:
        self._rows.release(row.id, Release.SHORTENED, back)
        self._rows.change(
            row.id,
            state=LeaveState.RETURNED.code,
            back_at=back,
            last=back - 1,
            reach=back - 1,
            settled=min(row.settled, back),
        )
        self.context.announce(LeaveShortened(leave_id=row.id, staff_id=row.staff_id, back_at=back))

    def _come_back(self, row: AnyRow, back: int) -> None:
        missed = 0
        if back > row.last + 1:
            _, working = self._working_of(row.staff_id, row.last + 1, back - 1)
            missed = len(working)
        self._rows.change(row.id, state=LeaveState.RETURNED.code, back_at=back, reach=row.last)
        self.context.announce(
            LeaveReturned(leave_id=row.id, staff_id=row.staff_id, back_at=back, overdue=missed)
        )

    def _drop_extension(self, row: AnyRow) -> None:
        """Let an extension that waits count as withdrawn: the leave is over."""
        ask = self._rows.asks(row.id)[-1]
        if ask.state == AskState.SUBMITTED:
            self._rows.change_ask(ask.id, state=AskState.WITHDRAWN.code)
            self._rows.release(row.id, Release.WITHDRAWN, row.last + 1)

    @use_case(CANCEL)
    def cancel(self, leave_id: int, reason: Reason) -> LeaveView:
        """Void an approved leave 作废, with everything that it brought about; it stays in the ledger.

        Args:
            leave_id: which.
            reason: why; it is printed in the ledger.

        Raises:
            LeaveUnknown, OwnLeave: for the leave.
            IllegalTransition: when it was not approved, or is void.
        """
        row = self._row(leave_id)
        self._not_own(row)
        row = self._locked(row)
        self._step(row, LeaveState.CANCELLED)
        self._drop_extension(row)
        self._rows.release(leave_id, Release.CANCELLED)
        self._rows.change(leave_id, state=LeaveState.CANCELLED.code, void_reason=reason, reach=row.last)
        self.context.announce(LeaveCancelled(leave_id=leave_id, staff_id=row.staff_id))
        return self._view(leave_id)

    @use_case(RECORD_TAKEN)
    def record_taken(self, through: date | None = None) -> TakenView:
        """Tell of every approved half-day that has passed and was not told; for a scheduler, at any time.

        Each is counted by the calendar as it stands now: a half-day on which school was closed after the
        leave was approved is none of leave, one on which school was made up is.

        Args:
            through: up to which day; up to now when left out, and never beyond.
        """
        rows = self._rows
        passed = passed_by(self._now, None if through is None else 2 * (through.toordinal() + 1))
        until = HalfDay.at(passed)
        rows.lock_staff(row.staff_id for row in rows.due(passed))
        due = rows.due(passed)
        told = 0
        if due:
            told = self._tell(due, passed)
            rows.settle([row.id for row in due], passed)
        return TakenView(leaves=len(due), half_days=told, until_day=until.day, until_half=until.half)

    def _tell(self, due: Sequence[AnyRow], passed: int) -> int:
        """Count the half-days of leaves anew up to one, and tell of them; return how many there are."""
        rows = self._rows
        people = {row.staff_id for row in due}
        where = Whereabouts(self.context, rows, people, min(row.first for row in due), passed - 1)
        open_now = rows.open_slots([row.id for row in due])
        added: list[tuple[int, int, int]] = []
        dropped: list[tuple[int, int]] = []
        told: list[LeaveTaken] = []
        for row in due:
            last = min(passed - 1, row.last)
            stood = {half for half in open_now[row.id] if row.settled <= half <= last}
            counts = self._counted_anew(row, where, last)
            added += [(row.id, row.staff_id, half) for half in counts if half not in stood]
            dropped += [(row.id, half) for half in stood.difference(counts)]
            if counts:
                told.append(_taken(row, counts, where))
        rows.release_each(dropped, Release.NO_SCHOOL)
        rows.add_slots(added)
        for fact in told:
            self.context.announce(fact)
        return sum(len(fact.half_days) for fact in told)

    def _counted_anew(self, row: AnyRow, where: Whereabouts, last: int) -> list[int]:
        span = span_of(row.first, row.last)
        working = where.working(row.staff_id, row.settled, last)
        halves = counted(LeaveKind(row.kind), span, working, self.context.standards)
        return [half for half in halves if row.settled <= half <= last]


def _taken(row: AnyRow, halves: Sequence[int], where: Whereabouts) -> LeaveTaken:
    return LeaveTaken(
        leave_id=row.id,
        staff_id=row.staff_id,
        kind=row.kind,
        half_days=tuple(halves),
        school_ids=tuple(where.school_id(row.staff_id, half) for half in halves),
    )
