"""The ledger of leave as a workbook: every row goes the way that the office would go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.core.errors import CellRequired, ColumnFixed, IllegalTransition, Problem
from xuequ.core.fields import Command
from xuequ.core.halfdays import Half, HalfDay
from xuequ.core.intake import WRITTEN, Book, Desk, shown
from xuequ.core.plan import Key, Outcome, PlannedRow, State, Values
from xuequ.core.settings import CHINA
from xuequ.registry.service.books.desk import BookDesk, Lookups, at_column, check_names, rows_of
from xuequ.registry.states.calendar import DayHalf
from xuequ.unified.leadership.repository.leave import LeaveRows
from xuequ.unified.leadership.schemas.books.leave import LeaveRow
from xuequ.unified.leadership.schemas.leave import (
    LeaveDecision,
    LeaveExtension,
    LeaveRequest,
    LeaveView,
)
from xuequ.unified.leadership.service.leave import LeaveService
from xuequ.unified.leadership.states.leave import AskState, Ground, LeaveState
from xuequ.unified.leadership.templates.leave import LEAVE

SHEET = LEAVE.sheet("leaves")
LAST = ("last_day", "last_half")
DECISION = ("approver_no", "decided_on", "document")
"""Filled in when it is decided, anew when an extension is, and else never."""
ONCE = ("reported_on", "back_day", "back_half", "void_reason")
"""Filled in once."""


class LeaveDesk(BookDesk):
    """The only sheet: leaves, from the request to the return or the voiding."""

    changeable = frozenset({"state", *LAST, *DECISION, *ONCE})

    def __init__(self, lookups: Lookups) -> None:
        super().__init__(lookups)
        self.rows = LeaveRows(self.context.session, self.context.scope, self.context.place)
        self.leave = LeaveService(self.context)

    def said(self, rows: Sequence[Command]) -> Sequence[Values]:
        """Return what rows say; the first leave from a half-day needs no number."""
        return [{**row.__dict__, "turn": _turn(cast(LeaveRow, row).turn)} for row in rows]

    def standing(self, rows: Sequence[Command]) -> State:
        """Return the leaves of the people of rows."""
        numbers = {cast(LeaveRow, row).staff_no for row in rows}
        return {key: _stands(view) for key, view in self._there(numbers).items()}

    def _there(self, numbers: set[str] | None) -> dict[Key, LeaveView]:
        return keyed(self.leave.ledger_of(numbers))

    def check(self, planned: Sequence[PlannedRow]) -> list[Problem]:
        """Check names, and that what is void says why, and what is over when."""
        found = check_names(planned, self.lookups.staff_named)
        for row in planned:
            command = cast(LeaveRow, row.source.command)
            if row.outcome not in WRITTEN:
                continue
            if command.state is LeaveState.CANCELLED and not command.void_reason:
                found.append(at_column(row, SHEET, "void_reason", CellRequired()))
            if command.state is LeaveState.RETURNED and command.back_day is None:
                found.append(at_column(row, SHEET, "back_day", CellRequired()))
            found += _fixed(row, command)
        return found

    def write(self, planned: Sequence[PlannedRow]) -> None:
        """Ask for new leaves in the order in which they were asked for, and let others go on."""
        there = self._there({cast(LeaveRow, row.source.command).staff_no for row in planned})
        for row in planned:
            if row.outcome is Outcome.CHANGED:
                command = cast(LeaveRow, row.source.command)
                self._go_on(there[_key(command)], command)
        added = cast("list[LeaveRow]", rows_of(planned, Outcome.ADDED))
        for command in sorted(added, key=_asked_first):
            request = LeaveRequest(
                staff_id=self.lookups.staff(command.staff_no),
                kind=command.kind,
                first_day=command.first_day,
                first_half=command.first_half.half,
                last_day=command.last_day,
                last_half=command.last_half.half,
                reason=command.reason,
                evidence=command.evidence,
                late_reason=command.late_reason,
            )
            self._go_on(self.leave.request_leave(request, command.asked_on), command)

    def _go_on(self, view: LeaveView, command: LeaveRow) -> None:
        """Take a leave from where it stands to where a row says that it is, by one verb after the other."""
        wanted = command.state or view.state
        if view.state is LeaveState.SUBMITTED and wanted not in (LeaveState.SUBMITTED, LeaveState.WITHDRAWN):
            view = self._decide(view, command, approved=wanted is not LeaveState.REJECTED)
        if (
            view.state is LeaveState.APPROVED
            and _last_of(command) > _last_in(view)
            and command.back_day is None
        ):
            self.leave.extend(view.id, _extension(command), command.decided_on)
            view = self._decide(view, command, approved=True)
        if command.reported_on is not None and not _reported_on(view):
            view = self.leave.report_to_principal(view.id, command.reported_on)
        if command.back_day is not None and view.state is LeaveState.APPROVED:
            half = (command.back_half or DayHalf.AM).half
            view = self.leave.register_return(view.id, command.back_day, half)
        if wanted is LeaveState.WITHDRAWN and view.state is not wanted:
            view = self.leave.withdraw(view.id, command.asked_on)
        if wanted is LeaveState.CANCELLED and view.state is not wanted:
            view = self.leave.cancel(view.id, command.void_reason)
        if view.state is not wanted:
            raise IllegalTransition(machine="请假", from_=view.state.label, to=wanted.label)

    def _decide(self, view: LeaveView, command: LeaveRow, *, approved: bool) -> LeaveView:
        approver = command.approver_no
        decision = LeaveDecision(
            approver_id=None if approver is None else self.lookups.staff(approver),
            approved=approved,
            on=command.decided_on,
            document=command.document,
        )
        return self.leave.record_decision(view.id, decision)

    def listed(self, school: str | None) -> Iterable[Command]:
        """Return every leave, void ones too."""
        there = sorted(self._there(None).items(), key=lambda one: (*one[0][:3], one[0][3] or 1))
        for (staff_no, first_day, first_half, turn), view in there:
            if school in (None, view.school):
                yield LeaveRow(
                    staff_no=staff_no,
                    name=view.name,
                    first_day=first_day,
                    first_half=first_half,
                    turn=turn,
                    **_stands(view),
                )


def _fixed(row: PlannedRow, command: LeaveRow) -> Iterable[Problem]:
    """Refuse changes that no verb makes: another approver, say, of what was decided."""
    before = {change.field: change.before for change in row.changes}
    decides = before.get("state") is LeaveState.SUBMITTED
    day, half = (before.get(name, getattr(command, name)) for name in LAST)
    extends = _last_of(command) > HalfDay(day, half.half)
    for name, value in before.items():
        done = name in DECISION and (decides or extends)
        done = done or (name in LAST and (extends or "back_day" in before))
        done = done or (name in ONCE and value in (None, "")) or name == "state"
        if not done and name in (*DECISION, *LAST, *ONCE):
            yield at_column(row, SHEET, name, ColumnFixed(registered=shown(value)))


def keyed(views: Iterable[LeaveView]) -> dict[Key, LeaveView]:
    """Return leaves by what a file calls them, in the order in which they were asked for."""
    found: dict[Key, LeaveView] = {}
    turns: Counter[Key] = Counter()
    for view in sorted(views, key=lambda one: one.id):
        called = (view.staff_no, view.first_day, _half(view.first_half))
        turns[called] += 1
        found[*called, _turn(turns[called])] = view
    return found


def _turn(said: int | None) -> int | None:
    return None if said == 1 else said


def _key(row: LeaveRow) -> Key:
    return (row.staff_no, row.first_day, row.first_half, _turn(row.turn))


def _asked_first(row: LeaveRow) -> tuple[date, date, DayHalf, int]:
    return (row.asked_on or date.max, row.first_day, row.first_half, row.turn or 1)


def _half(half: Half) -> DayHalf:
    return DayHalf[half.name]


def _day(instant: datetime | None) -> date | None:
    return None if instant is None else instant.astimezone(CHINA).date()


def _last_of(row: LeaveRow) -> HalfDay:
    return HalfDay(row.last_day, row.last_half.half)


def _last_in(view: LeaveView) -> HalfDay:
    return HalfDay(view.last_day, view.last_half)


def _extension(row: LeaveRow) -> LeaveExtension:
    return LeaveExtension(last_day=row.last_day, last_half=row.last_half.half)


def _reported_on(view: LeaveView) -> date | None:
    owed = [ask for ask in view.asks if ask.ground is Ground.HEAD and ask.state is AskState.APPROVED]
    return _day(owed[-1].reported_at) if owed else None


def _stands(view: LeaveView) -> dict[str, Any]:
    """Return what is there, as a row says it; of several decisions the last one that holds."""
    decided = [ask for ask in view.asks if ask.ground is not None]
    granted = [ask for ask in decided if ask.state is AskState.APPROVED] or decided
    last = granted[-1] if granted else None
    return {
        "kind": view.kind,
        "last_day": view.last_day,
        "last_half": _half(view.last_half),
        "reason": view.reason,
        "evidence": view.evidence,
        "asked_on": _day(view.asks[0].asked_at),
        "late_reason": view.late_reason,
        "state": view.state,
        "approver_no": last.approver_no if last else None,
        "decided_on": _day(last.decided_at) if last else None,
        "document": last.document if last else "",
        "reported_on": _reported_on(view),
        "back_day": view.back_day,
        "back_half": _half(view.back_half) if view.back_half is not None else None,
        "void_reason": view.void_reason,
    }


def _desks(context: Context) -> Mapping[str, Desk]:
    return {"leaves": LeaveDesk(Lookups(context))}


LEAVE_BOOK = Book(LEAVE, _desks, stale="请假台账")
