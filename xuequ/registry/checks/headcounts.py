"""Data checks of frozen headcounts."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.registry.repository.headcounts import HeadcountRows
from xuequ.registry.rules.headcounts import FIGURES, sums
from xuequ.registry.service.headcount_lines import digest_of
from xuequ.registry.states.headcounts import HeadFigure

TABLE = "xq_registry_headcount"


def _rows(ground: Ground) -> HeadcountRows:
    return HeadcountRows(ground.session, ground.scope, ground.place)


def _wrong_sums(ground: Ground) -> Iterator[Finding]:
    rows = _rows(ground)
    for header in rows.all_frozen():
        found = sums(rows.pupil_lines(header.id)) | {"staff": _heads(rows, header.id)}
        for name in (*FIGURES, "staff"):
            said = getattr(header, name)
            if said != found[name]:
                label = "教职工" if name == "staff" else HeadFigure(name).label
                yield Finding(TABLE, header.id, f"{label}冻结为 {said}，各行合计为 {found[name]}")


def _heads(rows: HeadcountRows, headcount_id: int) -> int:
    return sum(row.heads for row in rows.staff_lines(headcount_id))


def _changed(ground: Ground) -> Iterator[Finding]:
    rows = _rows(ground)
    for header in rows.all_frozen():
        if digest_of(header, rows.pupil_lines(header.id), rows.staff_lines(header.id)) != header.sha256:
            yield Finding(TABLE, header.id, f"统计时点 {header.count_date} 第 {header.edition} 版已被改动")


CHECKS = (
    DataCheck(
        "registry.frozen_headcounts_add_up",
        "冻结的人数等于其各行之和",
        _wrong_sums,
        "冻结的统计已被绕过程序改动；请从备份恢复，并检查谁有数据库所有者权限。",
    ),
    DataCheck(
        "registry.frozen_headcounts_are_unchanged",
        "冻结的统计自冻结以来未被改动",
        _changed,
        "请从备份恢复该版各行；日志中的冻结记录留有原来的哈希值。",
    ),
)
