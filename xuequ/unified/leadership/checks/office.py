"""Data checks of duties, regulations and acknowledgements."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.registry.states.calendar import DayHalf
from xuequ.unified.leadership.repository.office_checks import OfficeCheckRows

DUTY, VERSION = "xq_leadership_duty", "xq_leadership_regulation_version"
OWED = "xq_leadership_acknowledgement"


def _rows(ground: Ground) -> OfficeCheckRows:
    return OfficeCheckRows(ground.session, ground.scope, ground.place)


def _duties(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).twice_on_duty():
        when = f"{row.day}{DayHalf(row.half).label}"
        yield Finding(DUTY, row.id, f"教职工 {row.staff_id} {when}同时另有值班 {row.other}")


def _versions(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).in_force_together():
        said = f"{row.code}《{row.title}》第 {row.number} 版与第 {row.other} 版同时施行"
        yield Finding(VERSION, row.id, said)


def _owed(ground: Ground) -> Iterator[Finding]:
    for row in _rows(ground).not_obliged():
        said = f"学校 {row.code} 在《{row.title}》第 {row.number} 版下发时不应签收"
        yield Finding(OWED, row.id, said)


CHECKS = (
    DataCheck(
        "leadership.nobody_on_duty_twice",
        "一人同一半天只在一处值班",
        _duties,
        "请核对值班表，作废其中一项。",
    ),
    DataCheck(
        "leadership.one_version_in_force",
        "每项制度每一天至多一个版本施行",
        _versions,
        "请核对下发文件的施行日期，更正其中一个版本。",
    ),
    DataCheck(
        "leadership.acknowledgements_are_owed",
        "签收任务属于下发之日在办的学校",
        _owed,
        "请核对学校开办、停办日期和下发日期。",
    ),
)
