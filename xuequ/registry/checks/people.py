"""Data checks of people."""

from __future__ import annotations

from collections.abc import Iterator

from xuequ.core.checks import DataCheck, Finding, Ground
from xuequ.core.errors import ExtraMissing
from xuequ.core.pinyin import require_pinyin
from xuequ.registry.models.people import PERSON
from xuequ.registry.repository.merging import MergeRows


def _rows(ground: Ground) -> MergeRows:
    return MergeRows(ground.session, ground.scope, ground.place)


def _roles_of_merged_rows(ground: Ground) -> Iterator[Finding]:
    for table, row in _rows(ground).pointing_at_merged():
        yield Finding(table, row.id, f"指向已并入 {row.kept_id} 的人员 {row.person_id}")


def _unspelled(ground: Ground) -> Iterator[Finding]:
    try:
        require_pinyin()
    except ExtraMissing:  # then nobody searches by initials
        return
    for row in _rows(ground).unspelled(1000):
        yield Finding(PERSON, row.id, "姓名没有拼音首字母，按首字母查找不到")


CHECKS = (
    DataCheck(
        "registry.roles_are_of_kept_people",
        "身份都属于合并后保留的人员",
        _roles_of_merged_rows,
        "多为合并的同时另有登记；请把该记录改到保留的人员名下。",
    ),
    DataCheck(
        "registry.names_are_spelled",
        "姓名都有拼音首字母",
        _unspelled,
        "请执行“补写姓名拼音首字母”（spell_names）。",
    ),
)
