"""Data checks of attendance."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.registry.repository.attendance import PupilRollRows, StaffRollRows


def _crooked(ground: Ground) -> Iterator[Finding]:
    for kind in (PupilRollRows, StaffRollRows):
        rows = kind(ground.session, ground.scope, ground.place)
        for row in rows.crooked():
            what = f"{row.day} 应到 {row.due} 人，不在 {row.away} 人，实到却记为 {row.present} 人"
            yield Finding(kind.roll.__tablename__, row.id, what)


CHECKS = (
    DataCheck(
        "registry.rolls_add_up",
        "点名的实到人数等于应到减去不在",
        _crooked,
        "点名记录已被绕过程序改动；请从备份核对，再以更正的方式重新登记。",
    ),
)
