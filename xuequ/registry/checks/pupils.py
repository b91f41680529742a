"""Data checks of pupils' records."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.registry.repository.rolls import RollRows


def _roll_and_classes(ground: Ground) -> Iterator[Finding]:
    for row in RollRows(ground.session, ground.scope, ground.place).disagreements():
        what = f"学生 {row.pupil_no} 在 {row.on} 的学籍状态与在读班级不符"
        yield Finding("xq_registry_pupil", row.id, what)


CHECKS = (
    DataCheck(
        "registry.roll_and_classes_agree",
        "在籍学生每天恰在一个班，不在籍的不在任何班",
        _roll_and_classes,
        "请核对该生的学籍异动，补办缺少的一步或更正起止日期。",
    ),
)
