"""Data checks of places."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.registry.repository.closed import ClosedRows


def _still_there(ground: Ground) -> Iterator[Finding]:
    for table, row in ClosedRows(ground.session, ground.scope, ground.place).spans_after_closing():
        what = f"学校“{row.school}”已于 {row.closed_on} 停办，这一记录仍延续"
        yield Finding(table, row.id, what)


def _rooms_too_large(ground: Ground) -> Iterator[Finding]:
    for row in ClosedRows(ground.session, ground.scope, ground.place).overfull_buildings():
        yield Finding("xq_registry_premises", row.id, f"“{row.name}”的房间面积合计超过其建筑面积")


CHECKS = (
    DataCheck(
        "registry.nobody_at_a_closed_school",
        "学校停办之后，没有人或物仍在该校",
        _still_there,
        "多为撤并办理期间另行登记所致；请把该记录改到接收学校，或按停办日期终止。",
    ),
    DataCheck(
        "registry.rooms_fit_their_building",
        "房间面积合计不超过校舍建筑面积",
        _rooms_too_large,
        "请核对各房间面积和校舍建筑面积。",
    ),
)
