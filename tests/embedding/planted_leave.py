"""Defects of leave, planted past the use cases: one for each data check."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from xuequ import District
from xuequ.core.halfdays import Half
from xuequ.core.settings import CHINA
from xuequ.registry.models.staff import Staff
from xuequ.testing.factories import MAKER, SETTINGS
from xuequ.unified.leadership.models.leave import Leave, LeaveAsk, LeaveSlot
from xuequ.unified.leadership.schemas.leave import LeaveRequest
from xuequ.unified.leadership.states.leave import LeaveKind

PLACE = "530921/qianfeng"


def ask(session: Session, day: int = 3) -> int:
    """Let the first teacher of school s1 ask for a morning; return the leave's id."""
    door = District(session, PLACE, actor=MAKER, settings=SETTINGS)
    who = session.scalars(select(Staff.id).where(Staff.staff_no == "qianfeng-s1-T1")).one()
    on = date(2026, 9, day)
    request = LeaveRequest(
        staff_id=who, kind=LeaveKind.PERSONAL, first_day=on, last_day=on, last_half=Half.AM
    )
    return door.leadership.leave.request_leave(request).id


def half_day_of_another_day(session: Session) -> None:
    ask(session)
    session.execute(update(LeaveSlot).values(day=date(2026, 9, 4)))


def two_at_once(session: Session) -> None:
    first, second = ask(session, 3), ask(session, 4)
    reach = select(Leave.last).where(Leave.id == second).scalar_subquery()
    session.execute(update(Leave).where(Leave.id == first).values(reach=reach))


def his_own(session: Session) -> None:
    leave_id = ask(session)
    whose = select(Leave.staff_id).where(Leave.id == leave_id).scalar_subquery()
    when = datetime(2026, 9, 1, 9, tzinfo=CHINA)
    decided = {"state": "approved", "ground": "principal", "approver_id": whose, "decided_at": when}
    session.execute(update(LeaveAsk).where(LeaveAsk.leave_id == leave_id).values(**decided))
    session.execute(update(Leave).where(Leave.id == leave_id).values(state="approved"))


def approved_by_nobody(session: Session) -> None:
    session.execute(update(Leave).where(Leave.id == ask(session)).values(state="approved"))


PLANTED: dict[str, Callable[[Session], None]] = {
    "leadership.leave_slots_agree": half_day_of_another_day,
    "leadership.leaves_do_not_overlap": two_at_once,
    "leadership.nobody_approves_his_own_leave": his_own,
    "leadership.leaves_are_decided": approved_by_nobody,
}
"""Data check → what it must find, and no other check."""
