"""From rows to views of leave."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from xuequ.core.halfdays import HalfDay, HalfDaySpan
from xuequ.core.settings import in_china
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.leadership.rules.leave import standing_of
from xuequ.unified.leadership.schemas.leave import AskView, LeaveView
from xuequ.unified.leadership.states.leave import AskState, Ground, LeaveKind, LeaveState


def leave_view(row: AnyRow, asks: Iterable[AnyRow], now: HalfDay) -> LeaveView:
    """Turn a leave with what was asked for into a view, as it stands in a half-day."""
    first, last = HalfDay.at(row.first), HalfDay.at(row.last)
    back = None if row.back_at is None else HalfDay.at(row.back_at)
    state = LeaveState(row.state)
    same = ("id", "staff_id", "staff_no", "name", "school", "half_days", "taken")
    words = ("reason", "evidence", "late_reason", "void_reason")
    return LeaveView(
        **{name: getattr(row, name) for name in (*same, *words)},
        kind=LeaveKind(row.kind),
        first_day=first.day,
        first_half=first.half,
        last_day=last.day,
        last_half=last.half,
        state=state,
        standing=standing_of(state, HalfDaySpan.through(first, last), now),
        back_day=back.day if back else None,
        back_half=back.half if back else None,
        asks=tuple(map(ask_view, asks)),
    )


def ask_view(row: AnyRow) -> AskView:
    """Turn what was asked for into a view."""
    last = HalfDay.at(row.last)
    same = ("number", "reason", "asked_at", "asked_by", "approver_id", "approver_no", "approver")
    more = ("decided_at", "document", "remark", "reported_at")
    return AskView(
        **{name: getattr(row, name) for name in (*same, *more)},
        last_day=last.day,
        last_half=last.half,
        state=AskState(row.state),
        ground=Ground(row.ground) if row.ground else None,
    )


def when(instant: datetime | None) -> str:
    """Write an instant for people; nothing for none."""
    return "" if instant is None else in_china(instant)


def who_approved(row: AnyRow) -> str:
    """Name whoever decided: a person, or the bureau."""
    if row.approver is not None:
        return str(row.approver)
    return Ground(row.ground).label if row.ground else ""
