"""Undoing a roll-over: exactly, or not at all where later records stand on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from xuequ.core.errors import Problem
from xuequ.registry.errors.rollover import RolloverStoodUpon
from xuequ.registry.repository.basis import AnyRow
from xuequ.registry.repository.rollover_lines import ADDED, MODELS, RolloverLineRows
from xuequ.registry.states.rollover import Act, Record


def stands_upon(rows: RolloverLineRows, rollover: AnyRow, on: date) -> list[Problem]:
    """Return everything that was recorded since and would be broken by undoing."""
    return [Problem(RolloverStoodUpon(what=what)) for what in dict.fromkeys(_later(rows, rollover, on))]


def take_back(rows: RolloverLineRows, rollover_id: int) -> None:
    """Delete what was added and restore what was ended; nothing that is restored meets what is deleted."""
    classes = Record.SCHOOL_CLASS
    for record in ADDED:
        if record is not classes:
            rows.remove_added(rollover_id, record)
    for record in MODELS:
        rows.let_go_on(rollover_id, record)
    rows.remove_added(rollover_id, classes)


def _later(rows: RolloverLineRows, rollover: AnyRow, on: date) -> Iterator[str]:
    latest = rows.latest()
    if latest is not None and latest > rollover.year:
        yield f"{latest} 学年的滚动"
    for record, act in ((record, act) for record in MODELS for act in Act):
        for row in rows.changed_since(rollover.id, record, act, on):
            yield _changed(record, row)
    for record in (Record.ENROLMENT, Record.STATUS):
        for row in rows.recorded_from(rollover.id, record, on):
            yield f"学生 {row.pupil_no} 自 {row.since} 起的{record.label}"
    for row in rows.open_transfers(rollover.id):
        yield f"学生 {row.pupil_no} 于 {row.requested_on} 申请的转学"
    for table, count in rows.pointed_to(rollover.id):
        yield f"指向新增记录的 {table} {count} 条"


def _changed(record: Record, row: AnyRow) -> str:
    whose = f"学生 {row.pupil_no} 的" if row.pupil_no is not None else ""
    if row.there is None:
        return f"{whose}{record.label} {row.row_id} 已不存在"
    if row.ends is None:
        return f"{whose}{record.label} {row.row_id} 已改为继续"
    return f"{whose}{record.label} {row.row_id} 已改为至 {row.ends} 止"
