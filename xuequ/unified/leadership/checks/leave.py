"""Data checks of leave: half-days agree with their leave, nobody is away twice, nobody approved his own."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.core.halfdays import HalfDay
from xuequ.unified.leadership.repository.leave_checks import LeaveCheckRows

LEAVE, ASK, SLOT = "xq_leadership_leave", "xq_leadership_leave_ask", "xq_leadership_leave_slot"


def _rows(ground: Ground) -> LeaveCheckRows:
    return LeaveCheckRows(ground.session, ground.scope, ground.place)


def _slots(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).slots_amiss():
        yield Finding(
            SLOT, row.id, f"半天 {HalfDay.at(row.half_day)} 与请假 {row.leave_id} 的起止、状态或本人不符"
        )
    for row in _rows(ground).days():
        half = HalfDay.at(row.half_day)
        if half.day != row.day:
            yield Finding(SLOT, row.id, f"半天 {half} 的日期写作 {row.day}")
    for row in _rows(ground).beginnings():
        if HalfDay.at(row.first).day != row.begins_on:
            yield Finding(LEAVE, row.id, f"自 {HalfDay.at(row.first)} 起，开始日期却写作 {row.begins_on}")


def _overlaps(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).overlapping():
        yield Finding(LEAVE, row.id, f"与请假 {row.other} 同属教职工 {row.staff_id}，时间重叠")


def _own(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).own():
        yield Finding(ASK, row.id, f"教职工 {row.approver_id} 审批了本人的请假 {row.leave_id}")


def _decided(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).undecided():
        yield Finding(LEAVE, row.id, "状态与申请的审批结果不符")


CHECKS = (
    DataCheck(
        "leadership.leave_slots_agree",
        "请假的半天与请假相符",
        _slots,
        "请核对请假的起止时间和状态，作废后重新登记。",
    ),
    DataCheck(
        "leadership.leaves_do_not_overlap",
        "一人同一时间只有一项请假",
        _overlaps,
        "请核对后作废其中一项。",
    ),
    DataCheck(
        "leadership.nobody_approves_his_own_leave",
        "无人审批本人的请假",
        _own,
        "请作废后由有权的人重新审批。",
    ),
    DataCheck(
        "leadership.leaves_are_decided",
        "请假状态与审批结果相符",
        _decided,
        "请核对审批记录，作废后重新登记。",
    ),
)
