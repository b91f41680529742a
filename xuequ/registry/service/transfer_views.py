"""Transfers as they are written and as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

from xuequ.core.context import Context
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.calendar import CalendarRows
from xuequ.registry.rules.calendar import Calendar
from xuequ.registry.rules.transfers import due_on, turn_of
from xuequ.registry.schemas.transfers import TransferArrival, TransferRequest, TransferView
from xuequ.registry.service.calendar import read_calendar
from xuequ.registry.service.records import Record
from xuequ.registry.states.pupils import Reason
from xuequ.registry.states.transfers import Direction, Side, TransferState

FAR = 60


def due(context: Context, begun: date) -> dict[str, Any]:
    """Return until when the side whose turn begins must have answered."""
    answer = due_on(_calendar(context, [begun]), begun, context.standards)
    return {"due_on": answer.value, "due_provisional": bool(answer.provisional)}


def _calendar(context: Context, begun: Sequence[date]) -> Calendar:
    """Read the calendar of the days in which turns that begin then are reckoned."""
    rows = CalendarRows(context.session, context.scope, context.place)
    last = max(begun) + timedelta(days=FAR)  # working days may lie behind the longest holiday
    return read_calendar(rows, context.standards, min(begun), last)


def asked(
    context: Context, record: Record, command: TransferRequest, to: AnyRow | None, on: date
) -> dict[str, Any]:
    """Return the row of a transfer that a guardian has applied for."""
    seat = record.seat
    assert seat is not None, "a pupil who is registered has a seat"
    return {
        "pupil_id": record.pupil_id,
        "direction": (Direction.WITHIN if to is not None else Direction.OUT).code,
        "from_district_id": seat.district_id,
        "from_school_id": seat.klass.school_id,
        "from_class_id": seat.klass.id,
        "to_district_id": to.district_id if to is not None else None,
        "to_school_id": to.id if to is not None else None,
        "outside": command.outside,
        "state": TransferState.REQUESTED.code,
        "requested_by": command.requested_by.code,
        "guardian_applied": command.guardian_applied,
        "reason": command.reason.code,
        "requested_on": on,
        "remark": command.remark,
        **due(context, on),
    }


def arrived(record: Record, command: TransferArrival, at: AnyRow, on: date) -> dict[str, Any]:
    """Return the row of a transfer from outside the county, decided as it is written."""
    return {
        "pupil_id": record.pupil_id,
        "direction": Direction.IN.code,
        "to_district_id": at.district_id,
        "to_school_id": at.school_id,
        "to_class_id": at.id,
        "outside": command.outside,
        "state": TransferState.ACCEPTED.code,
        "requested_by": Side.RECEIVING.code,
        "guardian_applied": command.guardian_applied,
        "reason": command.reason.code,
        "requested_on": on,
        "due_provisional": False,
        "decided_on": on,
        "effective_on": on,
        "remark": command.remark,
    }


def transfer_views(context: Context, rows: Sequence[AnyRow]) -> list[TransferView]:
    """Return transfers as they stand; a provisional day is reckoned anew, since its notice may have come.

    The calendar is read once, however many there are.
    """
    begun = [_turn_began(row) for row in rows if _is_provisional(row)]
    calendar = _calendar(context, begun) if begun else None
    return [_transfer_view(context, row, calendar) for row in rows]


def _turn_began(row: AnyRow) -> date:
    return cast("date", row.released_on or row.requested_on)


def _is_provisional(row: AnyRow) -> bool:
    return turn_of(TransferState(row.state)) is not None and row.due_provisional


def _transfer_view(context: Context, row: AnyRow, calendar: Calendar | None) -> TransferView:
    state = TransferState(row.state)
    turn, until, provisional = turn_of(state), row.due_on, row.due_provisional
    if calendar is not None and _is_provisional(row):
        answer = due_on(calendar, _turn_began(row), context.standards)
        until, provisional = answer.value, bool(answer.provisional)
    return TransferView(
        id=row.id,
        pupil_id=row.pupil_id,
        pupil_no=row.pupil_no,
        direction=Direction(row.direction),
        from_district=row.from_district,
        from_school=row.from_school,
        to_district=row.to_district,
        to_school=row.to_school,
        outside=row.outside,
        state=state,
        requested_by=Side(row.requested_by),
        reason=Reason(row.reason),
        requested_on=row.requested_on,
        released_on=row.released_on,
        turn=turn,
        due_on=until,
        provisional=provisional,
        overdue=turn is not None and until is not None and until < context.today,
        decided_on=row.decided_on,
        effective_on=row.effective_on,
        remark=row.remark,
    )
