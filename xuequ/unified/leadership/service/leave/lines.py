"""Lines of the lists of leave, and what they say in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal

from xuequ.core.halfdays import Half, HalfDay
from xuequ.core.settings import CHINA
from xuequ.registry.repository.basis import AnyRow
from xuequ.unified.leadership.rules.leave import Stretch
from xuequ.unified.leadership.schemas.leave import (
    ChainedView,
    LedgerLine,
    LedgerTotal,
    OverdueLine,
    UnreportedLine,
)
from xuequ.unified.leadership.service.leave.shown import who_approved
from xuequ.unified.leadership.service.leave.steps import Judged
from xuequ.unified.leadership.states.leave import AskState, Ground, LeaveKind, LeaveState


def indices(first: date, last: date) -> tuple[int, int]:
    """Return the first and the last half-day of some days, both ends inside."""
    return HalfDay(first, Half.AM).index, HalfDay(last, Half.PM).index


def day_of(ask: AnyRow) -> date:
    """Return the day on which something was decided."""
    day: date = ask.decided_at.astimezone(CHINA).date()
    return day


def days_text(days: Decimal) -> str:
    """Write days as people do: 1, 0.5."""
    return f"{days:f}".removesuffix(".0")


def in_words(judged: Judged) -> str:
    """Say who has to decide on a leave, and why."""
    case, authority = judged.case, judged.authority
    own, total = (days_text(Decimal(int(days * 2)) / 2) for days in (case.own, case.total))
    length = f"本次请假 {own} 天"
    if case.total > case.own:
        others = [one for one in judged.linked if one is not judged.own]
        named = "、".join(f"{one.kind.label} {one.span}" for one in others)
        length += f"，与相连的{named}合并为 {total} 天"
    why = "；".join(reason.label for reason in authority.why)
    return f"{length}。由{authority.needed}审批：{why}。"


def chained(one: Stretch) -> ChainedView:
    """Return one of the leaves that count as one."""
    first, last = one.span.since, one.span.last
    return ChainedView(
        leave_id=one.leave_id,
        kind=one.kind,
        first_day=first.day,
        first_half=first.half,
        last_day=last.day,
        last_half=last.half,
        half_days=len(one.half_days),
    )


def ledger_line(part: AnyRow, row: AnyRow, asks: list[AnyRow]) -> LedgerLine:
    """Return the part of a leave that lies in a month at a school."""
    decided = [ask for ask in asks if ask.ground is not None]
    last = decided[-1] if decided else None
    state = LeaveState(row.state)
    return LedgerLine(
        leave_id=row.id,
        school=part.school_name,
        staff_no=row.staff_no,
        name=row.name,
        kind=LeaveKind(row.kind),
        since=str(HalfDay.at(row.first)),
        last=str(HalfDay.at(row.last)),
        days=Decimal(part.half_days) / 2,
        state=state,
        ground=Ground(last.ground) if last is not None else None,
        approver=who_approved(last) if last is not None else None,
        reported=_reported(asks),
        back="" if row.back_at is None else str(HalfDay.at(row.back_at)),
        remark="；".join(_remarks(row, asks)),
    )


def _reported(asks: Iterable[AnyRow]) -> str:
    owed = [ask for ask in asks if ask.ground == Ground.HEAD and ask.state == AskState.APPROVED]
    if not owed:
        return ""
    told = owed[-1].reported_at
    return "未报告" if told is None else str(told.astimezone(CHINA).date())


def _remarks(row: AnyRow, asks: list[AnyRow]) -> Iterable[str]:
    if row.late_reason:
        yield f"补办：{row.late_reason}"
    if len(asks) > 1:
        yield f"续假 {len(asks) - 1} 次"
    if row.void_reason:
        yield f"作废：{row.void_reason}"


def ledger_totals(parts: Iterable[AnyRow], leaves: Mapping[int, AnyRow]) -> Iterable[LedgerTotal]:
    """Add up a month by school, person and kind; what holds no longer adds nothing."""
    summed: dict[tuple[str, str, str, str], list[int]] = {}
    for part in parts:
        row = leaves[part.leave_id]
        counts = summed.setdefault((part.school_name, row.staff_no, row.name, row.kind), [0, 0])
        counts[0] += part.half_days
        counts[1] += part.taken
    for (school, staff_no, name, kind), (half_days, taken) in summed.items():
        if half_days:
            yield LedgerTotal(
                school=school,
                staff_no=staff_no,
                name=name,
                kind=LeaveKind(kind),
                days=Decimal(half_days) / 2,
                taken=Decimal(taken) / 2,
            )


def unreported_line(row: AnyRow, ask: AnyRow, on: date, within: int | None) -> UnreportedLine:
    """Return a leave of which the principal has not been told."""
    approved_on = day_of(ask)
    due = None if within is None else approved_on + timedelta(days=within)
    return UnreportedLine(
        leave_id=row.id,
        school=row.school_name,
        staff_no=row.staff_no,
        name=row.name,
        kind=LeaveKind(row.kind),
        since=str(HalfDay.at(row.first)),
        approver=ask.approver,
        approved_on=approved_on,
        days_since=(on - approved_on).days,
        due=due,
        overdue=due is not None and on > due,
    )


def overdue_line(row: AnyRow, missed: int) -> OverdueLine:
    """Return somebody who was not back when the leave was over."""
    return OverdueLine(
        leave_id=row.id,
        school=row.school_name,
        staff_no=row.staff_no,
        name=row.name,
        kind=LeaveKind(row.kind),
        ended=str(HalfDay.at(row.last)),
        back="" if row.back_at is None else str(HalfDay.at(row.back_at)),
        half_days=missed,
    )
